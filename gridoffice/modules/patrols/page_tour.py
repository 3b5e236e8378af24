"""Pictures of the views of the tab, of logs, visits, the week's plan, a route sheet and its typing in, for the tour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gridoffice.modules.patrols import diary, house, page_entry, page_things, round_paper, rounds, service, typein
from gridoffice.modules.patrols.page_never import PlanDialog
from gridoffice.modules.patrols.page_typein import TypeInDialog
from gridoffice.modules.patrols.page_visits import RulesDialog
from gridoffice.modules.patrols.rounds import Round
from gridoffice.modules.patrols.spans import around
from gridoffice.papers import diary as diary_paper

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """Every view of the tab, the editor of a log, the week's plan, the papers, typing one in."""
    office = window.office
    page: Any = window.open("patrols", "rates")
    grab(window, "页面/60-到位率")
    page.rates.way.setCurrentIndex(page.rates.way.findData("grid"))
    page.rates.open_cell(0, 3)
    grab(window, "页面/60-到位率-未走的")
    page.rates.back()
    page.rates.period.setCurrentIndex(page.rates.period.findData("month"))
    page.rates.as_days.click()
    grab(window, "页面/60-到位率-日历")
    page.rates.as_days.click()
    page.show_view("stale")
    grab(window, "页面/60-网格情况")
    page.show_view("", filters=(("list", "patrols"),))
    _logs(window, page, grab)
    window.open("patrols", "due")
    grab(window, "页面/61-应访户")
    page.show_view("unvisited")
    grab(window, "页面/61-从未走访")
    homes = list(page.list.model.ids[: rounds.MOST])
    page.show_view("covered")
    grab(window, "页面/61-走访覆盖")
    grab(RulesDialog(page, office), "页面/61-走访规则")
    grab(PlanDialog(page, office), "页面/61-一周走访安排")
    if homes:
        _round(window, page, homes, grab)
    page.show_view("", filters=(("list", "patrols"),))


def _logs(window: MainWindow, page: Any, grab: Grab) -> None:
    """A log with lines and supplements, its editor, the diary of the week on paper."""
    office = window.office
    told = next((one for one in page.list.model.ids[:300] if service.view(office, one).additions), None)
    if told is not None:
        page.list.choose(told)
        grab(window, "页面/60-巡查记录-补记")
    editor = page_entry.new_patrol(page, office)
    editor.lines.add().text.setText("三组桥头路灯不亮")
    grab(editor, "页面/60-登记巡查")
    editor.done(0)
    first, last = around("week", office.today())
    data, _pages = diary_paper.draw(diary.view(office, first, last, service.staff_choices(office)[0].id))
    grab(_picture(data), "文书/民情日记")


def _round(window: MainWindow, page: Any, homes: list[int], grab: Grab) -> None:
    """A route sheet: its list, the paper, half typed in, what waits behind a door."""
    office = window.office
    with_more = house.with_things(office)
    chosen = [*dict.fromkeys([*with_more, *homes])][: rounds.MOST]
    [sheet] = rounds.make(office, [Round(house.worker_of(office, chosen[0]), office.today(), tuple(chosen))])
    rows = typein.view(office, sheet).rows
    for row, result in zip(rows, ("fine", "fine", "away", "wish", "fine"), strict=False):
        typein.draft(office, replace(row, result=result, note="想修门口的路" if result == "wish" else ""))
    dialog = TypeInDialog(page, office)
    dialog.open_sheet(sheet)
    grab(dialog, "页面/61-录入回单")
    more = next((row for row in dialog.rows if row.things), None)
    if more is not None:
        asked = page_things.editor(dialog, more, lambda _things: None)
        grab(asked, "页面/61-录入回单-办结")
        asked.done(0)
    page.show_view("sheets")
    grab(window, "页面/61-路线单")
    grab(_picture(round_paper.draw(office, sheet)), "文书/走访路线单")


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
