"""What the tests of the ledger stand on: every row of an office as it is, and a person with plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.db.unit import UNLOGGED, tables_by_name
from gridoffice.domain.help import HelpEntry
from gridoffice.domain.people import Resident
from gridoffice.modules.followup.model import Enrolment, Visit
from tests.make import Make

DAY = date(2026, 11, 20)


def rows(office: Office) -> dict[tuple[str, int], dict[str, Any]]:
    """Every row of every record by table and id, without its version."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    with office.read() as session:
        for name, table in tables_by_name().items():
            if name in UNLOGGED or "id" not in table.c:
                continue
            for row in session.execute(select(table)).mappings():
                found[(name, row["id"])] = {key: value for key, value in row.items() if key != "version"}
    return found


def changed(before: dict[tuple[str, int], Any], after: dict[tuple[str, int], Any]) -> set[str]:
    """Names of the tables in which something differs."""
    return {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def enrolment(make: Make, person: Resident, programme: str = "hypertension", **values: Any) -> Enrolment:
    """A health appointment of a resident, due on DAY."""
    basic = {"programme": programme, "resident_id": person.id, "name": person.name, "id_number": person.id_number}
    return make.add(Enrolment(**{**basic, "unit_id": person.unit_id, "next_on": DAY, **values}))


def visit(make: Make, enrolled: Enrolment, day: date) -> Visit:
    """A visit of an enrolment."""
    return make.add(Visit(enrolment_id=enrolled.id, day=day, form="fu_htn", answers={"sbp": 130}))


def helped(make: Make, person: Resident, **values: Any) -> HelpEntry:
    """A help entry with consent, visited next on DAY."""
    basic = {"kind": "独居老人", "consent_by": person.name, "consent_on": date(2026, 3, 1), "until": date(2027, 2, 28)}
    return make.add(HelpEntry(resident_id=person.id, **{**basic, "next_on": DAY, **values}))
