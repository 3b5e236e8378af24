"""Papers by the step: offered when due, numbered by kind and year, private values hidden, replies, undo."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import powers
from gridoffice.domain.casework import CaseHousehold, CasePaper
from gridoffice.domain.loop import Given
from gridoffice.domain.papers import IssuedPaper
from gridoffice.domain.work import Case
from gridoffice.modules.cases import letters, paper_letters, service
from gridoffice.modules.cases.service import Entry
from tests.make import Make

DAY = date(2026, 11, 20)  # a Friday
PHONE, NUMBER = "13800002213", "990102197001010012"
TEXT = f"周玉兰（{PHONE}，{NUMBER}）家门口污水外溢，赵德福打来电话。"


@pytest.fixture
def case(office: Office, make: Make) -> int:
    """A case with a reporter, a linked household, and private numbers in its text."""
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    house = make.household(unit_id=grid.id)
    make.resident("周玉兰", household_id=house.id)
    entry = Entry(
        "周玉兰家门口污水外溢", DAY, "环境卫生", "K2", grid.id, "三组桥头", text=TEXT, source="phone",
        reporter="赵德福", reporter_phone=PHONE,
    )  # fmt: skip
    made = service.create(office, entry)
    with office.unit("关联户") as session:
        session.add(CaseHousehold(case_id=made, household_id=house.id))
    return made


def step(office: Office, case: int, verb: str, **given: str) -> None:
    now = datetime.combine(office.today(), datetime.min.time()).replace(hour=9)
    who = "李秀兰" if verb in ("verify", "close") else "王主任"
    service.step(office, case, verb, Given(who, now, **given))  # type: ignore[arg-type]


def text_of(place: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(place).pages).replace("\n", "")


def late(office: Office) -> int:
    """The number on 今日."""
    found = service.counts(office, office.today())
    return next((one.number for one in found if one.key == "cases_unanswered"), 0)


def kinds(office: Office, case: int) -> set[str]:
    return {offer.kind for offer in letters.offered(office, case)}


def whole(office: Office, case: int) -> None:
    """All the way to the end."""
    for verb, given in (
        ("accept", {"note": "同意受理"}), ("dispatch", {"handler": "水电站", "note": "先疏通再清理"}), ("take", {}),
        ("handle", {"note": f"管道已疏通。联系人{PHONE}"}), ("verify", {}), ("close", {"satisfaction": "good"}),
    ):  # fmt: skip
        step(office, case, verb, **given)


def test_each_step_offers_its_paper_and_says_why_the_others_wait(office: Office, case: int) -> None:
    assert kinds(office, case) == set()
    assert {one.why for one in letters.offered(office, case, is_all=True)} == set(letters.WHY_NOT.values())
    step(office, case, "accept")
    assert kinds(office, case) == {"accept"}
    step(office, case, "dispatch", handler="水电站")
    assert kinds(office, case) == {"accept", "dispatch", "notice"}
    step(office, case, "take")
    step(office, case, "hand_over", body="县水务局", note="属于水务局职责")
    assert kinds(office, case) == {"accept", "dispatch", "notice", "transfer"}
    offer = next(one for one in letters.offered(office, case) if one.kind == "transfer")
    assert (offer.addressee, offer.reply_by) == ("县水务局", date(2026, 12, 4)), "ten working days"


def test_reporting_to_the_county_offers_the_report_not_before(office: Office, case: int, tmp_path: Path) -> None:
    step(office, case, "report_up", note="需要镇里协调")
    assert kinds(office, case) == set(), "the township itself needs no letter"
    step(office, case, "report_up", note="需要县里协调")
    assert kinds(office, case) == {"report"}
    with pytest.raises(OfficeError, match="没有写主送"):
        letters.make(office, case, "report", tmp_path / "报告.pdf")
    letters.make(office, case, "report", tmp_path / "报告.pdf", addressee="县综治中心")
    read = text_of(tmp_path / "报告.pdf")
    assert "县综治中心：" in read
    assert "需要县里协调" in read


def test_no_paper_names_household_or_numbers_and_only_the_last_names_the_reporter(
    office: Office, case: int, tmp_path: Path
) -> None:
    whole(office, case)
    for kind in ("accept", "dispatch", "tell"):
        place = tmp_path / f"{kind}.pdf"
        letters.make(office, case, kind, place)
        read = text_of(place)
        assert len(read) > 150, kind
        for private in ("周玉兰", PHONE, NUMBER, "990102197001010012"[-4:] + "0"):
            assert private not in read, (kind, private)
        assert ("赵德福：" in read) == (kind == "tell"), kind
    read = text_of(tmp_path / "tell.pdf")
    assert read.count("赵德福") == 1, "only as the one it is written to"
    assert "管道已疏通" in read


@pytest.mark.parametrize("kind", paper_letters.KINDS)
def test_no_wording_claims_a_power_the_township_lacks(kind: str) -> None:
    found = paper_letters.wording(kind)
    told = " ".join([found.title, *found.paragraphs, *(text for pair in found.facts for text in pair)])
    assert not [word for word in powers.BEYOND if word in told]


def test_a_transfer_is_a_letter_with_numbered_attachments_date_and_a_reply_slip(
    office: Office, case: int, tmp_path: Path
) -> None:
    step(office, case, "accept")
    step(office, case, "dispatch", handler="水电站")
    letters.make(office, case, "notice", tmp_path / "提示.pdf")
    step(office, case, "take")
    step(office, case, "hand_over", body="县水务局", note="属于水务局职责")
    made = letters.make(office, case, "transfer", tmp_path / "移送.pdf")
    read = text_of(tmp_path / "移送.pdf")
    assert (made.number, made.pages) == ("移送〔2026〕1号", 2)  # the letter, and its slip on a sheet of its own
    for words in ("县水务局：", "属于水务局职责", "附件：1.事项办理过程", "2.提示函（提示〔2026〕1号）",
                  "2026年11月20日", "移送回执", "2026年12月4日前"):  # fmt: skip
        assert words in read, words


def test_a_reminder_tells_before_and_after_the_deadline(office: Office, case: int, tmp_path: Path) -> None:
    step(office, case, "accept")
    step(office, case, "dispatch", handler="水电站")
    due = service.view(office, case).entry.due_on
    assert due is not None
    letters.make(office, case, "notice", tmp_path / "前.pdf")
    assert f"还有 {(due - DAY).days} 天" in text_of(tmp_path / "前.pdf")
    office.on = due + timedelta(days=3)
    letters.make(office, case, "notice", tmp_path / "后.pdf")
    assert "现已超过 3 天" in text_of(tmp_path / "后.pdf")


def test_numbers_run_by_kind_and_year_and_stand_in_the_register(office: Office, case: int, tmp_path: Path) -> None:
    whole(office, case)
    numbers = []
    for kind, on in (("accept", DAY), ("accept", DAY), ("tell", DAY), ("accept", date(2027, 1, 4))):
        office.on = on
        numbers.append(letters.make(office, case, kind, tmp_path / "x.pdf").number)
    assert numbers == ["受理〔2026〕1号", "受理〔2026〕2号", "告知〔2026〕1号", "受理〔2027〕1号"]
    with office.read() as session:
        kept = session.scalars(select(IssuedPaper.number).order_by(IssuedPaper.id)).all()
    assert list(kept) == numbers
    assert numbers[3] in text_of(tmp_path / "x.pdf")


def test_making_is_one_step_and_undo_takes_both_lines(office: Office, case: int, tmp_path: Path) -> None:
    step(office, case, "accept")
    letters.make(office, case, "accept", tmp_path / "x.pdf")
    undone = office.undo()
    assert undone is not None
    with office.read() as session:
        assert session.scalars(select(IssuedPaper)).all() == []
        assert session.scalars(select(CasePaper)).all() == []
    office.redo()
    assert [one.number for one in letters.of_case(office, case)] == ["受理〔2026〕1号"]


def test_a_reply_is_registered_and_an_overdue_one_is_counted(office: Office, case: int, tmp_path: Path) -> None:
    step(office, case, "accept")
    step(office, case, "dispatch", handler="水电站")
    made = letters.make(office, case, "dispatch", tmp_path / "x.pdf")
    office.on = date(2026, 12, 1)
    assert [one.is_late for one in letters.of_case(office, case)] == [True]
    assert late(office) == 1
    with pytest.raises(OfficeError, match="没有写回执的内容"):
        letters.reply(office, made.id, office.on, " ")
    with pytest.raises(OfficeError, match="回执日期应在"):
        letters.reply(office, made.id, date(2026, 11, 1), "已收到")
    letters.reply(office, made.id, office.on, "已签收，正在疏通")
    (one,) = letters.of_case(office, case)
    assert (one.replied_on, one.reply, one.is_late) == (office.on, "已签收，正在疏通", False)
    assert late(office) == 0


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{source}", "{quelle}", "“{quelle}”不认识"),
        ("{source}", "{source", "花括号没有成对"),
        ("事项受理单", "责令改正通知书", "网格办没有这项职权"),
        ("reply_days = 0", "reply_days = -1", "reply_days 应是"),
    ],
)
def test_a_wrong_wording_is_told_before_anything_is_printed(
    office: Office, case: int, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    step(office, case, "accept")
    own = paths.data() / "forms" / "papers" / "cases.toml"
    own.parent.mkdir(parents=True)
    shipped = (paths.forms() / "papers" / "cases.toml").read_text("utf-8")
    start = shipped.index("[accept]")
    own.write_text(shipped[:start] + shipped[start:].replace(old, new, 1), "utf-8")
    with pytest.raises(OfficeError, match=sentence):
        letters.make(office, case, "accept", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
    assert letters.of_case(office, case) == ()


def test_a_very_long_text_goes_on_on_numbered_pages(office: Office, case: int, tmp_path: Path) -> None:
    with office.unit("改") as session:
        session.get_one(Case, case).text = "污水外溢，影响通行。" * 300
    step(office, case, "accept")
    made = letters.make(office, case, "accept", tmp_path / "x.pdf")
    read = text_of(tmp_path / "x.pdf")
    assert made.pages > 1
    assert "— 2 —" in read
    assert read.count("影响通行") == 300


def test_a_draft_has_no_number_and_leaves_no_line(office: Office, case: int) -> None:
    step(office, case, "accept")
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(letters.draft(office, case, "accept"))).pages)
    assert "样稿" in read
    with office.read() as session:
        assert session.scalars(select(IssuedPaper)).all() == []
