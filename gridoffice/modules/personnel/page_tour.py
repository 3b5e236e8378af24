"""Pictures of the tab's other screens and dialogs, for the tour."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gridoffice.domain import portrait
from gridoffice.modules.personnel import leaving, page_forms, paper, photos
from gridoffice.modules.personnel.page import PersonnelPage
from gridoffice.modules.personnel.page_card import SECTIONS
from gridoffice.modules.personnel.page_crop import CropDialog
from gridoffice.modules.personnel.page_leaving import LeavingDialog
from gridoffice.modules.personnel.page_photos import PhotosDialog
from gridoffice.modules.personnel.page_training import TrainingDialog
from gridoffice.papers import preview

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """The wall, the other lists, the card's sections, and every dialog; nothing is changed."""
    page = window.open("personnel", "workers")
    assert isinstance(page, PersonnelPage)
    page.list.choose_first()
    page.show_list("wall")
    grab(window, "页面/03-人员-卡片墙")
    for key, title in (("leaves", "请假"), ("trainings", "培训"), ("handed_out", "领用")):
        page.show_list(key)
        grab(window, f"页面/03-人员-{title}")
    page.show_list("staff")
    for key, title in SECTIONS[1:]:
        page.right.show_section(key)
        grab(window, f"页面/03-人员卡-{title}")
    page.right.show_section("facts")
    if page.card is not None:
        _dialogs(window, page, page.card.id, page.card.name, grab)


def _dialogs(window: MainWindow, page: PersonnelPage, staff_id: int, name: str, grab: Grab) -> None:
    office = window.office
    made: list[tuple[QWidget, str]] = [
        (page_forms.LeaveEditor(window, office, staff_id), "登记请假"),
        (TrainingDialog(window, office, staff_ids=tuple(page.list.model.ids[:12])), "登记培训"),
        (CropDialog(window, portrait.draw(5, woman=True), f"{name} 的照片"), "裁剪照片"),
    ]
    if leaving.proposal(office, staff_id).main_id is not None:
        made.append((LeavingDialog(window, office, staff_id, window.say), "离岗移交"))
    for dialog, title in made:
        _show(dialog, grab, f"页面/31-{title}")
    if leaving.proposal(office, staff_id).main_id is not None:
        _paper(window, staff_id, grab)
    with tempfile.TemporaryDirectory() as folder:
        _photos(window, Path(folder), grab)


def _paper(window: MainWindow, staff_id: int, grab: Grab) -> None:
    """The first page of the hand-over list."""
    told = leaving.rehearse(window.office, leaving.proposal(window.office, staff_id))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.pdf"
        file.write_bytes(paper.draft(window.office, told))
        drawn = preview.picture(file, 0, 1000)
    pixels = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
    sheet = QLabel()
    sheet.setPixmap(QPixmap.fromImage(pixels))
    sheet.setFixedSize(drawn.width, drawn.height)
    _show(sheet, grab, "文书/移交清单")


def _photos(window: MainWindow, folder: Path, grab: Grab) -> None:
    """A few photo files named as offices name them."""
    known = photos.people(window.office)
    names = [f"{one.name}_{one.phones[0][-4:]}.jpg" if one.phones else f"{one.name}.jpg" for one in known[7:12]]
    names += [f"{one.place:02d} {one.name}.jpg" for one in known[12:14]]
    names += [f"{one.phones[0][-4:]}.jpg" for one in known[14:16] if one.phones]
    names += [f"{known[3].name}_0000.jpg", "5.jpg", "王某某.jpg"]
    for number, name in enumerate(names):
        (folder / name).write_bytes(portrait.draw(200 + number, woman=number % 2 == 0))
    dialog = PhotosDialog(window, window.office, window.worker)
    dialog.show_matches(photos.match(photos.files_in([folder]), known))
    dialog.show_view("")
    _show(dialog, grab, "页面/31-批量放入照片")


def _show(dialog: QWidget, grab: Grab, name: str) -> None:
    dialog.show()
    QApplication.processEvents()
    grab(dialog, name)
    dialog.close()
    dialog.deleteLater()
