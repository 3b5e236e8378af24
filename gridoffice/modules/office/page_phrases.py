"""The settings' section 事项常用语: what Alt+1 … Alt+9 put into the forms of the loop, per step and category."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPlainTextEdit

from gridoffice.core.errors import OfficeError
from gridoffice.domain import phrases
from gridoffice.modules.office import wording
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page


class PhrasesSection(Section):
    """Steps at the left; at the right the phrases of the chosen step for a category, a line each."""

    key, title, icon = "phrases", "事项常用语", "cases"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.here = ("", "")
        self.kept: tuple[str, ...] = ()
        self.steps = QListWidget()
        self.steps.setAccessibleName("步骤")
        for key, words in phrases.STEPS.items():
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, theme.px(30)))
            self.steps.addItem(item)
        left = Panel("步骤")
        left.setFixedWidth(theme.px(190))
        left.body.addWidget(self.steps, 1)
        self.category = QComboBox()
        self.category.setAccessibleName("类别")
        self.lines = QPlainTextEdit()
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName("常用语，一行一句")
        self.lines.setPlaceholderText("一行一句，例如 已现场处理完毕")
        self.told = label("", "quiet", wrap=True)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self.save_button = button("保存", self.save, kind="primary")
        self.restore_button = button("用自带的", self.restore)
        right = Panel("常用语")
        note = f"一行一句，最多 {phrases.MOST} 句；填写时按 Alt+1 … Alt+9 插入。"
        note += f"所选类别的排在前面，“{wording.EVERY}”的跟在后面。"
        right.body.addWidget(label(note, "quiet", wrap=True))
        right.body.addLayout(row(label("类别"), self.category, 1))
        right.body.addWidget(self.lines, 1)
        right.body.addWidget(self.told)
        right.body.addWidget(self.problem)
        right.body.addLayout(row(self.save_button, self.restore_button, 1))
        both = row(left, spacing=12)
        both.addWidget(right, 1)
        self.body.addLayout(both)
        self.steps.setCurrentRow(0)
        self.steps.currentRowChanged.connect(lambda _row: self._turn())
        self.category.currentIndexChanged.connect(lambda _place: self._turn())

    def _wanted(self) -> tuple[str, str]:
        item = self.steps.currentItem()
        step = item.data(Qt.ItemDataRole.UserRole) if item is not None else "accept"
        return str(step), str(self.category.currentData() or "")

    def refresh(self) -> None:
        """Show the phrases that are kept; what was typed and not saved stays."""
        chosen = self.category.currentData() or ""
        self.category.blockSignals(True)
        self.category.clear()
        for key, word in [("", wording.EVERY), *((title, title) for title in wording.titles(self.office))]:
            self.category.addItem(word, key)
        self.category.setCurrentIndex(max(0, self.category.findData(chosen)))
        self.category.blockSignals(False)
        if not self._is_changed() or self._wanted() != self.here:
            self._show()

    def _texts(self) -> list[str]:
        return [line.strip() for line in self.lines.toPlainText().splitlines() if line.strip()]

    def _is_changed(self) -> bool:
        return bool(self.here[0]) and tuple(self._texts()) != self.kept

    def _turn(self) -> None:
        """To another step or category; what is not saved is asked about first."""
        if self._is_changed():
            answers = ["保存", "不保存", "继续填写"]
            choice = dialogs.ask(self, "还没有保存", "刚才改的常用语要保存吗？", answers)
            if choice not in (0, 1) or (choice == 0 and not self.save()):
                self._back()
                return
        self._show()

    def _back(self) -> None:
        """The choice goes back to what stands in the box."""
        for box in (self.steps, self.category):
            box.blockSignals(True)
        self.steps.setCurrentRow(list(phrases.STEPS).index(self.here[0]))
        self.category.setCurrentIndex(max(0, self.category.findData(self.here[1])))
        for box in (self.steps, self.category):
            box.blockSignals(False)

    def _show(self) -> None:
        self.here = self._wanted()
        self.kept = wording.texts(self.office, *self.here)
        self.lines.setPlainText("\n".join(self.kept))
        is_own = wording.is_own(self.office, *self.here)
        self.restore_button.setEnabled(is_own)
        self.told.setText(self._given(is_own))
        self.problem.hide()

    def _given(self, is_own: bool) -> str:
        step, category = self.here
        found = phrases.of_office(self.office, step, category)
        whose = "办公室自己的" if is_own else "自带的"
        named = f"“{phrases.STEPS[step]}”" + (f"（{category}）" if category else "")
        told = "，".join(f"{place} {words}" for place, words in enumerate(found, 1)) or "没有常用语"
        return f"现在是{whose}。填写{named}时给出：{told}"

    def save(self) -> bool:
        """Keep what is typed; True when it went well."""
        step, category = self.here
        texts = self._texts()
        if not self._tried(lambda: wording.set_texts(self.office, step, category, texts)):
            return False
        self.kept = wording.texts(self.office, step, category)
        self.main.say("常用语已保存", undo=True)
        self._show_if_here()
        return True

    def _show_if_here(self) -> None:
        if self._wanted() == self.here:
            self._show()

    def _tried(self, run: Callable[[], object]) -> bool:
        try:
            run()
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            return False
        self.problem.hide()
        return True

    def restore(self) -> None:
        """Back to the phrases that came with the program."""
        if dialogs.guarded(self, lambda: wording.restore(self.office, *self.here)):
            self.main.say("已换回自带的常用语", undo=True)
            self._show()
