"""Pictures of the tab's other views, of a whole case, and of its dialogs, for the tour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from gridoffice.core import settings as machine
from gridoffice.domain.listing import Query
from gridoffice.modules.cases import letters, page_deal, page_entry, page_forms, paper, seeking, service
from gridoffice.modules.cases.details import details
from gridoffice.modules.cases.lists import CASES
from gridoffice.modules.cases.page import CasesPage
from gridoffice.modules.cases.page_place import PlaceDialog

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """Board, calendar, whole cases, dialogs, the printed story; nothing is changed."""
    kept = machine.get("cases")
    page = window.open("cases", "open")
    assert isinstance(page, CasesPage)
    page.show_mode("board")
    grab(window, "页面/51-事项-看板")
    page.show_mode("month")
    grab(window, "页面/52-事项-时限日历")
    page.show_mode("figures")
    grab(window, "页面/55-事项-统计")
    page.show_mode("list")
    told = _find(page, "出租房楼道堆放杂物", "closed")
    if told is not None:
        page.open_case(told)
        grab(window, "页面/53-事项-整页办理过程")
        _paper(page, told, grab)
        _place(page, told, grab)
    for view, name in (("asked", "延期待批"), ("supervised", "督办中")):
        number = _find(page, "", view)
        if number is not None:
            page.open_case(number)
            grab(window, f"页面/54-事项-{name}")
    _dialogs(page, grab)
    page.show_mode("list")
    page.show_view("open")
    machine.put("cases", kept)


def _find(page: CasesPage, text: str, view: str) -> int | None:
    """The case of a view with the longest story."""
    ids = CASES.ids(page.office, Query(on=page.office.today(), text=text, view=view))[:80]
    found = [(len(about.story), number) for number in ids if (about := details(page.office, number)) is not None]
    return max(found)[1] if found else None


def _dialogs(page: CasesPage, grab: Grab) -> None:
    office = page.office
    number = _find(page, "", "open")
    if number is None:
        return
    case, about = service.view(office, number), details(office, number)
    assert about is not None
    verb = case.next_steps[0][0]
    made: list[tuple[QDialog, str]] = [
        (page_deal.ask(page, office, case), "页面/55-申请延期"),
        (page_deal.supervise(page, office, case, about), "页面/55-督办"),
        (page_deal.add_task(page, office, case), "页面/55-分办任务"),
        (page_deal.contact(page, office, case, about, "callback"), "页面/55-登记回访"),
        (page_deal.merge(page, office, case), "页面/55-合并重复"),
        (page_forms.step_editor(page, office, case, verb), "页面/55-办理一步"),
        (_alike(page, case), "页面/56-同一件事"),
    ]
    handled = _find(page, "", "handled")
    if handled is not None:  # the handler would check himself: who else can is offered
        shown = service.view(office, handled)
        checking = page_forms.step_editor(page, office, shown, "verify")
        checking.form.inputs["who"].put(shown.entry.handler)
        checking.form.inputs["who"].edited.emit()
        made.append((checking, "页面/58-核查人不能是承办人"))
    for dialog, name in made:
        dialog.show()
        QApplication.processEvents()
        grab(dialog, name)
        dialog.hide()
        dialog.deleteLater()


def _alike(page: CasesPage, case: service.CaseView) -> QDialog:
    """The form of a new case that reads like one that is there."""
    editor = page_entry.new_case(page, page.office, case.entry.unit_id, {"category": case.entry.category})
    editor.form.inputs["title"].put(case.entry.title)
    editor.form.inputs["place"].put(case.entry.place)
    editor.look()
    return editor


def _place(page: CasesPage, number: int, grab: Grab) -> None:
    """The case on its village's map, where there is one."""
    if seeking.village_map(page.office, number) is None:
        return
    dialog = PlaceDialog(page, page.office, number, service.view(page.office, number).entry.title)
    dialog.show()
    QApplication.processEvents()
    grab(dialog, "页面/57-事项-图上位置")
    dialog.hide()
    dialog.deleteLater()


def _paper(page: CasesPage, number: int, grab: Grab) -> None:
    """The first page of the printed story, and of each paper a step offers, as a draft without a number."""
    _sheet(paper.draw(page.office, number), "文书/事项办理过程", grab)
    for offer in letters.offered(page.office, number):
        drawn = letters.draft(page.office, number, offer.kind, addressee=offer.addressee or "当事人")
        _sheet(drawn, f"文书/事项-{offer.title}", grab)


def _sheet(data: bytes, name: str, grab: Grab) -> None:
    """The first page of a paper as a picture."""
    import tempfile
    from pathlib import Path

    from gridoffice.papers import preview

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.pdf"
        file.write_bytes(data)
        drawn = preview.picture(file, 0, 1000)
    pixels = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
    sheet = QLabel()
    sheet.setPixmap(QPixmap.fromImage(pixels))
    sheet.setFixedSize(drawn.width, drawn.height)
    grab(sheet, name)
