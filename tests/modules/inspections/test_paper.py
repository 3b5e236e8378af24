"""The record of a check on paper: what failed with its basis, one page, and a blank one to take along."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from gridoffice.db.office import Office
from gridoffice.forms import answers as sheets
from gridoffice.forms.schema import FAIL
from gridoffice.modules.inspections import checks, paper
from tests.make import Make

DAY = date(2026, 11, 20)


def text_of(data: bytes) -> tuple[str, int]:
    reader = PdfReader(io.BytesIO(data))
    return "".join(page.extract_text() for page in reader.pages), len(reader.pages)


@pytest.fixture
def place(office: Office, make: Make) -> int:
    office.on = DAY
    return make.premises("石桥便民超市", make.grid()).id


def test_a_filled_record_tells_what_failed_and_why(office: Office, place: int) -> None:
    form = checks.checklist_for("小购物")
    answers = sheets.all_pass(form, {"Q02": FAIL, "Q02_note": "东门两具"})
    new = checks.record(office, checks.Entry(place, DAY, "宋馨", "胡凯", form.key, answers))
    view = paper.filled(office, new)
    row = next(row for row in view.rows if row[0] == "Q02")
    assert row[2] == "不合格" and "东门两具" in row[3] and "GB 50444" in row[3]
    assert view.rows[-1][3] == "发现隐患 1 处，已当面告知"
    text, pages = text_of(paper.draw(view))
    assert "石桥便民超市" in text and "宋馨、胡凯" in text and "责令" not in text and pages == 1


def test_a_check_without_a_list_prints_its_hazards(office: Office, place: int) -> None:
    new = checks.record(office, checks.Entry(place, DAY, "宋馨", found=(checks.Found("后门上锁"),)))
    assert paper.filled(office, new).rows[0][1:3] == ("后门上锁", "不合格")


def test_a_blank_list_has_every_item_to_tick(office: Office, place: int) -> None:
    view = paper.blank(office, place)
    assert [row[0] for row in view.rows] == [item.key for item in checks.checklist_for("小购物").items]
    text, pages = text_of(paper.draw(view))
    assert text.count("□不合格") == len(view.rows) and pages == 1
