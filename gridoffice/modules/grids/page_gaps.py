"""查漏补缺: the rules with their counts at the left, what the chosen one found at the right; each opens its fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from gridoffice.modules.grids import gaps
from gridoffice.modules.grids.gap_rules import SECTIONS, Found
from gridoffice.modules.grids.gaps import Counted
from gridoffice.modules.grids.page_gap_fix import mend
from gridoffice.ui import dialogs, rows_output
from gridoffice.ui.panel import Panel, button, label, own_key, row
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage

COLUMNS = (("在哪里", 180), ("缺什么、错什么", 230), ("说明", 220))


class GapsView(QWidget):
    """The view in the place of tree and card; Esc goes back to them."""

    def __init__(self, page: GridsPage) -> None:
        super().__init__()
        self.page, self.office, self.main = page, page.office, page.main
        self.counted: list[Counted] = []
        self.found: list[Found] = []
        self.is_waiting = False
        self.finding = ""  # the slow rule whose findings are still looked for
        left, right = Panel("查漏补缺"), Panel()
        self.rules = RowsTable("检查项", (("检查项", 190), ("条数", 60)), right=(1,), tones={1: "late"}, spread=True)
        self.rules.setSelectionMode(self.rules.SelectionMode.SingleSelection)
        self.rules.selectionModel().currentRowChanged.connect(lambda *_places: self._show())
        own_key(self.rules, QKeySequence(Qt.Key.Key_Return), self.to_findings)
        self.total = label("", "quiet", wrap=True)
        left.body.addWidget(self.rules, 1)
        left.body.addWidget(self.total)
        self.back_button = button("返回网格", page.hide_gaps)
        self.back_button.setToolTip("返回网格（Esc）")
        left.body.addWidget(self.back_button)
        left.setFixedWidth(min(theme.px(310), 420))
        self.title = label("", "title")
        self.why = label("", "quiet", wrap=True)
        self.table = RowsTable("发现的问题", COLUMNS)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.doubleClicked.connect(lambda _index: self.mend())
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            own_key(self.table, QKeySequence(key), self.mend)
        self.nothing = label("没有问题，做得好。", "good")
        self.mend_button = button("", self.mend, kind="primary")
        right.body.addLayout(row(self.title, 1, button("打印", self.print_out), button("导出", self.save_out)))
        for widget in (self.why, self.nothing):
            right.body.addWidget(widget)
        right.body.addWidget(self.table, 1)
        self.shown = label("", "quiet")
        right.body.addLayout(row(self.mend_button, self.shown, 1))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        both = row(left, spacing=12)
        both.addWidget(right, 1)
        lines.addLayout(both)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(page.hide_gaps)
        self.refresh(choose_first=True)

    def refresh(self, *, choose_first: bool = False) -> None:
        """Count anew: the quick rules at once, the others beside the window."""
        self._put(gaps.counted(self.office, quick_only=True))
        if choose_first:
            self.rules.selectRow(0)
        self._show()
        if not self.is_waiting:
            self.is_waiting = True
            self.main.worker.do(lambda: gaps.counted(self.office), self._counted, self._failed)

    def _counted(self, counted: list[Counted]) -> None:
        if not isValid(self):  # left before the counting was done
            return
        self.is_waiting = False
        self._put(counted)

    def _failed(self, problem: Exception) -> None:
        if not isValid(self):
            return
        self.is_waiting, self.finding = False, ""
        dialogs.error(problem, self)

    def _put(self, counted: list[Counted]) -> None:
        chosen = self.rule()
        known = {one.rule.key: one.number for one in self.counted}
        numbers = {one.rule.key: known.get(one.rule.key) if one.number is None else one.number for one in counted}
        # What has findings first; within both the declared order.
        rules = sorted((one.rule for one in counted), key=lambda rule: not numbers[rule.key])
        self.counted = [Counted(rule, numbers[rule.key]) for rule in rules]
        self.rules.blockSignals(True)
        self.rules.selectionModel().blockSignals(True)
        self.rules.show_rows(
            [(one.rule.title, "…" if one.number is None else f"{one.number:,}") for one in self.counted]
        )
        if chosen is not None:
            self.choose(chosen.rule.key)
        self.rules.selectionModel().blockSignals(False)
        self.rules.blockSignals(False)
        wrong = sum(one.number or 0 for one in self.counted if one.rule.tone == "late")
        look = sum(one.number or 0 for one in self.counted if one.rule.tone == "soon")
        self.total.setText(f"要处理 {wrong:,} 条，可以看看 {look:,} 条")

    def rule(self) -> Counted | None:
        """The chosen rule."""
        place = self.rules.currentIndex().row()
        return self.counted[place] if 0 <= place < len(self.counted) else None

    def choose(self, key: str) -> None:
        """Choose a rule by its key."""
        for place, one in enumerate(self.counted):
            if one.rule.key == key:
                self.rules.selectRow(place)

    def _show(self) -> None:
        chosen = self.rule()
        if chosen is None:
            return
        rule = chosen.rule
        self.title.setText(f"{SECTIONS[rule.section]} · {rule.title}")
        self.why.setText(f"{rule.why}。")
        self.mend_button.setText(f"{rule.mend}…")
        if rule.is_quick:
            self._fill(chosen, gaps.found(self.office, rule.key))
            return
        if rule.key != self.finding:
            self._fill(chosen, [], is_late=True)
            self.finding = rule.key
            self.main.worker.do(
                lambda: gaps.found(self.office, rule.key), lambda found: self._arrived(rule.key, found), self._failed
            )

    def _arrived(self, key: str, found: list[Found]) -> None:
        if not isValid(self):
            return
        self.finding = "" if self.finding == key else self.finding
        chosen = self.rule()
        if chosen is not None and chosen.rule.key == key:
            self._fill(chosen, found)

    def _fill(self, chosen: Counted, found: list[Found], *, is_late: bool = False) -> None:
        """Show findings; `is_late`: they are still looked for."""
        kept = self.table.currentIndex().row()
        self.found = found
        self.table.show_rows(self.rows())
        self.nothing.setVisible(not found and not is_late)
        self.mend_button.setEnabled(bool(found))
        if is_late:
            self.shown.setText("正在找，请稍候……")
            return
        more = chosen.number or len(self.found)
        self.shown.setText(
            f"共 {more:,} 条" if more <= gaps.SHOWN else f"共 {more:,} 条，列出前 {gaps.SHOWN:,} 条，处理后接着列"
        )
        if self.found:
            self.table.selectRow(min(max(kept, 0), len(self.found) - 1))

    def rows(self) -> list[tuple[str, ...]]:
        """The findings as texts."""
        return [(one.where, one.what, one.more) for one in self.found]

    def to_findings(self) -> None:
        """Enter in the rules: to the findings."""
        self.table.setFocus()

    def mend(self) -> None:
        """Open what mends the chosen finding."""
        place = self.table.currentIndex().row()
        if 0 <= place < len(self.found):
            mend(self.page, self, self.found[place].fix)

    # -- out

    def _told(self) -> str:
        return f"{self.office.day():%Y年%m月%d日}，{self.why.text()}{self.shown.text()}"

    def print_out(self) -> None:
        """Print the findings of the chosen rule."""
        chosen = self.rule()
        if chosen is not None:
            title = f"查漏补缺：{chosen.rule.title}"
            rows_output.print_rows(self, self.office, title, self._told(), COLUMNS, self.rows())

    def save_out(self) -> None:
        """Save the findings of the chosen rule as a sheet."""
        chosen = self.rule()
        if chosen is not None:
            rows_output.export(self, f"查漏补缺：{chosen.rule.title}", COLUMNS, self.rows())
