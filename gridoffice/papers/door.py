"""Door stickers: whom this door calls, in letters one reads from two steps away; never a resident's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gridoffice.core.calendar import chinese
from gridoffice.papers import imposition, seal_code, whole
from gridoffice.papers.board_people import phone_of
from gridoffice.papers.cards import BLEED, dial
from gridoffice.papers.drawing import BLUE, QUIET, RED, Sheet
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.scaled import Scaled
from gridoffice.papers.views import PersonView

SIZES = {"95x135": (95.0, 135.0), "A5": (148.0, 210.0), "80x120": (80.0, 120.0)}
PAGES = {"A5": (297.0, 210.0)}
"""The sheet some stickers are printed on, A4 upright for the others."""


@dataclass(frozen=True)
class DoorView:
    """One sticker; `door` says which: a building's name or a household's number, empty where all are alike."""

    office: str
    unit: str
    door: str = field(metadata={"word": "门牌"})
    title: str
    call_for: str = field(metadata={"word": "可办的事"})
    person: PersonView | None
    stand_in: PersonView | None
    away: str = field(metadata={"word": "不在时"})
    supervise_phone: str
    keep: str = field(metadata={"word": "提示"})
    number: str
    made_on: date


def draw(doors: Sequence[DoorView], size: str = "95x135", *, single: bool = False) -> bytes:
    """Stickers on A4 with cutting marks, or one to a page with bleed."""
    area = SIZES[size]
    page = PAGES.get(size, imposition.A4)
    sheet = Sheet(*(area if single else page), title=doors[0].title, author=doors[0].office,
                  bleed=BLEED if single else 0)  # fmt: skip

    def one(place: int, x: float, y: float) -> None:
        _door(sheet, doors[place], x, y, area)

    if single:
        for place in range(len(doors)):
            one(place, 0, 0)
            sheet.next_page()
    else:
        edge = 0.0 if size in PAGES else 8.0
        layout = imposition.centred(*area, page=page, edge=edge)
        imposition.sheets(sheet, len(doors), layout, one, marks=size not in PAGES)
    return sheet.finish()


class _Pen(Scaled):
    """A pen that starts at a sticker's corner."""

    def __init__(self, sheet: Sheet, unit: float, x: float, y: float, area: tuple[float, float]) -> None:
        super().__init__(sheet, unit)
        self.x, self.y = x / unit, y / unit
        self.wide, self.high = area[0] / unit, area[1] / unit


def _door(sheet: Sheet, view: DoorView, x: float, y: float, area: tuple[float, float]) -> None:
    pen = _Pen(sheet, area[0] / 100, x, y, area)
    left, b, middle = pen.x, pen.bleed, pen.x + pen.wide / 2
    top, high, room = pen.y, pen.high, pen.wide - 14
    pen.box(left - b, top - b, pen.wide + 2 * b, 21 + b, fill=RED)
    pen.put(middle, top + 14.6, view.title, 34, room, face=BOLD, ink="#FFFFFF", align="centre", most=1)
    where = f"{view.unit} {view.door}".strip()
    pen.put(middle, top + 29.5, where, 15, room, align="centre", high=8, ink=QUIET)
    person = view.person
    pen.photo(person.photo if person else None, left + 8, top + 35, 25, 35, round=2)
    pen.put(left + 39, top + 49, person.name if person else "待定", 34, pen.wide - 47, face=BOLD, high=16)
    pen.put(left + 39, top + 60, person.post if person else "", 13, pen.wide - 47, ink=QUIET, high=9)
    if phone_of(person):
        pen.put(middle, top + 86.5, phone_of(person), 44, room, face=BOLD, ink=BLUE, align="centre", high=16, least=0.5)
    else:
        pen.line(left + 10, top + 87, left + pen.wide - 10, top + 87, ink=QUIET, line=0.3)
    pen.put(middle, top + 95, view.call_for, 11.5, room, align="centre", high=8)
    pen.line(left + 7, top + 100, left + pen.wide - 7, top + 100)
    _below(pen, view, left, top + 100, high - 100)
    code = max(10.0, (seal_code.LEAST + 0.01) / pen.unit)
    box = pen.millimetres(left + 6, top + high - code - 4, code, code)
    seal_code.draw_code(sheet, view.number, view, box[0], box[1], box[2])
    told = f"{view.number} · {chinese(view.made_on)}"
    pen.put(left + 8 + code, top + high - 9, told, 7, pen.wide - 44 - code, ink=QUIET, most=1)
    pen.put(left + 8 + code, top + high - 5.4, view.keep, 7, pen.wide - 44 - code, ink=QUIET, most=2)


def _below(pen: _Pen, view: DoorView, left: float, top: float, high: float) -> None:
    """Who stands in, whom to complain to, and the code that dials."""
    person, size = view.person, min(high - 8, 27.0)
    has_code = bool(person and person.phone)
    if has_code and person is not None:
        pen.qr(dial(person.phone), left + pen.wide - size - 6, top + 2, size)
        whole.put(
            pen.sheet, (left + pen.wide - size / 2 - 6) * pen.unit, (top + size + 4.6) * pen.unit, "扫码拨号",
            7 * pen.unit, size * pen.unit, face=HEI, ink=QUIET, align="centre",
        )  # fmt: skip
    room = pen.wide - 14 - (size + 4 if has_code else 0)
    y = top + 7.6
    if view.stand_in is not None:
        pen.put(left + 7, y, f"{view.away} {view.stand_in.name}", 12, room, high=6)
        pen.put(left + 7, y + 6, phone_of(view.stand_in), 13, room, face=BOLD, most=1)
        y += 13.5
    if view.supervise_phone:
        pen.put(left + 7, y, f"监督电话 {view.supervise_phone}", 10.5, room, ink=QUIET, high=6)
