"""The sheet of all keys, by group, from the commands themselves; it can be printed and pinned beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from gridoffice.ui import output
from gridoffice.ui.panel import Panel, button, label, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Lines = list[tuple[str, str]]

LISTS: Lines = [
    ("Enter", "打开选中的记录"),
    ("↑ ↓ PgUp PgDn", "上一条、下一条、翻页"),
    ("Ctrl+C", "复制选中的行，可粘进 Excel"),
    ("Ctrl+A", "全选"),
    ("F2", "修改选中的记录"),
]
FORMS: Lines = [
    ("Ctrl+S", "保存"),
    ("Ctrl+Enter", "保存"),
    ("Esc", "返回；没保存的会先问"),
    ("Tab  Shift+Tab", "下一栏、上一栏"),
    ("F9", "在日期里填今天"),
    ("=  +7  -1  0503  周五", "日期的简便写法"),
]
SEARCH: Lines = [
    ("Ctrl+K", "全部搜索"),
    (">", "搜索里先输它：找命令"),
    ("?", "搜索里先输它：找帮助"),
    ("Tab  →", "对选中的一条可以做什么"),
    ("PgUp PgDn", "上一组、下一组"),
]
MENUS = (("文件", "文件"), ("编辑", "编辑"), ("查看", "看"), ("帮助", "帮助"))


def groups(window: MainWindow) -> list[tuple[str, Lines]]:
    """All keys under the names of their groups; a command's key is written nowhere else."""
    found: list[tuple[str, Lines]] = []
    tabs = [(one.shortcut, one.text) for one in window.commands if one.shortcut and one.key.startswith("tab-")]
    found.append(("换页", tabs))
    found.append(("搜索", SEARCH))
    for menu, title in MENUS:
        lines = [(one.shortcut, one.text) for one in window.commands if one.shortcut and one.menu == menu]
        lines = [pair for pair in lines if pair not in SEARCH]
        if lines:
            found.append((title, lines))
    others = [one for one in window.commands if one.shortcut and one.menu not in dict(MENUS)]
    rest = [(one.shortcut, one.text) for one in others if not one.key.startswith("tab-")]
    if rest:
        found.append(("其他", rest))
    return [*found, ("名单", LISTS), ("填写", FORMS)]


class KeySheet(QDialog):
    """All keys in as many columns as there is room for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.main = window
        self.setWindowTitle("快捷键")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(18)] * 4)
        body.setSpacing(theme.px(12))
        body.addLayout(row(label("快捷键", "title"), 1, label("按住 Alt，各页的数字会显示出来", "quiet")))
        screen = self.screen().availableGeometry()
        wide, high = min(theme.px(1180), screen.width() - 40), min(theme.px(700), screen.height() - 60)
        across = max(1, min(3, wide // theme.px(370)))
        body.addWidget(scrolling(self._columns(across)), 1)
        self.print_button = button("打印上手卡", self.print_out)
        self.close_button = button("关闭", self.accept, kind="primary")
        body.addLayout(row(1, self.print_button, self.close_button))
        self.resize(wide, high)
        self.close_button.setFocus()

    def _columns(self, across: int) -> QWidget:
        holder = QWidget()
        columns = [QVBoxLayout() for _ in range(across)]
        filled = [0] * across
        for title, lines in groups(self.main):
            place = filled.index(min(filled))
            filled[place] += len(lines) + 2
            columns[place].addWidget(self._group(title, lines))
        for column in columns:
            column.setSpacing(theme.px(10))
            column.addStretch(1)
        holder.setLayout(row(*columns, spacing=10))
        return holder

    @staticmethod
    def _group(title: str, lines: Lines) -> Panel:
        panel = Panel(title)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        for place, (keys, text) in enumerate(lines):
            shown = label(keys, "key")
            shown.setMinimumWidth(theme.px(110))
            grid.addWidget(shown, place, 0)
            grid.addWidget(label(text, wrap=True), place, 1)
        panel.body.addLayout(grid)
        return panel

    def print_out(self) -> None:
        """The start card with all keys, as a paper."""
        output.print_paper(self, "网格办上手卡.pdf", self.paper)

    def paper(self) -> bytes:
        """The start card as a PDF."""
        from gridoffice.papers import start_card

        return start_card.draw(self.main.bar.name.toolTip() or self.main.bar.name.text(), groups(self.main))
