"""No paper the public holds says anything private: every maker, every choice, searched in its text and its bytes."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from PIL import Image
from sqlalchemy import Date, String, Text, func, select, text

from gridoffice.core.errors import OfficeError
from gridoffice.db import keys, store
from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.domain import paper_facts, sample
from gridoffice.domain.attachments import attach
from gridoffice.domain.grids import GRID, VILLAGE, GridUnit
from gridoffice.domain.maps import MapBase
from gridoffice.domain.networks import Network, Role
from gridoffice.domain.papers import KINDS
from gridoffice.domain.people import Resident
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents.recipe import Maker, Option, Prepared, makers
from tests.make import id_number

TOKEN = "QZXWVK"  # letters that stand nowhere else, in bytes not even by chance
BORN = "1911-12-13"
ID_NUMBER = id_number(serial=777)

PUBLIC = {
    "staff": {"name", "phone", "post", "badge_number"},
    "household": {"number"},
    "premises": {"number", "name", "kind", "owner"},
    "grid_unit": {"name", "code", "kind", "groups", "boundary", "phone"},
}
"""What public papers may read; every other text of these tables and all texts of PRIVATE are planted."""
PRIVATE = {
    "resident", "organisation", "leave", "training", "attendance", "handed_out", "help_entry", "enrolment",
    "followup_visit", "assist_visit", "case_file", "case_step", "case_task", "case_contact", "patrol", "log_entry",
    "house_visit", "inspection", "hazard", "help_visit", "certificate",
}  # fmt: skip
"""Tables with nothing for the public: residents, health, cases, visits, what hangs on a worker."""
NEEDED = {"state", "key", "programme", "form", "number", "relation", "sex"}
"""Columns the program itself reads as words of its own; a token there would only break it."""


@pytest.fixture(scope="module")
def _planted(_migrated: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample township with a private word in every private column, and a photo that says where it was taken."""
    blank, key = _migrated
    folder = tmp_path_factory.mktemp("private")
    copy = folder / "sample.office"
    shutil.copy(blank, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDOFFICE_HOME", str(folder / "home"))
        keys.keep(keys.salt_of(copy), key)
        office = store.open_office(copy)
        sample.fill(office)
        _use_networks(office)
        _plant_photo(office)
        _plant(office)
        office.close()
    return copy


@pytest.fixture
def town(_planted: Path, _migrated: tuple[Path, bytes], tmp_path: Path) -> Iterator[Office]:
    """An open copy of it."""
    copy = tmp_path / "示例.office"
    shutil.copy(_planted, copy)
    keys.keep(keys.salt_of(copy), _migrated[1])
    opened = store.open_office(copy)
    yield opened
    opened.close()


def _use_networks(office: Office) -> None:
    """All networks in use, each with a holder at the first village and grid."""
    from gridoffice.domain.networks import Assignment

    with office.unit("用上所有责任网") as session:
        staff = list(session.scalars(select(Staff.id).limit(3)))
        for network in session.scalars(select(Network)):
            network.is_used = True
        for role in session.scalars(select(Role).where(Role.is_public)):
            unit = session.scalar(select(GridUnit.id).where(GridUnit.level == role.level).limit(1))
            if unit is not None:
                session.add(Assignment(staff_id=staff[role.id % 3], role_id=role.id, unit_id=unit))


def _plant_photo(office: Office) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = f"{TOKEN}EXIFPLACE", f"{TOKEN}EXIFOWNER"
    Image.new("RGB", (300, 420), "steelblue").save(out, "JPEG", exif=exif, comment=f"{TOKEN}COMMENT".encode())
    with office.unit("换照片") as session:
        for person in session.scalars(select(Staff)):
            person.photo_id = attach(session, "staff", person.id, "a.jpg", out.getvalue()).id


def _plant(office: Office) -> None:
    """Tokens into all private texts, an odd day into all private births, straight into the tables."""
    with office.engine.begin() as connection:
        for name, table in sorted(Record.metadata.tables.items()):
            if name not in PUBLIC and name not in PRIVATE:
                continue
            for column in table.columns:
                private = column.name not in PUBLIC.get(name, set()) | NEEDED
                if column.primary_key or column.foreign_keys or not private:
                    continue
                if column.name == "id_number":
                    value = ID_NUMBER if not column.unique else None
                    part = f"'{value}'" if value else f"substr('{ID_NUMBER}', 1, 10) || printf('%08d', id)"
                elif isinstance(column.type, Text | String):
                    token = f"{TOKEN}{name}{column.name}".replace("_", "").upper()
                    length = column.type.length or 200
                    part = f"substr('{token}', 1, {length})" if length > len(TOKEN) else f"'{TOKEN[:length]}'"
                elif isinstance(column.type, Date) and column.name == "born":
                    part = f"'{BORN}'"
                else:
                    continue
                if column.unique and column.name != "id_number":
                    continue
                connection.execute(text(f"UPDATE {name} SET {column.name} = {part}"))


def test_every_text_of_a_person_is_planted(town: Office) -> None:
    with town.read() as session:
        person = session.scalars(select(Staff)).first()
        assert person is not None and person.note.startswith(TOKEN) and person.id_number == ID_NUMBER
        assert f"{person.born}" == BORN
        planted = session.scalar(select(func.count()).select_from(Resident).where(Resident.name.startswith(TOKEN)))
        assert planted and planted > 100
        assert session.scalar(select(func.count()).select_from(Staff).where(Staff.photo_id.is_not(None)))


ALL = [pytest.param(one, id=one.name) for one in makers() if KINDS[one.kind].is_public]
INTERNAL = [pytest.param(one, id=one.name) for one in makers() if not KINDS[one.kind].is_public and not one.is_secret]


@pytest.mark.parametrize("maker", ALL)
def test_a_public_paper_says_nothing_private(maker: Maker, town: Office) -> None:
    made = 0
    for options in asked(maker, town):
        try:
            prepared = maker.prepare(town, options)
        except OfficeError:
            continue  # a choice that has nothing to print here
        made += 1
        for where, words in said(prepared):
            token = (
                TOKEN if where in ("bytes", "stream", "raw stream") else TOKEN[:4]
            )  # short columns hold four letters
            found = re.search(rf"{token}.{{0,24}}", words)
            assert found is None, (maker.name, options, where, found and found[0])
            assert ID_NUMBER not in words, (maker.name, options, where)
            assert BORN not in words and BORN.replace("-", "") not in words, (maker.name, options, where)
    assert made, "nothing of this kind could be made at all"


@pytest.mark.parametrize("maker", INTERNAL)
def test_an_internal_paper_shows_no_whole_id_number(maker: Maker, town: Office) -> None:
    for options in asked(maker, town, most=12):
        try:
            prepared = maker.prepare(town, options)
        except OfficeError:
            continue
        for where, words in said(prepared):
            assert ID_NUMBER not in words and ID_NUMBER[:10] + "0" not in words, (maker.name, options, where)
            assert not re.search(r"(?<!\d)99\d{4}(19|20)\d{2}\d{4}\d{3}[0-9X](?![\d])", words), (maker.name, where)


def asked(maker: Maker, office: Office, most: int = 60) -> list[dict[str, Any]]:
    """What is asked: for each place the defaults, then each other choice by itself."""
    units = [option.key for option in maker.options if option.kind == "unit"]
    with office.read() as session:
        village = session.scalar(select(GridUnit.id).where(GridUnit.level == VILLAGE).order_by(GridUnit.id).limit(1))
        grid = session.scalar(select(GridUnit.id).where(GridUnit.level == GRID).order_by(GridUnit.id).limit(1))
        mapped = session.scalar(select(MapBase.unit_id).order_by(MapBase.id).limit(1))
    places: list[dict[str, Any]] = [{units[0]: one} for one in (village, grid, mapped)] if units else [{}]
    found = []
    for place in places:
        found.append({**maker.defaults(), **place})
        for option in maker.options:
            found += [{**maker.defaults(), **place, option.key: value} for value in values(option)]
    return found[:most]


def values(option: Option) -> list[Any]:
    """The other values of an option."""
    if option.kind == "choice":
        return [value for value, _title in option.choices if value != option.default]
    return [not option.default] if option.kind == "tick" else []


def said(prepared: Prepared) -> Iterator[tuple[str, str]]:
    """Everything a paper says: title, parts, facts, its text as a reader copies it, and its bytes unpacked."""
    yield "title", prepared.title
    for item in prepared.items:
        yield "part", f"{item.key} {item.title}"
        yield "facts", paper_facts.keep(paper_facts.facts(item.view))
    data = prepared.draw("样张")
    reader = pypdf.PdfReader(io.BytesIO(data))
    yield "text", re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    yield "bytes", data.decode("latin-1")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                yield "raw stream", one.read_raw_bytes().decode("latin-1")
                try:
                    yield "stream", one.read_bytes().decode("latin-1")
                except pikepdf.PdfError:
                    continue  # a JPEG: its raw bytes were read
