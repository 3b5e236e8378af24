"""The work handbook made of the office's data: which chapters, for whom, and what stands in each (reference 10.3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents import book_parts, public
from gridoffice.modules.documents.book_source import (
    ABOUT,
    DUTIES,
    FIRE,
    LEDGERS,
    PHONES,
    SERVICES,
    YEAR,
    Source,
    Wanted,
    blank,
)
from gridoffice.modules.documents.roll import Roll, Seat
from gridoffice.modules.documents.texts import TextChapter, Texts
from gridoffice.papers.handbook_view import (
    BlankPages,
    BookView,
    ChapterView,
    OwnerView,
    Part,
    Words,
)
from gridoffice.papers.views import PersonView

GROUP_OF = {
    "duties": DUTIES, "four": DUTIES, "flow": DUTIES, "rules": DUTIES, "fire": FIRE, "services": SERVICES,
    "law": SERVICES,
}  # fmt: skip
"""The group of each chapter of text; 使用说明 and the office's own chapters are always in."""


def view(office: Office, roll: Roll, texts: Texts, wanted: Wanted) -> BookView:
    """The handbook without its number."""
    name = roll.office["name"]
    source = Source(office, roll, texts, wanted)
    scope = _scope(roll, wanted.units)
    today = office.today()
    owner = _owner(office, roll, wanted) if wanted.seat is not None else None
    title = f"{scope}网格工作手册" if scope and not scope.endswith("网格") else f"{scope or f'{name}网格'}工作手册"
    return BookView(
        office=name,
        title=f"{title}（{wanted.seat.name}）" if wanted.seat else title,
        year=wanted.year or today.year,
        edition=f"{today.year}年{today.month}月",
        number="",
        made_on=today,
        chapters=tuple(_chapters(source)),
        owner=owner,
        scope=scope,
        hotlines=(*public.hotlines(roll, wanted.units[0] if wanted.units else None), *texts.emergency),
        size=wanted.size,
        design=wanted.design,
        bleed=wanted.bleed,
    )


def _scope(roll: Roll, units: Sequence[GridUnit]) -> str:
    """石桥村第2网格、第3网格: a village is named once."""
    if not units:
        return ""
    names = [units[0].name]
    for before, unit in itertools.pairwise(units):
        names.append(roll.short(unit) if unit.parent_id == before.parent_id else unit.name)
    return "、".join(names)


def _owner(office: Office, roll: Roll, wanted: Wanted) -> OwnerView | None:
    seat = wanted.seat
    holder = public.person(roll, seat)
    if seat is None or holder is None:
        return None
    village = roll.village_of(roll.units[seat.unit_id])
    head = roll.seat(village.id, networks.HEAD) if village is not None else None
    with office.read() as session:
        badge = session.scalar(select(Staff.badge_number).where(Staff.id == seat.staff_id)) or ""
    return OwnerView(
        holder,
        _scope(roll, wanted.units),
        badge,
        partner=_plain(roll, roll.partner(seat)),
        head=_plain(roll, head if head is not None and head.staff_id != seat.staff_id else None),
    )


def _plain(roll: Roll, seat: Seat | None) -> PersonView | None:
    """A person without the photo, which is not shown."""
    found = public.person(roll, seat)
    return PersonView(found.name, found.post, found.phone) if found else None


# -- chapters


def _chapters(source: Source) -> Iterable[ChapterView]:
    groups, left = source.wanted.groups, list(source.texts.chapters)

    def text(key: str, *more: Part) -> Iterable[ChapterView]:
        for chapter in [one for one in left if one.key == key and GROUP_OF.get(key, "") in (*groups, "")]:
            yield ChapterView(f"chapter:{key}", chapter.title, (Words(chapter.paragraphs), *more), key != "guide")

    yield from text("guide")
    if ABOUT in groups:
        yield ChapterView("about", "网格概况", tuple(book_parts.about(source)))
    four = tuple(Words(one.paragraphs, one.title) for one in left if one.key == "four")
    yield from text("duties", *(book_parts.duties(source) if DUTIES in groups else ()), *four)
    yield from text("flow")
    yield from text("rules")
    if LEDGERS in groups:
        yield ChapterView("ledgers", "台账", tuple(book_parts.ledgers(source)))
    yield from _records(source.wanted.pages)
    yield from text("fire", *(book_parts.checks() if FIRE in groups else ()), *blank(source.wanted, "check"))
    yield from text("services")
    yield from text("law")
    yield from _own(left)
    if PHONES in groups:
        yield ChapterView("pairs", "AB岗对照表", tuple(book_parts.pairs(source)), is_numbered=False)
        yield ChapterView("phones", "通讯录", tuple(book_parts.phones(source)), is_numbered=False)
    if YEAR in groups:
        yield ChapterView("year", "年历", (book_parts.year(source),), is_numbered=False)


def _own(chapters: Iterable[TextChapter]) -> Iterable[ChapterView]:
    known = ("guide", *GROUP_OF)
    for chapter in chapters:
        if chapter.key not in known:
            yield ChapterView(f"chapter:{chapter.title}", chapter.title, (Words(chapter.paragraphs),))


def _records(pages: dict[str, int]) -> Iterable[ChapterView]:
    logs = (("day", ""), ("week", "周小结"), ("month", "月小结"))
    parts = tuple(BlankPages(kind, pages[kind], title) for kind, title in logs if pages.get(kind))
    if parts:
        yield ChapterView("logs", "工作日志", parts)
    if pages.get("meeting"):
        yield ChapterView("meetings", "例会记录", (BlankPages("meeting", pages["meeting"]),))
