"""The diary on paper, read back; and the table of 到位率 opened from the page."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

from pypdf import PdfReader
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain.papers import IssuedPaper
from gridoffice.modules.patrols import diary, locks, service
from gridoffice.modules.patrols.entry import Entry, Line
from tests.make import Make

DAY = date(2026, 11, 20)


def logged(office: Office, make: Make) -> Entry:
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    worker = make.staff("唐琪")
    make.assign(worker, grid)
    line = Line(time(9), "走访", "李秀兰家", "水管漏水", "联系水厂", "已修好", DAY + timedelta(days=7))
    entry = Entry(DAY, time(8, 30), time(10, 5), grid.id, worker.id, text="沿1组巡查", weather="晴", lines=(line,))
    patrol = service.record(office, entry)
    office.on = DAY + timedelta(days=5)
    locks.supplement(office, patrol, "当天还走了2组")
    return entry


def test_the_diary_reads_as_it_was_written_and_is_registered(office: Office, make: Make, tmp_path: Path) -> None:
    entry = logged(office, make)
    number = diary.issue(office, tmp_path / "日记.pdf", DAY, DAY, entry.staff_id, size="A5")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "日记.pdf").pages).replace("\n", "")
    for words in ("2026年11月20日 星期五", "天气：晴", "水管漏水", "联系水厂", "已修好", "11月27日再看", "签名"):
        assert words in text, words
    assert "【补记】2026年11月25日" in text
    with office.read() as session:
        paper = session.scalars(select(IssuedPaper)).one()
    assert (paper.number, paper.kind, paper.pages) == (number, "diary", 1)
    diary.issue(office, tmp_path / "空白.pdf", DAY, DAY, blank=3)
    assert len(PdfReader(tmp_path / "空白.pdf").pages) == 3
