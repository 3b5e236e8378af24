"""Leaving, merging, 分户 and 并户 on PostgreSQL: undo and redo restore every row there too."""

from __future__ import annotations

from gridoffice.db import store
from gridoffice.domain import setup
from gridoffice.domain.listing import Query
from gridoffice.domain.people import MOVED
from gridoffice.modules.residents import households, leaving, merging, organisations
from gridoffice.modules.residents.households import HEAD, Split
from gridoffice.modules.residents.lists_assistants import ASSISTANTS
from gridoffice.modules.residents.lists_organisations import ORGANISATIONS
from tests.db.test_schema import server
from tests.make import Make
from tests.modules.residents.ground import DAY, enrolment, helped, rows, visit

__all__ = ["server"]


def test_postgresql_does_and_takes_back_the_same(server: str) -> None:
    office = store.open_office(server)
    try:
        setup.prepare(office, name="云溪镇")
        office.on = DAY
        make = Make(office)
        grid = make.grid()
        make.assign(make.staff(), grid)
        house, other = make.household(grid, number="00912"), make.household(grid, number="00950")
        first = make.resident("李秀兰", house, relation=HEAD)
        twin = make.resident("李秀兰", other, relation=HEAD, phone="")
        son = make.resident("王小河", house, relation="子")
        for person in (first, twin):
            visit(make, enrolment(make, person), DAY)
            helped(make, person)
        organisations.create(office, {"name": "石桥供电所", "unit_id": grid.id})
        before = rows(office)
        leaving.leave(office, [first.id], leaving.Leaving(MOVED, DAY, relations={first.id: "母亲", son.id: HEAD}))
        sides = dict.fromkeys(("state", "household_id", "unit_id", "relation"), "left")
        kept = merging.merge(office, first.id, twin.id, sides)
        made = households.split(office, house.id, Split({son.id: HEAD}, address="新村5号"))
        households.join(office, made, house.id, {kept: "母亲"})
        after = rows(office)
        told = [office.undo() for _ in range(4)]
        assert rows(office) == before, told
        for _ in range(4):
            office.redo()
        assert rows(office) == after
        assert ORGANISATIONS.ids(office, Query(DAY, text="gds 供电")) == []
        assert len(ORGANISATIONS.ids(office, Query(DAY, text="sqgds"))) == 1
        assert ASSISTANTS.rows(office, ASSISTANTS.ids(office, Query(DAY)), DAY).popitem()[1][1] == grid.name
        assert households.find(office, "912 lxl") == households.find(office, "新村 xyz") == []
    finally:
        office.close()
