"""A plain letter or slip of the office, A4: title, number, addressee, facts, text, attachments, signature, reply slip.

Margins, letters, lines and the place of the date are those of GB/T 9704-2012 (reference 9); a paper of the office's own
kind has no red head, and no seal is ever drawn: the room for it stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gridoffice.papers import fonts, official, slip
from gridoffice.papers.drawing import INK, MM, Sheet, wrap
from gridoffice.papers.fonts import BOLD, FANG, SONG
from gridoffice.papers.official_view import LETTER, OfficialView
from gridoffice.papers.slip import ReplyView

WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 28.0, 26.0, 37.0, 35.0  # mm (reference 9: 订口, 右, 天头, 下)
ROOM = WIDE - LEFT - RIGHT
FITS = ((16.0, TOP), (15.0, TOP), (14.0, TOP), (14.0, 24.0), (13.0, 24.0), (12.0, 20.0))
"""Points and top margin in mm: 三号 under 37 mm is the rule, less only to keep a paper on one page."""
PITCH = 29 / 16  # of a line to its letters (reference 9: 29 points to 16)
TITLE = 22.0  # 二号
LABEL = 30.0  # mm of a fact's title
FROM_RIGHT = 4  # characters between the date and the right edge


@dataclass(frozen=True)
class LetterView:
    """What stands on the paper; texts are ready to print, private ones already hidden."""

    office: str
    title: str
    number: str
    addressee: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    attachments: tuple[str, ...]
    signer: str
    day: str
    note: str
    lines: tuple[str, ...] = ()  # to be signed by hand, under the facts of a slip
    reply: ReplyView | None = None
    head: str = ""  # of `official_view.HEADS`: drawn as an official paper; "": a slip of the office's own kind


class _Pen:
    """The paper being drawn: letters of one size, where the pen is, on which page."""

    def __init__(self, view: LetterView, size: float, top: float, total: int) -> None:
        self.view, self.size, self.total = view, size, total
        self.sheet = Sheet(WIDE, HIGH, title=view.title, author=view.office)
        self.page, self.y = 1, top
        self.step = size * PITCH / MM

    def need(self, high: float) -> None:
        """Go on on another page when there is no room for so many mm."""
        if self.y + high > HIGH - BOTTOM + 0.1:
            self.turn()

    def turn(self) -> None:
        """End this page."""
        self._foot()
        self.sheet.next_page()
        self.page += 1
        self.y = TOP

    def _foot(self) -> None:
        if self.total > 1 and self.y <= HIGH - BOTTOM + 0.2:  # a reply slip leaves no room for a number
            y = HIGH - BOTTOM + 7 + 14 * 0.8 / MM
            self.sheet.text(WIDE / 2, y, f"— {self.page} —", 14, face=SONG, align="centre")

    def finish(self) -> bytes:
        """The last page's foot, and the bytes."""
        self._foot()
        self.sheet.next_page()
        return self.sheet.finish()

    def line(self, text: str, indent: float = 0.0) -> None:
        """One line of text."""
        self.need(self.step)
        self.y += self.step
        self.sheet.text(LEFT + indent, self.y, text, self.size, face=FANG)

    def paragraph(self, text: str, indent: int = 2, hanging: float = 0.0) -> None:
        """A paragraph indented by characters; `hanging` mm for the lines after the first."""
        first = "　" * indent
        lines = wrap(first + text, self.size, ROOM, FANG)
        if hanging and len(lines) > 1:
            rest = text[len(lines[0]) - indent :]
            lines = [lines[0]]
            self.line(lines[0])
            for part in wrap(rest, self.size, ROOM - hanging, FANG):
                self.line(part, hanging)
            return
        for part in lines:
            self.line(part)


def draw(view: LetterView) -> bytes:
    """The paper as PDF: on one page where a smaller letter allows it, else on as many as it needs."""
    if view.head and not view.facts and not view.lines:
        return official.draw([_official(view)], title=view.title, author=view.office)
    for size, top in FITS:
        pen = _Pen(view, size, top, 1)
        _all(pen)
        if pen.page == 1:
            return pen.finish()
    first = _Pen(view, *FITS[0], 2)
    _all(first)
    pen = _Pen(view, *FITS[0], first.page)
    _all(pen)
    return pen.finish()


def _official(view: LetterView) -> OfficialView:
    """A letter to another body with its head after GB/T 9704 (reference 9: 移送函 as 信函, 报告 as 上行文)."""
    reply = view.reply
    return OfficialView(
        head=view.head,
        mark=view.office if view.head == LETTER else f"{view.office}文件",
        title=view.title,
        number=view.number,
        addressee=view.addressee,
        paragraphs=view.paragraphs,
        signer=view.signer,
        day=view.day,
        attachments=view.attachments,
        note=view.note,
        printer=view.signer,
        printed_on=view.day,
        reply=replace(reply, sender=f"{reply.sender}（盖章）") if reply is not None else None,
    )


