"""The rows an import's dialog shows: sheets, wrong cells, changes, notices; numbers of persons are hidden in them."""

from __future__ import annotations

from pathlib import Path

from gridoffice.exchange.plan import Plan
from gridoffice.ui.mask import mask

COUNTS = (
    ("new", "新增", "done"),
    ("changed", "改动", "soon"),
    ("same", "相同", ""),
    ("repaired", "自动修正", ""),
    ("wrong", "有错，不写入", "late"),
)
"""What is counted of each sheet: attribute, word, tone."""

SHEETS = ("import", 0)
"""The files of an import as something whose numbers can be revealed."""

ID_WORDS, PHONE_WORDS = ("身份", "证件"), ("电话", "手机", "联系方式", "联系号码")


def veiled(column: str, value: str) -> str:
    """A cell of the office's own sheet: the numbers of persons hidden, damaged ones too, until they are revealed."""
    if any(word in column for word in ID_WORDS):
        return mask.id_number(value, SHEETS)
    if any(word in column for word in PHONE_WORDS):
        return mask.phone(value, SHEETS)
    return mask.note(value, SHEETS)


def wrong_rows(made: Plan) -> list[tuple[str, ...]]:
    """The wrong cells: sheet, row, column, what stands there, why it is wrong."""
    return [
        (sheet.sheet, str(one.row), one.column, veiled(one.column, one.value), mask.note(one.reason, SHEETS))
        for sheet in made.sheets
        for one in sheet.problems
        if not one.is_notice
    ]


def changed_rows(made: Plan) -> list[tuple[str, ...]]:
    """What would change: sheet, row, who, which field, from what to what."""
    return [
        (sheet.sheet, str(one.row), one.who, one.field, f"{_old(one.field, one.old)} → {veiled(one.field, one.new)}")
        for sheet in made.sheets
        for one in sheet.differences
    ]


def _old(field: str, text: str) -> str:
    return veiled(field, text) or "空"


def error_copies(made: Plan, folder: Path) -> list[Path]:
    """Write an error copy of each sheet that has wrong rows into a folder."""
    from gridoffice.exchange import export

    found = []
    for table, result in zip(made.tables, made.sheets, strict=True):
        if result.wrong:
            name = f"{Path(result.file).stem}_{result.sheet}_待改正.xlsx"
            path = folder / "".join("_" if char in '\\/:*?"<>|' else char for char in name)
            found.append(export.write_error_copy(path, table, result))
    return found


def sheet_rows(made: Plan) -> list[tuple[str, ...]]:
    """One row for each sheet with its counts, then the photos and what was passed over."""
    rows = [
        (s.file, s.sheet, s.title, *(f"{getattr(s, key):,}" for key, _, _ in COUNTS), "，".join(s.notices))
        for s in made.sheets
    ]
    photos = made.photos
    if photos.matched or photos.same or photos.unmatched:
        left = f"{len(photos.unmatched)} 张没找到人" if photos.unmatched else ""
        rows.append(
            ("照片", "", "照片", str(photos.matched), "0", str(photos.same), "0", str(len(photos.refused)), left)
        )
    rows += [(one.file, one.sheet, "跳过", "", "", "", "", "", one.reason) for one in made.skipped]
    return rows


def notice_rows(made: Plan) -> list[tuple[str, ...]]:
    """What should be known and is no mistake."""
    rows: list[tuple[str, ...]] = [(f"{s.file} {s.sheet}", notice) for s in made.sheets for notice in s.notices]
    rows += [
        (f"{s.file} {s.sheet}", f"第 {p.row} 行“{veiled(p.column, p.value)}”：{mask.note(p.reason, SHEETS)}")
        for s in made.sheets
        for p in s.problems
        if p.is_notice
    ]
    rows += [("照片", f"“{name}”没有找到对应的人") for name in made.photos.unmatched]
    rows += [("照片", f"“{name}”不是能认出的照片") for name in made.photos.refused]
    rows += [(f"{one.file} {one.sheet}".strip(), one.reason) for one in made.skipped]
    return rows
