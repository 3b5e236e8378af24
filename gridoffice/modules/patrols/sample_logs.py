"""What hangs on the sample patrols: second walks, lines, answers, supplements, households met, two route sheets."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain import sample as township
from gridoffice.forms import kept as texts
from gridoffice.forms import logs
from gridoffice.modules.patrols import locks, rounds
from gridoffice.modules.patrols.model import HouseVisit, LogEntry, RouteRow, RouteSheet, Supplement
from gridoffice.modules.patrols.rounds import Round

OWN = 20260103
"""Where chance begins here, so that it shifts nobody else's."""
LINES = (
    ("巡查", "桥头至村口", "路面有积水", "联系村里疏通边沟", "已疏通"),
    ("走访", "独居老人", "想办高龄补贴", "讲了要带的材料", "下周代办"),
    ("服务", "村民", "不会用手机缴费", "当场教会", "已缴好"),
    ("宣传", "小超市", "", "发防诈骗宣传单 10 份", "已张贴"),
    ("检查", "电动车充电棚", "有人飞线充电", "当场拔除并劝导", "已改到棚里充"),
    ("调解", "两家邻居", "晒谷场占道", "约好各让一半", "双方同意"),
)
DAILY = "日常巡查"
SUPPLEMENTS = ("当天还查看了 2 组的排水沟。", "住户来电补充：路灯已由供电所修好。", "照片后来补拍，已放入事项。")
DOORS = 14
TYPED = (
    "fine",
    "fine",
    "away",
    "fine",
    "wish",
    "fine",
    "fine",
    "refused",
    "fine",
    "moved",
    "fine",
    "fine",
    "fine",
    "fine",
)


def enrich(rows: list[dict[str, Any]], on: date) -> None:
    """Second walks, company, weather, route and answers for some of the patrols."""
    chance = random.Random(OWN)
    daily = logs.kind_of(DAILY)
    for row in rows:
        row["weather"] = chance.choice(("晴", "晴", "多云", "阴", "小雨"))
        row["route"] = "村口—桥头—文化广场" if chance.random() < 0.5 else ""
        if chance.random() < 0.15 and row["end"] < time(14):
            hour = max(14, row["end"].hour + 1)
            row["start2"], row["end2"] = time(hour, 30), time(hour + 1, 20)
        if chance.random() < 0.1:
            row["companions"] = "村网格长"
        if row["kind"] == DAILY and daily is not None and daily.form is not None:
            found = row["problems"]
            row["form"], row["form_version"] = daily.form.key, daily.form.version
            row["answers"] = {"fire": 0, "environment": found, "total": found, "reported": found}


def hang(session: Session, town: township.Township, kept: list[dict[str, Any]]) -> None:
    """Lines, supplements and households of the kept patrols."""
    chance = random.Random(OWN + 1)
    form = logs.form_of("daily")
    if form is not None:
        texts.keep(session, form)
    lines, added, visits = [], [], []
    homes: dict[int, list[int]] = {}
    for one in town.residents:
        if one["household_id"] is not None:
            homes.setdefault(one["unit_id"], []).append(one["household_id"])
    for row in kept:
        if chance.random() < 0.2:
            lines += [_line(chance, row, step) for step in range(chance.randint(1, 4))]
        if (town.on - row["day"]).days > locks.DEFAULT + 1 and chance.random() < 0.05:
            added.append(_supplement(chance, row))
        own = homes.get(row["unit_id"], [])
        if row["kind"] == "入户走访" and own:
            for home in sorted(set(chance.sample(own, min(len(own), max(1, row["households"]))))):
                visits.append(
                    {"household_id": home, "day": row["day"], "staff_id": row["staff_id"], "patrol_id": row["id"]}
                )
    town.put(LogEntry, lines)
    town.put(Supplement, added)
    town.put(HouseVisit, visits)


def _line(chance: random.Random, row: dict[str, Any], step: int) -> dict[str, Any]:
    kind, whom, text, measures, result = chance.choice(LINES)
    start = datetime.combine(row["day"], row["start"]) + timedelta(minutes=5 * step)
    follow = row["day"] + timedelta(days=7) if chance.random() < 0.3 else None
    told = {"kind": kind, "whom": whom, "text": text, "measures": measures, "result": result, "follow_on": follow}
    return {"patrol_id": row["id"], "at": start.time(), **told}


def _supplement(chance: random.Random, row: dict[str, Any]) -> dict[str, Any]:
    at = datetime.combine(row["day"] + timedelta(days=locks.DEFAULT + 2), time(9, 20))
    is_late = chance.random() < 0.5
    text = f"{locks.LATE}，{at.year}年{at.month}月{at.day}日登记" if is_late else chance.choice(SUPPLEMENTS)
    return {"patrol_id": row["id"], "at": at, "who": "内勤", "text": text}


def sheets(session: Session, town: township.Township) -> None:
    """A sheet that was typed in last week, one half typed, and one that is out."""
    chance = random.Random(OWN + 2)
    manned = [grid for grid in town.grids if grid["worker"] is not None][:3]
    for place, (grid, back) in enumerate(zip(manned, (6, 1, 0), strict=False), 1):
        homes = sorted({one["household_id"] for one in town.residents if one["unit_id"] == grid["id"]} - {None})
        if not homes:
            continue
        day = town.on - timedelta(days=back)
        chosen = tuple(chance.sample(homes, min(DOORS, len(homes))))
        made = rounds.rows_for(session, Round(grid["worker"], day, chosen))
        sheet = {
            "number": f"LX{town.on.year}-{place:03d}",
            "made_on": day,
            "for_day": day,
            "staff_id": grid["worker"],
            "unit_id": grid["id"],
            "title": f"{grid['worker_name']} {day.month}月{day.day}日 {len(made)} 户",
            "typed_on": day if back == 6 else None,
        }
        [kept] = town.put(RouteSheet, [sheet])
        filled = {6: len(made), 1: len(made) // 2}.get(back, 0)
        _rows(town, kept, made, filled)


def _rows(town: township.Township, sheet: dict[str, Any], made: list[RouteRow], filled: int) -> None:
    rows: list[dict[str, Any]] = []
    for place, row in enumerate(made):
        result = TYPED[place % len(TYPED)] if place < filled else ""
        told = {"place": place + 1, "title": row.title, "due": row.due, "household_id": row.household_id}
        rows.append(
            {"sheet_id": sheet["id"], **told, "result": result, "note": "想修门口的路" if result == "wish" else ""}
        )
    if sheet["typed_on"] is not None:
        visits = [
            {
                "household_id": one["household_id"], "day": sheet["typed_on"], "staff_id": sheet["staff_id"],
                "result": one["result"], "note": one["note"],
            }
            for one in rows
        ]  # fmt: skip
        for told, visit in zip(rows, town.put(HouseVisit, visits), strict=True):
            told["visit_id"] = visit["id"]
    town.put(RouteRow, rows)
