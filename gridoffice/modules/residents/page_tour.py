"""Pictures of the ledgers and their dialogs for the tour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QWidget

from gridoffice.domain.listing import Query
from gridoffice.modules.residents import comparing, households, organisations, page_tour_help, page_tour_lists, service
from gridoffice.modules.residents.lists import HOUSEHOLDS, RESIDENTS
from gridoffice.modules.residents.page_editor import ResidentEditor
from gridoffice.modules.residents.page_house_forms import SplitDialog
from gridoffice.modules.residents.page_leave import LeaveDialog
from gridoffice.modules.residents.page_merge import MergeDialog
from gridoffice.modules.residents.page_organisations import OrganisationEditor

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """Every ledger, then the dialogs of a resident and a household."""
    page: Any = window.open("residents")
    for place, key in enumerate(page.segments, 1):
        page.show_whole(key)
        grab(window, f"页面/35-居民-{place}{page.front.title}")
    office = window.office
    ids = RESIDENTS.ids(office, Query(office.today()))
    homes = HOUSEHOLDS.ids(office, Query(office.today()))
    if len(ids) < 2 or not homes:
        return
    page.show_whole("residents")
    person = service.get(office, ids[0])
    values = {key: getattr(person, key) for key in service.FIELDS}
    twin = ResidentEditor(page, "新建居民", values, lambda _new: None, again=True)
    twin.form.inputs["relation"].put("")
    twin.form.inputs["phone"].edited.emit()
    _dialog(twin, "页面/36-居民-新建居民和重复提示", grab)
    house = households.household_of(office, ids[0])
    _dialog(LeaveDialog(page, [ids[0]], house, "moved"), "页面/36-居民-迁出", grab)
    _dialog(MergeDialog(page, office, comparing.compare(office, ids[0], ids[1])), "页面/36-居民-合并两条记录", grab)
    split = SplitDialog(page, households.needed(office, homes[0]))
    for box in list(split.rows.ticks.values())[2:]:
        box.setChecked(True)
    _dialog(split, "页面/36-居民-分户", grab)
    number = organisations.proposed_number(office)
    code = {"number": number, "name": "石桥村供电所", "credit_code": "91350100M000100Y44"}
    _dialog(OrganisationEditor(page, "新建驻区单位", code, lambda _new: None), "页面/36-居民-新建驻区单位", grab)
    page_tour_help.tour(window, grab)
    page_tour_lists.pictures(window, grab)


def _dialog(dialog: QDialog, name: str, grab: Grab) -> None:
    dialog.show()
    grab(dialog, name)
    dialog.done(0)
    dialog.deleteLater()
