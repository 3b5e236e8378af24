"""The sheet of a visit, with what the rule suggests beside it while it is filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.forms import answers as sheets
from gridoffice.forms import load
from gridoffice.forms.rules import ACTIONS, Suggestion, bmi
from gridoffice.modules.followup import service, visits
from gridoffice.modules.followup.lists import outcome_words
from gridoffice.modules.followup.visits import VisitEntry
from gridoffice.ui import dialogs
from gridoffice.ui.drafts import DraftKeeper
from gridoffice.ui.editor import Fields
from gridoffice.ui.fields import Field
from gridoffice.ui.form_view import FormView
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

WAIT = 120  # milliseconds between the last change and the rule's answer


class VisitDialog(QDialog):
    """Records a visit, or opens one that is there; `told` says what was done."""

    def __init__(self, parent: QWidget, office: Office, enrolment_id: int, visit_id: int | None = None) -> None:
        super().__init__(parent)
        self.office, self.enrolment_id, self.visit_id = office, enrolment_id, visit_id
        self.person = service.person(office, enrolment_id)
        self.told = ""
        self.form = load.programme_form(self.person.entry.programme)
        self.version: int | None = None
        if visit_id is None:
            entry = visits.proposal(office, enrolment_id)
        else:
            entry, self.version = visits.entry_of(office, visit_id)
        self.setWindowTitle(self.form.title)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.suggest)
        self._build(entry)
        self._fill(entry)
        self.suggest()
        self._clean = self._raw()
        title = f"{self.form.title} {self.person.entry.name}"
        self.drafts = DraftKeeper(self, office, title, self._draft, self._put_draft)
        self.outer.insertWidget(0, self.drafts.bar)

    def _draft(self) -> dict[str, Any]:
        return {"answers": self.view.answers(strict=False), **self.fields.readable()}

    def _put_draft(self, values: dict[str, Any]) -> None:
        """Fill in a draft's values, and ask the rule anew."""
        if "answers" in values:
            self.view.fill(values["answers"])
        for key, made in self.fields.inputs.items():
            if key in values:
                made.put(values[key])
        self.suggest()

    def _build(self, entry: VisitEntry) -> None:
        body = self.outer = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(10))
        age = f"{self.person.age} 岁" if self.person.age is not None else ""
        who = "　".join(text for text in (self.person.entry.name, age, self.person.unit) if text)
        body.addLayout(row(label(self.form.title, "title"), label(who, "quiet"), 1))
        self.view = FormView(self.form, entry.answers)
        self.view.edited.connect(lambda: self._timer.start(WAIT))
        middle = row(spacing=12)
        middle.addWidget(self.view, 1)
        middle.addWidget(self._side())
        body.addLayout(middle, 1)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.save_button = button("保存随访", self.save, kind="primary")
        self.save_button.setToolTip("保存随访（Ctrl+S）")
        foot = row(label(service.NOTICE, "quiet"), 1, button("取消", self.reject), self.save_button)
        if self.visit_id is not None:
            foot.insertWidget(2, button("删除这次随访", self.remove, kind="danger"))
        body.addLayout(foot)
        for key in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(key), self, self.save)
        screen = self.screen().availableGeometry()
        self.resize(min(theme.px(1120), screen.width() - 40), min(theme.px(720), screen.height() - 60))

    def _side(self) -> QWidget:
        outcomes = self.form.programme.outcomes if self.form.programme else ()
        self.fields = Fields(
            [
                Field("day", "随访日期", "date", required=True),
                Field("doctor", "随访医生", required=True, help="医生姓名"),
                Field("outcome", "分类", "choice", choices=[(code, word) for code, word in outcomes]),
                Field("action", "处理", "choice", choices=list(ACTIONS.items())),
                Field("next_on", "下次随访", "date", help="空着按建议"),
            ],
            {},
            columns=1,
        )
        for made in self.fields.inputs.values():
            made.edited.connect(lambda: self._timer.start(WAIT))
        self.advice = Panel("建议")
        self.told_box = QVBoxLayout()
        self.told_box.setSpacing(theme.px(8))
        self.advice.body.addLayout(self.told_box)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, theme.px(8), 0)
        inside.setSpacing(theme.px(10))
        inside.addWidget(self.advice)
        inside.addWidget(line())
        inside.addWidget(self.fields)
        inside.addWidget(label("分类、处理、下次随访空着就按建议；医生可以改，两者都会保存。", "quiet", wrap=True))
        inside.addStretch(1)
        area = scrolling(holder)
        area.setFixedWidth(theme.px(300))
        return area

    def _fill(self, entry: VisitEntry) -> None:
        """Fill the side; what equals the suggestion stays empty, so that it goes on following it."""
        found = visits.suggestion(self.office, self.enrolment_id, entry.day, entry.answers, self.visit_id)
        values: dict[str, Any] = {"day": entry.day, "doctor": entry.doctor}
        if self.visit_id is not None:
            follows = found is not None
            if not (follows and found and found.outcome == entry.outcome):
                values["outcome"] = entry.outcome
            if not (follows and found and found.action == entry.action):
                values["action"] = entry.action
            if not (follows and found and entry.day + timedelta(days=found.days) == entry.next_on):
                values["next_on"] = entry.next_on
        self.fields.fill(values)

    def suggest(self) -> None:
        """Ask the rule and show what it says and why."""
        try:
            day = self.fields.inputs["day"].value() or self.office.today()
        except ValueError:
            day = self.office.today()
        answers = self.view.answers(strict=False)
        self.view.show_computed({"bmi": bmi(answers)})
        found = visits.suggestion(self.office, self.enrolment_id, day, answers, self.visit_id)
        clear(self.told_box)
        if found is None:
            self.told_box.addWidget(
                label("填好血压（糖尿病填空腹血糖）后，这里给出分类和下次随访日期。", "quiet", wrap=True)
            )
            return
        for widget in self._advice(found):
            self.told_box.addWidget(widget)
        self.told_box.addWidget(label(f"下次随访：{chinese(day + timedelta(days=found.days))} 前", wrap=True))

    def _advice(self, found: Suggestion) -> list[QWidget]:
        holder = QWidget()
        tone = "late" if found.is_emergency else "brand"
        words = pill(outcome_words(self.person.entry.programme, found.outcome))
        holder.setLayout(row(words, pill(f"{tone}|{ACTIONS[found.action]}"), 1))
        why = label(found.why, "bad" if found.is_emergency else "", wrap=True)
        self.why = why
        return [holder, why]

    def save(self) -> None:
        """Save and close, or say what is still wrong."""
        try:
            values = self.fields.values()
            entry = VisitEntry(
                values["day"],
                self.view.answers(),
                values["outcome"],
                values["action"] or "",
                values["next_on"],
                values["doctor"],
            )
            if self.visit_id is None:
                visits.record(self.office, self.enrolment_id, entry)
            else:
                visits.change(self.office, self.visit_id, entry, self.version)
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            self._mark()
            return
        self.told = "已保存随访"
        self.accept()

    def remove(self) -> None:
        """Delete this visit."""
        if self.visit_id is not None:
            visits.remove(self.office, self.visit_id)
            self.told = "已删除随访"
            self.accept()

    def _mark(self) -> None:
        """Show where something is missing or wrong."""
        for key in sheets.problems(self.form, self.view.answers(strict=False)):
            self.view.inputs[key].mark(True)

    def _raw(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.view.answers(strict=False), self.fields.raw()

    def reject(self) -> None:
        """Leave; when something was filled in, ask first."""
        if self._raw() == self._clean:
            super().reject()
            return
        choice = dialogs.ask(self, "还没有保存", "刚才填写的随访表要保存吗？", ["保存", "不保存", "继续填写"])
        if choice == 0:
            self.save()
        elif choice == 1:
            super().reject()
