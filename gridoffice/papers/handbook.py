"""The work handbook, A5: cover, contents, grids, duties, A/B table, phone list, log pages, colophon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gridoffice.core.calendar import chinese
from gridoffice.papers.drawing import BLUE, INK, LINE, MM, QUIET, RED, TINT, Sheet, grouped, wrap
from gridoffice.papers.fonts import BOLD, HEI, SONG
from gridoffice.papers.views import GridView, HandbookView, PersonView, VillageView

WIDE, HIGH = 148.0, 210.0
INNER, OUTER, TOP, BOTTOM = 18.0, 13.0, 24.0, 18.0  # the inner margin is the gutter
ROOM = WIDE - INNER - OUTER
SIZE, PITCH = 10.5, 1.62


@dataclass
class _Book:
    """Where the pen stands: page number, y, running head, chapter number."""

    sheet: Sheet
    view: HandbookView
    page: int = 0
    y: float = TOP
    head: str = ""
    chapter: int = 0
    contents: list[tuple[str, int, int]] = field(default_factory=list)  # title, page, level

    @property
    def left(self) -> float:
        """The text's left edge: the gutter is left on odd pages, right on even ones."""
        return INNER if self.page % 2 else OUTER

    def new_page(self) -> None:
        """End the page with head and number, begin the next."""
        if self.page:
            self._furniture()
            self.sheet.next_page()
        self.page += 1
        self.y = TOP

    def _furniture(self) -> None:
        if not self.head:
            return
        sheet, is_odd = self.sheet, self.page % 2 == 1
        left, right = self.left, self.left + ROOM
        sheet.text(left if not is_odd else right, 12, self.head, 8, ink=QUIET, align="right" if is_odd else "left")
        sheet.text(
            right if not is_odd else left, 12, self.view.office, 8, ink=QUIET, align="left" if is_odd else "right"
        )
        sheet.line(left, 14.5, right, 14.5, line=0.15)
        sheet.text(right if is_odd else left, HIGH - 9, str(self.page), 9, align="right" if is_odd else "left")
        if self.chapter:  # a mark at the outer edge, lower for each chapter: the thumb finds it
            x = WIDE - 5 if is_odd else 0
            y = 26 + (self.chapter - 1) % 12 * 13
            sheet.box(x, y, 5, 11, fill=RED)
            sheet.text(x + 2.5, y + 7, str(self.chapter), 8, face=BOLD, ink="#FFFFFF", align="centre")

    def need(self, high: float) -> None:
        """A new page when less than `high` mm is left."""
        if self.y + high > HIGH - BOTTOM:
            self.new_page()

    def begin(self, title: str) -> None:
        """A chapter: new page, big title, entry in the contents and the outline."""
        self.new_page()
        self.head = title
        self.chapter += 1
        self._mark(title, 0)
        self.sheet.box(self.left, self.y - 4, 1.6, 9, fill=RED)
        self.sheet.fit(self.left + 5, self.y + 3, title, 17, ROOM - 6, face=BOLD)
        self.y += 14

    def _mark(self, title: str, level: int) -> None:
        self.contents.append((title, self.page, level))
        key = f"s{len(self.contents)}"
        self.sheet.bookmark(title, level, key)

    def section(self, title: str, *, listed: bool = True) -> None:
        """A section's title."""
        self.need(24)
        if listed:
            self._mark(title, 1)
        self.y += 3
        self.sheet.text(self.left, self.y + 2, title, 12.5, face=BOLD, ink=BLUE)
        self.y += 8

    def paragraph(self, text: str) -> None:
        """A paragraph of reading text; # is a heading, - a point."""
        if text.startswith("# "):
            self.need(16)
            self.y += 2
            self.sheet.text(self.left, self.y, text[2:], 11.5, face=BOLD)
            self.y += 6.5
            return
        is_point = text.startswith("- ")
        indent = 4.2 if is_point else 0.0
        lines = wrap(text[2:] if is_point else "　　" + text, SIZE, ROOM - indent, SONG)
        for place, line in enumerate(lines):
            self.need(6)
            if is_point and place == 0:
                self.sheet.box(self.left + 0.6, self.y - 2.0, 1.3, 1.3, fill=RED)
            self.sheet.text(self.left + indent, self.y, line, SIZE, face=SONG)
            self.y += SIZE * PITCH / MM
        self.y += 1.4


def draw(view: HandbookView) -> bytes:
    """The handbook; drawn until the page numbers in the contents hold, for the contents themselves take pages."""
    contents: list[tuple[str, int, int]] = []
    while True:
        book = _Book(Sheet(WIDE, HIGH, title=f"{view.office}{view.title}", author=view.office), view)
        _all(book, contents)
        if book.contents == contents:
            return book.sheet.finish()
        contents = book.contents


