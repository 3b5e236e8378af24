"""Notice boards A4 to 1200×2400 mm, upright or across: who is responsible, what for, and whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from gridoffice.core.calendar import chinese
from gridoffice.papers import board_map, board_people, seal_code
from gridoffice.papers.board_people import GAP
from gridoffice.papers.board_services import Services
from gridoffice.papers.board_view import SIZES, BoardView
from gridoffice.papers.drawing import BLUE, QUIET, RED, Sheet
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.scaled import Scaled

AREA = 600.0 * 900.0  # square units of every board: letters grow with the board
MARGIN = 34.0
PAPER, GROUND = "#F7F5EF", "#FFFFFF"
BLEED = 3.0


def draw(views: Sequence[BoardView] | BoardView, size: str = "600x900", *, bleed: bool = False) -> bytes:
    """Boards, one a page of exactly that size; with `bleed` 3 mm more on each side and crop marks."""
    boards = [views] if isinstance(views, BoardView) else list(views)
    sheet = Sheet(*SIZES[size], title=boards[0].title, author=boards[0].office, bleed=BLEED if bleed else 0)
    for view in boards:
        _Board(Scaled(sheet, unit(size)), view).draw()
        sheet.next_page()
    return sheet.finish()


def unit(size: str) -> float:
    """Millimetres of a unit on a board of this size."""
    wide, high = SIZES[size]
    return float((wide * high / AREA) ** 0.5)


def seal(size: str) -> tuple[float, float, float, float]:
    """Where the visible signature of a board stands, in points: in the foot, left of the code."""
    pen = Scaled(Sheet(*SIZES[size]), unit(size))
    right = pen.wide - MARGIN - _code(pen) - 8
    return pen.points(right - 150, 8, right, 8 + 24)


def face_width(size: str, count: int) -> float:
    """How broad, in mm, a face is printed at most on such a board."""
    return 92 * unit(size) * (1 if count > 6 else 1.3)


def _code(pen: Scaled) -> float:
    """The register's code: 18 units, but never too small to be read."""
    return max(18.0, (seal_code.LEAST + 0.01) / pen.unit)


