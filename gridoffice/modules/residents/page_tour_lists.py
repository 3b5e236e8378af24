"""Pictures of what a list can do: own columns, saved filters, many records at once, a block from Excel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gridoffice.domain import saved
from gridoffice.domain.listing import Query
from gridoffice.modules.residents import service
from gridoffice.modules.residents.bulk import RESIDENTS_BULK
from gridoffice.modules.residents.entering import SHEET
from gridoffice.modules.residents.lists import RESIDENTS
from gridoffice.ui.bulk import BulkDialog
from gridoffice.ui.columns import ColumnDialog
from gridoffice.ui.sheet import SheetDialog
from gridoffice.ui.views_menu import ManageDialog

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def pictures(window: MainWindow, grab: Grab) -> None:
    """The dialogs of the residents' list on an office that has people."""
    office = window.office
    page: Any = window.open("residents", view="")
    table = page.list
    if table.views is None or not len(table.model.ids):
        return
    query = Query(office.today(), view="alone")
    first = saved.save(office, RESIDENTS.key, "独居老人走访表", query, ("name", "age", "phone", "unit", "address"))
    saved.save(office, RESIDENTS.key, "党员名册", Query(office.today(), view="party"), ())
    window.open("residents", view=f"saved:{first}")
    table.views.fill()
    grab(window, "页面/38-名单-常用筛选")
    grab(table.views.menu_, "页面/38-名单-常用菜单")
    _dialog(ManageDialog(table, table.views), "页面/38-名单-管理常用筛选", grab)
    table.show_view("", filters=())
    _dialog(ColumnDialog(table, table.columns), "页面/38-名单-选择列", grab)
    table.table.selectAll()
    many = BulkDialog(table, RESIDENTS_BULK)
    many.what.setCurrentIndex(1)
    if many.input is not None:
        many.input.put([service.tags()[0]])
    many.rehearse()
    _dialog(many, "页面/38-名单-批量修改试改", grab)
    table.choose_first()
    grid = SheetDialog(table, office, SHEET)
    known = service.get(office, table.model.ids[0])
    block = [
        ["赵小兰", "", "", "", "13900120001", "90001", "户主", "", "2组9号", service.tags()[0]],
        [known.name, known.id_number or "", "", "", "13900998877"],
        ["钱多多", "990102198001010", "", "", "139001", "90001", "子", "第99网格", "", ""],
    ]
    grid.model.put((0, 0), block)
    grid.judge()
    grid.view.to_next_fault()
    _dialog(grid, "页面/38-名单-从Excel贴入", grab)
    for name in ("党员名册", "独居老人走访表"):
        if office.undo_text() == f"存为常用筛选：{name}":
            office.undo()


def _dialog(made: QDialog, name: str, grab: Grab) -> None:
    made.show()
    QApplication.processEvents()
    grab(made, name)
    made.done(0)
    made.deleteLater()
