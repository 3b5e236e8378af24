"""The sample township is in every state, and goes out again in one step without touching own records."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import sample, settings, setup, work
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import Resident
from gridoffice.domain.staff import Staff
from gridoffice.exchange import plan
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


def test_after_the_sample_the_office_takes_its_own_name(tmp_path: Path) -> None:
    office = store.create(tmp_path / "新.office")
    try:
        setup.prepare(office, name=sample.TOWN_NAME)
        sample.fill(office)
        sample.remove(office)
        assert count(office, GridUnit) == 0
        (tmp_path / "网格.csv").write_text(
            "清水镇网格划分一览表,,\n村（社区）,网格名称,网格编码\n石桥村,石桥村第1网格,99010210120001\n", "utf-8"
        )
        plan.run(office, [tmp_path / "网格.csv"])
        with office.read() as session:
            assert settings.get(session, "name") == "清水镇"
            assert session.scalars(select(GridUnit.name).where(GridUnit.level == 1)).all() == ["清水镇"]
        assert office.undo() == "导入：网格"
        assert office.undo() == "清除示例乡镇"
        with office.read() as session:
            assert settings.get(session, "name") == sample.TOWN_NAME
    finally:
        office.close()
