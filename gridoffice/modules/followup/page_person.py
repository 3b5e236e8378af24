"""The right side of the tab 随访: one person, why a visit is due, the readings, the visits."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.followup.page_trend import Trend
from gridoffice.modules.followup.service import Person, VisitLine
from gridoffice.ui.empty import Empty
from gridoffice.ui.flow import Flow
from gridoffice.ui.mask import Masked, mask
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.reveal import eye
from gridoffice.ui.theme import theme

SHOWN = 6
"""Visits shown in the chart and in the list."""


class PersonPanel(Panel, Masked):
    """Shows a person's file; tells which button was pressed: visit, change, leave, back, delete."""

    pressed = Signal(str)
    visit_pressed = Signal(int)  # id of a visit to open

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self._person: Person | None = None
        holder = QWidget()
        self.inside = QVBoxLayout(holder)
        self.inside.setContentsMargins(0, 0, theme.px(4), 0)
        self.inside.setSpacing(theme.px(8))
        self.body.addWidget(scrolling(holder))
        self.show_person(None)

    def show_person(self, person: Person | None) -> None:
        """Show a person, or what to do when nobody is chosen."""
        self._person = person
        clear(self.inside)
        if person is None:
            self.inside.addWidget(Empty("followup", "还没有选人", "在左边选一个人，这里显示他的随访情况。"))
            return
        self._head(person)
        self._buttons(person)
        if person.visits:
            self._trend(person)
            self.inside.addWidget(line())
            self.inside.addWidget(label(f"随访记录（{len(person.visits)} 次）", "heading"))
            for visit in person.visits[:SHOWN]:
                self._visit(visit)
        else:
            self.inside.addWidget(label("还没有随访记录。", "quiet"))
        self.inside.addStretch(1)

    def remask(self) -> None:
        """What is hidden changed: show the same person anew."""
        self.show_person(self._person)

    def _head(self, person: Person) -> None:
        age = f"{person.age} 岁" if person.age is not None else ""
        self.inside.addLayout(row(label(person.entry.name, "title"), label(age, "quiet"), 1))
        self.inside.addLayout(row(pill(f"brand|{person.programme}"), pill(person.standing), 1))
        self.inside.addWidget(label(person.left or person.why, "", wrap=True))
        who = ("enrolment", person.id)
        facts = [
            ("网格", person.unit or "未定"),
            ("电话", mask.phone(person.phone, who) or "没有登记"),
            ("证件", mask.id_number(person.entry.id_number, who) or "没有登记"),
            ("台账", "已对应居民台账" if person.entry.resident_id else "没有对应居民台账"),
        ]
        if person.entry.enrolled_on:
            facts.append(("建档", chinese(person.entry.enrolled_on)))
        if person.called:
            facts.append(("提醒", mask.note(person.called, who)))
        if person.entry.note:
            facts.append(("备注", mask.note(person.entry.note, who)))
        for title, text in facts:
            name = label(title, "quiet")
            name.setFixedWidth(theme.px(40))
            self.inside.addLayout(row(name, label(text, wrap=True), 1))

    def _buttons(self, person: Person) -> None:
        self.visit_button = button("登记随访", lambda: self.pressed.emit("visit"), kind="primary")
        self.visit_button.setEnabled(not person.is_left)
        self.visit_button.setToolTip("已结案，先恢复再登记" if person.is_left else "由医生填写随访表")
        self.inside.addWidget(self.visit_button)
        word, key = ("恢复随访", "back") if person.is_left else ("结案", "leave")
        actions = Flow(spacing=theme.px(8))
        if person.phone or person.entry.id_number:
            actions.addWidget(eye(self, self.office, ("enrolment", person.id), f"随访 {person.entry.name}"))
        for title, what in (("打印", "print"), ("修改", "change"), (word, key), ("删除", "delete")):
            actions.addWidget(button(title, partial(self.pressed.emit, what)))
        self.inside.addLayout(actions)

    def _trend(self, person: Person) -> None:
        last = person.visits[:SHOWN][::-1]
        pressures = [
            [(visit.day, visit.sbp) for visit in last if visit.sbp is not None],
            [(visit.day, visit.dbp) for visit in last if visit.dbp is not None],
        ]
        glucose = [(visit.day, visit.fbg) for visit in last if visit.fbg is not None]
        if len(pressures[0]) > 1:
            self.inside.addWidget(line())
            self.inside.addWidget(Trend("血压 mmHg", pressures, person.limits.get("sbp")))
        if len(glucose) > 1:
            self.inside.addWidget(Trend("空腹血糖 mmol/L", [glucose], person.limits.get("fbg")))

    def _visit(self, visit: VisitLine) -> None:
        day = button(visit.day.isoformat(), lambda: self.visit_pressed.emit(visit.id), kind="link")
        day.setToolTip("打开这次随访")
        self.inside.addLayout(row(day, pill(visit.outcome), 1))
        parts = [visit.figures, visit.action, visit.doctor]
        text = " · ".join(part for part in parts if part)
        if visit.is_overridden:
            text += " · 医生改过分类"
        self.inside.addWidget(label(text, "quiet", wrap=True))
