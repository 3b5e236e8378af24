"""The papers of a case made by real clicks on its page, and the reply registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.loop import Given
from gridoffice.modules.cases import letters, service
from gridoffice.modules.cases.page import CasesPage
from gridoffice.modules.cases.service import Entry
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import paper_made
from tests.press import meanwhile, press, words

DAY = date(2026, 11, 20)


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
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file the dialog answers with."""
    place = tmp_path / "文书.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_given: place)
    return place


def test_papers_are_made_and_answered_from_the_case(
    window: MainWindow, office: Office, make: Make, saved: Path
) -> None:
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    case = service.create(office, Entry("三组路灯不亮", DAY, "市政设施", "K2", grid.id))
    now = datetime(2026, 11, 20, 9, 0)
    service.step(office, case, "accept", Given("王主任", now))
    service.step(office, case, "dispatch", Given("王主任", now, handler="水电站"))
    page = window.open("cases")
    assert isinstance(page, CasesPage)
    page.open_case(case)
    paper_made(page.whole, "做受理单")
    assert saved.stat().st_size > 1000
    assert "再做受理单" in words(page.whole)

    def send(dialog: Any) -> None:
        assert dialog.form.values()["addressee"] == "水电站"
        meanwhile(lambda shown: press(shown, "关闭"))
        press(dialog, "存成 PDF")

    failed = meanwhile(send)
    press(page.whole, "做交办单")
    assert failed == []
    assert [one.number for one in letters.of_case(office, case)] == ["受理〔2026〕1号", "交办〔2026〕1号"]

    def fill(dialog: QDialog) -> None:
        dialog.form.inputs["text"].put("已签收，正在抢修")  # type: ignore[attr-defined]
        press(dialog, "登记")

    failed = meanwhile(fill)
    press(page.whole, "登记回执")
    assert failed == []
    assert letters.of_case(office, case)[1].reply == "已签收，正在抢修"
    assert "登记回执" not in words(page.whole)
    assert office.undo() is not None
    assert letters.of_case(office, case)[1].replied_on is None
