"""Any list as a table on A4: hairlines, the head repeated, page numbers, cells on as many lines as they need."""

from __future__ import annotations

from collections.abc import Iterator

from gridoffice.papers import flow
from gridoffice.papers.blocks import Block, Book, Master, Page, Solid
from gridoffice.papers.columns import Column, Look, natural
from gridoffice.papers.drawing import QUIET, Sheet
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.rows import Table
from gridoffice.papers.views import TableView

MARGIN, TOP, FOOT = 14.0, 29.5, 14.0
LOOK = Look(9.0, 4.3, 1.6, 1.3)
SIGNED = 16.0  # mm of the line to sign on


def draw(view: TableView) -> bytes:
    """The list as A4, upright or across by what its columns need."""
    columns = tuple(Column(one.title, "", one.align) for one in view.columns)
    rows = [tuple(" ".join(cell.split("\n")) for cell in row) for row in view.rows]
    is_across = sum(natural(columns, rows, LOOK)) > 210 - 2 * MARGIN
    wide, high = (297.0, 210.0) if is_across else (210.0, 297.0)
    master = Master(wide, high, MARGIN, MARGIN, TOP, FOOT, is_two_sided=False)
    book = flow.place(list(_blocks(view, columns, rows)), master)
    sheet = Sheet(wide, high, title=view.title)
    flow.draw(sheet, book, lambda sheet, page, book: _furniture(sheet, page, book, view))
    return sheet.finish()


def _blocks(view: TableView, columns: tuple[Column, ...], rows: list[tuple[str, ...]]) -> Iterator[Block]:
    yield Table(columns, rows, LOOK, after=0)

    def paint(sheet: Sheet, x: float, y: float, wide: float) -> None:
        sheet.text(x, y + 11, f"{view.signers[0]}：＿＿＿＿＿＿＿", 9.5)
        sheet.text(x + wide / 2, y + 11, f"{view.signers[1]}：＿＿＿＿＿＿＿", 9.5, align="centre")
        sheet.text(x + wide, y + 11, "日期：＿＿＿＿年＿＿月＿＿日", 9.5, align="right")

    yield Solid(SIGNED, paint)


def _furniture(sheet: Sheet, page: Page, book: Book, view: TableView) -> None:
    wide, high = book.master.wide, book.master.high
    sheet.fit(wide / 2, 17, view.title, 18, book.master.room, face=BOLD, align="centre")
    sheet.text(wide / 2, 24.5, view.subtitle, 9.5, ink=QUIET, align="centre")
    sheet.text(MARGIN, high - 9, view.footer, 8.5, ink=QUIET)
    told = f"第 {page.number} 页，共 {len(book.pages)} 页"
    sheet.text(wide - MARGIN, high - 9, told, 8.5, ink=QUIET, align="right")
