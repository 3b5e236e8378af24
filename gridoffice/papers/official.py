"""Official papers and plain letters after GB/T 9704-2012 (reference 9), A4: laid out on the grid, then drawn.

天头 37 mm, 订口 28 mm, 版心 156×225 mm, 22 lines of 28 characters of 三号仿宋; what stands above the title is in
`redhead.py`. No seal is ever drawn: the room for it stays empty over signature and date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from gridoffice.papers import fonts, grid_lines, levels, parties, redhead, slip
from gridoffice.papers.drawing import INK, MM, Sheet
from gridoffice.papers.fonts import FANG, HEI, KAI, SONG
from gridoffice.papers.grid_lines import CELL, ROW, SANHAO, Piece, Set
from gridoffice.papers.official_view import LETTER, MINUTES, PLAIN, Enclosure, OfficialView
from gridoffice.papers.redhead import BOTTOM, HIGH, LEFT, RIGHT, ROOM, TOP, WIDE
from gridoffice.papers.title_shape import shaped

Op = Callable[[Sheet], object]
TITLE, SIHAO = 22.0, 14.0
"""二号 and 四号 in points."""
TITLE_ROW = 13.0  # mm of a line of the title
FROM_RIGHT = 4  # characters between the date and the right edge (reference 9: 右空四字)
SEAL_ROWS = 2  # empty lines above the signature, where the seal comes
NUMBER_BELOW = 7.0  # mm from the 版心 to the dash of the page's number
FITS = ((15.0, 1.0, TOP), (14.0, 1.0, TOP), (14.0, 0.88, TOP), (14.0, 0.82, 24.0))
"""Letters, of its usual height the line, and mm above, of a plain paper that is to stay on one page: 四号 at least."""
TIGHT = 0.93
"""Of the usual height of a line, where that keeps a paper on one page (GB/T 9704-2012, 7.3.5.4)."""


class Layout:
    """A paper being laid out: pages of things to draw, and where the next line's cell begins (mm)."""

    def __init__(self, view: OfficialView, size: float = SANHAO, pitch: float = 1.0, top: float = TOP) -> None:
        self.view, self.size = view, size
        self.pages: list[list[Op]] = [[]]
        self.y = top
        self.row = ROW * size / SANHAO * pitch
        self.cell = CELL * size / SANHAO
        self.room = ROOM * MM  # points
        self.is_numbered: list[bool] = [True]
        self.written = 1  # pages but for a slip on a sheet of its own

    def add(self, op: Op) -> None:
        """Draw something on this page."""
        self.pages[-1].append(op)

    def turn(self) -> None:
        """Go on on another page."""
        self.pages.append([])
        self.is_numbered.append(True)
        self.y = TOP

    @property
    def left(self) -> float:
        """mm left on this page."""
        return BOTTOM - self.y

    def need(self, high: float) -> None:
        """Go on on another page when there are not so many mm left."""
        if high > self.left + 0.1 and self.y > TOP:
            self.turn()

    def base(self, y: float, size: float) -> float:
        """The baseline of letters that stand in the middle of a line's cell which begins at y."""
        return y + self.row / 2 + size * 0.38 / MM

    def set(self, line: Set, indent: float = 0.0) -> None:
        """A line on the grid, `indent` mm from the left edge."""
        self.need(self.row)
        y, x, size = self.base(self.y, self.size), LEFT + indent, self.size
        self.add(lambda sheet: grid_lines.put(sheet, x, y, line, size))
        self.y += self.row

    def words(self, x: float, text: str, size: float, *, face: str = FANG, align: str = "left") -> None:
        """Words in this line's cell that take part in no paragraph."""
        y = self.base(self.y, size)
        self.add(lambda sheet: sheet.text(x, y, text, size, face=face, align=align))

    def paragraph(self, text: str, *, indent: int = 2, keep: float = 0.0, hanging: float = 0.0) -> None:
        """A paragraph indented by characters; the mm it is kept together with at its end; `hanging` mm after line one.

        Where what must follow has no room, the last two lines go along, so that no page holds a signature alone.
        """
        head, face, rest = levels.parted(text)
        pieces = [Piece("　" * indent + head, face), Piece(rest, FANG)] if head else [Piece("　" * indent + text, FANG)]
        lines = grid_lines.broken(pieces, self.size, self.room, self.room - hanging * MM)
        if levels.is_heading(text):
            self.need(self.row * (len(lines) + 1))
        for place, line in enumerate(lines):
            left = len(lines) - place
            if keep and left == min(2, len(lines)) and self.y + left * self.row <= BOTTOM + 0.1:
                self.need(left * self.row + keep)
            self.set(line, hanging if place else 0.0)

    def blank(self, rows: float = 1.0) -> None:
        """Empty lines, none at the top of a page."""
        if self.y > TOP:
            self.y += self.row * rows


