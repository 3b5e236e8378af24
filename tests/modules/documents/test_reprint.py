"""What must be printed anew: for each change exactly the papers that show it, and only those."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from gridoffice.core.module import load
from gridoffice.db.office import Office
from gridoffice.domain import networks, paper_copies, papers, reprints, settings
from gridoffice.domain.attachments import attach
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment
from gridoffice.domain.paper_copies import Handing
from gridoffice.domain.papers import IssuedPaper, PaperItem
from gridoffice.domain.reprints import CHANGED, GONE, Outdated
from gridoffice.domain.staff import Leave, Staff
from gridoffice.modules.documents import paper, reprint
from tests.make import Make

MAPS = "gridoffice.modules.grids.maps"
SQUARE = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5))
LARGER = ((0.1, 0.1), (0.8, 0.1), (0.8, 0.5), (0.1, 0.5))


@dataclass
class Town:
    """Two villages: 石桥村 with two grids and a head, 大塘村 with one grid; who works there."""

    office: Office
    stone: GridUnit
    pond: GridUnit
    grids: list[GridUnit]
    head: Staff
    first: Staff
    first_b: Staff
    second: Staff
    far: Staff


CHAPTERS = {f"云溪镇网格工作手册 · {title}" for title in ("网格概况", "AB岗对照表", "通讯录")}
"""The chapters of a handbook on which a worker stands."""


@pytest.fixture
def town(office: Office, make: Make) -> Town:
    """The township as it stands before anything is printed."""
    stone, pond = make.village("石桥村"), make.village("大塘村")
    grids = [make.grid(stone), make.grid(stone), make.grid(pond)]
    head, first, first_b, second, far = (make.staff(name) for name in ("赵村长", "张建国", "李秀兰", "王芳", "陈远"))
    make.assign(head, stone, networks.HEAD)
    make.assign(first, grids[0])
    make.assign(first_b, grids[0], networks.STAND_IN)
    make.assign(second, grids[1])
    make.assign(far, grids[2])
    return Town(office, stone, pond, grids, head, first, first_b, second, far)


@pytest.fixture
def printed(town: Town, tmp_path: Path) -> Town:
    """All cards, a board of each village, and the handbook of the whole office are out."""
    office = town.office
    paper.cards(office, tmp_path / "卡.pdf")
    for village in (town.stone, town.pond):
        paper.board(office, village.name, tmp_path / f"{village.name}.pdf")
    paper.handbook(office, tmp_path / "册.pdf")
    assert reprint.check(office).parts == ()
    return town


def titles(parts: tuple[Outdated, ...], state: str = CHANGED) -> set[str]:
    return {one.name for one in parts if one.state == state}


def told(parts: tuple[Outdated, ...], title: str) -> tuple[str, ...]:
    return next(one.changes for one in parts if one.title == title)


def edit(town: Town, person: Staff, **values: object) -> None:
    with town.office.unit("改人员") as session:
        for key, value in values.items():
            setattr(session.get_one(Staff, person.id), key, value)


def test_a_new_phone_is_found_on_just_the_papers_that_show_it(printed: Town) -> None:
    edit(printed, printed.first, phone="13911112222")
    parts = reprint.check(printed.office).parts
    assert titles(parts) == {"张建国联系卡", "李秀兰联系卡", "石桥村公示牌", *CHAPTERS}
    assert reprint.check(printed.office).number(CHANGED) == 4, "the chapters of a book are one paper"
    assert told(parts, "张建国联系卡") == (f"本人 电话：{printed.first.phone} → 13911112222",)
    assert told(parts, "石桥村公示牌") == (f"第1网格 责任人 电话：{printed.first.phone} → 13911112222",)
    office = printed.office
    office.undo()
    assert reprint.check(office).parts == ()


def test_a_phone_of_one_who_is_alone_concerns_no_other_card(printed: Town) -> None:
    edit(printed, printed.far, phone="13911112222")
    assert titles(reprint.check(printed.office).parts) == {"陈远联系卡", "大塘村公示牌", *CHAPTERS}


def test_a_photo_concerns_cards_and_boards_but_no_handbook(printed: Town) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (250, 350), "#3366AA").save(picture, "JPEG")
    with printed.office.unit("换照片") as session:
        made = attach(session, "staff", printed.first.id, "张建国.jpg", picture.getvalue())
        session.get_one(Staff, printed.first.id).photo_id = made.id
    parts = reprint.check(printed.office).parts
    assert titles(parts) == {"张建国联系卡", "石桥村公示牌"}
    assert told(parts, "张建国联系卡") == ("本人 照片：新增",)


def test_a_leave_of_days_makes_no_paper_wrong(printed: Town, make: Make) -> None:
    day = printed.office.today()
    make.add(Leave(staff_id=printed.first.id, start=day, end=day + timedelta(days=3), stand_in_id=printed.first_b.id))
    assert reprint.check(printed.office).parts == ()


def test_the_border_on_the_map_concerns_the_board_that_shows_it(town: Town, tmp_path: Path) -> None:
    office = town.office
    made = load(f"{MAPS}:set_blank")(office, town.stone.id, 1.4)
    load(f"{MAPS}:put_shape")(office, made, town.grids[0].id, [SQUARE])
    for village in (town.stone, town.pond):
        paper.board(office, village.name, tmp_path / f"{village.name}.pdf")
    assert reprint.check(office).parts == ()
    load(f"{MAPS}:put_shape")(office, made, town.grids[0].id, [LARGER])
    parts = reprint.check(office).parts
    assert titles(parts) == {"石桥村公示牌"}
    assert any("网格图" in change or "第1网格" in change for change in told(parts, "石桥村公示牌"))


def test_after_a_merger_the_board_changes_and_a_card_without_a_grid_is_taken_back(printed: Town) -> None:
    redraw = load("gridoffice.modules.grids.redraw:carry_out")
    wanted = load("gridoffice.modules.grids.redraw:Redrawing")
    part = load("gridoffice.modules.grids.redraw:Part")
    first, second = printed.grids[0], printed.grids[1]
    merged = part("石桥村第1网格", "99010210120001", holders_of=first.id)
    redraw(printed.office, wanted((first.id, second.id), (merged,)))
    parts = reprint.check(printed.office).parts
    assert {"石桥村公示牌", *CHAPTERS} <= titles(parts)
    assert "王芳联系卡" in titles(parts, GONE)
    assert not {"大塘村公示牌", "陈远联系卡"} & {one.title for one in parts}


def test_the_board_of_a_village_that_is_gone_is_taken_back_not_printed(printed: Town) -> None:
    with printed.office.unit("撤销大塘村") as session:
        for unit in (printed.pond, printed.grids[2]):
            session.get_one(GridUnit, unit.id).end = printed.office.today()
        for term in session.scalars(select(Assignment).where(Assignment.unit_id == printed.grids[2].id)):
            term.end = printed.office.today() - timedelta(days=1)
    parts = reprint.check(printed.office).parts
    gone = {one.title: one for one in parts if one.state == GONE}
    assert set(gone) == {"大塘村公示牌", "陈远联系卡"}
    assert gone["大塘村公示牌"].reason == "大塘村 已撤并，该收回，不用重印"
    assert reprint.jobs(printed.office, parts) and "大塘村公示牌" not in {
        one.title for job in reprint.jobs(printed.office, parts) for one in job.parts
    }


def test_the_supervision_phone_concerns_everything_that_shows_it(printed: Town) -> None:
    with printed.office.unit("改监督电话") as session:
        settings.put(session, "supervise_phone", "0999-8881234")
    parts = reprint.check(printed.office).parts
    assert {"石桥村公示牌", "大塘村公示牌", "张建国联系卡", "陈远联系卡"} <= titles(parts)
    assert len([one for one in parts if one.kind == "cards"]) == 4


def test_a_resident_a_patrol_or_a_private_number_of_a_worker_concerns_nothing(printed: Town, make: Make) -> None:
    make.resident("赵丽")
    edit(printed, printed.first, id_number="990102196001010013", note="家住三组")
    assert reprint.check(printed.office).parts == ()


def test_just_those_are_printed_and_the_old_ones_stand_to_be_taken_back(printed: Town, tmp_path: Path) -> None:
    office = printed.office
    edit(printed, printed.first, phone="13911112222")
    board = next(one for one in reprint.check(office).parts if one.kind == "board")
    paper_copies.hand_out(office, board.paper_id, [Handing(place="村委会东墙", unit_id=printed.stone.id)])
    parts = reprint.check(office).parts
    assert next(one.where for one in parts if one.kind == "board") == ("挂在 村委会东墙",)
    jobs = reprint.jobs(office, parts)
    assert sorted(len(job.parts) for job in jobs) == [1, 2, 3]
    for place, job in enumerate(jobs):
        reprint.print_again(office, job, tmp_path / f"{place}.pdf")
    assert reprint.check(office).parts == ()
    with office.read() as session:
        cards = session.scalars(
            select(PaperItem).join(IssuedPaper, IssuedPaper.id == PaperItem.paper_id)
            .where(IssuedPaper.number == f"卡{office.today().year}-002")
        ).all()  # fmt: skip
        assert {one.title for one in cards} == {"张建国联系卡", "李秀兰联系卡"}
        out = select(paper_copies.PaperCopy.place).join(IssuedPaper, IssuedPaper.id == paper_copies.PaperCopy.paper_id)
        assert session.scalars(out.where(paper_copies.is_old(), paper_copies.is_out())).all() == ["村委会东墙"]


def test_what_was_recalled_or_all_taken_back_is_not_asked_about(printed: Town) -> None:
    office = printed.office
    edit(printed, printed.first, phone="13911112222")
    parts = {one.title: one for one in reprint.check(office).parts}
    paper_copies.recall(office, [parts["云溪镇网格工作手册 · 通讯录"].paper_id], "不用了")
    made = paper_copies.hand_out(office, parts["石桥村公示牌"].paper_id, [Handing(place="村口")])
    paper_copies.take_back(office, made)
    assert titles(reprint.check(office).parts) == {"张建国联系卡", "李秀兰联系卡"}


def test_only_what_a_change_can_concern_is_made_again(printed: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = reprint.Check(printed.office)
    kept.answer()
    made: list[str] = []
    real = kept._prepare

    def prepare(group: reprint.Group, wanted: dict[str, str]) -> reprint.Now:
        made.append(group[0])
        return real(group, wanted)

    monkeypatch.setattr(kept, "_prepare", prepare)
    kept.forget({"resident", "patrol"})
    kept.answer()
    assert made == []
    edit(printed, printed.far, phone="13911112222")
    kept.forget({"staff"})
    assert titles(kept.answer().parts) == {"陈远联系卡", "大塘村公示牌", *CHAPTERS}
    assert sorted(made) == ["board", "board", "cards", "handbook"]
    assert reprints.known(printed.office) is not None
    concerned = reprints.concerning(printed.office, staff=[printed.far.id], units=[printed.pond.id])
    assert {one.title for one in concerned} == {"陈远联系卡", "大塘村公示牌"}


def test_tomorrow_everything_is_asked_anew(printed: Town) -> None:
    kept = reprint.Check(printed.office)
    kept.answer()
    with printed.office.unit("明天离任") as session:
        term = session.scalars(select(Assignment).where(Assignment.staff_id == printed.first.id)).one()
        term.end = printed.office.today()
    kept.forget({"assignment"})
    assert kept.answer().parts == ()
    printed.office.on = printed.office.today() + timedelta(days=1)
    parts = kept.answer().parts
    assert "石桥村公示牌" in titles(parts) and "张建国联系卡" in titles(parts, GONE)


def test_numbers_and_days_alone_make_nothing_old(printed: Town) -> None:
    printed.office.on = date(printed.office.today().year + 1, 2, 3)
    assert papers.number_for(printed.office, "board").endswith("-001")
    assert reprint.check(printed.office).parts == ()


def test_the_book_of_one_worker_does_not_take_the_place_of_another_ones(town: Town, tmp_path: Path) -> None:
    office = town.office
    for person in (town.first, town.second):
        paper.issue(office, "handbook", {"staff": person.id, "unit": None}, tmp_path / f"{person.name}.pdf")
    with office.read() as session:
        assert session.scalars(select(IssuedPaper.is_replaced)).all() == [False, False]
    edit(town, town.head, phone="13911112222")
    changed = {one.paper_id for one in reprint.check(office).to_print}
    assert len(changed) == 2, "the phone list stands in both books"
    paper.issue(office, "handbook", {"staff": town.first.id, "unit": None}, tmp_path / "新.pdf")
    with office.read() as session:
        assert session.scalars(select(IssuedPaper.is_replaced).order_by(IssuedPaper.id)).all() == [True, False, False]
