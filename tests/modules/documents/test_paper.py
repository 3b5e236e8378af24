"""Papers from records to signed, numbered, registered files."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db import keys
from gridoffice.db.office import Office
from gridoffice.domain import certificates, networks, settings
from gridoffice.domain.attachments import attach
from gridoffice.domain.listing import Query
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents import paper, service, texts
from gridoffice.modules.documents.recipe import maker
from gridoffice.papers import sign
from tests.make import Make, id_number


def words(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@pytest.fixture
def town(office: Office, make: Make) -> Make:
    """石桥村 with two grids, its head, a pair of workers, one with a photo; 大塘村 without grids."""
    village = make.village("石桥村", households=90)
    first = make.grid(village, groups="1-2组", persons=120)
    make.grid(village, groups="3组", persons=80)
    make.village("大塘村")
    make.assign(make.staff("叶鹏"), village, networks.HEAD)
    worker = make.staff("张䶮", phone="13800002210", id_number=id_number(), note="家住三组")
    make.assign(worker, first)
    make.assign(make.staff("李秀兰", phone=""), first, networks.STAND_IN)
    out = io.BytesIO()
    Image.new("RGB", (200, 280), "steelblue").save(out, "JPEG")
    with office.unit("照片和电话") as session:
        kept = attach(session, "staff", worker.id, "张.jpg", out.getvalue())
        session.get_one(Staff, worker.id).photo_id = kept.id
        settings.put(session, "supervise_phone", "0592-1234567")
        settings.put(session, "clinic_phone", "0592-7654321")
    return make


@pytest.mark.usefixtures("town")
def test_cards_of_all_workers_with_what_is_missing_told(office: Office, tmp_path: Path) -> None:
    made = paper.cards(office, tmp_path / "卡.pdf")
    assert made.notes == ("1 人没有照片，已用空白头像", "1 人没有电话，号码处留空：李秀兰")
    assert made.title == "云溪镇联系卡 2 张"
    assert made.pages == 2
    text = words(made.path).replace(" ", "")
    for wanted in (
        "张䶮",
        "13800002210",
        "石桥村第1网格",
        "李秀兰",
        "0592-1234567",
        "0592-7654321",
        f"{made.number}-001",
    ):
        assert wanted in text
    assert "三组" not in text and id_number() not in text
    assert service.issued_as(office, made.path) is not None
    heads = paper.cards(office, tmp_path / "全.pdf", heads=True)
    assert "叶鹏" in words(heads.path)
    with pytest.raises(OfficeError, match="还没有网格员"):
        paper.cards(office, tmp_path / "无.pdf", village="大塘")


@pytest.mark.usefixtures("town")
def test_board_is_signed_and_its_figures_are_the_villages_or_the_sums(office: Office, tmp_path: Path) -> None:
    made = paper.board(office, "石桥", tmp_path / "牌.pdf")
    text = words(made.path)
    for wanted in ("石桥村网格公示牌", "叶鹏", "张䶮", "90", "200"):
        assert wanted in text
    verdict = paper.verify(office, made.path)
    assert verdict.tone == "done" and "没有改动" in verdict.headline
    assert any(made.number in line for line in verdict.lines)
    with pytest.raises(OfficeError, match="还没有网格"):
        paper.board(office, "大塘村", tmp_path / "x.pdf")
    with pytest.raises(OfficeError, match="是不是“石桥村”"):
        paper.board(office, "石巧村", tmp_path / "x.pdf")


@pytest.mark.usefixtures("town")
def test_handbook_is_signed_and_a_changed_byte_is_found(office: Office, tmp_path: Path) -> None:
    made = paper.handbook(office, tmp_path / "册.pdf", log_pages=0)
    text = words(made.path)
    assert "云溪镇网格工作手册" in text and "张䶮" in text and "岗位职责" in text
    assert id_number() not in text.replace(" ", "")
    data = bytearray(made.path.read_bytes())
    data[len(data) // 3] ^= 1
    made.path.write_bytes(bytes(data))
    verdict = paper.verify(office, made.path)
    assert verdict.tone != "done"
    one = paper.handbook(office, tmp_path / "村.pdf", village="石桥村", log_pages=6)
    assert one.title == "石桥村网格工作手册"


@pytest.mark.usefixtures("town")
def test_one_certificate_is_kept_and_another_office_is_not_own(office: Office, tmp_path: Path) -> None:
    kept = sign.root_of(paper.identity(office))
    assert sign.root_of(paper.identity(office)) == kept
    made = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    with office.unit("换证书") as session:
        for one in session.scalars(select(certificates.Certificate)):
            session.delete(one)
    assert sign.root_of(paper.identity(office)) != kept
    assert paper.verify(office, made.path).tone == "soon"


@pytest.mark.usefixtures("town")
def test_any_pdf_is_signed_and_what_is_none_is_told(office: Office, tmp_path: Path) -> None:
    plain = tmp_path / "通知.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(plain)
    assert paper.verify(office, plain).headline == "没有签名，不能证明是谁发的、改没改过"
    out = paper.sign(office, plain, tmp_path / "通知_签.pdf")
    assert paper.verify(office, out).tone == "done"
    other = tmp_path / "x.pdf"
    other.write_text("不是")
    with pytest.raises(OfficeError, match="PDF"):
        paper.sign(office, other)
    assert paper.verify(office, other).tone == "soon"


@pytest.mark.usefixtures("town")
def test_any_list_is_printed_as_seen(office: Office, tmp_path: Path) -> None:
    paper.cards(office, tmp_path / "卡.pdf")
    made = paper.list_pdf(office, service.PAPERS, Query(office.today(), view="in_use"), tmp_path / "表.pdf")
    assert made.title == "云溪镇文书登记（在用）"
    assert "卡" in words(made.path)
    with pytest.raises(OfficeError, match="没有符合的记录"):
        paper.list_pdf(office, service.PAPERS, Query(office.today(), view="void"), tmp_path / "空.pdf")


def test_recovery_sheet_bears_the_key_in_order(office: Office, tmp_path: Path) -> None:
    made = paper.recovery_sheet(office, tmp_path / "恢.pdf")
    text = words(made.path)
    assert all(word in text for word in keys.to_words(office.key))


@pytest.mark.usefixtures("town")
def test_a_draft_leaves_no_trace(office: Office, tmp_path: Path) -> None:
    before = office.undo_text()
    made = paper.draft(tmp_path / "样.pdf", maker("cards").prepare(office, {}))
    assert made.number == paper.SAMPLE and made.pages == 2
    assert office.undo_text() == before
    assert service.PAPERS.count(office, Query(office.today())) == 0


@pytest.mark.usefixtures("town")
def test_a_place_that_cannot_be_written_is_a_sentence(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="没有写成"):
        paper.cards(office, tmp_path / "没有" / "卡.pdf")
    assert service.PAPERS.count(office, Query(office.today())) == 0


def test_an_office_without_a_name_is_asked_for_it(office: Office, tmp_path: Path) -> None:
    with office.unit("清空名称") as session:
        settings.put(session, "name", "")
    with pytest.raises(OfficeError, match="还没有名称"):
        paper.recovery_sheet(office, tmp_path / "x.pdf")


def test_own_wording_wins_and_a_wrong_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDOFFICE_HOME", str(tmp_path))
    shipped = texts.load()
    assert shipped.chapters and shipped.card_services and ("火警", "119") in shipped.emergency
    folder = tmp_path / "forms" / "papers"
    folder.mkdir(parents=True)
    (folder / "board.toml").write_text('services = ["代写书信"]', "utf-8")
    assert texts.load().board_services == ("代写书信",)
    (folder / "board.toml").write_text("service = []", "utf-8")
    with pytest.raises(OfficeError, match=r"board\.toml.*service"):
        texts.load()
    (folder / "board.toml").write_text("services = [", "utf-8")
    with pytest.raises(OfficeError, match="读不出来"):
        texts.load()


@pytest.mark.usefixtures("town")
def test_an_internal_list_says_who_printed_it_and_when(office: Office, tmp_path: Path) -> None:
    from pypdf import PdfReader

    office.user = "王芳"
    paper.cards(office, tmp_path / "卡.pdf")
    made = paper.list_pdf(office, service.PAPERS, Query(office.today()), tmp_path / "表.pdf")
    text = PdfReader(made.path).pages[0].extract_text()
    assert "仅供工作使用" in text and f"制表 王芳 {office.today().year}-" in text
