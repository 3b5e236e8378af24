"""Taking files in on the command line: dry run, import, report, undo of a batch."""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from gridoffice import opening
from gridoffice.core.errors import OfficeError
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import setup
from gridoffice.exchange import plan
from gridoffice.exchange.report import PROBLEMS, SheetResult

SHOWN = 5  # wrong rows told per kind and sheet; all of them stand in the report


def take_in(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Import files, or undo an import; an office file that is not there yet is made."""
    if args.undo is not None:
        with closing(opening.open_named(args)) as office:
            name = office.undo(args.undo)
        return {"undone": args.undo, "name": name}, f"已撤销第 {args.undo} 批：{name}。"
    if not args.paths:
        raise OfficeError("没有给出要导入的文件", do="例如：gridoffice import 网格.xlsx 居民.xlsx 照片文件夹")
    where = opening.target(args)
    if store.is_url(where) or Path(where).exists():
        with closing(opening.open_named(args)) as office:
            return _import(office, args)
    return _into_new(Path(where), args)


def _into_new(where: Path, args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Import into a file that is made for it; a dry run makes it in a scratch folder, a failure takes it away."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "试导入.office" if args.dry_run else where
        office = store.create(place)
        try:
            with closing(office):
                office.on = args.on
                setup.prepare(office)
                figures, words = _import(office, args)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    return figures, words if args.dry_run else f"已新建办公文件 {where}，钥匙由本机保管。\n{words}"


def _import(office: Office, args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    made = plan.run(office, args.paths, dry_run=args.dry_run)
    report = made.report()
    if args.report:
        args.report.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    return report, _words(made, args.dry_run)


def _words(made: plan.Plan, dry_run: bool) -> str:
    lines = []
    for sheet in made.sheets:
        lines.append(
            f"{sheet.file} · {sheet.sheet}（{sheet.title}）："
            f"新增 {sheet.new}，改动 {sheet.changed}，相同 {sheet.same}，修正 {sheet.repaired}，有错 {sheet.wrong}"
        )
        lines += _problems(sheet)
    if made.photos.matched or made.photos.same or made.photos.unmatched:
        photos = made.photos
        lines.append(f"照片：放入 {photos.matched}，相同 {photos.same}，没找到人 {len(photos.unmatched)}")
    lines += [f"跳过 {skipped.file} {skipped.sheet}：{skipped.reason}".replace(" ：", "：") for skipped in made.skipped]
    if dry_run:
        lines.append("这是试导入，没有写入任何内容。")
    elif made.batch is None:
        lines.append("没有需要写入的内容。")
    else:
        lines.append(f"已写入，批次 {made.batch}；撤销：gridoffice import --undo {made.batch}")
    return "\n".join(lines)


def _problems(sheet: SheetResult) -> list[str]:
    lines = []
    for kind, rows in sheet.by_kind().items():
        first = next(problem for problem in sheet.problems if problem.kind == kind)
        numbers = "、".join(map(str, rows[:SHOWN])) + (f" 等 {len(rows)} 行" if len(rows) > SHOWN else "")
        lines.append(f"    {PROBLEMS[kind]}：第 {numbers}；例如“{first.value}”：{first.reason}")
    return lines
