"""The work handbook, A5 or A4 (reference 10.3): cover, owner's card, contents, chapters, blank pages, colophon."""

from __future__ import annotations

from collections.abc import Iterator

from gridoffice.papers import chart, flow, handbook_cover, handbook_pages
from gridoffice.papers.blocks import Block, Book, Mark, Page, Solid, Text, Turn
from gridoffice.papers.columns import Column
from gridoffice.papers.contents import Contents
from gridoffice.papers.drawing import BLUE, LINE, QUIET, RED, TINT, Sheet
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.handbook_type import MASTERS, TYPES
from gridoffice.papers.handbook_view import (
    BlankPages,
    BookView,
    ChapterView,
    Figures,
    Listed,
    MapPart,
    Part,
    Words,
    YearPart,
)
from gridoffice.papers.rows import Table

NUMERALS = "一二三四五六七八九十"
QUIRE = 4
"""Pages of a folded sheet: an A5 book is filled up with pages for notes, so that the colophon is its last page."""


def draw(view: BookView) -> bytes:
    """The handbook as PDF."""
    return drawn(view)[0]


def drawn(view: BookView) -> tuple[bytes, Book]:
    """The handbook and where everything came to stand in it."""
    maker = _Maker(view)
    book = flow.place(list(maker.blocks()), maker.master)
    if not view.is_loose:
        flow.add(book, maker.tail(len(book.pages)))
    sheet = Sheet(maker.master.wide, maker.master.high, title=view.title, author=view.office, bleed=view.bleed)
    flow.draw(sheet, book, maker.furniture)
    return sheet.finish(), book


def chapter_titles(view: BookView) -> list[str]:
    """The chapters' titles with their numerals: 一、网格概况."""
    titles, number = [], 0
    for chapter in view.chapters:
        number += chapter.is_numbered
        titles.append(f"{_numeral(number)}、{chapter.title}" if chapter.is_numbered else chapter.title)
    return titles


