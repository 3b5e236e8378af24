"""工作证 CR80 85.60×53.98 mm (ISO/IEC 7810 ID-1) or 70×100 mm hanging, both sides, on A4 or singly with bleed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gridoffice.core.calendar import chinese
from gridoffice.papers import imposition, whole
from gridoffice.papers.card_designs import DESIGNS, Design
from gridoffice.papers.cards import BLEED, dial
from gridoffice.papers.drawing import INK, LINE, QUIET, Sheet, wrap
from gridoffice.papers.fonts import BOLD, HEI

CR80, HANGING = "cr80", "hanging"
SIZES = {CR80: (85.6, 53.98), HANGING: (70.0, 100.0)}
TITLE = "工作证"


@dataclass(frozen=True)
class BadgeView:
    """One badge: nothing but what stands on it."""

    office: str
    name: str
    post: str
    unit: str
    badge_number: str = field(metadata={"word": "证件编号"})
    valid_until: date | None = field(metadata={"word": "有效期"})
    photo: bytes | None
    supervise_phone: str
    rules: tuple[str, ...] = field(default=(), metadata={"word": "使用规定"})
    found: str = field(default="", metadata={"word": "拾到请交"})
    check: str = field(default="", metadata={"word": "核实提示"})


class _Badge:
    """The pen on one badge."""

    def __init__(self, sheet: Sheet, view: BadgeView, x: float, y: float, kind: str, look: Design) -> None:
        self.sheet, self.view, self.x, self.y, self.look = sheet, view, x, y, look
        self.wide, self.high = SIZES[kind]

    def band(self, y: float, high: float) -> None:
        """A band from edge to edge, over the edge where there is a bleed."""
        b = self.sheet.bleed
        over, under = (b if y <= 0 else 0), (b if y + high >= self.high - 0.01 else 0)
        self.sheet.box(
            self.x - b, self.y + y - over, self.wide + 2 * b, high + over + under, fill=self.look.main
        )  # fmt: skip

    def put(
        self, x: float, y: float, text: str, size: float, room: float, *, face: str = HEI, ink: str = INK,
        high: float = 0, align: str = "left", most: int = 2,
    ) -> None:  # fmt: skip
        """A text whole, from the badge's own corner."""
        whole.put(
            self.sheet, self.x + x, self.y + y, text, size, room, face=face, ink=ink, high=high, align=align, most=most
        )

    def line(self, x: float, y: float, word: str, text: str, room: float, size: float = 9) -> None:
        """A word and what it is; a rule to write on where it is nothing."""
        self.put(x, y, word, size - 1.5, 14, ink=QUIET, most=1)
        left = x + 12.5
        if text:
            self.put(left, y, text, size, room - 12.5, high=5.2)
        else:
            self.sheet.line(self.x + left, self.y + y + 0.7, self.x + x + room, self.y + y + 0.7, ink=QUIET, line=0.15)


def draw(
    badges: Sequence[BadgeView], *, kind: str = CR80, design: str = "red", turn: str = imposition.LONG,
    single: bool = False,
) -> bytes:  # fmt: skip
    """Badges as sheets of fronts with their backs behind; `single`: a side to a page, with bleed."""
    look, area = DESIGNS[design], SIZES[kind]
    author = badges[0].office if badges else ""
    sheet = Sheet(*(area if single else imposition.A4), title=TITLE, author=author, bleed=BLEED if single else 0)
    front, back = (_front, _back) if kind == CR80 else (_hanging, _hanging_back)

    def draw_front(place: int, x: float, y: float) -> None:
        front(_Badge(sheet, badges[place], x, y, kind, look))

    def draw_back(place: int, x: float, y: float) -> None:
        back(_Badge(sheet, badges[place], x, y, kind, look))

    if single:
        for place in range(len(badges)):
            for side in (draw_front, draw_back):
                side(place, 0, 0)
                sheet.next_page()
    else:
        layout = imposition.centred(*area)
        imposition.sheets(sheet, len(badges), layout, draw_front, draw_back, turn=turn)
    return sheet.finish()


def _until(view: BadgeView) -> str:
    return chinese(view.valid_until) if view.valid_until else ""


