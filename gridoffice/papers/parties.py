"""The signatures of a 责任书: two or three parties side by side, each with lines to fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridoffice.papers import fonts
from gridoffice.papers.drawing import INK, MM, Sheet, wrap
from gridoffice.papers.fonts import FANG
from gridoffice.papers.official_view import Party
from gridoffice.papers.redhead import LEFT, ROOM

if TYPE_CHECKING:
    from gridoffice.papers.official import Layout

GAP = 10.0  # mm between two parties
STEP = 1.25  # lines' cells from one line to fill in to the next


def _across(made: Layout) -> float:
    return (ROOM - GAP * (len(made.view.parties) - 1)) / len(made.view.parties)


def _heads(made: Layout, party: Party) -> list[str]:
    return wrap(f"{party.role}：{party.name}", made.size, _across(made), FANG)


def _rows(made: Layout) -> int:
    """Lines of the longest party's name."""
    return max(len(_heads(made, party)) for party in made.view.parties)


def height(made: Layout) -> float:
    """mm that the signatures take."""
    lines = max(len(party.lines) for party in made.view.parties)
    return made.row * (_rows(made) + STEP * lines + 1.2)


def draw(made: Layout) -> None:
    """Lay the signatures out; they are never parted."""
    made.need(height(made))
    made.blank(1.0)
    top, across = made.y, _across(made)
    for place, party in enumerate(made.view.parties):
        x = LEFT + place * (across + GAP)
        heads = _heads(made, party)
        made.add(lambda sheet, x=x, party=party, heads=heads: _party(sheet, made, x, top, party, heads))  # type: ignore[misc]
    made.y = top + height(made) - made.row


def _party(sheet: Sheet, made: Layout, x: float, top: float, party: Party, heads: list[str]) -> None:
    size, y = made.size, top
    for text in heads:
        sheet.text(x, made.base(y, size), text, size, face=FANG)
        if text == heads[-1] and not party.name:
            start = x + fonts.width(FANG, text, size) / MM
            sheet.line(start, made.base(y, size) + 1.2, x + _across(made), made.base(y, size) + 1.2, ink=INK, line=0.15)
        y += made.row
    y = top + made.row * _rows(made)
    for word in party.lines:
        base = made.base(y + made.row * (STEP - 1), size)
        if word == "日期":
            sheet.text(x, base, "　　　　年　　月　　日", size, face=FANG)
        else:
            start = x + sheet.text(x, base, f"{word}：", size, face=FANG)
            sheet.line(start, base + 1.2, x + _across(made), base + 1.2, ink=INK, line=0.15)
        y += made.row * STEP
