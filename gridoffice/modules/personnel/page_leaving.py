"""The assistant for leaving for good: last day and who takes over, what then moves, one step, the list to sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import papers
from gridoffice.modules.personnel import leaving, paper
from gridoffice.modules.personnel.handover import Rehearsal, Section
from gridoffice.modules.personnel.terms import Choices
from gridoffice.ui import dialogs, output
from gridoffice.ui.fields import Field, Input, make_input
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.theme import theme

FEW = 6
"""Rows of a section that are shown at once."""

Say = Callable[..., object]


class LeavingDialog(QDialog):
    """One person leaves; nothing is changed before 办理离岗 is pressed."""

    def __init__(self, parent: QWidget, office: Office, staff_id: int, say: Say) -> None:
        super().__init__(parent)
        self.office, self.say = office, say
        self.chosen: Choices = leaving.proposal(office, staff_id)
        self.told: Rehearsal | None = None
        self.open_sections: set[str] = set()
        self.people = leaving.takers(office, staff_id)
        self.by_term: dict[int, Input] = {}
        self.setWindowTitle("离岗移交")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        self.title = label("离岗移交", "title")
        body.addWidget(self.title)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._choosing())
        body.addWidget(self.stack, 1)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.foot = row()
        body.addLayout(self.foot)
        room = parent.window().size()
        self.resize(min(theme.px(1120), room.width() - 40), min(theme.px(690), room.height() - 50))
        self._start()

    # -- choosing

    def _choosing(self) -> QWidget:
        page = QWidget()
        both = row(self._left(), self._right(), spacing=12)
        both.setStretch(1, 1)
        page.setLayout(both)
        return page

    def _input(self, field: Field, value: Any) -> Input:
        made = make_input(field)
        made.put(value)
        made.edited.connect(self.rehearse)
        return made

    def _left(self) -> QWidget:
        panel = Panel("谁来接")
        self.last_day = self._input(Field("last_day", "最后工作日", "date", required=True), self.chosen.last_day)
        self.main = self._input(Field("main", "接交人", "pick", choices=self.people), self.chosen.main_id)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        for place, (word, made) in enumerate((("最后工作日", self.last_day), ("接交人", self.main))):
            grid.addWidget(label(word, "quiet"), place, 0)
            grid.addWidget(made, place, 1)
        grid.setColumnStretch(1, 1)
        panel.body.addLayout(grid)
        panel.body.addWidget(label("接交人收下钥匙资料、指名承办的事项和帮扶联系。", "quiet", wrap=True))
        self.terms = QVBoxLayout()
        self.terms.setSpacing(theme.px(6))
        holder = QWidget()
        holder.setLayout(self.terms)
        panel.body.addWidget(scrolling(holder), 1)
        panel.setFixedWidth(min(theme.px(360), 480))
        return panel

    def _right(self) -> QWidget:
        panel = Panel()
        self.heading = label("", "heading", wrap=True)
        panel.body.addWidget(self.heading)
        self.rest = QVBoxLayout()
        self.rest.setSpacing(theme.px(6))
        self.rest.setContentsMargins(0, 0, theme.px(8), 0)
        holder = QWidget()
        holder.setLayout(self.rest)
        panel.body.addWidget(scrolling(holder), 1)
        return panel

    def _start(self) -> None:
        try:
            self.told = leaving.rehearse(self.office, self.chosen)
        except OfficeError as error:
            self._wrong(error)
        self._fill_terms()
        self.draft_button = button("打印草稿…", self.print_draft)
        self.do_button = button("办理离岗", self.leave, kind="primary")
        self._feet(self.draft_button, 1, button("取消", self.reject), self.do_button)
        self.rehearse()

    def _feet(self, *items: Any) -> None:
        clear(self.foot)
        for one in items:
            self.foot.addStretch(one) if isinstance(one, int) else self.foot.addWidget(one)

    def _fill_terms(self) -> None:
        """A picker for each post, and a tick for each thing; made once, so that nothing jumps while one chooses."""
        clear(self.terms)
        for term in self.told.terms if self.told else ():
            self.terms.addWidget(label(f"{term.unit} · {term.role}", wrap=True))
            made = self._input(
                Field("term", f"{term.unit} {term.role} 接任人", "pick", choices=self.people, help="空着：岗位空缺"),
                term.successor_id,
            )
            self.by_term[term.id] = made
            self.terms.addWidget(made)
        if self.told and self.told.things:
            self.terms.addWidget(line())
            self.terms.addWidget(label("勾上的交回办公室，其余转给接交人", "quiet", wrap=True))
        for thing in self.told.things if self.told else ():
            box = QCheckBox(f"{thing.title}（{thing.kind}）")
            box.setChecked(thing.id in self.chosen.back)
            box.toggled.connect(partial(self._back, thing.id))
            self.terms.addWidget(box)
        self.terms.addStretch(1)

    def _back(self, number: int, goes_back: bool) -> None:
        kept = self.chosen.back - {number}
        self.chosen = replace(self.chosen, back=kept | {number} if goes_back else kept)
        self.rehearse()

    # -- rehearsing

    def rehearse(self) -> None:
        """Tell what would move with what is chosen now."""
        self.problem.hide()
        try:
            last_day = self.last_day.value()
            if last_day is None:
                raise OfficeError("最后工作日还没有填")
            by_term = tuple((term, made.value()) for term, made in self.by_term.items())
            self.chosen = replace(self.chosen, last_day=last_day, main_id=self.main.value(), by_term=by_term)
            self.told = leaving.rehearse(self.office, self.chosen)
        except ValueError as error:
            self._wrong(OfficeError(str(error)))
            return
        except OfficeError as error:
            self._wrong(error)
            return
        self.do_button.setEnabled(True)
        self._show(self.told)

    def _wrong(self, error: OfficeError) -> None:
        self.problem.setText(error.sentence)
        self.problem.show()
        if hasattr(self, "do_button"):
            self.do_button.setEnabled(False)

    def _show(self, told: Rehearsal) -> None:
        self.title.setText(f"离岗移交：{told.name}")
        self.heading.setText(f"试排：{told.title}。下面这些会移交，现在还没有改动。")
        clear(self.rest)
        for section in told.sections:
            self._section(section)
        for note in told.notes:
            self.rest.addWidget(label(note, "notice", wrap=True))
        self.rest.addStretch(1)

    def _section(self, section: Section) -> None:
        is_open = section.key in self.open_sections or len(section.rows) <= FEW
        more = button("", partial(self._unfold, section.key), kind="link")
        more.setText("收起" if section.key in self.open_sections else f"全部 {len(section.rows)}")
        more.setVisible(len(section.rows) > FEW)
        self.rest.addLayout(row(label(f"{section.title}　{len(section.rows)}", "heading"), 1, more))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(3))
        for across, title in enumerate(section.columns):
            grid.addWidget(label(title, "quiet"), 0, across)
            grid.setColumnStretch(across, 2 if across < 2 else 1)
        for down, cells in enumerate(section.rows if is_open else section.rows[:FEW], 1):
            for across, text in enumerate(cells):
                grid.addWidget(label(text, wrap=True), down, across)
        if section.rows:
            self.rest.addLayout(grid)
        if section.note:
            self.rest.addWidget(label(section.note, "quiet", wrap=True))
        rule = QFrame()
        rule.setObjectName("line")
        rule.setFixedHeight(1)
        self.rest.addWidget(rule)

    def _unfold(self, key: str) -> None:
        self.open_sections ^= {key}
        if self.told is not None:
            self._show(self.told)

    # -- doing

    def print_draft(self) -> None:
        """The list as it would be, without a number."""
        told = self.told
        if told is not None:
            output.print_paper(self, f"移交清单草稿_{told.name}.pdf", lambda: paper.draft(self.office, told))

    def leave(self) -> None:
        """Do it in one step, then offer the list to sign."""
        try:
            self.told = leaving.leave(self.office, self.chosen)
        except OfficeError as error:
            self._wrong(error)
            return
        self.say(self.told.title, undo=True)
        done = Panel()
        done.body.addStretch(1)
        done.body.addWidget(label(f"{self.told.title}，已办理。", "title", wrap=True))
        numbers = "，".join(f"{one.title} {len(one.rows)}" for one in self.told.sections if one.rows)
        done.body.addWidget(label(numbers, wrap=True))
        done.body.addWidget(
            label("请打印移交清单，当面点清后三方签名。要反悔，按 Ctrl+Z 一步全部恢复。", "quiet", wrap=True)
        )
        done.body.addStretch(2)
        self.stack.addWidget(done)
        self.stack.setCurrentWidget(done)
        self.print_button = button("打印移交清单…", self.print_list, kind="primary")
        self._feet(1, button("关闭", self.accept), self.print_button)
        self.print_button.setFocus()

    def print_list(self) -> None:
        """The numbered list, saved and opened for printing."""
        told = self.told
        if told is None:
            return
        path = dialogs.save_file(self, "打印移交清单（存成 PDF 后打开）", f"移交清单_{told.name}.pdf", "PDF (*.pdf)")
        if path is None:
            return

        def make() -> None:
            number = paper.issue(self.office, told, path)
            kind = papers.KINDS["handover"].title
            self.say(f"{kind} {number} 已登记，存成 {path.name}")
            output.show(path)

        if dialogs.guarded(self, make):
            self.accept()
