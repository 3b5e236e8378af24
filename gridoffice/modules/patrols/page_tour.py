"""Pictures of the visits, the week's plan, a route sheet and its typing in, for the tour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gridoffice.modules.patrols import house, round_paper, rounds, typein
from gridoffice.modules.patrols.page_never import PlanDialog
from gridoffice.modules.patrols.page_typein import TypeInDialog
from gridoffice.modules.patrols.page_visits import RulesDialog
from gridoffice.modules.patrols.rounds import Round

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """Whom to visit, the rules, the plan of the week, a paper, typing it in."""
    office = window.office
    page: Any = window.open("patrols", "due")
    grab(window, "页面/61-应访户")
    page.show_view("unvisited")
    grab(window, "页面/61-从未走访")
    grab(RulesDialog(page, office), "页面/61-走访规则")
    grab(PlanDialog(page, office), "页面/61-一周走访安排")
    homes = list(page.list.model.ids[: rounds.MOST])
    if not homes:
        return
    [sheet] = rounds.make(office, [Round(house.worker_of(office, homes[0]), office.today(), tuple(homes))])
    rows = typein.view(office, sheet).rows
    for row, result in zip(rows, ("fine", "fine", "away", "wish", "fine"), strict=False):
        typein.draft(office, replace(row, result=result, note="想修门口的路" if result == "wish" else ""))
    dialog = TypeInDialog(page, office)
    dialog.open_sheet(sheet)
    grab(dialog, "页面/61-录入回单")
    page.show_view("sheets")
    grab(window, "页面/61-路线单")
    grab(_picture(round_paper.draw(office, sheet)), "页面/61-路线单纸样")


def _picture(data: bytes) -> QLabel:
    """The first page of a paper as a widget."""
    import tempfile
    from pathlib import Path

    from gridoffice.papers import preview

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "route.pdf"
        path.write_bytes(data)
        found = preview.picture(path, 0, 900)
    image = QImage(found.pixels, found.width, found.height, found.stride, QImage.Format.Format_RGB32).copy()
    shown = QLabel()
    shown.setPixmap(QPixmap.fromImage(image))
    shown.resize(image.size())
    return shown