class _Board:
    """One board being drawn, from the band down."""

    def __init__(self, pen: Scaled, view: BoardView) -> None:
        self.pen, self.view = pen, view
        self.services = Services(pen, view)
        self.is_across = pen.wide > pen.high
        self.room = pen.wide - 2 * MARGIN
        self.foot = _code(pen) + 16

    def draw(self) -> None:
        """Band, figures, upper part and people (side by side on a board across), services, foot."""
        self.pen.ground(PAPER)
        y = self._band()
        if self.view.figures and not self.is_across:
            y = self._figures(y + 16)
        top, bottom = y + (GAP + 2 if self.view.figures or self.is_across else 16), self.pen.high - self.foot
        self._across(top, bottom) if self.is_across else self._upright(top, bottom)
        self._signing()

    # -- band and figures

    def _band(self) -> float:
        pen, view = self.pen, self.view
        high = 76.0 if self.is_across else 98.0
        pen.band(high, RED)
        room = self.room * (0.62 if self.is_across and view.figures else 1)
        pen.put(
            MARGIN, high * 0.52, view.title, high * 1.2, room, face=BOLD, ink="#FFFFFF", high=high * 0.56, least=0.55
        )  # fmt: skip
        pen.put(MARGIN, high * 0.85, view.issuer, high * 0.46, room, ink="#FBE3E0", most=1)
        if self.is_across:
            self._figures_in_band(high)
        return high

    def _figures_in_band(self, high: float) -> None:
        pen, x = self.pen, self.pen.wide - MARGIN
        for fact in reversed(self.view.figures):
            x -= pen.text(x, high * 0.62, fact.name, 28, ink="#FBE3E0", align="right") + 3
            x -= pen.text(x, high * 0.62, fact.text, 56, face=BOLD, ink="#FFFFFF", align="right") + 16

    def _figures(self, y: float) -> float:
        pen, shown = self.pen, self.view.figures
        across = (self.room - GAP * (len(shown) - 1)) / len(shown)
        for place, fact in enumerate(shown):
            x = MARGIN + place * (across + GAP)
            pen.box(x, y, across, 38, fill=GROUND, round=4)
            word = pen.sheet_width(fact.name, 36)
            used = pen.put(x + 10, y + 29.5, fact.text, 84, across - 26 - word, face=BOLD, ink=BLUE, most=1)
            pen.text(x + 14 + pen.sheet_width(fact.text, used, BOLD), y + 29.2, fact.name, 36, ink=QUIET)
        return y + 38

    # -- arrangement

    def _upright(self, top: float, bottom: float) -> None:
        view, count = self.view, len(self.view.posts)
        high = bottom - top
        below = self.services.least(self.room)
        people = (board_people.wanted(count, self.room) + 24) if view.posts_title else 0
        upper_least = 186.0 if count <= 18 and view.chart is not None else 150.0 if count <= 18 else 136.0
        upper_most = 420.0 if view.chart is not None else 184.0 if people else 400.0
        if view.chart is not None:
            upper_most = min(upper_most, max(186, board_map.wanted(self.pen, view.chart, self.room - 181)))
        spare = high - below - people - upper_least - (2 if people else 1) * (GAP + 4)
        if spare < 0:
            people += spare
            spare = 0
        upper = min(upper_least + spare, upper_most)
        spare -= upper - upper_least
        below += min(spare * ((0.4 if count <= 4 else 0.15) if people else 1), 130 if people else 400)
        self._upper(MARGIN, top, self.room, upper)
        y = top + upper + GAP + 4
        if people:
            end = self._people(MARGIN, y, self.room, bottom - below - GAP - 4 - y)
            below = bottom - end - GAP - 4 if end < bottom - below - GAP - 4 else below
        self.services.draw(MARGIN, bottom - below, self.room, below)

    def _across(self, top: float, bottom: float) -> None:
        view = self.view
        below = self.services.least(self.room) + (50 if len(view.posts) <= 2 else 0)
        high = bottom - top - below - GAP
        if not view.posts_title:
            self._upper(MARGIN, top, self.room, high)
        else:
            few = len(view.posts) <= 2
            share = 0.62 if few else 0.5 if view.chart is not None else 0.4 if len(view.posts) <= 8 else 0.33
            left = self.room * share
            self._stacked(MARGIN, top, left - GAP, high)
            self._people(MARGIN + left, top, self.room - left, high)
        self.services.draw(MARGIN, bottom - below, self.room, below)

    def _stacked(self, x: float, y: float, wide: float, high: float) -> None:
        """On a board across: the head above, the map or the duties below."""
        head = min(high * 0.34, 128) if self.view.chart is not None else min(high * 0.5, 170)
        self._head_beside(x, y, wide, head)
        self._panel(x, y + head + GAP, wide, high - head - GAP)

    def _upper(self, x: float, y: float, wide: float, high: float) -> None:
        """On an upright board: the head at the left; map, or facts and duties, at the right."""
        left = 152.0
        if self.view.chart is None and not self.view.facts and not self.view.duties:
            self._head_beside(x, y, wide, high)
            return
        if self.view.chart is not None:
            self._head_above(x, y, left, high)
        else:
            left = wide * (0.46 if len(self.view.posts) > 3 else 0.54)
            self._head_beside(x, y, left, high)
        self._panel(x + left + GAP, y, wide - left - GAP, high)

    # -- the one who heads it

    def _head_above(self, x: float, y: float, wide: float, high: float) -> None:
        pen, view, head = self.pen, self.view, self.view.head
        pen.box(x, y, wide, high, fill=GROUND, round=4)
        pen.put(x + 10, y + 19, view.head_title, 44, wide - 20, face=BOLD, most=1)
        tall = min(high - 84, (wide - 20) * 35 / 25)
        across, middle = tall * 25 / 35, x + wide / 2
        spare = high - 84 - tall
        pen.photo(head.photo if head else None, middle - across / 2, y + 28 + spare * 0.3, across, tall, round=4)
        base = y + high - spare * 0.45
        name = head.name if head else board_people.NOBODY
        pen.put(middle, base - 30, name, 66, wide - 16, face=BOLD, align="centre", high=24)
        self._head_phone(middle, base - 10, 54, wide - 12, "centre")

    def _head_beside(self, x: float, y: float, wide: float, high: float) -> None:
        pen, view, head = self.pen, self.view, self.view.head
        pen.box(x, y, wide, high, fill=GROUND, round=4)
        tall = min(high - 20, wide * 0.4 * 35 / 25)
        across = tall * 25 / 35
        pen.photo(head.photo if head else None, x + 10, y + (high - tall) / 2, across, tall, round=4)
        left, middle = x + across + 22, y + high / 2
        room = x + wide - left - 10
        k = min(high / 118, room / 128, 1.7)
        pen.put(left, middle - 26 * k, view.head_title, 36 * k, room, ink=QUIET, high=20 * k)
        name = head.name if head else board_people.NOBODY
        pen.put(left, middle + 4 * k, name, 80 * k, room, face=BOLD, high=27 * k)
        self._head_phone(left, middle + 32 * k, 62 * k, room, "left")

    def _head_phone(self, x: float, y: float, size: float, room: float, align: str) -> None:
        words = board_people.phone_of(self.view.head)
        if words:
            self.pen.put(x, y, words, size, room, face=BOLD, ink=BLUE, align=align, high=size * 0.42, least=0.5)
        elif self.view.head is not None:
            left = x - room * 0.4 if align == "centre" else x
            self.pen.line(left, y + 1, left + room * 0.8, y + 1, ink=QUIET, line=0.4)

    # -- map, facts, duties

    def _panel(self, x: float, y: float, wide: float, high: float) -> None:
        pen, view = self.pen, self.view
        pen.box(x, y, wide, high, fill=GROUND, round=4)
        if view.chart is not None:
            has_parts = any(not area.is_frame for area in view.chart.areas)
            pen.text(x + 10, y + 19, "网格分布" if has_parts else "网格范围", 44, face=BOLD)
            board_map.draw(pen, view.chart, x + 10, y + 26, wide - 20, high - 34)
            pen.text(x + wide - 10, y + 18, "示意图，不作为界线依据", 22, ink=QUIET, align="right")
            return
        facts = [f"{fact.name}　{fact.text}" for fact in view.facts]
        parts = [(title, texts) for title, texts in (("范围", facts), (view.duties_title, view.duties)) if texts]
        size = self._parts_size(parts, wide - 24, high - 16)
        top = y + (high - self._parts_high(parts, size, wide - 24)) / 2
        for title, texts in parts:
            top += size * 0.5
            pen.text(x + 12, top, title, size * 1.3, face=BOLD)
            top += size * 0.16
            for text in texts:
                for line in pen.wrapped(text, size, wide - 24):
                    top += size * 0.54
                    pen.text(x + 12, top, line, size)
            top += size * 0.3

    def _parts_size(self, parts: Sequence[tuple[str, Sequence[str]]], room: float, high: float) -> float:
        """The largest letters that fit; a little smaller where that saves a line with a single character."""
        size = 44.0
        while size > 10 and self._parts_high(parts, size, room) > high:
            size -= 1
        smaller = [size * step / 100 for step in range(100, 78, -2)]
        texts = [text for _title, found in parts for text in found]
        return min(smaller, key=lambda one: (sum(len(self.pen.wrapped(text, one, room)) for text in texts), -one))

    def _parts_high(self, parts: Sequence[tuple[str, Sequence[str]]], size: float, room: float) -> float:
        """How high some titles with their texts stand."""
        lines = sum(len(self.pen.wrapped(text, size, room)) for _title, texts in parts for text in texts)
        return size * (lines * 0.54 + len(parts) * 0.96)

    # -- people, foot

    def _people(self, x: float, y: float, wide: float, high: float) -> float:
        self.pen.put(x, y + 14, self.view.posts_title, 50, wide, face=BOLD, most=1)
        return board_people.draw(self.pen, self.view.posts, x, y + 24, wide, high - 24)

    def _signing(self) -> None:
        """Number, day, what to do when it is wrong, and the register's code, small at the foot."""
        pen, view = self.pen, self.view
        code = _code(pen)
        right = pen.wide - MARGIN
        y = pen.high - 8 - code
        box = pen.millimetres(right - code, y, code, code)
        seal_code.draw_code(pen.sheet, view.number, view, box[0], box[1], box[2])
        room = self.room - code - 166
        pen.put(MARGIN, y + code * 0.42, f"编号 {view.number} · 更新日期 {chinese(view.made_on)}", 24, room, ink=QUIET,
                most=1)  # fmt: skip
        pen.put(MARGIN, y + code * 0.92, view.foot, 22, room, ink=QUIET, most=1)
