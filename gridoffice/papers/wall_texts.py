"""Boards of text: the fire covenant of a village or building, and the sign of premises that says who is responsible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gridoffice.core.calendar import chinese
from gridoffice.papers import board, seal_code
from gridoffice.papers.board import BLEED, MARGIN, PAPER
from gridoffice.papers.board_people import phone_of
from gridoffice.papers.board_view import SIZES
from gridoffice.papers.cards import dial
from gridoffice.papers.drawing import BLUE, QUIET, RED, TINT, Sheet
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.scaled import Scaled
from gridoffice.papers.views import PersonView

SIGN_SIZES = {"A4-across": (297.0, 210.0), "400x300": (400.0, 300.0), "600x400": (600.0, 400.0)}


@dataclass(frozen=True)
class CovenantView:
    """A covenant: opening, numbered lines, closing; who made it."""

    office: str
    title: str
    issuer: str
    opening: str = field(metadata={"word": "开头"})
    lines: tuple[str, ...] = field(metadata={"word": "条款"})
    closing: str = field(metadata={"word": "结尾"})
    alarms: tuple[tuple[str, str], ...] = field(metadata={"word": "报警电话"})
    supervise_phone: str
    number: str
    made_on: date


@dataclass(frozen=True)
class SignView:
    """The sign of premises (reference 5.8); `phone` is never the owner's own: it is written in by hand."""

    office: str
    name: str
    title: str
    kind: str = field(metadata={"word": "场所类型"})
    risk: str = field(metadata={"word": "火灾危险性"})
    owner: str = field(metadata={"word": "责任人"})
    worker: PersonView | None
    unit: str
    duties: tuple[str, ...] = field(metadata={"word": "注意事项"})
    check: str = field(metadata={"word": "警示"})
    alarms: tuple[tuple[str, str], ...] = field(metadata={"word": "举报电话"})
    number: str
    made_on: date


def _foot(pen: Scaled, number: str, made_on: date, view: CovenantView | SignView, told: str) -> float:
    """Number, day and the register's code at the foot; the y above it."""
    code = max(18.0, (seal_code.LEAST + 0.01) / pen.unit)
    y = pen.high - 8 - code
    box = pen.millimetres(pen.wide - MARGIN - code, y, code, code)
    seal_code.draw_code(pen.sheet, number, view, box[0], box[1], box[2])
    room = pen.wide - 2 * MARGIN - code - 12
    pen.put(MARGIN, y + code * 0.42, f"编号 {number} · 更新日期 {chinese(made_on)}", 24, room, ink=QUIET, most=1)
    pen.put(MARGIN, y + code * 0.92, told, 22, room, ink=QUIET, most=1)
    return y - 8


def covenants(views: Sequence[CovenantView], size: str = "600x900", *, bleed: bool = False) -> bytes:
    """Covenants, one a page, with the letters as large as the board allows."""
    sheet = Sheet(*SIZES[size], title=views[0].title, author=views[0].office, bleed=BLEED if bleed else 0)
    for view in views:
        _covenant(Scaled(sheet, board.unit(size)), view)
        sheet.next_page()
    return sheet.finish()


def _covenant(pen: Scaled, view: CovenantView) -> None:
    pen.ground(PAPER)
    room, high = pen.wide - 2 * MARGIN, 98.0 if pen.wide < pen.high else 78.0
    pen.band(high, RED)
    pen.put(pen.wide / 2, high * 0.66, view.title, high * 1.2, room, face=BOLD, ink="#FFFFFF", align="centre",
            high=high * 0.7)  # fmt: skip
    bottom = _foot(pen, view.number, view.made_on, view, view.issuer) - 66
    y = high + 34
    pen.put(MARGIN, y, view.opening, 38, room, most=2, high=28)
    columns = 1 if pen.wide < pen.high or len(view.lines) < 6 else 2
    _numbered(pen, view.lines, y + 16, bottom - 40, columns)
    pen.put(pen.wide / 2, bottom - 12, view.closing, 38, room, face=BOLD, align="centre", most=1)
    pen.box(MARGIN, bottom, room, 58, fill=TINT, round=4)
    shown = view.alarms[:4]
    size = 58.0
    has_code = bool(view.supervise_phone)
    if has_code:
        pen.qr(dial(view.supervise_phone), MARGIN + room - 56, bottom + 2, 48)
        pen.text(MARGIN + room - 32, bottom + 55, "扫码举报隐患", 14, ink=QUIET, align="centre")
    across = (room - (70 if has_code else 10)) / max(len(shown), 1)
    for place, (name, phone) in enumerate(shown):
        x = MARGIN + 12 + place * across
        pen.put(x, bottom + 20, name, 30, across - 8, ink=QUIET, most=1)
        pen.put(x, bottom + 46, phone, size, across - 8, face=BOLD, ink=BLUE, most=1, least=0.4)


