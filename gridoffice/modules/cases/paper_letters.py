"""The wording of the papers that steps make: read from `forms/papers/cases.toml`, checked, filled in, hidden where due.

A township reminds, informs and hands over; words of powers that it lacks are refused (reference 0.3, 5.1).
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.domain import powers
from gridoffice.papers.letter import LetterView
from gridoffice.papers.official_view import LETTER, UP
from gridoffice.papers.slip import ReplyView

KINDS = ("accept", "dispatch", "notice", "transfer", "report", "tell")
HEADS = {"transfer": LETTER, "report": UP}
"""Letters that leave the township have the head of their kind (reference 9); the others are papers of the office."""
KEYS = frozenset(("title", "addressee", "reply_days", "facts", "paragraphs", "lines", "note"))
REPLY_KEYS = frozenset(("title", "to", "text", "lines"))
FILE = "cases.toml"
BLANKS = {
    "office": "网格办", "case": "", "title": "", "number": "", "day": "", "user": "",
    "unit": "", "place": "", "category": "", "source": "", "kind": "", "note": "", "text": "", "accepted": "",
    "closed": "", "satisfaction": "", "standing": "", "measures": "", "found": "",
    "due": "＿＿＿＿年＿＿月＿＿日", "reply_by": "＿＿＿＿年＿＿月＿＿日", "phone": "＿＿＿＿＿＿＿＿＿＿",
    "handler": "＿＿＿＿＿＿＿＿", "addressee": "＿＿＿＿＿＿＿＿",
}  # fmt: skip
"""Everything that can be filled in, with what stands there when there is nothing to say."""

IN_SENTENCE = {"measures": "无", "place": "未写明", "note": "见所附材料"}
"""What a sentence says where it has nothing to fill in; a fact without text is left out instead."""


@dataclass(frozen=True)
class Wording:
    """The wording of one kind of paper, placeholders still in it."""

    title: str
    addressee: str
    reply_days: int
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    lines: tuple[str, ...]
    note: str
    reply: Mapping[str, Any] | None


def wording(kind: str) -> Wording:
    """The wording of a kind, placeholders known and no word beyond the office's powers; raises OfficeError."""
    found = _read().get(kind)
    if not isinstance(found, dict) or set(found) - {"reply"} != KEYS:
        raise _wrong(f"[{kind}] 里缺少或多出项目")
    reply = found.get("reply")
    if reply is not None and (not isinstance(reply, dict) or set(reply) != REPLY_KEYS):
        raise _wrong(f"[{kind}.reply] 里缺少或多出项目")
    if not isinstance(found["reply_days"], int) or not 0 <= found["reply_days"] <= 60:
        raise _wrong(f"[{kind}] 的 reply_days 应是 0 到 60 的整数")
    for text in _texts(kind, found):
        _check(kind, text)
    return Wording(
        title=found["title"], addressee=found["addressee"], reply_days=found["reply_days"],
        facts=tuple((title, text) for title, text in found["facts"]), paragraphs=tuple(found["paragraphs"]),
        lines=tuple(found["lines"]), note=found["note"], reply=reply,
    )  # fmt: skip


def _read() -> dict[str, Any]:
    own = paths.data() / "forms" / "papers" / FILE
    place = own if own.is_file() else paths.forms() / "papers" / FILE
    try:
        return tomllib.loads(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OfficeError(f"文书用语文件“{FILE}”读不出来", do=f"请改正或删掉它再试（{error}）") from error


def _wrong(what: str) -> OfficeError:
    return OfficeError(f"文书用语文件“{FILE}”：{what}", safe="没有制作文书", do="请照自带的文件改正")


def _texts(kind: str, found: dict[str, Any]) -> list[str]:
    """Every text of a kind; raises OfficeError for what is none."""
    texts = [found["title"], found["addressee"], found["note"]]
    for key in ("paragraphs", "lines"):
        if not isinstance(found[key], list):
            raise _wrong(f"[{kind}] 的 {key} 应是一列文字")
        texts += found[key]
    for pair in found["facts"]:
        if not isinstance(pair, list) or len(pair) != 2:
            raise _wrong(f"[{kind}] 的 facts 应是名称和内容成对")
        texts += pair
    reply = found.get("reply") or {"title": "", "to": "", "text": "", "lines": []}
    texts += [reply["title"], reply["to"], reply["text"], *reply["lines"]]
    if not all(isinstance(text, str) for text in texts):
        raise _wrong(f"[{kind}] 里有不是文字的内容")
    return texts


def _check(kind: str, text: str) -> None:
    try:
        names = [name for _text, name, _form, _conversion in string.Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise _wrong(f"[{kind}] 里的花括号没有成对：{text}") from error
    unknown = [name for name in names if name not in BLANKS]
    if unknown:
        raise _wrong(f"[{kind}] 里的“{{{unknown[0]}}}”不认识，可用的有：{'、'.join(sorted(BLANKS))}")
    beyond = powers.beyond(text)
    if beyond:
        raise OfficeError(
            f"文书用语文件“{FILE}”的 [{kind}] 里有“{beyond}”，网格办没有这项职权",
            safe="没有制作文书",
            do=powers.INSTEAD,
        )


def filled(kind: str, values: Mapping[str, str], attachments: tuple[str, ...], asks_reply: bool) -> LetterView:
    """A paper of a kind with everything filled in; `values` by the names of BLANKS."""
    words = wording(kind)
    told = {name: values.get(name) or blank for name, blank in BLANKS.items()}

    def plain(text: str) -> str:
        return text.format(**told)

    def sentence(text: str) -> str:
        return _tidy(text.format(**{name: value or IN_SENTENCE.get(name, "") for name, value in told.items()}))

    facts = [(title, plain(text)) for title, text in words.facts]
    return LetterView(
        office=told["office"],
        title=plain(words.title),
        number=told["number"],
        addressee=plain(words.addressee),
        facts=tuple((title, text) for title, text in facts if text.strip()),
        paragraphs=tuple(sentence(text) for text in words.paragraphs),
        attachments=attachments,
        signer=told["office"],
        day=told["day"],
        note=plain(words.note),
        lines=tuple(plain(text) for text in words.lines),
        reply=_reply(words.reply, sentence, told) if words.reply and asks_reply else None,
        head=HEADS.get(kind, ""),
    )


def _reply(found: Mapping[str, Any], sentence: Any, told: Mapping[str, str]) -> ReplyView:
    return ReplyView(
        title=sentence(found["title"]), number=told["number"], to=sentence(found["to"]),
        text=sentence(found["text"]), lines=tuple(sentence(line) for line in found["lines"]),
        sender=told["addressee"],
    )  # fmt: skip


def _tidy(text: str) -> str:
    """No double stop where a filled-in text brought its own."""
    for stop in ("。。", "；。", "，。", "！。", "，，"):
        text = text.replace(stop, stop[-1] if stop != "！。" else "！")
    return text
