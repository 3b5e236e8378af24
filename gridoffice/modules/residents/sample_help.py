"""Sample entries of the help list: visits due, late and in time, a consent that ends soon, ended and withdrawn ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain.help import ACTIVE, WITHDRAWN, HelpEntry
from gridoffice.domain.help_kinds import HelpKind, for_tags, shipped
from gridoffice.domain.sample import Township
from gridoffice.modules.residents.model import HelpVisit

NEEDS = ("买菜、送药上门", "电灯、水管坏了没人修", "想有人常来说说话", "陪同看病、拿药", "申请补贴不会填表", "想找零工")
NOTES = ("一切正常", "灯坏了，已报修", "送了米和油", "想办老年卡，已代办", "家里没人，邻居说走亲戚去了")


def sample(_session: Session, town: Township) -> None:
    """Some 24 entries of residents whose 人员类别 suggest a kind, and their visits."""
    people = [person for person in town.residents if for_tags(str(person.get("tags") or ""))]
    workers = {grid["id"]: grid["worker"] for grid in town.grids}
    rows = []
    for number, person in enumerate(people[:24]):
        kind = for_tags(str(person["tags"])) or shipped()[0]
        rows.append(_entry(town, person, kind, workers.get(person["unit_id"]), number))
    kept = town.put(HelpEntry, rows)
    town.put(HelpVisit, [visit for row in kept for visit in _visits(town, row)])


def _entry(town: Township, person: dict[str, Any], kind: HelpKind, worker: int | None, number: int) -> dict[str, Any]:
    consent = town.on - timedelta(days=town.chance.randint(70, 300))
    last = town.on - timedelta(days=town.chance.randint(1, 42))
    until = consent + timedelta(days=365)
    state, ended = ACTIVE, None
    if number % 9 == 4:
        until = town.on + timedelta(days=12)
    elif number % 9 == 7:
        until = town.on - timedelta(days=3)
    elif number % 12 == 11:
        state, ended = WITHDRAWN, town.on - timedelta(days=1)
    return {
        "resident_id": person["id"],
        "kind": kind.title,
        "need": NEEDS[number % len(NEEDS)],
        "contact_id": worker,
        "consent_by": "本人",
        "consent_on": consent,
        "purpose": kind.purpose,
        "scope": kind.scope,
        "until": until,
        "interval_days": kind.interval,
        "last_on": last,
        "next_on": last + timedelta(days=kind.interval) if state == ACTIVE else None,
        "state": state,
        "ended_on": ended,
        "end_reason": "本人撤回，当面说" if ended else "",
        "note": "",
    }


def _visits(town: Township, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The last visits, the oldest first."""
    found = []
    for back in range(town.chance.randint(1, 4), 0, -1):
        day: date = row["last_on"] - timedelta(days=row["interval_days"] * (back - 1))
        if day >= row["consent_on"]:
            note = town.chance.choice(NOTES)
            result = "联系不上" if note.startswith("家里没人") else "见到本人"
            found.append({"entry_id": row["id"], "day": day, "result": result, "by": "示例网格员", "note": note})
    return found