def _numbered(pen: Scaled, lines: Sequence[str], top: float, bottom: float, columns: int) -> None:
    """Numbered lines spread over the height, as large as all of them fit."""
    room = (pen.wide - 2 * MARGIN - 16 * (columns - 1)) / columns
    rows = -(-len(lines) // columns)
    size = 56.0
    while size > 14:
        high = [len(pen.wrapped(line, size, room - size * 0.75)) * size * 0.5 + size * 0.24 for line in lines]
        if max(sum(high[start : start + rows]) for start in range(0, len(lines), rows)) <= bottom - top:
            break
        size -= 1
    for column in range(columns):
        shown = list(enumerate(lines, 1))[column * rows : (column + 1) * rows]
        used = sum(len(pen.wrapped(line, size, room - size * 0.75)) for _n, line in shown) * size * 0.5
        gap = min((bottom - top - used) / max(len(shown), 1), size * 0.7)
        x, y = MARGIN + column * (room + 16), top + gap / 2
        for number, line in shown:
            pen.text(x, y + size * 0.36, str(number), size, face=BOLD, ink=RED)
            for words in pen.wrapped(line, size, room - size * 0.75):
                pen.text(x + size * 0.6, y + size * 0.36, words, size)
                y += size * 0.5
            y += gap


def signs(views: Sequence[SignView], size: str = "A4-across", *, bleed: bool = False) -> bytes:
    """Signs of premises, one a page."""
    wide, high = SIGN_SIZES[size]
    sheet = Sheet(wide, high, title=views[0].title, author=views[0].office, bleed=BLEED if bleed else 0)
    for view in views:
        _sign(Scaled(sheet, (wide * high / (900.0 * 600.0)) ** 0.5), view)
        sheet.next_page()
    return sheet.finish()


def _sign(pen: Scaled, view: SignView) -> None:
    pen.ground("#FFFFFF")
    room = pen.wide - 2 * MARGIN
    pen.band(78, RED)
    pen.put(MARGIN, 54, view.title, 92, room * 0.6, face=BOLD, ink="#FFFFFF", most=1)
    pen.put(pen.wide - MARGIN, 51, view.office, 46, room * 0.38, ink="#FBE3E0", align="right", most=2, high=40)
    pen.put(MARGIN, 128, view.name, 96, room, face=BOLD, high=44, least=0.5)
    pen.put(MARGIN, 154, f"{view.kind}　火灾危险性：{view.risk}" if view.kind else f"火灾危险性：{view.risk}", 36, room,
            ink=QUIET, high=18)  # fmt: skip
    half, top = room * 0.45, 170.0
    bottom = _foot(pen, view.number, view.made_on, view, "信息有变请告诉网格员，更换新牌")
    _who(pen, view, MARGIN, top, half, bottom - 64 - top)
    _mind(pen, view, MARGIN + half + 14, top, room - half - 14, bottom - 64 - top)
    pen.box(MARGIN, bottom - 54, room, 50, fill="#FBEDEC", round=4)
    pen.put(MARGIN + 12, bottom - 24, view.check, 40, room * 0.62, face=BOLD, ink=RED, high=36)
    told = "　".join(f"{name} {phone}" for name, phone in view.alarms)
    pen.put(MARGIN + room - 12, bottom - 24, told, 36, room * 0.33, face=BOLD, align="right", high=36)


def _who(pen: Scaled, view: SignView, x: float, y: float, wide: float, high: float) -> None:
    """Who answers for the place, and the grid's worker with phone and code."""
    pen.box(x, y, wide, high, fill=TINT, round=4)
    k = high / 160
    pen.text(x + 12, y + 20 * k, "消防安全责任人", 30, ink=QUIET)
    used = pen.put(x + 12, y + 47 * k, view.owner or "待定", 74 * min(k, 1.2), wide * 0.42, face=BOLD, high=30 * k)
    left = x + 30 + min(pen.sheet_width(view.owner or "待定", used, BOLD), wide * 0.42)
    across = pen.text(left, y + 46 * k, "电话", 30, ink=QUIET)
    pen.line(left + across + 4, y + 48 * k, x + wide - 14, y + 48 * k, ink=QUIET, line=0.5)
    pen.line(x + 12, y + 62 * k, x + wide - 12, y + 62 * k)
    worker = view.worker
    code = min(84 * k, wide * 0.3) if worker is not None and worker.phone else 0
    if worker is not None and code:
        pen.qr(dial(worker.phone), x + wide - code - 10, y + 62 * k + (high - 62 * k - code) / 2, code)
    room = wide - code - 32
    pen.put(x + 12, y + 82 * k, f"包联网格员　{view.unit}", 30, room, ink=QUIET, most=2, high=20)
    name = worker.name if worker is not None else "待定"
    pen.put(x + 12, y + 112 * k, name, 74 * min(k, 1.2), room, face=BOLD, high=30 * k)
    pen.put(x + 12, y + 142 * k, phone_of(worker), 66 * min(k, 1.2), room, face=BOLD, ink=BLUE, high=28 * k, least=0.5)


def _mind(pen: Scaled, view: SignView, x: float, y: float, wide: float, high: float) -> None:
    size = 56.0
    while size > 12 and _mind_high(pen, view, size, wide) > high - 34:
        size -= 1
    pen.text(x, y + 22, "请注意", 48, face=BOLD)
    gap = min((high - 34 - _mind_high(pen, view, size, wide)) / max(len(view.duties), 1), size * 0.3)
    top = y + 34.0
    for place, text in enumerate(view.duties, 1):
        pen.text(x, top + size * 0.46, str(place), size, face=BOLD, ink=RED)
        for line in pen.wrapped(text, size, wide - size * 0.6):
            pen.text(x + size * 0.55, top + size * 0.46, line, size)
            top += size * 0.54
        top += size * 0.2 + gap


def _mind_high(pen: Scaled, view: SignView, size: float, wide: float) -> float:
    """How high the points stand with letters of a size."""
    lines = sum(len(pen.wrapped(one, size, wide - size * 0.6)) for one in view.duties)
    return lines * size * 0.54 + len(view.duties) * size * 0.2
