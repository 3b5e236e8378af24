"""“有事找谁”: one page for a grid that says whom to call for what, in large letters, A4 or A3 (X33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gridoffice.core.calendar import chinese
from gridoffice.papers import seal_code
from gridoffice.papers.board_people import phone_of
from gridoffice.papers.cards import dial
from gridoffice.papers.drawing import BLUE, LINE, QUIET, RED, TINT, Sheet
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.scaled import Scaled
from gridoffice.papers.views import Hotline, PersonView

SIZES = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
MARGIN = 13.0


@dataclass(frozen=True)
class NeedView:
    """One line: for what, whom, which number."""

    name: str  # the need
    who: str = field(metadata={"word": "找谁"})
    phone: str


@dataclass(frozen=True)
class HelpSheetView:
    """The sheet of one grid."""

    office: str
    title: str
    unit: str
    worker: PersonView | None
    stand_in: PersonView | None
    needs: tuple[NeedView, ...]
    emergency: tuple[Hotline, ...]
    keep: str = field(metadata={"word": "提示"})
    number: str
    made_on: date


def draw(views: Sequence[HelpSheetView], size: str = "A4") -> bytes:
    """A sheet a page; A3 is the same twice as large."""
    wide, high = SIZES[size]
    sheet = Sheet(wide, high, title=views[0].title, author=views[0].office)
    for view in views:
        _one(Scaled(sheet, wide / 210), view)
        sheet.next_page()
    return sheet.finish()


def _one(pen: Scaled, view: HelpSheetView) -> None:
    room = pen.wide - 2 * MARGIN
    pen.band(27, RED)
    pen.put(MARGIN, 19, view.title, 40, room * 0.5, face=BOLD, ink="#FFFFFF", most=1)
    pen.put(pen.wide - MARGIN, 14, view.unit, 18, room * 0.48, face=BOLD, ink="#FFFFFF", align="right", high=8)
    pen.put(pen.wide - MARGIN, 21.5, view.office, 11, room * 0.48, ink="#FBE3E0", align="right", most=1)
    half = (room - 6) / 2
    pair = [("网格员", view.worker), ("不在时找", view.stand_in)]
    shown = [(word, one) for word, one in pair if one is not None] or pair[:1]
    across = half if len(shown) == 2 else room
    for place, (word, one) in enumerate(shown):
        _person(pen, word, one, MARGIN + place * (half + 6), 33, across, 41, is_first=place == 0)
    bottom = pen.high - 44
    _needs(pen, view, 80, bottom)
    _emergency(pen, view, bottom + 2)


def _person(
    pen: Scaled, word: str, one: PersonView | None, x: float, y: float, wide: float, high: float, *, is_first: bool
) -> None:  # fmt: skip
    pen.box(x, y, wide, high, fill=TINT, round=2)
    pen.photo(one.photo if one else None, x + 4, y + 4, 23.6, 33, round=1.5)
    left, room = x + 32, wide - 36
    pen.put(left, y + 9.4, word, 12, room, ink=QUIET, most=1)
    pen.put(left, y + 20.4, one.name if one else "待定", 26, room, face=BOLD, high=11)
    if phone_of(one):
        pen.put(left, y + 33, phone_of(one), 23 if is_first else 20, room, face=BOLD, ink=BLUE, high=11, least=0.5)
    else:
        pen.line(left, y + 34, x + wide - 5, y + 34, ink=QUIET, line=0.2)


def _needs(pen: Scaled, view: HelpSheetView, top: float, bottom: float) -> None:
    """The lines, as high as the page allows: need at the left, whom and the number at the right."""
    if not view.needs:
        return
    room = pen.wide - 2 * MARGIN
    pitch = min((bottom - top) / len(view.needs), 27.0)
    size = min(21.0, pitch * 1.2)
    for place, need in enumerate(view.needs):
        y = top + place * pitch
        base = y + pitch / 2 + size * 0.127
        pen.put(MARGIN, base, need.name, size, room * 0.46, high=pitch * 0.9, least=0.95)
        pen.put(MARGIN + room * 0.49, base, need.who, size * 0.84, room * 0.19, ink=QUIET, high=pitch * 0.9, least=0.9)
        pen.put(MARGIN + room, base, phone_of(PersonView("", "", need.phone)), size * 1.3, room * 0.32, face=BOLD,
                ink=BLUE, align="right", high=pitch * 0.95, least=0.5)  # fmt: skip
        if place:
            pen.line(MARGIN, y, MARGIN + room, y, ink=LINE, line=0.2)


def _emergency(pen: Scaled, view: HelpSheetView, y: float) -> None:
    """The numbers for the worst, and the foot."""
    room = pen.wide - 2 * MARGIN
    pen.box(MARGIN, y, room, 20, fill="#FBEDEC", round=2)
    shown = view.emergency[:5]
    code = 0.0
    across = (room - code - 8) / max(len(shown), 1)
    for place, (name, phone) in enumerate(shown):
        x = MARGIN + 6 + place * across
        used = pen.put(x, y + 13.2, name, 14, across * 0.5, ink=RED, most=1)
        start = x + pen.sheet_width(name, used) + 2
        pen.put(start, y + 13.8, phone, 25, across - (start - x) - 3, face=BOLD, ink=RED, most=1, least=0.4)
    foot = pen.high - 17
    worker = view.worker
    if worker is not None and worker.phone:
        pen.qr(dial(worker.phone), MARGIN - 1, foot - 3, 15)
        pen.text(MARGIN + 15, foot + 3, "扫码拨打网格员", 8.5, ink=QUIET)
    left = MARGIN + 15 if worker is not None and worker.phone else MARGIN
    told = f"{view.number} · {chinese(view.made_on)} · {view.keep}"
    pen.put(left, foot + 8.4, told, 8, room - 15 - 14, ink=QUIET, most=2, high=6)
    box = pen.millimetres(pen.wide - MARGIN - 11, foot - 1, 11, 11)
    seal_code.draw_code(pen.sheet, view.number, view, box[0], box[1], box[2])