def layout(view: OfficialView) -> Layout:
    """Lay a paper out; a plain one that is to fit a page in the largest letters that let it."""
    made = _laid(view)
    if len(made.pages) == 1:
        return made
    if view.head == PLAIN and view.fits:
        for size, pitch, top in FITS:
            smaller = _laid(view, size, pitch, top)
            if len(smaller.pages) == 1:
                return smaller
        return made
    tighter = _laid(view, SANHAO, TIGHT) if made.written == 2 else made
    return tighter if tighter.written == 1 else made


def _laid(view: OfficialView, size: float = SANHAO, pitch: float = 1.0, top: float = TOP) -> Layout:
    made = Layout(view, size, pitch, top)
    redhead.head(made)
    _title(made, view.title)
    if view.head == MINUTES and view.day:
        made.words(LEFT + ROOM / 2, f"（{view.day}）", SANHAO, face=KAI, align="centre")
        made.y += made.row
    _addressee(made)
    _body(made)
    _attachments(made)
    if view.head == MINUTES:
        _attendance(made)
    elif not view.parties:
        _signature(made)
    else:
        parties.draw(made)
    if view.note:
        made.paragraph(f"（{view.note}）")
    for place, one in enumerate(view.enclosures, 1):
        _enclosure(made, one, place if len(view.enclosures) > 1 else 0)
    redhead.record(made)
    made.written = len(made.pages)
    if view.reply is not None:
        _reply(made)
    return made


def _title(made: Layout, title: str) -> None:
    y = made.y
    for part in shaped(title, TITLE, ROOM, SONG):
        base = y + TITLE_ROW / 2 + TITLE * 0.38 / MM
        x = LEFT + (ROOM - fonts.width(SONG, part, TITLE) / MM) / 2
        made.add(
            lambda sheet, x=x, base=base, part=part: grid_lines.heavy(  # type: ignore[misc]
                sheet, x, base, part, TITLE, face=SONG, ink=INK
            )
        )
        y += TITLE_ROW
    made.y = y + made.row  # 标题下空一行


def _addressee(made: Layout) -> None:
    if made.view.addressee:
        for line in grid_lines.broken([Piece(f"{made.view.addressee}：", FANG)], made.size, made.room):
            made.set(line)


def _body(made: Layout) -> None:
    view = made.view
    last = len(view.paragraphs) - 1
    after = _after(made)
    is_short = last > 0 and len(view.paragraphs[last]) + 2 <= made.room / MM / made.cell  # 特此通知。
    for place, text in enumerate(view.paragraphs):
        keep = {last: after, last - 1: after + made.row if is_short else 0.0}.get(place, 0.0)
        made.paragraph(text, keep=keep)


def _after(made: Layout) -> float:
    """mm that must follow the last paragraph on its page."""
    view = made.view
    if view.attachments:
        return made.row * 2
    if view.parties:
        return parties.height(made)
    if view.head == MINUTES:
        return made.row * 2 if view.attendance else 0.0
    return made.row * (SEAL_ROWS + 2) + _note(made) if view.signer else 0.0


def _note(made: Layout) -> float:
    """mm of the 附注, which stays with the signature."""
    if not made.view.note:
        return 0.0
    return made.row * len(grid_lines.broken([Piece(f"　　（{made.view.note}）", FANG)], made.size, made.room))


def _attachments(made: Layout) -> None:
    """附件：1.… one line below the text, indented by two, without an end mark (reference 9)."""
    found = made.view.attachments
    if not found:
        return
    made.blank()
    for place, name in enumerate(found, 1):
        sign = f"{place}." if len(found) > 1 else ""
        lead = "附件：" if place == 1 else "　　　"
        hanging = made.cell * 5 + fonts.width(FANG, sign, made.size) / MM
        keep = made.row * (SEAL_ROWS + 2) + _note(made) if place == len(found) and made.view.signer else 0.0
        made.paragraph(f"{lead}{sign}{name.rstrip('。；')}", hanging=hanging, keep=keep)


