"""要重印: which issued papers are no longer as printed, what changed and where they are; printing just those."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gridoffice.db.office import Office
from gridoffice.domain import paper_copies, reprints
from gridoffice.domain.papers import KINDS
from gridoffice.domain.reprints import CHANGED, FAILED, GONE, Answer, Outdated
from gridoffice.modules.documents import page_watch, reprint, since
from gridoffice.modules.documents.batch import Wanted
from gridoffice.modules.documents.page_batch import BatchDialog
from gridoffice.modules.documents.page_part import Part
from gridoffice.ui import dialogs, rows_output
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

TITLES = ("文书", "变了什么", "在哪里", "编号", "制作日期")
WIDTHS = (200, 330, 170, 115, 105)
STATES = ((CHANGED, "要重印"), (GONE, "该收回"), (FAILED, "做不出来"))
NOWHERE = "没有登记"
Index = QModelIndex | QPersistentModelIndex


class Outdateds(QAbstractTableModel):
    """The parts of one state, each with a tick."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Outdated] = []
        self.off: set[int] = set()  # items whose tick was taken away

    def show_parts(self, parts: Sequence[Outdated]) -> None:
        """Show other parts; ticks that were taken away stay so."""
        self.beginResetModel()
        self.parts = list(parts)
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> list[Outdated]:
        """The parts with a tick."""
        return [one for one in self.parts if one.item_id not in self.off]

    def tick(self, items: Sequence[int], on: bool) -> None:
        """Give or take ticks."""
        self.off = self.off - set(items) if on else self.off | set(items)
        if self.parts:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.parts) - 1, 0))
        self.ticked.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many parts there are."""
        return 0 if parent is not None and parent.isValid() else len(self.parts)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return len(TITLES)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        return TITLES[section] if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first cell of a row has a tick."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words and ticks."""
        one = self.parts[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cells(one)[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Unchecked if one.item_id in self.off else Qt.CheckState.Checked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A tick was pressed."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([self.parts[index.row()].item_id], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


def cells(one: Outdated) -> tuple[str, ...]:
    """A part as a row of texts."""
    told = one.reason or one.changes[0]
    more = f"（共 {len(one.changes)} 处）" if len(one.changes) > 1 else ""
    return one.name, f"{told}{more}", "、".join(one.where) or NOWHERE, one.number, one.made_on.isoformat()


class ReprintPart(Part):
    """The list with what changed on the chosen part at its side. `counted` tells how many there are."""

    counted = Signal(int)

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.state = CHANGED
        self.model = Outdateds()
        self.beside(self._list(), self._details(), 320)
        self.model.ticked.connect(self._tell)
        self.watch = page_watch.of(window)
        if self.watch is not None:
            self.watch.answered.connect(self._answered)
        self.answer(reprints.known(office))

    def _list(self) -> QWidget:
        panel = Panel()
        self.chips: dict[str, Any] = {}
        group = QButtonGroup(self)
        for key, title in STATES:
            chip = button(title, lambda key=key: self.show_state(key), kind="chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.chips[key] = chip
        self.all_button = button("全选", lambda: self._tick(True), kind="link")
        self.none_button = button("全不选", lambda: self._tick(False), kind="link")
        self.again_button = button("重新对照", self.ask)
        self.list_button = button("打印这张清单", self.print_list)
        panel.body.addLayout(row(*self.chips.values(), 1, self.again_button, self.list_button))
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("要重印的文书")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(36))
        head = self.table.horizontalHeader()
        for place, wide in enumerate(WIDTHS):
            self.table.setColumnWidth(place, theme.px(wide))
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.table.doubleClicked.connect(lambda _index: self.open_paper())
        self.empty = Empty("tick", "没有要重印的", "发出去的文书和现在的人员、电话、网格都一样。")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        panel.body.addWidget(self.stack, 1)
        self.told = label("", "quiet")
        self.print_button = button("只印这些…", self.print_chosen, kind="primary")
        self.back_button = button("登记收回", self.take_back, kind="primary")
        panel.body.addLayout(row(self.told, self.all_button, self.none_button, 1, self.back_button, self.print_button))
        return panel

    def _details(self) -> QWidget:
        panel = Panel()
        holder = QWidget()
        self.inner = QVBoxLayout(holder)
        self.inner.setContentsMargins(0, 0, theme.px(6), 0)
        self.inner.setSpacing(theme.px(6))
        panel.body.addWidget(scrolling(holder), 1)
        self.open_button = button("看这份文书的登记", self.open_paper)
        panel.body.addWidget(self.open_button)
        return panel

    # -- the answer

    def ask(self) -> None:
        """Compare anew."""
        if self.watch is not None:
            self.again_button.setEnabled(False)
            self.told.setText("正在对照……")
            self.watch.ask()

    def _answered(self, answer: Any) -> None:
        self.answer(answer)

    def answer(self, answer: Answer | None) -> None:
        """Show another answer."""
        self.again_button.setEnabled(True)
        self.known = answer
        found = answer.parts if answer is not None else ()
        for key, title in STATES:
            number = answer.number(key) if answer is not None else 0
            self.chips[key].setText(f"{title} {number}" if number else title)
            self.chips[key].setVisible(key != FAILED or number > 0)
        self.counted.emit(answer.number(CHANGED, GONE) if answer is not None else 0)
        if not any(one.state == self.state for one in found) and found:
            self.state = found[0].state
        self.show_state(self.state)

    def show_state(self, key: str) -> None:
        """Show what is to be printed, taken back, or cannot be made."""
        self.state = key
        self.chips[key].setChecked(True)
        kept = self._current()
        parts = [one for one in (self.known.parts if self.known is not None else ()) if one.state == key]
        self.model.show_parts(parts)
        self.stack.setCurrentWidget(self.table if parts else self.empty)
        places = [place for place, one in enumerate(parts) if kept is not None and one.item_id == kept.item_id]
        if parts:
            self.table.selectRow(places[0] if places else 0)
        self.print_button.setVisible(key == CHANGED)
        self.back_button.setVisible(key == GONE)
        self._show_chosen()
        self._tell()

    def _tick(self, on: bool) -> None:
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        some = [self.model.parts[place].item_id for place in sorted(rows)] if len(rows) > 1 else []
        self.model.tick(some or [one.item_id for one in self.model.parts], on)

    def _tell(self) -> None:
        number = len(self.model.chosen())
        compared = self.known.compared if self.known is not None else None
        self.told.setText("还没有对照" if compared is None else f"对照了 {compared:,} 份在用的，勾了 {number:,} 份")
        for one in (self.print_button, self.back_button):
            one.setEnabled(number > 0)
        for one in (self.all_button, self.none_button, self.list_button):
            one.setVisible(bool(self.model.parts))

    def _current(self) -> Outdated | None:
        index = self.table.currentIndex()
        return self.model.parts[index.row()] if index.isValid() and index.row() < len(self.model.parts) else None

    def _show_chosen(self) -> None:
        clear(self.inner)
        one = self._current()
        self.open_button.setEnabled(one is not None)
        if one is None:
            self.inner.addWidget(label("选一份，看它哪里变了。", "quiet", wrap=True))
            self.inner.addStretch(1)
            return
        self.inner.addWidget(label(one.name, "heading", wrap=True))
        kind = KINDS[one.kind].title if one.kind in KINDS else one.kind
        self.inner.addWidget(label(f"{kind} {one.number}，{one.made_on:%Y-%m-%d} 制作", "quiet", wrap=True))
        if one.reason:
            self.inner.addWidget(label(one.reason, "notice", wrap=True))
        for change in one.changes:
            self.inner.addWidget(label(change, wrap=True))
        self.inner.addWidget(line())
        self.inner.addWidget(label("在哪里", "quiet"))
        for where in one.where or (f"{NOWHERE}发给了谁、挂在哪里",):
            self.inner.addWidget(label(where, wrap=True))
        steps = since.told(self.office, one)
        if steps:
            self.inner.addWidget(line())
            self.inner.addWidget(label("什么时候变的", "quiet"))
            for step in steps:
                self.inner.addWidget(label(step, "quiet", wrap=True))
        self.inner.addStretch(1)

    # -- what can be done

    def print_chosen(self) -> None:
        """Print just those with a tick; the old ones are then to be taken back."""

        def show() -> None:
            wanted = [
                Wanted(job.maker, job.title, job.options) for job in reprint.jobs(self.office, self.model.chosen())
            ]
            number = len(self.model.chosen())
            note = "印好后，旧的会列在“文书登记 → 待收回”。"
            BatchDialog(self, self.office, self.main, f"只印变了的：{number} 份", wanted, (note,)).exec()

        dialogs.guarded(self, show)

    def take_back(self) -> None:
        """Those with a tick are taken back and not printed any more."""
        chosen = self.model.chosen()
        items = [one.item_id for one in chosen]
        reason = chosen[0].reason.partition("，")[0] if chosen else ""
        if items and dialogs.guarded(self, lambda: paper_copies.retire(self.office, items, reason or "不再需要")):
            self.main.say(f"已登记收回 {len(items)} 份", undo=True)
            self.ask()

    def open_paper(self) -> None:
        """The register's line of the chosen part."""
        one = self._current()
        if one is not None:
            self.main.open("documents", record=one.paper_id)

    def print_list(self) -> None:
        """The list itself on paper, to go and take the old ones down."""
        told = dict(STATES)[self.state]
        columns = tuple(zip(TITLES, WIDTHS, strict=True))
        rows = [(*cells(one)[:1], "；".join(one.changes) or one.reason, *cells(one)[2:]) for one in self.model.parts]
        subtitle = f"{self.office.today():%Y年%m月%d日}，共 {len(rows)} 份"
        rows_output.print_rows(self, self.office, f"{told}的文书", subtitle, columns, rows)

    # -- part

    def resizeEvent(self, event: Any) -> None:
        """Number and day are left out where the words need the room: they stand at the side too."""
        super().resizeEvent(event)
        room = self.table.viewport().width()
        for place in (3, 4):
            self.table.setColumnHidden(place, room < theme.px(690))

    def refresh(self) -> None:
        """Nothing of its own: the watch asks anew after every change."""

    def print_page(self) -> None:
        """Ctrl+P: print just those."""
        (self.print_button if self.state == CHANGED else self.list_button).click()

    def find_in_list(self) -> None:
        """Ctrl+F: to the list."""
        self.table.setFocus()