def _all(book: _Book, contents: list[tuple[str, int, int]]) -> None:
    book.new_page()
    _cover(book)
    book.new_page()
    _owner(book)
    _contents(book, contents)
    chapters = list(book.view.chapters)
    if chapters:
        _text(book, chapters[0].title, chapters[0].paragraphs)
    _overview(book)
    for chapter in chapters[1:]:
        _text(book, chapter.title, chapter.paragraphs)
    _pairs(book)
    _phones(book)
    _logs(book)
    _colophon(book)
    book._furniture()
    book.sheet.next_page()


def _cover(book: _Book) -> None:
    sheet, view = book.sheet, book.view
    sheet.box(0, 0, WIDE, 78, fill=RED)
    sheet.fit(16, 34, view.office, 18, WIDE - 32, ink="#FBE3E0")
    sheet.fit(16, 54, view.title, 34, WIDE - 32, face=BOLD, ink="#FFFFFF")
    sheet.text(16, 66, f"{view.year} 年", 15, ink="#FBE3E0")
    for place, (title, value) in enumerate(
        (("姓　　名", ""), ("网　　格", ""), ("联系电话", ""), ("编　　号", view.number))
    ):
        y = 112 + place * 14
        sheet.text(28, y, title, 12)
        sheet.line(50, y + 1.5, 120, y + 1.5, ink="#9AA5B1")
        sheet.text(52, y, value, 11)
    sheet.text(WIDE / 2, 188, f"{view.office}网格办编印", 12, align="centre")
    sheet.text(WIDE / 2, 195, view.notice, 9, ink=QUIET, align="centre")


def _owner(book: _Book) -> None:
    sheet, left = book.sheet, book.left
    sheet.text(left, 30, "个人信息卡", 15, face=BOLD)
    sheet.box(left, 38, 30, 42, stroke=LINE, line=0.3)
    sheet.text(left + 15, 60, "照片", 10, ink=QUIET, align="centre")
    for place, title in enumerate(("姓名", "岗位", "所属网格", "工作电话", "AB岗搭档", "搭档电话")):
        y = 44 + place * 8.5
        sheet.text(left + 36, y, title, 10)
        sheet.line(left + 55, y + 1.2, left + ROOM, y + 1.2)
    sheet.text(left, 106, "上岗前确认", 12, face=BOLD)
    for place, text in enumerate(
        ("已读完这本手册", "已熟悉网格范围、住户和重点场所", "已知道保密要求", "已存好应急电话")
    ):
        sheet.box(left, 113 + place * 9, 4, 4, stroke=INK, line=0.25)
        sheet.text(left + 7, 116.4 + place * 9, text, 10.5, face=SONG)
    sheet.text(left, 165, "本人签名：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿", 10.5, face=SONG)


def _contents(book: _Book, contents: list[tuple[str, int, int]]) -> None:
    book.new_page()
    book.head = ""
    book.sheet.text(book.left, 32, "目　录", 20, face=BOLD)
    book.y = 44
    # A little tighter rather than three lines on a second page.
    wanted = sum(8.2 if level == 0 else 6.2 for _title, _page, level in contents) or 1
    pitch = max(0.8, min(1.0, (HIGH - BOTTOM - book.y) / wanted))
    for number, (title, page, level) in enumerate(contents, 1):
        high = (8.2 if level == 0 else 6.2) * pitch
        book.need(high)
        left = book.left + 6 * level
        size, face = (11.0, HEI) if level == 0 else (9.5, SONG)
        used = book.sheet.fit(left, book.y, title, size, ROOM - 6 * level - 14, face=face)
        start = left + book_width(face, title, used) + 2
        end = book.left + ROOM - 8
        if end > start:
            book.sheet.dots(start, book.y - 0.6, end)
        book.sheet.text(book.left + ROOM, book.y, str(page), size, face=face, align="right")
        book.sheet.link(book.left, book.y - 4, ROOM, 5.6, f"s{number}")
        book.y += high


def book_width(face: str, text: str, size: float) -> float:
    """A text's width in mm."""
    from gridoffice.papers import fonts

    return fonts.width(face, text, size) / MM


def _text(book: _Book, title: str, paragraphs: tuple[str, ...]) -> None:
    book.begin(title)
    for paragraph in paragraphs:
        book.paragraph(paragraph)


def _table(
    book: _Book, titles: tuple[str, ...], widths: tuple[float, ...], rows: list[tuple[str, ...]], high: float = 7.0
) -> None:
    """A plain table, its head repeated on each page; `widths` in mm."""

    def head() -> None:
        book.need(high * 2)
        book.sheet.box(book.left, book.y - 5, ROOM, high, fill=TINT)
        _cells(book, titles, widths, BOLD)
        book.y += high

    head()
    for row in rows:
        if book.y + high > HIGH - BOTTOM:
            book.new_page()
            book.y += 2
            head()
        _cells(book, row, widths, SONG)
        book.sheet.line(book.left, book.y + high - 5, book.left + ROOM, book.y + high - 5, line=0.15)
        book.y += high
    book.y += 3


def _cells(book: _Book, row: tuple[str, ...], widths: tuple[float, ...], face: str) -> None:
    x = book.left
    for cell, width in zip(row, widths, strict=True):
        book.sheet.fit(x + 1.2, book.y, cell, 9.2, width - 2, face=face)
        x += width


