"""Pictures of networks and terms for the tour: the tree by 消防网格, a refused term, the term book, 查漏补缺."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.modules.grids import page_terms, terms
from gridoffice.modules.grids.page import GridsPage
from gridoffice.modules.grids.page_book import BookDialog
from gridoffice.modules.grids.page_term_editor import TermEditor

Grab = Callable[[QWidget, str], None]
FIRE = "fire"


def tour(page: GridsPage, ids: list[int], grab: Grab) -> None:
    """All of them, in some grids; what is done for a picture is undone."""
    office, window = page.office, page.main
    with office.unit("启用责任网：消防网格") as session:
        networks.use(session, FIRE)
    done = 1 + _appoint(office, ids)
    page.show_unit(ids[1])
    page.switch.choose(FIRE)
    grab(window, "页面/45-网格-切换到消防网格")
    page.switch.choose(networks.GENERAL)
    book = BookDialog(page, window, unit_id=ids[1])
    _shown(book, grab, "页面/46-任期簿")
    _refused(page, ids[1], grab)
    page.show_gaps()
    end = time.monotonic() + 20
    while not page.is_ready() and time.monotonic() < end:
        QApplication.processEvents()
    grab(window, "页面/48-查漏补缺")
    page.hide_gaps()
    for _ in range(done):
        office.undo()


def _appoint(office: Office, ids: list[int]) -> int:
    """Give three of four grids somebody for the fire network; how many steps that took."""
    people = [number for number, _name in terms.people(office)]
    roles = [number for number, _title in terms.roles(office, 3, FIRE)]
    wanted = [unit for place, unit in enumerate(ids) if place % 4 != 3]
    for place, unit in enumerate(wanted):
        person = people[place % len(people)]
        terms.appoint(office, unit, person, roles[0], date(office.today().year, 1, 1))
    return len(wanted)


def _shown(dialog: QWidget, grab: Grab, name: str) -> None:
    dialog.resize(900, 600)
    dialog.show()
    grab(dialog, name)
    dialog.hide()
    dialog.deleteLater()


def _refused(page: GridsPage, unit_id: int, grab: Grab) -> None:
    """Appoint a second A worker: the sentence and the step that helps."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, TermEditor):
            dialog.form.inputs["staff"].put(terms.people(page.office)[-1][0])
            dialog.form.inputs["start"].put(page.office.today() + timedelta(days=10))
            dialog.save()
            grab(dialog, "页面/47-指定责任人-已有人")
            dialog.done(0)

    QTimer.singleShot(200, look)
    page_terms.appoint(page, page.main, unit_id)
