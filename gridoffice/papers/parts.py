"""A paper of several small tables under one head that two or three people sign: the hand-over list, A4."""

from __future__ import annotations

from gridoffice.papers import fonts
from gridoffice.papers.drawing import INK, LINE, MM, QUIET, TINT, Sheet, wrap
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.views import PartsView, PartView

WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT, TOP, FOOT = 20.0, 18.0, 22.0, 20.0  # mm; the left edge is wide enough for a file's holes
ROOM = WIDE - LEFT - RIGHT
SIZE, PITCH, PAD = 9.5, 4.6, 1.8  # points, mm, mm
SIGNS = 34.0  # mm a signature needs
MOST_LINES = 4


class _Paper:
    """One paper being drawn: where the pen is, and on which page."""

    def __init__(self, view: PartsView, total: int) -> None:
        self.view, self.total = view, total
        self.sheet = Sheet(WIDE, HIGH, title=view.title)
        self.page = 1
        self.y = TOP

    def _foot(self) -> None:
        y = HIGH - 11
        self.sheet.line(LEFT, y - 4.5, WIDE - RIGHT, y - 4.5)
        self.sheet.text(LEFT, y, self.view.footer, 8.5, ink=QUIET)
        told = f"{self.view.number}　第 {self.page} 页，共 {self.total or self.page} 页"
        self.sheet.text(WIDE - RIGHT, y, told, 8.5, ink=QUIET, align="right")

    def turn(self) -> None:
        """To the next page."""
        self._foot()
        self.sheet.next_page()
        self.page += 1
        self.y = TOP

    def need(self, high: float) -> None:
        """Turn the page when there is no room for something."""
        if self.y + high > HIGH - FOOT:
            self.turn()

    def finish(self) -> bytes:
        """The foot of the last page, and the bytes."""
        self._foot()
        self.sheet.next_page()
        return self.sheet.finish()


def draw(view: PartsView) -> bytes:
    """The paper as PDF; drawn twice, because every page says how many there are."""
    first = _Paper(view, 0)
    _all(first)
    paper = _Paper(view, first.page)
    _all(paper)
    return paper.finish()


def _all(paper: _Paper) -> None:
    _head(paper)
    for number, part in enumerate(paper.view.parts, 1):
        _part(paper, number, part)
    _notes(paper)
    _signs(paper)


def _head(paper: _Paper) -> None:
    sheet, view = paper.sheet, paper.view
    sheet.fit(WIDE / 2, paper.y + 4, view.title, 20, ROOM, face=BOLD, align="centre")
    sheet.text(WIDE / 2, paper.y + 11, f"编号 {view.number}", 9.5, ink=QUIET, align="centre")
    paper.y += 16
    sheet.line(LEFT, paper.y, WIDE - RIGHT, paper.y, ink=INK, line=0.4)
    paper.y += 6.5
    half = ROOM / 2
    for place, (word, told) in enumerate(view.facts):
        x = LEFT + half * (place % 2)
        if place and place % 2 == 0:
            paper.y += 6.4
        across = sheet.text(x, paper.y, f"{word}：", 10.5, ink=QUIET)
        sheet.fit(x + across, paper.y, told, 10.5, half - across - 3, face=BOLD)
    paper.y += 8


def _widths(part: PartView) -> list[float]:
    """Each column as wide as its cells want; spare room is shared, and when it is short the wide ones give way."""
    wanted = []
    for place, title in enumerate(part.columns):
        cells = [title, *(row[place] for row in part.rows)]
        widest = max(fonts.width(HEI, cell, SIZE) for cell in cells) / MM + 2 * PAD + 0.6
        wanted.append(min(max(widest, 12.0), 80.0))
    total = sum(wanted)
    if total <= ROOM:
        return [width + (ROOM - total) * width / total for width in wanted]
    narrow = sum(width for width in wanted if width <= 30)
    rest = total - narrow
    return [width if width <= 30 else width * (ROOM - narrow) / rest for width in wanted]


def _part(paper: _Paper, number: int, part: PartView) -> None:
    sheet = paper.sheet
    paper.need(26)
    sheet.text(LEFT, paper.y + 4, f"{'一二三四五六七八九十'[number - 1]}、{part.title}", 11.5, face=BOLD)
    if part.rows:
        sheet.text(WIDE - RIGHT, paper.y + 4, f"共 {len(part.rows)} 项", 9.5, ink=QUIET, align="right")
    paper.y += 6.5
    if part.rows:
        widths = _widths(part)
        _titles(paper, part, widths)
        for cells in part.rows:
            _row(paper, part, widths, cells)
    if part.foot:
        paper.y = sheet.block(LEFT, paper.y + 4.6, part.foot, 9, ROOM, ink=QUIET) - 1.5
    paper.y += 4.5


def _titles(paper: _Paper, part: PartView, widths: list[float]) -> None:
    sheet, y = paper.sheet, paper.y
    sheet.box(LEFT, y, ROOM, 7, fill=TINT)
    x = LEFT
    for title, width in zip(part.columns, widths, strict=True):
        sheet.fit(x + PAD, y + 4.9, title, SIZE, width - 2 * PAD, face=BOLD)
        x += width
    sheet.line(LEFT, y + 7, WIDE - RIGHT, y + 7, ink=INK, line=0.2)
    paper.y += 7


def _row(paper: _Paper, part: PartView, widths: list[float], cells: tuple[str, ...]) -> None:
    lines = [wrap(cell, SIZE, width - 2 * PAD)[:MOST_LINES] for cell, width in zip(cells, widths, strict=True)]
    high = max(map(len, lines)) * PITCH + 2.6
    if paper.y + high > HIGH - FOOT:
        paper.turn()
        _titles(paper, part, widths)
    x = LEFT
    for width, texts in zip(widths, lines, strict=True):
        for step, text in enumerate(texts):
            paper.sheet.text(x + PAD, paper.y + PITCH * (step + 1) + 0.4, text, SIZE)
        x += width
    paper.y += high
    paper.sheet.line(LEFT, paper.y, WIDE - RIGHT, paper.y, ink=LINE, line=0.15)


def _notes(paper: _Paper) -> None:
    if not paper.view.remarks:
        return
    paper.need(8 + 5 * len(paper.view.remarks))
    paper.sheet.text(LEFT, paper.y + 4, "说明", 11.5, face=BOLD)
    paper.y += 9.5
    for text in paper.view.remarks:
        paper.y = paper.sheet.block(LEFT, paper.y, f"· {text}", 9.5, ROOM)
    paper.y += 2


def _signs(paper: _Paper) -> None:
    """The declaration and, side by side, name and day for each who signs; never apart from each other."""
    view, sheet = paper.view, paper.sheet
    paper.need(16 + SIGNS)
    paper.y = sheet.block(LEFT, paper.y + 4, view.declaration, 10.5, ROOM) + 7
    each = ROOM / len(view.signers)
    for place, who in enumerate(view.signers):
        x = LEFT + each * place
        sheet.text(x, paper.y, f"{who}（签名）：", 10.5)
        sheet.line(x, paper.y + 13, x + each - 8, paper.y + 13, ink=INK, line=0.25)
        sheet.text(x, paper.y + 21, "　　　年　　月　　日", 10.5, ink=QUIET)
    paper.y += SIGNS - 8
