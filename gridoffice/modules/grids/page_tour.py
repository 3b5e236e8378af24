"""Pictures of the grid tab for the tour: a card with its history, the assistants step by step, a past day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gridoffice.domain.listing import Query
from gridoffice.modules.grids import page_map_tour, page_tour_networks, redraw
from gridoffice.modules.grids.lists import GRIDS
from gridoffice.modules.grids.page import GridsPage
from gridoffice.modules.grids.page_assistant import Assistant
from gridoffice.modules.grids.page_merge import MergeDialog
from gridoffice.modules.grids.page_move import MoveDialog
from gridoffice.modules.grids.page_split import SplitDialog

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """All of them; what is done for a picture is undone."""
    page = window.show_tab("grids")
    office = window.office
    ids = GRIDS.ids(office, Query(office.today(), view="grids"))
    if not isinstance(page, GridsPage) or len(ids) < 3:
        return
    page.show_unit(ids[1])
    split = SplitDialog(page, ids[1])
    _split(split, grab)
    redraw.carry_out(office, split.wanted())
    page.show_unit(ids[1])
    page.card.show_tab("history")
    grab(window, "页面/34-网格-历史")
    _past(window, page, grab)
    window.undo()
    page.card.show_tab("units")
    merge = MergeDialog(page, ids[1], [ids[2]])
    _shown(merge, grab, "页面/36-合并-选择")
    merge.on()
    _shown(merge, grab, "页面/37-合并-核对", is_last=True)
    _move(page, ids[1], grab)
    page_tour_networks.tour(page, ids, grab)
    page_map_tour.tour(window, grab)


def _shown(dialog: Assistant, grab: Grab, name: str, *, is_last: bool = False) -> None:
    dialog.resize(1060, 680)  # as on a screen of 1366×768; in memory there is none to ask
    dialog.show()
    grab(dialog, name)
    if is_last:
        dialog.hide()
        dialog.deleteLater()


def _split(dialog: SplitDialog, grab: Grab) -> None:
    _shown(dialog, grab, "页面/31-拆分-分成几个")
    dialog.on()
    groups = [key for key in dialog.table.items if key[0] == "households"]
    for key in groups[len(groups) // 2 :]:
        dialog.table.given[key] = 1
    dialog.back()
    dialog.on()
    _shown(dialog, grab, "页面/32-拆分-谁归哪个")
    dialog.on()
    _shown(dialog, grab, "页面/33-拆分-核对", is_last=True)


def _past(window: MainWindow, page: GridsPage, grab: Grab) -> None:
    window.office.as_of = window.office.today() - timedelta(days=1)
    try:
        page.refresh()
        grab(window, "页面/35-网格-过去一天")
    finally:
        window.office.as_of = None
        page.refresh()


def _move(page: GridsPage, unit_id: int, grab: Grab) -> None:
    dialog = MoveDialog(page, unit_id)
    options = [value for value, _word in dialog.parent_input.options if value is not None]
    if options:
        dialog.parent_input.put(options[0])
        dialog.on()
    _shown(dialog, grab, "页面/38-移动-核对", is_last=True)
