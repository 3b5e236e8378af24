"""The register of issued papers: numbers, what was made when, and finding a paper again by its file."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain import papers
from gridoffice.domain.certificates import CERTIFICATES
from gridoffice.domain.grids import GRID, TOWN, VILLAGE, GridUnit, current, line_above
from gridoffice.domain.paper_copies import PaperCopy
from gridoffice.domain.papers import (
    KINDS,
    IssuedPaper,
    Origin,
    PaperItem,
    digest,
    next_number,
    number_for,
)
from gridoffice.modules.documents import roll
from gridoffice.modules.documents.register import COPIES, PAPERS

LISTINGS = (PAPERS, COPIES, CERTIFICATES)

PLACES = (("templates", "文书模板", "信件模板 函 通知 告知书 一封信 改文字 占位符"),)
"""Parts of the page that the search goes to."""

__all__ = ["COPIES", "KINDS", "LISTINGS", "PAPERS", "digest", "next_number", "number_for"]


@dataclass(frozen=True)
class Issued:
    """A line of the register."""

    id: int
    number: str
    kind: str
    title: str
    made_on: date
    made_by: str
    pages: int
    is_signed: bool
    sha256: str
    file_name: str


@dataclass(frozen=True)
class UnitChoice:
    """A unit a paper can be made for."""

    id: int
    name: str
    level: int


def register(
    office: Office,
    kind: str,
    number: str,
    title: str,
    path: Path,
    pages: int,
    unit_id: int | None = None,
    *,
    origin: Origin | None = None,
) -> Issued:
    """Put a finished paper into the register under the number printed on it; the file's SHA-256 is kept."""
    return _line(papers.register(office, kind, number, title, path, pages, unit_id, origin=origin))


def _line(record: IssuedPaper) -> Issued:
    return Issued(
        record.id,
        record.number,
        record.kind,
        record.title,
        record.made_on,
        record.made_by,
        record.pages,
        record.is_signed,
        record.sha256,
        record.file_name,
    )


def issued(office: Office, paper_id: int) -> Issued:
    """A line of the register by its id; raises OfficeError when it is gone."""
    with office.read() as session:
        record = session.get(IssuedPaper, paper_id)
        if record is None:
            raise OfficeError("登记里已经没有这份文书", do="请刷新列表后再选")
        return _line(record)


def id_of(office: Office, number: str) -> int:
    """The id of the register's line of a number; raises OfficeError when there is none."""
    with office.read() as session:
        found = session.scalar(select(IssuedPaper.id).where(IssuedPaper.number == number))
    if found is None:
        raise OfficeError(f"登记里没有编号“{number}”", do="请刷新列表后再选")
    return found


def kinds_issued(office: Office) -> list[str]:
    """The kinds that stand in the register."""
    with office.read() as session:
        found = set(session.scalars(select(IssuedPaper.kind).distinct()))
    return [key for key in KINDS if key in found] + sorted(found - set(KINDS))


def paper_of_copy(office: Office, copy_id: int) -> int:
    """The paper of a copy; raises OfficeError when it is gone."""
    with office.read() as session:
        found = session.scalar(select(PaperCopy.paper_id).where(PaperCopy.id == copy_id))
    if found is None:
        raise OfficeError("这条发放登记已经没有了", do="请刷新列表后再选")
    return found


def places(office: Office) -> list[UnitChoice]:
    """Every unit that stands, from the top down."""
    wanted = select(GridUnit).where(current()).order_by(GridUnit.level, GridUnit.sort, GridUnit.code, GridUnit.id)
    with office.read() as session:
        return [UnitChoice(unit.id, unit.name, unit.level) for unit in session.scalars(wanted)]


def issued_as(office: Office, path: Path) -> Issued | None:
    """The register's line of exactly this file, if it was issued here."""
    with office.read() as session:
        wanted = select(IssuedPaper).where(IssuedPaper.sha256 == digest(path)).order_by(IssuedPaper.id.desc())
        record = session.scalars(wanted.limit(1)).first()
        return _line(record) if record else None


def rename(office: Office, paper_id: int, title: str) -> None:
    """Give a line of the register another title; raises OfficeError when it is empty."""
    title = title.strip()
    if not title:
        raise OfficeError("名称不能为空", safe="登记没有改动", do="请填写文书名称")
    line = issued(office, paper_id)
    with office.unit(f"修改文书登记：{line.number}") as session:
        session.get_one(IssuedPaper, paper_id).title = title[:120]


