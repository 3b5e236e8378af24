"""Opening files: text tables in every encoding, web pages, and sentences for what is no spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.exchange.workbook import open_sheets
from tests.exchange.townships import Rows, book, text_table

ROWS: Rows = [["姓名", "电话", "备注"], ["张三", "14100000001", "甲,乙"], ["李䶮", "14100000002", ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables(tmp_path: Path, encoding: str, delimiter: str) -> None:
    (sheet,) = open_sheets(text_table(tmp_path / "表.csv", ROWS, encoding, delimiter))
    assert sheet.rows == ROWS


def test_merged_cells_and_several_sheets(tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx", {"一": [["题", ""], ["a", "b"]], "二": [["c"]]}, {"一": [(0, 0, 0, 1)]})
    first, second = open_sheets(path)
    assert (first.name, second.name) == ("一", "二")
    assert first.merged == [(0, 0, 0, 1)] and second.merged == []


def test_web_page_that_calls_itself_a_spreadsheet(tmp_path: Path) -> None:
    page = "<html><table><tr><th rowspan=2>村</th><th colspan=2>人</th></tr><tr><th>姓名</th><th>电话</th></tr>"
    page += "<tr><td>红岩村</td><td>张&nbsp;三</td><td>14100000001</td></tr></table></html>"
    path = tmp_path / "导出.xls"
    path.write_bytes(page.encode("gb18030"))
    (sheet,) = open_sheets(path)
    assert sheet.rows == [["村", "人", ""], ["", "姓名", "电话"], ["红岩村", "张\xa0三", "14100000001"]]
    assert sheet.merged == [(0, 0, 1, 0), (0, 1, 0, 2)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空文件"),
        (b"PK\x03\x04" + b"junk" * 50, "不是表格文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "不是表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("只有一句话".encode(), "没有表格"),
    ],
)
def test_what_is_no_spreadsheet_ends_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(OfficeError, match=sentence) as caught:
        open_sheets(path)
    assert caught.value.do and caught.value.safe


def test_damaged_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx", {"一": ROWS})
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(OfficeError, match="损坏"):
        open_sheets(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="找不到"):
        open_sheets(tmp_path / "没有.xlsx")
