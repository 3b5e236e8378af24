"""The rehearsal of a redrawing: what would go where, who would be responsible, which papers would be out of date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain.belongings import Belonging, always, belongings
from gridoffice.domain.grids import GridUnit, ancestors, children, subtree
from gridoffice.domain.listing import ON
from gridoffice.domain.networks import short_role
from gridoffice.domain.papers import KINDS, PUBLIC, IssuedPaper
from gridoffice.modules.grids import redraw_checks, redraw_terms
from gridoffice.modules.grids.codes import under_new_parent
from gridoffice.modules.grids.redraw import UNITS, Moves, Redrawing, name_of, work_out


@dataclass(frozen=True)
class Rehearsal:
    """What a redrawing would do; `rows`: kind, number in each part; `people`: part, role, name, what becomes of it."""

    title: str
    day: date
    parts: tuple[tuple[str, str], ...]  # name, code
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    codes: tuple[tuple[str, str, str], ...]  # name, old, new
    people: tuple[tuple[str, str, str, str], ...]
    papers: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def moved(self) -> int:
        """How many records are shared out in all."""
        return sum(sum(numbers) for _title, numbers in self.rows)


def rehearse(office: Office, wanted: Redrawing) -> Rehearsal:
    """Look what a redrawing would do, without doing anything. Raises OfficeError as doing it would."""
    today = office.today()
    with office.read() as session:
        redraw_checks.refuse_wrong(session, wanted, today)
        moves = work_out(session, wanted, today)
        redraw_checks.refuse_empty(session, wanted, moves)
        day = wanted.day or today
        return Rehearsal(
            name_of(session, wanted),
            day,
            tuple((part.name.strip(), part.code) for part in wanted.parts),
            tuple(_rows(session, wanted, moves, today)),
            tuple(_codes(session, wanted)),
            tuple(_people(session, wanted, day)),
            tuple(out_of_date(session, wanted.olds)),
            tuple(_notes(session, wanted, day, today)),
        )


# -- what goes where


def _rows(session: Session, wanted: Redrawing, moves: list[Moves], on: date) -> Iterable[tuple[str, tuple[int, ...]]]:
    below = [one.id for old in wanted.olds for one in children(session, session.get_one(GridUnit, old).id)]
    numbers = [0] * len(wanted.parts)
    for child in below:
        numbers[wanted.where.get(UNITS, {}).get(child, wanted.rest)] += 1
    if below:
        yield "下级网格", tuple(numbers)
    placed = {one.kind.key: {record: place for record, _old, place in one.rows} for one in moves}
    for kind in belongings():
        numbers = _counted(session, kind, wanted, placed, on, open_only=kind.goes is None)
        if any(numbers):
            yield kind.title, tuple(numbers)
    due = [0] * len(wanted.parts)
    for kind in belongings():
        if kind.is_due is not None and kind.key in ("followup", "help"):
            counted = _counted(session, kind, wanted, placed, on, due_only=True)
            due = [a + b for a, b in zip(due, counted, strict=True)]
    if any(due):
        yield "其中应访、到期", tuple(due)


def _counted(
    session: Session,
    kind: Belonging,
    wanted: Redrawing,
    placed: dict[str, dict[int, int]],
    on: date,
    *,
    open_only: bool = False,
    due_only: bool = False,
) -> list[int]:
    """How many of a kind each part gets: by where they go themselves, else by where what they follow goes."""
    numbers = [0] * len(wanted.parts)
    leader, column = kind.follows or ("", kind.record.id)
    own = placed.get(kind.key)
    known = own if own is not None else placed.get(leader, {})
    rule = kind.is_due if due_only else kind.is_open if open_only else kind.goes
    asked = kind.base.with_only_columns(kind.record.id if own is not None else column)
    asked = asked.where(kind.unit.in_(wanted.olds), (rule or always)(ON)).order_by(None)
    for record in session.scalars(asked, {"on": on}):
        numbers[known.get(record, wanted.rest)] += 1
    return numbers


def _codes(session: Session, wanted: Redrawing) -> Iterable[tuple[str, str, str]]:
    for part in wanted.parts:
        old = session.get_one(GridUnit, part.unit_id).code if part.unit_id is not None else None
        if (old or "") != part.code:
            yield part.name, old or ("新设" if part.unit_id is None else "（无）"), part.code or "（无）"
    for old_id in wanted.olds:
        if old_id not in wanted.goes_on():
            unit = session.get_one(GridUnit, old_id)
            yield unit.name, unit.code or "（无）", "撤销，编码仍可查到"
    for unit_id, code in wanted.codes.items():
        unit = session.get_one(GridUnit, unit_id)
        yield unit.name, unit.code or "（无）", code or "（无）"


# -- who is responsible


def _people(session: Session, wanted: Redrawing, day: date) -> Iterable[tuple[str, str, str, str]]:
    for part in wanted.parts:
        gone = {seat.term.id for seat in redraw_terms.leaving(session, wanted, part, day)}
        stay = redraw_terms.seats(session, part.unit_id, day) if part.unit_id is not None else []
        told = [(part.name, short_role(one.role), one.person, "继续负责") for one in stay if one.term.id not in gone]
        new = redraw_terms.coming(session, wanted, part, day)
        told += [(part.name, short_role(one.role), one.person, f"{day.isoformat()} 起负责") for one in new]
        yield from told
        yield from ((part.name, short_role(one.role), one.person, "由别人接替") for one in stay if one.term.id in gone)
        if not told:
            yield part.name, "", "还没有责任人", "办完后请指定"
    carried = {
        seat.term.id for part in wanted.parts for seat in redraw_terms.coming(session, wanted, part, day)
    }  # fmt: skip
    for old in wanted.olds:
        if old in wanted.goes_on():
            continue
        name = session.get_one(GridUnit, old).name
        for seat in redraw_terms.seats(session, old, day):
            if seat.term.id not in carried:
                yield name, short_role(seat.role), seat.person, "任职随网格撤销结束"


# -- papers


def out_of_date(session: Session, unit_ids: Iterable[int]) -> list[str]:
    """The newest of each public paper that shows one of some units: its own, of a unit above, of the whole office."""
    shown = set(unit_ids)
    for unit_id in list(shown):
        shown |= {above.id for above in ancestors(session, session.get_one(GridUnit, unit_id))}
        shown |= set(session.scalars(select(subtree(unit_id).c.id)))
    newest = (
        select(func.max(IssuedPaper.id))
        .where(IssuedPaper.kind.in_(PUBLIC), or_(IssuedPaper.unit_id.is_(None), IssuedPaper.unit_id.in_(shown)))
        .group_by(IssuedPaper.kind, IssuedPaper.unit_id, IssuedPaper.title)
    )
    found = select(IssuedPaper).where(IssuedPaper.id.in_(newest)).order_by(IssuedPaper.kind, IssuedPaper.id.desc())
    return [
        f"{KINDS[paper.kind].title} {paper.number}：{paper.title}（{paper.made_on.isoformat()}）"
        for paper in session.scalars(found)
    ]


# -- what else


def _notes(session: Session, wanted: Redrawing, day: date, on: date) -> Iterable[str]:
    stay = []
    for kind in belongings():
        if kind.goes is None:
            continue
        number = kind.count(session, wanted.olds, on, always) - kind.count(session, wanted.olds, on)
        if number:
            stay.append(f"{'已办结的事项' if kind.key == 'cases' else kind.title} {number} {kind.word}")
    if stay:
        yield f"{'、'.join(stay)}是以前的记录，留在当时的网格里，以前的统计不变。"
    if wanted.is_split:
        yield "上报的户数、人口、党员、单位数按台账的比例分到各网格，总数不变；请核对后改正。"
    if any(part.unit_id is None for part in wanted.parts):
        yield "新网格的范围（四至）和地图上的轮廓办完后请重画、重填。"
    if day < on:
        yield f"从 {day.isoformat()} 算起：那天以前看到的还是原来的网格。"


# -- moving a unit


@dataclass(frozen=True)
class MoveRehearsal:
    """What moving a unit would take along, the new codes by unit id, and what would be out of date."""

    title: str
    rows: tuple[tuple[str, int], ...]
    codes: tuple[tuple[int, str, str, str], ...]  # id, name, old, new
    papers: tuple[str, ...]


def rehearse_move(office: Office, unit_id: int, parent_id: int) -> MoveRehearsal:
    """Look what moving a unit with all below it would do, without doing anything."""
    today = office.today()
    with office.read() as session:
        unit, parent = session.get_one(GridUnit, unit_id), session.get_one(GridUnit, parent_id)
        inside = list(session.scalars(select(subtree(unit_id).c.id)))
        below = session.scalar(select(func.count()).where(GridUnit.id.in_(inside), GridUnit.end.is_(None))) or 1
        rows = [("下级网格", below - 1)]
        rows += [
            (one.title, one.count(session, inside, today, one.goes or one.is_open or always)) for one in belongings()
        ]
        codes = under_new_parent(session, unit, parent)
        named = [(one, session.get_one(GridUnit, one)) for one in codes]
        return MoveRehearsal(
            f"移动 {unit.name} 到 {parent.name}",
            tuple((title, number) for title, number in rows if number),
            tuple((one, found.name, found.code or "", codes[one]) for one, found in named),
            tuple(out_of_date(session, [unit_id, parent_id])),
        )
