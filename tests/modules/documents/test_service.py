"""The register of issued papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import paper_facts
from gridoffice.domain.listing import Query
from gridoffice.domain.papers import IssuedPaper, PaperItem
from gridoffice.modules.documents import paper as papers
from gridoffice.modules.documents import service
from tests.make import Make


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Any finished file."""
    path = tmp_path / "手册.pdf"
    path.write_bytes(b"%PDF-1.7 x")
    return path


def issue(office: Office, kind: str, path: Path) -> service.Issued:
    return service.register(office, kind, service.number_for(office, kind), "云溪镇", path, 3)


def test_numbers_run_by_kind_and_year(office: Office, paper: Path) -> None:
    office.on = date(2026, 3, 1)
    assert [issue(office, kind, paper).number for kind in ("cards", "cards", "board")] == [
        "卡2026-001",
        "卡2026-002",
        "牌2026-001",
    ]
    office.on = date(2027, 1, 1)
    assert issue(office, "cards", paper).number == "卡2027-001"


def test_a_paper_is_found_again_by_its_bytes(office: Office, paper: Path) -> None:
    line = issue(office, "handbook", paper)
    assert line.is_signed and len(line.sha256) == 64
    assert service.issued_as(office, paper) == line
    paper.write_bytes(b"%PDF-1.7 y")
    assert service.issued_as(office, paper) is None
    with pytest.raises(OfficeError, match="读不到"):
        service.issued_as(office, paper.with_name("没有.pdf"))


def test_register_lists_edits_and_gives_back(office: Office, paper: Path) -> None:
    line = issue(office, "board", paper)
    on = office.today()
    rows = service.PAPERS.rows(office, [line.id], on)
    assert rows[line.id][:3] == ("牌" + f"{on.year}-001", "公示牌", "云溪镇")
    assert rows[line.id][3] == "done|在用"
    assert service.PAPERS.count(office, Query(on=on, view="signed")) == 1
    assert service.PAPERS.count(office, Query(on=on, filters=(("kind", "cards"),))) == 0
    service.rename(office, line.id, "石桥村公示牌")
    service.strike(office, [line.id])
    with pytest.raises(OfficeError):
        service.issued(office, line.id)
    office.undo()
    assert service.issued(office, line.id).title == "石桥村公示牌"
    with pytest.raises(OfficeError, match="不能为空"):
        service.rename(office, line.id, " ")


def test_a_village_is_found_by_name_or_proposed(office: Office, make: Make) -> None:
    with pytest.raises(OfficeError, match="还没有村"):
        service.village(office, "石桥村")
    stone, ford = make.village("石桥村"), make.village("大塘村")
    make.grid(stone)
    assert service.village(office, "石桥").id == stone.id
    assert service.village(office, " 大塘村 ").id == ford.id
    with pytest.raises(OfficeError, match="是不是“石桥村”"):
        service.village(office, "石侨村")
    with pytest.raises(OfficeError, match="现有：石桥村、大塘村"):
        service.village(office, "不相干")
    assert [unit.name for unit in service.grids_of(office, stone.id)] == ["石桥村第1网格"]


def test_an_issued_card_keeps_what_stood_on_it_and_counts_its_editions(
    office: Office, make: Make, tmp_path: Path
) -> None:
    grid = make.grid(make.village("石桥村"))
    worker = make.staff("张䶮", phone="13800002210")
    make.assign(worker, grid)
    for place in (1, 2):
        papers.cards(office, tmp_path / f"{place}.pdf")
    with office.read() as session:
        first, second = session.scalars(select(IssuedPaper).order_by(IssuedPaper.id)).all()
        assert (first.edition, second.edition, second.maker) == (1, 2, "cards")
        (part,) = session.scalars(select(PaperItem).where(PaperItem.paper_id == second.id)).all()
    assert part.key == f"staff:{worker.id}"
    assert paper_facts.kept(part.facts)["本人 电话"] == "13800002210"
