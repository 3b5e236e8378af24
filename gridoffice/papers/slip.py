"""回执: the part of a letter that is torn off, filled in and comes back, at the foot of a page under a dashed line."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.papers.drawing import INK, MM, QUIET, Sheet, wrap
from gridoffice.papers.fonts import BOLD, SONG

SIZE = 12.0
PITCH = SIZE * 1.75 / MM
BELOW = 14.0  # mm between the slip's last line and the edge of the paper


@dataclass(frozen=True)
class ReplyView:
    """The part that is torn off and comes back: title, number, to whom, and the lines to fill in."""

    title: str
    number: str
    to: str
    text: str
    lines: tuple[str, ...]
    sender: str


def _text(reply: ReplyView, room: float) -> list[str]:
    return wrap(f"　　{reply.text}", SIZE, room, SONG) if reply.text else []


def height(reply: ReplyView, room: float) -> float:
    """How many mm a slip takes from its dashed line to its last."""
    return 22 + PITCH * (len(_text(reply, room)) + len(reply.lines) * 1.15 + 2.6)


def draw(sheet: Sheet, reply: ReplyView, left: float, room: float, top: float | None = None) -> None:
    """Draw a slip at the foot of a page to be torn off, or on a page of its own from `top` mm on; `room` mm wide."""
    text, right = _text(reply, room), left + room
    y = sheet.high - BELOW - height(reply, room) if top is None else top
    if top is None:
        _dashes(sheet, y)
        sheet.text(sheet.wide / 2, y - 1.4, "沿虚线撕下，填好后送回", 8.5, ink=QUIET, align="centre")
    sheet.text(sheet.wide / 2, y + 11, reply.title, 16, face=BOLD, align="centre")
    sheet.text(right, y + 11, reply.number, 10.5, face=SONG, align="right")
    y += 20
    sheet.text(left, y, f"{reply.to}：", SIZE, face=SONG)
    for part in text:
        y += PITCH
        sheet.text(left, y, part, SIZE, face=SONG)
    for title in reply.lines:
        y += PITCH * 1.15
        across = sheet.text(left + 2 * SIZE / MM, y, f"{title}：", SIZE, face=SONG)
        sheet.line(left + 2 * SIZE / MM + across, y + 1, right, y + 1, ink=INK, line=0.15)
    y += PITCH * 1.5
    sheet.text(right, y, f"{reply.sender}　　　　　　年　　月　　日", SIZE, face=SONG, align="right")


def _dashes(sheet: Sheet, y: float) -> None:
    x = 8.0
    while x < sheet.wide - 8:
        sheet.line(x, y, min(x + 3, sheet.wide - 8), y, ink=INK, line=0.2)
        x += 5
