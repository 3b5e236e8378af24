"""Every paper the office can make is fit for the archive: PDF/A-2b, faces embedded, words that can be copied."""

from __future__ import annotations

import io

import pypdf

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import sample
from gridoffice.modules.documents import roll
from gridoffice.modules.documents.recipe import Maker, makers
from tests.papers import pdfa

NEEDED = {"cards", "badge", "handbook", "board", "door", "help_sheet", "covenant", "list", "recovery"}


def _drawn(office: Office, made_by: Maker, units: list[int]) -> bytes | None:
    """A paper with what it is usually asked for, of the first unit it can be made for."""
    for unit in units:
        options = made_by.defaults()
        if any(one.key == "unit" for one in made_by.options):
            options["unit"] = unit
        try:
            return made_by.prepare(office, options).draw("测2026-001")
        except OfficeError:  # nobody to write to, a network that is not used
            continue
    return None


def test_every_paper_is_fit_for_the_archive(office: Office) -> None:
    sample.fill(office)
    found = roll.read(office, photos=False)
    units = [found.villages()[0].id, found.grids()[0].id]
    made: set[str] = set()
    for made_by in makers():
        data = _drawn(office, made_by, units)
        if data is None:
            continue
        made.add(made_by.name)
        assert pdfa.faults(data) == [], made_by.title
        assert pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().strip(), made_by.title
    assert made >= NEEDED
