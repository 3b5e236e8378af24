"""A batch in which every part has a number of its own: one after the other, a line in the register for each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gridoffice.db.office import Office
from gridoffice.domain import papers
from gridoffice.domain.papers import KINDS, Filed, IssuedPaper, Origin
from gridoffice.modules.documents.recipe import Prepared


def later(number: str, more: int) -> str:
    """The number so many after one: 告知〔2026〕5号, 3 -> 告知〔2026〕8号; any other text stays as it is."""
    head, _, tail = number.rpartition("〕")
    figures = tail.removesuffix("号")
    return f"{head}〕{int(figures) + more}号" if figures.isdigit() else number


def filed(
    office: Office, kind: str, first: str, prepared: Prepared, path: Path, pages: int, origin: Origin
) -> list[Filed]:
    """The lines of the register for the parts of one file, each under its own number from `first` upwards."""
    whole = papers.entry(office, kind, first, prepared.title, path, pages, prepared.unit_id)
    each = max(1, round(pages / max(len(prepared.items), 1)))
    found = []
    for place, part in enumerate(origin.parts):
        line = IssuedPaper(
            number=later(first, place), kind=kind, title=f"{prepared.title.partition('　')[0]}：{part.title}"[:120],
            made_on=whole.made_on, made_by=whole.made_by, pages=each, is_signed=whole.is_signed, sha256=whole.sha256,
            file_name=whole.file_name, unit_id=whole.unit_id,
        )  # fmt: skip
        found.append(Filed(line, replace(origin, parts=(part,))))
    return found


def register(office: Office, kind: str, first: str, prepared: Prepared, path: Path, pages: int, origin: Origin) -> None:
    """Put the parts of one file into the register as one step; raises NumberTaken."""
    lines = filed(office, kind, first, prepared, path, pages, origin)
    last = later(first, len(lines) - 1)
    papers.put(office, f"制作{KINDS[kind].title}：{prepared.title} {first}—{last}", lines)
