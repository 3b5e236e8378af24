"""A grid with everything that can stand in one, for the tests of splitting and merging; and the office row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.db.unit import UNLOGGED, tables_by_name
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.help import HelpEntry
from gridoffice.domain.networks import ASSISTANT, STAND_IN, WORKER
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import CLOSED, Case
from gridoffice.modules.followup.model import Enrolment
from gridoffice.modules.inspections.model import Hazard, Inspection
from gridoffice.modules.patrols.model import Patrol
from tests.make import Make

DAY = date(2026, 11, 20)
EVE = date(2026, 11, 19)
LAST_MONTH = date(2026, 10, 14)


@dataclass
class Township:
    """石桥村 with two grids; the first holds four households in two lanes and one of everything else."""

    village: GridUnit
    grid: GridUnit
    other: GridUnit
    houses: list[Household]
    people: list[Resident]
    worker: Staff
    stand_in: Staff
    helper: Staff
    case: Case
    closed: Case
    shop: Any


def township(make: Make) -> Township:
    """The township of the tests."""
    village = make.village("石桥村", code="990102101200")
    grid = make.grid(village, "石桥村第1网格", code="99010210120001", sort=1, households=4, persons=4, groups="1-2组")
    other = make.grid(village, "石桥村第2网格", code="99010210120002", sort=2, households=30, persons=80)
    houses = [make.household(grid, address=f"石桥村{n // 2 + 1}组{n + 1}号") for n in range(4)]
    people = [make.resident(name, house) for name, house in zip(("李一", "李二", "张三", "张四"), houses, strict=True)]
    worker, stand_in, helper = make.staff("唐琪", unit_id=grid.id), make.staff("何敏"), make.staff("周健")
    make.assign(worker, grid, WORKER, start=date(2024, 1, 1))
    make.assign(stand_in, grid, STAND_IN)
    make.assign(helper, grid, ASSISTANT)
    make.assign(make.staff("王平"), other, WORKER)
    shop = make.premises("石桥便民超市", grid)
    check = make.add(Inspection(premises_id=shop.id, day=LAST_MONTH))
    make.add(Hazard(inspection_id=check.id, premises_id=shop.id, text="灭火器过期", found_on=LAST_MONTH))
    make.add(Organisation(number="DW1", name="石桥小学", unit_id=grid.id))
    make.add(Enrolment(programme="htn", name="张四", resident_id=people[3].id, unit_id=grid.id, next_on=EVE))
    make.add(HelpEntry(resident_id=people[3].id, kind="独居老人", consent_on=LAST_MONTH, until=DAY, next_on=EVE))
    make.add(Patrol(day=LAST_MONTH, unit_id=grid.id, staff_id=worker.id))
    case = make.case("2组路灯不亮", unit_id=grid.id, found_on=LAST_MONTH, place="2组路口")
    closed = make.case("1组井盖", unit_id=grid.id, found_on=LAST_MONTH, state=CLOSED, closed_on=LAST_MONTH)
    return Township(village, grid, other, houses, people, worker, stand_in, helper, case, closed, shop)


def everything(office: Office) -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of every logged table by table and id, without its version."""
    found = {}
    with office.read() as session:
        for name, table in tables_by_name().items():
            if name in UNLOGGED:
                continue
            rows = session.connection().execute(select(table)).mappings()
            found[name] = {row["id"]: {key: value for key, value in row.items() if key != "version"} for row in rows}
    return found


def units_of(office: Office, record: Any) -> list[int | None]:
    """The units of all records of a kind, by id."""
    with office.read() as session:
        return list(session.scalars(select(record.unit_id).order_by(record.id)))
