"""The dialogs of the tab 事项: a case's entry, and what each step of the loop asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.core.typed_time import read_past_moment
from gridoffice.db.office import Office
from gridoffice.domain import categories, loop, work
from gridoffice.modules.cases import page_offers, page_phrases, seeking, service
from gridoffice.modules.cases.page_deal import names
from gridoffice.modules.cases.service import CaseView
from gridoffice.ui import reveal
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.theme import theme

TEXTS = ("found_time", "place", "text", "handler", "subcategory", "reporter", "reporter_phone", "outside_number")
"""Fields that may be empty."""


def entry_fields(office: Office, source: str = "") -> list[Field]:
    """The fields of a case's entry; `source` is that of the case at hand."""
    units = [(choice.id, choice.text) for choice in service.unit_choices(office)]
    staff = [(c.id, f"{c.text}（{c.detail}）" if c.detail else c.text) for c in service.staff_choices(office)]
    tree = categories.of_office(office)
    subs = dict.fromkeys(sub for found in tree.values() for sub in found)
    return [
        Field("title", "事项", required=True, help="一句话写明什么事，例如 三组路灯不亮"),
        Field("unit_id", "网格", "pick", choices=units),
        Field("category", "类别", "choice", required=True, choices=[(word, word) for word in tree], is_open=True),
        Field("subcategory", "小类", "choice", choices=[(word, word) for word in subs], is_open=True, help="可不填"),
        Field(
            "kind",
            "处理方式",
            "choice",
            required=True,
            choices=list(work.KINDS.items()),
            help=service.kind_help(office),
        ),
        Field("severity", "紧急程度", "choice", required=True, choices=list(work.SEVERITIES.items())),
        Field("place", "地点", help="例如 三组桥头"),
        Field("source", "来源", "choice", required=True, choices=service.source_choices(office, source)),
        Field("found_on", "发现日期", "date", required=True),
        Field("found_time", "发现时间", "time", help="例如 9:10；不填按登记时间算"),
        Field("outside_number", "外单位编号", help="例如 12345 工单号"),
        Field("finder_id", "发现人", "pick", choices=staff),
        Field("due_on", "办理时限", "date", help="空着按处理方式推算"),
        Field("reporter", "反映人", help="没有留名的可不填"),
        Field("reporter_phone", "反映人电话", "phone"),
        Field("handler", "承办人", "choice", is_open=True, choices=names(office), help="单位或姓名"),
        Field("text", "情况", "multiline"),
    ]


def _kind(office: Office) -> Field:
    help_words = service.kind_help(office)
    return Field("kind", "处理方式", "choice", required=True, choices=list(work.KINDS.items()), help=help_words)


def change_case(parent: QWidget, office: Office, case: CaseView) -> Editor:
    """The editor of a case that is there."""
    entry = case.entry
    fields = entry_fields(office, entry.source)

    def save(values: dict[str, Any]) -> int:
        texts = {key: values[key] or "" for key in TEXTS}
        made = replace(entry, **{**values, **texts})
        if made.kind != entry.kind and made.due_on == entry.due_on:
            made = replace(made, due_on=None)
        service.change(office, case.id, made, case.version)
        return case.id

    guard = reveal.guarding(office, ("case_file", case.id), f"事项 {case.number}")
    values = {field.key: getattr(entry, field.key) for field in fields}
    editor = Editor(parent, f"修改事项 {case.number}", fields, values, save, guard=guard)
    follow_category(editor, office)
    page_offers.stand_in(editor, office)
    page_offers.no_early_deadline(editor)
    return editor


UNKNOWN = "不在类别表里，统计时单独算一类；常用的请在 设置 → 事项类别 里增加"


def follow_category(editor: Editor, office: Office) -> None:
    """Say under the category what stands below it."""
    tree = categories.of_office(office)
    made = editor.form.inputs["category"]

    def tell() -> None:
        word = str(made.value() or "")
        subs = tree.get(word, ())
        editor.form.inputs["subcategory"].tell(f"常用：{'、'.join(subs)}" if subs else "")
        made.tell(UNKNOWN if word and word not in tree else "", "soon")

    made.edited.connect(tell)
    tell()


WHO = {
    "accept": "受理人",
    "dispatch": "派遣人",
    "handle": "处理人",
    "verify": "核查人",
    "close": "回访人",
    "take": "接单人",
}
"""Who takes a step, in words; 经办人 for the others."""

BODIES = ("派出所", "消防救援大队", "司法所", "市场监管所", "应急管理办", "供电所", "卫生院", "县级服务管理中心")
"""Partner bodies (reference 2); any other can be typed."""


