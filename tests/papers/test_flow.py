"""Flowing text: headings stay with their text, no lone lines, tables over pages, contents that tell the truth."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pikepdf
import pytest

from gridoffice.papers import booklet, flow, handbook, handbook_pages
from gridoffice.papers.blocks import Block, Book, Mark, Master, Solid, Style, Text, Turn
from gridoffice.papers.columns import Column
from gridoffice.papers.contents import Contents
from gridoffice.papers.drawing import Sheet
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.handbook_view import BlankPages, ChapterView, Listed, TableLine, Words
from gridoffice.papers.rows import Table
from tests.papers import pdfa, sheets

SMALL = Master(100.0, 100.0, 15.0, 10.0, 10.0, 10.0)  # 75 × 80 mm of text
HEAD = Style(BOLD, 12, 8, indent=0)


def words(count: int) -> str:
    return "居民反映路灯不亮当天修好，" * count


def placed(blocks: list[Block]) -> Book:
    return flow.place(blocks, SMALL)


def drawn(book: Book, path: Path) -> Path:
    sheet = Sheet(SMALL.wide, SMALL.high)
    flow.draw(sheet, book)
    path.write_bytes(sheet.finish())
    return path


@pytest.mark.parametrize("above", range(40, 80, 3))
def test_a_heading_never_stands_alone_at_the_foot(above: int) -> None:
    heading = Text("标题", HEAD, keeps=True, mark=Mark("标题", 0, "a"))
    book = placed([Solid(above, lambda *_: None), heading, Text(words(12), Style(pitch=6))])
    for page in book.pages:
        blocks = [block for block, _y in page.items]
        assert not (blocks and blocks[-1].mark is not None), above


@pytest.mark.parametrize("above", range(0, 79, 2))
def test_no_paragraph_leaves_one_line_alone(above: int) -> None:
    book = placed([Solid(above, lambda *_: None), Text(words(14), Style(pitch=6))])
    parts = [
        round(block.high(SMALL.room) / 6) for page in book.pages for block, _y in page.items if isinstance(block, Text)
    ]
    assert sum(parts) == round(Text(words(14), Style(pitch=6)).high(SMALL.room) / 6)
    assert min(parts) >= 2, parts


def test_everything_stays_inside_the_page() -> None:
    blocks: list[Block] = [Text(words(count)) for count in range(1, 30)]
    blocks.append(Table((Column("甲"), Column("乙")), [(str(n), words(n % 7)) for n in range(80)]))
    for page in placed(blocks).pages:
        for block, y in page.items:
            assert y + block.high(SMALL.room) <= SMALL.depth + 0.02


def test_a_table_repeats_both_levels_of_its_head_and_keeps_every_row(tmp_path: Path) -> None:
    columns = (Column("序号"), Column("户主", "户"), Column("住址", "户"), Column("电话", "责任人"))
    rows = [(f"行{n}", f"张{n}", f"石桥村{n}组", f"1380000{n:04d}") for n in range(60)]
    path = drawn(placed([Table(columns, rows)]), tmp_path / "t.pdf")
    pages = int(sheets.info_of(path)["Pages"])
    assert pages > 3
    for page in range(1, pages + 1):
        found = sheets.text_of(path, page)
        assert all(word in found for word in ("序号", "户主", "住址", "责任人", "电话"))
    whole = sheets.text_of(path)
    assert all(whole.count(f"石桥村{n}组") == 1 for n in (0, 7, 33, 59))


def test_the_name_of_a_group_stays_with_its_first_row(tmp_path: Path) -> None:
    for count in range(9, 20):
        rows: list[tuple[str, ...]] = [(str(n), "值") for n in range(count)]
        rows += [("石桥村",), *((str(n), "值") for n in range(30))]
        for page in placed([Table((Column("甲"), Column("乙")), rows)]).pages:
            last = page.items[-1][0]
            assert isinstance(last, Table)
            assert len(last.rows[-1]) == 2


def test_a_row_higher_than_a_page_goes_on(tmp_path: Path) -> None:
    text = "".join(f"第{n}句话，写得很长很长。" for n in range(120))
    path = drawn(placed([Table((Column("甲"), Column("乙")), [("一", text), ("二", "短")])]), tmp_path / "tall.pdf")
    found = sheets.text_of(path).replace("甲乙", "")
    assert all(f"第{n}句话" in found for n in range(120))
    assert int(sheets.info_of(path)["Pages"]) > 2


def test_widths_follow_what_stands_in_the_columns_and_no_cell_is_cut() -> None:
    long = "住在很远的地方，" * 12
    table = Table((Column("编号"), Column("姓名"), Column("说明")), [("1", "欧阳娜娜", long)])
    table.high(SMALL.room)
    one, two, three = table._widths
    assert one < two < three
    assert sum(table._widths) == pytest.approx(SMALL.room)
    assert "".join(line.text for line in table._cells[0][2]) == long


def test_empty_lines_that_find_no_room_are_left_out_but_rows_are_not() -> None:
    table = Table((Column("甲"), Column("乙")), [("1", "2"), *[("", "")] * 12], blank=9)
    book = placed([table])
    assert len(book.pages) == 1
    full = Table((Column("甲"), Column("乙")), [(str(n), "2") for n in range(40)], blank=9)
    parts = [block for page in placed([full]).pages for block, _y in page.items if isinstance(block, Table)]
    assert sum(len(part.rows) for part in parts) == 40


def test_a_chapter_may_begin_on_odd_pages_only() -> None:
    book = placed([Text("一"), Turn(is_odd=True), Text("二"), Turn(is_odd=True), Text("三")])
    assert [page.number for page in book.pages if any(isinstance(block, Text) for block, _ in page.items)] == [1, 3, 5]
    assert book.pages[1].is_bare


def test_contents_know_the_pages_and_lead_there(tmp_path: Path) -> None:
    body: list[Block] = []
    for number in range(30):
        body += [Text(f"第{number}节", HEAD, keeps=True, mark=Mark(f"第{number}节", 0, f"k{number}")), Text(words(8))]
    book = placed([Contents(flow.marks(body)), Turn(), *body])
    path = drawn(book, tmp_path / "c.pdf")
    for number in (0, 11, 29):
        assert f"第{number}节" in sheets.text_of(path, book.page_of[f"k{number}"])
    layout = sheets.run("pdftotext", "-layout", "-l", "4", path, "-")
    told = {int(one): int(page) for one, page in re.findall(r"第(\d+)节\s+(\d+)", layout)}
    assert told == {number: book.page_of[f"k{number}"] for number in range(30)}
    with pikepdf.open(path) as file:
        links = [note for page in file.pages for note in page.get("/Annots", [])]
        assert len(links) == 30


# -- the handbook


@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("more", [0, 25])
def test_the_contents_of_a_handbook_tell_the_right_pages(size: str, more: int, tmp_path: Path) -> None:
    view = sheets.handbook(6)
    added = tuple(ChapterView(f"x{n}", f"附录{n}号", (Words(("一段正文。",)),), False) for n in range(more))
    data, book = handbook.drawn(dataclasses.replace(view, size=size, chapters=(*view.chapters, *added)))
    path = tmp_path / "book.pdf"
    path.write_bytes(data)
    layout = sheets.run("pdftotext", "-layout", "-f", "3", "-l", "5", path, "-")
    for title in ("怎样使用这本手册", "一、网格概况", "二、岗位职责", "五、工作日志", "通讯录", "年历"):
        told = re.search(rf"{title}\s+(\d+)", layout)
        assert told is not None, (title, layout)
        assert title in sheets.text_of(path, int(told[1]))[:80]
    assert len(book.pages) == int(sheets.info_of(path)["Pages"])
    assert sheets.millimetres(path) == ((148.0, 210.0) if size == "A5" else (210.0, 297.0))


def test_chapters_are_counted_beyond_ten() -> None:
    view = sheets.handbook(1)
    chapters = tuple(ChapterView(str(n), "章", ()) for n in range(42))
    titles = handbook.chapter_titles(dataclasses.replace(view, chapters=chapters))
    assert [titles[n - 1] for n in (1, 10, 11, 19, 20, 21, 42)] == [
        f"{word}、章" for word in ("一", "十", "十一", "十九", "二十", "二十一", "四十二")
    ]


def test_an_a5_handbook_fills_its_quires_and_ends_with_the_colophon(tmp_path: Path) -> None:
    for villages in range(1, 6):
        path = tmp_path / "book.pdf"
        path.write_bytes(handbook.draw(sheets.handbook(villages)))
        pages = int(sheets.info_of(path)["Pages"])
        assert pages % 4 == 0
        last = sheets.text_of(path, pages)
        assert all(word in last for word in ("编印单位", "年份", "版本", "册2026-001", "仅供工作使用"))


def test_odd_and_even_pages_are_mirrored(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(handbook.draw(sheets.handbook()))
    for page, is_right in ((5, True), (6, False)):
        boxes = sheets.run("pdftotext", "-bbox", "-f", str(page), "-l", str(page), path, "-")
        at = [float(x) for x, word in re.findall(r'xMin="([\d.]+)"[^>]*>([^<]+)<', boxes) if word == str(page)]
        assert any((x > 148 / 25.4 * 72 / 2) == is_right for x in at), (page, at)


def test_bookmarks_lead_to_chapters_and_villages(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(handbook.draw(sheets.handbook()))
    with pikepdf.open(path) as book, book.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles[:3] == ["怎样使用这本手册", "一、网格概况", "二、岗位职责"]
        assert [item.title for item in outline.root[1].children][:2] == ["竹村", "白村"]
        assert len(book.pages[2].Annots) > 5


@pytest.mark.parametrize("design", ["red", "blue", "plain"])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_every_cover_has_owner_and_number_and_is_fit_for_the_archive(design: str, size: str, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(handbook.draw(dataclasses.replace(sheets.handbook(), design=design, size=size)))
    cover = sheets.text_of(path, 1)
    assert all(word in cover for word in ("云溪镇", "工作手册", "䶮生", "石桥村第2网格", "册2026-001", "仅供工作使用"))
    assert pdfa.faults(path.read_bytes()) == []


def test_the_print_shop_gets_bleed(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(handbook.draw(dataclasses.replace(sheets.handbook(), bleed=3.0)))
    said = sheets.run("pdfinfo", "-box", path)
    trim = next(line for line in said.splitlines() if line.startswith("TrimBox"))
    assert [float(one) for one in trim.split()[1:]] == pytest.approx([0, 0, 419.53, 595.28], abs=0.1)


def test_loose_pages_have_no_cover_and_say_what_they_are(tmp_path: Path) -> None:
    view = sheets.handbook()
    chapters = tuple(one for one in view.chapters if one.key == "phones")
    path = tmp_path / "loose.pdf"
    path.write_bytes(handbook.draw(dataclasses.replace(view, chapters=chapters, is_loose=True)))
    assert sheets.info_of(path)["Pages"] == "1"
    assert "2026年11月换页" in sheets.text_of(path)


def test_the_calendar_marks_the_first_monday_and_holidays(tmp_path: Path) -> None:
    rows = {row[0]: row for row in handbook_pages.year_rows(sheets.year(2026))}
    assert rows["10月"] == ("10月", "18", "10月5日（国庆节放假）", "国庆节 1日至7日；调休上班 10日")
    assert rows["11月"][:3] == ("11月", "21", "11月2日")


# -- booklets


def test_the_order_of_a_booklet() -> None:
    assert booklet.order(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert booklet.order(5) == [(None, 0), (1, None), (None, 2), (3, 4)]
    for pages in range(1, 41):
        flat = [one for pair in booklet.order(pages) for one in pair if one is not None]
        assert sorted(flat) == list(range(pages))


def test_a_booklet_holds_the_same_pages_two_to_a_side(tmp_path: Path) -> None:
    view = sheets.handbook(2)
    plain = handbook.draw(view)
    path = tmp_path / "fold.pdf"
    path.write_bytes(booklet.folded(lambda: handbook.draw(view)))
    assert not booklet.is_folding()
    assert sheets.millimetres(path) == (296.0, 210.0)
    sides = int(sheets.info_of(path)["Pages"])
    single = tmp_path / "single.pdf"
    single.write_bytes(plain)
    pages = int(sheets.info_of(single)["Pages"])
    assert sides == pages / 2
    first = sheets.text_of(path, 1)
    assert "编印单位" in first, "the colophon lies left of the cover"
    assert "网格工作手册" in first
    for number in range(1, pages + 1):
        for word in sheets.run("pdftotext", "-f", str(number), "-l", str(number), single, "-").split()[:3]:
            assert word in "".join(sheets.run("pdftotext", path, "-").split())
    assert path.stat().st_size < len(plain) * 1.2
    assert pdfa.faults(path.read_bytes()) == []


def test_many_kinds_of_pages_fit(tmp_path: Path) -> None:
    kinds = ("day", "week", "month", "meeting", "check", "visit")
    parts = tuple(BlankPages(kind, 2, kind) for kind in kinds)
    view = dataclasses.replace(sheets.handbook(1), chapters=(ChapterView("a", "记录", parts),))
    for size in ("A5", "A4"):
        data, book = handbook.drawn(dataclasses.replace(view, size=size))
        pages = [page for page in book.pages if page.chapter == 1 and not page.is_bare]
        assert len(pages) == 12, size
        path = tmp_path / "kinds.pdf"
        path.write_bytes(data)
        high = book.master.high / 25.4 * 72
        for _x, y in re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)"', sheets.run("pdftotext", "-bbox", path, "-")):
            assert float(y) <= high


def test_an_empty_table_of_a_handbook_is_a_table(tmp_path: Path) -> None:
    heads = sheets.handbook(1).chapters[1].parts[2].headings  # type: ignore[union-attr]
    view = dataclasses.replace(
        sheets.handbook(1),
        chapters=(
            ChapterView(
                "a",
                "台账",
                (Listed("没有内容", heads, ()), Listed("一行", heads, (TableLine("甲", ("甲", "1", "2", "乙")),))),
            ),
        ),
    )
    path = tmp_path / "empty.pdf"
    path.write_bytes(handbook.draw(view))
    assert "没有内容" in sheets.text_of(path)
