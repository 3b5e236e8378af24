"""What is wrong with a template before anything is printed: each finding with its place, its line and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gridoffice.domain import forbidden, powers
from gridoffice.modules.documents import placeholders
from gridoffice.modules.documents.placeholders import BRACES
from gridoffice.modules.documents.templates import Template
from gridoffice.papers.official_view import MINUTES, PLAIN, UP

UNKNOWN = "不认识"
BLANKS = ("×××", "xxx", "XXX", "……（", "【")
"""Signs that somebody meant to write something there."""


@dataclass(frozen=True)
class Finding:
    """Something found: where (正文第 3 行), what, what to do; `is_bad`: it cannot be printed so.

    `field` and `line` (from 0) lead the eye there; `offer`: what would be right instead of `word`.
    """

    where: str
    what: str
    do: str
    is_bad: bool = True
    field: str = ""
    line: int = 0
    word: str = ""
    offer: str = ""

    @property
    def words(self) -> str:
        """正文第 3 行：“{网络员}”不认识，是不是“{网格员}”？"""
        return f"{self.where}：{self.what}{f'，{self.do}' if self.do else ''}"


TITLES = {
    "title": "标题", "text": "正文", "addressee": "主送（称呼）", "signer": "落款", "note": "附注",
    "mark": "发文机关标志",
    "copies_to": "抄送", "printer": "印发机关", "approver": "签发人", "number": "文号前的字", "attachments": "附件说明",
    "reply": "回执", "parties": "签字方", "enclosures": "附件", "attendance": "出席人员",
}  # fmt: skip


def texts(template: Template) -> Iterator[tuple[str, int, str]]:
    """Every text of a template: field, line from 0, the text."""
    for key in ("mark", "number", "title", "addressee"):
        yield key, 0, str(getattr(template, key))
    for line, text in enumerate(template.text.split("\n")):
        yield "text", line, text
    for key in ("signer", "note", "approver", "copies_to", "printer"):
        yield key, 0, str(getattr(template, key))
    yield from _parts(template)


def _parts(template: Template) -> Iterator[tuple[str, int, str]]:
    for line, text in enumerate(template.attachments):
        yield "attachments", line, text
    for line, (word, names) in enumerate(template.attendance):
        yield "attendance", line, f"{word}{names}"
    for line, party in enumerate(template.parties):
        for text in (party.role, party.name, *party.lines):
            yield "parties", line, text
    if template.reply is not None:
        reply = template.reply
        for line, text in enumerate((reply.title, reply.to, reply.text, *reply.lines, reply.sender)):
            yield "reply", line, text
    for number, one in enumerate(template.enclosures):
        for text in (one.title, *one.text.split("\n")):
            yield "enclosures", number, text


def check(template: Template) -> list[Finding]:
    """Everything that is wrong, or should be looked at, in the order of the paper."""
    found = list(_empty(template))
    known = [one.name for one in placeholders.of_audience(template.audience)] + list(template.asks)
    for key, line, text in texts(template):
        where = TITLES[key] + (f"第 {line + 1} 行" if key == "text" else "")
        found += _placeholders(text, key, line, where, known)
        found += _words(text, key, line, where)
    return found + list(_advice(template))


def _empty(template: Template) -> Iterator[Finding]:
    if not template.title.strip():
        yield Finding("标题", "还没有写", "请写上标题", field="title")
    if not template.paragraphs:
        yield Finding("正文", "是空的", "请写上内容", field="text")
    if not template.name.strip():
        yield Finding("模板名称", "还没有写", "请起个名字，方便以后找", field="name")
    if template.audience == "bodies" and not template.addressee.strip() and template.head != MINUTES:
        yield Finding("主送（称呼）", "还没有写", "请写明给哪个单位", field="addressee")


def _placeholders(text: str, key: str, line: int, where: str, known: list[str]) -> Iterator[Finding]:
    for match in BRACES.finditer(text):
        if match.group(1) is None:
            yield Finding(where, f"花括号“{match.group(2)}”没有成对", "请补上另一半或删掉", field=key, line=line)
            continue
        name = match.group(1).strip()
        if name in known:
            continue
        if not name:
            yield Finding(where, "花括号里是空的", "请从右边选一项", field=key, line=line)
        elif name in placeholders.KNOWN:
            told = f"“{{{name}}}”在这种收件人的信里没有"
            yield Finding(where, told, "请换一项，或换收件人", field=key, line=line, word=name)
        else:
            near = placeholders.nearest(name, known)
            tip = f"是不是“{{{near}}}”？" if near else "请从右边选一项，或设为“制作时填写”"
            yield Finding(where, f"“{{{name}}}”{UNKNOWN}", tip, field=key, line=line, word=name, offer=near)


def _words(text: str, key: str, line: int, where: str) -> Iterator[Finding]:
    word = powers.beyond(text)
    if word:
        told = f"有“{word}”，网格办没有这项职权"
        yield Finding(where, told, powers.INSTEAD, field=key, line=line, word=word)
    register = forbidden.find(text)
    if register is not None:
        told = f"有“{register[1]}”，信件里不要写明谁属于这类人员"
        yield Finding(where, told, "请再看一遍", is_bad=False, field=key, line=line, word=register[1])
    blank = next((sign for sign in BLANKS if sign in text), "")
    if blank:
        yield Finding(where, f"还有“{blank}”没有改成实际内容", "", is_bad=False, field=key, line=line, word=blank)


def _advice(template: Template) -> Iterator[Finding]:
    if template.head == UP and not template.approver.strip():
        yield Finding("签发人", "上行文要写签发人", "留空时印出空格，可以手签", is_bad=False, field="approver")
    if template.kind == "letter_request" and template.paragraphs:
        last = template.paragraphs[-1]
        if not any(word in last for word in ("请批示", "请批复", "请审批", "请予批准")):
            yield Finding("正文", "请示的结尾通常写“妥否，请批示。”", "", is_bad=False, field="text")
    if template.kind == "letter_pledge" and len(template.parties) < 2:
        yield Finding("签字方", "责任书至少两方签字", "请补上另一方", field="parties")
    if template.head != PLAIN and not template.number:
        yield Finding("文号前的字", "红头文件要有文号", "请填写，例如 {机关代字}", field="number")
