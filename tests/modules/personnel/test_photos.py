"""Photos of many by file names: whose each is, how sure, the match screen by clicks and keys, one step, the cut."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import attachments
from gridoffice.domain.staff import Staff
from gridoffice.modules.personnel import photos, service
from gridoffice.modules.personnel.page import PersonnelPage
from gridoffice.modules.personnel.page_crop import CropDialog
from gridoffice.modules.personnel.page_crop_view import SIZE
from gridoffice.modules.personnel.page_photos import PhotosDialog
from gridoffice.modules.personnel.photos import NONE, POSSIBLE, SAME, SURE
from gridoffice.ui.window import MainWindow
from tests.make import Make, id_number
from tests.press import meanwhile, press

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


def jpeg(colour: str = "#5aa0dc", size: tuple[int, int] = (300, 420)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def team(make: Make) -> dict[str, Staff]:
    return {
        "肖怡": make.staff("肖怡", phone="13800001241", sort=1),
        "李静1": make.staff("李静", phone="13800005511", sort=2),
        "李静2": make.staff("李静", phone="13800006622", sort=3),
        "肖英淑": make.staff("肖英淑", phone="13800000700", sort=4),
        "王芳": make.staff("王芳", phone="13900008888", id_number=id_number(date(1990, 5, 6), 12), sort=5),
        "赵云": make.staff("赵云", phone="13900009999", badge_number="017", sort=6),
    }


@pytest.mark.parametrize(
    ("stem", "names", "state"),
    [
        ("肖怡_1241", ["肖怡"], SURE),
        ("03 肖英淑", ["肖英淑"], SURE),
        ("0700", ["肖英淑"], SURE),
        ("李静 6622", ["李静2"], SURE),
        ("李静", ["李静1", "李静2"], POSSIBLE),
        ("3李静", ["李静2", "李静1"], POSSIBLE),
        ("石桥村网格员肖怡照片", ["肖怡"], SURE),
        ("肖怡_9999", ["肖怡"], POSSIBLE),
        ("工作证017", ["赵云"], SURE),
        ("5", ["王芳"], POSSIBLE),
        ("钱多多", [], NONE),
        ("IMG_20260101", [], NONE),
    ],
)
def test_whose_a_file_is(office: Office, team: dict[str, Staff], stem: str, names: list[str], state: str) -> None:
    found, _how, sure = photos.whose(stem, photos.people(office))
    assert ([number for number in found], sure) == ([team[name].id for name in names], state)


def test_a_tail_of_an_id_number_tells_too(office: Office, team: dict[str, Staff]) -> None:
    tail = (team["王芳"].id_number or "")[-4:]
    assert photos.whose(tail.lower(), photos.people(office)) == ((team["王芳"].id,), "证件尾号", SURE)


def test_two_files_of_one_person_are_to_be_looked_at_and_never_both_kept(
    office: Office, team: dict[str, Staff], tmp_path: Path
) -> None:
    for name in ("肖怡.jpg", "肖怡_1241.jpg"):
        (tmp_path / name).write_bytes(jpeg())
    found = photos.match(photos.files_in([tmp_path]), photos.people(office))
    assert [one.state for one in found] == [POSSIBLE, POSSIBLE]
    with pytest.raises(OfficeError, match="肖怡选了两张照片"):
        photos.write(office, [(one.path, team["肖怡"].id) for one in found])


def test_the_same_photo_again_changes_nothing(office: Office, team: dict[str, Staff], tmp_path: Path) -> None:
    (tmp_path / "肖怡.jpg").write_bytes(jpeg())
    for state in (SURE, SAME):
        found = photos.match(photos.files_in([tmp_path]), photos.people(office))
        assert [one.state for one in found] == [state]
        photos.write(office, [(found[0].path, team["肖怡"].id)])


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def screen(office: Office, team: dict[str, Staff], window: MainWindow, tmp_path: Path, qtbot: QtBot) -> PhotosDialog:
    folder = tmp_path / "照片"
    folder.mkdir()
    for place, name in enumerate(("肖怡_1241.jpg", "李静.jpg", "钱多多.png", "0700.jpg", "5.jpg")):
        (folder / name).write_bytes(jpeg(f"#5aa0{place}0"))
    (folder / "说明.jpg").write_text("不是照片", "utf-8")
    (folder / "名单.txt").write_text("x", "utf-8")
    made = PhotosDialog(window, office, window.worker)
    qtbot.addWidget(made)
    made.show()
    made.take([folder])
    qtbot.waitUntil(lambda: len(made.model.all) == 6, timeout=5000)
    QApplication.processEvents()
    return made


def go_to(screen: PhotosDialog, name: str) -> None:
    place = next(n for n, one in enumerate(screen.model.all) if one.path.name == name)
    screen.show_view("")
    screen.table.selectRow(screen.model.shown.index(place))
    QApplication.processEvents()


def test_the_screen_is_worked_through_and_all_is_kept_in_one_step(
    office: Office, team: dict[str, Staff], screen: PhotosDialog, qtbot: QtBot
) -> None:
    assert "要写入 2 张，请核对 2 张，没认出 2 张" in screen.sum.text()
    assert screen.model.view == "look", "what is not sure comes first"
    go_to(screen, "李静.jpg")
    words = [made.text() for made in screen.findChildren(type(screen.use)) if made.text() == "是李静"]
    assert len(words) == 2
    second = [made for made in screen.findChildren(type(screen.use)) if made.text() == "是李静"][1]
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    go_to(screen, "钱多多.png")
    screen.picker.put(team["王芳"].id)
    press(screen, "用于这个人")
    go_to(screen, "5.jpg")
    press(screen, "跳过这张")
    assert "要写入 4 张，请核对 0 张，没认出 1 张，跳过 1 张" in screen.sum.text()
    press(screen, "写入 4 张")
    qtbot.waitUntil(lambda: screen.told == "已放入 4 张照片", timeout=5000)
    with office.read() as session:
        kept = {who.name: attachments.data_of(session, who.photo_id) for who in session.query(Staff) if who.photo_id}
        both = {who.id for who in session.query(Staff) if who.photo_id}
    assert both == {team[name].id for name in ("肖怡", "李静2", "王芳", "肖英淑")}
    assert len(kept) == 4
    assert office.undo() == "批量放入照片 4 张"
    with office.read() as session:
        assert [who.name for who in session.query(Staff) if who.photo_id] == []


def test_keys_confirm_and_skip_and_existing_photos_stay_unless_wanted(
    office: Office, team: dict[str, Staff], screen: PhotosDialog, qtbot: QtBot
) -> None:
    service.keep_photo(office, team["肖怡"].id, "旧.jpg", None, jpeg("#102030"))
    fresh = PhotosDialog(screen.parentWidget(), office, screen.worker)  # type: ignore[arg-type]
    qtbot.addWidget(fresh)
    fresh.show()
    fresh.show_matches(photos.match([one.path for one in screen.model.all], photos.people(office)))
    assert "要写入 1 张" in fresh.sum.text()
    fresh.replace.click()
    assert "要写入 2 张" in fresh.sum.text()
    go_to(fresh, "5.jpg")
    fresh.activateWindow()
    fresh.table.setFocus()
    qtbot.waitUntil(fresh.table.hasFocus)
    qtbot.keyClick(fresh.table, Qt.Key.Key_Return)
    assert "要写入 3 张" in fresh.sum.text()
    go_to(fresh, "5.jpg")
    fresh.table.setFocus()
    qtbot.keyClick(fresh.table, Qt.Key.Key_Delete)
    assert "要写入 2 张" in fresh.sum.text()


def split_photo(size: tuple[int, int] = (900, 1200)) -> bytes:
    """Left half red, right half blue."""
    picture = Image.new("RGB", size, "#c02020")
    picture.paste("#2020c0", (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def cut(dialog: CropDialog) -> Image.Image:
    made = Image.open(io.BytesIO(dialog.view.result()))
    made.load()
    return made


def is_red(pixel: Any) -> bool:
    return bool(pixel[0] > 150 and pixel[2] < 90)


@pytest.fixture
def crop(qtbot: QtBot) -> Callable[[bytes], CropDialog]:
    def open_dialog(data: bytes) -> CropDialog:
        dialog = CropDialog(None, data, "唐琪 的照片")
        qtbot.addWidget(dialog)
        dialog.show()
        QApplication.processEvents()
        return dialog

    return open_dialog


def test_the_cut_is_25_by_35_mm_at_300_dpi_and_always_full(crop: Callable[[bytes], CropDialog]) -> None:
    for size in ((900, 1200), (1600, 500), (300, 1500)):
        dialog = crop(split_photo(size))
        made = cut(dialog)
        assert (made.size, tuple(round(dots) for dots in made.info["dpi"])) == (SIZE, (300, 300))
        dialog.view.turn(13)
        dialog.view.move_by(5000, 5000)
        turned = cut(dialog)
        corners: list[Any] = [turned.getpixel(place) for place in ((0, 0), (294, 0), (0, 412), (294, 412))]
        assert all(max(pixel) < 235 for pixel in corners), "no corner is left white"


def test_mouse_and_keys_move_zoom_and_turn(crop: Callable[[bytes], CropDialog], qtbot: QtBot) -> None:
    dialog = crop(split_photo())
    view = dialog.view
    before = view.centre.x()
    view.zoom_to(0.4)
    middle = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(view, middle + QPoint(90, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + QPoint(90, 0))
    assert view.centre.x() < before
    assert is_red(cut(dialog).getpixel((147, 200)))
    where = view.centre.x()
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.centre.x() > where
    scale = view.scale
    qtbot.keyClicks(view, "++")
    assert view.scale > scale
    qtbot.keyClicks(view, "r")
    assert view.angle == 90
    press(dialog, "还原")
    assert (view.angle, round(view.zoom_part(), 3)) == (0, 0)
    press(dialog, "右转 90°")
    turned = cut(dialog)
    assert is_red(turned.getpixel((147, 20)))
    assert not is_red(turned.getpixel((147, 400)))


def test_a_chosen_photo_is_cut_and_its_original_kept_for_another_cut(
    office: Office, team: dict[str, Staff], window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gridoffice.ui import dialogs

    page = window.open("personnel", record=team["肖怡"].id)
    assert isinstance(page, PersonnelPage)
    (tmp_path / "大.jpg").write_bytes(split_photo())
    monkeypatch.setattr(dialogs, "open_files", lambda *_: [tmp_path / "大.jpg"])
    failed = meanwhile(lambda dialog: press(dialog, "用这张"))
    press(page, "换照片…")
    assert failed == []
    with office.read() as session:
        who = session.get_one(Staff, team["肖怡"].id)
        kept = attachments.of_record(session, "staff", who.id)
        small = attachments.data_of(session, who.photo_id)
        assert [one.kind for one in kept] == ["original", "photo"]
        assert attachments.data_of(session, kept[0].id) == split_photo()
    assert small is not None
    assert Image.open(io.BytesIO(small)).size == SIZE
    seen: list[tuple[int, int]] = []

    def again(dialog: Any) -> None:
        seen.append((dialog.view.image.width(), dialog.view.image.height()))
        press(dialog, "用这张")

    failed = meanwhile(again)
    press(page, "重新裁剪…")
    assert failed == []
    assert seen == [(900, 1200)]
