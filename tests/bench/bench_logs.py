"""Five years of 100,000 logs: the week's page, 到位率, coverage, numbers of 今日, and the next log after one is saved.

python tests/bench/bench_logs.py [folder for the made office] [rounds]

Wanted: each within 1.5 times the bare SQL of the same answer; after Ctrl+Enter the form takes the next log at once.
Processor time, turn about in one run, the median of the rounds' ratios; the bare SQL goes through the driver alone.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 20)
WEEK = (date(2026, 11, 16), ON)
MONTH = (date(2026, 10, 1), date(2026, 10, 31))
YEAR = (date(2025, 11, 21), ON)

ROWS = (
    "SELECT p.id, p.day, substr(p.start, 1, 5) || '-' || substr(p.\"end\", 1, 5), g.name, s.name, p.kind, p.households,"
    " p.problems, p.text FROM patrol p LEFT JOIN grid_unit g ON g.id = p.unit_id LEFT JOIN staff s ON s.id = p.staff_id"
)
ORDER = " ORDER BY p.day DESC, p.start DESC, p.id DESC LIMIT 50"
COUNT = "SELECT count(*) FROM patrol WHERE day BETWEEN :first AND :last"
HEADS = (
    "SELECT a.staff_id FROM assignment a JOIN network_role r ON r.id = a.role_id WHERE r.\"key\" = 'head'"
    " AND r.network_id = (SELECT id FROM network WHERE \"key\" = 'zongzhi')"
)
DONE = (
    f"WITH head AS ({HEADS}) SELECT p.unit_id, count(DISTINCT CASE WHEN p.staff_id NOT IN (SELECT staff_id FROM head)"
    " AND p.day IN (SELECT value FROM json_each(:working)) THEN p.day END),"
    " count(DISTINCT CASE WHEN p.staff_id IN (SELECT staff_id FROM head)"
    " THEN CAST(julianday(p.day) - julianday(:monday) AS INTEGER) / 7 END)"
    " FROM patrol p WHERE p.day BETWEEN :monday AND :last GROUP BY p.unit_id"
)
"""Days of each grid walked by its workers, weeks walked by its head; what is owed is the same for each."""
COVERAGE = (
    "SELECT g.id, v.name, g.name, (SELECT s.name FROM assignment a JOIN network_role r ON r.id = a.role_id"
    " JOIN staff s ON s.id = a.staff_id WHERE a.unit_id = g.id AND r.\"key\" = 'worker' ORDER BY a.id LIMIT 1),"
    " l.day, l.walks FROM grid_unit g LEFT JOIN grid_unit v ON v.id = g.parent_id LEFT JOIN (SELECT unit_id,"
    " max(day) AS day, count(*) AS walks FROM patrol GROUP BY unit_id) l ON l.unit_id = g.id"
    ' WHERE g.level = 3 AND (g."end" IS NULL OR g."end" >= :on) ORDER BY l.day, g.sort, g.code'
)
STALE = (
    'SELECT count(*) FROM grid_unit g WHERE g.level = 3 AND g."end" IS NULL AND NOT EXISTS (SELECT 1 FROM patrol p'
    " WHERE p.unit_id = g.id AND p.day >= :since)"
)
NUMBERS = (
    "SELECT (SELECT count(*) FROM patrol WHERE day = :on), (SELECT count(*) FROM patrol WHERE day BETWEEN :first AND"
    f" :last), ({STALE})"
)


def _working(first: date, last: date) -> str:
    from gridoffice.core.calendar import shipped

    calendar = shipped()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return "[" + ",".join(f'"{day}"' for day in days if calendar.is_working(day)) + "]"


def pages(beside: Any, office: Any, rounds: int) -> None:
    """The list's first page: the week's, a worker's, all; and how many they are."""
    from gridoffice.domain.listing import Query
    from gridoffice.modules.patrols.lists import PATROLS

    def page(view: str, **kept: Any) -> None:
        with office.read() as session:
            ids = PATROLS.slice_in(session, Query(on=ON, view=view, filters=tuple(kept.items())), 0, 50)
            assert len(PATROLS.rows_in(session, ids, ON)) == 50

    span = {"first": WEEK[0].isoformat(), "last": (WEEK[0] + timedelta(days=6)).isoformat()}
    week = f"{ROWS} WHERE p.day BETWEEN :first AND :last{ORDER}"
    beside.told("本周日志第一页", lambda: page("week"), beside.bare(week, **span), rounds)
    beside.told("全部日志第一页", lambda: page(""), beside.bare(ROWS + ORDER), rounds)
    own = f"{ROWS} WHERE p.staff_id = 9{ORDER}"
    beside.told("一个人的日志第一页", lambda: page("", staff=9), beside.bare(own), rounds)
    counted = Query(on=ON, view="week")
    beside.told("本周日志条数", lambda: PATROLS.count(office, counted), beside.bare(COUNT, **span), rounds)


