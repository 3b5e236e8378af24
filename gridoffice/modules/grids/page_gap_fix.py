"""What opens for a finding of 查漏补缺: the editor, assistant, book or record that mends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gridoffice.modules.grids import page_forms, page_terms, responsible
from gridoffice.modules.grids.gap_rules import Fix
from gridoffice.modules.grids.page_book import BookDialog
from gridoffice.modules.grids.page_move import MoveDialog

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage


def mend(page: GridsPage, parent: QWidget, fix: Fix) -> None:
    """Open what mends a finding."""
    KINDS[fix.kind](page, parent, fix)


def _appoint(page: GridsPage, parent: QWidget, fix: Fix) -> None:
    page_terms.appoint(parent, page.main, fix.unit_id or 0, network=fix.network, role_id=fix.role_id)


def _stand_in(page: GridsPage, parent: QWidget, fix: Fix) -> None:
    role = responsible.stand_in_role(page.office, fix.unit_id or 0)
    page_terms.appoint(parent, page.main, fix.unit_id or 0, network=fix.network, role_id=role)


def _unit(page: GridsPage, _parent: QWidget, fix: Fix) -> None:
    page_forms.edit(page, fix.unit_id or 0)


def _move(page: GridsPage, _parent: QWidget, fix: Fix) -> None:
    page_forms.redraw(page, lambda: MoveDialog(page, fix.unit_id or 0))


def _tree(page: GridsPage, _parent: QWidget, fix: Fix) -> None:
    page.hide_gaps()
    page.tree.choose(fix.unit_id or 0)


def _book(page: GridsPage, parent: QWidget, fix: Fix) -> None:
    BookDialog(parent, page.main, unit_id=fix.unit_id).exec()


def _person_book(page: GridsPage, parent: QWidget, fix: Fix) -> None:
    BookDialog(parent, page.main, staff_id=fix.staff_id).exec()


def _staff(page: GridsPage, _parent: QWidget, fix: Fix) -> None:
    page.main.open("personnel", record=fix.staff_id)


def _edit_staff(page: GridsPage, _parent: QWidget, fix: Fix) -> None:
    card = page.main.open("personnel", record=fix.staff_id)
    edit: Callable[[], None] | None = getattr(card, "edit", None)
    if edit is not None:
        edit()


def _resident(page: GridsPage, _parent: QWidget, fix: Fix) -> None:
    page.main.open("residents", record=fix.record, filters=(("list", "residents"),))


def _household(page: GridsPage, _parent: QWidget, fix: Fix) -> None:
    page.main.open("residents", record=fix.record, filters=(("list", "households"),))


KINDS: dict[str, Callable[[GridsPage, QWidget, Fix], None]] = {
    "appoint": _appoint,
    "stand_in": _stand_in,
    "unit": _unit,
    "move": _move,
    "tree": _tree,
    "book": _book,
    "person_book": _person_book,
    "staff": _staff,
    "edit_staff": _edit_staff,
    "resident": _resident,
    "household": _household,
}
