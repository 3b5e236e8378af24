"""A week of the office as one story over all rooms: split, merge, leave, hand-over, a past day; then all undone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import duty, networks, sample
from gridoffice.domain.grids import GRID, GridUnit
from gridoffice.domain.people import Household
from gridoffice.modules.grids import redraw
from gridoffice.modules.grids.redraw import Part, Redrawing
from gridoffice.modules.grids.term_answers import who_was
from gridoffice.modules.personnel import leaves, leaving
from tests.modules.grids.redrawing import everything


def test_a_week_of_the_office_and_back(office: Office) -> None:
    sample.fill(office)
    before, on = everything(office), office.today()
    with office.read() as session:
        grids = session.scalars(select(GridUnit).where(GridUnit.level == GRID).order_by(GridUnit.code)).all()
        first, second, third = grids[0], grids[1], grids[2]
        houses = session.scalars(select(Household.id).where(Household.unit_id == first.id)).all()
        worker = next(
            one
            for one in networks.holders(session, on, unit_ids=[third.id], network=networks.GENERAL)
            if one.role == networks.WORKER
        )
    was = who_was(office, first.id, on - timedelta(days=1))
    number = session.scalar(select(AuditUnit.id).order_by(AuditUnit.id.desc())) or 0

    parts = (Part(first.name, first.code or "", unit_id=first.id), Part("河东网格", f"{first.code}9"[:30]))
    old, new = redraw.carry_out(
        office, Redrawing((first.id,), parts, {"households": {house: 1 for house in houses[::2]}})
    )
    merged = redraw.carry_out(office, Redrawing((old, second.id), (Part("合并网格", "", holders_of=second.id),)))
    days = {"start": on, "end": on + timedelta(days=3)}
    leaves.enter(office, {"staff_id": worker.staff_id, "kind": "年休假", "stand_in_id": None, **days})
    with office.read() as session:
        acting = duty.on_duty(session, on)[third.id]
        assert acting.instead_of == worker.name and acting.staff_id != worker.staff_id
        assert duty.on_duty(session, on + timedelta(days=4))[third.id].staff_id == worker.staff_id
    leaver = acting.staff_id
    assert leaver is not None
    leaving.leave(office, leaving.proposal(office, leaver))

    assert who_was(office, first.id, on - timedelta(days=1)) == was, "the past stays as it was"
    with office.read() as session:
        assert {new, *merged} <= set(session.scalars(select(GridUnit.id).where(GridUnit.end.is_(None))))
        told = list(session.scalars(select(AuditUnit.name).where(AuditUnit.id > number).order_by(AuditUnit.id)))
    assert told[0] == f"拆分 {first.name} 为 2 个网格"
    assert told[1].startswith("合并 ") and told[2].startswith(f"登记请假：{worker.name}") and "离岗" in told[3]

    for name in reversed(told):
        assert office.undo() == name
    after = everything(office)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
