"""Sample patrols of the last twelve weeks with the cases they found, in every state, and visits to households."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain import clocks, work
from gridoffice.domain import sample as township
from gridoffice.modules.patrols import sample_logs
from gridoffice.modules.patrols.model import HouseVisit, Patrol

PROBLEMS = (
    ("市政设施", "{place}路灯不亮"),
    ("环境卫生", "{place}河边垃圾堆放"),
    ("消防隐患", "{place}出租房楼道堆放杂物"),
    ("矛盾纠纷", "{place}两户宅基地边界争议"),
    ("安全隐患", "{place}井盖破损"),
    ("民生服务", "{place}居民咨询低保申请"),
)
RESULTS = (
    ("fine", ""),
    ("fine", ""),
    ("fine", "老人身体不错"),
    ("wish", "想修门口的路"),
    ("away", ""),
    ("refused", ""),
)
STATES = (
    work.COLLECTED, work.ACCEPTED, work.DISPATCHED, work.TAKEN, work.TAKEN, work.HANDLED, work.VERIFIED, work.RETURNED,
    work.OUTSIDE,
)  # fmt: skip


def sample(session: Session, town: township.Township) -> None:
    """About 900 patrols, every seventh finds a problem; and visits to households."""
    chance, rows, found = town.chance, [], []
    for grid in town.grids:
        if grid["worker"] is None:
            continue
        for back in range(84):
            if chance.random() > 0.42 or (town.on - timedelta(days=back)).weekday() == 6:
                continue
            has_problem = chance.random() < 0.15
            rows.append(_patrol(town, grid, back, has_problem))
            found.append((len(rows) - 1, grid) if has_problem else None)
    sample_logs.enrich(rows, town.on)
    kept = town.put(Patrol, rows)
    sample_logs.hang(session, town, kept)
    states = itertools.cycle(STATES)  # so that every state can be seen
    cases = [_case(town, kept[hit[0]], hit[1], states) for hit in found if hit]
    township.steps(town, town.put(work.Case, cases))
    town.put(HouseVisit, _visits(town))
    sample_logs.sheets(session, town)


def _visits(town: township.Township) -> list[dict[str, Any]]:
    """Visits of the last fourteen months to most households; some are late, some were never visited."""
    chance = random.Random(20260102)  # of their own, so that they shift nobody else's
    workers = {grid["id"]: grid["worker"] for grid in town.grids}
    homes = {one["household_id"]: one["unit_id"] for one in town.residents if one["household_id"] is not None}
    rows = []
    for home, unit in homes.items():
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            day = town.on - timedelta(days=chance.randint(1, 400))
            result, note = chance.choice(RESULTS)
            rows.append(
                {"household_id": home, "day": day, "staff_id": workers.get(unit), "result": result, "note": note}
            )
    return rows


def _patrol(town: township.Township, grid: dict[str, Any], back: int, has_problem: bool) -> dict[str, Any]:
    hour, minutes = town.chance.randint(8, 17), town.chance.randint(20, 110)
    return {
        "day": town.on - timedelta(days=back),
        "start": time(hour, town.chance.choice((0, 10, 20, 30))),
        "end": time(hour + (30 + minutes) // 60, (30 + minutes) % 60),
        "unit_id": grid["id"],
        "staff_id": grid["worker"],
        "kind": town.chance.choice(("日常巡查", "日常巡查", "入户走访", "夜间巡逻", "重点场所")),
        "households": town.chance.randint(0, 9),
        "problems": int(has_problem),
        "text": f"沿{grid['groups']}巡查，"
        + ("发现问题一处，已登记。" if has_problem else "一切正常，提醒注意用火用电安全。"),
    }


def _case(
    town: township.Township, patrol: dict[str, Any], grid: dict[str, Any], states: Iterator[str]
) -> dict[str, Any]:
    category, text = town.chance.choice(PROBLEMS)
    kind = town.chance.choice(("K1", "K1", "K2", "K2", "K3", "K4"))
    age = (town.on - patrol["day"]).days
    is_open = town.chance.random() < (0.75 if age < 9 else 0.06)
    closed = min(town.on, patrol["day"] + timedelta(days=town.chance.randint(0, 9)))
    ended = work.ARCHIVED if age > 60 else work.CLOSED
    state = next(states) if is_open else ended
    due = clocks.due_on(kind, patrol["day"])
    return town.case(
        title=text.format(place=f"{grid['village_name']}{town.chance.randint(1, 9)}组"),
        category=category,
        kind=kind,
        state=state,
        unit_id=grid["id"],
        place=grid["groups"],
        found_on=patrol["day"],
        due_on=due,
        **clocks.columns(kind, state, datetime.combine(patrol["day"], patrol["end"]), due),
        closed_on=None if is_open else closed,
        source="patrol",
        source_id=patrol["id"],
        finder_id=grid["worker"],
        handler=grid["worker_name"],
        body="供电所" if state == work.OUTSIDE else "",
        measures="" if is_open else "已现场处理并告知当事人",
    )
