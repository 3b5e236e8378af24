"""Lists written as xlsx, and error copies that go in again once corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.exchange import plan as importing
from gridoffice.exchange.export import REASON, error_copies, write_list
from tests.exchange import townships


def test_list_keeps_numbers_whole_and_formulas_dead(tmp_path: Path) -> None:
    rows: townships.Rows = [["=1+1", "110105199001010010", 12, date(2026, 11, 20)], ["@张三", "", None, None]]
    write_list(tmp_path / "单.xlsx", "人员[表]", ["姓名", "身份证号", "数", "日期"], rows, note="2026年11月")
    page = openpyxl.load_workbook(tmp_path / "单.xlsx").active
    assert page is not None
    assert [cell.value for cell in page[3]] == ["姓名", "身份证号", "数", "日期"]
    first = list(page[4])
    assert [first[0].value, first[1].value, first[2].value] == ["=1+1", "110105199001010010", 12]
    assert [first[0].data_type, first[1].data_type, first[2].data_type] == ["s", "s", "n"]
    assert page.freeze_panes == "A4" and page.title == "人员　表　"


def test_list_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="写不进去"):
        write_list(tmp_path / "没有这个夹" / "单.xlsx", "表", ["一"], [["二"]])


@pytest.mark.parametrize("name", ["c居民.csv", "c居民.xlsx"])
def test_error_copy_is_marked_and_goes_in_again(office: Office, tmp_path: Path, name: str) -> None:
    office.on = date(2026, 11, 20)
    town = townships.plain(tmp_path)
    ledger = town.paths[0]
    if name.endswith("xlsx"):
        from gridoffice.exchange.workbook import open_sheets

        rows = open_sheets(ledger)[0].rows
        town.paths[0] = townships.book(tmp_path / name, {"居民": rows})
    made = importing.run(office, town.paths)
    table = next(table for table in made.tables if table.kind == "residents")
    result = next(sheet for sheet in made.sheets if sheet.kind == "residents")
    (tmp_path / "错").mkdir()
    (copy,) = error_copies(made, tmp_path / "错")
    assert copy.name == f"c居民_{table.sheet.name}_错误表.xlsx"
    book = openpyxl.load_workbook(copy)
    page = book.active
    assert page is not None
    assert page.cell(1, 12).value == REASON
    wrong = page.cell(10, 6)
    assert wrong.fill.start_color.rgb == "FFF8C9C9" and wrong.comment is not None
    assert "最后一位对不上" in wrong.comment.text and "最后一位对不上" in str(page.cell(10, 12).value)
    page.cell(19, 7).value = "14100000999"
    book.save(copy)
    again = importing.run(office, [copy])
    (sheet,) = again.sheets
    assert (sheet.new, sheet.changed, sheet.wrong) == (1, 0, result.wrong - 1)
