"""Sample checks of the last four months with their hazards: open, overdue, cleared, transferred."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain.sample import Township
from gridoffice.forms.answers import all_pass
from gridoffice.forms.load import form
from gridoffice.forms.schema import FAIL
from gridoffice.modules.inspections.checks import checklist_for
from gridoffice.modules.inspections.model import CLEARED, OPEN, TRANSFERRED, Hazard, Inspection

HAZARDS = ("E02", "Q02", "D02", "D03")
"""Items that stand on every checklist."""


def sample(_session: Session, town: Township) -> None:
    """One to four checks a place; a fifth of them finds a hazard."""
    checks, found = [], []
    for place in town.premises:
        for _ in range(town.chance.randint(0, 4)):
            failed = town.chance.choice(HAZARDS) if town.chance.random() < 0.22 else ""
            checks.append(_check(town, place, failed))
            found.append(failed)
    kept = town.put(Inspection, checks)
    town.put(Hazard, [_hazard(town, check, item) for check, item in zip(kept, found, strict=True) if item])


def _check(town: Township, place: dict[str, Any], failed: str) -> dict[str, Any]:
    sheet = checklist_for(place["kind"])
    inspector, second = town.chance.sample([person["name"] for person in town.staff[7:]], 2)
    return {
        "premises_id": place["id"],
        "day": town.day(120),
        "inspector": inspector,
        "second": second,
        "checklist": sheet.key,
        "checklist_version": sheet.version,
        "answers": all_pass(sheet, {failed: FAIL} if failed else {}),
        "result": "不合格" if failed else "合格",
    }


def _hazard(town: Township, check: dict[str, Any], key: str) -> dict[str, Any]:
    item = form(check["checklist"]).item(key)
    due = check["day"] + timedelta(days=7)
    is_old = (town.on - check["day"]).days > 20
    state = town.chance.choice((CLEARED,) * 9 + (OPEN, TRANSFERRED)) if is_old else OPEN
    rechecked = min(town.on, due) if state == CLEARED else None
    return {
        "inspection_id": check["id"],
        "premises_id": check["premises_id"],
        "item": key,
        "text": item.hazard if item else key,
        "grade": "G2",
        "action": "限期整改",
        "found_on": check["day"],
        "found_by": check["inspector"],
        "due_on": due,
        "state": state,
        "rechecked_on": rechecked,
        "rechecked_by": check["second"] if rechecked else "",
    }
