"""任期簿: all terms of a unit or a person in the order of time, and who was responsible on any day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.modules.grids import page_terms, term_answers, term_book, terms
from gridoffice.modules.grids.term_book import STATES, Term
from gridoffice.ui import dialogs, rows_output
from gridoffice.ui.fields import Field, make_input
from gridoffice.ui.panel import button, label, own_key, row
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

COLUMNS = (("从", 116), ("到", 116), ("人员", 84), ("责任", 150), ("责任网", 104), ("网格", 140), ("状态", 80))


class BookDialog(QDialog):
    """The book of a unit, or of a person."""

    def __init__(
        self, parent: QWidget, main: MainWindow, *, unit_id: int | None = None, staff_id: int | None = None
    ) -> None:
        super().__init__(parent)
        self.main, self.office = main, main.office
        self.unit_id, self.staff_id = unit_id, staff_id
        self.book = term_book.book(self.office, unit_id=unit_id, staff_id=staff_id)
        self.setWindowTitle(f"任期簿：{self.book.title}")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(12))
        body.addWidget(label(f"任期簿：{self.book.title}", "title"))
        question = "这一天谁负责？" if unit_id is not None else "这一天负责哪里？"
        self.day = make_input(Field("day", question, "date"))
        self.day.setMaximumWidth(theme.px(220))
        self.day.put(self.office.day())
        self.day.edited.connect(self._answer)
        asked = label(question)
        asked.setBuddy(self.day)
        body.addLayout(row(asked, self.day, 1))
        self.answer = label("", "heading", wrap=True)
        self.answer.setAccessibleName("回答")
        body.addWidget(self.answer)
        hidden = "网格" if unit_id is not None else "人员"
        self.shown = [place for place, (word, _width) in enumerate(COLUMNS) if word != hidden]
        self.columns = [COLUMNS[place] for place in self.shown]
        self.table = RowsTable("任期", self.columns)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.doubleClicked.connect(lambda _index: self.correct())
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            own_key(self.table, QKeySequence(key), self.correct)
        body.addWidget(self.table, 1)
        self.nothing = label("还没有登记过任期。", "quiet")
        body.addWidget(self.nothing)
        body.addLayout(self._buttons())
        self.resize(
            min(theme.px(880), self.screen().availableGeometry().width() - 40),
            min(theme.px(600), self.screen().availableGeometry().height() - 80),
        )
        self.refresh()

    def _buttons(self) -> QVBoxLayout:
        self.add_button = button("指定责任人…", self.add, kind="primary")
        self.add_button.setVisible(self.unit_id is not None)
        self.correct_button = button("更正…", self.correct)
        self.end_button = button("结束任职…", self.end)
        self.remove_button = button("删除", self.remove, kind="danger")
        lines = QVBoxLayout()
        lines.setSpacing(theme.px(8))
        lines.addLayout(row(self.add_button, self.correct_button, self.end_button, self.remove_button, 1))
        out = (button("打印", self.print_out), button("导出", self.save_out), button("关闭", self.accept))
        for one in (self.add_button, self.correct_button, self.end_button, self.remove_button, *out):
            one.setAutoDefault(False)  # Enter corrects the chosen term
        lines.addLayout(row(1, *out))
        return lines

    def refresh(self) -> None:
        """Show the terms and the answer anew, keeping the chosen one."""
        kept = self.table.currentIndex().row()
        self.book = term_book.book(self.office, unit_id=self.unit_id, staff_id=self.staff_id)
        self.table.show_rows(self.rows())
        if self.book.terms:
            self.table.selectRow(min(max(kept, 0), len(self.book.terms) - 1))
        self.nothing.setVisible(not self.book.terms)
        for one in (self.correct_button, self.end_button, self.remove_button):
            one.setEnabled(bool(self.book.terms))
        self._answer()

    def rows(self) -> list[tuple[str, ...]]:
        """The terms as texts."""
        found = [
            (_day(one.start, "—"), _day(one.end, "至今"), one.name, one.role, one.network_title, one.unit,
             STATES[one.state])
            for one in self.book.terms
        ]  # fmt: skip
        return [tuple(texts[place] for place in self.shown) for texts in found]

    def _answer(self) -> None:
        try:
            day = self.day.value()
        except ValueError:
            return  # still typing
        if day is None:
            self.answer.setText("请填一个日子，例如 2026-5-3 或 0503")
            return
        if self.unit_id is not None:
            told = term_answers.who_was(self.office, self.unit_id, day)
        else:
            told = term_answers.what_had(self.office, self.staff_id or 0, day)
        self.answer.setText("\n".join(f"{one}。" for one in told))

    def term(self) -> Term | None:
        """The chosen term."""
        place = self.table.currentIndex().row()
        return self.book.terms[place] if 0 <= place < len(self.book.terms) else None

    # -- what can be done

    def add(self) -> None:
        """Appoint somebody at the unit."""
        if self.unit_id is not None and page_terms.appoint(self, self.main, self.unit_id):
            self.refresh()

    def correct(self) -> None:
        """Correct the chosen term."""
        term = self.term()
        if term is not None and page_terms.correct(self, self.main, term):
            self.refresh()

    def end(self) -> None:
        """Give the chosen term a last day."""
        term = self.term()
        if term is not None and page_terms.end(self, self.main, term):
            self.refresh()

    def remove(self) -> None:
        """Take the chosen term out; undo brings it back."""
        term = self.term()
        if term is not None and dialogs.guarded(self, lambda: terms.remove(self.office, term.id)):
            self.main.say(f"已删除 {term.name} 的任期", undo=True)
            self.refresh()

    def print_out(self) -> None:
        """Print the book."""
        told = f"{self.office.today():%Y年%m月%d日}，共 {len(self.book.terms)} 段任期"
        rows_output.print_rows(self, self.office, f"任期簿：{self.book.title}", told, self.columns, self.rows())

    def save_out(self) -> None:
        """Save the book as a sheet."""
        rows_output.export(self, f"任期簿：{self.book.title}", self.columns, self.rows())


def _day(day: date | None, nothing: str) -> str:
    return day.isoformat() if day else nothing
