"""The sheet of a fire check: the checklist of the place, item by item."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.forms import answers as sheets
from gridoffice.forms import load
from gridoffice.forms.schema import FAIL, NA, PASS, Form
from gridoffice.modules.inspections import checks, page_forms, places, service
from gridoffice.modules.inspections.checks import Entry, Found
from gridoffice.ui import dialogs
from gridoffice.ui.drafts import DraftKeeper
from gridoffice.ui.editor import Fields
from gridoffice.ui.fields import Field
from gridoffice.ui.form_view import FormView
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme


class CheckDialog(QDialog):
    """Records a check of a place, or opens one that is there; `told` says what was done."""

    def __init__(self, parent: QWidget, office: Office, place_id: int | None, check_id: int | None = None) -> None:
        super().__init__(parent)
        self.office, self.check_id = office, check_id
        self.told = ""
        self.version: int | None = None
        if check_id is None:
            self.entry = checks.proposal(office, place_id)
        else:
            shown = checks.view(office, check_id)
            self.entry, self.version = shown.entry, shown.version
        self.setWindowTitle("消防检查")
        self.view: FormView | None = None
        self._build()
        self._place_changed()
        self._clean = self._raw()
        self.drafts = DraftKeeper(self, office, "消防检查", self._draft, self._put_draft)
        self.outer.insertWidget(0, self.drafts.bar)

    def _draft(self) -> dict[str, Any]:
        return {**self.fields.readable(), "answers": self.view.answers(strict=False) if self.view else {}}

    def _put_draft(self, values: dict[str, Any]) -> None:
        """Fill in a draft's values: the place first, for the sheet hangs on it."""
        for key, made in self.fields.inputs.items():
            if key in values:
                made.put(values[key])
        self._place_changed()
        if self.view is not None and "answers" in values:
            self.view.fill(values["answers"])
            self._count()

    def _build(self) -> None:
        body = self.outer = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(10))
        self.title = label("消防检查", "title")
        self.tally = label("", "quiet")
        self.rest_button = button("其余全部合格", self._rest)
        self.rest_button.setToolTip("还没有选的项目都记为合格（Alt+A）")
        self.rest_button.setShortcut("Alt+A")
        body.addLayout(row(self.title, self.tally, 1, self.rest_button))
        self.holder = QVBoxLayout()
        self.holder.setContentsMargins(0, 0, 0, 0)
        middle = row(spacing=12)
        middle.addLayout(self.holder, 1)
        middle.addWidget(self._side())
        body.addLayout(middle, 1)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.save_button = button("保存检查", self.save, kind="primary")
        self.save_button.setToolTip("保存检查（Ctrl+S）")
        body.addLayout(row(label(service.NOTICE, "quiet"), 1, button("取消", self.reject), self.save_button))
        for key in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(key), self, self.save)
        screen = self.screen().availableGeometry()
        self.resize(min(theme.px(1140), screen.width() - 40), min(theme.px(720), screen.height() - 60))

    def _side(self) -> QWidget:
        found = [
            (choice.id, f"{choice.text}（{choice.detail.split()[0]}）") for choice in places.place_choices(self.office)
        ]
        people = page_forms.names(self.office)
        self.fields = Fields(
            [
                Field("premises_id", "场所", "pick", required=True, choices=found),
                Field("day", "日期", "date", required=True),
                Field("inspector", "检查人", "choice", required=True, choices=people, is_open=True),
                Field("second", "同行人", "choice", choices=people, is_open=True, help="建议两人同行"),
                Field("found", "其他隐患", "multiline", help="检查表以外的隐患，一行一处"),
                Field("note", "说明", "multiline", help="例如：陪同人、整改意见"),
            ],
            {key: getattr(self.entry, key) for key in ("premises_id", "day", "inspector", "second", "note")},
            columns=1,
        )
        self.fields.inputs["premises_id"].edited.connect(self._place_changed)
        area = scrolling(self.fields)
        area.setFixedWidth(theme.px(330))
        return area

    def _form(self) -> Form | None:
        """The sheet to fill: the one kept with the check, else that of the chosen place's kind."""
        if self.check_id is not None:
            return load.known(self.entry.checklist) if self.entry.checklist else None
        try:
            place_id = self.fields.inputs["premises_id"].value()
        except ValueError:
            return None
        return checks.checklist_for(places.view(self.office, place_id).entry.kind) if place_id else None

    def _place_changed(self) -> None:
        form = self._form()
        if self.view is not None and form is not None and self.view.form.key == form.key:
            return
        answers = self.view.answers(strict=False) if self.view is not None else self.entry.answers
        while self.holder.count():
            item = self.holder.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self.view = None
        if form is None:
            word = "这次检查没有可以打开的检查表。" if self.check_id else "先在右边选场所，这里就出现它的检查表。"
            self.holder.addWidget(label(word, "quiet"))
            self.holder.addStretch(1)
        else:
            self.view = FormView(form, answers)
            self.view.edited.connect(self._count)
            self.holder.addWidget(self.view)
        self.title.setText(form.title if form else "消防检查")
        self.rest_button.setVisible(form is not None)
        self._count()

    def _count(self) -> None:
        """Say how many items are answered how."""
        if self.view is None:
            self.tally.setText("")
            return
        found = sheets.tally(self.view.form, self.view.answers(strict=False))
        left = len(self.view.form.items) - sum(found.values())
        text = f"合格 {found[PASS]} · 不合格 {found[FAIL]} · 不适用 {found[NA]}"
        self.tally.setText(f"{text} · 还有 {left} 项" if left else text)

    def _rest(self) -> None:
        if self.view is not None:
            self.view.fill(sheets.all_pass(self.view.form, self.view.answers(strict=False)))
            self._count()

    def save(self) -> None:
        """Save and close, or say what is still wrong."""
        try:
            values = self.fields.values()
            lines = [text.strip() for text in (values["found"] or "").splitlines() if text.strip()]
            entry = Entry(
                values["premises_id"],
                values["day"],
                values["inspector"] or "",
                values["second"] or "",
                self.view.form.key if self.view else "",
                self.view.answers(strict=False) if self.view else {},
                tuple(Found(text) for text in lines),
                values["note"] or "",
            )
            self._keep(entry)
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            self._mark()
            return
        self.accept()

    def _mark(self) -> None:
        """Show which items are still to be answered."""
        if self.view is not None:
            for key in sheets.problems(self.view.form, self.view.answers(strict=False)):
                self.view.inputs[key].mark(True)

    def _keep(self, entry: Entry) -> None:
        if self.check_id is None:
            number = checks.hazards_number(self.office, [checks.record(self.office, entry)])
            self.told = f"已登记检查，发现隐患 {number} 处" if number else "已登记检查，没有发现隐患"
        else:
            checks.change(self.office, self.check_id, entry, self.version)
            self.told = "已修改检查"

    def _raw(self) -> dict[str, Any]:
        return {**self.fields.raw(), "answers": self.view.answers(strict=False) if self.view else {}}

    def reject(self) -> None:
        """Leave; when something was filled in, ask first."""
        if self._raw() == self._clean:
            super().reject()
            return
        choice = dialogs.ask(self, "还没有保存", "刚才填写的检查表要保存吗？", ["保存", "不保存", "继续填写"])
        if choice == 0:
            self.save()
        elif choice == 1:
            super().reject()
