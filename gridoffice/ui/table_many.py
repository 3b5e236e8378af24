"""What a list's table does with many records: what is selected, changed together, copied for Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QPushButton

from gridoffice.domain.bulk import Bulk
from gridoffice.domain.entering import EntrySheet
from gridoffice.domain.listing import Listing, word_of
from gridoffice.ui import dialogs
from gridoffice.ui.columns import Columns
from gridoffice.ui.model import ListingModel
from gridoffice.ui.panel import button, own_key
from gridoffice.ui.table_view import Rows

MOST_COPIED = 20_000  # rows that go to the clipboard


class Many:
    """The part of a list's table that deals with many records at once."""

    listing: Listing
    model: ListingModel
    table: Rows
    columns: Columns
    total: QLabel
    foot: QHBoxLayout
    on_menu: Callable[[str, Callable[[], Any]], None]
    bulk_button: QPushButton | None = None

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(bottom - top + 1 for top, bottom in self.table.ranges())

    def selected(self) -> list[int]:
        """The ids of all selected rows, from the top."""
        return [record for top, bottom in self.table.ranges() for record in self.model.ids[top : bottom + 1]]

    def add_actions(self, menu: QMenu) -> None:
        """What the modules offer for all selected rows of this list."""
        from gridoffice.ui.offers import actions_of

        window: Any = self.table.window()
        if not self.selected_count() or not hasattr(window, "modules"):
            return
        for action in actions_of(window, self.listing.key):
            if action.run_many is not None:
                menu.addAction(action.text, partial(self._do_many, action.run_many))

    def _do_many(self, run: Callable[[Any, list[int]], None]) -> None:
        window = self.table.window()
        dialogs.guarded(window, lambda: run(window, self.selected()))

    def tell_total(self) -> None:
        """Say how many records there are, and how many are selected."""
        ids, selected = self.model.ids, self.selected_count()
        text = f"共 {ids.known:,} 条" if ids.is_counted else "共 …… 条"
        self.total.setText(f"{text}，选中 {selected:,} 条" if selected > 1 else text)
        if self.bulk_button is not None:
            self.bulk_button.setEnabled(selected > 0)

    def set_bulk(self, bulk: Bulk) -> None:
        """Let the selected records be changed together."""
        self.bulk_button = button("批量修改…", lambda: self.change_many(bulk), kind="link")
        self.bulk_button.setToolTip("选中多条（Ctrl+A 全选、Shift 连选）后一起修改（Ctrl+E）")
        self.foot.addWidget(self.bulk_button)
        own_key(self.table, QKeySequence("Ctrl+E"), self.bulk_button.click)
        self.on_menu("批量修改…", lambda: self.change_many(bulk))
        self.tell_total()

    def set_sheet(self, sheet: EntrySheet) -> None:
        """Let rows be typed or pasted in a grid: Ctrl+V in the list, a button, an entry for the selected rows."""
        made = button("表格录入…", lambda: self.open_sheet(sheet), kind="link")
        made.setToolTip("像 Excel 一样录入；在名单里按 Ctrl+V 可直接贴入")
        self.foot.insertWidget(0, made)
        own_key(self.table, QKeySequence(QKeySequence.StandardKey.Paste), lambda: self.open_sheet(sheet, paste=True))
        self.on_menu("在表格里改选中的…", lambda: self.open_sheet(sheet, ids=self.selected()))

    def open_sheet(self, sheet: EntrySheet, *, ids: Sequence[int] = (), paste: bool = False) -> None:
        """Open the grid."""
        from gridoffice.ui import sheet as grids

        grids.open_sheet(self.table, self.model.office, sheet, ids=ids, paste=paste)

    def change_many(self, bulk: Bulk) -> None:
        """Change the selected records together."""
        from gridoffice.ui.bulk import BulkDialog

        if self.selected_count():
            BulkDialog(self, bulk).exec()  # type: ignore[arg-type]

    def copy(self) -> None:
        """Copy the selected rows as they are seen, with their titles, tabs between, for Excel."""
        seen = self.columns.places()
        columns = [self.listing.columns[place] for place in seen]
        if self.selected_count() > MOST_COPIED:
            text = f"选中了 {self.selected_count():,} 行，剪贴板放不下这么多。请用“导出”存成表格。"
            dialogs.tell(self.table, "选中的行太多", text)
            return
        ids = self.selected()
        if not ids:
            return
        texts = self.model.many(ids)
        lines = ["\t".join(column.title for column in columns)]
        for record in ids:
            cells = (word_of(column, texts[record][place]) for place, column in zip(seen, columns, strict=True))
            lines.append("\t".join(cells))
        QApplication.clipboard().setText("\n".join(lines))
