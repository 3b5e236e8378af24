"""An import from start to end: open files, recognise sheets, dry run, one undoable batch, report."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.db.unit import Unit, tables_by_name
from gridoffice.domain import setup
from gridoffice.exchange.kinds import SheetKind, sheet_kinds
from gridoffice.exchange.photos import PICTURES, Photo, plan_photos, write_photos
from gridoffice.exchange.recognise import Table, recognise
from gridoffice.exchange.report import PhotoResult, SheetResult, Skipped
from gridoffice.exchange.store import Store
from gridoffice.exchange.synonyms import forbidden_word, synonyms
from gridoffice.exchange.values import text_of
from gridoffice.exchange.work import Work
from gridoffice.exchange.workbook import SPREADSHEETS, Sheet, open_sheets


@dataclass(slots=True)
class Plan:
    """A dry run: what each sheet would bring, what was skipped, which photos found their person."""

    paths: list[Path]
    sheets: list[SheetResult] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    photos: PhotoResult = field(default_factory=PhotoResult)
    batch: int | None = None
    stamp: int = 0
    work: Work | None = None
    photo_work: list[Photo] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        """True when applying would write something."""
        stores = self.work.stores.values() if self.work else ()
        return bool(self.photo_work) or any(store.new or store.changes for store in stores)

    def total(self, name: str) -> int:
        """Sum of a count (new, changed, same, repaired, wrong) over all sheets."""
        return sum(int(getattr(sheet, name)) for sheet in self.sheets)

    def report(self) -> dict[str, Any]:
        """The whole as plain data, for `--report` and for reading on screen."""
        return {
            "batch": self.batch,
            "sheets": [sheet.as_dict() for sheet in self.sheets],
            "skipped": [{"file": s.file, "sheet": s.sheet, "reason": s.reason} for s in self.skipped],
            "photos": self.photos.as_dict(),
        }

    def name(self) -> str:
        """The batch's name in the log: which files it took in."""
        files = list(dict.fromkeys(Path(sheet.file).stem for sheet in self.sheets))
        if self.photos.matched:
            files.append(f"照片 {self.photos.matched} 张")
        return "导入：" + "、".join(files[:5]) + ("等" if len(files) > 5 else "")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold the collector of cyclic garbage: walking through all the rows just read took a third of an import."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def plan(
    office: Office,
    paths: list[Path],
    *,
    kinds: dict[str, SheetKind] | None = None,
    progress: Progress = silent,
) -> Plan:
    """Try an import of files and folders, in any order, without writing anything.

    A file or sheet that is not known is named and skipped. Raises OfficeError when nothing at all can be taken in.
    """
    with _undisturbed():
        return _plan(office, paths, sheet_kinds() if kinds is None else kinds, progress)


def _plan(office: Office, paths: list[Path], kinds: dict[str, SheetKind], progress: Progress) -> Plan:
    made = Plan(list(paths))
    books, pictures = _collect(paths, made)
    tables = []
    for number, path in enumerate(books):
        progress(number, len(books) + 1, f"正在读取 {path.name}")
        tables += _tables(path, kinds, made)
    tables.sort(key=lambda table: kinds[table.kind].order)
    with office.read() as session:
        made.stamp = _stamp(session)
        made.work = work = Work(session, office.today())
        work.tables, work.titles = tables, _titles(tables, paths)
        for number, table in enumerate(tables):
            progress(number, len(tables) + 1, f"正在核对 {table.sheet.file}：{table.sheet.name}")
            made.sheets.append(_plan_sheet(work, table, kinds[table.kind]))
        work.finish()
        made.photo_work = plan_photos(work, pictures, made.photos)
    made.tables = tables
    if not made.sheets and not pictures:
        raise _nothing(made)
    return made


def _nothing(made: Plan) -> OfficeError:
    # Of each file only what happened; what is safe and what to do stands once at the end.
    reasons = "；".join(f"{s.file}：{s.reason.split('。')[0]}" for s in made.skipped[:3])
    return OfficeError(
        f"没有认出可以导入的表（{reasons}）" if reasons else "没有认出可以导入的表",
        safe="没有写入任何内容",
        do="请选择网格、网格员、居民、巡查、随访、场所或检查的表格",
    )


def _collect(paths: list[Path], made: Plan) -> tuple[list[Path], list[Path]]:
    books: list[Path] = []
    pictures: list[Path] = []
    for path in _files(paths):
        ending = path.suffix.lower()
        if path.name.startswith(("~$", ".~", ".")):
            continue
        if not path.exists():
            made.skipped.append(Skipped(path.name, "", "找不到这个文件，请核对位置"))
        elif ending in PICTURES:
            pictures.append(path)
        elif ending in SPREADSHEETS:
            books.append(path)
        else:
            made.skipped.append(Skipped(path.name, "", "不是表格也不是照片，已跳过"))
    return books, pictures


