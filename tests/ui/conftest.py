"""The sample township, filled once and copied for each test, and a window on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gridoffice.db import keys, store
from gridoffice.db.office import Office
from gridoffice.domain import sample
from gridoffice.ui import theme as looks
from gridoffice.ui.screen import application
from gridoffice.ui.window import MainWindow


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The program's own application: Chinese words, bundled letters."""
    return type(application())


@pytest.fixture(scope="session")
def _filled(_migrated: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prepared office with the sample township in it."""
    blank, key = _migrated
    folder = tmp_path_factory.mktemp("sample")
    copy = folder / "sample.office"
    shutil.copy(blank, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDOFFICE_HOME", str(folder / "home"))
        keys.keep(keys.salt_of(copy), key)
        office = store.open_office(copy)
        sample.fill(office)
        office.close()
    return copy


@pytest.fixture
def full(_filled: Path, _migrated: tuple[Path, bytes], tmp_path: Path) -> Iterator[Office]:
    """An open office of this test's own with the sample township."""
    copy = tmp_path / "示例.office"
    shutil.copy(_filled, copy)
    keys.keep(keys.salt_of(copy), _migrated[1])
    opened = store.open_office(copy)
    yield opened
    opened.close()


@pytest.fixture
def plain_looks(qtbot: QtBot) -> Iterator[None]:
    """Light at 100 % before and after."""
    _plain()
    yield
    _plain()


def _plain() -> None:
    app = application()
    if (looks.theme.name, looks.theme.zoom) != ("light", 100):
        looks.apply(app, "light", 100)


@pytest.fixture
def opened(qtbot: QtBot, plain_looks: None) -> Iterator[Callable[[Office], MainWindow]]:
    """Opens windows at 1366×768 and closes them at the end."""
    made: list[MainWindow] = []

    def open_window(office: Office) -> MainWindow:
        window = MainWindow(office)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        made.append(window)
        return window

    yield open_window
    for window in made:
        window.close()