def _front(b: _Badge) -> None:
    view = b.view
    b.band(0, 10.5)
    b.put(5, 7.1, view.office, 11, b.wide - 26, face=BOLD, ink="#FFFFFF", most=1)
    b.put(b.wide - 5, 7.2, TITLE, 12, 20, face=BOLD, ink="#FFFFFF", align="right", most=1)
    b.sheet.photo(view.photo, b.x + 5, b.y + 14, 23, 32.2)
    left, room = 32.5, b.wide - 37.5
    b.put(left, 21.4, view.name, 21, room, face=BOLD, high=9)
    b.line(left, 28.4, "岗位", view.post, room)
    b.line(left, 34.2, "单位", view.unit, room)
    b.line(left, 40, "编号", view.badge_number, room)
    b.line(left, 45.8, "有效期至", _until(view), room)
    b.band(b.high - 4.6, 4.6)
    if view.supervise_phone:
        b.put(5, b.high - 1.4, f"监督电话 {view.supervise_phone}", 8, b.wide - 10, ink="#FFFFFF", most=1)


def _back(b: _Badge) -> None:
    view = b.view
    b.band(0, 2.2)
    b.sheet.text(b.x + 6, b.y + 9.6, "使用规定", 10.5, face=BOLD)
    has_code = bool(view.supervise_phone)
    room = b.wide - (34 if has_code else 12)
    _rules(b, 6, 15.6, room, 7.8)
    if has_code:
        b.sheet.qr(dial(view.supervise_phone), b.x + b.wide - 25, b.y + 6, 20)
        b.put(b.wide - 15, 28.4, "扫码拨打监督电话", 5.8, 22, ink=QUIET, align="centre", most=1)
    b.sheet.line(b.x + 6, b.y + 39.5, b.x + b.wide - 6, b.y + 39.5, ink=LINE)
    b.put(6, 44.2, view.found, 8.5, b.wide - 12, face=BOLD, most=2, high=5)
    b.put(6, 49.2, view.check, 6.8, b.wide - 12, ink=QUIET, most=2, high=4.4)


def _rules(b: _Badge, x: float, y: float, room: float, size: float) -> float:
    """Numbered rules, as large as they fit."""
    for place, rule in enumerate(b.view.rules, 1):
        b.sheet.text(b.x + x, b.y + y, f"{place}", size, ink=b.look.main, face=BOLD)
        for words in wrap(rule, size, room - 4):
            b.sheet.text(b.x + x + 3.6, b.y + y, words, size)
            y += size * 0.5
        y += size * 0.14
    return y


def _hanging(b: _Badge) -> None:
    view, middle = b.view, b.wide / 2
    b.band(0, 17)
    b.put(middle, 9.4, view.office, 14, b.wide - 10, face=BOLD, ink="#FFFFFF", align="centre", most=2, high=8)
    b.put(middle, 14.8, TITLE, 10, 30, ink="#FFFFFF", align="centre", most=1)
    b.sheet.photo(view.photo, b.x + middle - 13.5, b.y + 20.5, 27, 37.8)
    b.put(middle, 68.6, view.name, 25, b.wide - 10, face=BOLD, align="centre", high=9.4)
    left, room = 9.0, b.wide - 18
    b.line(left, 75.6, "岗位", view.post, room, 9.5)
    b.line(left, 81, "单位", view.unit, room, 9.5)
    b.line(left, 86.4, "编号", view.badge_number, room, 9.5)
    b.line(left, 91.8, "有效期至", _until(view), room, 9.5)
    b.band(b.high - 5, 5)
    if view.supervise_phone:
        words = f"监督电话 {view.supervise_phone}"
        b.put(middle, b.high - 1.5, words, 9, b.wide - 10, ink="#FFFFFF", align="centre", most=1)


def _hanging_back(b: _Badge) -> None:
    view, middle = b.view, b.wide / 2
    b.band(0, 3)
    b.sheet.text(b.x + 7, b.y + 13, "使用规定", 13, face=BOLD)
    y = _rules(b, 7, 20.4, b.wide - 14, 9.5)
    if view.supervise_phone:
        size = min(26.0, 82 - y)
        b.sheet.qr(dial(view.supervise_phone), b.x + middle - size / 2, b.y + 77 - size, size)
        b.put(middle, 79.4, "扫码拨打监督电话", 7, 40, ink=QUIET, align="centre", most=1)
    b.sheet.line(b.x + 7, b.y + 84, b.x + b.wide - 7, b.y + 84, ink=LINE)
    b.put(middle, 90, view.found, 10, b.wide - 14, face=BOLD, align="centre", high=5)
    b.put(middle, 95.4, view.check, 7.6, b.wide - 14, ink=QUIET, align="centre", high=5)
