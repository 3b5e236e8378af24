"""Pictures of making papers, the register, and what must be printed anew, for the tour."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QWidget

from gridoffice.domain import paper_copies
from gridoffice.modules.documents import batch, issued, page_watch, paper, service
from gridoffice.modules.documents.batch import Wanted
from gridoffice.modules.documents.page_batch import BatchDialog
from gridoffice.modules.documents.page_give import GiveDialog
from gridoffice.modules.documents.page_issue import IssueDialog
from gridoffice.modules.documents.recipe import maker
from gridoffice.ui.paper_dialog import PaperDialog

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """Boards and cards are issued and hung, a phone is changed, and the lists show what follows."""
    office = window.office
    page: Any = window.open("documents", view="board")
    _wait(page.is_ready)
    grab(window, "页面/40-做文书-公示牌")
    window.open("documents", view="handbook")
    _wait(page.is_ready)
    grab(window, "页面/41-做文书-手册")
    each = maker("board").each
    wanted = [Wanted("board", *one) for one in each(office, maker("board").defaults())] if each is not None else []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paper.cards(office, folder / "卡.pdf")
        made = batch.issue(office, wanted[:4], folder)
        _dialogs(window, page, grab, wanted, folder)
    for one in made:
        if one.path is not None:
            paper_id = service.id_of(office, one.number)
            paper_copies.hand_out(office, paper_id, issued.proposals(office, paper_id))
    _change(window)
    page.show_part("reprint")
    grab(window, "页面/44-要重印")
    if made and made[0].number:
        window.open("documents", record=service.id_of(office, made[0].number))
        grab(window, "页面/45-文书登记")
    page.show_view("copies:out")
    grab(window, "页面/46-发放和悬挂")
    page.show_part("preview")


def _dialogs(window: MainWindow, page: Any, grab: Grab, wanted: list[Wanted], folder: Path) -> None:
    office = window.office
    shown = PaperDialog(page, "联系卡", folder / "卡.pdf", file_name="联系卡.pdf")
    sample = page.make.sample
    asks = IssueDialog(
        page, "工作手册", page.make.view.pages.sizes, sample.lacks if sample else (), print, is_signed=True
    )
    many = BatchDialog(page, office, window, f"公示牌：每村一块，共 {len(wanted)} 份", wanted)
    cards = service.PAPERS.ids(office, _query(window))
    found = issued.proposals(office, cards[0]) if cards else []
    dialogs: list[tuple[Any, str]] = [(shown, "40-预览和打印"), (asks, "41-打印文书"), (many, "42-打印全部")]
    if found:
        dialogs.append((GiveDialog(page, office, cards[0], found), "43-登记发放"))
    for dialog, name in dialogs:
        dialog.show()
        if dialog is shown:
            _wait(shown.view.is_ready)
        QApplication.processEvents()
        grab(dialog, f"窗口/{name}")
        dialog.close()
    shown.view.stop()


def _query(window: MainWindow) -> Any:
    from gridoffice.domain.listing import Query

    return Query(window.office.today(), view="in_use", filters=(("kind", "cards"),))


def _change(window: MainWindow) -> None:
    """One worker's phone changes."""
    office, watch = window.office, page_watch.of(window)
    if watch is None:
        return
    watch.ask()
    _wait(watch.is_current)
    chosen = service.workers(office)
    if chosen:
        from gridoffice.domain.staff import Staff

        with office.unit("修改人员：电话（示例）") as session:
            session.get_one(Staff, chosen[0][0]).phone = "13900009999"
    watch.ask()
    _wait(watch.is_current)


def _wait(is_ready: Callable[[], bool], tries: int = 600) -> None:
    """Until something is drawn or asked."""
    from PySide6.QtCore import QThread

    for _ in range(tries):
        QApplication.processEvents()
        if is_ready():
            return
        QThread.msleep(20)
