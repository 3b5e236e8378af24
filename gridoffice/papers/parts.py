"""A paper of several small tables under one head that two or three people sign: the hand-over list, A4."""

from __future__ import annotations

from collections.abc import Iterator

from gridoffice.papers import flow, fonts, lines
from gridoffice.papers.blocks import Block, Book, Master, Page, Solid, Style, Text
from gridoffice.papers.columns import Column, Look
from gridoffice.papers.drawing import INK, MM, QUIET, Sheet
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.rows import Table
from gridoffice.papers.views import PartsView, PartView

MASTER = Master(210.0, 297.0, 20.0, 18.0, 22.0, 20.0, is_two_sided=False)
"""The left edge is wide enough for a file's holes."""
LOOK = Look(9.5, 4.6, 1.8, 1.4)
NOTE = Style(HEI, 9, 4.6, QUIET, 0)
REMARK = Style(HEI, 9.5, 5.0, INK, 0)
DECLARED = Style(HEI, 10.5, 5.8, INK, 0)
SIGNS = 26.0  # mm a signature needs
NUMERALS = "一二三四五六七八九十"


def draw(view: PartsView) -> bytes:
    """The paper as PDF."""
    book = flow.place(list(_blocks(view)), MASTER)
    sheet = Sheet(MASTER.wide, MASTER.high, title=view.title)
    flow.draw(sheet, book, lambda sheet, page, book: _foot(sheet, page, book, view))
    return sheet.finish()


def _foot(sheet: Sheet, page: Page, book: Book, view: PartsView) -> None:
    y, left, right = MASTER.high - 11, MASTER.inner, MASTER.wide - MASTER.outer
    sheet.line(left, y - 4.5, right, y - 4.5)
    sheet.text(left, y, view.footer, 8.5, ink=QUIET)
    told = f"{view.number}　第 {page.number} 页，共 {len(book.pages)} 页"
    sheet.text(right, y, told, 8.5, ink=QUIET, align="right")


def _blocks(view: PartsView) -> Iterator[Block]:
    yield _head(view)
    yield from _facts(view)
    for number, part in enumerate(view.parts, 1):
        yield from _part(number, part)
    if view.remarks:
        yield Text("说明", Style(BOLD, 11.5, 6.6, INK, 0), before=5, after=1, keeps=True)
        for words in view.remarks:
            yield Text(words, REMARK, label="·", hang=3.4, after=0.6)
    yield Text(view.declaration, DECLARED, before=4, after=3, keeps=True)
    yield _signs(view)


def _head(view: PartsView) -> Block:
    def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
        sheet.fit(x + wide / 2, y + 4, view.title, 20, wide, face=BOLD, align="centre")
        sheet.text(x + wide / 2, y + 11, f"编号 {view.number}", 9.5, ink=QUIET, align="centre")
        sheet.line(x, y + 16, x + wide, y + 16, ink=INK, line=0.4)

    return Solid(18.0, paint)


def _facts(view: PartsView) -> Iterator[Block]:
    """Facts in two columns, on as many lines as they need."""
    half = MASTER.room / 2
    for start in range(0, len(view.facts), 2):
        pair = view.facts[start : start + 2]
        broken = []
        for word, told in pair:
            across = _across(f"{word}：")
            broken.append(lines.broken(told, BOLD, 10.5, (half - across - 3) * MM))
        tall = max(map(len, broken)) * 5.4 + 1

        def paint(
            sheet: Sheet, x: float, y: float, _wide: float, pair: tuple[tuple[str, str], ...] = pair,
            broken: list[list[lines.Line]] = broken,
        ) -> None:  # fmt: skip
            for place, ((word, _told), told) in enumerate(zip(pair, broken, strict=True)):
                left = x + half * place
                across = sheet.text(left, y + 4.4, f"{word}：", 10.5, ink=QUIET)
                for step, line in enumerate(told):
                    sheet.set_line(left + across, y + 4.4 + step * 5.4, line, 10.5, face=BOLD)

        yield Solid(tall, paint)


def _across(words: str) -> float:
    return fonts.width(HEI, words, 10.5) / MM


def _part(number: int, part: PartView) -> Iterator[Block]:
    def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
        sheet.text(x, y + 4, f"{NUMERALS[number - 1]}、{part.title}", 11.5, face=BOLD)
        if part.rows:
            sheet.text(x + wide, y + 4, f"共 {len(part.rows)} 项", 9.5, ink=QUIET, align="right")

    yield Solid(5.5, paint, before=5, after=1, keeps=bool(part.rows or part.foot))
    if part.rows:
        yield Table(tuple(Column(title) for title in part.columns), part.rows, LOOK, after=0.6, keeps=bool(part.foot))
    if part.foot:
        yield Text(part.foot, NOTE, after=0.6)


def _signs(view: PartsView) -> Block:
    """Side by side, name and day for each who signs; never apart from the declaration."""

    def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
        each = wide / len(view.signers)
        for place, who in enumerate(view.signers):
            left = x + each * place
            sheet.text(left, y + 4, f"{who}（签名）：", 10.5)
            sheet.line(left, y + 16, left + each - 8, y + 16, ink=INK, line=0.25)
            sheet.text(left, y + 24, "　　　年　　月　　日", 10.5, ink=QUIET)

    return Solid(SIGNS, paint)