def _files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _tables(path: Path, kinds: dict[str, SheetKind], made: Plan) -> list[Table]:
    try:
        sheets = open_sheets(path)
    except OfficeError as error:
        made.skipped.append(Skipped(path.name, "", error.sentence))
        return []
    found = []
    for sheet in sheets:
        if sheet.is_empty:
            if len(sheets) == 1:
                made.skipped.append(Skipped(path.name, sheet.name, "空表，已跳过"))
            continue
        table = None if sheet.is_hidden else recognise(sheet)
        if table is None or table.kind not in kinds:
            made.skipped.append(Skipped(path.name, sheet.name, _why_skipped(sheet)))
        elif word := _forbidden(table):
            reason = f"“{word}”一类的名册按规定不登记，整张表未导入"
            made.skipped.append(Skipped(path.name, sheet.name, reason))
        else:
            found.append(table)
    return found


def _forbidden(table: Table) -> str:
    """The word by which a whole list of persons must not be kept (domain reference, registers of the seeds)."""
    if not synonyms().kinds[table.kind].about_persons:
        return ""
    return forbidden_word("|".join([Path(table.sheet.file).stem, table.sheet.name, *table.titles[:2]]))


def _why_skipped(sheet: Sheet) -> str:
    if sheet.is_hidden:
        return "隐藏的工作表，已跳过；需要时请取消隐藏再导入"
    widest = max(sheet.rows[:15], key=lambda row: sum(cell not in ("", None) for cell in row), default=[])
    heads = [text_of(cell) for cell in widest if text_of(cell)][:6]
    return f"没有认出这是哪一种表（“{'、'.join(heads)}”），已跳过"


def _titles(tables: list[Table], paths: list[Path]) -> list[str]:
    lines = [line for table in tables for line in table.titles]
    return [*lines, *(path.stem for path in paths), *(path.resolve().parent.name for path in paths)]


def _plan_sheet(work: Work, table: Table, kind: SheetKind) -> SheetResult:
    result = SheetResult(table.sheet.file, table.sheet.name, kind.key, kind.title)
    result.columns = [(column.title, column.field) for column in table.columns if column.title]
    kind.plan(work, table, result)
    kept_out = [column.title for column in table.columns if column.forbidden]
    if kept_out:
        result.notices.append(f"按规定不登记的列未写入：{'、'.join(kept_out)}")
    left = [column.title for column in table.unused if not column.forbidden]
    if left:
        result.notices.append(f"没有用到的列：{'、'.join(left)}")
    result.problems.sort(key=lambda problem: problem.row)
    return result


def _stamp(session: Session) -> int:
    return session.scalar(select(func.max(AuditUnit.id))) or 0


class _Moved(Exception):
    """The office was changed between dry run and writing."""


def apply(
    office: Office, made: Plan, *, kinds: dict[str, SheetKind] | None = None, progress: Progress = silent
) -> Plan:
    """Write a dry run as one batch that can be undone; the plan's `batch` is the unit's id, None when nothing changed.

    When the office was changed since the dry run, the files are looked through again first.
    """
    for _attempt in range(3):
        if not made.changes_anything:
            return made
        try:
            with _undisturbed():
                made.batch = _write(office, made, progress)
        except _Moved:
            made = plan(office, made.paths, kinds=kinds, progress=progress)
            continue
        return made
    raise OfficeError("办公文件一直在被别处修改，没有导入", safe="没有写入任何内容", do="请稍后再试")


def _write(office: Office, made: Plan, progress: Progress) -> int:
    work = made.work
    assert work is not None
    with office.unit(made.name(), kind="import") as session:
        unit: Unit = session.info["unit"]
        if _stamp(session) != made.stamp:
            raise _Moved
        ids: dict[str, list[int]] = {}
        for store in _in_order(work):
            progress(0, 0, f"正在写入 {len(store.new) + len(store.changes)} 条")
            store.write(unit, ids)
        planned = {-place - 1: row_id for place, row_id in enumerate(ids.get("staff", []))}
        write_photos(unit, made.photo_work, planned, made.photos)
        setup.take_name(session)
        unit.record.info = _info(made)
        session.flush()
        record = unit.record
    made.work, made.photo_work = None, []
    return record.id


def _in_order(work: Work) -> list[Store]:
    """The tables with something to write, each after those its rows point at."""
    waiting = [work.stores[name] for name in tables_by_name() if name in work.stores]
    waiting = [store for store in waiting if store.new or store.changes]
    ordered: list[Store] = []
    while waiting:
        names = {store.table.name for store in waiting}
        ready = [store for store in waiting if not names & (set(store.parents.values()) - {store.table.name})]
        ordered += ready
        waiting = [store for store in waiting if store not in ready]
    return ordered


def _info(made: Plan) -> dict[str, Any]:
    return {
        "sheets": [
            {"file": s.file, "sheet": s.sheet, "kind": s.kind, "title": s.title, "new": s.new, "changed": s.changed}
            | {"same": s.same, "repaired": s.repaired, "wrong": s.wrong}
            for s in made.sheets
        ],
        "photos": made.photos.matched,
        "on": date.today().isoformat(),
    }


def run(office: Office, paths: list[Path], *, dry_run: bool = False, progress: Progress = silent) -> Plan:
    """Take files and folders in: dry run, and unless `dry_run` the writing."""
    made = plan(office, paths, progress=progress)
    return made if dry_run else apply(office, made, progress=progress)