def _numeral(number: int) -> str:
    """A number from 1 to 99 as Chinese chapters are counted: 十, 十一, 二十, 四十二."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (NUMERALS[ones - 1] if ones else "")


class _Maker:
    def __init__(self, view: BookView) -> None:
        self.view, self.master, self.type = view, MASTERS[view.size], TYPES[view.size]
        self._keys = 0
        self._titles = chapter_titles(view)

    def _mark(self, title: str, level: int, *, is_listed: bool = True) -> Mark:
        self._keys += 1
        return Mark(title, level, f"s{self._keys:04d}", is_listed)

    def blocks(self) -> Iterator[Block]:
        """The book from its cover to its last chapter."""
        body = [block for number in range(len(self.view.chapters)) for block in self._chapter(number)]
        if not self.view.is_loose:
            yield Turn(is_bare=True)
            yield self._whole(lambda sheet: handbook_cover.cover(sheet, self.view))
            yield Turn(is_bare=True)
            yield self._whole(lambda sheet: handbook_cover.owner(sheet, self.view, self.master.left(2)))
            yield from self._contents(flow.marks(body))
        yield from body

    def tail(self, pages: int) -> list[Block]:
        """What ends the book: pages for notes until the colophon is the last of a quire."""
        found: list[Block] = []
        spare = -(pages + 1) % QUIRE if self.view.size == "A5" else 0
        high = self.master.depth
        for number in range(spare):
            mark = None if number else self._mark("备忘", 0, is_listed=False)
            found.append(Turn(head="备忘", chapter=0))
            found.append(
                Solid(high, lambda sheet, x, y, wide: handbook_pages.notes(sheet, x, y, wide, high), mark=mark)
            )
        found.append(Turn(is_bare=True))
        left = self.master.left(pages + spare + 1)
        found.append(self._whole(lambda sheet: handbook_cover.colophon(sheet, self.view, left)))
        return found

    def _whole(self, paint: handbook_cover.Paint) -> Block:
        """A page of its own, drawn from its corner."""
        return Solid(self.master.depth, lambda sheet, _x, _y, _wide: paint(sheet))

    def _contents(self, marks: tuple[Mark, ...]) -> Iterator[Block]:
        scale = self.type.scale
        yield Turn(is_bare=True)
        yield Solid(
            18 * scale, lambda sheet, x, y, _w: _drop(sheet.text(x, y + 9 * scale, "目　录", 20 * scale, face=BOLD))
        )
        pitch = (8.2 * scale, 6.0 * scale)
        wanted = sum(pitch[min(mark.level, 1)] for mark in marks)
        room = self.master.depth - 18 * scale
        if room < wanted < room * 1.25:  # a little tighter rather than a few lines on a second page
            pitch = (pitch[0] * room / wanted, pitch[1] * room / wanted)
        yield Contents(marks, pitch, (11.0 * scale, 9.5 * scale))

    def _chapter(self, number: int) -> Iterator[Block]:
        chapter, title = self.view.chapters[number], self._titles[number]
        yield Turn(head=chapter.title, chapter=number + 1)
        yield self._title(title)
        for part in chapter.parts:
            yield from self._part(chapter, part)

    def _title(self, title: str) -> Block:
        size, scale = self.type.title, self.type.scale

        def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
            sheet.box(x, y, 1.6 * scale, 9 * scale, fill=RED)
            sheet.fit(x + 5 * scale, y + 7 * scale, title, size, wide - 6 * scale, face=BOLD)

        return Solid(9 * scale, paint, after=6 * scale, keeps=True, mark=self._mark(title, 0))

    def _section(self, title: str, *, is_listed: bool = True) -> Text:
        mark = self._mark(title, 1, is_listed=is_listed)
        return Text(title, self.type.section, before=4 * self.type.scale, after=1.6, keeps=True, mark=mark)

    # -- parts

    def _part(self, chapter: ChapterView, part: Part) -> Iterator[Block]:
        if isinstance(part, Words):
            yield from self._words(part)
        elif isinstance(part, Listed):
            yield from self._listed(part)
        elif isinstance(part, Figures):
            yield self._figures(part)
        elif isinstance(part, MapPart):
            yield from self._map(part)
        elif isinstance(part, YearPart):
            yield from self._year(part)
        else:
            yield from self._blank(chapter, part)

    def _words(self, part: Words) -> Iterator[Block]:
        if part.title:
            yield self._section(part.title)
        for text in part.paragraphs:
            if text.startswith("# "):
                yield Text(text[2:], self.type.heading, before=2.4, after=0.6, keeps=True)
            elif text.startswith("- "):
                yield Text(text[2:], self.type.point, label="·", hang=3.6 * self.type.scale, after=0.9)
            else:
                yield Text(text, self.type.body, keeps=part.is_lead)

    def _listed(self, part: Listed) -> Iterator[Block]:
        if part.title:
            yield self._section(part.title, is_listed=part.is_listed)
        if part.note:
            yield Text(part.note, self.type.note, after=1.6, keeps=True)
        columns = tuple(Column(one.title, one.over, one.align, one.width * self.type.scale) for one in part.headings)
        rows = [line.cells for line in part.lines]
        rows += [("",) * len(columns)] * (part.blank or not rows)
        blank = 9.0 * self.type.scale if part.blank else 0.0
        yield Table(columns, rows, self.type.look, blank=blank, is_ruled=bool(part.blank))

    def _figures(self, part: Figures) -> Block:
        scale = self.type.scale

        def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
            gap = 2 * scale
            across = (wide + gap) / len(part.figures) - gap
            for place, (word, number) in enumerate(part.figures):
                left = x + place * (across + gap)
                sheet.box(left, y, across, 15 * scale, fill=TINT, round=1.5)
                room = across - 4 * scale
                sheet.fit(left + 2 * scale, y + 7.6 * scale, number, 15 * scale, room, face=BOLD, ink=BLUE)
                sheet.fit(left + 2 * scale, y + 12.6 * scale, word, 8.5 * scale, room, ink=QUIET)

        return Solid(15 * scale, paint, before=1, after=3 * scale)

    def _map(self, part: MapPart) -> Iterator[Block]:
        wide, scale = self.master.room, self.type.scale
        high = min(chart.fitted(part.chart, 0, 0, wide, 1000)[3], self.master.depth * 0.55)
        size = 9.0 * scale
        rows = -(-len(chart.kinds(part.chart)) // 3)
        below = rows * size * 0.62 + 3 if rows else 0

        def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
            chart.draw(sheet, part.chart, chart.fitted(part.chart, x, y, wide, high), size=size)
            if rows:
                chart.legend(sheet, part.chart, x, y + high + 2, wide, size=size, columns=3)

        if part.title:
            yield self._section(part.title, is_listed=False)
        yield Solid(high + below, paint, after=4)

    def _year(self, part: YearPart) -> Iterator[Block]:
        scale = self.type.scale
        high = handbook_pages.YEAR_HIGH * scale
        yield Solid(high, lambda sheet, x, y, wide: handbook_pages.year(sheet, part, x, y, wide, scale), after=3)
        yield self._section(f"{part.year} 年每月工作日和首个周一", is_listed=False)
        columns = (
            Column("月份", width=13 * scale),
            Column("工作日", align="right"),
            Column("首个周一"),
            Column("放假和调休"),
        )
        yield Table(columns, handbook_pages.year_rows(part), self.type.look)
        if part.source:
            yield Text(part.source, self.type.note)

    def _blank(self, chapter: ChapterView, part: BlankPages) -> Iterator[Block]:
        scale, depth = self.type.scale, self.master.depth
        title = part.title
        for number in range(part.count):
            head = 15 * scale if number == 0 and part is chapter.parts[0] else 0.0
            if not head:
                yield Turn()
            if title and number == 0:
                section = self._section(title)
                section.before = 0
                yield section
                head += section.high(self.master.room) + 1.6
            high = depth - head
            yield Solid(high, self._page(part.kind, high, scale))

    def _page(self, kind: str, high: float, scale: float) -> handbook_pages.Paint:
        def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
            handbook_pages.PAGES[kind](sheet, x, y, wide, high, scale)

        return paint

    # -- what every page bears

    def furniture(self, sheet: Sheet, page: Page, _book: Book) -> None:
        """Running head, page number at the outer edge, and a mark there, lower for each chapter: the thumb finds it."""
        if page.is_bare:
            return
        master, scale = self.master, self.type.scale
        is_odd = page.number % 2 == 1
        left = master.left(page.number)
        right = left + master.room
        outer, inner = (right, left) if is_odd else (left, right)
        near, far = ("right", "left") if is_odd else ("left", "right")
        head = 12 * scale
        sheet.text(outer, head, page.head, 8 * scale, ink=QUIET, align=near)
        sheet.text(inner, head, self.view.office, 8 * scale, ink=QUIET, align=far)
        sheet.line(left, head + 2.2 * scale, right, head + 2.2 * scale, line=0.15)
        foot = master.high - 9 * scale
        if self.view.is_loose:
            told = f"{self.view.title}　{self.view.edition} 换页"
            sheet.text(inner, foot, told, 8 * scale, ink=QUIET, align=far)
        else:
            sheet.text(outer, foot, str(page.number), 9.5 * scale, align=near)
            sheet.text(inner, foot, self.view.notice, 7.5 * scale, ink=QUIET, align=far)
        if page.chapter:
            self._thumb(sheet, page.chapter, is_odd)

    def _thumb(self, sheet: Sheet, chapter: int, is_odd: bool) -> None:
        scale, bleed = self.type.scale, self.view.bleed
        wide, step = 5 * scale, 13.2 * scale
        x = self.master.wide - wide if is_odd else 0.0
        y = self.master.top + 2 + (chapter - 1) % 13 * step
        sheet.box(x - (0 if is_odd else bleed), y, wide + bleed, 11 * scale, fill=RED)
        number = str(sum(one.is_numbered for one in self.view.chapters[:chapter]) or "·")
        if not self.view.chapters[chapter - 1].is_numbered:
            number = self.view.chapters[chapter - 1].title[:1]
        sheet.text(x + wide / 2, y + 7 * scale, number, 8 * scale, face=BOLD, ink="#FFFFFF", align="centre")


def _drop(_value: object) -> None:
    """Takes what a drawing says of itself where nobody asks."""


__all__ = ["LINE", "MASTERS", "chapter_titles", "draw", "drawn"]
