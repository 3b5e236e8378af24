"""The lists under the entry of a patrol: problems found, households visited, lines of the day's log, photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.errors import OfficeError
from gridoffice.core.typed_day import read_day
from gridoffice.domain import work
from gridoffice.modules.patrols.entry import LINE_KINDS, Line, Problem, read_time
from gridoffice.ui import dialogs
from gridoffice.ui.fields import ChoiceInput, Field, make_input
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme


class ProblemLine(QWidget):
    """One problem found: category, handling kind, words, and what was done when it was settled on the spot."""

    def __init__(self, categories: Sequence[str]) -> None:
        super().__init__()
        self.category, self.kind = QComboBox(), QComboBox()
        for word in categories:
            self.category.addItem(word, word)
        for key, word in work.KINDS.items():
            self.kind.addItem(word, key)
        self.text, self.measures = QLineEdit(), QLineEdit()
        self.text.setPlaceholderText("什么问题、在哪里")
        self.measures.setPlaceholderText("怎么处理的")
        self.measures.setEnabled(False)
        self.settled = QCheckBox("当场处理")
        self.settled.toggled.connect(self.measures.setEnabled)
        self.drop = button("删除")
        self.hint = label("", "quiet")
        self.hint.hide()
        names = ("问题类别", "处理方式", "问题", "处理措施")
        for widget, name in zip((self.category, self.kind, self.text, self.measures), names, strict=True):
            widget.setAccessibleName(name)
        self.category.setMinimumWidth(theme.px(124))
        self.kind.setMinimumWidth(theme.px(92))
        layout = row(self.category, self.kind, self.text, self.settled, self.measures, self.drop)
        layout.setStretch(2, 3)
        layout.setStretch(4, 2)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(2))
        body.addLayout(layout)
        body.addWidget(self.hint)

    def tell(self, text: str) -> None:
        """Say under the line that it may be a case already."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def problem(self) -> Problem:
        """What stands in the line."""
        return Problem(
            category=self.category.currentData(),
            kind=self.kind.currentData(),
            text=self.text.text().strip(),
            is_settled=self.settled.isChecked(),
            measures=self.measures.text().strip() if self.settled.isChecked() else "",
        )


class ProblemLines(QWidget):
    """The problems of one patrol, as many lines as were found."""

    def __init__(self, alike: Callable[[str, str], str], categories: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self.lines: list[ProblemLine] = []
        self.alike, self.categories = alike, categories
        self.add_button = button("添加问题", self.add, shortcut="Alt+A")
        self.told = label("发现了问题就添加一行，保存后自动成为事项；当场处理的待另一个人核查。", "quiet")
        holder = QWidget()
        self.rows = QVBoxLayout(holder)
        self.rows.setContentsMargins(0, 0, theme.px(8), 0)
        self.rows.setSpacing(theme.px(6))
        self.rows.addStretch(1)
        self.area = scrolling(holder)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(row(self.told, 1, self.add_button))
        body.addWidget(self.area, 1)

    def add(self) -> ProblemLine:
        """A new line at the end."""
        line = ProblemLine(self.categories())
        line.drop.clicked.connect(lambda: self.take_out(line))
        line.text.editingFinished.connect(lambda: line.tell(self.alike(line.category.currentData(), line.text.text())))
        self.lines.append(line)
        self.rows.insertWidget(self.rows.count() - 1, line)
        line.category.setFocus()
        return line

    def take_out(self, line: ProblemLine) -> None:
        """Take a line out again."""
        self.lines.remove(line)
        line.setParent(None)
        line.deleteLater()

    def empty(self) -> None:
        """Take all lines out."""
        for line in list(self.lines):
            self.take_out(line)

    def problems(self) -> tuple[Problem, ...]:
        """All lines."""
        return tuple(line.problem() for line in self.lines)


class HouseLines(QWidget):
    """The households visited on the walk: found by typing, taken by Enter, one after the other."""

    def __init__(self, find: Callable[[str], list[tuple[int, str]]], name_of: Callable[[int], str]) -> None:
        super().__init__()
        self.name_of = name_of
        told = "户号、姓名、首字母或地址，回车加入；可以连着加几户"
        self.seek = make_input(Field("house", "走访的户", "seek", help=told, find=find, name_of=name_of))
        self.seek.edited.connect(self._take)
        self.list = QListWidget()
        self.list.setAccessibleName("走访的户")
        self.drop = button("去掉", self._drop)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(row(self.seek, self.drop))
        body.addWidget(self.list, 1)

    def _take(self) -> None:
        try:
            house = self.seek.value()
        except ValueError:
            return
        if house is not None:
            self.add(house)
            self.seek.put(None)

    def add(self, house: int) -> None:
        """Put a household on the list, once."""
        if house not in self.houses():
            item = QListWidgetItem(self.name_of(house))
            item.setData(Qt.ItemDataRole.UserRole, house)
            self.list.addItem(item)

    def _drop(self) -> None:
        for item in self.list.selectedItems() or [self.list.item(self.list.count() - 1)]:
            if item is not None:
                self.list.takeItem(self.list.row(item))

    def houses(self) -> tuple[int, ...]:
        """The households on the list."""
        return tuple(self.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self.list.count()))


