"""工作手册: the work handbook of the office, of a village, of a grid, or of one worker (reference 10.3, X3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE, GridUnit
from gridoffice.modules.documents import book, book_parts, book_source, naming, public, roll, texts
from gridoffice.modules.documents.recipe import ONLY, Item, Maker, Option, Options, Prepared
from gridoffice.papers.handbook_view import (
    BlankPages,
    BookView,
    ChapterView,
    Figures,
    Heading,
    Listed,
    TableLine,
    Words,
)

PAGES = (
    ("log_pages", "day", "日志页（一天一页）", (0, 6, 12, 24, 36, 52, 104, 260), 12),
    ("week_pages", "week", "周小结页", (0, 4, 13, 26, 52), 4),
    ("month_pages", "month", "月小结页", (0, 3, 6, 12), 3),
    ("meeting_pages", "meeting", "例会记录页", (0, 6, 12, 24, 52), 6),
    ("visit_pages", "visit", "走访登记页", (0, 4, 8, 16, 32), 4),
    ("check_pages", "check", "检查记录页", (0, 4, 8, 16, 32), 4),
)
"""Pages to write on: option, kind of page, title, numbers on offer, usual number."""
SHEETS = (("book", "单页顺序"), ("booklet", "对折小册子（A4 双面，骑马订）"), ("shop", "带 3 毫米出血（交印刷厂）"))
FACTS = (Heading("项目", width=30), Heading("内容"))
TRACKED = ("about", "pairs", "phones", "owner")
"""Chapters whose change makes a page out of date; ledgers, calendar and blank pages are as old as the printing."""


def prepare(office: Office, options: Options) -> Prepared:
    """The handbook as asked for; with `only` just those chapters, as loose pages for a book that is out."""
    from gridoffice.papers import booklet, handbook

    naming.office_name(office)
    wanted, found = _wanted(office, options)
    view = book.view(office, found, texts.load(), wanted)
    whose = _whose(options)
    items = tuple(_items(view, whose))
    only = options.get(ONLY)
    if only is not None:
        view = _loose(view, {str(key).removeprefix(whose) for key in only})
        items = tuple(item for item in items if item.key in set(only))
    unit = wanted.units[0].id if wanted.units else None
    people = public.working(found, unit)

    def draw(number: str) -> bytes:
        whole = replace(view, number=number)
        if options.get("sheet") == "booklet" and view.size == "A5":
            return booklet.folded(lambda: handbook.draw(whole))
        return handbook.draw(whole)

    return Prepared(view.title, draw, items, public.gaps(people, photos=False), unit)


def _wanted(office: Office, options: Options) -> tuple[book_source.Wanted, roll.Roll]:
    found = roll.read(office, photos=bool(options.get("staff")))
    place = naming.unit_of(found, options.get("unit"))
    units: tuple[GridUnit, ...] = (place,) if place is not None else ()
    seat = None
    if options.get("staff"):
        held = [one for one in found.workers(heads=True) if one[0].staff_id == options["staff"]]
        if not held:
            raise OfficeError("这个人现在没有网格岗位，没有手册可印", do="请换一个人，或先在“网格”里安排任职")
        seat, grids = held[0]
        units = tuple(grids)
    shop = options.get("sheet") == "shop"
    wanted = book_source.Wanted(
        units=units,
        seat=seat,
        groups=frozenset(key for key, _title in book_source.GROUPS if options.get(f"with_{key}", True)),
        pages={kind: int(options.get(key, usual)) for key, kind, _title, _numbers, usual in PAGES},
        year=office.today().year + int(options.get("year") or 0),
        size=str(options.get("size") or "A5"),
        design=str(options.get("design") or "red"),
        has_maps=bool(options.get("maps", True)),
        bleed=3.0 if shop else 0.0,
    )
    return wanted, found


def _whose(options: Options) -> str:
    """What the keys of a book's parts begin with, so that one worker's book is no newer version of another's."""
    if options.get("staff"):
        return f"staff:{options['staff']}:"
    return f"unit:{options['unit']}:" if options.get("unit") else "office:"


def _items(view: BookView, whose: str) -> Iterable[Item]:
    """What goes out of date by itself: the owner's card and each chapter that tells of people or is text."""
    if view.owner is not None:
        yield Item(f"{whose}owner", f"{view.title} · 个人信息卡", view.owner)
    for chapter in view.chapters:
        if chapter.key.startswith("chapter:") or chapter.key in TRACKED:
            yield Item(f"{whose}{chapter.key}", f"{view.title} · {chapter.title}", _tracked(chapter))


def _tracked(chapter: ChapterView) -> ChapterView:
    """A chapter without what is as old as the printing: sums, pages to write on, tables of forms, leaves of a week."""
    passing = (Figures, BlankPages) if chapter.key in TRACKED else (Figures, BlankPages, Listed)
    kept = (part for part in chapter.parts if not isinstance(part, passing))
    return replace(
        chapter, parts=tuple(one for one in kept if not (isinstance(one, Words) and one.title == book_parts.AWAY))
    )


def _loose(view: BookView, keys: set[str]) -> BookView:
    """Only some chapters; the owner's card is a whole new book's affair and comes with its first chapter."""
    chapters = tuple(chapter for chapter in view.chapters if chapter.key in keys)
    if not chapters and "owner" in keys:
        card = view.owner
        assert card is not None
        told = (
            ("姓名", card.person.name),
            ("岗位", card.person.post),
            ("网格", card.unit),
            ("电话", card.person.phone),
        )
        lines = tuple(TableLine(word, (word, words)) for word, words in told)
        chapters = (ChapterView("owner", "个人信息卡", (Listed("", FACTS, lines, is_listed=False),), False),)
    if not chapters:
        raise OfficeError("选的章节这本手册里没有", do="请重新选择要换的章节")
    return replace(view, chapters=chapters, is_loose=True)


def each(office: Office, options: Options) -> list[tuple[str, dict[str, Any]]]:
    """A book for every grid worker and village head: where, who."""
    found = roll.read(office, photos=False)
    place = naming.unit_of(found, options.get("unit"))
    made = []
    for seat, units in found.workers(place.id if place else None, heads=True):
        village = found.village_of(units[0]) or units[0]
        title = f"{village.name} {seat.name}"
        made.append((title, {**options, "staff": seat.staff_id, "unit": None}))
    return made


MAKERS = (
    Maker(
        kind="handbook",
        title="工作手册",
        group="手册",
        icon="documents",
        about="A5 或 A4，带目录、书签和签章：概况、职责、台账、通讯录、年历和记录页，章节可选，可以每人一册。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("staff", "给谁（个人信息卡、职责按本人填）", "staff"),
            Option("size", "大小", "choice", choices=(("A5", "A5"), ("A4", "A4")), default="A5"),
            Option(
                "design",
                "封面",
                "choice",
                choices=(("red", "红色"), ("blue", "蓝色"), ("plain", "素色（省墨）")),
                default="red",
            ),
            Option("sheet", "印法", "choice", choices=SHEETS, default="book"),
            Option("year", "哪一年", "choice", choices=((0, "今年"), (1, "明年")), default=0),
            *(Option(f"with_{key}", title, "tick", default=True) for key, title in book_source.GROUPS),
            Option("maps", "概况里印网格图", "tick", default=True),
            *(
                Option(
                    key,
                    title,
                    "choice",
                    choices=tuple((number, f"{number} 页" if number else "不要") for number in numbers),
                    default=usual,
                )
                for key, _kind, title, numbers, usual in PAGES
            ),
        ),
        each=each,
        each_title="每人一册",
        is_tracked=True,
        order=20,
    ),
)
