"""The dialogs of one record: person, leave, something handed out."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.covers import days
from gridoffice.modules.personnel import card, kept, leaves, service
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import clear, label
from gridoffice.ui.theme import theme

SCHOOLS = ("小学", "初中", "高中", "中专", "大专", "本科", "研究生")
WAIT = 200  # milliseconds after the last key until who stands in is told anew


def person_fields(office: Office) -> tuple[Field, ...]:
    """The fields of a personnel card."""
    return (
        Field("name", "姓名", required=True),
        Field("phone", "手机", "phone"),
        Field("post", "岗位", "choice", choices=[(post, post) for post in service.POSTS], is_open=True),
        Field("unit_id", "所属", "pick", choices=service.units(office)),
        Field("id_number", "证件号", "id", help="可不填；填了会自动得出性别和生日"),
        Field("sex", "性别", "choice", choices=(("男", "男"), ("女", "女"))),
        Field("born", "出生日期", "date"),
        Field("education", "学历", "choice", choices=[(word, word) for word in SCHOOLS], is_open=True),
        Field("since", "任职时间", "date"),
        Field("badge_number", "工作证号"),
        Field("badge_until", "工作证到期", "date"),
        Field("note", "备注", "multiline"),
    )


class LeaveEditor(Editor):
    """A leave; while it is typed, who stands in where and when is told under it."""

    def __init__(
        self, parent: QWidget, office: Office, staff_id: int | None = None, leave_id: int | None = None
    ) -> None:
        self.office, self.leave_id = office, leave_id
        self._later = QTimer()
        self._later.setSingleShot(True)
        values: dict[str, Any] = {"staff_id": staff_id, "start": office.today(), "end": office.today()}
        if leave_id is not None:
            one = leaves.get(office, leave_id)
            values = {key: getattr(one, key) for key in ("staff_id", "start", "end", "kind", "stand_in_id", "note")}
            staff_id = one.staff_id
        people = leaves.people(office)
        who = Field("staff_id", "请假人", "pick", required=True, choices=people)
        fields = (
            who,
            Field("kind", "类别", "choice", choices=[(kind, kind) for kind in leaves.KINDS], is_open=True),
            Field("start", "从", "date", required=True),
            Field("end", "到（含）", "date", required=True),
            Field(
                "stand_in_id", "代班人", "pick", choices=leaves.people(office, staff_id), help="空着：由各网格的B岗代"
            ),
            Field("keep", "没有人时", "check", help="没有人顶上也登记"),
            Field("note", "备注", "multiline", help="没有人顶上时，写明怎么安排"),
        )
        super().__init__(parent, "修改请假" if leave_id else "登记请假", fields, values, self._write)
        self.told = QWidget()
        self.lines = QVBoxLayout(self.told)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.px(4))
        self.told.setMinimumHeight(theme.px(132))  # so that nothing jumps while one types
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.indexOf(self.problem), self.told)
        if leave_id is not None:
            self.form.inputs["staff_id"].setEnabled(False)
        for made in self.form.inputs.values():
            made.edited.connect(lambda: self._later.start(WAIT))
        self._later.timeout.connect(self.rehearse)
        self.resize(self.width(), max(self.height(), theme.px(560)))
        self.rehearse()

    def rehearse(self) -> None:
        """Tell who would stand in, or why it cannot be."""
        clear(self.lines)
        try:
            values = self._now()
        except (OfficeError, ValueError):
            values = None
        if values is None:
            self.lines.addWidget(label("选好请假人和日期，这里告诉您每个网格由谁代。", "quiet", wrap=True))
            return
        try:
            covers = leaves.rehearse(self.office, values, self.leave_id)
        except OfficeError as error:
            self.lines.addWidget(label(error.sentence, "bad", wrap=True))
            return
        for one in covers[:4]:
            self.lines.addWidget(label(one.words, "bad" if one.gap else "good", wrap=True))
        if len(covers) > 4:
            self.lines.addWidget(label(f"另有 {len(covers) - 4} 项", "quiet"))
        if not covers:
            self.lines.addWidget(label("他名下没有责任区，不用代班。", "quiet"))
        self.lines.addStretch(1)

    def _now(self) -> dict[str, Any] | None:
        found = {key: self.form.inputs[key].value() for key in ("staff_id", "start", "end", "stand_in_id", "kind")}
        return found if all(found[key] for key in ("staff_id", "start", "end")) else None

    def _write(self, values: dict[str, Any]) -> int:
        if self.leave_id is None:
            return leaves.enter(self.office, values)
        leaves.change(self.office, self.leave_id, values)
        return self.leave_id


def back_editor(parent: QWidget, office: Office, leave_id: int) -> Editor:
    """The last day of a leave that ends early."""
    one = leaves.get(office, leave_id)
    fields = (Field("last", "休到（含）", "date", required=True, help="早于开始日：这次请假取消"),)
    note = f"{one.name} 请假 {days(one.start, one.end)}。人提前回来了，填最后休息的那一天；之后的活自动回到他名下。"
    last = max(min(office.today(), one.end), one.start)
    before = date.fromordinal(last.toordinal() - 1) if last == office.today() else last

    def save(values: dict[str, Any]) -> int:
        leaves.end_early(office, leave_id, values["last"])
        return leave_id

    return Editor(parent, "提前销假", fields, {"last": before}, save, columns=1, note=note)


def thing_editor(parent: QWidget, office: Office, staff_id: int | None = None, thing_id: int | None = None) -> Editor:
    """Something handed out, new or changed."""
    values: dict[str, Any] = {"staff_id": staff_id, "since": office.today(), "kind": kept.KINDS[0]}
    if thing_id is not None:
        values = kept.get(office, thing_id)
    fields = (
        Field("staff_id", "领用人", "pick", required=True, choices=card.in_service(office)),
        Field("kind", "类别", "choice", choices=[(kind, kind) for kind in kept.KINDS], is_open=True),
        Field("title", "物品", required=True, help="例如：石桥村活动室钥匙 1 把"),
        Field("since", "领用日期", "date"),
        Field("back_on", "交回日期", "date", help="还没交回就空着"),
        Field("note", "备注", "multiline"),
    )

    def save(entered: dict[str, Any]) -> int:
        if thing_id is None:
            return kept.hand_out(office, [entered["staff_id"]], entered)[0]
        kept.change(office, thing_id, entered)
        return thing_id

    made = Editor(parent, "修改领用" if thing_id else "登记领用", fields, values, save)
    if thing_id is not None:
        made.form.inputs["staff_id"].setEnabled(False)
    return made
