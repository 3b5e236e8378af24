"""The dialogs of the tab 事项: a case's entry, and what each step of the loop asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.modules.cases import service
from gridoffice.modules.cases.service import CaseView, Entry
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.theme import theme

KIND_HELP = "一般性：现场处理，当天办；协调性：村里商处，5 个工作日；突发性：立即处置；审批性：按审批部门时限"


def _names(office: Office) -> list[tuple[str, str]]:
    return [(name, name) for name in dict.fromkeys(choice.text for choice in service.staff_choices(office))]


def _entry_fields(office: Office) -> list[Field]:
    units = [(choice.id, choice.text) for choice in service.unit_choices(office)]
    staff = [(c.id, f"{c.text}（{c.detail}）" if c.detail else c.text) for c in service.staff_choices(office)]
    categories = [(word, word) for word in work.CATEGORIES]
    return [
        Field("title", "事项", required=True, help="一句话写明什么事，例如 三组路灯不亮"),
        Field("category", "类别", "choice", required=True, choices=categories, is_open=True),
        Field("kind", "处理方式", "choice", required=True, choices=list(work.KINDS.items()), help=KIND_HELP),
        Field("unit_id", "网格", "pick", choices=units),
        Field("place", "地点", help="例如 三组桥头"),
        Field("found_on", "发现日期", "date", required=True),
        Field("due_on", "办理时限", "date", help="空着按处理方式推算"),
        Field("source", "来源", "choice", required=True, choices=list(work.SOURCES.items())),
        Field("finder_id", "发现人", "pick", choices=staff),
        Field("handler", "承办人", "choice", is_open=True, choices=_names(office), help="单位或姓名"),
        Field("text", "情况", "multiline"),
    ]


def _editor(parent: QWidget, office: Office, title: str, entry: Entry, save: Callable[[Entry], Any]) -> Editor:
    fields = _entry_fields(office)

    def kept(values: dict[str, Any]) -> Any:
        texts = {key: values[key] or "" for key in ("place", "text", "handler")}
        made = replace(entry, **{**values, **texts})
        if made.kind != entry.kind and made.due_on == entry.due_on:
            made = replace(made, due_on=None)
        return save(made)

    return Editor(parent, title, fields, {field.key: getattr(entry, field.key) for field in fields}, kept)


def new_case(parent: QWidget, office: Office, unit_id: int | None = None) -> Editor:
    """The editor of a new case; the result is its id."""
    entry = Entry("", office.today(), unit_id=unit_id)
    return _editor(parent, office, "登记事项", entry, lambda made: service.create(office, made))


def change_case(parent: QWidget, office: Office, case: CaseView) -> Editor:
    """The editor of a case that is there."""

    def save(made: Entry) -> int:
        service.change(office, case.id, made, case.version)
        return case.id

    return _editor(parent, office, f"修改事项 {case.number}", case.entry, save)


WHO = {
    work.ACCEPTED: "受理人",
    work.DISPATCHED: "派遣人",
    work.HANDLED: "处理人",
    work.CLOSED: "核查人",
}
NOTES = {
    work.ACCEPTED: ("受理意见", ""),
    work.DISPATCHED: ("交办要求", ""),
    work.HANDLED: ("处理措施和结果", "怎么处理的、结果怎样"),
    work.CLOSED: ("核查情况", "现场看过什么、是否解决"),
}
TOLD = ("已告知当事人，满意", "已告知当事人，基本满意", "已告知当事人，不满意", "没有当事人，不需告知")


def step_editor(parent: QWidget, office: Office, case: CaseView, new: str) -> Editor:
    """What a lawful step asks for; raises nothing, the sentence of a refused step stands in the dialog."""
    word = dict(case.next_steps)[new]
    is_again = new == work.DISPATCHED and case.state in (work.HANDLED, work.CLOSED)
    names = _names(office)
    fields = [Field("who", "经办人" if is_again else WHO[new], "choice", required=True, is_open=True, choices=names)]
    values: dict[str, Any] = {"who": _usual(office, case, new)}
    if new == work.ACCEPTED:
        fields.append(
            Field("kind", "处理方式", "choice", required=True, choices=list(work.KINDS.items()), help=KIND_HELP)
        )
        values["kind"] = case.entry.kind
    if new == work.DISPATCHED:
        fields.append(Field("handler", "承办人", "choice", required=True, is_open=True, choices=names))
        values["handler"] = case.entry.handler
    if new in (work.ACCEPTED, work.DISPATCHED):
        fields.append(Field("due_on", "办理时限", "date", help="空着按处理方式推算" if new == work.ACCEPTED else ""))
        values["due_on"] = _limit(office, case, new)
    if new == work.CLOSED:
        fields.append(Field("told", "告知和满意", "choice", choices=[(text, text) for text in TOLD]))
    title, help_text = ("原因", "为什么退回或重新打开") if is_again else NOTES[new]
    fields.append(Field("note", title, "multiline", required=is_again or new == work.HANDLED, help=help_text))

    def save(given: dict[str, Any]) -> None:
        note = "；".join(filter(None, (given["note"], given.get("told"))))
        due = given.get("due_on")
        service.step(
            office,
            case.id,
            new,
            who=given["who"],
            note=note,
            handler=given["who"] if new == work.HANDLED else given.get("handler") or "",
            due_on=None if new == work.ACCEPTED and due == case.entry.due_on else due,
            kind=given.get("kind") or "",
        )

    told = f"承办人是{case.entry.handler}，要由另一个人核查。" if new == work.CLOSED and case.entry.handler else ""
    editor = Editor(parent, f"{word} · {case.entry.title}", fields, values, save, columns=1, note=told)
    editor.save_button.setText(word)
    return editor


def _usual(office: Office, case: CaseView, new: str) -> str:
    if new == work.HANDLED:
        return case.entry.handler or case.finder
    if new == work.CLOSED:
        return case.finder if case.finder != case.entry.handler else ""
    return office.user


def _limit(office: Office, case: CaseView, new: str) -> Any:
    if new == work.DISPATCHED and case.state == work.CLOSED:
        return work.due_on(case.entry.kind, office.today())
    return case.entry.due_on


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
