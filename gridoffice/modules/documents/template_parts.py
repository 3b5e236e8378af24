"""Parts of a template as they are typed: one thing a line, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gridoffice.modules.documents.templates import EnclosureText

MARK = "附件："
"""A line that begins so is the title of the next 附件."""


def lines_from(text: str) -> tuple[str, ...]:
    """The lines that are not empty."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _parted(line: str, signs: str) -> tuple[str, str]:
    """A line before and after the first of some signs."""
    at = min((line.find(sign) for sign in signs if sign in line), default=-1)
    return (line.strip(), "") if at < 0 else (line[:at].strip(), line[at + 1 :].strip())


def asks_from(text: str) -> dict[str, str]:
    """Blanks of a template's own: 名称＝样例."""
    found = (_parted(line, "＝=：:") for line in lines_from(text))
    return {name.strip("{}"): sample for name, sample in found if name.strip("{}")}


def asks_told(asks: Mapping[str, str]) -> str:
    """The same as typed."""
    return "\n".join(f"{name}＝{sample}" for name, sample in asks.items())


def attendance_from(text: str) -> tuple[tuple[str, str], ...]:
    """出席：张建国、王芳."""
    return tuple(_parted(line, "：:") for line in lines_from(text))


def pairs_told(pairs: Sequence[tuple[str, str]]) -> str:
    """The same as typed."""
    return "\n".join(f"{word}：{names}" for word, names in pairs)


def enclosures_from(text: str) -> tuple[EnclosureText, ...]:
    """附件 one after the other, each under a line 附件：标题."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if line.strip().startswith(MARK):
            found.append((line.strip().removeprefix(MARK).strip(), []))
        elif line.strip():
            if not found:
                found.append(("", []))
            found[-1][1].append(line.strip(" 　\t"))
    return tuple(EnclosureText(title, "\n".join(lines)) for title, lines in found)


def enclosures_told(enclosures: Sequence[EnclosureText]) -> str:
    """The same as typed."""
    return "\n".join(f"{MARK}{one.title}\n{one.text}".rstrip("\n") for one in enclosures)
