"""签名验证 with the register: which version, replaced or taken back, unsigned papers, numbers and codes."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks, paper_code
from gridoffice.domain.papers import IssuedPaper
from gridoffice.modules.documents import certificates, looking_up, paper, signing, verifying
from tests.make import Make


@pytest.fixture
def village(make: Make) -> Make:
    """石桥村 with a grid and its worker."""
    place = make.village("石桥村")
    make.assign(make.staff("张䶮"), make.grid(place, "石桥村第1网格"), networks.WORKER)
    return make


@pytest.mark.usefixtures("village")
def test_a_paper_and_its_later_version(office: Office, tmp_path: Path) -> None:
    old = paper.board(office, "石桥村", tmp_path / "旧.pdf")
    verdict = verifying.verify(office, old.path)
    assert verdict.tone == "done" and verdict.found is not None
    assert (verdict.found.number, verdict.found.edition) == (old.number, 1)
    new = paper.board(office, "石桥村", tmp_path / "新.pdf")
    verdict = verifying.verify(office, old.path)
    assert verdict.tone == "soon"
    assert verdict.headline == "完整，但已有新版本" and new.number in verdict.lines[0]
    assert verdict.found is not None and verdict.found.newer_id is not None
    assert verifying.verify(office, new.path).tone == "done"


@pytest.mark.usefixtures("village")
def test_a_paper_that_was_taken_back(office: Office, tmp_path: Path) -> None:
    made = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    found = looking_up.look_up(office, made.number)
    with office.unit("收回") as session:
        record = session.get_one(IssuedPaper, found.id)
        record.recalled_on, record.recall_reason = office.today(), "电话印错"
    verdict = verifying.verify(office, made.path)
    assert verdict.tone == "late" and "收回作废" in verdict.headline and "电话印错" in verdict.lines[0]
    assert looking_up.look_up(office, made.number).tone == "late"


@pytest.mark.usefixtures("village")
def test_a_signature_added_later_still_finds_the_register_line(office: Office, tmp_path: Path) -> None:
    made = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    person = certificates.make(office, "李秀兰", "审核")
    both = tmp_path / "联签.pdf"
    both.write_bytes(signing.sign_paper(office, made.path.read_bytes(), ids=[person]))
    verdict = verifying.verify(office, both)
    assert verdict.tone == "done" and verdict.found is not None and verdict.found.number == made.number


@pytest.mark.usefixtures("village")
def test_an_unsigned_paper_is_compared_with_the_register(office: Office, tmp_path: Path) -> None:
    made = paper.cards(office, tmp_path / "卡.pdf")
    verdict = verifying.verify(office, made.path)
    assert verdict.tone == "done" and verdict.headline.startswith("与本办登记的原件一致")
    writer = pypdf.PdfWriter(clone_from=made.path)
    writer.add_blank_page()
    changed = tmp_path / "改.pdf"
    writer.write(changed)
    verdict = verifying.verify(office, changed)
    assert verdict.tone == "soon"
    assert any(made.number in line and "不是登记时的那一个" in line for line in verdict.lines)
    board = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    torn = tmp_path / "转发.pdf"
    torn.write_bytes(board.path.read_bytes() + b"\n% more")
    verdict = verifying.verify(office, torn)
    assert verdict.tone == "late" and any(board.number in line for line in verdict.lines)
    signed = tmp_path / "另签.pdf"
    signed.write_bytes(signing.sign_paper(office, changed.read_bytes()))
    assert any("登记里没有这个文件" in line for line in verifying.verify(office, signed).lines)


@pytest.mark.usefixtures("village")
def test_a_number_or_code_opens_the_register(office: Office, tmp_path: Path) -> None:
    made = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    for typed in (made.number, f" {made.number} ", made.number.replace("2", "２"), f"编号 {made.number}"):
        assert looking_up.look_up(office, typed).number == made.number
    cards = paper.cards(office, tmp_path / "卡.pdf")
    assert looking_up.look_up(office, f"{cards.number}-001").number == cards.number
    from sqlalchemy import select

    from gridoffice.domain.papers import PaperItem

    with office.read() as session:
        wanted = select(PaperItem.digest).join(IssuedPaper, IssuedPaper.id == PaperItem.paper_id)
        digest = session.scalars(wanted.where(IssuedPaper.number == made.number)).first()
    latin = paper_code.code(made.number, {"a": "b"}).rsplit(":", 1)[0]
    assert looking_up.look_up(office, f"{latin}:{digest}").number == made.number
    assert looking_up.look_up(office, f"{latin}：{digest}".lower()).number == made.number
    with pytest.raises(OfficeError, match=r"校验码.*对不上"):
        looking_up.look_up(office, f"{latin}:0123456789")
    with pytest.raises(OfficeError, match="登记里没有编号"):
        looking_up.look_up(office, "牌2031-999")


def test_many_files_and_cancel(office: Office, tmp_path: Path) -> None:
    from gridoffice.core.errors import Cancelled
    from tests.papers.signing import plain

    paths = []
    for number in range(3):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(signing.sign_paper(office, plain()))
        paths.append(path)
    paths.append(tmp_path / "没有.pdf")
    found = verifying.verify_many(office, paths)
    assert [one.tone for one in found] == ["done", "done", "done", "soon"] and "读不到" in found[3].headline

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 2:
            raise Cancelled

    assert len(verifying.verify_many(office, paths, progress=stop)) == 2


def test_checking_writes_nothing(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7 x")
    told: list[set[str]] = []
    office.changed.subscribe(told.append)
    verifying.verify(office, path)
    assert told == []
