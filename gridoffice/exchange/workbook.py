"""Opening spreadsheets as they are: xlsx, xls, ods, csv and tables saved as web pages become sheets of cells."""

import csv
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

from gridoffice.core.errors import OfficeError
from gridoffice.exchange.values import Cell

SPREADSHEETS = frozenset([".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb", ".csv", ".txt", ".tsv", ".htm", ".html"])
"""Endings a person may choose; what a file really is decides its content."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells; counted from 0."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAFE = "原文件没有改动，也没有写入任何内容"


@dataclass(slots=True)
class Sheet:
    """One sheet: its cells row by row from sheet row 1, and which cells are merged."""

    file: str
    name: str
    rows: list[list[Cell]]
    merged: list[Area] = field(default_factory=list)
    is_hidden: bool = False
    path: Path | None = None

    @property
    def narrowest(self) -> int:
        """Number of cells of the shortest row; a csv has ragged rows."""
        return min(map(len, self.rows), default=0)

    @property
    def is_empty(self) -> bool:
        """True when no cell holds anything."""
        return not any(cell not in ("", None) for row in self.rows for cell in row)


def open_sheets(path: Path) -> list[Sheet]:
    """Read every sheet of a spreadsheet file.

    Raises OfficeError with a sentence when the file is missing, in use, locked by a password, damaged, empty or
    not a spreadsheet at all.
    """
    content = _bytes_of(path)
    if not content.strip():
        raise OfficeError(f"“{path.name}”是空文件", safe=_SAFE, do="请核对文件后再选")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise OfficeError(f"“{path.name}”有打开密码", safe=_SAFE, do="请在表格软件中去掉密码、另存后再导入")
        return _from_calamine(path, content)
    if content.startswith(b"PK"):
        return _from_calamine(path, content)
    if _looks_like_web_page(content):
        return [_from_web_page(path, content)]
    return [_from_text(path, content)]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise OfficeError(f"找不到文件“{path.name}”", safe=_SAFE, do="请核对位置后再选") from error
    except PermissionError as error:
        what = f"“{path.name}”打不开，可能正被别的程序使用"
        raise OfficeError(what, safe=_SAFE, do="请关闭表格软件后再试") from error
    except OSError as error:
        raise OfficeError(f"读不了文件“{path.name}”", safe=_SAFE, do="请换一个位置保存后再试") from error


def _from_calamine(path: Path, content: bytes) -> list[Sheet]:
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _sheets_of(path, book)
    except (python_calamine.PasswordError, python_calamine.CalamineError, OSError, ValueError) as error:
        if "assword" in str(error):
            raise OfficeError(f"“{path.name}”有打开密码", safe=_SAFE, do="请去掉密码、另存后再导入") from error
        if content.startswith(b"PK") and not _is_workbook(content):
            raise OfficeError(f"“{path.name}”不是表格文件", safe=_SAFE, do="请选择 xlsx、xls 或 csv 文件") from error
        raise OfficeError(
            f"“{path.name}”已损坏或不是表格文件", safe=_SAFE, do="请用表格软件打开、另存后再导入"
        ) from error


def _is_workbook(content: bytes) -> bool:
    return b"workbook." in content or b"content.xml" in content


def _sheets_of(path: Path, book: object) -> list[Sheet]:
    import python_calamine

    assert isinstance(book, python_calamine.CalamineWorkbook)
    sheets = []
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        data = book.get_sheet_by_name(meta.name)
        rows = cast(list[list[Cell]], data.to_python(skip_empty_area=False))
        areas = [(top[0], top[1], end[0], end[1]) for top, end in data.merged_cell_ranges or []]
        hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
        sheets.append(Sheet(path.name, meta.name, rows, areas, hidden, path))
    return sheets


def _from_text(path: Path, content: bytes) -> Sheet:
    text = decode(content)
    if text is None:
        raise OfficeError(f"“{path.name}”不是表格文件", safe=_SAFE, do="请选择 xlsx、xls 或 csv 文件")
    delimiter = _delimiter(text)
    try:
        rows: list[list[Cell]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise OfficeError(f"“{path.name}”不是完整的 csv 表", safe=_SAFE, do="请另存为 xlsx 后再导入") from error
    if max((len(row) for row in rows), default=0) < 2:
        raise OfficeError(f"“{path.name}”里没有表格", safe=_SAFE, do="请选择 xlsx、xls 或 csv 文件")
    return Sheet(path.name, path.stem, rows, path=path)


def decode(content: bytes) -> str | None:
    """Turn the bytes of a csv into text (UTF-8, UTF-16, GB18030); None when they are no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(content, "utf-16")
    if b"\x00" in content[:4096]:
        even, odd = content[:4096:2].count(0), content[1:4096:2].count(0)
        return _try(content, "utf-16-le" if odd >= even else "utf-16-be")
    for encoding in ("utf-8-sig", "gb18030", "big5"):
        text = _try(content, encoding)
        if text is not None:
            return text
    return None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    strange = sum(1 for char in text[:4000] if not (char.isprintable() or char in "\r\n\t\u3000\ufeff\xa0"))
    return None if strange > len(text[:4000]) // 50 else text


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    return max("\t,;|，", key=lambda sign: (sum(min(line.count(sign), 40) for line in lines), sign == ","))


def _looks_like_web_page(content: bytes) -> bool:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) or (
        b"<html" in head and head.startswith(b"<")
    )


class _Table(HTMLParser):
    """Collects the cells of the tables of a web page, spans included."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self.merged: list[Area] = []
        self._open = False
        self._text: list[str] = []
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._open, self._text = True, []
        elif tag == "br":
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("td", "th") or not self._open:
            return
        if not self.rows:
            self.rows.append([])
        row, number = self.rows[-1], len(self.rows) - 1
        self._skip_covered(row, number)
        down, across = self._span
        if down > 1 or across > 1:
            self.merged.append((number, len(row), number + down - 1, len(row) + across - 1))
        row.extend([re.sub(r"[ \t\r\n]+", " ", "".join(self._text)).strip()] + [""] * (across - 1))
        self._open = False

    def _skip_covered(self, row: list[Cell], number: int) -> None:
        while any(a[0] < number <= a[2] and a[1] <= len(row) <= a[3] for a in self.merged[-40:]):
            row.append("")


def _span(value: str | None) -> int:
    return min(int(value), 500) if value and value.isdigit() and int(value) > 0 else 1


def _from_web_page(path: Path, content: bytes) -> Sheet:
    table = _Table()
    table.feed(decode(content) or "")
    if not any(len(row) > 1 for row in table.rows):
        raise OfficeError(f"“{path.name}”里没有表格", safe=_SAFE, do="请选择 xlsx、xls 或 csv 文件")
    width = max(len(row) for row in table.rows)
    rows: list[list[Cell]] = [row + [""] * (width - len(row)) for row in table.rows]
    return Sheet(path.name, path.stem, rows, table.merged, path=path)
