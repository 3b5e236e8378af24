"""Contact cards 90×54 mm, ten to an A4, fronts and backs for printing on both sides, with cutting marks."""

from __future__ import annotations

from collections.abc import Sequence

from gridoffice.core.calendar import chinese
from gridoffice.papers.drawing import BLUE, INK, LINE, QUIET, RED, Sheet, grouped, wrap
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.views import CardView

WIDE, HIGH = 90.0, 54.0
ACROSS, DOWN = 2, 5
PAGE = (210.0, 297.0)
LEFT, TOP = (PAGE[0] - ACROSS * WIDE) / 2, (PAGE[1] - DOWN * HIGH) / 2


def draw(cards: Sequence[CardView]) -> bytes:
    """Cards as pages of ten fronts, each followed by its backs in mirrored order (turned on the long edge)."""
    sheet = Sheet(*PAGE, title="便民服务联系卡", author=cards[0].office if cards else "")
    for start in range(0, len(cards), ACROSS * DOWN):
        ten = cards[start : start + ACROSS * DOWN]
        for place, card in enumerate(ten):
            _front(sheet, card, LEFT + place % ACROSS * WIDE, TOP + place // ACROSS * HIGH)
        _marks(sheet, len(ten))
        sheet.next_page()
        for place, card in enumerate(ten):
            mirrored = ACROSS - 1 - place % ACROSS
            _back(sheet, card, LEFT + mirrored * WIDE, TOP + place // ACROSS * HIGH)
        _marks(sheet, ACROSS * DOWN)
        sheet.next_page()
    return sheet.finish()


def _marks(sheet: Sheet, count: int) -> None:
    """Cutting marks at the edges of the block only: no line runs through a card."""
    rows = DOWN if count > 0 else 0
    right, bottom = LEFT + ACROSS * WIDE, TOP + rows * HIGH
    for column in range(ACROSS + 1):
        x = LEFT + column * WIDE
        sheet.line(x, TOP - 2, x, TOP - 8, ink="#000000", line=0.1)
        sheet.line(x, bottom + 2, x, bottom + 8, ink="#000000", line=0.1)
    for row in range(rows + 1):
        y = TOP + row * HIGH
        sheet.line(LEFT - 2, y, LEFT - 8, y, ink="#000000", line=0.1)
        sheet.line(right + 2, y, right + 8, y, ink="#000000", line=0.1)


def _front(sheet: Sheet, card: CardView, x: float, y: float) -> None:
    person = card.person
    sheet.box(x, y, WIDE, 10.5, fill=RED)
    sheet.fit(x + 5, y + 7, f"{card.office} · 便民服务联系卡", 11, 80, face=BOLD, ink="#FFFFFF")
    sheet.photo(person.photo, x + 5, y + 15, 22.8, 32)
    left, room = x + 32, 54.0
    sheet.fit(left, y + 20.8, person.name, 19, room, face=BOLD)
    sheet.fit(left, y + 27, f"{card.unit} {person.post}", 9, room, ink=QUIET)
    sheet.fit(left, y + 34.6, grouped(person.phone) or "电话待补", 16.5, room, face=BOLD, ink=BLUE)
    if card.stand_in is not None:
        sheet.fit(left, y + 41, f"不在时请找 {card.stand_in.name}（B岗）", 8, 34, ink=INK)
        sheet.fit(left, y + 45, grouped(card.stand_in.phone), 8, 34, ink=INK)
    if card.supervise_phone:
        sheet.fit(left, y + 49.6, f"监督电话 {card.supervise_phone}", 7.5, 37, ink=QUIET)
    if person.phone:
        sheet.qr(f"tel:{person.phone}", x + 70.5, y + 36.2, 15)
        sheet.text(x + 78, y + 52.6, "扫码拨号", 5.5, ink=QUIET, align="centre")


def _back(sheet: Sheet, card: CardView, x: float, y: float) -> None:
    left, room = x + 6, WIDE - 12
    sheet.text(left, y + 9, "可以找我", 12, face=BOLD)
    below = y + 15
    for part in wrap("    ".join(card.services), 8.5, room)[:3]:
        sheet.text(left, below, part.strip(), 8.5)
        below += 4.6
    below = max(below, y + 25)
    sheet.line(left, below - 2, x + WIDE - 6, below - 2, ink=LINE)
    for place, (name, number) in enumerate(card.hotlines[:6]):
        column, row = place % 2, place // 2
        sheet.fit(left + column * 39, below + 3.2 + row * 4.8, f"{name} {number}", 8.5, 37)
    spread = len(card.emergency[:4])
    for place, (name, number) in enumerate(card.emergency[:4]):
        sheet.fit(
            left + place * room / spread, y + 44.6, f"{name} {number}", 9.5, room / spread - 1, face=BOLD, ink=BLUE
        )
    foot = f"{card.number} · {chinese(card.made_on)} · 信息有变请以村公示牌为准"
    sheet.fit(left, y + 50, foot, 6.2, room, ink=QUIET, face=HEI)
