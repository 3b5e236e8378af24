"""A template of a letter as data: what is in it, read from TOML and written as TOML; strict, each mistake named."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.domain.papers import KINDS
from gridoffice.papers.official_view import HEADS, LETTER, MINUTES, PLAIN, RED, UP

AUDIENCES = {
    "bodies": "单位（主送写在模板里）",
    "households": "住户（户主）",
    "residents": "居民本人",
    "premises": "场所",
    "organisations": "驻区单位",
    "staff": "网格工作人员",
    "everyone": "全体（不写具体收件人）",
}
"""To whom a letter goes; all but bodies and everyone are merged, one letter each. The voluntary help list is none of
them: nobody's name on it may show on what goes out (reference 12.3, 12.4)."""
MERGED = tuple(key for key in AUDIENCES if key not in ("bodies", "everyone"))
ONE, SERIAL, EACH = "one", "serial", "each"
NUMBERING = {
    ONE: "这一批用同一个文号",
    SERIAL: "同一个文号，每份加序号（5号之12）",
    EACH: "每份一个文号",
}
"""A letter to all is one paper under one number; with slips that come back each copy bears its serial; what is served
on one person or place and asked about later has a number of its own."""
KINDS_OF_LETTERS = tuple(kind for kind in KINDS if kind.startswith("letter_"))
USUAL_HEADS = {
    "letter_han": LETTER, "letter_notice": RED, "letter_report": UP, "letter_request": UP, "letter_circular": RED,
    "letter_minutes": MINUTES,
}  # fmt: skip
LONGEST = 20_000  # characters of a text


@dataclass(frozen=True)
class PartyText:
    """Who signs by hand, as the template says it."""

    role: str
    name: str = ""
    lines: tuple[str, ...] = ("代表（签名）", "日期")


@dataclass(frozen=True)
class ReplyText:
    """The slip that comes back, as the template says it."""

    title: str = "回执"
    to: str = "{落款}"
    text: str = ""
    lines: tuple[str, ...] = ("姓名", "联系电话")
    sender: str = "签名："


@dataclass(frozen=True)
class EnclosureText:
    """An 附件 that is printed with the letter."""

    title: str
    text: str


@dataclass(frozen=True)
class Template:
    """A template. Texts may hold placeholders in braces; `text` has one paragraph a line.

    `view`: of the audience's list, at first. `number` is the sign before the paper's numbers ("" = none is printed).
    `asks` are blanks of its own that are filled in at making, each with a sample. `origin`: shipped, file or own.
    """

    key: str
    version: int
    kind: str
    name: str
    title: str
    text: str
    about: str = ""
    head: str = PLAIN
    audience: str = "everyone"
    view: str = ""
    number: str = ""
    numbering: str = ONE
    mark: str = "{落款}文件"
    addressee: str = ""
    signer: str = "{落款}"
    note: str = ""
    approver: str = ""
    urgency: str = ""
    copies_to: str = ""
    printer: str = ""
    attachments: tuple[str, ...] = ()
    attendance: tuple[tuple[str, str], ...] = ()
    fits: bool = False
    copies: int = 1
    asks: Mapping[str, str] = field(default_factory=dict)
    parties: tuple[PartyText, ...] = ()
    reply: ReplyText | None = None
    enclosures: tuple[EnclosureText, ...] = ()
    origin: str = "shipped"

    @property
    def is_merged(self) -> bool:
        """Whether there is one letter for each of many."""
        return self.audience in MERGED

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text as paragraphs, without outer blanks and empty lines."""
        return tuple(line.strip(" \t　") for line in self.text.split("\n") if line.strip(" \t　"))


TEXTS = ("name", "about", "mark", "title", "addressee", "signer", "note", "approver", "urgency", "copies_to", "printer")
SKIPPED = frozenset(("origin",))
KEYS = frozenset(one.name for one in fields(Template)) - SKIPPED - {"parties", "enclosures"} | {"party", "enclosure"}
NEEDED = ("key", "version", "kind", "name", "title", "text")


def wrong(where: str, what: str) -> OfficeError:
    """A mistake in a template's file, named."""
    return OfficeError(f"信件模板“{where}”：{what}", safe="没有采用这个模板", do="请改正，或照自带的模板重写")


def read(content: str, where: str, origin: str = "shipped") -> Template:
    """A template from TOML; raises OfficeError naming the file (`where`) and the key that is not as it must be."""
    try:
        found = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise wrong(where, f"格式不对（{error}）") from error
    unknown = sorted(set(found) - KEYS)
    if unknown:
        raise wrong(where, f"不认识“{unknown[0]}”这一项")
    missing = [key for key in NEEDED if key not in found]
    if missing:
        raise wrong(where, f"缺少“{missing[0]}”这一项")
    _types(found, where)
    values: dict[str, Any] = {key: value for key, value in found.items() if key not in ("party", "reply", "enclosure")}
    values["attachments"] = _texts(found.get("attachments", []), where, "attachments")
    values["attendance"] = tuple(_pair(pair, where) for pair in found.get("attendance", []))
    values["parties"] = tuple(_inner(PartyText, one, where, "party") for one in found.get("party", []))
    values["enclosures"] = tuple(_inner(EnclosureText, one, where, "enclosure") for one in found.get("enclosure", []))
    reply = found.get("reply")
    values["reply"] = _inner(ReplyText, reply, where, "reply") if reply is not None else None
    return checked(Template(**values, origin=origin), where)


