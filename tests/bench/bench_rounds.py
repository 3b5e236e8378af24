"""2,000 households with five years of visits beside 500,000 logs: the list, its rows, the numbers, the week's plan.

python tests/bench/bench_rounds.py [folder for the made office] [rounds]

Wanted: each within 1.5 times the bare SQL of the same answer and one paint of the window. Processor time, turn about in
one run, the median of the rounds' ratios; the bare SQL goes through the driver alone.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HOME = """
WITH every(h, s, n) AS (SELECT coalesce((SELECT value FROM office_setting WHERE "key" = 'visit_days_help'), '30'),
  coalesce((SELECT value FROM office_setting WHERE "key" = 'visit_days_special'), '90'),
  coalesce((SELECT value FROM office_setting WHERE "key" = 'visit_days_every'), '365')),
helped AS MATERIALIZED (SELECT r.household_id AS id, max(CASE WHEN e.last_on <= :on THEN e.last_on END) AS day,
  max(CASE WHEN e.state = 'active' AND e.until >= :on AND r.state NOT IN ('moved', 'dead') THEN 1 END) AS listed,
  min(CASE WHEN e.state = 'active' AND e.until >= :on AND r.state NOT IN ('moved', 'dead') THEN e.next_on END)
  AS next_on FROM help_entry e JOIN resident r ON r.id = e.resident_id GROUP BY r.household_id),
home AS MATERIALIZED (SELECT h.id, h.number, h.address, h.unit_id, CASE WHEN count(r.id) = 0 THEN 1 ELSE
  sum(r.state NOT IN ('moved', 'dead')) END AS living, max(r.state NOT IN ('moved', 'dead') AND r.tags <> '' AND
  {tagged}) AS tagged, (SELECT max(v.day) FROM house_visit v WHERE v.household_id = h.id AND v.day <= :on AND v.result
  NOT IN ('away', 'moved')) AS met FROM household h LEFT JOIN resident r ON r.household_id = h.id GROUP BY h.id),
seen AS MATERIALIZED (SELECT home.*, helped.listed, helped.next_on, CASE WHEN helped.day IS NULL OR met > helped.day
  THEN met ELSE helped.day END AS last FROM home LEFT JOIN helped ON helped.id = home.id WHERE living > 0),
rule AS MATERIALIZED (SELECT seen.*, date(last, '+' || CASE WHEN listed THEN h WHEN tagged THEN s ELSE n END || ' days')
  AS by_day FROM seen, every),
visit AS MATERIALIZED (SELECT rule.*, CASE WHEN next_on IS NOT NULL AND (last IS NULL OR next_on < by_day) THEN next_on
  ELSE by_day END AS next FROM rule)
"""
"""When each household is due, by hand."""
PAGE = HOME + (
    "SELECT visit.id, number, (SELECT min(name) FROM resident r WHERE r.household_id = visit.id AND relation = '户主'"
    " AND r.state NOT IN ('moved', 'dead')), address, g.name, (SELECT p.name FROM assignment a JOIN network_role o ON"
    " o.id = a.role_id JOIN staff p ON p.id = a.staff_id WHERE a.unit_id = visit.unit_id AND o.\"key\" = 'worker'),"
    " last, next FROM visit LEFT JOIN grid_unit g ON g.id = visit.unit_id WHERE next IS NULL OR next <= :on ORDER BY"
    " next IS NOT NULL, next, visit.id LIMIT 50"
)
COUNTS = HOME + "SELECT sum(next IS NULL OR next <= :on), sum(next < :on), sum(last IS NULL) FROM visit"
UNMET = HOME + (
    "SELECT id, unit_id, last, address FROM visit WHERE (last IS NULL OR last < :since) AND unit_id IS NOT NULL"
    " ORDER BY last IS NOT NULL, last, id"
)


def main(folder: Path, rounds: int = 9) -> None:
    """Make the office where it is not there yet, and print each measure beside the bare query."""
    sys.path.insert(0, str(ROOT))
    from tests.bench.beside import Beside, at_home, connected, painted, turn_about
    from tests.bench.five_years import ON, office_in

    at_home(folder)
    path = office_in(folder)
    from gridoffice.db import store
    from gridoffice.domain import help_kinds
    from gridoffice.domain.listing import Query
    from gridoffice.modules.patrols import never, visit_list
    from gridoffice.modules.patrols.visit_list import VISITS

    office = store.open_office(path)
    office.on = ON
    words = sorted({tag for kind in help_kinds.shipped() for tag in kind.tags})
    tagged = "(" + " OR ".join(f"'、' || r.tags || '、' LIKE '%、{word}、%'" for word in words) + ")"
    beside = Beside(connected(path, office.key), painted(office, "patrols"))
    given = {"on": ON.isoformat()}

    def whole(sql: str) -> str:
        return sql.replace("{tagged}", tagged)

    def page() -> list[tuple[str, ...]]:
        with office.read() as session:
            ids = VISITS.slice_in(session, Query(on=ON, view="due"), 0, 50)
            rows = VISITS.rows_in(session, ids, ON)
        return [rows[number] for number in ids]

    bare = beside.bare(whole(PAGE), **given)
    assert [(row[1], row[6] or "") for row in bare()] == [(row[0], row[5]) for row in page()]
    beside.told("应访户第一页", page, bare, rounds)
    numbers = beside.bare(whole(COUNTS), **given)
    assert list(numbers()[0]) == [count.number for count in visit_list.counts(office, ON)]
    beside.told("今日的走访数字", partial(visit_list.counts, office, ON), numbers, rounds)

    def unmet() -> int:
        with office.read() as session:
            return len([one for one in never.unmet_doors(session, ON, 30) if one.kind == never.HOUSE])

    since = {**given, "since": "2026-10-21"}
    assert unmet() == len(beside.bare(whole(UNMET), **since)())
    beside.told("30 天没有见面的户", unmet, beside.bare(whole(UNMET), **since), rounds)
    [times] = turn_about(partial(never.plan, office, 30), rounds=rounds)
    print(f"本周走访计划，连每人手上的活：{min(times):.0f} 毫秒")
    office.close()
    print(f"超过 1.5 倍的：{'、'.join(beside.over) or '没有'}")


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]) if words else Path(tempfile.gettempdir()) / "gridoffice-bench", *map(int, words[1:]))
