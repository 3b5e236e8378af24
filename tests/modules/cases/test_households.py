"""A household a case is about: deleted, joined, split; the case still knows it, no print names its people."""

from __future__ import annotations

from gridoffice.db.office import Office
from gridoffice.domain.people import Household, Resident
from gridoffice.modules.cases import dealing, paper
from gridoffice.modules.cases.details import details
from gridoffice.modules.residents import households, service
from gridoffice.modules.residents.households import Split
from tests.make import Make


def linked(office: Office, case: int) -> list[str]:
    found = details(office, case)
    assert found is not None
    return [one.text for one in found.households]


def family(office: Office, make: Make, case: int, name: str = "赵大娘", address: str = "3组8号") -> Household:
    """A linked household of one."""
    house = make.household(address=address)
    make.resident(name, house, relation="户主")
    dealing.link(office, case, house.id)
    return house


def test_a_household_that_a_case_tells_of_stays_when_its_last_record_is_deleted(
    office: Office, case: int, make: Make
) -> None:
    house = family(office, make, case)
    with office.read() as session:
        person = session.query(Resident.id).filter(Resident.household_id == house.id).scalar()
    service.delete(office, person)
    assert linked(office, case) == [f"户 {house.number} · 3组8号"]
    office.undo()
    assert linked(office, case) == [f"户 {house.number} · 3组8号 · 赵大娘"]
    dealing.unlink(office, case, house.id)
    service.delete(office, person)
    with office.read() as session:
        assert session.get(Household, house.id) is None, "nobody tells of it any more"


def test_joined_households_are_linked_once(office: Office, case: int, make: Make) -> None:
    kept, lost = family(office, make, case), family(office, make, case, "孙师傅", "3组9号")
    with office.read() as session:
        other = session.query(Resident.id).filter(Resident.household_id == lost.id).scalar()
    households.join(office, kept.id, lost.id, {other: "弟"})
    assert linked(office, case) == [f"户 {kept.number} · 3组8号 · 赵大娘"]
    dealing.unlink(office, case, kept.id)
    assert linked(office, case) == []
    office.undo()
    office.undo()
    assert sorted(linked(office, case)) == sorted(
        [f"户 {kept.number} · 3组8号 · 赵大娘", f"户 {lost.number} · 3组9号 · 孙师傅"]
    )


def test_who_moves_out_by_a_split_stays_unnamed(office: Office, case: int, make: Make) -> None:
    house = family(office, make, case)
    son = make.resident("赵小明", house, relation="子")
    dealing.report_again(office, case, "", "赵小明来电，说还堆着")
    assert "赵小明" not in str(paper.view(office, case))
    households.split(office, house.id, Split({son.id: "户主"}, address="3组10号", unit_id=house.unit_id))
    assert len(linked(office, case)) == 2
    assert "赵小明" not in str(paper.view(office, case))
    office.undo()
    assert len(linked(office, case)) == 1


def test_a_deleted_case_lets_its_households_go_and_comes_back_with_them(office: Office, case: int, make: Make) -> None:
    from gridoffice.modules.cases import service as cases

    family(office, make, case)
    cases.remove(office, [case])
    office.undo()
    assert len(linked(office, case)) == 1
