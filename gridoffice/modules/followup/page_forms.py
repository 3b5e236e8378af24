"""The dialogs of the tab 随访: finding a person in the ledger, the file, leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.forms import load
from gridoffice.modules.followup import register, service
from gridoffice.modules.followup.register import Entry
from gridoffice.ui import reveal
from gridoffice.ui.editor import Editor, Guard
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

LIMIT = 20
WAIT = 150  # milliseconds between the last key and the question


class PersonFinder(QDialog):
    """Finds a resident by name, pinyin initials or phone tail; `resident_id` is the one taken, None for none."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self.office = office
        self.resident_id: int | None = None
        self.setWindowTitle("新建健康服务档案")
        self.resize(theme.px(520), theme.px(460))
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label("从居民台账里选人", "title"))
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、拼音首字母、电话尾号或身份证号")
        self.search.setClearButtonEnabled(True)
        body.addWidget(self.search)
        self.found = QListWidget()
        self.found.setAccessibleName("找到的居民")
        body.addWidget(self.found, 1)
        self.told = label("输入后在这里选人。", "quiet")
        body.addWidget(self.told)
        self.own_button = button("台账里没有，直接填写", self.accept)
        self.take_button = button("选这个人", self._take, kind="primary")
        self.take_button.setEnabled(False)
        self.take_button.setDefault(True)
        body.addLayout(row(self.own_button, 1, button("取消", self.reject), self.take_button))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self.search.textChanged.connect(lambda: self._timer.start(WAIT))
        self.found.itemDoubleClicked.connect(lambda _item: self._take())

    def _look(self) -> None:
        self.found.clear()
        choices = register.resident_choices(self.office, self.search.text(), LIMIT)
        for choice in choices:
            item = QListWidgetItem(f"{choice.text}　{choice.detail}")
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            self.found.addItem(item)
        if choices:
            self.found.setCurrentRow(0)
        self.take_button.setEnabled(bool(choices))
        is_asked = bool(self.search.text().strip())
        more = "以上，可以再输几个字" if len(choices) == LIMIT else ""
        self.told.setText(f"找到 {len(choices)} 人{more}" if choices else "台账里没有找到" if is_asked else "")

    def _take(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            self.resident_id = int(item.data(Qt.ItemDataRole.UserRole))
            self.accept()


def _fields(office: Office) -> list[Field]:
    programmes = [(programme.key, programme.title) for programme in load.programmes()]
    units = [(choice.id, choice.text) for choice in service.unit_choices(office)]
    return [
        Field("programme", "方案", "choice", required=True, choices=programmes),
        Field("name", "姓名", required=True),
        Field("id_number", "身份证号", "id", help="可以先空着"),
        Field("phone", "电话", "phone"),
        Field("unit_id", "网格", "pick", choices=units),
        Field("enrolled_on", "建档日期", "date"),
        Field("next_on", "下次随访", "date", help="空着按方案推算"),
        Field("note", "备注", "multiline"),
    ]


def _editor(
    parent: QWidget, office: Office, title: str, entry: Entry, save: Callable[[Entry], Any], guard: Guard | None = None
) -> Editor:
    def kept(values: dict[str, Any]) -> Any:
        texts = {key: values[key] or "" for key in ("name", "id_number", "phone", "note")}
        return save(replace(entry, **{**values, **texts}))

    values = {field.key: getattr(entry, field.key) for field in _fields(office)}
    return Editor(parent, title, _fields(office), values, kept, note=service.NOTICE, guard=guard)


def new_file(parent: QWidget, office: Office, resident_id: int | None) -> Editor:
    """The editor of a new file, filled from the ledger when a resident was taken."""
    programme = load.programmes()[0].key
    entry = (
        register.entry_of_resident(office, programme, resident_id)
        if resident_id
        else Entry(programme, "", enrolled_on=office.today())
    )
    return _editor(parent, office, "新建健康服务档案", entry, lambda kept: register.enrol(office, kept))


def change_file(parent: QWidget, office: Office, enrolment_id: int) -> Editor:
    """The editor of a file that is there."""
    person = service.person(office, enrolment_id)
    return _editor(
        parent,
        office,
        "修改健康服务档案",
        person.entry,
        lambda kept: register.change(office, enrolment_id, kept, person.version),
        reveal.guarding(office, ("enrolment", enrolment_id), f"随访 {person.entry.name}"),
    )


def leave(parent: QWidget, office: Office, enrolment_id: int) -> Editor:
    """Asks for day and reason of leaving."""
    fields = [
        Field("day", "结案日期", "date", required=True),
        Field(
            "reason", "原因", "choice", required=True, is_open=True, choices=[(word, word) for word in register.REASONS]
        ),
    ]
    name = service.person(office, enrolment_id).entry.name
    return Editor(
        parent,
        f"{name}：结案",
        fields,
        {"day": office.today()},
        lambda values: register.leave(office, enrolment_id, values["day"], values["reason"]),
        columns=1,
        note="结案后不再提醒随访，随访记录都保留，可以随时恢复。",
    )
