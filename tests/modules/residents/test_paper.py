"""一户一档 read back from paper: numbers masked unless a reason stands in the access log, and no illness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import Look
from gridoffice.db.office import Office
from gridoffice.domain import papers
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import DEAD, Household
from gridoffice.domain.staff import Leave
from gridoffice.modules.residents import paper
from gridoffice.modules.residents.model import HelpVisit
from tests.make import Make, id_number
from tests.modules.residents.ground import DAY, enrolment, helped

BORN = date(1949, 12, 31)
SECRETS = ("高血压", "糖尿病", "胰岛素", "信访")


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def grid(make: Make) -> GridUnit:
    made = make.grid(name="石桥村第1网格", code="99010210120001")
    make.assign(make.staff("张建国", phone="13800002213"), made)
    return made


@pytest.fixture
def house(make: Make, grid: GridUnit) -> Household:
    """A household with planted private values that must not come out."""
    kept = make.household(grid, number="00912", address="石桥村3组8号", note="高血压家庭")
    head = make.resident(
        "李秀兰", kept, relation="户主", born=BORN, id_number=id_number(BORN, 8), phone="13900005678",
        tags="党员、独居老人、信访", note="患糖尿病，打胰岛素",
    )  # fmt: skip
    gone = {"state": DEAD, "ended_on": date(2026, 3, 1)}
    make.resident("王小河", kept, relation="子", sex="男", id_number=None, phone="", **gone)
    enrolment(make, head, note="高血压")
    entry = helped(make, head, need="高血压需要人送药", note="糖尿病", last_on=date(2026, 11, 1))
    make.add(HelpVisit(entry_id=entry.id, day=date(2026, 11, 1), result="见到本人", by="张建国", note="量了胰岛素"))
    return kept


def text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def looks(office: Office) -> list[tuple[str, str, str]]:
    with office.read() as session:
        return [(one.kind, one.subject, one.reason) for one in session.scalars(select(Look))]


def test_the_sheet_tells_the_household_and_keeps_private_what_is(
    office: Office, house: Household, tmp_path: Path
) -> None:
    out = tmp_path / "一户一档.pdf"
    assert paper.issue(office, [house.id], out) == "户2026-001"
    said = text(out)
    for words in (
        "一户一档", "户 00912", "石桥村3组8号", "石桥村第1网格", "张建国", "13800002213", "2 人，在住 1 人", "李秀兰",
        "户主", "76", "党员、独居老人", "去世 2026-03-01", "李秀兰　健康服务预约，下次 2026-11-20",
        "帮扶：独居老人，每 30 天走访一次，下次 2026-11-20，最近走访 2026-11-01 见到本人", "走访记录", "本人或家属签字",
        "户主或家属确认", "户2026-001", "第 1 页，共 1 页", "已遮住",
    ):  # fmt: skip
        assert words.replace(" ", "") in said.replace(" ", "").replace("\n", ""), words
    number = id_number(BORN, 8)
    assert number not in said
    assert "13900005678" not in said
    assert f"990102********{number[-4:]}" in said
    assert "139****5678" in said
    assert not [word for word in SECRETS if word in said]
    assert looks(office) == []
    with office.read() as session:
        kept = session.scalars(select(papers.IssuedPaper)).one()
    assert (kept.kind, kept.number, kept.pages, kept.title) == (
        "household", "户2026-001", 1, f"{office_name(office)}一户一档：户 00912 李秀兰",
    )  # fmt: skip


def office_name(office: Office) -> str:
    from gridoffice.domain import settings

    with office.read() as session:
        return settings.get(session, "name")


def test_whole_numbers_for_a_reason_that_is_noted_and_printed(office: Office, house: Household, tmp_path: Path) -> None:
    out = tmp_path / "一户一档.pdf"
    paper.issue(office, [house.id], out, reason="入户核对")
    said = text(out)
    assert id_number(BORN, 8) in said
    assert "13900005678" in said
    assert "用途：入户核对，用完销毁" in said.replace("\n", "")
    assert not [word for word in SECRETS if word in said]
    assert looks(office) == [("print", "一户一档 1 户 户2026-001", "入户核对")]


def test_a_batch_is_ordered_by_grid_with_contents_that_name_the_right_pages(
    office: Office, make: Make, grid: GridUnit, house: Household, tmp_path: Path
) -> None:
    east = make.grid(name="东河村第1网格", code="99010210110001")
    ids = [house.id]
    for number in range(100):
        home = make.household(east if number % 2 else grid, number=f"{number:05d}", address=f"{number}号")
        make.resident(f"王{number}", home, relation="户主", id_number=None)
        ids.append(home.id)
    lost = make.household(number="99999", address="无网格")
    out = tmp_path / "一户一档.pdf"
    paper.issue(office, [lost.id, *ids], out)
    reader = PdfReader(out)
    assert len(reader.pages) == 2 + 102
    contents = reader.pages[0].extract_text()
    assert "目录" in contents
    assert "共 102 户" in contents
    assert contents.index("东河村第1网格") < contents.index("石桥村第1网格"), "by the code of the grid"
    assert "00001　王1　1号" in contents
    assert "户 00001" in reader.pages[2].extract_text(), "the first of the first grid stands behind the contents"
    assert "户 99999" in reader.pages[-1].extract_text(), "who is in no grid comes last"
    assert "第 104 页，共 104 页" in reader.pages[-1].extract_text()
    with office.read() as session:
        assert session.scalars(select(papers.IssuedPaper.title)).one().endswith("一户一档 102 户")


def test_a_large_household_goes_on_on_a_second_page(office: Office, make: Make, grid: GridUnit, tmp_path: Path) -> None:
    home = make.household(grid, address="石桥村9组1号")
    for number in range(40):
        make.resident(f"王{number}", home, relation="户主" if number == 0 else "其他亲属", id_number=None)
    out = tmp_path / "一户一档.pdf"
    paper.issue(office, [home.id], out)
    pages = [page.extract_text() for page in PdfReader(out).pages]
    assert len(pages) == 2
    assert "（续）" in pages[1]
    assert "走访记录" in pages[1]
    assert "王39" in "".join(pages)


def test_who_stands_in_is_named_while_the_worker_is_away(
    office: Office, make: Make, grid: GridUnit, house: Household, tmp_path: Path
) -> None:
    second = make.staff("赵清泉", phone="13800009999")
    make.assign(second, grid, "stand_in")
    with office.read() as session:
        from gridoffice.domain.networks import Assignment

        worker = session.scalars(select(Assignment.staff_id).where(Assignment.unit_id == grid.id)).first()
    make.add(Leave(staff_id=worker, start=date(2026, 11, 18), end=date(2026, 11, 28)))
    out = tmp_path / "一户一档.pdf"
    paper.issue(office, [house.id], out)
    said = text(out)
    assert "13800009999" in said
    assert "请假至11月28日，由赵清泉代" in said.replace("\n", "")


@pytest.mark.parametrize("make_paper", [paper.draft, lambda office, ids: paper.book(office, ids, "样张")])
def test_nothing_chosen_is_refused(office: Office, make_paper: Callable[[Office, list[int]], object]) -> None:
    with pytest.raises(OfficeError, match="没有选出要印的户"):
        make_paper(office, [])


def test_a_draft_has_no_number_and_is_not_registered(office: Office, house: Household, tmp_path: Path) -> None:
    out = tmp_path / "样张.pdf"
    out.write_bytes(paper.draft(office, [house.id]))
    assert "样张" in text(out)
    with office.read() as session:
        assert session.scalars(select(papers.IssuedPaper)).all() == []
