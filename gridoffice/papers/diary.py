"""民情日记 / 工作日志 on paper, A4 or A5 (reference 6.3): logs with their lines and supplements, or blank pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridoffice.papers.drawing import INK, LINE, QUIET, TINT, Sheet, wrap
from gridoffice.papers.fonts import BOLD

SIZES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
HEADS = ("时间段", "地点/对象", "反映的问题", "处理措施", "反馈结果", "需跟踪事项")
SHARES = (0.125, 0.16, 0.225, 0.19, 0.155, 0.145)
BLANK_HIGH = 13.0  # mm of a line to write on


@dataclass(frozen=True)
class DiaryDay:
    """One log: head facts (title, words), lines in the order of HEADS, what was seen, and its supplements."""

    day: str  # 2026年11月20日 星期五
    weather: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    text: str
    additions: tuple[str, ...] = ()


@dataclass(frozen=True)
class DiaryView:
    """A diary: of whom, of which period, under which number; `blank` pages to write on where there are no days."""

    office: str
    title: str
    person: str
    period: str
    number: str
    footer: str
    days: tuple[DiaryDay, ...] = ()
    size: str = "A4"
    blank: int = 0


class _Paper:
    """The paper being drawn: its measures, where the pen is, on which page."""

    def __init__(self, view: DiaryView, total: int) -> None:
        self.view, self.total = view, total
        self.wide, self.high = SIZES[view.size]
        is_small = view.size == "A5"
        self.left, self.right = (14.0, 10.0) if is_small else (20.0, 16.0)
        self.room = self.wide - self.left - self.right
        self.size, self.pitch = (8.0, 3.9) if is_small else (9.5, 4.7)
        self.sheet = Sheet(self.wide, self.high, title=view.title)
        self.page = 1
        self.head()

    def head(self) -> None:
        """The head every page has."""
        view, sheet = self.view, self.sheet
        sheet.box(self.left, 11, 1.8, 9.5, fill="#B3261E")
        sheet.fit(self.left + 4.5, 16, view.title, 15, self.room * 0.55, face=BOLD)
        sheet.fit(self.left + 4.5, 20.5, view.office, 8, self.room * 0.5, ink=QUIET)
        sheet.fit(self.wide - self.right, 16, view.person, 11, self.room * 0.4, face=BOLD, align="right")
        sheet.fit(self.wide - self.right, 20.5, view.period, 8, self.room * 0.45, ink=QUIET, align="right")
        sheet.line(self.left, 23, self.wide - self.right, 23, ink=INK, line=0.35)
        self.y = 26.0

    def turn(self) -> None:
        """End the page: the line to sign on, and the foot."""
        sheet, y = self.sheet, self.high - 8.5
        sheet.text(self.left, y - 8, "记录人签名：＿＿＿＿＿＿＿＿", self.size)
        sheet.text(self.wide - self.right, y - 8, "审阅：＿＿＿＿＿＿　日期：＿＿＿＿＿＿", self.size, align="right")
        sheet.line(self.left, y - 4, self.wide - self.right, y - 4)
        told = f"{self.view.number}　第 {self.page} 页，共 {self.total or self.page} 页"
        sheet.text(self.wide - self.right, y, told, 7.5, ink=QUIET, align="right")
        sheet.fit(self.left, y, self.view.footer, 7.5, self.room * 0.6, ink=QUIET)
        sheet.next_page()
        self.page += 1

    @property
    def bottom(self) -> float:
        """Where the writing has to end."""
        return self.high - 22.0

    def need(self, high: float) -> bool:
        """To the next page when there is no room; whether it turned."""
        if self.y + high <= self.bottom:
            return False
        self.turn()
        self.head()
        return True

    def columns(self) -> list[float]:
        """The columns' widths in mm."""
        return [self.room * share for share in SHARES]


def draw(view: DiaryView) -> tuple[bytes, int]:
    """The diary as PDF and its number of pages; drawn twice, because every page says how many there are."""
    first = _Paper(view, 0)
    _all(first)
    paper = _Paper(view, first.page - 1)
    _all(paper)
    return paper.sheet.finish(), paper.sheet.pages


