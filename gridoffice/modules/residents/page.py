"""居民: the ledgers under one switch, and the record that is chosen beside the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.residents.page_assistants import Assistants
from gridoffice.modules.residents.page_four import four_button
from gridoffice.modules.residents.page_help import HelpLedger
from gridoffice.modules.residents.page_households import Households
from gridoffice.modules.residents.page_ledger import Ledger
from gridoffice.modules.residents.page_organisations import Organisations
from gridoffice.modules.residents.page_persons import Persons
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button, clear, row, scrolling
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

LEDGERS: tuple[type[Ledger], ...] = (
    Persons,
    Households,
    Organisations,
    HelpLedger,
    Assistants,
)
"""The ledgers in the order of the switch; a new one is one line here."""


class ResidentsPage(Page):
    """A switch of ledgers, the list of the one in front, and the record chosen."""

    tables = frozenset().union(*(kind.listing.tables for kind in LEDGERS))

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.ledgers: dict[str, Ledger] = {}
        self.stack = QStackedWidget()
        middle = QWidget()
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(8))
        inner.addLayout(row(*self._switch(), 1, four_button(self), spacing=0))
        inner.addWidget(self.stack, 1)
        right = Panel()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(6))
        holder = QWidget()
        holder.setLayout(self.body)
        right.body.addWidget(scrolling(holder))
        self.panes(middle=middle, right=right)
        self.front = self.show_ledger(LEDGERS[0].listing.key)

    def _switch(self) -> list[QWidget]:
        """The words of the switch; Ctrl+PgDn and Ctrl+PgUp step through them, the arrows too."""
        group = QButtonGroup(self)
        self.segments: dict[str, Any] = {}
        for kind in LEDGERS:
            made = button(kind.title, partial(self.show_ledger, kind.listing.key), kind="seg")
            made.setCheckable(True)
            made.setToolTip(f"{kind.title}（Ctrl+PgUp、Ctrl+PgDn 换台账）")
            made.setAccessibleName(f"台账：{kind.title}")
            group.addButton(made)
            self.segments[kind.listing.key] = made
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._step(1))
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._step(-1))
        return list(self.segments.values())

    def _step(self, by: int) -> None:
        keys = list(self.segments)
        self.show_ledger(keys[(keys.index(self.front.listing.key) + by) % len(keys)])

    @property
    def list(self) -> ListTable:
        """The list in front."""
        return self.front.table

    def ledger(self, key: str) -> Ledger:
        """A ledger by its list's key, built when it is first asked for."""
        if key not in self.ledgers:
            kind = next(kind for kind in LEDGERS if kind.listing.key == key)
            self.ledgers[key] = made = kind(self)
            self.stack.addWidget(made.table)
        return self.ledgers[key]

    def show_ledger(self, key: str) -> Ledger:
        """Bring a ledger to the front."""
        is_known = key in self.ledgers
        self.front = self.ledger(key)
        self.segments[key].setChecked(True)
        self.stack.setCurrentWidget(self.front.table)
        if is_known:
            self.front.table.reload()
        if self.front.record is None:
            self.front.table.choose_first()
        self.show_record(self.front)
        return self.front

    def show_record(self, ledger: Ledger) -> None:
        """Show what is chosen in a ledger, if it is the one in front."""
        if ledger is not getattr(self, "front", None):
            return
        clear(self.body)
        ledger.show(self.body)
        self.body.addStretch(1)

    def show_whole(self, key: str) -> None:
        """A ledger as the office lists it: all rows, nothing filtered."""
        ledger = self.show_ledger(key)
        ledger.table.show_view("", filters=())
        ledger.table.choose_first()

    def open_resident(self, resident: int) -> None:
        """Show one resident in the ledger of residents."""
        self.show_view("", resident)

    def start_help(self, resident: int) -> None:
        """Enter a resident on the help list."""
        ledger = self.show_ledger(HelpLedger.listing.key)
        assert isinstance(ledger, HelpLedger)
        ledger.start(resident)

    def refresh(self) -> None:
        """Ask the list in front anew."""
        self.list.reload()

    # -- commands

    def new(self) -> None:
        """Ctrl+N: a record of the ledger in front."""
        self.front.new()

    def print_page(self) -> None:
        """Print the ledger as it is seen."""
        self.list.print_out()

    def find_in_list(self) -> None:
        """To the filter box."""
        self.list.search.setFocus()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """A view of a ledger (`("list", key)` among the filters names it, else the first), or one record of it.

        `("merge", (first, second))` opens two records of that ledger (residents, households) side by side.
        """
        named = [value for key, value in filters if key == "list"]
        if ":" in view:  # a count on 今日 names list and view in one
            key, _, view = view.partition(":")
            named = named or [key]
        own = tuple(pair for pair in filters if pair[0] not in ("list", "merge"))
        ledger = self.show_ledger(named[0] if named else LEDGERS[0].listing.key)
        if record is not None:
            ledger.open(record, view, own)
            return
        ledger.table.show_view(view, filters=own)
        ledger.table.choose_first()
        for pair in (value for key, value in filters if key == "merge"):
            ledger.merge_pair(*pair)
