"""Lists on the command line: the same declared lists as on the screen."""

from __future__ import annotations

import argparse
import unicodedata
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load, modules
from gridoffice.db.office import Office
from gridoffice.domain import past
from gridoffice.domain.listing import Listing, Query, word_of


def listing(key: str) -> Listing:
    """The declared list of a key; raises OfficeError when no module has it."""
    for module in modules():
        for found in load(module.listings) if module.listings else ():
            if found.key == key:
                return found  # type: ignore[no-any-return]
    raise OfficeError(f"没有名为“{key}”的清单", do="用 gridoffice list --help 查看有哪些")


def figures(office: Office, args: argparse.Namespace) -> dict[str, Any]:
    """{"count": n, "rows": [...]} of a list as asked on the line."""
    wanted = listing(args.what)
    view = wanted.due_view if args.due else "" if args.all else wanted.main_view
    if args.due and not wanted.due_view:
        raise OfficeError(f"“{wanted.title}”没有到期一说", do="请去掉 --due")
    if args.as_of is not None:
        past.check(args.as_of, office.today())
        if not wanted.is_dated:
            raise OfficeError(f"“{wanted.title}”不能按过去某一天列", do="--as-of 只用于 grids 和 staff")
        office.as_of = args.as_of
    on = wanted.day(office)
    ids = wanted.ids(office, Query(on=on, text=args.search, view=view))
    if args.full and any(column.is_masked for column in wanted.columns):
        if not args.reason.strip():
            raise OfficeError("列出完整号码要说明用途", safe="没有列出任何内容", do="请加上 --reason 用途")
        office.note_look("export", f"名单 {wanted.title}，{len(ids)} 条（命令行）", args.reason.strip())
    return {"list": args.what, "on": on.isoformat(), **rows(office, wanted, ids, masked=not args.full)}


def rows(office: Office, wanted: Listing, ids: list[int], *, masked: bool) -> dict[str, Any]:
    """{"count": n, "rows": [...]} of some records of a list."""
    texts = wanted.rows(office, ids, wanted.day(office), masked=masked)
    found = []
    for number in ids:
        cells = [word_of(column, text) for column, text in zip(wanted.columns, texts[number], strict=True)]
        found.append({"id": number, **dict(zip((column.key for column in wanted.columns), cells, strict=True))})
    return {"count": len(found), "rows": found}


def table(args: argparse.Namespace, figures: dict[str, Any]) -> str:
    """The list as lines with columns under each other, Chinese letters counted as two."""
    columns = [column for column in listing(args.what).columns if not column.is_extra]
    lines = [[column.title for column in columns]]
    lines += [[row[column.key] for column in columns] for row in figures["rows"]]
    widths = [min(40, max(map(_width, cells))) for cells in zip(*lines, strict=True)]
    shown = [
        "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    return "\n".join([*shown, f"共 {figures['count']} 条"])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    while _width(text) > width:
        text = text[:-2] + "…"
    return text + " " * (width - _width(text))