def strike(office: Office, paper_ids: list[int]) -> None:
    """Take lines out of the register; the files themselves stay where they are."""
    numbers = [issued(office, paper_id).number for paper_id in paper_ids]
    with office.unit(f"删除文书登记：{'、'.join(numbers[:3])}{'等' if len(numbers) > 3 else ''}") as session:
        for paper_id in paper_ids:
            # One by one, so that undo brings them back: what the database cascades is in no log.
            for table in (PaperCopy, PaperItem):
                for part in session.scalars(select(table).where(table.paper_id == paper_id)):
                    session.delete(part)
            for newer in session.scalars(select(PaperItem).where(PaperItem.replaced_by == paper_id)):
                newer.replaced_by = None
                session.get_one(IssuedPaper, newer.paper_id).is_replaced = False
            session.flush()
            session.delete(session.get_one(IssuedPaper, paper_id))


def villages(office: Office) -> list[UnitChoice]:
    """The villages in their order."""
    return _units(office, VILLAGE)


def grids_of(office: Office, village_id: int) -> list[UnitChoice]:
    """The grids straight under a village."""
    return _units(office, GRID, village_id)


def _units(office: Office, level: int, parent_id: int | None = None) -> list[UnitChoice]:
    wanted = select(GridUnit).where(GridUnit.level == level, current())
    if parent_id is not None:
        wanted = wanted.where(GridUnit.parent_id == parent_id)
    with office.read() as session:
        found = session.scalars(wanted.order_by(GridUnit.sort, GridUnit.code, GridUnit.id))
        return [UnitChoice(unit.id, unit.name, unit.level) for unit in found]


def unit(office: Office, name: str) -> UnitChoice:
    """The unit of a name, of any level; raises OfficeError with the villages it may have meant."""
    with office.read() as session:
        same = select(GridUnit).where(GridUnit.name == narrow(name), current())
        found = [UnitChoice(one.id, one.name, one.level) for one in session.scalars(same)]
    if len(found) > 1:
        raise OfficeError(f"叫“{narrow(name)}”的不止一个", do="请写上村名，例如“石桥村第2网格”")
    return found[0] if found else village(office, name)


def line_of(office: Office, unit_id: int) -> list[UnitChoice]:
    """A unit and those above it, the highest first."""
    with office.read() as session:
        found = session.scalars(select(GridUnit).where(GridUnit.id.in_(select(line_above(unit_id).c.id))))
        own = session.get(GridUnit, unit_id)
        units = {one.id: one for one in [*found, *([own] if own is not None else [])]}
        return [UnitChoice(one.id, one.name, one.level) for one in sorted(units.values(), key=lambda one: one.level)]


def workers(office: Office) -> list[tuple[int, str]]:
    """Those in a grid's or a village's role today, by name."""
    found = roll.read(office, photos=False) if _units(office, GRID) else None
    seats = [seat for seat, _units_of in found.workers(heads=True)] if found is not None else []
    return [(seat.staff_id, seat.name) for seat in sorted(seats, key=lambda seat: pinyin(seat.name)[0])]


def towns(office: Office) -> list[UnitChoice]:
    """The townships, in the usual office one."""
    return _units(office, TOWN)


def village(office: Office, name: str) -> UnitChoice:
    """A village by its name (村 may be left out); raises OfficeError with the names it may have meant."""
    wanted = narrow(name)
    known = villages(office)
    for one in known:
        if one.name == wanted or one.name.rstrip("村社区") == wanted:
            return one
    if not known:
        raise OfficeError("办公文件里还没有村（社区）", do="请先导入网格划分表，或在“网格”里新建")
    near = _near(wanted, [one.name for one in known])
    tip = f"是不是“{'”“'.join(near)}”？" if near else f"现有：{'、'.join(one.name for one in known[:12])}"
    raise OfficeError(f"没有叫“{wanted}”的村（社区）", do=tip)


def _near(wanted: str, names: list[str]) -> list[str]:
    """Names that look or sound alike, at most three."""
    near = [name for name in names if wanted and wanted in name]
    near += difflib.get_close_matches(wanted, names, 3, 0.5)
    spoken = {pinyin(name)[0]: name for name in names}
    near += [spoken[key] for key in difflib.get_close_matches(pinyin(wanted)[0], list(spoken), 3, 0.75)]
    return list(dict.fromkeys(near))[:3]
