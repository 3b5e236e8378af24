"""What every ledger of the tab has in common: its list, the pane beside it, and what is done with a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from gridoffice.domain.listing import Listing
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import button, label
from gridoffice.ui.table import ListTable

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage


class Ledger:
    """One ledger: a declared list under a word of the switch. Built when it is first shown.

    A subclass names `title`, `listing` and `prompt`, and overrides `show` (fills the right pane), `new`, `edit` and
    `delete` as far as it has them; `add_tools` puts buttons beside the search box and entries into the list's menu.
    """

    title: ClassVar[str] = ""
    listing: ClassVar[Listing]
    new_word: ClassVar[str] = ""  # the button that starts a record; "" where none can be started here
    prompt: ClassVar[str] = ""  # what stands in the right pane while nothing is chosen
    hint: ClassVar[str] = ""  # under the picture of an empty list

    def __init__(self, page: ResidentsPage) -> None:
        self.page, self.office, self.main = page, page.office, page.main
        self.record: int | None = None
        starts = ((self.new_word, self.new),) if self.new_word else ()
        empty = Empty("residents", f"这里还没有{self.title}", self.hint, starts)
        self.table = ListTable(self.office, self.listing, empty=empty)
        if self.new_word:
            self.table.add_tool(button(self.new_word, self.new, kind="primary"))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _number: self.edit())
        self.add_tools()

    def add_tools(self) -> None:
        """Put buttons beside the search box, and entries into the list's menu."""

    def _choose(self, record: int | None) -> None:
        self.record = record
        self.page.show_record(self)

    def show(self, body: QVBoxLayout) -> None:
        """Fill the right pane with the record chosen."""
        body.addWidget(label(self.prompt, "quiet", wrap=True))

    def new(self) -> None:
        """Start a record."""

    def edit(self) -> None:
        """Edit the record chosen."""

    def delete(self) -> None:
        """Delete the record chosen; undo brings it back."""

    def merge_pair(self, first: int, second: int) -> None:
        """Open two records side by side to make one of them, where the ledger has that."""

    def open(self, record: int, view: str = "", filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Make a record the current one, widening the list where it is filtered away."""
        if record not in self.table.model.ids:
            self.table.show_view(view, filters=filters)
        self.table.choose(record)

    def do(self, run: Callable[[], object], said: str) -> bool:
        """Do something that was asked for and say so with 撤销; what goes wrong is shown. True when it went well."""
        went_well = dialogs.guarded(self.page, run)
        if went_well:
            self.main.say(said, undo=True)
        return went_well
