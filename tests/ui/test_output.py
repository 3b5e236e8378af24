"""Long lists out of the window: written as they come, cancelled without a trace, asked about before printing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from python_calamine import load_workbook

from gridoffice.core.errors import Cancelled
from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.modules.residents.lists import RESIDENTS
from gridoffice.ui import dialogs, jobs, output
from gridoffice.ui.paper_dialog import PaperDialog
from gridoffice.ui.window import MainWindow
from tests.press import meanwhile, press

OPEN = Callable[[Office], MainWindow]


@pytest.fixture
def page(full: Office, opened: OPEN, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setattr(output, "MANY", 100)
    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    shown = opened(full).open("residents")
    QApplication.processEvents()
    return shown


def test_many_rows_are_exported_beside_the_window(page: Any, qtbot: QtBot, tmp_path: Path) -> None:
    page.list.show_view("", text="石桥")
    number = len(page.list.model.ids)
    assert number > 100
    press(page, "导出")
    qtbot.waitUntil(lambda: bool(page.main.findChildren(dialogs.Toast)), timeout=20_000)
    rows = load_workbook(str(next(tmp_path.glob("*.xlsx")))).get_sheet_by_index(0).to_python()
    assert len(rows) == number + 3
    shown = page.list.columns.places()
    titles, expected = output.contents(page.office, RESIDENTS, page.list.query())
    assert rows[2] == titles and len(titles) == len(shown)
    assert [[str(cell) for cell in row] for row in rows[3:6]] == expected[:3]


def test_cancelled_half_way_no_file_is_left(full: Office, tmp_path: Path) -> None:
    from gridoffice.exchange import export

    def stop(done: int, _total: int, _text: str) -> None:
        if done > 500:
            raise Cancelled

    rows = output.rows_of(full, RESIDENTS, Query(full.today()), progress=stop)
    with pytest.raises(Cancelled):
        export.write_list(tmp_path / "居民.xlsx", "居民", output.titles_of(RESIDENTS, Query(full.today())), rows)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_rows_come_in_the_order_of_the_list(full: Office) -> None:
    query = Query(full.today(), sort="name", columns=("name", "phone"))
    rows = list(output.rows_of(full, RESIDENTS, query))
    ids = RESIDENTS.ids(full, query)
    texts = RESIDENTS.rows(full, ids, query.on)
    assert rows == [[texts[one][1], texts[one][6]] for one in ids]


def test_a_very_long_list_is_asked_about_before_it_is_printed(page: Any, qtbot: QtBot, tmp_path: Path) -> None:
    page.list.show_view("", text="石桥")
    told: list[str] = []

    def no(dialog: Any) -> None:
        told.append(dialog.findChildren(type(page.list.total))[1].text())
        press(dialog, "不打印")

    failed = meanwhile(no)
    press(page, "打印")
    assert failed == []
    assert "页纸" in told[0]
    assert list(tmp_path.glob("*.pdf")) == []
    failed = meanwhile(lambda dialog: press(dialog, "仍然生成"))
    press(page, "打印")
    assert failed == []
    papers: list[PaperDialog] = []

    def is_shown() -> bool:
        papers[:] = [one for one in page.findChildren(PaperDialog) if one.isVisible()]
        return bool(papers)

    seen: list[str] = []

    def save() -> None:
        if not is_shown():
            QTimer.singleShot(50, save)
            return
        seen.extend(one.text() for one in papers[0].findChildren(QLabel))
        press(papers[0], "存成 PDF…")

    QTimer.singleShot(50, save)
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.pdf"))), timeout=60_000)
    assert "证件号和电话已遮住中间几位" in seen
    assert not page.main.findChildren(jobs.ProgressDialog)[-1].isVisible()
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")