HEADS = ("时间", "种类", "对象", "反映的问题", "处理措施", "反馈结果", "跟踪日期")


class LogLines(QWidget):
    """The lines of a day's log as a small table that is typed into; an empty line waits at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.table = QTableWidget(1, len(HEADS))
        self.table.setAccessibleName("日志条目")
        self.table.setHorizontalHeaderLabels(list(HEADS))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for place, wide in ((0, 64), (1, 70), (6, 104)):
            self.table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            self.table.setColumnWidth(place, theme.px(wide))
        self.table.setEditTriggers(QTableWidget.EditTrigger.AllEditTriggers)
        self.table.setToolTip("时间写 830 也行；种类：" + "、".join(LINE_KINDS))
        self.table.itemChanged.connect(lambda _item: self._grow())
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.table, 1)

    def _grow(self) -> None:
        if any(self._texts(self.table.rowCount() - 1)):
            self.table.insertRow(self.table.rowCount())

    def _texts(self, place: int) -> list[str]:
        cells = (self.table.item(place, column) for column in range(len(HEADS)))
        return [cell.text().strip() if cell is not None else "" for cell in cells]

    def fill(self, lines: tuple[Line, ...]) -> None:
        """Show the lines of a log."""
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        self.table.setRowCount(len(lines) + 1)
        for place, line in enumerate(lines):
            at = f"{line.at:%H:%M}" if line.at else ""
            follow = line.follow_on.isoformat() if line.follow_on else ""
            texts = (at, line.kind, line.whom, line.text, line.measures, line.result, follow)
            for column, text in enumerate(texts):
                self.table.setItem(place, column, QTableWidgetItem(text))
        self.table.blockSignals(False)

    def lines(self, today: date) -> tuple[Line, ...]:
        """The lines as typed; raises OfficeError naming the line that cannot be read."""
        found = []
        for place in range(self.table.rowCount()):
            at, kind, whom, text, measures, result, follow = texts = self._texts(place)
            if not any(texts):
                continue
            try:
                day = read_day(follow, today) if follow else None
                found.append(Line(read_time(at), kind[:20] or LINE_KINDS[0], whom[:80], text, measures, result, day))
            except (OfficeError, ValueError) as error:
                reason = error.what if isinstance(error, OfficeError) else str(error)
                raise OfficeError(f"日志条目第 {place + 1} 行：{reason}", safe="填好的内容都还在") from error
        return tuple(found)


class PhotoLines(QWidget):
    """Photos to be kept with the log, with the place they show."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []
        self.place = QLineEdit()
        self.place.setPlaceholderText("照片拍的是哪里（可不填）；拍摄时间从照片里读")
        self.place.setAccessibleName("照片地点")
        self.list = QListWidget()
        self.list.setAccessibleName("照片")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(row(self.place, button("选照片…", self._choose)))
        body.addWidget(self.list, 1)

    def _choose(self) -> None:
        self.put([*self.files, *dialogs.open_files(self, "选照片", "照片 (*.jpg *.jpeg *.png)")])

    def put(self, files: list[Path]) -> None:
        """Show these files."""
        self.files = list(dict.fromkeys(files))
        self.list.clear()
        self.list.addItems([file.name for file in self.files])


def offer(made: ChoiceInput, options: list[tuple[Any, str]]) -> None:
    """Give a picker other words to choose from."""
    made.options = [(None, ""), *options]
    model = made.inner.model()
    assert isinstance(model, QStandardItemModel)
    made.inner.blockSignals(True)
    model.clear()
    for value, word in made.options:
        item = QStandardItem(word)
        item.setData(value, Qt.ItemDataRole.UserRole)
        item.setData(word, Qt.ItemDataRole.UserRole + 1)
        model.appendRow(item)
    made.inner.setCurrentIndex(-1)
    made.inner.blockSignals(False)
