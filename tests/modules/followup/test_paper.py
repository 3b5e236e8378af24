"""The follow-up sheet on paper: the last four visits side by side, the rest left to be written in."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

from pypdf import PdfReader

from gridoffice.db.office import Office
from gridoffice.modules.followup import paper, register, visits
from gridoffice.modules.followup.register import Entry
from gridoffice.modules.followup.visits import VisitEntry

DAY = date(2026, 11, 20)
SHEET: dict[str, Any] = {"visit_way": 2, "symptoms": [2, 6], "sbp": 156, "dbp": 92} | dict.fromkeys(
    ("danger", "complication", "adr"), 1
)


def test_four_visits_stand_side_by_side(office: Office) -> None:
    office.on = DAY
    new = register.enrol(office, Entry("htn", "单德福", enrolled_on=DAY - timedelta(days=400)))
    for back in (300, 200, 100, 50, 10):
        visits.record(office, new, VisitEntry(DAY - timedelta(days=back), SHEET, doctor="周医生"))
    view = paper.sheet(office, new)
    assert [column.title for column in view.columns][1:] == ["2026-05-04", "2026-08-12", "2026-10-01", "2026-11-10"]
    rows = {row[0]: row[1:] for row in view.rows}
    assert rows["血压（mmHg）"] == ("156/92",) * 4
    assert rows["症状"][0] == "头痛头晕、心悸胸闷" and rows["处理"][3] == "转诊"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.draw(office, new))).pages)
    assert "单德福" in text and "随访医生" in text


def test_a_sheet_without_visits_is_blank(office: Office) -> None:
    new = register.enrol(office, Entry("dm2", "王芳"))
    view = paper.sheet(office, new)
    assert len(view.columns) == 5 and all(set(row[1:]) == {""} for row in view.rows)
