"""The lists under the entry of a patrol: problems found, households visited, lines of the day's log, photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
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
from gridoffice.modules.patrols.entry import LINE_KINDS, Line, read_time
from gridoffice.ui import dialogs
from gridoffice.ui.fields import ChoiceInput, Field, make_input
from gridoffice.ui.panel import button, row
from gridoffice.ui.theme import theme


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

    def put(self, houses: Sequence[int]) -> None:
        """Put households on the list."""
        for house in houses:
            self.add(house)

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
        self.table.verticalHeader().setDefaultSectionSize(theme.px(32))
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

    def typed(self) -> list[list[str]]:
        """The texts as they stand, readable or not."""
        found = (self._texts(place) for place in range(self.table.rowCount()))
        return [texts for texts in found if any(texts)]

    def put(self, typed: Sequence[Sequence[str]]) -> None:
        """Show texts as they were typed."""
        self.fill(())
        for place, texts in enumerate(typed):
            for column, text in enumerate(texts):
                self.table.setItem(place, column, QTableWidgetItem(text))

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
