"""A window at 1366×768 on a Friday, and a hazard found that day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.modules.cases import service
from gridoffice.modules.cases.service import Entry
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import DAY


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.on = DAY
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def case(office: Office, make: Make) -> int:
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    finder = make.staff("唐琪").id
    make.staff("李镇长")
    entry = Entry(
        "三组出租房楼道堆放杂物", DAY, "消防隐患", "K2", grid.id, "三组8号", finder_id=finder, reporter="赵大娘"
    )
    return service.create(office, entry)
