"""Imports of three townships that head their columns in their own ways: recognised, checked, undone, repeated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.db import store
from gridoffice.db.audit import AuditUnit
from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.domain import setup
from gridoffice.domain.grids import GRID, MICRO, TOWN, VILLAGE, GridUnit
from gridoffice.domain.networks import Assignment, holders
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import CLOSED, Case
from gridoffice.exchange import plan as importing
from gridoffice.exchange.plan import Plan
from gridoffice.modules.followup.model import Enrolment, Visit
from gridoffice.modules.inspections.model import Hazard, Inspection
from gridoffice.modules.patrols.model import Patrol
from tests.exchange import townships
from tests.exchange.townships import Township, book, id_number, phone

STYLES = (townships.plain, townships.layered, townships.worded)


@pytest.fixture(autouse=True)
def _day(office: Office) -> None:
    office.on = date(2026, 11, 20)


def _count(office: Office, model: type[Record]) -> int:
    with office.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def _by_kind(made: Plan, name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for sheet in made.sheets:
        found[sheet.kind] = found.get(sheet.kind, 0) + int(getattr(sheet, name))
    return found


@pytest.mark.parametrize("style", STYLES)
def test_township_goes_in_as_it_is(office: Office, tmp_path: Path, style: Callable[[Path], Township]) -> None:
    town = style(tmp_path)
    made = importing.run(office, town.paths)
    assert _by_kind(made, "new") == town.new
    found = {sheet.kind: sheet.by_kind() for sheet in made.sheets if sheet.problems}
    assert found == town.problems
    assert _count(office, Household) == town.households


@pytest.mark.parametrize("style", STYLES)
def test_second_time_changes_nothing(office: Office, tmp_path: Path, style: Callable[[Path], Township]) -> None:
    town = style(tmp_path)
    first = importing.run(office, town.paths)
    again = importing.run(office, town.paths)
    assert again.batch is None
    assert not again.changes_anything
    assert sum(_by_kind(again, "new").values()) == sum(_by_kind(again, "changed").values()) == 0
    assert _by_kind(again, "same") == _by_kind(first, "new")
    assert _by_kind(again, "wrong") == _by_kind(first, "wrong")


@pytest.mark.parametrize("style", STYLES)
def test_batch_can_be_undone_and_done_again(office: Office, tmp_path: Path, style: Callable[[Path], Township]) -> None:
    town = style(tmp_path)
    made = importing.run(office, town.paths)
    counts = {model: _count(office, model) for model in (GridUnit, Staff, Resident, Household, Patrol, Case, Hazard)}
    assert made.batch is not None
    office.undo(made.batch)
    assert _count(office, GridUnit) == 1
    assert all(_count(office, model) == 0 for model in counts if model is not GridUnit)
    office.redo()
    assert {model: _count(office, model) for model in counts} == counts


def test_dry_run_writes_nothing(office: Office, tmp_path: Path) -> None:
    before = _count(office, AuditUnit)  # type: ignore[arg-type]
    made = importing.run(office, townships.plain(tmp_path).paths, dry_run=True)
    assert made.total("new") > 30 and made.batch is None
    assert _count(office, Resident) == _count(office, Staff) == 0
    assert _count(office, AuditUnit) == before  # type: ignore[arg-type]


def test_tree_and_posts_of_the_layered_township(office: Office, tmp_path: Path) -> None:
    importing.run(office, townships.layered(tmp_path).paths)
    with office.read() as session:
        villages = session.scalars(select(GridUnit).where(GridUnit.level == VILLAGE).order_by(GridUnit.id)).all()
        assert [village.name for village in villages] == ["幸福社区", "阳光社区"]
        grids = session.scalars(select(GridUnit).where(GridUnit.level == GRID).order_by(GridUnit.id)).all()
        assert [grid.code for grid in grids] == ["SH01", "SH02", "SH03", "SH11", "SH12", "SH13"]
        assert {(grid.households, grid.persons, grid.party_members, grid.organisations) for grid in grids} == {
            (100, 300, 9, 1)
        }
        heads = holders(session, date(2026, 11, 20), unit_ids=[village.id for village in villages])
        assert sorted((holder.name, holder.phone, holder.role) for holder in heads) == [
            ("社长乙", phone(1), "head"),
            ("社长甲", phone(0), "head"),
        ]
        homes = session.execute(select(Resident.name, Household.address).join(Household)).all()
        assert session.scalar(select(func.count()).where(Resident.unit_id.in_([grid.id for grid in grids]))) == 24
        assert len(homes) == 24 and all(address.startswith("幸福路") for _name, address in homes)


def test_stand_ins_and_posts_of_the_plain_township(office: Office, tmp_path: Path) -> None:
    importing.run(office, townships.plain(tmp_path).paths)
    with office.read() as session:
        person = session.scalars(select(Staff).where(Staff.name == "郑小红")).one()
        assert (person.post, person.since, person.sex) == ("兼职网格员", date(2022, 1, 1), "女")
        (held,) = holders(session, date(2026, 11, 20), staff_id=person.id)
        assert (held.role, held.unit, held.is_stand_in) == ("stand_in", "白石村第一网格", True)
        assert session.scalars(select(Staff.phone).where(Staff.name == "石秀云")).one() == phone(1)
        resident = session.scalars(select(Resident).where(Resident.name == "王二")).one()
        assert resident.pinyin == "wanger" and resident.phone_tail == resident.phone[-4:]
        kept = session.scalars(select(Resident.tags).where(Resident.tags != "")).all()
        assert kept == ["党员"]


def test_patrols_cases_checks_and_patients(office: Office, tmp_path: Path) -> None:
    importing.run(office, townships.worded(tmp_path).paths)
    with office.read() as session:
        patrols = session.scalars(select(Patrol).order_by(Patrol.day)).all()
        assert [(p.day.day, p.start, p.end) for p in patrols] == [
            (2, time(9), time(10, 30)),
            (3, time(9, 5), time(10)),
            (4, time(14, 5), time(15)),
            (5, time(19), time(20)),
        ]
        assert "外来帮手" in patrols[3].text and patrols[3].staff_id is None
        cases = session.scalars(select(Case).order_by(Case.number)).all()
        assert [(case.number, case.kind, case.category, case.closed_on) for case in cases] == [
            ("2026-0001", "K2", "环境卫生", None),
            ("2026-0002", "K1", "市政设施", date(2026, 11, 5)),
        ]
        assert cases[0].state != CLOSED and cases[1].state == CLOSED
        assert [case.source_id for case in cases] == [patrols[1].id, patrols[2].id]
        hazards = session.scalars(select(Hazard).order_by(Hazard.id)).all()
        assert [(h.text, h.state, h.due_on, h.rechecked_on) for h in hazards] == [
            ("疏散通道堵塞", "open", date(2026, 10, 9), None),
            ("灭火器过期", "open", date(2026, 10, 9), None),
            ("电线私拉乱接", "cleared", date(2026, 10, 3), date(2026, 10, 3)),
        ]
        assert session.scalars(select(Inspection.result).order_by(Inspection.id)).all() == ["合格", "不合格", "不合格"]
        places = session.scalars(select(Premises).order_by(Premises.id)).all()
        assert [(p.area, p.floors, p.extinguishers) for p in places] == [(120.0, 2, 4), (300.0, 3, 0)]
        enrolled = session.scalars(select(Enrolment).order_by(Enrolment.id)).all()
        assert [(e.programme, e.last_class, e.next_on) for e in enrolled] == [
            ("htn", 1, date(2027, 1, 6)),
            ("dm2", 2, date(2026, 10, 23)),
            ("dm2", 1, date(2027, 1, 7)),
            ("htn", 1, date(2027, 1, 7)),
        ]
        visit = session.scalars(select(Visit).where(Visit.enrolment_id == enrolled[1].id)).one()
        assert visit.answers == {"sbp": 130, "dbp": 80, "fbg": 8.1}


def _ledger(path: Path, **changes: str) -> Path:
    row = {"户号": "1", "姓名": "陈一", "与户主关系": "户主", "性别": "男", "身份证号": id_number("19800101", 11)}
    row |= {"电话": phone(7), "网格": "红岩村上片网格", "人员类别": "党员", "地址": "1组1号"} | changes
    return book(path, {"居民": [list(row), list(row.values())]})


@pytest.fixture
def ledger(office: Office, tmp_path: Path) -> Path:
    grids = book(
        tmp_path / "g.xlsx",
        {"网格": [["村", "网格名称", "户数", "人口数"], ["红岩村", "上片网格", 9, 30], ["红岩村", "下片网格", 7, 20]]},
    )
    importing.run(office, [grids, _ledger(tmp_path / "r.xlsx")])
    return tmp_path


def test_changed_cells_are_told_and_empty_ones_never_overwrite(office: Office, ledger: Path) -> None:
    again = _ledger(ledger / "r.xlsx", 电话=phone(8), 网格="红岩村下片网格", 地址="", 人员类别="")
    made = importing.run(office, [again])
    (sheet,) = made.sheets
    assert (sheet.new, sheet.changed, sheet.same) == (0, 1, 0)
    told = {(d.who, d.field, d.old, d.new) for d in sheet.differences}
    assert ("陈一", "电话", phone(7), phone(8)) in told
    assert ("陈一", "网格", "红岩村上片网格", "红岩村下片网格") in told
    with office.read() as session:
        person = session.scalars(select(Resident)).one()
        home = session.scalars(select(Household)).one()
    assert (person.phone, person.phone_tail, person.tags) == (phone(8), phone(8)[-4:], "党员")
    assert home.address == "1组1号"


def test_number_of_another_person_is_refused(office: Office, ledger: Path) -> None:
    made = importing.run(office, [_ledger(ledger / "r.xlsx", 姓名="别人")])
    assert made.sheets[0].by_kind() == {"duplicate_id": [2]}
    assert "陈一" in made.sheets[0].problems[0].reason
    with office.read() as session:
        assert session.scalars(select(Resident.name)).all() == ["陈一"]


def test_unknown_grid_names_the_nearest(office: Office, ledger: Path) -> None:
    made = importing.run(office, [_ledger(ledger / "r.xlsx", 网格="红岩村上片网恪", 姓名="陈二", 身份证号="")])
    (problem,) = made.sheets[0].problems
    assert (problem.kind, problem.row, problem.column, problem.value) == ("unknown_grid", 2, "网格", "红岩村上片网恪")
    assert "是不是“红岩村上片网格”" in problem.reason


def test_import_after_other_work_is_tried_again(office: Office, ledger: Path) -> None:
    made = importing.plan(office, [_ledger(ledger / "r.xlsx", 姓名="陈三", 身份证号="", 户号="2")])
    with office.unit("改一改") as session:
        session.add(Household(number="77"))
    done = importing.apply(office, made)
    assert done.batch is not None
    assert _count(office, Resident) == 2


def test_new_village_head_ends_the_post_of_the_old_one(office: Office, tmp_path: Path) -> None:
    def sheet(head: str, number: str) -> list[Path]:
        rows: townships.Rows = [
            ["村", "网格长", "网格长电话", "网格名称", "户数"],
            ["红岩村", head, number, "上片网格", 9],
        ]
        return [book(tmp_path / "g.xlsx", {"网格划分": rows})]

    importing.run(office, sheet("老张", phone(1)))
    made = importing.run(office, sheet("小李", phone(2)))
    assert any("老张" in notice and "小李" in notice for notice in made.sheets[0].notices)
    with office.read() as session:
        village = session.scalars(select(GridUnit).where(GridUnit.level == VILLAGE)).one()
        assert [h.name for h in holders(session, date(2026, 11, 20), unit_ids=[village.id])] == ["小李"]
    assert _count(office, Assignment) == 2


def test_unknown_files_and_sheets_are_named(office: Office, tmp_path: Path) -> None:
    (tmp_path / "说明.docx").write_bytes(b"PK not really")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    book(tmp_path / "菜单.xlsx", {"食堂": [["星期", "早餐", "午餐"], ["一", "粥", "面"], ["二", "包子", "饭"]]})
    paths = [*townships.layered(tmp_path).paths, tmp_path / "说明.docx", tmp_path / "坏.xlsx", tmp_path / "菜单.xlsx"]
    made = importing.run(office, [*paths, tmp_path / "没有.xlsx"])
    assert {skipped.file for skipped in made.skipped} == {"说明.docx", "坏.xlsx", "菜单.xlsx", "没有.xlsx"}
    assert made.total("new") == 30


def test_nothing_to_take_in_is_a_sentence(office: Office, tmp_path: Path) -> None:
    book(tmp_path / "菜单.xlsx", {"食堂": [["星期", "早餐"], ["一", "粥"]]})
    with pytest.raises(OfficeError, match="没有认出可以导入的表"):
        importing.run(office, [tmp_path / "菜单.xlsx"])


def test_township_is_named_by_any_title_of_the_files(tmp_path: Path) -> None:
    place = tmp_path / "无名.office"
    opened = store.create(place)
    setup.prepare(opened)
    importing.run(opened, townships.worded(tmp_path).paths)
    with opened.read() as session:
        town = session.scalars(select(GridUnit).where(GridUnit.level == TOWN)).one()
    opened.close()
    assert town.name == "红岩镇"


@pytest.fixture
def grids(office: Office, tmp_path: Path) -> Path:
    rows: townships.Rows = [["村", "网格名称", "户数", "人口数"]]
    rows += [["红岩村", "上片网格", 9, 30], ["红岩村", "下片网格", 7, 20]]
    importing.run(office, [book(tmp_path / "g.xlsx", {"网格": rows})])
    return tmp_path


def test_registers_that_must_not_be_kept_stay_out(office: Office, grids: Path) -> None:
    people: townships.Rows = [["姓名", "身份证号", "家庭住址", "所属网格", "信访人员类别", "人员类别"]]
    people += [["陈一", id_number("19800101", 11), "1组", "红岩村上片网格", "重点", "党员"]]
    path = book(grids / "人.xlsx", {"居民": people, "社区矫正对象": people, "重点人员台账": people})
    made = importing.run(office, [path])
    assert {skipped.sheet for skipped in made.skipped} == {"社区矫正对象", "重点人员台账"}
    assert any("信访人员类别" in notice for notice in made.sheets[0].notices)
    with office.read() as session:
        assert session.scalars(select(Resident.tags)).all() == ["党员"]


def test_list_without_households_keeps_addresses_and_namesakes(office: Office, grids: Path) -> None:
    people: townships.Rows = [["姓名", "联系电话", "所属网格", "现住址", "人员类别"]]
    places = ("1号", "1号", "2号", "", "")
    people += [["陈一", phone(n), "红岩村上片网格", place, ""] for n, place in enumerate(places)]
    path = book(grids / "人.xlsx", {"居民": people})
    assert importing.run(office, [path]).total("new") == 5
    again = importing.run(office, [path])
    assert (again.total("new"), again.total("changed"), again.total("same")) == (0, 0, 5)
    with office.read() as session:
        homes = session.execute(select(Household.address, func.count()).join(Resident).group_by(Household.id)).all()
    assert sorted(tuple(home) for home in homes) == [("1号", 2), ("2号", 1)]


def test_moved_worker_leaves_the_old_grid(office: Office, grids: Path) -> None:
    def roster(grid: str) -> list[Path]:
        rows: townships.Rows = [["姓名", "手机号", "所属网格", "岗位"], ["洪大江", phone(1), grid, "专职网格员"]]
        return [book(grids / "员.xlsx", {"网格员名册": rows})]

    importing.run(office, roster("红岩村上片网格"))
    made = importing.run(office, roster("红岩村下片网格"))
    assert (made.total("changed"), made.sheets[0].notices) == (1, ["洪大江不再负责红岩村上片网格，该任职到昨天为止"])
    with office.read() as session:
        person = session.scalars(select(Staff)).one()
        assert [h.unit for h in holders(session, date(2026, 11, 20), staff_id=person.id)] == ["红岩村下片网格"]


def test_household_numbers_that_start_again_in_every_village(office: Office, tmp_path: Path) -> None:
    rows: townships.Rows = [["村", "网格名称", "户数"], ["东村", "东村1网格", 9], ["西村", "西村1网格", 7]]
    importing.run(office, [book(tmp_path / "g.xlsx", {"网格": rows})])
    sheets: dict[str, townships.Rows] = {}
    for village in ("东村", "西村"):
        sheets[village] = [["户号", "姓名", "与户主关系", "网格"]]
        for n in range(1, 4):
            sheets[village] += [[float(n), f"户{village}{n}", "户主", f"{village}1网格"], ["", f"妻{n}", "妻", ""]]
    both = book(tmp_path / "两村.xlsx", sheets)
    assert importing.run(office, [both]).total("new") == 12
    assert _count(office, Household) == 6
    one_by_one = [book(tmp_path / f"{village}.xlsx", {village: rows}) for village, rows in sheets.items()]
    for path in one_by_one:
        assert not importing.run(office, [path]).changes_anything
    with office.read() as session:
        numbers = session.scalars(select(Household.number).order_by(Household.number)).all()
    assert numbers == ["东村1", "东村2", "东村3", "西村1", "西村2", "西村3"]


def test_villages_taken_in_one_after_the_other_do_not_share_households(office: Office, tmp_path: Path) -> None:
    rows: townships.Rows = [["村", "网格名称", "户数"], ["东村", "东村1网格", 9], ["西村", "西村1网格", 7]]
    importing.run(office, [book(tmp_path / "g.xlsx", {"网格": rows})])
    for village in ("东村", "西村"):
        people: townships.Rows = [
            ["户号", "姓名", "与户主关系", "网格"],
            ["1", f"户{village}", "户主", f"{village}1网格"],
        ]
        assert importing.run(office, [book(tmp_path / "r.xlsx", {"居民": people})]).total("new") == 1
    assert _count(office, Household) == 2


def test_heads_of_single_grids_and_micro_grids(office: Office, tmp_path: Path) -> None:
    rows: townships.Rows = [["村", "网格名称", "微网格", "网格长", "联系电话", "户数"]]
    rows += [["东村", f"第{g}网格", f"{m}号微网格", f"长{'甲乙'[g - 1]}", phone(g), 20] for g in (1, 2) for m in (1, 2)]
    rows[3][4] = rows[4][4] = "1410000"
    path = book(tmp_path / "g.xlsx", {"网格划分": rows})
    made = importing.run(office, [path])
    (sheet,) = made.sheets
    assert (sheet.new, sheet.wrong, sheet.by_kind()) == (4, 0, {"phone_length": [4]})
    assert not importing.run(office, [path]).changes_anything
    with office.read() as session:
        units = {unit.id: unit for unit in session.scalars(select(GridUnit))}
        assert sorted((unit.level, unit.name) for unit in units.values() if unit.level > VILLAGE) == [
            (GRID, "东村第1网格"),
            (GRID, "东村第2网格"),
            (MICRO, "第1网格1号微网格"),
            (MICRO, "第1网格2号微网格"),
            (MICRO, "第2网格1号微网格"),
            (MICRO, "第2网格2号微网格"),
        ]
        held = session.execute(select(Staff.name, Staff.phone, Assignment.unit_id).join(Assignment)).all()
        assert {(name, number) for name, number, _unit in held} == {("长甲", phone(1)), ("长乙", "")}
        assert {units[unit].level for _name, _number, unit in held} == {MICRO}
