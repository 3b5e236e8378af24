"""Pictures of the map for the tour: outlines and their corners, points, a drawing begun, the paper."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from gridoffice.domain.maps import BELOW
from gridoffice.modules.grids import maps
from gridoffice.modules.grids.page_map import MapDialog
from gridoffice.modules.grids.page_map_lists import POINTS
from gridoffice.ui.canvas_edit import Edit
from gridoffice.ui.canvas_tools import Draw

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """Of the first unit that has a map of its own with outlines; nothing where none has."""
    view = next((found for found in maps.drawn(window.office) if found.of_role(BELOW)), None)
    if view is None:
        return
    dialog = MapDialog(window, window.office, view.shown_id)
    dialog.resize(1366, 740)
    dialog.show()
    shapes = view.of_role(BELOW)
    dialog.canvas.take(Edit(dialog.canvas, shapes[0].unit_id))
    dialog.beside.units.choose(shapes[0].unit_id)
    dialog.canvas.setFocus()
    grab(dialog, "页面/60-网格图-轮廓")
    dialog.beside.show_part(POINTS)
    grab(dialog, "页面/61-网格图-点位")
    ring = shapes[-1].rings[0]
    dialog.canvas.take(Draw(dialog.canvas, shapes[-1].unit_id, shapes[-1].name, ring[: len(ring) // 2 + 1]))
    grab(dialog, "页面/62-网格图-正在画")
    dialog.canvas.look()
    dialog.close()
    dialog.deleteLater()
    page = window.open("documents", "map", filters=(("unit", view.shown_id),))
    end = time.monotonic() + 20
    while not page.is_ready() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)
    grab(window, "页面/63-文书-网格图")
