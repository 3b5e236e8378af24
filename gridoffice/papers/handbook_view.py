"""What stands in a work handbook: chapters of parts, whose book it is, and what the book says of itself.

Nothing private has a field here: people as the public knows them, ledgers as words that came masked from their lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gridoffice.papers.views import ChartView, Hotline, PersonView


@dataclass(frozen=True)
class Words:
    """Reading text: a paragraph that begins with # is a heading, with - a point; `title` is a section's."""

    paragraphs: tuple[str, ...]
    title: str = ""
    is_lead: bool = False  # stays with what follows


@dataclass(frozen=True)
class Heading:
    """The head of a column: its title, the one it shares with its neighbours, left, right or centre, mm or 0."""

    title: str
    over: str = ""
    align: str = "left"
    width: float = 0.0


@dataclass(frozen=True)
class TableLine:
    """A line of a table; `name` says whose it is. A line of one cell is the name of a group."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A table with its title; `blank` empty lines follow, to be written in."""

    title: str
    headings: tuple[Heading, ...]
    lines: tuple[TableLine, ...]
    note: str = ""
    blank: int = 0
    is_listed: bool = True


@dataclass(frozen=True)
class Figures:
    """Numbers that are seen first: word and number."""

    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MapPart:
    """The map of a unit."""

    title: str
    chart: ChartView


@dataclass(frozen=True)
class YearPart:
    """A year by the office's calendar: days off and exchanged working days with their names; its source."""

    year: int
    off: tuple[tuple[date, str], ...]
    on: tuple[tuple[date, str], ...]
    working: tuple[int, ...]  # working days of each month
    source: str = ""


@dataclass(frozen=True)
class BlankPages:
    """Pages to write on: of a kind (day, week, month, meeting, check, visit), so many."""

    kind: str
    count: int
    title: str = ""


Part = Words | Listed | Figures | MapPart | YearPart | BlankPages


@dataclass(frozen=True)
class ChapterView:
    """A chapter: its key, title and parts."""

    key: str
    title: str
    parts: tuple[Part, ...]
    is_numbered: bool = True


@dataclass(frozen=True)
class OwnerView:
    """Whose book it is: the worker, where, the number of the badge, the partner and the head of the village."""

    person: PersonView
    unit: str
    badge: str = ""
    partner: PersonView | None = None
    head: PersonView | None = None


@dataclass(frozen=True)
class BookView:
    """A work handbook; size A5 or A4, design of the cover red, blue or plain."""

    office: str
    title: str
    year: int
    edition: str
    number: str
    made_on: date
    chapters: tuple[ChapterView, ...]
    owner: OwnerView | None = None
    scope: str = ""  # 石桥村, 石桥村第2网格; nothing for the whole office
    hotlines: tuple[Hotline, ...] = ()
    size: str = "A5"
    design: str = "red"
    notice: str = "仅供工作使用"
    bleed: float = 0.0
    is_loose: bool = False  # single pages to be put into a book that is out: no cover, no contents