def _signature(made: Layout) -> None:
    """Who signs, centred over the date; the date four characters from the right; room above for the seal."""
    view, size = made.view, made.size
    if not view.signer:
        return
    rows = SEAL_ROWS if view.has_seal else 1
    made.need(made.row * (min(rows, 1) + 2) + _note(made))
    made.blank(min(rows, max(0.0, (made.left - _note(made)) / made.row - 2)))
    across = fonts.width(FANG, view.day, size) / MM
    right = WIDE - RIGHT - FROM_RIGHT * made.cell
    signer = fonts.width(FANG, view.signer, size) / MM
    centre = min(right - across / 2, WIDE - RIGHT - signer / 2)
    made.words(centre, view.signer, size, align="centre")
    made.y += made.row
    made.words(right, view.day, size, align="right")
    made.y += made.row


def _attendance(made: Layout) -> None:
    """出席, 请假, 列席 of 纪要: the word in 黑体, names in 仿宋, further lines under the first name."""
    for word, names in made.view.attendance:
        made.blank(1.0 if word == made.view.attendance[0][0] else 0.0)
        pieces = [Piece(f"　　{word}：", HEI), Piece(f"{names.rstrip('。')}。", FANG)]
        hanging = made.cell * (3 + len(word))
        lines = grid_lines.broken(pieces, made.size, made.room, made.room - hanging * MM)
        for place, line in enumerate(lines):
            made.set(line, hanging if place else 0.0)


def _enclosure(made: Layout, one: Enclosure, number: int) -> None:
    """An 附件 on pages of its own: “附件” in 三号黑体 at the top left, the title on the third line (reference 9)."""
    made.turn()
    made.words(LEFT, f"附件{number}" if number else "附件", SANHAO, face=HEI)
    made.y += made.row * 2
    _title(made, one.title)
    for text in one.paragraphs:
        made.paragraph(text)


def _reply(made: Layout) -> None:
    reply = made.view.reply
    assert reply is not None
    high = slip.height(reply, ROOM)
    has_foot = made.view.head == LETTER and len(made.pages) == 1  # the red double line
    is_own = has_foot or made.y + 8 + high > HIGH - slip.BELOW
    if is_own:
        made.turn()
    made.is_numbered[-1] = False  # the slip stands where the number would, or is a paper by itself
    top = TOP - 10 if is_own else None
    made.add(lambda sheet: slip.draw(sheet, reply, LEFT, ROOM, top))
    made.y = HIGH - slip.BELOW


def draw(
    views: Iterable[OfficialView], *, title: str = "", author: str = "", out: BinaryIO | None = None,
    is_duplex: bool = False,
) -> bytes:  # fmt: skip
    """Papers one behind the other as one PDF, each with its own page numbers; views are asked for as they are drawn.

    `is_duplex`: each begins on a front page. With `out` the bytes go there and none are returned.
    """
    sheet = Sheet(WIDE, HIGH, title=title, author=author, out=out)
    for view in views:
        made = layout(view)
        total = len(made.pages)
        for place, ops in enumerate(made.pages, 1):
            for op in ops:
                op(sheet)
            if made.is_numbered[place - 1] and _has_number(view, place, total):
                _number(sheet, place)
            sheet.next_page()
        if is_duplex and total % 2:
            sheet.next_page()
    data = sheet.finish()
    return data if out is None else b""


def _has_number(view: OfficialView, place: int, total: int) -> bool:
    """A plain paper of one page needs none; the first page of a 信函 has none (reference 9)."""
    if view.head == PLAIN:
        return total > 1
    return not (view.head == LETTER and place == 1)


def _number(sheet: Sheet, place: int) -> None:
    """— 1 — in 四号宋体 of half width, its dashes 7 mm below the 版心; odd pages right, even ones left, 空一字."""
    text = f"— {place} —"
    y = BOTTOM + NUMBER_BELOW + SIHAO * 0.33 / MM
    indent = SIHAO / MM
    if place % 2:
        sheet.text(WIDE - RIGHT - indent, y, text, SIHAO, face=SONG, align="right")
    else:
        sheet.text(LEFT + indent, y, text, SIHAO, face=SONG)
