"""Sample enrolments of the two programmes with their last visits: due, overdue, in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain.sample import Township
from gridoffice.modules.followup.model import ACTIVE, LEFT, Enrolment, Visit


def sample(_session: Session, town: Township) -> None:
    """Some 90 persons of 45 and more; each has one or two visits under the shipped forms."""
    elders = [person for person in town.residents if (town.on - person["born"]).days > 45 * 365]
    town.chance.shuffle(elders)
    rows, bases = [], elders[:90]
    for number, person in enumerate(bases):
        rows.append(_enrolment(town, person, "dm2" if number % 4 == 3 else "htn", number))
    kept = town.put(Enrolment, rows)
    town.put(Visit, [_visit(town, row) for row in kept])


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


def _visit(town: Township, row: dict[str, Any]) -> dict[str, Any]:
    high = row["last_class"] == 2
    answers: dict[str, Any] = {
        "visit_way": town.chance.choice((1, 2, 2, 3)),
        "sbp": town.chance.randint(152, 172) if high else town.chance.randint(112, 138),
        "dbp": town.chance.randint(70, 96) if high else town.chance.randint(66, 86),
    }
    if row["programme"] == "dm2":
        answers["fbg"] = round(town.chance.uniform(7.2, 11.5) if high else town.chance.uniform(4.8, 6.8), 1)
    return {
        "enrolment_id": row["id"],
        "day": row["last_on"],
        "form": f"fu_{row['programme']}",
        "form_version": 1,
        "answers": answers,
        "suggested": row["last_class"],
        "outcome": row["last_class"],
        "action": "adjust" if high else "book",
        "next_on": row["next_on"],
        "doctor": "示例医生",
    }
