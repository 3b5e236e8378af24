"""Issued papers on real offices: what replaces what, who has the copies, and what is to be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import attachments, paper_copies, papers
from gridoffice.domain.paper_copies import Handing, PaperCopy
from gridoffice.domain.papers import IssuedPaper, Origin, PaperItem, Part


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Any finished file."""
    path = tmp_path / "牌.pdf"
    path.write_bytes(b"%PDF-1.7 x")
    return path


def issue(office: Office, file: Path, *keys: str, kind: str = "board", variant: str = "", data: bytes = b"") -> int:
    origin = Origin(kind, json.dumps({}), tuple(Part(key, key, "{}", "0123456789", variant) for key in keys))
    number = papers.number_for(office, kind)
    return papers.register(office, kind, number, "公示牌", file, 1, origin=origin, data=data).id


def paper(office: Office, paper_id: int) -> IssuedPaper:
    with office.read() as session:
        return session.get_one(IssuedPaper, paper_id)


def items(office: Office, paper_id: int) -> dict[str, PaperItem]:
    with office.read() as session:
        found = session.scalars(select(PaperItem).where(PaperItem.paper_id == paper_id))
        return {one.key: one for one in found}


def copies(office: Office) -> list[PaperCopy]:
    with office.read() as session:
        return list(session.scalars(select(PaperCopy).order_by(PaperCopy.id)))


def test_a_newer_paper_takes_the_place_of_just_its_own_parts(office: Office, file: Path) -> None:
    first = issue(office, file, "staff:1", "staff:2", kind="cards")
    second = issue(office, file, "staff:2", kind="cards")
    assert (items(office, first)["staff:1"].replaced_by, items(office, first)["staff:2"].replaced_by) == (None, second)
    assert not paper(office, first).is_replaced and paper(office, second).edition == 2
    issue(office, file, "staff:1", kind="cards")
    assert paper(office, first).is_replaced and not paper(office, second).is_replaced
    office.undo()
    assert not paper(office, first).is_replaced and items(office, first)["staff:1"].replaced_by is None


def test_another_size_or_another_kind_of_the_same_stands_beside_it(office: Office, file: Path) -> None:
    large = issue(office, file, "unit:7", variant="600×900")
    issue(office, file, "unit:7", variant="A4")
    issue(office, file, "unit:7", kind="map")
    assert not paper(office, large).is_replaced
    issue(office, file, "unit:7", variant="600×900")
    assert paper(office, large).is_replaced


def test_the_file_is_kept_with_the_line_of_the_register(office: Office, file: Path) -> None:
    made = issue(office, file, "unit:7", data=file.read_bytes())
    with office.read() as session:
        (kept,) = attachments.of_record(session, "issued_paper", made)
        assert attachments.data_of(session, kept.id) == file.read_bytes()


def test_copies_are_given_out_signed_for_and_taken_back_in_one_step(office: Office, file: Path) -> None:
    first = issue(office, file, "unit:7")
    made = paper_copies.hand_out(
        office, first, [Handing(receiver="张建国", copies=2), Handing(place="村委会东墙", unit_id=7)]
    )
    assert paper_copies.sign_for(office, made[:1]) == 1 and paper_copies.sign_for(office, made[:1]) == 0
    issue(office, file, "unit:7")
    with office.read() as session:
        old = select(PaperCopy.id).join(IssuedPaper, IssuedPaper.id == PaperCopy.paper_id)
        assert set(session.scalars(old.where(paper_copies.is_old(), paper_copies.is_out()))) == set(made)
    assert paper_copies.take_back(office, made) == 2
    assert [one.returned_on for one in copies(office)] == [office.today()] * 2
    assert items(office, first)["unit:7"].collected_on == office.today()
    assert office.undo() == "文书收回：张建国、村委会东墙"
    assert [one.returned_on for one in copies(office)] == [None, None]
    assert items(office, first)["unit:7"].collected_on is None


def test_one_replaced_card_is_taken_back_and_the_others_stay_out(office: Office, file: Path) -> None:
    first = issue(office, file, "staff:1", "staff:2", kind="cards")
    paper_copies.hand_out(
        office, first, [Handing(f"员{n}", n, f"staff:{n}", f"员{n}联系卡", copies=100) for n in (1, 2)]
    )
    issue(office, file, "staff:2", kind="cards")
    assert paper_copies.collect(office, [first]) == 1
    assert [one.returned_on for one in copies(office)] == [None, office.today()]
    assert items(office, first)["staff:1"].collected_on is None


def test_a_recalled_paper_is_given_out_no_more_and_wants_a_reason(office: Office, file: Path) -> None:
    made = issue(office, file, "unit:7")
    with pytest.raises(OfficeError, match="原因"):
        paper_copies.recall(office, [made], " ")
    assert paper_copies.recall(office, [made], "电话印错了") == 1
    assert paper_copies.recall(office, [made], "再一次") == 0
    assert paper(office, made).recall_reason == "电话印错了"
    with pytest.raises(OfficeError, match="已经作废"):
        paper_copies.hand_out(office, made, [Handing(receiver="张建国")])
    assert office.undo() == f"作废文书：{paper(office, made).number}（电话印错了）"
    assert paper(office, made).recalled_on is None


@pytest.mark.parametrize(("wrong", "told"), [(Handing(), "挂在哪里"), (Handing("张建国", copies=0), "份数")])
def test_a_copy_without_a_place_or_a_number_is_refused(office: Office, file: Path, wrong: Handing, told: str) -> None:
    made = issue(office, file, "unit:7")
    with pytest.raises(OfficeError, match=told):
        paper_copies.hand_out(office, made, [Handing("李秀兰"), wrong])
    assert copies(office) == []


def test_two_computers_taking_one_number_both_get_their_paper(office: Office, file: Path) -> None:
    numbers: list[str] = []

    def write(number: str) -> str:
        numbers.append(number)
        if len(numbers) == 1:
            papers.register(office, "board", number, "别人的", file, 1)  # the other computer was quicker
        papers.register(office, "board", number, "自己的", file, 1)
        return number

    assert papers.numbered(office, "board", write) == numbers[1] == f"牌{office.today().year}-002"
    with office.read() as session:
        assert list(session.scalars(select(IssuedPaper.title).order_by(IssuedPaper.id))) == ["别人的", "自己的"]


def test_another_failure_is_not_taken_for_a_number_that_is_gone(office: Office, file: Path) -> None:
    with pytest.raises(OfficeError) as told, office.unit("坏") as session:
        session.add(PaperItem(paper_id=4711, key="x", title="x"))
    assert not isinstance(told.value, papers.NumberTaken)
    file.unlink()
    with pytest.raises(OfficeError, match="读不到"):
        papers.register(office, "board", "牌2026-001", "公示牌", file, 1)
