"""一户一档 on paper, A4: a household to a sheet with members, whom to call, services, and room for visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridoffice.core.progress import Progress, silent
from gridoffice.papers.drawing import INK, LINE, QUIET, TINT, Sheet, wrap
from gridoffice.papers.fonts import BOLD

WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT, FOOT = 20.0, 16.0, 20.0  # mm; the left edge is wide enough for a file's holes
ROOM = WIDE - LEFT - RIGHT
SIZE, PITCH = 9.5, 4.6  # points, mm
MEMBERS = (
    ("姓名", 20.0), ("与户主", 17.0), ("性别", 11.0), ("年龄", 11.0), ("证件号", 38.0), ("电话", 26.0), ("类别", 31.0),
    ("状态", 20.0),
)  # fmt: skip
NOTES = (("日期", 24.0), ("走访人", 24.0), ("走访情况和需要办的事", 88.0), ("本人或家属签字", 38.0))
NOTE_ROWS, NOTE_HIGH = 5, 12.0  # at least so many lines to write on, mm each
PER_PAGE = 84  # lines of the contents, in two columns


@dataclass(frozen=True)
class HouseholdSheet:
    """One household as its sheet shows it; numbers come masked or whole from whoever makes the view.

    `members` are texts in the order of MEMBERS; `services` are sentences without an illness (reference 4.8, 12.3).
    """

    number: str
    head: str
    grid: str
    address: str
    count: str  # 5 人，在住 4 人
    worker: str  # 张建国
    phone: str
    worker_note: str  # 请假至11月28日，由李秀兰代
    members: tuple[tuple[str, ...], ...]
    services: tuple[str, ...]


@dataclass(frozen=True)
class HouseholdBook:
    """Some households under one number: office, what is printed, and the foot of each page."""

    office: str
    title: str
    number: str
    day: str
    footer: str
    sheets: tuple[HouseholdSheet, ...]


class _Book:
    """The paper being drawn: where the pen is, on which page, and where each household begins."""

    def __init__(self, view: HouseholdBook, total: int) -> None:
        self.view, self.total = view, total
        self.sheet = Sheet(WIDE, HIGH, title=view.title)
        self.page, self.y = 1, 0.0
        self.begins: list[int] = []

    def turn(self) -> None:
        """End the page with its foot."""
        y = HIGH - 10
        self.sheet.line(LEFT, y - 4.5, WIDE - RIGHT, y - 4.5)
        self.sheet.fit(LEFT, y, self.view.footer, 8, ROOM - 58, ink=QUIET)
        told = f"{self.view.number}　第 {self.page} 页，共 {self.total or self.page} 页"
        self.sheet.text(WIDE - RIGHT, y, told, 8.5, ink=QUIET, align="right")
        self.sheet.next_page()
        self.page += 1

    def room(self) -> float:
        """What is left of the page in mm."""
        return HIGH - FOOT - self.y


def contents_pages(count: int) -> int:
    """How many pages the contents of some households take; a single household has none."""
    return -(-count // PER_PAGE) if count > 1 else 0


def draw(view: HouseholdBook, progress: Progress = silent) -> bytes:
    """The sheets as one PDF, contents first; drawn twice, because the contents name pages that come after them."""
    first = _Book(view, 0)
    first.page += contents_pages(len(view.sheets))
    _households(first, silent)
    book = _Book(view, first.page - 1)
    _contents(book, first.begins)
    _households(book, progress)
    return book.sheet.finish()


def _contents(book: _Book, begins: Sequence[int]) -> None:
    view = book.view
    lines: list[tuple[str, str, str]] = []
    grid = ""
    for one, page in zip(view.sheets, begins, strict=True):
        where = one.grid or "未入网格"
        lines.append((where if where != grid else "", f"{one.number}　{one.head}　{one.address}", str(page)))
        grid = where
    for start in range(0, len(lines) if len(lines) > 1 else 0, PER_PAGE):
        book.sheet.fit(WIDE / 2, 22, view.title, 18, ROOM, face=BOLD, align="centre")
        told = f"{view.day}　共 {len(lines):,} 户　目录"
        book.sheet.text(WIDE / 2, 29, told, 9.5, ink=QUIET, align="centre")
        half = PER_PAGE // 2
        for place, line in enumerate(lines[start : start + PER_PAGE]):
            x = LEFT + (ROOM / 2 + 3) * (place // half)
            _contents_line(book.sheet, x, 38 + 5.6 * (place % half), line, ROOM / 2 - 3)
        book.turn()


def _contents_line(sheet: Sheet, x: float, y: float, line: tuple[str, str, str], room: float) -> None:
    grid, words, page = line
    indent = sheet.fit(x, y, grid, 8, 24, face=BOLD) and 26.0
    sheet.fit(x + indent, y, words, 8.5, room - indent - 10, least=0.8)
    sheet.text(x + room, y, page, 8.5, align="right")


def _households(book: _Book, progress: Progress) -> None:
    for place, one in enumerate(book.view.sheets):
        progress(place, len(book.view.sheets), "正在排版")
        book.begins.append(book.page)
        _household(book, one)
        book.turn()
    progress(len(book.view.sheets), len(book.view.sheets), "正在排版")


def _household(book: _Book, one: HouseholdSheet) -> None:
    _head(book, one)
    _facts(book, one)
    _title(book, "家庭成员")
    _row(book, [title for title, _wide in MEMBERS], is_head=True)
    for cells in one.members:
        _row(book, cells, one=one)
    _title(book, "服务和帮扶", one)
    for words in one.services or ("目前没有登记的预约和帮扶。",):
        lines = wrap(f"· {words}", SIZE, ROOM - 2)
        _need(book, PITCH * len(lines), one)
        for line in lines:
            book.sheet.text(LEFT + 1, book.y + 3.6, line, SIZE)
            book.y += PITCH
    _notes(book, one)


def _head(book: _Book, one: HouseholdSheet, *, again: bool = False) -> None:
    view, sheet = book.view, book.sheet
    sheet.box(LEFT, 14, 2.2, 13, fill="#B3261E")
    sheet.text(LEFT + 6, 20, "一户一档" + ("（续）" if again else ""), 20, face=BOLD)
    sheet.text(LEFT + 6, 26.4, view.office, 9.5, ink=QUIET)
    sheet.fit(WIDE - RIGHT, 20, f"户 {one.number}", 15, 70, face=BOLD, align="right")
    sheet.text(WIDE - RIGHT, 26.4, view.day, 9, ink=QUIET, align="right")
    sheet.line(LEFT, 30, WIDE - RIGHT, 30, ink=INK, line=0.35)
    book.y = 33.0


def _facts(book: _Book, one: HouseholdSheet) -> None:
    """Two columns of facts; whom to call is the largest."""
    sheet, y = book.sheet, book.y + 3
    left = (
        ("户主", one.head or "—"),
        ("住址", one.address or "—"),
        ("网格", one.grid or "未入网格"),
        ("人数", one.count),
    )
    for title, words in left:
        sheet.text(LEFT, y + 1.2, title, 9, ink=QUIET)
        lines = wrap(words, 11, 84)
        for line in lines:
            sheet.text(LEFT + 13, y + 1.2, line, 11)
            y += 5.6
        y += 0.9
    top, x = book.y, LEFT + 104
    sheet.box(x, top, ROOM - 104, 27, fill=TINT, round=2)
    sheet.text(x + 4, top + 6.5, "责任网格员", 9, ink=QUIET)
    sheet.fit(x + 4, top + 13.5, one.worker or "暂缺", 14, ROOM - 112, face=BOLD)
    sheet.fit(x + 4, top + 20, one.phone, 14, ROOM - 112, face=BOLD, ink="#1B4F91")
    sheet.fit(x + 4, top + 25, one.worker_note, 8, ROOM - 112, ink=QUIET)
    book.y = max(y, top + 29)


def _need(book: _Book, high: float, one: HouseholdSheet) -> None:
    """Go on on another page of this household when there is no room."""
    if book.room() < high:
        book.turn()
        _head(book, one, again=True)


def _title(book: _Book, words: str, one: HouseholdSheet | None = None) -> None:
    if one is not None:
        _need(book, 20, one)
    book.sheet.text(LEFT, book.y + 6, words, 11.5, face=BOLD)
    book.y += 8.5


def _row(book: _Book, cells: Sequence[str], *, is_head: bool = False, one: HouseholdSheet | None = None) -> None:
    lines = [wrap(cell, SIZE, wide - 1.5) for cell, (_title, wide) in zip(cells, MEMBERS, strict=True)]
    high = max(map(len, lines)) * PITCH + 2.4
    if one is not None and book.room() < high:
        _need(book, high, one)
        _row(book, [title for title, _wide in MEMBERS], is_head=True)
    sheet = book.sheet
    if is_head:
        sheet.box(LEFT, book.y, ROOM, high, fill=TINT)
    x = LEFT
    for parts, (_title, wide) in zip(lines, MEMBERS, strict=True):
        for step, part in enumerate(parts):
            sheet.text(x + 1, book.y + PITCH * (step + 1), part, SIZE, face=BOLD if is_head else "Hei")
        x += wide
    book.y += high
    sheet.line(LEFT, book.y, LEFT + ROOM, book.y, ink=LINE, line=0.15)


def _notes(book: _Book, one: HouseholdSheet) -> None:
    """Lines to write on, as many as the page still holds."""
    _need(book, 8.5 + 7 + NOTE_ROWS * NOTE_HIGH + 12, one)
    _title(book, "走访记录")
    sheet, top = book.sheet, book.y
    count = max(NOTE_ROWS, int((book.room() - 7 - 12) // NOTE_HIGH))
    bottom = top + 7 + count * NOTE_HIGH
    sheet.box(LEFT, top, ROOM, 7, fill=TINT)
    x = LEFT
    for title, wide in NOTES:
        sheet.text(x + 1.5, top + 4.9, title, SIZE, face=BOLD)
        sheet.line(x, top, x, bottom, ink=LINE, line=0.15)
        x += wide
    sheet.line(LEFT + ROOM, top, LEFT + ROOM, bottom, ink=LINE, line=0.15)
    for place in range(count + 1):
        y = top + 7 + place * NOTE_HIGH
        sheet.line(LEFT, y, LEFT + ROOM, y, ink=LINE, line=0.15)
    sheet.text(LEFT, bottom + 8, "户主或家属确认：＿＿＿＿＿＿＿＿", SIZE)
    sheet.text(LEFT + ROOM, bottom + 8, "网格员：＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日", SIZE, align="right")
    book.y = bottom + 12
