"""What papers may know: public views without ID number, birth, home address, private phone or health."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Hotline = tuple[str, str]
"""A name and a number anybody may call."""


@dataclass(frozen=True)
class PersonView:
    """A public person: name, post and work phone, photo as JPEG bytes."""

    name: str
    post: str
    phone: str
    photo: bytes | None = None


@dataclass(frozen=True)
class CardView:
    """One contact card."""

    office: str
    person: PersonView
    unit: str
    stand_in: PersonView | None = field(metadata={"word": "搭档"})  # on the card of a stand-in the A worker
    supervise_phone: str
    services: tuple[str, ...]
    hotlines: tuple[Hotline, ...]
    emergency: tuple[Hotline, ...]
    number: str
    made_on: date


@dataclass(frozen=True)
class GridView:
    """One grid on a board or in the handbook."""

    name: str  # 第2网格
    groups: str
    worker: PersonView | None
    stand_in: PersonView | None
    households: int | None = None
    persons: int | None = None


@dataclass(frozen=True)
class AreaView:
    """An outline on a map: rings of corners as fractions of the base, `tint` a number; the frame is only a line."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    tint: int = 0
    is_frame: bool = False


@dataclass(frozen=True)
class SignView:
    """A public point on a map; `title` only where the public may read it."""

    kind: str
    sign: str
    letter: str
    colour: str
    title: str
    x: float
    y: float


@dataclass(frozen=True)
class ChartView:
    """A map as the public may see it: base as JPEG (none: blank paper), its size in pixels, and the part shown."""

    picture: bytes | None
    width: int
    height: int
    frame: tuple[float, float, float, float]  # left, upper, right, lower end
    areas: tuple[AreaView, ...]
    signs: tuple[SignView, ...]
    is_north_up: bool = False


@dataclass(frozen=True)
class MapPaperView:
    """A map as a paper of its own."""

    office: str
    unit: str
    title: str
    chart: ChartView
    supervise_phone: str
    number: str
    made_on: date


@dataclass(frozen=True)
class TableColumn:
    """A column: title, weight of its width, left or right."""

    title: str
    width: float = 100
    align: str = "left"


@dataclass(frozen=True)
class TableView:
    """Any list as a paper."""

    title: str
    subtitle: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: str = ""
    signers: tuple[str, str] = ("制表人", "审核人")


@dataclass(frozen=True)
class PartView:
    """A part of a paper in parts: heading, titles of its columns, rows, a line under them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: str = ""


@dataclass(frozen=True)
class PartsView:
    """A paper of several small tables that some people sign."""

    title: str
    number: str
    facts: tuple[tuple[str, str], ...]  # word, what it is
    parts: tuple[PartView, ...]
    remarks: tuple[str, ...]
    declaration: str
    signers: tuple[str, ...]
    footer: str
