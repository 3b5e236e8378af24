"""The panel at a board's foot: what people can ask for, whom to call, and the code that dials."""

from __future__ import annotations

from collections.abc import Sequence

from gridoffice.papers.board_view import BoardView
from gridoffice.papers.cards import dial
from gridoffice.papers.drawing import HEI, QUIET, TINT
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.scaled import Scaled


class Services:
    """The panel of one board."""

    def __init__(self, pen: Scaled, view: BoardView) -> None:
        self.pen, self.view = pen, view
        self.is_across = pen.wide > pen.high

    def least(self, room: float) -> float:
        """How high the panel is at least on a board with so much room across."""
        if self.is_across:
            return 84.0
        return 90.0 + (13.5 if len(self._number_lines(room - 90)) > 1 else 0)

    def draw(self, x: float, y: float, wide: float, high: float) -> None:
        """What people can ask for, whom to call, and the code that dials."""
        pen, view = self.pen, self.view
        pen.box(x, y, wide, high, fill=TINT, round=4)
        phone = view.supervise_phone or (view.head.phone if view.head else "")
        whose = "扫码拨打监督电话" if view.supervise_phone else "扫码拨打负责人"
        size = min(high - 22, 80.0) if phone else 0.0
        if phone:
            pen.qr(dial(phone), x + wide - size - 10, y + (high - size - 8) / 2, size)
            middle = x + wide - 10 - size / 2
            pen.text(middle, y + (high + size - 8) / 2 + 6.5, whose, 18, ink=QUIET, align="centre")
        room = wide - size - 34
        lines = self._number_lines(room)
        numbers = 8.0 + 13.5 * len(lines)
        pen.text(x + 12, y + 18, view.services_title, 40, face=BOLD)
        self._offers(x + 12, y + 24, room, high - 24 - numbers - 2)
        for place, line in enumerate(reversed(lines)):
            self._numbers(line, x + 12, y + high - 9 - place * 13.5, room)

    def _offers(self, x: float, y: float, room: float, high: float) -> None:
        """The services in columns, as large as they fit."""
        pen, offers = self.pen, self.view.services
        best, most = (0.0, 1, 1), 46.0 if high < 120 else 60.0
        for columns in range(1, 5):
            rows = -(-len(offers) // columns)
            across = room / columns - 8
            size = min(high / max(rows, 1) / 0.52, most, *(pen.size(one, most, across) for one in offers))
            best = max(best, (size, columns, rows))
        size, columns, rows = best
        pitch = min(high / max(rows, 1), size * 0.66)
        for place, text in enumerate(offers):
            column, row = place % columns, place // columns
            pen.text(x + column * room / columns, y + row * pitch + pitch / 2 + size * 0.13, text, size)

    def _number_lines(self, room: float) -> list[list[tuple[str, str]]]:
        """Names and numbers in one line, in two where one would make them too small."""
        view = self.view
        shown = [(name, phone) for name, phone in (("监督电话", view.supervise_phone), *view.hotlines) if phone]
        if not shown:
            return []
        half = -(-len(shown) // 2)
        is_long = self._number_size(shown, room) < 26 and not self.is_across
        return [shown[:half], shown[half:]] if is_long else [shown]

    def _number_size(self, shown: Sequence[tuple[str, str]], room: float) -> float:
        width = self.pen.sheet_width
        long = sum(width(name, 32, BOLD) + width(phone, 32) + 10 for name, phone in shown)
        return min(32.0, 32 * room / long) if long else 32.0

    def _numbers(self, shown: Sequence[tuple[str, str]], x: float, y: float, room: float) -> None:
        size = self._number_size(shown, room)
        for name, phone in shown:
            x += self.pen.text(x, y, name, size, face=BOLD) + 2.5 * size / 30
            x += self.pen.text(x, y, phone, size, face=HEI) + 7.5 * size / 30
