"""The photo files of the match screen as a model: whose each is taken to be, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap

from gridoffice.modules.personnel.photos import BROKEN, NONE, POSSIBLE, STATES, SURE, Match, Person
from gridoffice.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()

TITLES = ("照片", "文件", "认作", "怎么认的", "状态", "处理")

WIDTHS = (56, 150, 196, 150, 104, 110)

THUMB = (40, 56)


class Matches(QAbstractTableModel):
    """The files, whose each is taken to be, and whether it will be kept."""

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__()
        self.people = {one.id: one for one in people}
        self.all: list[Match] = []
        self.shown: list[int] = []
        self.chosen: dict[int, int] = {}  # place in `all` -> staff id that it will be kept for
        self.touched: set[int] = set()  # decided by hand
        self.replaces = False
        self.view = ""
        self._thumbs: dict[int, QPixmap] = {}

    def take(self, matches: list[Match]) -> None:
        """Show what was matched; the sure ones are to be kept."""
        self.beginResetModel()
        self.all, self.chosen, self.touched, self._thumbs = matches, {}, set(), {}
        self._propose()
        self._narrow()
        self.endResetModel()

    def _propose(self) -> None:
        for place, one in enumerate(self.all):
            if place in self.touched:
                continue
            has = bool(one.people) and bool(self.people[one.people[0]].photo_sha)
            if one.state == SURE and (self.replaces or not has):
                self.chosen[place] = one.people[0]
            else:
                self.chosen.pop(place, None)

    def replace_existing(self, on: bool) -> None:
        """Whether those who have a photo get the new one too."""
        self.replaces = on
        self.beginResetModel()
        self._propose()
        self._narrow()
        self.endResetModel()

    def show_view(self, view: str) -> None:
        """Show some of the files."""
        self.view = view
        self.beginResetModel()
        self._narrow()
        self.endResetModel()

    def _narrow(self) -> None:
        self.shown = [place for place in range(len(self.all)) if self.view in ("", *self.standing(place))]

    def standing(self, place: int) -> tuple[str, ...]:
        """In which views a file stands."""
        if place in self.chosen:
            return ("write",)
        if place not in self.touched and self.all[place].state == POSSIBLE:
            return ("look",)
        if place not in self.touched and self.all[place].state in (NONE, BROKEN):
            return ("none",)
        return ("skip",)

    def decide(self, place: int, staff_id: int | None) -> None:
        """Keep a file for somebody, or skip it."""
        self.touched.add(place)
        if staff_id is None:
            self.chosen.pop(place, None)
        else:
            self.chosen[place] = staff_id
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self.shown) - 1), len(TITLES) - 1))

    def number(self, view: str) -> int:
        """How many files stand in a view."""
        return sum(1 for place in range(len(self.all)) if view in ("", *self.standing(place)))

    def picture(self, place: int, size: tuple[int, int]) -> QPixmap:
        """A file's picture, read small."""
        reader = QImageReader(str(self.all[place].path))
        reader.setAutoTransform(True)
        whole = reader.size()
        if whole.isValid():
            # The reader scales before it turns; a square box suits both ways.
            most = max(size) * 2
            reader.setScaledSize(whole.scaled(QSize(most, most), Qt.AspectRatioMode.KeepAspectRatio))
        found = QPixmap.fromImage(reader.read())
        if found.isNull():
            return found
        made = found.scaled(
            theme.px(size[0]), theme.px(size[1]), Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        return made

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The titles."""
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and the picture in the first column."""
        place, column = self.shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            if place not in self._thumbs:
                self._thumbs[place] = self.picture(place, THUMB)
            return self._thumbs[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and column:
            text = self.words(place)[column]
            return text.partition("|")[2] if role == Qt.ItemDataRole.ToolTipRole and "|" in text else text
        return None

    def words(self, place: int) -> tuple[str, ...]:
        """The cells of a file."""
        one = self.all[place]
        number = self.chosen.get(place, one.people[0] if one.people else None)
        who = self.people[number].words if number is not None else "—"
        more = f" 等 {len(one.people)} 人" if place not in self.chosen and len(one.people) > 1 else ""
        state = "done|已选定" if place in self.touched and place in self.chosen else STATES[one.state]
        return ("", one.path.name, who + more, one.how, state, self._action(place))

    def _action(self, place: int) -> str:
        number = self.chosen.get(place)
        if number is not None:
            return "soon|换掉原照片" if self.people[number].photo_sha else "done|写入"
        one = self.all[place]
        if place not in self.touched and one.state == SURE:
            return "quiet|已有照片"
        return "late|待选人" if place not in self.touched and one.state in (POSSIBLE, NONE) else "quiet|跳过"

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles."""
        is_title = way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return TITLES[section] if is_title else None
