"""Five years of 10,000 cases with seven steps each: list, numbers of 今日 and figures against bare SQL in the same run.

python tests/bench/bench_cases.py [folder for the made office] [cases a year] [years]

Wanted: each within 1.5 times the bare query of the same question. The office is made once through the program's own
bulk door and kept in the folder; times are of the wall clock, the quickest of the rounds, in milliseconds.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
ON = date(2026, 11, 20)
ROUNDS = 3
GRIDS, VILLAGES = 120, 12
LOOP = (
    ("collect", "", "collected"), ("accept", "collected", "accepted"), ("dispatch", "accepted", "dispatched"),
    ("take", "dispatched", "taken"), ("handle", "taken", "handled"), ("verify", "handled", "verified"),
    ("close", "verified", "closed"),
)  # fmt: skip


def make(path: Path, yearly: int, years: int) -> None:
    """The office: one in fifty cases of the last month is still open, all others went through the whole loop."""
    from gridoffice.db import store
    from gridoffice.domain import setup
    from gridoffice.domain.grids import GridUnit

    office = store.create(path)
    setup.prepare(office, name="云溪镇")
    luck = random.Random(yearly)
    with office.unit("导入 事项", kind="import") as session:
        unit = session.info["unit"]
        town = session.query(GridUnit.id).filter(GridUnit.level == 1).scalar()
        blank = {"kind": "base", "pinyin": "", "initials": ""}
        villages = unit.bulk_insert(
            GridUnit.__table__,
            [{**blank, "level": 2, "parent_id": town, "name": f"第{n}村", "code": f"2{n:05d}", "sort": n}
             for n in range(VILLAGES)],
        )  # fmt: skip
        grids = unit.bulk_insert(
            GridUnit.__table__,
            [{**blank, "level": 3, "parent_id": villages[n % VILLAGES], "name": f"第{n}网格", "code": f"3{n:05d}",
              "sort": n} for n in range(GRIDS)],
        )  # fmt: skip
        for back in range(years - 1, -1, -1):
            year(unit, luck, ON - timedelta(days=365 * (back + 1) - 1), yearly, grids)
    office.close()


def year(unit: Any, luck: random.Random, first: date, count: int, grids: Any) -> None:
    from gridoffice.domain.work import CATEGORIES, SOURCES, Case, CaseStep

    cases, steps = [], []
    for n in range(count):
        found = datetime.combine(first + timedelta(days=n * 365 // count), datetime.min.time()).replace(hour=9)
        gone = min(7, 1 + luck.randrange(7)) if (ON - found.date()).days < 30 and luck.random() < 0.3 else 7
        moments, at = [], found
        for _ in range(gone):
            moments.append(at)
            at += timedelta(hours=luck.randrange(1, 30))
        is_closed = gone == len(LOOP)
        due = found + timedelta(days=7)
        cases.append(
            {
                "number": f"{first.year}-{first.month:02d}{n:05d}", "title": f"路灯不亮 {n}", "kind": "K2",
                "category": luck.choice(CATEGORIES), "source": luck.choice(list(SOURCES)),
                "unit_id": luck.choice(grids), "found_on": found.date(), "found_at": found,
                "due_on": due.date(), "state": LOOP[gone - 1][2],
                "closed_on": moments[-1].date() if is_closed else None, "red_at": None if is_closed else due,
                "satisfaction": luck.choice(("good", "fair", "bad")) if is_closed else "",
            }
        )  # fmt: skip
        steps.append((moments, due))
    from sqlalchemy import Table

    assert isinstance(Case.__table__, Table)
    ids = unit.bulk_insert(Case.__table__, cases)
    rows = [
        {"case_id": case, "at": at, "who": "王主任", "verb": verb, "old": old, "new": new, "due_at": due}
        for case, (moments, due) in zip(ids, steps, strict=True)
        for at, (verb, old, new) in zip(moments, LOOP, strict=False)
    ]
    unit.bulk_insert(CaseStep.__table__, rows)


FIRST_PAGE = (
    "SELECT c.id, c.number, c.title, c.category, c.kind, g.name, c.handler, s.name, c.found_on, c.due_on, c.state,"
    " c.amber_at, c.red_at FROM case_file c LEFT JOIN grid_unit g ON g.id = c.unit_id LEFT JOIN staff s ON"
    " s.id = c.finder_id WHERE c.state NOT IN ('closed', 'archived') ORDER BY c.red_at IS NULL, c.red_at,"
    " c.number DESC LIMIT 50"
)
COUNTS = (
    "SELECT (SELECT count(*) FROM case_file WHERE state NOT IN ('closed', 'archived')),"
    " (SELECT count(*) FROM case_file WHERE red_at < :now), (SELECT count(*) FROM case_file WHERE state = 'handled'),"
    " (SELECT count(*) FROM case_file WHERE state = 'returned'),"
    " (SELECT count(*) FROM case_file WHERE state = 'verified')"
)
FIGURES = (
    "SELECT c.id, c.category, c.source, c.kind, c.unit_id, c.found_at, c.closed_on, c.satisfaction,"
    " min(CASE WHEN s.verb IN ('accept', 'handle') THEN s.at END),"
    " max(CASE WHEN s.verb IN ('handle', 'reply') THEN s.at END), max(CASE WHEN s.verb = 'close' THEN s.at END),"
    " max(CASE WHEN s.verb IN ('rework', 'reopen') THEN s.at END) FROM case_file c JOIN (SELECT case_id, verb, at,"
    " lag(due_at) OVER (PARTITION BY case_id ORDER BY id) AS due FROM case_step WHERE case_id IN (SELECT id FROM"
    " case_file WHERE found_on <= :last AND (closed_on IS NULL OR closed_on >= :first)) AND at < :end) s"
    " ON s.case_id = c.id GROUP BY c.id"
)


def timed(run: Callable[[], Any]) -> float:
    """The quickest of some rounds in milliseconds."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        found.append((time.perf_counter() - start) * 1000)
    return min(found)


