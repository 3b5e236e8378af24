"""Splitting and merging grids: what goes where, who is responsible, what is refused; undo restores every row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GridUnit, Relocation
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.cases.meeting import slides as case_slides
from gridoffice.modules.followup.model import Enrolment
from gridoffice.modules.grids import redraw, service
from gridoffice.modules.grids.redraw import Part, Redrawing
from gridoffice.modules.patrols.coverage import slides as patrol_slides
from gridoffice.modules.patrols.model import Patrol
from tests.make import Make
from tests.modules.grids.redrawing import DAY, EVE, LAST_MONTH, Township, everything, township, units_of


@pytest.fixture
def town(office: Office, make: Make) -> Township:
    office.on = DAY
    return township(make)


def split(town: Township, **values: Any) -> Redrawing:
    """第1网格 goes on with lane 1; lane 2 becomes 第3网格."""
    parts = (
        Part("石桥村第1网格", "99010210120001", unit_id=town.grid.id),
        Part("石桥村第3网格", "99010210120003", holders_of=town.grid.id),
    )
    where = {"households": {town.houses[2].id: 1, town.houses[3].id: 1}, "cases": {town.case.id: 1}}
    return Redrawing(**{"olds": (town.grid.id,), "parts": parts, "where": where, **values})


def merge(town: Township, **values: Any) -> Redrawing:
    """Both grids become a new one that takes the code of the first."""
    part = Part("石桥村东网格", "99010210120001", holders_of=town.other.id)
    return Redrawing(**{"olds": (town.grid.id, town.other.id), "parts": (part,), **values})


def held(office: Office, unit_id: int, day: date) -> list[tuple[str, str]]:
    with office.read() as session:
        found = networks.holders(session, day, unit_ids=[unit_id])
        return sorted((one.role, one.name) for one in found)


def test_a_split_takes_along_what_belongs_to_each_part(office: Office, town: Township) -> None:
    first, second = redraw.carry_out(office, split(town))
    assert first == town.grid.id
    assert office.undo_text() == "拆分 石桥村第1网格 为 2 个网格"
    assert units_of(office, Household) == [first, first, second, second]
    assert units_of(office, Resident) == [first, first, second, second], "residents go with their household"
    assert units_of(office, Enrolment) == [second], "an enrolment goes with its resident"
    assert units_of(office, Premises) == [first]
    assert units_of(office, Organisation) == [first]
    assert units_of(office, Case) == [second, first], "the closed case stays with the grid of its time"
    assert units_of(office, Patrol) == [first]
    made = service.get(office, second)
    assert (made.name, made.code, made.start, made.parent_id) == (
        "石桥村第3网格", "99010210120003", DAY, town.village.id,
    )  # fmt: skip
    assert (made.households, service.get(office, first).households) == (2, 2)
    assert (made.persons, service.get(office, first).persons) == (2, 2)


def test_the_responsible_persons_go_on_where_it_is_wanted(office: Office, town: Township) -> None:
    first, second = redraw.carry_out(office, split(town))
    team = [("assistant", "周健"), ("stand_in", "何敏"), ("worker", "唐琪")]
    assert held(office, first, DAY) == held(office, second, DAY) == team
    assert held(office, second, EVE) == []
    office.undo()
    nobody = replace(split(town), parts=(split(town).parts[0], replace(split(town).parts[1], holders_of=None)))
    first, second = redraw.carry_out(office, nobody)
    assert (held(office, first, DAY), held(office, second, DAY)) == (team, [])


def test_a_split_into_new_grids_ends_the_old_one_and_frees_its_code(office: Office, town: Township) -> None:
    parts = tuple(
        Part(f"石桥村{word}网格", code, holders_of=town.grid.id)
        for word, code in (("南", "99010210120001"), ("北", "99010210120003"))
    )
    south, north = redraw.carry_out(office, split(town, parts=parts))
    old = service.get(office, town.grid.id)
    assert (old.end, old.code) == (EVE, None)
    assert service.get(office, south).code == "99010210120001"
    assert units_of(office, Household) == [south, south, north, north]
    assert held(office, old.id, DAY) == []
    assert held(office, old.id, EVE) == [("assistant", "周健"), ("stand_in", "何敏"), ("worker", "唐琪")]
    card = service.card(office, old.id)
    assert card is not None
    assert [name for _id, name in card.heirs] == ["石桥村南网格", "石桥村北网格"]
    assert "分为 石桥村南网格、石桥村北网格" in card.history[0][1]


def test_a_merge_makes_one_grid_of_two(office: Office, town: Township) -> None:
    (made,) = redraw.carry_out(office, merge(town))
    unit = service.get(office, made)
    assert (unit.households, unit.persons, unit.code) == (34, 84, "99010210120001")
    assert units_of(office, Household) == [made] * 4
    assert held(office, made, DAY) == [("assistant", "周健"), ("worker", "王平")], "the larger one's A, all assistants"
    assert [service.get(office, old).end for old in (town.grid.id, town.other.id)] == [EVE, EVE]
    assert office.undo_text() == "合并 石桥村第1网格、石桥村第2网格 为 石桥村东网格"
    history = service.card(office, made)
    assert history is not None
    assert history.history[0] == ("2026-11-20", "由 石桥村第1网格、石桥村第2网格 合并设立")


def test_a_merge_into_a_neighbour_leaves_it_standing(office: Office, town: Township) -> None:
    part = Part("石桥村第2网格", "99010210120002", unit_id=town.other.id)
    assert redraw.carry_out(office, merge(town, parts=(part,))) == [town.other.id]
    assert office.undo_text() == "合并 石桥村第1网格 到 石桥村第2网格"
    assert units_of(office, Premises) == [town.other.id]
    assert held(office, town.other.id, DAY) == [("worker", "王平")]


def test_the_homes_of_staff_go_along(office: Office, town: Township) -> None:
    (made,) = redraw.carry_out(office, merge(town))
    with office.read() as session:
        assert session.get_one(Staff, town.worker.id).unit_id == made


def test_codes_change_places_and_back(office: Office, town: Township) -> None:
    before = everything(office)
    codes = {town.grid.id: "99010210120002", town.other.id: "99010210120001"}
    service.move(office, town.grid.id, town.village.id, codes=codes)
    assert service.get(office, town.other.id).code == "99010210120001"
    office.undo()
    assert everything(office) == before


@pytest.mark.parametrize("which", ["split", "merge"])
def test_undo_restores_every_row_and_redo_does_it_again(office: Office, town: Township, which: str) -> None:
    wanted = split(town) if which == "split" else merge(town)
    before = everything(office)
    redraw.carry_out(office, wanted)
    after = everything(office)
    assert after != before
    office.undo()
    assert everything(office) == before
    office.redo()
    assert everything(office) == after
    office.undo()
    assert everything(office) == before


def test_a_split_is_merged_back(office: Office, town: Township) -> None:
    first, second = redraw.carry_out(office, split(town))
    office.on = DAY + timedelta(days=10)
    back = Part("石桥村第1网格", "99010210120001", unit_id=first)
    redraw.carry_out(office, Redrawing((first, second), (back,)))
    assert units_of(office, Household) == [first] * 4
    for day, grids in ((EVE, 2), (DAY, 3), (office.today(), 2)):
        office.as_of = day if day != office.today() else None
        card = service.card(office, town.village.id)
        assert card is not None
        assert card.grids == grids, day
    office.as_of = DAY
    counts = [service.card(office, unit) for unit in (first, second)]
    assert [card.residents for card in counts if card] == [2, 2]
    office.as_of = EVE
    whole = service.card(office, first)
    assert whole is not None
    assert (whole.households, whole.persons) == (4, 4), "what was reported then, not what was shared out since"
    assert (whole.residents, whole.registered_households, whole.premises) == (4, 4, 1)


def test_figures_of_last_month_do_not_change_when_a_grid_is_redrawn(office: Office, town: Township) -> None:
    east = service.create(office, service.get(office, town.village.id).parent_id, {"name": "东河村"})
    before = [case_slides(office, LAST_MONTH), patrol_slides(office, LAST_MONTH)]
    redraw.carry_out(office, split(town))
    service.move(office, town.grid.id, east)
    assert [case_slides(office, LAST_MONTH), patrol_slides(office, LAST_MONTH)] == before
    today = {row[0]: row[3] for row in case_slides(office, DAY)[0].rows}
    assert today["石桥村"] == "1", "the open case went to the new grid"


def test_old_codes_lead_to_the_successor(office: Office, town: Township) -> None:
    part = Part("石桥村第2网格", "99010210120002", unit_id=town.other.id)
    redraw.carry_out(office, merge(town, parts=(part,)))
    listing = service.LISTINGS[0]
    from gridoffice.domain.listing import Query

    for text in ("99010210120001", "石桥村第1网格"):
        assert listing.ids(office, Query(DAY, text=text, view="grids")) == [town.other.id]
        assert listing.ids(office, Query(DAY, text=text, view="ended")) == [town.grid.id]
    shown = listing.rows(office, [town.grid.id], DAY)[town.grid.id]
    assert "quiet|已撤并 → 石桥村第2网格" in shown
    node = next(one for one in service.tree(office) if one.id == town.other.id)
    assert "99010210120001" in node.old
    assert town.grid.id not in {one.id for one in service.tree(office)}


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("split", {"parts": (Part("石桥村第1网格"),)}, "至少要分成两个"),
    ("split", {"parts": (Part("甲"), Part(" "))}, "名称还没有填"),
    ("split", {"parts": (Part("甲"), Part("甲"))}, "不能同名"),
    ("split", {"parts": (Part("甲"), Part("石桥村第2网格"))}, "已经有“石桥村第2网格”"),
    ("split", {"parts": (Part("甲", "1"), Part("乙", "１"))}, "写了两次"),
    ("split", {"parts": (Part("甲"), Part("乙", "99010210120002"))}, "已经是“石桥村第2网格”的"),
    ("split", {"where": {}}, "“石桥村第3网格”里什么也没有分到"),
    ("split", {"day": DAY + timedelta(days=1)}, "还没有到"),
    ("merge", {"parts": (Part("甲"), Part("乙"))}, "只能是一个"),
    ("merge", {"parts": (Part("甲", unit_id=99999),)}, "不在选中的网格里"),
    ("merge", {"olds": (99998, 99999)}, "已经不在了"),
]


@pytest.mark.parametrize(("which", "values", "words"), WRONG)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    office: Office, town: Township, which: str, values: dict[str, Any], words: str
) -> None:
    before = everything(office)
    wanted = split(town, **values) if which == "split" else merge(town, **values)
    with pytest.raises(OfficeError, match=words):
        redraw.carry_out(office, wanted)
    assert everything(office) == before


def test_a_merge_across_villages_only_when_asked(office: Office, town: Township, make: Make) -> None:
    far = make.grid(make.village("东河村"), "东河村第1网格")
    part = Part("石桥村第1网格", "99010210120001", unit_id=town.grid.id)
    wanted = Redrawing((town.grid.id, far.id), (part,))
    with pytest.raises(OfficeError, match="不在同一个上级下面"):
        redraw.carry_out(office, wanted)
    assert redraw.carry_out(office, replace(wanted, is_across=True)) == [town.grid.id]
    assert service.get(office, far.id).end == EVE


def test_what_has_ended_is_not_redrawn_again(office: Office, town: Township) -> None:
    redraw.carry_out(office, merge(town))
    with pytest.raises(OfficeError, match="已经撤并"):
        redraw.carry_out(office, split(town))
    with pytest.raises(OfficeError, match="已经撤并"):
        service.update(office, town.grid.id, {"note": "x"})
    with pytest.raises(OfficeError, match="已经撤并"):
        service.move(office, town.grid.id, town.village.id)


def test_a_day_before_the_last_change_is_refused(office: Office, town: Township) -> None:
    redraw.carry_out(office, split(town, day=DAY - timedelta(days=5)))
    later = Redrawing(
        (town.grid.id, town.other.id), (Part("石桥村第1网格", unit_id=town.grid.id),), day=DAY - timedelta(days=6)
    )
    with pytest.raises(OfficeError, match="刚调整过"):
        redraw.carry_out(office, later)
    redraw.carry_out(office, replace(later, day=DAY - timedelta(days=5)))


def test_villages_merge_with_all_their_grids(office: Office, town: Township, make: Make) -> None:
    east = make.village("东河村", code="990102101201")
    grid = make.grid(east, "东河村第1网格", code="99010210120101")
    part = Part("桥河村", "990102101601")
    wanted = Redrawing((town.village.id, east.id), (part,), codes={grid.id: "99010210160101"})
    (made,) = redraw.carry_out(office, wanted)
    assert {service.get(office, one).parent_id for one in (town.grid.id, town.other.id, grid.id)} == {made}
    assert service.get(office, grid.id).code == "99010210160101"
    office.as_of = EVE
    then = service.card(office, grid.id)
    assert then is not None
    assert (then.code, then.where) == ("99010210120101", "云溪镇 · 东河村")


def test_a_split_writes_where_each_record_stood(office: Office, town: Township) -> None:
    first, second = redraw.carry_out(office, split(town))
    with office.read() as session:
        found = select(Relocation).where(Relocation.owner == "household").order_by(Relocation.owner_id)
        assert [(one.owner_id, one.old_unit_id, one.new_unit_id, one.until) for one in session.scalars(found)] == [
            (house.id, first, second, EVE) for house in town.houses[2:]
        ]
        assert session.get_one(GridUnit, first).end is None
