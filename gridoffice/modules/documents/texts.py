"""Wording on papers, from `forms/papers/*.toml`; what an office's own file in its data folder says wins."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError

TEXT, TEXTS, PAIRS, TABLE, TABLES = "text", "texts", "pairs", "table", "tables"
"""What a key may hold: a text, a list of texts, a list of pairs of texts, a table, or a list of tables."""

KEYS: dict[str, dict[str, str]] = {
    "card": {"services": TEXTS, "emergency": PAIRS},
    "board": {"services": TEXTS},
    "handbook": {"chapter": TABLES},
    "badge": {"rules": TEXTS, "found": TEXT, "check": TEXT},
    "boards": {"edition": TABLES},
    "door": {"title": TEXT, "call_for": TEXT, "away": TEXT, "keep": TEXT},
    "help_sheet": {"title": TEXT, "line": TABLES, "keep": TEXT},
    "covenant": {"covenant": TABLES},
    "premises": {"title": TEXT, "duties": TEXTS, "check": TEXT, "special": TABLES},
}
"""Every file of wording a paper is made from, and its keys."""


@dataclass(frozen=True)
class TextChapter:
    """A chapter of the handbook: a paragraph that begins with # is a heading, with - a point.

    `key` says where it stands and what the program adds to it; a chapter of the office's own has none.
    """

    title: str
    paragraphs: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class Texts:
    """What cards, boards and the handbook say besides names and numbers."""

    card_services: tuple[str, ...]
    board_services: tuple[str, ...]
    emergency: tuple[tuple[str, str], ...]
    chapters: tuple[TextChapter, ...]


def load() -> Texts:
    """The wording of cards, boards and the handbook; raises OfficeError naming file and key when one is wrong."""
    card, board, handbook = (wording(name) for name in ("card", "board", "handbook"))
    return Texts(
        card_services=card["services"],
        board_services=board["services"],
        emergency=card["emergency"],
        chapters=tuple(_chapter(one) for one in handbook["chapter"]),
    )


def wording(name: str) -> dict[str, Any]:
    """A file's wording by its keys, lists as tuples; raises OfficeError when the office's own file is not right."""
    found = _read(paths.forms() / "papers" / f"{name}.toml")
    own = paths.data() / "forms" / "papers" / f"{name}.toml"
    if own.is_file():
        found = _over(found, _read(own))
    wrong = sorted(set(found) ^ set(KEYS[name]))
    if wrong:
        raise OfficeError(f"文书用语文件“{name}.toml”里缺少或多出：{'、'.join(wrong)}", do="请照自带的文件改正")
    return {key: CHECKS[kind](name, key, found[key]) for key, kind in KEYS[name].items()}


def _over(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The office's wording over the shipped one: key by key, tables with a key of their own one by one."""
    merged = {**shipped, **own}
    for key, found in own.items():
        old = shipped.get(key)
        if isinstance(old, list) and isinstance(found, list) and all(_has_key(one) for one in (*old, *found)):
            merged[key] = list({one["key"]: one for one in (*old, *found)}.values())
    return merged


def _has_key(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("key"), str)


def table(name: str, key: str, found: Any, keys: dict[str, str]) -> dict[str, Any]:
    """A table inside a file, held against its own keys; texts may be left out, they are empty then."""
    if not isinstance(found, dict) or set(found) - set(keys):
        wanted = "、".join(keys)
        raise OfficeError(f"文书用语文件“{name}.toml”的 {key} 里只能有 {wanted}", do="请照自带的文件改正")
    empty = {TEXT: "", TEXTS: [], PAIRS: []}
    return {one: CHECKS[kind](name, f"{key}.{one}", found.get(one, empty[kind])) for one, kind in keys.items()}


def _read(place: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OfficeError(f"文书用语文件“{place.name}”读不出来", do=f"请改正或删掉它再试（{error}）") from error


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _wrong(name: str, key: str, wanted: str) -> OfficeError:
    return OfficeError(f"文书用语文件“{name}.toml”的 {key} 应是{wanted}", do="请照自带的文件改正")


def _text(name: str, key: str, value: Any) -> str:
    if not _is_text(value):
        raise _wrong(name, key, "一段文字")
    return str(value).strip()


def _texts(name: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(_is_text(one) and one.strip() for one in value):
        raise _wrong(name, key, "一列文字")
    return tuple(value)


def _pairs(name: str, key: str, value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or not all(isinstance(one, list) and len(one) == 2 for one in value):
        raise _wrong(name, key, "名称和号码成对")
    return tuple((str(one[0]), str(one[1])) for one in value)


def _table(name: str, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(name, key, "一组文字")
    return value


def _tables(name: str, key: str, value: Any) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _wrong(name, key, f"一段段以 [[{key}]] 开头的文字")
    return tuple(value)


CHECKS = {TEXT: _text, TEXTS: _texts, PAIRS: _pairs, TABLE: _table, TABLES: _tables}


def _chapter(found: Any) -> TextChapter:
    if not isinstance(found, dict) or set(found) - {"key"} != {"title", "paragraphs"}:
        raise OfficeError(
            "文书用语文件“handbook.toml”的每一章应有 title 和 paragraphs，可以有 key，不能有别的",
            do="请照自带的文件改正",
        )
    words = _texts("handbook", "paragraphs", found["paragraphs"])
    return TextChapter(str(found["title"]), words, str(found.get("key", "")))