def main(folder: Path, yearly: int = 10_000, years: int = 5) -> None:
    """Make the office where it is not there yet, and print each measure beside the bare query."""
    os.environ["GRIDOFFICE_HOME"] = str(folder / "home")
    folder.mkdir(parents=True, exist_ok=True)
    from sqlalchemy import text

    from gridoffice.db import store
    from gridoffice.domain.listing import Query
    from gridoffice.modules.cases import service
    from gridoffice.modules.cases.figures import GROUPS, figures
    from gridoffice.modules.cases.lists import CASES

    path = folder / f"cases-{yearly}-{years}.office"
    if not path.exists():
        start = time.perf_counter()
        make(path, yearly, years)
        print(f"made {yearly * years:,} cases in {time.perf_counter() - start:.0f} s")
    office = store.open_office(path)
    office.on = ON

    def bare(sql: str, **given: Any) -> float:
        def run() -> None:
            with office.read() as session:
                session.connection().execute(text(sql), given).all()

        return timed(run)

    def page() -> None:
        with office.read() as session:
            ids = CASES.slice_in(session, Query(on=ON, view="open"), 0, 50)
            CASES.rows_in(session, ids, ON)

    rows = [
        ("the list's first page", timed(page), bare(FIRST_PAGE)),
        ("the numbers of 今日", timed(lambda: service.counts(office, ON)), bare(COUNTS, now=f"{ON} 08:00:00")),
    ]
    for word, first in (("month", ON.replace(day=1)), ("year", date(ON.year, 1, 1))):
        spans = {"first": first.isoformat(), "last": ON.isoformat(), "end": (ON + timedelta(days=1)).isoformat()}
        sql = bare(FIGURES, **spans)
        for by in GROUPS:
            took = timed(lambda by=by, first=first: figures(office, first, ON, by))  # type: ignore[misc]
            rows.append((f"figures of the {word} by {by}", took, sql))
    for word, took, sql in rows:
        print(f"{word:36} {took:8.1f} ms   bare {sql:8.1f} ms   {took / sql:5.2f} ×")
    office.close()


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]) if words else Path(tempfile.gettempdir()) / "gridoffice-bench", *map(int, words[1:]))