def step_editor(parent: QWidget, office: Office, case: CaseView, key: str) -> Editor:
    """What a lawful step asks for; raises nothing, the sentence of a refused step stands in the dialog."""
    verb = loop.VERBS[key]
    word = loop.title_of(verb, case.state)
    wanted = (*verb.needs, *verb.asks)
    fields = [Field("who", WHO.get(key, "经办人"), "choice", required=True, is_open=True, choices=names(office))]
    values: dict[str, Any] = {"who": _usual(office, case, key)}
    fields += [made for name, made in _asked(office, verb).items() if name in wanted]
    fields.append(Field("at", "办理时间", help="空着就是现在；可写 昨天 16:30"))
    values |= {"kind": case.entry.kind, "handler": case.entry.handler, "due_on": _limit(office, case, key)}

    warned = [""]

    def save(given: dict[str, Any]) -> None:
        handler = given.get("handler") or ""
        gone = seeking.away(office, handler) if handler and warned[0] != handler else None
        if gone is not None:
            warned[0] = handler
            do = f"请改派给{gone.stand_in}" if gone.stand_in else "请改派给在岗的人"
            raise OfficeError(gone.sentence, safe="还没有派遣", do=f"{do}；仍要派给本人的，再按一次“{word}”")
        texts = {name: given.get(name) or "" for name in ("note", "handler", "kind", "body", "satisfaction")}
        same_kind = texts["kind"] == case.entry.kind
        due = given.get("due_on")
        if key == "accept" and due == case.entry.due_on and not same_kind:
            due = None  # the deadline of the other kind follows by itself
        service.step(office, case.id, key, loop.Given(given["who"], _moment(office, given["at"]), due_on=due, **texts))

    known = {name: value for name, value in values.items() if name in {"who", *wanted}}
    told = f"承办人是{case.entry.handler}，要由另一个人核查。" if key == "verify" and case.entry.handler else ""
    editor = Editor(parent, f"{word} · {case.entry.title}", fields, known, save, columns=1, note=told)
    editor.save_button.setText(word)
    page_offers.stand_in(editor, office)
    if key in ("verify", "close"):
        page_offers.another_checker(editor, office, case)
    page_phrases.offer(editor, office, key, case.entry.category)
    return editor


def _asked(office: Office, verb: loop.Verb) -> dict[str, Field]:
    """The field of everything a verb may need or ask, in the order of the form."""
    limit = "空着按处理方式推算" if verb.key in ("accept", "reopen", "rework") else ""
    return {
        "kind": _kind(office),
        "handler": Field("handler", "承办人", "choice", required="handler" in verb.needs, is_open=True,
                         choices=names(office)),
        "body": Field("body", "移交给", "choice", required=True, is_open=True, choices=[(one, one) for one in BODIES]),
        "due_on": Field("due_on", "办理时限", "date", help=limit),
        "satisfaction": Field("satisfaction", "告知和满意", "choice", required=True,
                              choices=list(loop.SATISFACTION.items())),
        "note": Field("note", verb.note, "multiline", required="note" in verb.needs),
    }  # fmt: skip


def _moment(office: Office, text: str) -> datetime:
    """When a step was taken: now, or the moment that was typed; raises OfficeError for what is none."""
    try:
        return read_past_moment(text or "", office.today()) or office.now()
    except ValueError as error:
        raise OfficeError(
            f"办理时间{error}", safe="事项没有改动", do="请写 昨天 16:30 或 11-19 16:30；空着就是现在"
        ) from error


def _usual(office: Office, case: CaseView, key: str) -> str:
    if key in ("handle", "take", "reply"):
        return case.entry.handler or case.finder
    if key in ("verify", "close"):
        return case.finder if case.finder != case.entry.handler else ""
    return office.user


def _limit(office: Office, case: CaseView, key: str) -> Any:
    """The deadline the form starts with; one that is past is left to the rule."""
    due = case.entry.due_on
    return due if due is not None and due >= office.today() else None


class PhotoView(QDialog):
    """A photo at the size of the screen."""

    def __init__(self, parent: QWidget, data: bytes) -> None:
        super().__init__(parent)
        self.setWindowTitle("照片")
        picture = QPixmap()
        picture.loadFromData(data)
        room = self.screen().availableGeometry().size() * 0.8
        if picture.width() > room.width() or picture.height() > room.height():
            picture = picture.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        shown = QLabel()
        shown.setPixmap(picture)
        shown.setAccessibleName("照片")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(8)] * 4)
        body.addWidget(shown)
