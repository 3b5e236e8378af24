"""What a list's table does with hidden numbers: shows a row's in full for a reason, prints and saves them noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QTableView

from gridoffice.db.office import Office
from gridoffice.domain.listing import Listing, Query
from gridoffice.ui import output, reveal
from gridoffice.ui.mask import Masked, mask, record_of
from gridoffice.ui.model import ListingModel
from gridoffice.ui.panel import own_key
from gridoffice.ui.table_view import Rows

if TYPE_CHECKING:
    from gridoffice.ui.table import ListTable


class Revealing(Masked):
    """The part of a list's table that knows of hidden numbers."""

    office: Office
    listing: Listing
    model: ListingModel
    table: Rows
    chosen: Any

    def start_revealing(self, table: QTableView) -> None:
        """Ctrl+R on a row, and hiding what was revealed when another row comes to the front."""
        self.has_private = output.has_private(self.listing)
        if self.has_private:
            own_key(table, QKeySequence(reveal.KEY), self.reveal)
            self.chosen.connect(self._looked_at)

    def add_reveal(self, menu: QMenu) -> None:
        """The entries of the context menu."""
        if self.has_private:
            menu.addSeparator()
            menu.addAction(f"看完整号码…\t{reveal.KEY}", self.reveal)
            menu.addAction("导出完整号码…", self.save_full)
            menu.addAction("打印完整号码…", self.print_full)

    def _looked_at(self, number: object) -> None:
        if isinstance(number, int):
            mask.looked_at(record_of(self.listing, number))

    def remask(self) -> None:
        """What is hidden changed: rows and what stands beside the list are shown anew."""
        self.model.remask()
        self.chosen.emit(self.current())

    def current(self) -> int | None:
        """The id of the current row."""
        raise NotImplementedError

    def query(self) -> Query:
        """What the table asks now."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Show the current row's numbers in full for a reason, or hide them again."""
        number = self.current()
        if number is not None:
            reveal.reveal(self.table, self.office, record_of(self.listing, number), self.subject(number))

    def subject(self, number: int) -> str:
        """A row in words without its numbers: 居民 李秀兰."""
        texts = self.model.many([number])[number]
        pairs = list(zip(self.listing.columns, texts, strict=True))
        named = [text for column, text in pairs if column.key == "name"]
        named += [text for column, text in pairs if column.kind == "text" and text and not column.is_masked]
        return f"{self.listing.title} {named[0] if named else number}"

    def save_full(self) -> None:
        """Save what is seen with full numbers, for a reason."""
        reason = output.why_full(self.table, self.listing, self.query(), "导出")
        if reason:
            output.export(cast("ListTable", self), self.listing, self.query(), reason=reason)

    def print_full(self) -> None:
        """Print what is seen with full numbers, for a reason."""
        reason = output.why_full(self.table, self.listing, self.query(), "打印")
        if reason:
            output.print_list(cast("ListTable", self), self.listing, self.query(), reason=reason)
