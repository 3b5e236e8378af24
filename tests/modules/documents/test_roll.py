"""Who may stand on public papers."""

from __future__ import annotations

import dataclasses
import io
from datetime import date, timedelta

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.attachments import attach
from gridoffice.domain.networks import Role
from gridoffice.domain.staff import Leave, Staff
from gridoffice.modules.documents import roll, service
from gridoffice.modules.documents.recipe import maker
from tests.make import Make


def photo(side: int = 300) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def with_photo(office: Office, person: Staff, side: int = 300) -> None:
    with office.unit("照片") as session:
        kept = attach(session, "staff", person.id, "a.jpg", photo(side))
        session.get_one(Staff, person.id).photo_id = kept.id


def test_workers_stand_in_the_order_of_their_grids_with_partner_and_all_grids(office: Office, make: Make) -> None:
    village = make.village("石桥村")
    first, second = make.grid(village), make.grid(village)
    head, worker, stand_in = make.staff("叶长"), make.staff("张甲"), make.staff("李乙")
    make.assign(head, village, networks.HEAD)
    make.assign(worker, second)
    make.assign(worker, first)
    make.assign(stand_in, first, networks.STAND_IN)
    found = roll.read(office)
    assert [(seat.name, [u.name for u in units]) for seat, units in found.workers()] == [
        ("张甲", ["石桥村第1网格", "石桥村第2网格"]),
        ("李乙", ["石桥村第1网格"]),
    ]
    assert [seat.name for seat, _ in found.workers(heads=True)] == ["叶长", "张甲", "李乙"]
    assert [seat.name for seat, _ in found.workers(second.id)] == ["张甲"]
    seat = found.seat(first.id, networks.WORKER)
    assert seat is not None
    partner = found.partner(seat)
    assert partner is not None and partner.name == "李乙" and found.partner(partner) == seat
    assert found.short(first) == "第1网格"


def test_who_left_whose_term_ended_or_whose_role_is_not_public_is_not_shown(office: Office, make: Make) -> None:
    grid = make.grid()
    gone, ended, hidden = make.staff("走人", is_active=False), make.staff("到期"), make.staff("内部")
    make.assign(gone, grid)
    make.assign(ended, grid, end=office.today() - timedelta(days=1), start=date(2020, 1, 1))
    make.assign(hidden, grid, networks.ASSISTANT)
    with office.unit("不公开") as session:
        session.scalars(select(Role).where(Role.key == networks.ASSISTANT)).one().is_public = False
    assert roll.read(office).workers() == []


def test_photos_are_taken_small_unless_asked_large(office: Office, make: Make) -> None:
    grid = make.grid()
    person = make.staff("张甲")
    make.assign(person, grid)
    with_photo(office, person, side=900)
    small, large = roll.read(office).photos[person.id], roll.read(office, large=True).photos[person.id]
    assert len(small) < roll.LARGE < len(large)
    assert roll.read(office, photos=False).photos == {}


def test_nothing_private_is_read() -> None:
    assert {field.name for field in dataclasses.fields(roll.Seat)} == {
        "staff_id", "name", "phone", "post", "role", "role_title", "unit_id", "is_stand_in",
    }  # fmt: skip


def test_an_office_without_grids_is_told_so(office: Office) -> None:
    with pytest.raises(OfficeError, match="还没有网格"):
        roll.read(office)


def test_the_handbook_of_the_week_says_who_stands_in_and_the_board_keeps_a(office: Office, make: Make) -> None:
    office.on = date(2026, 11, 18)
    village = make.village("石桥村")
    grid, a, b = make.grid(village, "石桥村第2网格"), make.staff("张建国"), make.staff("李秀兰")
    make.assign(a, grid)
    make.assign(b, grid, networks.STAND_IN)
    make.add(Leave(staff_id=a.id, start=date(2026, 11, 20), end=date(2026, 11, 22), kind="病假"))
    wanted = f"张建国 11月20日至22日请假，石桥村第2网格由李秀兰代，电话{b.phone}"
    assert [one.words for one in roll.read(office).away] == [wanted]
    text = read(maker("handbook").prepare(office, {"log_pages": 0}).draw("样张"))
    assert "本周请假和代班" in text
    assert "由李秀兰代" in text
    assert "病假" not in text
    board = read(maker("board").prepare(office, {"unit": service.village(office, "石桥村").id}).draw("样张"))
    assert "张建国" in board
    assert "请假" not in board
    office.on = date(2026, 11, 23)
    assert roll.read(office).away == []
    assert "本周请假和代班" not in read(maker("handbook").prepare(office, {"log_pages": 0}).draw("样张"))


def test_who_leaves_on_a_day_to_come_stands_on_papers_till_then(office: Office, make: Make) -> None:
    office.on = date(2026, 11, 18)
    grid = make.grid()
    make.assign(make.staff("张建国", is_active=False, left_on=office.on), grid)
    assert [seat.name for seat, _ in roll.read(office).workers()] == ["张建国"]
    office.on = date(2026, 11, 19)
    assert roll.read(office).workers() == []


def read(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\n", "")