def _overview(book: _Book) -> None:
    view = book.view
    book.begin("网格概况")
    count = sum(len(village.grids) for village in view.villages)
    book.paragraph(f"全镇共 {len(view.villages)} 个村（社区）、{count} 个网格。户数、人口为网格上报数。")
    if view.chief is not None:
        book.paragraph(f"总网格长：{_named(view.chief)}。")
    widths = (29.0, 20.0, 14.0, 15.0, 17.0, 22.0)
    for village in view.villages:
        book.section(village.name)
        book.paragraph(f"村级网格长：{_named(village.head)}；{len(village.grids)} 个网格。")
        rows = [_grid_row(grid) for grid in village.grids]
        _table(book, ("网格", "范围", "户数", "人口", "网格员", "电话"), widths, rows)


def _named(person: PersonView | None) -> str:
    return f"{person.name}（{person.phone or '电话待补'}）" if person else "待定"


def _grid_row(grid: GridView) -> tuple[str, ...]:
    worker = grid.worker
    figures = ["" if number is None else str(number) for number in (grid.households, grid.persons)]
    return (grid.name, grid.groups, *figures, worker.name if worker else "待定", worker.phone if worker else "")


def _each(book: _Book, make: Callable[[VillageView], list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    return [row for village in book.view.villages for row in make(village)]


def _pairs(book: _Book) -> None:
    book.begin("AB岗对照表")
    book.paragraph("A岗不在时，请找同一网格的B岗。标“缺”的，由村级网格长代管，并尽快补齐。")

    def rows(village: VillageView) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for grid in village.grids:
            pair = [(one.name, one.phone) if one else ("缺", "") for one in (grid.worker, grid.stand_in)]
            found.append((f"{village.name}{grid.name}", *pair[0], *pair[1]))
        return found

    _table(book, ("网格", "A岗", "电话", "B岗", "电话"), (37.0, 18.0, 22.0, 18.0, 22.0), _each(book, rows))
    if book.view.away:
        book.section("本周请假和代班", listed=False)
        for text in book.view.away:
            book.paragraph(f"- {text}。")


def _phones(book: _Book) -> None:
    book.begin("通讯录")
    if book.view.hotlines:
        book.section("应急和服务电话", listed=False)
        _table(book, ("名称", "电话"), (60.0, 57.0), [(name, grouped(number)) for name, number in book.view.hotlines])

    def rows(village: VillageView) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        if village.head:
            found.append((village.name, village.head.name, village.head.post, grouped(village.head.phone)))
        for grid in village.grids:
            for one in (grid.worker, grid.stand_in):
                if one is not None:
                    found.append((f"{village.name}{grid.name}", one.name, one.post, grouped(one.phone)))
        return found

    book.section("网格长和网格员", listed=False)
    _table(book, ("网格", "姓名", "岗位", "电话"), (38.0, 20.0, 30.0, 29.0), _each(book, rows))


def _logs(book: _Book) -> None:
    book.begin("工作日志")
    for number in range(book.view.log_pages):
        if number:
            book.new_page()
        sheet, left, top = book.sheet, book.left, book.y
        sheet.text(left, top, "日期：＿＿＿＿年＿＿月＿＿日　星期＿＿　天气＿＿＿＿", 9.5, face=SONG)
        sheet.text(left, top + 7, "时间：＿＿＿＿至＿＿＿＿　走访＿＿＿户　路线：＿＿＿＿＿＿＿＿", 9.5, face=SONG)
        y = top + 11
        widths = (18.0, 30.0, 45.0, 24.0)
        sheet.box(left, y, ROOM, 7, fill=TINT)
        x = left
        for title, width in zip(("时间", "地点、对象", "情况和处理", "结果、跟踪"), widths, strict=True):
            sheet.text(x + 1.5, y + 4.8, title, 9, face=BOLD)
            x += width
        lines = int((HIGH - BOTTOM - y - 10) // 14)
        for step in range(lines + 1):
            sheet.line(left, y + 7 + step * 14, left + ROOM, y + 7 + step * 14)
        x = left
        for width in (*widths, 0.0):
            sheet.line(x, y, x, y + 7 + lines * 14)
            x += width


def _colophon(book: _Book) -> None:
    book.new_page()
    book.chapter, book.head = 0, ""
    view, sheet, left = book.view, book.sheet, book.left
    sheet.text(left, 120, f"{view.office}{view.title}", 13, face=BOLD)
    rows = (
        ("编印单位", f"{view.office}网格办"),
        ("年　　份", f"{view.year} 年"),
        ("版　　本", view.edition),
        ("编　　号", view.number),
        ("印制日期", chinese(view.made_on)),
        ("使用范围", view.notice),
    )
    for place, (title, value) in enumerate(rows):
        sheet.text(left, 131 + place * 6.6, f"{title}　{value}", 9.5, face=SONG)
    sheet.text(left, 178, "电子版带数字签名，可用程序“核验”页检查是否完整。", 8.5, ink=QUIET)
