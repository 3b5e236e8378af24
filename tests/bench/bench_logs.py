"""Five years of 100,000 logs: the week's page, 到位率, coverage, numbers of 今日, and the next log after one is saved.

python tests/bench/bench_logs.py [folder for the made office] [rounds]

Wanted: each within 1.5 times the bare SQL of the same answer and one paint of the window; after Ctrl+Enter the form
takes the next log at once. Processor time, turn about in one run, the median of the rounds' ratios; the bare SQL goes
through the driver alone.
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
RATES = """
WITH day AS MATERIALIZED (SELECT value AS d FROM json_each(:working)),
week AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS first, json_extract(value, '$[1]') AS last,
  json_extract(value, '$[2]') AS due FROM json_each(:weeks)),
post AS MATERIALIZED (SELECT a.unit_id AS u, a.staff_id AS s, r."key" AS k, r.level AS lv, a.start AS b, a."end" AS e
  FROM assignment a JOIN network_role r ON r.id = a.role_id JOIN network n ON n.id = r.network_id JOIN staff p
  ON p.id = a.staff_id WHERE n."key" = 'zongzhi' AND (p.is_active OR p.left_on >= :first)),
away AS MATERIALIZED (SELECT staff_id AS s, start AS b, "end" AS e, stand_in_id AS o FROM leave
  WHERE start <= :last AND "end" >= :monday),
above AS MATERIALIZED (SELECT s FROM post GROUP BY s HAVING max(lv) < 3),
log AS MATERIALIZED (SELECT unit_id AS u, day AS d, staff_id AS s, min(id IN (SELECT patrol_id FROM patrol_supplement
  WHERE text LIKE '事后补登%')) AS late FROM patrol WHERE day BETWEEN :monday AND :last
  GROUP BY unit_id, day, staff_id),
walk AS MATERIALIZED (SELECT u, d, min(late) AS late FROM log WHERE s IS NULL OR s NOT IN (SELECT s FROM above)
  GROUP BY u, d),
owed AS (SELECT g.id AS u, day.d, (SELECT s FROM post WHERE post.u = g.id AND k = 'worker') AS s FROM grid_unit g, day
  WHERE g.level = 3 AND (g.start IS NULL OR g.start <= day.d) AND (g."end" IS NULL OR g."end" >= day.d)),
duty AS (SELECT u, d, CASE WHEN EXISTS (SELECT 1 FROM away WHERE away.s = owed.s AND d BETWEEN b AND e) THEN
  coalesce((SELECT o FROM away WHERE away.s = owed.s AND d BETWEEN b AND e), (SELECT post.s FROM post WHERE post.u =
  owed.u AND k = 'stand_in' AND NOT EXISTS (SELECT 1 FROM away WHERE away.s = post.s AND d BETWEEN away.b AND away.e)),
  s) ELSE s END AS s FROM owed),
piece AS (SELECT duty.u, duty.s, walk.d IS NOT NULL AS done, coalesce(walk.late, 0) AS late FROM duty LEFT JOIN walk
  ON walk.u = duty.u AND walk.d = duty.d
  UNION ALL SELECT g.id, post.s, EXISTS (SELECT 1 FROM log WHERE log.u = g.id AND log.s = post.s AND log.d BETWEEN
  week.first AND week.last), 0 FROM post JOIN grid_unit g ON g.parent_id = post.u AND g.level = 3, week
  WHERE post.k = 'head')
SELECT v.name, g.name, p.name, sum(1), sum(done), sum(1) - sum(done), sum(late) FROM piece JOIN grid_unit g ON
  g.id = piece.u LEFT JOIN grid_unit v ON v.id = g.parent_id LEFT JOIN staff p ON p.id = piece.s GROUP BY {by}