def _types(found: dict[str, Any], where: str) -> None:
    for key in ("key", "kind", "text", "head", "audience", "view", "number", "numbering", *TEXTS):
        if key in found and not isinstance(found[key], str):
            raise wrong(where, f"“{key}”应是文字")
    for key, low, high in (("version", 1, 9999), ("copies", 1, 5)):
        if key in found and not (isinstance(found[key], int) and low <= found[key] <= high):
            raise wrong(where, f"“{key}”应是 {low} 到 {high} 的整数")
    if not isinstance(found.get("fits", False), bool):
        raise wrong(where, "“fits”应是 true 或 false")
    asks = found.get("asks", {})
    if not isinstance(asks, dict) or not all(isinstance(value, str) for value in asks.values()):
        raise wrong(where, "[asks] 里应是名称和样例")
    for key in ("party", "enclosure", "attendance"):
        if not isinstance(found.get(key, []), list):
            raise wrong(where, f"“{key}”应是一列")


def _texts(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise wrong(where, f"“{key}”应是一列文字")
    return tuple(one.strip() for one in value if one.strip())


def _pair(pair: Any, where: str) -> tuple[str, str]:
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(one, str) for one in pair):
        raise wrong(where, "“attendance”应是名称和名单成对")
    return pair[0], pair[1]


def _inner(kind: Any, found: Any, where: str, key: str) -> Any:
    known = {one.name for one in fields(kind)}
    if not isinstance(found, dict) or set(found) - known:
        raise wrong(where, f"[{key}] 里有不认识的项目")
    values = dict(found)
    if "lines" in found:
        values["lines"] = _texts(found["lines"], where, f"{key}.lines")
    if not all(isinstance(value, str | tuple) for value in values.values()):
        raise wrong(where, f"[{key}] 里应是文字")
    try:
        return kind(**values)
    except TypeError as error:
        raise wrong(where, f"[{key}] 里缺少项目") from error


def checked(template: Template, where: str) -> Template:
    """A template whose choices are among those there are; raises OfficeError."""
    for value, known, word in (
        (template.kind, KINDS_OF_LETTERS, "种类"),
        (template.head, HEADS, "版式"),
        (template.audience, AUDIENCES, "收件人"),
        (template.numbering, NUMBERING, "编号方式"),
    ):
        if value not in known:
            raise wrong(where, f"{word}“{value}”不认识，可用的有：{'、'.join(known)}")
    if not template.key or not template.key.replace("_", "").replace("-", "").isalnum() or len(template.key) > 40:
        raise wrong(where, "“key”应是 40 个以内的字母、数字和下划线")
    if len(template.text) > LONGEST:
        raise wrong(where, f"正文超过 {LONGEST:,} 字")
    return replace(template, name=template.name.strip(), title=template.title.strip())


def write(template: Template) -> str:
    """A template as TOML that `read` takes."""
    lines = [f"{key} = {_told(getattr(template, key))}" for key in ("key", "version", "kind", "name", "about")]
    blank = Template("", 1, "", "", "", "")
    for one in fields(Template):
        value = getattr(template, one.name)
        is_plain = one.name not in ("key", "version", "kind", "name", "about", "asks", "parties", "reply", "enclosures")
        if is_plain and one.name not in SKIPPED and (one.name in NEEDED or value != getattr(blank, one.name)):
            lines.append(f"{one.name} = {_told(value)}")
    if template.asks:
        lines += ["", "[asks]", *(f"{_told(key)} = {_told(value)}" for key, value in template.asks.items())]
    for party in template.parties:
        lines += ["", "[[party]]", *_inside(party)]
    if template.reply is not None:
        lines += ["", "[reply]", *_inside(template.reply)]
    for enclosure in template.enclosures:
        lines += ["", "[[enclosure]]", *_inside(enclosure)]
    return "\n".join(lines) + "\n"


def _inside(part: Any) -> list[str]:
    return [f"{one.name} = {_told(getattr(part, one.name))}" for one in fields(part)]


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_told(one) for one in value)}]"
    text = str(value)
    escaped = "".join(_escaped(char) for char in text)
    return f'"""\n{escaped}"""' if "\n" in text else f'"{escaped}"'


def _escaped(char: str) -> str:
    if char in ('"', "\\"):
        return f"\\{char}"
    if char == "\n":
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char
