"""The meeting's page, its show and its export, by keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import OfficeError
from gridoffice.core.figures import Series, Slide
from gridoffice.core.module import Module
from gridoffice.db.office import Office
from gridoffice.modules.meeting import service
from gridoffice.modules.meeting.page import MeetingPage
from gridoffice.modules.meeting.page_show import Show
from gridoffice.ui import dialogs, window
from gridoffice.ui.window import MainWindow
from tests.make import Make

BARS = Slide(
    "new",
    "本周新增 7 件",
    "stacked",
    ("甲村", "乙村"),
    (Series("新增", (3, 4)), Series("办结", (1, 0), "done")),
    total="7",
)


def two(_office: Office, on: date) -> list[Slide]:
    """Slides of a module."""
    late = Slide("late", f"逾期 1 件（{on:%m%d}）", "table", header=("编号", "事项"), rows=(("1", "路灯"),), order=60)
    return [BARS, late]


@pytest.fixture
def slides(monkeypatch: pytest.MonkeyPatch) -> None:
    """One module with two slides."""
    monkeypatch.setattr(service, "modules", lambda: (Module("x", "x", 1, "x", slides="x:two"),))
    monkeypatch.setattr(service, "load", lambda _ref: two)


@pytest.fixture
def main(qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window; what goes wrong in a slot fails the test instead of waiting for an answer."""

    def fail(problem: BaseException, _parent: object = None) -> None:
        raise problem

    monkeypatch.setattr(dialogs, "error", fail)
    monkeypatch.setattr(window, "counts", lambda *_: [])
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def shown(main: MainWindow) -> MeetingPage:
    page = main.open("meeting")
    assert isinstance(page, MeetingPage)
    return page


@pytest.mark.usefixtures("slides")
def test_slides_are_listed_with_small_pictures_and_follow_the_week(qtbot: QtBot, main: MainWindow) -> None:
    page = shown(main)
    items: list[QListWidgetItem] = [page.list.item(place) for place in range(page.list.count())]
    assert [item.text().split("　")[0] for item in items] == ["1", "2", "3"]
    qtbot.waitUntil(lambda: not page._thumbs.isActive())
    page.list.setCurrentRow(2)
    now = page.large.slide
    page.week.setCurrentIndex(1)
    assert page.on() == service.weeks(main.office.today())[1][0]
    assert now is not None and page.large.slide is not None and page.large.slide.title != now.title
    assert page.large.accessibleName() == page.large.slide.title


@pytest.mark.usefixtures("slides")
def test_f5_shows_full_screen_and_keys_lead_through(qtbot: QtBot, main: MainWindow) -> None:
    main.actions_by_key["show"].trigger()
    page = shown(main)
    show = page.show_window
    assert isinstance(show, Show) and show.isFullScreen()
    for key, place in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Space, 2),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_2, 1),
    ):
        qtbot.keyClick(show, key)
        assert show.place == place
    show.grab()
    qtbot.keyClick(show, Qt.Key.Key_Escape)
    assert page.show_window is None
    assert page.list.currentRow() == 1


@pytest.mark.usefixtures("slides")
def test_export_writes_png_and_pdf(office: Office, qtbot: QtBot, main: MainWindow, tmp_path: Path) -> None:
    from gridoffice.papers import preview

    shown(main).export(tmp_path)
    (folder,) = (path for path in tmp_path.iterdir() if path.name.startswith("例会_"))
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["01_summary.png", "02_new.png", "03_late.png", f"例会_{office.today().isoformat()}.pdf"]
    assert QImage(str(folder / names[0])).width() == 1920
    assert len(preview.sizes(folder / names[-1])) == 3
    blocked = tmp_path / "文件"
    blocked.write_text("x")
    with pytest.raises(OfficeError, match="没有全部写进"):
        service.export(office, office.today(), blocked)


def test_figures_stand_behind_a_chart_with_their_sums() -> None:
    titles, rows = service.figures(BARS)
    assert titles == ("", "新增", "办结")
    assert rows == [("甲村", "3", "1"), ("乙村", "4", "0"), ("合计", "7", "1")]


def test_an_office_without_records_says_what_to_do(main: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "modules", lambda: ())
    page = shown(main)
    assert page.stack.currentIndex() == 1
    with pytest.raises(OfficeError, match="还没有可以展示"):
        page.start_show()


def test_slides_of_the_real_modules_are_drawn(office: Office, make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    make.case(unit_id=make.grid().id)
    files = service.export(office, office.today(), tmp_path)
    assert len(files) > 4
    assert all(path.stat().st_size > 2000 for path in files)