"""
"""到位率 by hand, for an office whose tree and posts did not change: its rules, leaves, stand-ins and late entries."""
GROUPS = {"village": "v.id", "grid": "piece.u", "worker": "piece.s", "network": "1 = 1", "kind": "1 = 1"}
GAPS = RATES.partition("SELECT v.name")[0] + (
    "SELECT v.name, g.name, p.name, duty.d FROM duty LEFT JOIN walk ON walk.u = duty.u AND walk.d = duty.d JOIN"
    " grid_unit g ON g.id = duty.u LEFT JOIN grid_unit v ON v.id = g.parent_id LEFT JOIN staff p ON p.id = duty.s"
    " WHERE walk.d IS NULL ORDER BY duty.d, v.name, g.name"
)
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


def _asked(first: date, last: date) -> dict[str, str]:
    """What the bare SQL is told of the calendar."""
    import json

    from gridoffice.core.calendar import shipped
    from gridoffice.modules.patrols.spans import spans

    weeks = spans("week", first, last, shipped())
    return {
        "first": first.isoformat(), "last": last.isoformat(),
        "monday": min([first, *(week.first for week in weeks)]).isoformat(),
        "working": json.dumps([one.first.isoformat() for one in spans("working_day", first, last, shipped())]),
        "weeks": json.dumps([[one.first.isoformat(), one.last.isoformat(), one.due.isoformat()] for one in weeks]),
    }  # fmt: skip


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
    from gridoffice.modules.patrols import coverage, rates, rates_list, rates_words, service

    def table(way: str, first: date, last: date) -> list[tuple[str, ...]]:
        return rates_words.cells(rates_list.rows(way, rates_list.sums(office, rates_list.Asked(first, last))))

    def gaps(first: date, last: date) -> object:
        return rates_list.Row("", rates_list.sums(office, rates_list.Asked(first, last))).behind("missed")

    for word, span, ways in (
        ("本周", WEEK, rates.WAYS),
        ("一个月", MONTH, rates.WAYS),
        ("一年", YEAR, ("grid", "worker")),
    ):
        some = rounds if word != "一年" else 3
        for way in ways:
            sql = beside.bare(RATES.format(by=GROUPS[way]), **_asked(*span))
            whole = table(way, *span)[-1]
            assert [f"{sum(row[n] for row in sql()):,}" for n in (3, 4, 5, 6)] == list(whole[1:5]), (
                whole,
                [sum(row[n] for row in sql()) for n in (3, 4, 5, 6)],
            )
            beside.told(f"{word}到位率按{rates.WAYS[way]}", partial(table, way, *span), sql, some)
        beside.told(f"{word}缺哪些", partial(gaps, *span), beside.bare(GAPS, **_asked(*span)), some)
        if word == "本周":
            sql = beside.bare(RATES.format(by="v.id"), **_asked(*span))
            beside.told("例会的到位率", partial(coverage.slides, office, ON), sql, some)

    def covered() -> None:
        with office.read() as session:
            ids = coverage.COVERAGE.ids_in(session, Query(on=ON))
            coverage.COVERAGE.rows_in(session, ids, ON)

    beside.told("网格巡查情况", covered, beside.bare(COVERAGE, on=ON.isoformat()), rounds)
    week = {"first": WEEK[0].isoformat(), "last": (WEEK[0] + timedelta(days=6)).isoformat()}
    since = (ON - timedelta(days=7)).isoformat()
    numbers = beside.bare(NUMBERS, on=ON.isoformat(), since=since, **week)
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
    from tests.bench.beside import Beside, at_home, connected, painted
    from tests.bench.five_years import office_in

    at_home(folder)
    path = office_in(folder)
    from gridoffice.db import store

    office = store.open_office(path)
    office.on = ON
    beside = Beside(connected(path, office.key), painted(office, "patrols"))
    pages(beside, office, rounds)
    figures(beside, office, rounds)
    next_log(office, rounds)
    office.close()
    print(f"超过 1.5 倍的：{'、'.join(beside.over) or '没有'}")


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]) if words else Path(tempfile.gettempdir()) / "gridoffice-bench", *map(int, words[1:]))
