"""Sample enrolments of the two programmes with their last visits: due, overdue, in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain.sample import Township
from gridoffice.modules.followup.model import ACTIVE, LEFT, Enrolment, Visit


def sample(_session: Session, town: Township) -> None:
    """Some 90 persons of 45 and more; each has one to four visits under the shipped forms."""
    elders = [person for person in town.residents if (town.on - person["born"]).days > 45 * 365]
    town.chance.shuffle(elders)
    rows, bases = [], elders[:90]
    for number, person in enumerate(bases):
        rows.append(_enrolment(town, person, "dm2" if number % 4 == 3 else "htn", number))
    kept = town.put(Enrolment, rows)
    town.put(Visit, [visit for row in kept for visit in _history(town, row)])


def _enrolment(town: Township, person: dict[str, Any], programme: str, number: int) -> dict[str, Any]:
    outcome = 1 if town.chance.random() < 0.55 else 2
    last = town.on - timedelta(days=town.chance.randint(2, 96 if outcome == 1 else 22))
    row = {key: person[key] for key in ("name", "pinyin", "initials", "id_number", "phone", "phone_tail", "unit_id")}
    has_left = number % 23 == 11
    return row | {
        "programme": programme,
        "resident_id": person["id"],
        "enrolled_on": last - timedelta(days=town.chance.randint(90, 900)),
        "state": LEFT if has_left else ACTIVE,
        "left_on": last if has_left else None,
        "left_reason": "迁居他处" if has_left else "",
        "last_on": last,
        "last_class": outcome,
        "next_on": last + timedelta(days=90 if outcome == 1 else 14),
    }


def _history(town: Township, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The visits up to the last one, the oldest first; each sets the day of the next."""
    classes = [row["last_class"]]
    for _ in range(town.chance.randint(0, 3)):
        classes.insert(0, 1 if town.chance.random() < 0.5 else 2)
    days = [row["last_on"]]
    for outcome in classes[-2::-1]:
        days.insert(0, days[0] - timedelta(days=90 if outcome == 1 else 14))
    following = [*days[1:], row["next_on"]]
    return [_visit(town, row, *visit) for visit in zip(days, classes, following, strict=True)]


def _visit(town: Township, row: dict[str, Any], day: date, outcome: int, next_on: date) -> dict[str, Any]:
    high = outcome == 2
    answers: dict[str, Any] = {
        "visit_way": town.chance.choice((1, 2, 2, 3)),
        "symptoms": [town.chance.choice((2, 6)) if high else 1],
        "danger": 1,
        "complication": 1,
        "adr": 1,
        "sbp": town.chance.randint(152, 172) if high else town.chance.randint(112, 138),
        "dbp": town.chance.randint(70, 96) if high else town.chance.randint(66, 86),
    }
    if row["programme"] == "dm2":
        answers["fbg"] = round(town.chance.uniform(7.2, 11.5) if high else town.chance.uniform(4.8, 6.8), 1)
    return {
        "enrolment_id": row["id"],
        "day": day,
        "form": f"fu_{row['programme']}",
        "form_version": 1,
        "answers": answers,
        "suggested": outcome,
        "outcome": outcome,
        "action": "adjust" if high else "book",
        "next_on": next_on,
        "doctor": "示例医生",
    }
