"""Five years of 10,000 cases with seven steps each: list, numbers of 今日 and figures against bare SQL in the same run.

python tests/bench/bench_cases.py [folder for the made office] [rounds]

Wanted: each within 1.5 times the bare query of the same answer and one paint of the window. Processor time, turn about
in one run, the median of the rounds' ratios; the bare SQL goes through the driver alone.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FIRST_PAGE = (
    "SELECT c.id, c.number, c.title, c.category, c.kind, g.name, c.handler, s.name, c.found_on, c.due_on, c.state,"
    " c.amber_at, c.red_at FROM case_file c LEFT JOIN grid_unit g ON g.id = c.unit_id LEFT JOIN staff s ON"
    " s.id = c.finder_id WHERE c.{open} ORDER BY c.red_at IS NULL, c.red_at,"
    " c.number DESC LIMIT 50"
)
OPEN = "state IN ('collected', 'returned', 'accepted', 'dispatched', 'taken', 'outside', 'handled', 'verified')"
COUNTS = (
    f"SELECT (SELECT count(*) FROM case_file WHERE {OPEN}), (SELECT count(*) FROM case_file WHERE red_at < :now),"
    " (SELECT count(*) FROM case_file WHERE state = 'returned'), (SELECT count(*) FROM case_file WHERE state ="
    " 'handled'), (SELECT count(*) FROM case_file WHERE state = 'verified'), (SELECT count(*) FROM case_file WHERE"
    " id IN (SELECT case_id FROM case_extension WHERE state = 'pending')), (SELECT count(*) FROM case_file WHERE"
    f" {OPEN} AND (red_at < :one AND supervision < 1 OR red_at < :two AND supervision < 2 OR red_at < :three AND"
    f" supervision < 3)), (SELECT count(*) FROM case_file WHERE {OPEN} AND found_on <= :before AND supervisor_id IS"
    " NULL), (SELECT count(*) FROM case_file WHERE id IN (SELECT case_id FROM case_paper WHERE reply_by < :on AND"
    " replied_on IS NULL))"
)
FIGURES = (
    "SELECT c.id, {by}, c.kind, c.found_at, c.closed_on, c.satisfaction, c.state, s.* FROM case_file c JOIN (SELECT"
    " case_id, min(CASE WHEN verb IN ('accept', 'handle') THEN at END), min(CASE WHEN verb IN ('accept', 'handle') THEN"
    " id * 2 + (due IS NULL OR at <= due) END) % 2, max(CASE WHEN verb IN ('handle', 'reply') THEN at END), max(CASE"
    " WHEN verb IN ('handle', 'reply') THEN id * 2 + (due IS NULL OR at <= due) END) % 2, max(CASE WHEN verb = 'close'"
    " THEN at END), max(CASE WHEN verb IN ('rework', 'reopen') AND at >= :first THEN 1 END) FROM (SELECT id, case_id,"
    " verb, at, lag(due_at) OVER (PARTITION BY case_id ORDER BY id) AS due FROM case_step WHERE case_id IN (SELECT id"
    " FROM case_file WHERE closed_on IS NULL OR closed_on >= :first)) WHERE at < :end AND verb IN ('accept', 'handle',"
    " 'reply', 'close', 'rework', 'reopen') GROUP BY case_id) s ON s.case_id = c.id WHERE (c.closed_on IS NULL OR"
    " c.closed_on >= :first) AND c.merged_into_id IS NULL"
)
"""A line for each case that stood or moved in the period: what every figure, median and list behind one is made of."""
PLACE = (
    "coalesce((SELECT r.old_unit_id FROM relocation r WHERE r.owner = 'case_file' AND r.owner_id = c.id AND r.until"
    " >= :last ORDER BY r.until, r.id LIMIT 1), c.unit_id)"
)


def main(folder: Path, rounds: int = 9) -> None:
    """Make the office where it is not there yet, and print each measure beside the bare query."""
    sys.path.insert(0, str(ROOT))
    from tests.bench.beside import Beside, at_home, connected, painted
    from tests.bench.five_years import ON, office_in

    at_home(folder)
    path = office_in(folder)
    from gridoffice.db import store
    from gridoffice.domain.listing import Query
    from gridoffice.modules.cases import figure_words, service
    from gridoffice.modules.cases.figures import GROUPS, figures
    from gridoffice.modules.cases.lists import CASES

    office = store.open_office(path)
    office.on = ON
    beside = Beside(connected(path, office.key), painted(office, "cases"))

    def page() -> None:
        with office.read() as session:
            ids = CASES.slice_in(session, Query(on=ON, view="open"), 0, 50)
            CASES.rows_in(session, ids, ON)

    def table(first: date, by: str) -> object:
        return figure_words.cells(figures(office, first, ON, by))

    beside.told("未办结事项第一页", page, beside.bare(FIRST_PAGE.format(open=OPEN)), rounds)
    days = {"one": "2026-11-20", "two": "2026-11-18", "three": "2026-11-16", "before": "2026-11-13", "on": "2026-11-20"}
    numbers = beside.bare(COUNTS, now=f"{ON} 09:00:00", **days)
    beside.told("今日的事项数字", partial(service.counts, office, ON), numbers, rounds)
    for word, first in (("本月", ON.replace(day=1)), ("今年", date(ON.year, 1, 1))):
        spans = {"first": first.isoformat(), "last": ON.isoformat(), "end": (ON + timedelta(days=1)).isoformat()}
        for by, title in GROUPS.items():
            column = {"category": "c.category", "source": "c.source", "kind": "c.kind"}.get(by, PLACE)
            given = spans if column == PLACE else {key: spans[key] for key in ("first", "end")}
            beside.told(
                f"{word}统计按{title}",
                partial(table, first, by),
                beside.bare(FIGURES.format(by=column), **given),
                rounds,
            )
    office.close()
    print(f"超过 1.5 倍的：{'、'.join(beside.over) or '没有'}")


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]) if words else Path(tempfile.gettempdir()) / "gridoffice-bench", *map(int, words[1:]))
