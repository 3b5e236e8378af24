"""Changing the 督办 ladder: its rungs and the working days late from which each is proposed, rehearsed (ref. 7.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import clocks, work
from gridoffice.domain.clocks import Rules, Rung
from gridoffice.domain.work import Case

SAFE = "没有改动"
LONGEST, MOST, DAYS = 10, 6, 99


@dataclass(frozen=True)
class Step:
    """A rung as it is edited: `rank` as it stands now (0: new), how many open cases are on it."""

    rank: int
    title: str
    late: int
    used: int = 0


def rungs(office: Office) -> list[Step]:
    """The ladder, the lowest rung first."""
    with office.read() as session:
        counted: dict[int, int] = {
            rank: number
            for rank, number in session.execute(
                select(Case.supervision, func.count()).where(work.is_open()).group_by(Case.supervision)
            )
        }
        return [Step(one.rank, one.title, one.late, counted.get(one.rank, 0)) for one in clocks.of(session).ladder]


def _ladder(given: Sequence[Step]) -> tuple[Rung, ...]:
    """The rungs, ranked in their order; raises OfficeError for what is no ladder."""
    if not given:
        raise OfficeError("至少要有一级督办", safe=SAFE, do="请增加一级")
    if len(given) > MOST:
        raise OfficeError(f"最多 {MOST} 级督办", safe=SAFE, do="请删去几级")
    for before, one in zip((None, *given), given, strict=False):
        if not one.title.strip() or len(one.title.strip()) > LONGEST:
            raise OfficeError(f"督办级别要有名称，最多 {LONGEST} 个字", safe=SAFE, do="请改正名称")
        if not 1 <= one.late <= DAYS:
            raise OfficeError(f"“{one.title}”的天数要在 1 到 {DAYS} 之间", safe=SAFE, do="请改正天数")
        if before is not None and one.late <= before.late:
            raise OfficeError(f"“{one.title}”的天数要比“{before.title}”多", safe=SAFE, do="请改正天数或次序")
    if len({one.title.strip() for one in given}) < len(given):
        raise OfficeError("有两级督办名称相同", safe=SAFE, do="请改成不同的名称")
    return tuple(Rung(rank, one.title.strip(), one.late) for rank, one in enumerate(given, 1))


def rehearse(office: Office, given: Sequence[Step]) -> str:
    """What another ladder would propose today, and what it does to the cases that are on it. Raises OfficeError."""
    with office.read() as session:
        rules, calendar, now = clocks.of(session), clocks.calendar_of(session), office.now()
        new = replace(rules, ladder=_ladder(given))
        _refuse_used(session, given, rules)
        moved = _ranks(given)
        late = session.execute(
            select(Case.red_at, Case.supervision).where(work.is_open(), Case.red_at.is_not(None), Case.red_at < now)
        ).all()
        days = [(clocks.days_late(red, now, calendar), rank) for red, rank in late if red is not None]
    before = _proposed(rules, days)
    after = _proposed(new, [(number, moved.get(rank, 0)) for number, rank in days])
    told = "、".join(f"{one.title} {after[one.rank]} 件" for one in new.ladder)
    same = before == after and [one.title for one in rules.ladder] == [one.title for one in new.ladder]
    change = "，和现在一样" if same else f"（现在共 {before.total()} 件）"
    return f"逾期的 {len(days)} 件里，今天会建议督办 {after.total()} 件：{told}{change}。已经在督办的不变。"


def _proposed(rules: Rules, days: Sequence[tuple[int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for number, rank in days:
        rung = rules.rung(number)
        if rung is not None and rung.rank > rank:
            found[rung.rank] += 1
    return found


def _ranks(given: Sequence[Step]) -> dict[int, int]:
    """The new rank of each that is kept."""
    return {one.rank: rank for rank, one in enumerate(given, 1) if one.rank}


def _refuse_used(session: Session, given: Sequence[Step], rules: Rules) -> None:
    for rung in rules.ladder:
        if rung.rank in _ranks(given):
            continue
        number = session.scalar(select(func.count()).where(work.is_open(), Case.supervision == rung.rank)) or 0
        if number:
            raise OfficeError(
                f"还有 {number} 件事项在“{rung.title}”，不能删去这一级", safe=SAFE, do="请先改级或取消督办"
            )


def save(office: Office, given: Sequence[Step]) -> None:
    """Set the ladder; cases stay on their rung, whatever its place now. Raises OfficeError."""
    with office.unit("修改督办级别") as session:
        rules = clocks.of(session)
        new = replace(rules, ladder=_ladder(given))
        _refuse_used(session, given, rules)
        clocks.keep(session, new)
        moved = _ranks(given)
        wanted = select(Case.id, Case.supervision).where(Case.supervision > 0)
        rows = [
            {"id": number, "supervision": moved.get(rank, 0)}
            for number, rank in session.execute(wanted)
            if moved.get(rank, 0) != rank
        ]
        session.info["unit"].bulk_update(Case.__table__, rows)
