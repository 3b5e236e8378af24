"""Spreadsheets out: any list as xlsx, and the error copy of an office's own sheet."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.exchange.plan import Plan
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import Problem, SheetResult
from gridoffice.exchange.values import Cell

REASON = "导入提示"
"""Heading of the column of reasons in an error copy; the importer passes over it."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_MAX_WIDTH = 48
MEASURED = 500  # rows whose texts decide how wide a column is


def write_list(
    path: Path,
    title: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str = "",
    note: str = "",
) -> Path:
    """Write a list as xlsx: heading fixed on the screen, filter buttons, ID numbers and telephones as text.

    Rows are written as they come, so that a county's list needs no more memory than a village's. What begins like a
    formula is written as text and never as a formula. Raises OfficeError when the file cannot be written (open in a
    spreadsheet program, no room); when asking for the rows fails or is cancelled, no half file is left.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        path.open("ab").close()  # told before the rows are asked for, not after
    except OSError as error:
        raise _not_written(path) from error
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd", **options})
    page = book.add_worksheet(_sheet_name(sheet or title))
    try:
        _fill(book, page, title, titles, rows, note)
        book.close()
    except (OSError, FileCreateError) as error:
        raise _not_written(path) from error
    except BaseException:
        book.close()
        path.unlink(missing_ok=True)
        raise
    return path


def _fill(book: Any, page: Any, title: str, titles: Sequence[str], rows: Iterable[Sequence[Any]], note: str) -> None:
    """Title, heading, rows, then widths (by the first rows), filter buttons and paper."""
    book.set_properties({"title": title, "comments": "由网格办程序导出"})
    heading = book.add_format({"bold": True, "bg_color": "#E8EEF5", "bottom": 1, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    top = 2 if note else 1
    page.set_row(0, 26)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 15}))
    if note:
        page.write_string(1, 0, note)
    for column, name in enumerate(titles):
        page.write_string(top, column, name, heading)
    widths = [_width(name) for name in titles]
    last = top
    for last, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            kept = _plain(value)
            if kept is None:
                continue
            if isinstance(kept, str):
                page.write_string(last, column, kept, text)
            else:
                page.write(last, column, kept)
            if last <= top + MEASURED:
                widths[column] = max(widths[column], _width(kept))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(width, _MAX_WIDTH) + 2, text)
    page.freeze_panes(top + 1, 0)
    if titles and last > top:
        page.autofilter(top, 0, last, len(titles) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)


def _plain(value: Any) -> Any:
    """A value as a cell takes it; nothing for an empty text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return None if value == "" else value


def _not_written(path: Path) -> OfficeError:
    return OfficeError(
        f"“{path.name}”写不进去，可能正被表格软件打开，或磁盘已满",
        safe="办公文件没有改动",
        do="请关闭表格软件、换一个位置或文件名后再试",
    )


def _width(value: Any) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in str(value if value is not None else ""))


def _sheet_name(title: str) -> str:
    return "".join("　" if char in "[]:*?/\\" else char for char in title)[:31] or "表"


def error_copies(made: Plan, folder: Path) -> list[Path]:
    """Write an error copy of every sheet with problems into a folder, named after file and sheet; gives the paths."""
    written = []
    for table, result in zip(made.tables, made.sheets, strict=True):
        if result.problems:
            name = f"{Path(result.file).stem}_{_sheet_name(result.sheet)}_错误表.xlsx"
            written.append(write_error_copy(folder / name, table, result))
    return written


def write_error_copy(path: Path, table: Table, result: SheetResult) -> Path:
    """Write a copy of the office's own sheet: wrong cells red with a comment, the reasons in a last column.

    The copy keeps the sheet's own look where it is an xlsx, and goes in again when it is corrected: rows without
    problems are the same as before, the column of reasons is passed over. Raises OfficeError.
    """
    book, page = _own_sheet(table)
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    red = PatternFill("solid", start_color="FFF8C9C9")
    columns = {column.title: column.index + 1 for column in table.columns if column.title}
    last = max((column.index for column in table.columns if column.title), default=0) + 2
    titled = page.cell(table.top + 1, last, REASON)
    titled.font = Font(bold=True, color="FFB42318")
    page.column_dimensions[titled.column_letter].width = 60
    told: dict[int, list[Problem]] = {}
    for problem in result.problems:
        told.setdefault(problem.row, []).append(problem)
    for row, problems in told.items():
        for problem in problems:
            cell = page.cell(row, columns.get(problem.column, 1))
            if not problem.is_notice:
                cell.fill = red
            cell.comment = Comment(f"{problem.title}：{problem.reason}", "网格办程序", width=320, height=90)
        reason = page.cell(row, last, _as_text("；".join(f"{p.column}：{p.reason}" for p in problems)))
        reason.alignment = Alignment(wrap_text=True, vertical="top")
    try:
        book.save(path)
    except OSError as error:
        raise _not_written(path) from error
    return path


def _own_sheet(table: Table) -> tuple[Any, Any]:
    import openpyxl

    source = table.sheet.path
    if source is not None and source.suffix.lower() in (".xlsx", ".xlsm"):
        try:
            book = openpyxl.load_workbook(source)
        except (OSError, ValueError, KeyError) as error:
            raise OfficeError(f"读不了“{source.name}”", safe="没有写入任何内容", do="请确认文件还在原处") from error
        for name in book.sheetnames:
            if name != table.sheet.name:
                del book[name]
        return book, book[table.sheet.name]
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = _sheet_name(table.sheet.name)
    for row, cells in enumerate(table.sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            _copy(page, row, column, cell)
    return book, page


def _copy(page: Any, row: int, column: int, value: Cell) -> None:
    if value is None or value == "":
        return
    cell = page.cell(row, column)
    cell.value = _as_text(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.number_format = "@"
        cell.data_type = "s"


def _as_text(text: str) -> str:
    """Keep a text from being taken for a formula."""
    return f"'{text}" if text.startswith(_RISKY) and not text.lstrip("+-").replace(".", "").isdigit() else text