def _all(pen: _Pen) -> None:
    _head(pen)
    if pen.view.addressee:
        pen.paragraph(f"{pen.view.addressee}：", indent=0)
    for text in pen.view.paragraphs:
        pen.paragraph(text)
    if pen.view.facts:
        _facts(pen)
    for text in pen.view.lines:
        pen.need(pen.step * 1.4)
        pen.y += pen.step * 0.4
        pen.line(text)
    _attachments(pen)
    _signature(pen)
    if pen.view.reply is not None:
        _reply(pen, pen.view.reply)


def _head(pen: _Pen) -> None:
    sheet, view = pen.sheet, pen.view
    pen.y += TITLE / MM
    for part in _shaped(view.title):
        sheet.text(WIDE / 2, pen.y, part, TITLE, face=BOLD, align="centre")
        pen.y += TITLE * 1.5 / MM
    pen.y += 0.5
    sheet.text(WIDE - RIGHT, pen.y, view.number, 14, face=FANG, align="right")
    pen.y += pen.step * 0.4


def _shaped(title: str) -> list[str]:
    """A long title on lines of like length: 梯形 or 菱形, never a single sign alone (reference 9)."""
    lines = wrap(title, TITLE, ROOM, BOLD)
    if len(lines) == 1:
        return lines
    across = fonts.width(BOLD, title, TITLE) / MM / len(lines)
    return wrap(title, TITLE, min(ROOM, across + TITLE / MM), BOLD)


def _facts(pen: _Pen) -> None:
    """Facts in a ruled table; a row is never parted over two pages unless it is longer than a page."""
    size = min(pen.size, 14.0)
    pitch = size * 1.5 / MM
    pen.y += pen.step * 0.5
    top, sheet = pen.y, pen.sheet
    sheet.line(LEFT, top, WIDE - RIGHT, top, ink=INK, line=0.35)
    for title, text in pen.view.facts:
        lines = wrap(text, size, ROOM - LABEL - 7, FANG)
        while lines:
            fits = max(1, int((HIGH - BOTTOM - pen.y - 4.4) // pitch))
            if fits < len(lines) and pen.y > TOP + 60:
                _rules(sheet, top, pen.y)
                pen.turn()
                top = pen.y
                sheet.line(LEFT, top, WIDE - RIGHT, top, ink=INK, line=0.35)
                continue
            shown, lines = lines[:fits], lines[fits:]
            high = len(shown) * pitch + 4.4
            sheet.fit(LEFT + 3, pen.y + 2.2 + size * 1.12 / MM, title, size, LABEL - 5, face=BOLD)
            for place, part in enumerate(shown):
                sheet.text(LEFT + LABEL + 3, pen.y + 2.2 + size * 1.12 / MM + place * pitch, part, size, face=FANG)
            pen.y += high
            sheet.line(LEFT, pen.y, WIDE - RIGHT, pen.y, ink=INK, line=0.15)
    _rules(sheet, top, pen.y)


def _rules(sheet: Sheet, top: float, bottom: float) -> None:
    sheet.line(LEFT, bottom, WIDE - RIGHT, bottom, ink=INK, line=0.35)
    for x, line in ((LEFT, 0.35), (LEFT + LABEL, 0.15), (WIDE - RIGHT, 0.35)):
        sheet.line(x, top, x, bottom, ink=INK, line=line)


def _attachments(pen: _Pen) -> None:
    """附件：1.… one line below the text, indented by two, without an end mark (reference 9)."""
    found = pen.view.attachments
    if not found:
        return
    pen.need(pen.step * (1.2 + len(found)))
    pen.y += pen.step * 0.6
    lead = "　　附件："
    for number, name in enumerate(found, 1):
        sign = f"{number}." if len(found) > 1 else ""
        start = lead if number == 1 else "　" * 5
        hanging = (fonts.width(FANG, "　" * 5 + sign, pen.size)) / MM
        pen.paragraph(f"{start}{sign}{name}", indent=0, hanging=hanging)


def _signature(pen: _Pen) -> None:
    """Who signs, centred over the date; the date four characters from the right; room above for the seal."""
    view, size = pen.view, pen.size
    if view.signer:
        pen.need(pen.step * 4.2)
        pen.y += pen.step * 2.2
        across = fonts.width(FANG, view.day, size) / MM
        right = WIDE - RIGHT - FROM_RIGHT * size / MM
        centre = right - across / 2
        signer = fonts.width(FANG, view.signer, size) / MM
        centre = min(centre, WIDE - RIGHT - signer / 2)
        pen.sheet.text(centre, pen.y, view.signer, size, face=FANG, align="centre")
        pen.y += pen.step
        pen.sheet.text(right, pen.y, view.day, size, face=FANG, align="right")
    if view.note:
        pen.y += pen.step * 0.2
        pen.paragraph(f"（{view.note}）")


def _reply(pen: _Pen, reply: ReplyView) -> None:
    """The tear-off at the foot of the page; on a page of its own when there is no room."""
    if pen.y + 8 + slip.height(reply, ROOM) > HIGH - slip.BELOW:
        pen.turn()
    slip.draw(pen.sheet, replace(reply, sender=f"{reply.sender}（盖章）"), LEFT, ROOM)
    pen.y = HIGH - slip.BELOW
