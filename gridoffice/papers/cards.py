"""Contact cards 90×54 or 85.5×54 mm: ten to an A4, backs behind fronts; or one to a page, with bleed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gridoffice.core.calendar import chinese
from gridoffice.papers import fonts, imposition, whole
from gridoffice.papers.card_designs import BAND, DESIGNS, LARGE, PLAIN, SIDE, SIZES, Design
from gridoffice.papers.drawing import INK, LINE, MM, QUIET, Sheet, grouped
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.views import CardView

TITLE = "便民服务联系卡"
BLEED = 3.0
VCARD, TEL, NONE = "vcard", "tel", "none"
"""What the code on a card does: puts the person into the phone's contacts, dials, or there is none."""
WORD = {VCARD: "扫码存号码", TEL: "扫码拨号"}


class _Card:
    """The pen on one card: its corner, its size and its design."""

    def __init__(
        self, sheet: Sheet, card: CardView, x: float, y: float, size: tuple[float, float], look: Design
    ) -> None:
        self.sheet, self.card, self.x, self.y, self.look = sheet, card, x, y, look
        self.wide, self.high = size
        self.bleed = sheet.bleed

    def ground(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A coloured field that runs over the edges where it touches them."""
        b = self.bleed
        left, top = (b if x <= 0 else 0), (b if y <= 0 else 0)
        right, bottom = (b if x + wide >= self.wide else 0), (b if y + high >= self.high else 0)
        self.sheet.box(self.x + x - left, self.y + y - top, wide + left + right, high + top + bottom, fill=colour)

    def put(
        self, x: float, y: float, text: str, size: float, room: float, *, face: str = HEI, ink: str = INK,
        high: float = 0, align: str = "left", most: int = 2, least: float = 0.62,
    ) -> None:  # fmt: skip
        """A text whole, from the card's own corner."""
        left, base = self.x + x, self.y + y
        whole.put(
            self.sheet, left, base, text, size, room, face=face, ink=ink, high=high, align=align, most=most, least=least
        )

    def post(self, x: float, y: float, size: float, room: float, high: float = 5.2, align: str = "left") -> None:
        """For which grid, in which post."""
        words = f"{self.card.unit} {self.card.person.post}"
        self.put(x, y, words, size, room, ink=QUIET, high=high, align=align, most=3 if high > 7 else 2, least=0.8)

    def phone(self, x: float, y: float, size: float, room: float, high: float) -> None:
        """The number; where there is none, a line to write it on."""
        if self.card.person.phone:
            words = grouped(self.card.person.phone)
            self.put(x, y, words, size, room, face=BOLD, ink=self.look.number, high=high, least=0.5)
            return
        used = self.sheet.text(self.x + x, self.y + y, "电话", 9, ink=QUIET)
        end = self.x + x + min(room, 46)
        self.sheet.line(self.x + x + used + 1.5, self.y + y + 0.6, end, self.y + y + 0.6, ink=QUIET, line=0.15)

    def qr(self, x: float, y: float, size: float, kind: str) -> None:
        """The code with its word below; nothing without a phone."""
        if kind == NONE or not self.card.person.phone:
            return
        text = contact(self.card) if kind == VCARD else dial(self.card.person.phone)
        self.sheet.qr(text, self.x + x, self.y + y, size)
        self.sheet.text(self.x + x + size / 2, self.y + y + size + 1.6, WORD[kind], 5.5, ink=QUIET, align="centre")

    def partner(self, x: float, y: float, room: float, size: float = 8) -> None:
        """Whom to call while this one is away."""
        other = self.card.stand_in
        if other is None:
            return
        which = "（A岗）" if "B岗" in self.card.person.post else "（B岗）" if "A岗" in self.card.person.post else ""
        self.put(x, y, f"不在时请找 {other.name}{which}", size, room, high=5)
        if other.phone:
            self.put(x, y + size * 0.53, grouped(other.phone), size + 0.5, room, face=BOLD, most=1)

    def supervise(self, x: float, y: float, room: float, size: float = 7.5) -> None:
        """Whom to complain to."""
        if self.card.supervise_phone:
            self.put(x, y, f"监督电话 {self.card.supervise_phone}", size, room, ink=QUIET, most=1)


def dial(phone: str) -> str:
    """What a phone's camera dials: the first number, figures only."""
    first = phone.replace("，", "、").replace("/", "、").split("、")[0]
    return f"tel:{''.join(char for char in first if char.isdigit() or char in '+-')}"


def contact(card: CardView) -> str:
    """A vCard (RFC 2426) with name, post, office and work phone, as a phone's camera keeps it."""
    person = card.person
    name = person.name.replace(",", " ").replace(";", " ")
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{name}", f"FN:{name}", f"ORG:{card.office}{card.unit}"]
    return "\n".join([*lines, f"TITLE:{person.post}", f"TEL;TYPE=WORK:{dial(person.phone)[4:]}", "END:VCARD"])


def draw(
    cards: Sequence[CardView], *, design: str = "red", size: str = "90x54", code: str = TEL,
    turn: str = imposition.LONG, single: bool = False, coded: bool = False,
) -> bytes:  # fmt: skip
    """Cards as pages of ten fronts, each followed by its backs; `single`: a page each, with bleed.

    `coded`: the register's code stands on the back.
    """
    look, area = DESIGNS[design], SIZES[size]
    author = cards[0].office if cards else ""
    sheet = Sheet(*(area if single else imposition.A4), title=TITLE, author=author, bleed=BLEED if single else 0)
    front = FRONTS[look.layout]

    def draw_front(place: int, x: float, y: float) -> None:
        front(_Card(sheet, cards[place], x, y, area, look), code)

    def draw_back(place: int, x: float, y: float) -> None:
        _back(_Card(sheet, cards[place], x, y, area, look), coded=coded)

    if single:
        for place in range(len(cards)):
            for side in (draw_front, draw_back):
                side(place, 0, 0)
                sheet.next_page()
    else:
        layout = imposition.centred(*area)
        imposition.sheets(sheet, len(cards), layout, draw_front, draw_back, turn=turn)
    return sheet.finish()


def _band(c: _Card, code: str) -> None:
    """The office on a band; photo at the left, name and phone as large as the right half allows."""
    card, person = c.card, c.card.person
    c.ground(0, 0, c.wide, 10.5, c.look.main)
    c.put(5, 7.1, f"{card.office} · {TITLE}", 11, c.wide - 10, face=BOLD, ink="#FFFFFF", most=1)
    c.sheet.photo(person.photo, c.x + 5, c.y + 15, 22.8, 32)
    left, room = 32.0, c.wide - 36.0
    c.put(left, 21.4, person.name, 20, room, face=BOLD, high=8)
    c.post(left, 27, 9, room)
    c.phone(left, 34.4, 18, room, 7.4)
    has_code = code != NONE and bool(person.phone)
    below = c.wide - 20.5 - left - 1 if has_code else room
    c.partner(left, 40.4, below)
    c.supervise(left, 49.4, below)
    c.qr(c.wide - 19, 36, 13.8, code)


def _side(c: _Card, code: str) -> None:
    """A coloured stripe with the photo at the left, everything else in one column at the right."""
    card, person = c.card, c.card.person
    c.ground(0, 0, 30, c.high, c.look.main)
    c.sheet.photo(person.photo, c.x + 4.5, c.y + 6, 21, 29.4)
    c.put(15, 41.4, card.office, 9.5, 26, face=BOLD, ink="#FFFFFF", align="centre", high=4.6)
    c.put(15, 46.2, TITLE, 7, 26, ink="#FFFFFF", align="centre", most=1)
    left, room = 35.0, c.wide - 39.5
    c.put(left, 13, person.name, 21, room, face=BOLD, high=8.4)
    c.post(left, 19.2, 8.5, room)
    c.phone(left, 28, 18.5, room, 8)
    c.sheet.line(c.x + left, c.y + 32, c.x + c.wide - 4.5, c.y + 32, ink=LINE)
    has_code = code != NONE and bool(person.phone)
    below = room - 17.5 if has_code else room
    c.partner(left, 37, below)
    c.supervise(left, 48.4, below)
    c.qr(c.wide - 19.5, 34.2, 15, code)


def _plain(c: _Card, code: str) -> None:
    """White paper: the office over a thin rule, photo at the right."""
    card, person = c.card, c.card.person
    c.put(5, 7.4, f"{card.office} · {TITLE}", 9, c.wide - 10, face=BOLD, ink=c.look.main, most=1)
    c.sheet.line(c.x + 5, c.y + 10, c.x + c.wide - 5, c.y + 10, ink=c.look.main, line=0.35)
    c.sheet.photo(person.photo, c.x + c.wide - 24, c.y + 14, 19, 26.6)
    left, room = 5.0, c.wide - 34.0
    c.put(left, 21.4, person.name, 21, room, face=BOLD, high=8.4)
    c.post(left, 27.6, 8.5, room)
    c.phone(left, 36.4, 19, room, 8)
    has_code = code != NONE and bool(person.phone)
    aside = left + (15.5 if has_code else 0)
    c.partner(aside, 42.4, c.wide - aside - 26)
    c.supervise(aside, 50.4, c.wide - aside - 8)
    c.qr(left - 1, 37.6, 12, code)


def _large(c: _Card, code: str) -> None:
    """No photo: name and phone fill the card, for those who see badly."""
    card, person = c.card, c.card.person
    c.ground(0, 0, c.wide, 9, c.look.main)
    c.put(5, 6.2, f"{card.office} · {TITLE}", 10, c.wide - 10, face=BOLD, ink="#FFFFFF", most=1)
    has_code = code != NONE and bool(person.phone)
    room = c.wide - 10
    c.put(5, 21, person.name, 28, room * 0.56, face=BOLD, high=11)
    c.post(c.wide - 5, 20.2, 9.5, room * 0.42, 9, "right")
    c.phone(5, 33.4, 30, room, 12)
    below = room - (15 if has_code else 0)
    c.partner(5, 41.4, below, 9)
    c.supervise(5, 50.2, below, 8.5)
    c.qr(c.wide - 18, 36.6, 13, code)


FRONTS: dict[str, Callable[[_Card, str], None]] = {BAND: _band, SIDE: _side, PLAIN: _plain, LARGE: _large}


def _back(c: _Card, *, coded: bool) -> None:
    """What one can ask for and whom to call, the same on most cards and drawn once; below it the card's number."""
    card, room = c.card, c.wide - 12
    if c.look.layout in (BAND, LARGE):
        c.ground(0, 0, c.wide, 2, c.look.main)
    elif c.look.layout == SIDE:
        c.ground(0, 0, 2, c.high, c.look.main)
    if coded:
        from gridoffice.papers import seal_code  # only here: it brings the tables of the register with it

        size = seal_code.LEAST + 0.01
        seal_code.draw_code(c.sheet, card.number, card, c.x + c.wide - size - 4.5, c.y + c.high - size - 3, size)
        room -= size + 1

    def words(part: Sheet) -> None:
        _services(_Card(part, card, 0, 0, (c.wide, c.high), c.look), room)

    key = f"{c.look.layout} {c.look.number} {c.wide} {room} {card.services} {card.hotlines} {card.emergency}"
    c.sheet.repeat(key, c.x, c.y, c.wide, c.high, words)
    c.put(6, 50.6, f"{card.number} · {chinese(card.made_on)} · 有变请以村公示牌为准", 6.2, room, ink=QUIET, most=1)


def _services(c: _Card, foot: float) -> None:
    """Services, numbers of the office, and in `foot` mm those of emergencies."""
    card, sheet = c.card, c.sheet
    left, room = c.x + 6, c.wide - 12
    sheet.text(left, c.y + 9.4, "可以找我", 12, face=BOLD, ink=INK)
    rows = -(-len(card.services[:8]) // 2)
    pitch = min(4.8, 14.0 / max(rows, 1))
    for place, words in enumerate(card.services[:8]):
        column, row = place // rows, place % rows
        c.put(6 + column * (room / 2 + 1), 15.4 + row * pitch, words, 8.5, room / 2 - 1, most=1)
    below = c.y + max(25, 15.4 + rows * pitch)
    sheet.line(left, below - 2, c.x + c.wide - 6, below - 2, ink=LINE)
    for place, (name, number) in enumerate(card.hotlines[:6]):
        column, row = place % 2, place // 2
        at = left + column * (room / 2 + 1)
        used = min(8.5, whole.setting(f"{name} {number}", 8.5, room / 2 - 1, 0, 1, 1, HEI).size)
        across = sheet.text(at, below + 3.2 + row * 4.8, f"{name} ", used, ink=QUIET)
        sheet.text(at + across, below + 3.2 + row * 4.8, number, used)
    shown = [f"{name} {number}" for name, number in card.emergency[:4]]
    gap = 3.5
    long = sum(fonts.width(BOLD, words, 9.5) for words in shown) / MM
    size = min(9.5, 9.5 * (foot - gap * (len(shown) - 1)) / long) if long else 9.5
    x = left
    for words in shown:
        x += sheet.text(x, c.y + 45.4, words, size, face=BOLD, ink=c.look.number) + gap