def figures(beside: Any, office: Any, rounds: int) -> None:
    """到位率, what is missing, coverage, the slide, the numbers of 今日."""
    from gridoffice.domain.listing import Query
    from gridoffice.modules.patrols import coverage, rates, service

    for word, (first, last), ways in (
        ("本周", WEEK, rates.WAYS),
        ("一个月", MONTH, rates.WAYS),
        ("一年", YEAR, ("grid",)),
    ):
        monday = first - timedelta(days=first.weekday())
        sql = beside.bare(DONE, monday=monday.isoformat(), last=last.isoformat(), working=_working(first, last))
        some = rounds if word != "一年" else 3
        for way in ways:
            ours = partial(rates.table, office, way, first, last, ON)
            beside.told(f"{word}到位率按{rates.WAYS[way]}", ours, sql, some)
        if word != "一年":
            beside.told(f"{word}缺哪些", partial(rates.missing, office, first, last, ON), sql, some)
        if word == "本周":
            beside.told("例会的到位率", lambda: coverage.slides(office, ON), sql, some)

    def covered() -> None:
        with office.read() as session:
            ids = coverage.COVERAGE.ids_in(session, Query(on=ON))
            coverage.COVERAGE.rows_in(session, ids, ON)

    beside.told("网格巡查情况", covered, beside.bare(COVERAGE, on=ON.isoformat()), rounds)
    span = {"first": WEEK[0].isoformat(), "last": (WEEK[0] + timedelta(days=6)).isoformat()}
    since = (ON - timedelta(days=7)).isoformat()
    numbers = beside.bare(NUMBERS, on=ON.isoformat(), since=since, **span)
    beside.told("今日的巡查数字", lambda: service.walked(office, ON), numbers, rounds)


def next_log(office: Any, rounds: int) -> None:
    """Ctrl+Enter in the entry form with the patrols' page and 今日 open, until the form takes the next log."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from gridoffice.modules.patrols import service
    from gridoffice.modules.patrols.page_entry import PatrolEditor
    from gridoffice.ui import theme as looks
    from gridoffice.ui.screen import application
    from gridoffice.ui.window import MainWindow

    app = application()
    looks.apply(app, "light", 100)
    window = MainWindow(office)
    window.show()
    window.show_tab("today")
    window.show_tab("patrols")
    app.processEvents()
    editor = PatrolEditor(window, office, "登记巡查", service.proposal(office))
    editor.show()
    app.processEvents()
    ready, settled = [], []
    for _ in range(rounds):
        for key, text in (("start", "830"), ("end", "930"), ("text", "沿线巡查")):
            editor.form.inputs[key].put(text)
        before = len(editor.kept)
        begun = time.process_time()
        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        ready.append((time.process_time() - begun) * 1000)
        for _ in range(200):
            app.processEvents()
            QTest.qWait(2)
        settled.append((time.process_time() - begun) * 1000)
        assert len(editor.kept) == before + 1, "not saved"
    print(
        f"记下一条：按 Ctrl+Enter 后 {statistics.median(ready):.0f} 毫秒可以再写（最慢 {max(ready):.0f}），"
        f"其他页面全部更新完 {statistics.median(settled):.0f} 毫秒"
    )
    editor.close()
    window.close()


def main(folder: Path, rounds: int = 9) -> None:
    """Make the office where it is not there yet, and print each measure beside the bare query."""
    sys.path.insert(0, str(ROOT))
    from tests.bench.beside import Beside, at_home, connected
    from tests.bench.five_years import office_in

    at_home(folder)
    path = office_in(folder)
    from gridoffice.db import store

    office = store.open_office(path)
    office.on = ON
    beside = Beside(connected(path, office.key))
    pages(beside, office, rounds)
    figures(beside, office, rounds)
    next_log(office, rounds)
    office.close()
    print(f"超过 1.5 倍的：{'、'.join(beside.over) or '没有'}")


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]) if words else Path(tempfile.gettempdir()) / "gridoffice-bench", *map(int, words[1:]))