def _all(paper: _Paper) -> None:
    for place, day in enumerate(paper.view.days):
        if place:
            paper.y += 3
        _day(paper, day)
    for page in range(paper.view.blank):
        if page or paper.view.days:
            paper.turn()
            paper.head()
        _blank(paper)
    if not paper.view.days and not paper.view.blank:
        paper.sheet.text(paper.left, paper.y + 8, "这段时间没有日志。", 11, ink=QUIET)
    paper.turn()


def _day(paper: _Paper, day: DiaryDay) -> None:
    paper.need(46)
    sheet = paper.sheet
    across = sheet.text(paper.left, paper.y + 4.5, day.day, paper.size + 2, face=BOLD)
    if day.weather:
        sheet.text(paper.left + across + 5, paper.y + 4.5, f"天气：{day.weather}", paper.size)
    paper.y += 7.5
    _lines(paper, "　".join(f"{title}：{words}" for title, words in day.facts if words), ink=QUIET)
    if day.rows:
        _row(paper, HEADS, is_head=True)
    for cells in day.rows:
        _row(paper, cells)
    if day.rows:
        paper.y += 1.5
    if day.text:
        _lines(paper, f"工作情况：{day.text}")
    for words in day.additions:
        _lines(paper, f"【补记】{words}", ink="#B3261E")
    paper.y += 1
    sheet.line(paper.left, paper.y, paper.wide - paper.right, paper.y, ink=LINE, line=0.25)


def _lines(paper: _Paper, text: str, *, ink: str = INK) -> None:
    for line in wrap(text, paper.size, paper.room) if text else ():
        paper.need(paper.pitch)
        paper.sheet.text(paper.left, paper.y + paper.pitch * 0.8, line, paper.size, ink=ink)
        paper.y += paper.pitch


def _row(paper: _Paper, cells: Sequence[str], *, is_head: bool = False) -> None:
    widths = paper.columns()
    lines = [wrap(cell, paper.size, wide - 2) if cell else [] for cell, wide in zip(cells, widths, strict=True)]
    most = max(1, int((paper.bottom - 50) // paper.pitch))
    high = min(most, max(1, *map(len, lines))) * paper.pitch + 2
    if paper.need(high) and not is_head:
        _row(paper, HEADS, is_head=True)
    sheet, x = paper.sheet, paper.left
    if is_head:
        sheet.box(paper.left, paper.y, paper.room, high, fill=TINT)
    for parts, wide in zip(lines, widths, strict=True):
        for step, part in enumerate(parts[:most]):
            y = paper.y + paper.pitch * (step + 1)
            sheet.text(x + 1, y, part, paper.size, face=BOLD if is_head else "Hei")
        x += wide
    paper.y += high
    sheet.line(paper.left, paper.y, paper.wide - paper.right, paper.y, ink=LINE, line=0.15)


def _blank(paper: _Paper) -> None:
    """A page to write on: the head facts as lines, then the table's empty rows."""
    sheet = paper.sheet
    for words in (
        "日期：＿＿＿＿年＿＿月＿＿日　星期＿＿　天气＿＿＿＿",
        "网格：＿＿＿＿＿＿＿＿　起止时间：＿＿＿＿＿＿　路线：＿＿＿＿＿＿＿＿",
    ):
        sheet.fit(paper.left, paper.y + 5, words, paper.size + 0.5, paper.room)
        paper.y += 8
    top = paper.y
    _row(paper, HEADS, is_head=True)
    while paper.y + BLANK_HIGH <= paper.bottom:
        paper.y += BLANK_HIGH
        sheet.line(paper.left, paper.y, paper.wide - paper.right, paper.y, ink=LINE, line=0.2)
    x = paper.left
    for wide in [0.0, *paper.columns()]:
        x += wide
        sheet.line(x, top, x, paper.y, ink=LINE, line=0.2)
