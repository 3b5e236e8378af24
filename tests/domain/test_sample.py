"""The sample township is in every state, and goes out again in one step without touching own records."""

from __future__ import annotations

from sqlalchemy import func, select

from gridoffice.db.office import Office
from gridoffice.domain import sample, work
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import Resident
from gridoffice.domain.staff import Staff
from tests.make import Make


def count(office: Office, record: type) -> int:
    with office.read() as session:
        return session.scalar(select(func.count()).select_from(record)) or 0


def test_it_fills_and_goes_again_in_one_step_even_when_edited(office: Office, make: Make) -> None:
    own = make.resident("欧阳清")
    sample.fill(office)
    assert count(office, GridUnit) == 33
    assert count(office, Resident) > 2000
    with office.read() as session:
        states = set(session.scalars(select(work.Case.state)))
        person = session.scalars(select(Staff).where(Staff.photo_id.is_not(None))).first()
    assert states == set(work.STATES)
    assert person is not None
    with office.unit("改了示例") as session:
        session.get_one(Staff, person.id).phone = "13800009999"
    assert sample.is_present(office)
    assert sample.remove(office) > 4000
    assert not sample.is_present(office)
    assert (count(office, Staff), count(office, GridUnit)) == (0, 1)
    with office.read() as session:
        assert session.scalars(select(Resident.id)).all() == [own.id]
    assert office.undo() == "清除示例乡镇"
    assert count(office, Resident) > 2000
