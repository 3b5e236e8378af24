"""A log with photos and cases is one step; a form's wording stays with the logs that were answered under it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain import attachments
from gridoffice.domain.form_texts import FormText
from gridoffice.domain.work import Case
from gridoffice.forms import kept, load, logs
from gridoffice.modules.patrols import details, diary, service
from gridoffice.modules.patrols.entry import Entry, Problem
from gridoffice.modules.patrols.model import HouseVisit, Patrol
from gridoffice.modules.patrols.visits import due_of
from tests.make import Make
from tests.modules.residents.ground import rows

DAY = date(2026, 11, 20)


@pytest.fixture
def entry(office: Office, make: Make) -> Entry:
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    worker = make.staff("唐琪")
    make.assign(worker, grid)
    return Entry(DAY, time(8, 30), time(10, 5), grid.id, worker.id, "日常巡查", 0, "沿1组巡查")


def photo(folder: Path, name: str) -> Path:
    """A photo's file."""
    out = io.BytesIO()
    Image.new("RGB", (30, 20), name.encode().hex()[:6].join(("#", ""))[:7]).save(out, "JPEG")
    path = folder / name
    path.write_bytes(out.getvalue())
    return path


def test_a_log_with_photos_and_cases_is_one_step(office: Office, entry: Entry, tmp_path: Path) -> None:
    before = rows(office)
    mine, found = (details.read_photos([photo(tmp_path, name)], "桥头") for name in ("a.jpg", "b.jpg"))
    problem = Problem("消防隐患", text="楼道堆物", photos=found)
    patrol = service.record(office, replace(entry, photos=mine, problems=(problem,)))
    with office.read() as session:
        case = session.scalars(select(Case)).one()
        [of_case] = attachments.of_record(session, "case_file", case.id)
        assert (of_case.kind, of_case.name) == ("before", "桥头 b.jpg")
    assert service.view(office, patrol).photos == ("桥头 a.jpg",)
    office.undo()
    assert rows(office) == before
    office.redo()
    assert service.view(office, patrol).photos == ("桥头 a.jpg",)


def test_a_household_on_a_log_counts_as_visited(office: Office, make: Make, entry: Entry) -> None:
    home = make.household(make.grid(name="东河村第1网格"))
    make.resident("李秀兰", home)
    service.record(office, replace(entry, houses=(home.id,)))
    with office.read() as session:
        assert session.scalars(select(HouseVisit.result)).one() == ""
        assert due_of(session, [home.id], DAY)[home.id].last == DAY


OWN = """
key = "daily"
version = {version}
title = "日常巡查"
[[sections]]
key = "counts"
title = "巡查分项"
items = [{{ key = "fire", title = "{title}", kind = "int", low = 0, high = 99, unit = "处" }}]
"""


def test_an_old_log_shows_and_prints_the_wording_it_was_answered_under(office: Office, entry: Entry) -> None:
    folder = load.own() / logs.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    own = folder / "daily.toml"
    own.write_text(OWN.format(version=7, title="火灾隐患（旧说法）"), "utf-8")
    logs._kinds.cache_clear()
    try:
        patrol = service.record(office, replace(entry, answers={"fire": 2}, is_sure=True))
        again = service.record(office, replace(entry, start=time(14), end=time(15), answers={"fire": 1}, is_sure=True))
        with office.read() as session:
            assert len(session.scalars(select(FormText)).all()) == 1, "once for each version"
        own.write_text(OWN.format(version=8, title="消防隐患（新说法）"), "utf-8")
        logs._kinds.cache_clear()
        assert service.view(office, patrol).answers == (("火灾隐患（旧说法）", "2 处"),)
        view = diary.view(office, DAY, DAY)
        assert ("火灾隐患（旧说法）", "2 处") in view.days[0].facts
        path = own.with_name("日记.pdf")
        diary.issue(office, path, DAY, DAY)
        assert "火灾隐患（旧说法）：2 处" in "".join(page.extract_text() for page in PdfReader(path).pages)
        entered = service.view(office, again).entry
        service.change(office, again, replace(entered, answers={"fire": 3}, is_sure=True))
        assert service.view(office, again).answers == (("消防隐患（新说法）", "3 处"),)
        with office.read() as session:
            assert [one.edition for one in session.scalars(select(FormText).order_by(FormText.edition))] == [7, 8]
            assert session.get_one(Patrol, patrol).form_version == 7
    finally:
        own.unlink()
        logs._kinds.cache_clear()


def test_every_form_comes_back_from_its_kept_text() -> None:
    forms = [kind.form for kind in logs.kinds() if kind.form is not None]
    forms += [load.programme_form(one.key) for one in load.programmes()]
    assert forms
    for form in forms:
        assert kept.from_text(kept.as_text(form)) == replace(form, programme=None)
