"""Leaving for good: what is rehearsed is what moves, one undo brings all of it back, and the list can be read."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.db.unit import tables_by_name
from gridoffice.domain import duty, help, networks, papers, work
from gridoffice.domain.networks import STAND_IN, Assignment
from gridoffice.domain.papers import IssuedPaper
from gridoffice.domain.staff import HandedOut, Leave, Staff
from gridoffice.modules.followup.model import Enrolment
from gridoffice.modules.personnel import leaving, paper, service
from gridoffice.modules.personnel.terms import Choices
from tests.make import Make

DAY = date(2026, 11, 20)
NEXT = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


class Town:
    """A leaver with everything there is to hand over."""

    def __init__(self, make: Make) -> None:
        self.village = make.village()
        self.grid, self.other = make.grid(self.village, "石桥村第1网格"), make.grid(self.village, "石桥村第2网格")
        self.a, self.b, self.c = make.staff("张建国"), make.staff("李秀兰"), make.staff("王芳")
        make.assign(self.a, self.grid, start=date(2024, 1, 1))
        make.assign(self.b, self.grid, STAND_IN)
        make.assign(self.c, self.other)
        make.assign(self.a, self.other, STAND_IN)
        self.case = make.case(
            "三组路灯不亮", unit_id=self.grid.id, handler="张建国", found_on=DAY, state=work.DISPATCHED
        )
        self.handled = make.case("井盖松动", unit_id=self.grid.id, handler="张建国", found_on=DAY, state=work.HANDLED)
        house = make.household(self.grid)
        self.entry = make.add(
            help.HelpEntry(resident_id=make.resident("赵奶奶", house).id, kind="独居老人", contact_id=self.a.id,
                           consent_on=DAY, until=DAY + 90 * NEXT, next_on=DAY)
        )  # fmt: skip
        self.enrolment = make.add(
            Enrolment(name="钱大爷", programme="htn", unit_id=self.grid.id, next_on=DAY - NEXT, enrolled_on=DAY)
        )
        self.key = make.add(HandedOut(staff_id=self.a.id, kind="钥匙", title="活动室钥匙 1 把", since=date(2024, 1, 1)))
        self.badge = make.add(HandedOut(staff_id=self.a.id, kind="工作证", title="工作证 017"))
        self.leave = make.add(Leave(staff_id=self.a.id, start=DAY + 5 * NEXT, end=DAY + 6 * NEXT))
        self.stood_in = make.add(
            Leave(staff_id=self.c.id, start=DAY + 2 * NEXT, end=DAY + 3 * NEXT, stand_in_id=self.a.id)
        )
        make.add(
            IssuedPaper(number="牌2026-001", kind="board", title="石桥村公示牌", made_on=DAY, unit_id=self.village.id)
        )


@pytest.fixture
def town(make: Make) -> Town:
    return Town(make)


def everything(office: Office) -> dict[str, list[Any]]:
    """All rows of all tables but the log; versions count changes and are left out."""
    skipped = {"audit_unit", "audit_change", "blob", "look", "secret"}
    with office.engine.connect() as connection:
        return {
            name: [
                {key: value for key, value in row.items() if key != "version"}
                for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for name, table in tables_by_name().items()
            if name not in skipped
        }


def test_the_rehearsal_lists_everything_and_changes_nothing(office: Office, town: Town) -> None:
    before = everything(office)
    told = leaving.rehearse(office, leaving.proposal(office, town.a.id))
    assert told.title == "张建国 离岗，移交 李秀兰"
    assert [(term.unit, term.successor, term.note) for term in told.terms] == [
        ("石桥村第1网格", "李秀兰", "由B岗转任，B岗将空缺"), ("石桥村第2网格", "", "岗位将空缺"),
    ]  # fmt: skip
    numbers = {section.key: len(section.rows) for section in told.sections}
    assert numbers == {"posts": 2, "cases": 2, "followup": 1, "help": 1, "things": 2, "papers": 1}
    assert any("原定由张建国代班" in note for note in told.notes)
    assert [thing.goes_back for thing in told.things] == [True, False]
    assert everything(office) == before


def test_one_step_moves_it_all_and_one_undo_brings_it_back(office: Office, town: Town) -> None:
    before = everything(office)
    chosen = leaving.proposal(office, town.a.id)
    leaving.leave(office, chosen)
    assert office.undo_text() == "张建国 离岗，移交 李秀兰"
    with office.read() as session:
        assert session.get_one(work.Case, town.case.id).handler == "李秀兰"
        assert session.get_one(work.Case, town.handled.id).handler == "张建国", "who handled it stays who handled it"
        assert "改由 李秀兰 承办" in work.steps_of(session, town.case.id)[-1].note
        assert session.get_one(help.HelpEntry, town.entry.id).contact_id == town.b.id
        assert session.get(Leave, town.leave.id) is None
        assert session.get_one(Leave, town.stood_in.id).stand_in_id is None
        kept = {(one.staff_id, one.title, one.back_on) for one in session.scalars(select(HandedOut))}
        assert kept == {
            (town.a.id, "活动室钥匙 1 把", DAY), (town.a.id, "工作证 017", DAY), (town.b.id, "活动室钥匙 1 把", None),
        }  # fmt: skip
        who = session.get_one(Staff, town.a.id)
        assert (who.is_active, who.left_on) == (False, DAY)
        today = {(one.unit_id, one.staff_id, one.role) for one in networks.holders(session, DAY)}
        after = {(one.unit_id, one.staff_id, one.role) for one in networks.holders(session, DAY + NEXT)}
        assert (town.grid.id, town.a.id, "worker") in today
        assert after == {(town.grid.id, town.b.id, "worker"), (town.other.id, town.c.id, "worker")}
        due = {load.kind.key: load.due for load in duty.items_of(session, town.b.id, DAY + NEXT)}
        assert (due["followup"], due["help"]) == ((town.enrolment.id,), (town.entry.id,))
    assert office.undo() == "张建国 离岗，移交 李秀兰"
    assert everything(office) == before
    assert office.redo() == "张建国 离岗，移交 李秀兰"
    with office.read() as session:
        assert not session.get_one(Staff, town.a.id).is_active


def test_somebody_else_may_take_a_grid_and_a_last_day_to_come_keeps_the_person_till_then(
    office: Office, make: Make, town: Town
) -> None:
    new = make.staff("孙梅")
    chosen = leaving.proposal(office, town.a.id)
    by_term = tuple((term, new.id) for term, _ in chosen.by_term)
    chosen = Choices(town.a.id, DAY + 10 * NEXT, new.id, by_term, chosen.back)
    leaving.leave(office, chosen)
    with office.read() as session:
        then = {one.unit_id: one.name for one in duty.on_duty(session, DAY + 10 * NEXT).values()}
        names = {unit: duty.on_duty(session, DAY + 11 * NEXT)[unit].name for unit in (town.grid.id, town.other.id)}
        assert duty.on_duty(session, DAY)[town.grid.id].name == "张建国"
        assert then is not None
        assert names == {town.grid.id: "孙梅", town.other.id: "王芳"}
        terms = session.scalars(select(Assignment).where(Assignment.staff_id == new.id)).all()
        assert {term.start for term in terms} == {DAY + 11 * NEXT}
    card = service.card(office, town.a.id)
    assert card is not None
    assert card.state == "soon|11-30 离岗"
    office.on = DAY + 11 * NEXT
    later = service.card(office, town.a.id)
    assert later is not None
    assert later.state == "quiet|已离岗"


def test_what_cannot_be_is_refused(office: Office, make: Make, town: Town) -> None:
    proposal = leaving.proposal(office, town.a.id)
    gone = make.staff("赵云", is_active=False, left_on=DAY)
    wrong: list[tuple[Choices, str]] = [
        (Choices(town.a.id, DAY, town.a.id), "接交人不能是离岗的人自己"),
        (Choices(town.a.id, DAY, gone.id), "赵云 那时也已离岗"),
        (Choices(town.a.id, DAY, None), "要有人接"),
        (Choices(gone.id, DAY, town.b.id), "赵云 2026-11-20 已经离岗"),
    ]
    for chosen, words in wrong:
        with pytest.raises(OfficeError, match=words):
            leaving.leave(office, chosen)
    leaving.leave(office, proposal)
    with pytest.raises(OfficeError, match="已经离岗"):
        leaving.leave(office, proposal)
    leaving.come_back(office, town.a.id)
    card = service.card(office, town.a.id)
    assert card is not None
    assert (card.is_active, card.left_on, card.posts[0].end) == (True, None, DAY)


def test_the_list_is_a_numbered_paper_that_names_no_disease(office: Office, town: Town, tmp_path: Path) -> None:
    told = leaving.rehearse(office, leaving.proposal(office, town.a.id))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.draft(office, told))).pages)
    assert paper.DRAFT in text
    leaving.leave(office, leaving.proposal(office, town.a.id))
    out = tmp_path / "移交.pdf"
    number = paper.issue(office, told, out)
    assert number == "交2026-001"
    pages = PdfReader(out).pages
    assert (round(float(pages[0].mediabox.width) * 25.4 / 72), round(float(pages[0].mediabox.height) * 25.4 / 72)) == (
        210,
        297,
    )
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    wanted = "网格工作移交清单 张建国 李秀兰 三组路灯不亮 健康服务预约 钱大爷 石桥村公示牌"
    signs = ["移交人（签名）", "接交人（签名）", "监交人（签名）"]
    for word in [*wanted.split(), *signs, number, "活动室钥匙 1 把"]:
        assert word in text, word
    for word in ("高血压", "糖尿病", "htn", "血压", "独居老人"):
        assert word not in text, word
    with office.read() as session:
        line = session.scalars(select(IssuedPaper).where(IssuedPaper.kind == "handover")).one()
        assert (line.number, line.pages, line.sha256) == (number, len(pages), papers.digest(out))
