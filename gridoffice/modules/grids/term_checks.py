"""What cannot stand as a term, each with a sentence that names what is in the way and the step that helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.domain.grids import GRID, GridLevel, GridUnit
from gridoffice.domain.networks import Assignment, Role
from gridoffice.domain.staff import Staff

DAY = timedelta(days=1)
NOTHING = "没有改动"
SUCCEED, UNTIL, SWAP, CORRECT, COME_BACK, REMOVE = "succeed", "until", "swap", "correct", "come_back", "remove"
"""Steps that help: end the others the day before; end on a day; exchange the days; open the term in the way; open the
person's card; take the term out."""


class TermClash(OfficeError):
    """A term that cannot stand: the sentence, and the step that helps with the words for its button.

    `other` is the id of the term in the way, `day` the day the step needs.
    """

    def __init__(
        self, what: str, *, do: str = "", step: str = "", words: str = "", other: int = 0, day: date | None = None
    ) -> None:
        super().__init__(what, safe=NOTHING, do=do)
        self.step, self.words, self.other, self.day = step, words, other, day


@dataclass(frozen=True)
class Wish:
    """A term as it is wanted; both days counted, `start` None: since ever, `end` None: still."""

    staff: Staff
    role: Role
    unit: GridUnit
    start: date | None
    end: date | None
    own: int = 0  # the term that is corrected
    is_kept: bool = False  # whether it keeps its role and unit

    @property
    def post(self) -> str:
        """石桥村第2网格的网格员（A岗）"""
        return f"{self.unit.name}的{self.role.title}"


def said(day: date | None) -> str:
    """A day as sentences say it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "一开始"


def span(start: date | None, end: date | None) -> str:
    """Two days as sentences say them: 从2024年7月1日起, 2024年7月1日至2025年6月30日, 到2025年6月30日止."""
    if start and end:
        return f"{said(start)}至{said(end)}"
    if end:
        return f"到{said(end)}止"
    return f"从{said(start)}起" if start else "一直"


def levels_of(level: int) -> tuple[int, ...]:
    """The levels whose roles can be held at a unit: its own, and below the grids those of a grid too."""
    return (level, GRID) if level > GRID else (level,)


def _overlaps(wish: Wish, held: Assignment) -> bool:
    begins = wish.start is None or held.end is None or wish.start <= held.end
    ends = wish.end is None or held.start is None or wish.end >= held.start
    return begins and ends


def others(session: Session, wish: Wish) -> list[tuple[Assignment, Staff]]:
    """Terms of the same role at the same unit that overlap the wanted one, the earliest first."""
    wanted = (
        select(Assignment, Staff)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Assignment.unit_id == wish.unit.id, Assignment.role_id == wish.role.id, Assignment.id != wish.own)
        .order_by(Assignment.start, Assignment.id)
    )
    return [(held, who) for held, who in session.execute(wanted) if _overlaps(wish, held)]


def check(session: Session, wish: Wish) -> None:
    """Raise TermClash naming what stands in the way of a term."""
    if wish.start and wish.end and wish.end < wish.start:
        raise TermClash(
            f"任期的最后一天（{said(wish.end)}）早于第一天（{said(wish.start)}）",
            do="请改正其中一天",
            step=SWAP,
            words="对调这两天",
        )
    if not wish.is_kept:  # what an import put on another level may still get other days
        _check_level(session, wish)
    _check_person(wish)
    _check_unit(wish)
    rivals = others(session, wish)
    for held, who in rivals:
        if who.id == wish.staff.id:
            raise TermClash(
                f"{who.name}已经是{wish.post}（{span(held.start, held.end)}），任期重叠",
                do="如果日子登记错了，请改那一段任期",
                step=CORRECT,
                words="改那一段任期…",
                other=held.id,
            )
    if wish.role.is_single and rivals:
        raise _taken(wish, rivals)
    _check_both(session, wish)


def _check_level(session: Session, wish: Wish) -> None:
    if wish.role.level in levels_of(wish.unit.level):
        return
    titles = {one.rank: one.title for one in session.scalars(select(GridLevel))}
    wanted = select(Role.title).where(
        Role.network_id == wish.role.network_id, Role.level.in_(levels_of(wish.unit.level))
    )
    here = "、".join(session.scalars(wanted.order_by(Role.rank)))
    place = titles.get(wish.role.level, f"第 {wish.role.level} 级")
    raise TermClash(
        f"“{wish.role.title}”设在{place}这一层，不能设在“{wish.unit.name}”（{titles.get(wish.unit.level, '')}）",
        do=f"这里可以设：{here}" if here else "请选那一层的单位",
    )


def _check_person(wish: Wish) -> None:
    """Refuse days after the person left; a term of the time before may be entered later."""
    who = wish.staff
    if who.is_active:
        return
    if who.left_on is not None and wish.end is not None and wish.end <= who.left_on:
        return
    when = f"{said(who.left_on)}起" if who.left_on else ""
    raise TermClash(
        f"{who.name}{when}已经离岗，不能再任{wish.post}",
        do="如果又回来工作，请先在人员卡上办“返岗”；补登以前的任期，请填好到哪天为止",
        step=COME_BACK,
        words=f"打开{who.name}的人员卡",
    )


def _check_unit(wish: Wish) -> None:
    unit = wish.unit
    if unit.end is not None and (wish.end is None or wish.end > unit.end):
        raise TermClash(
            f"“{unit.name}”到{said(unit.end)}为止，以后不再单独设岗",
            do="以后的任期请登记在接替它的网格",
            step=UNTIL,
            words=f"任到{said(unit.end)}",
            day=unit.end,
        )


def _taken(wish: Wish, others: list[tuple[Assignment, Staff]]) -> TermClash:
    """Somebody else holds the one seat: succeed them, or serve until the next begins."""
    told = "、".join(f"{who.name}（{span(held.start, held.end)}）" for held, who in others)
    what = f"{wish.post}同一时间只能一人，已经有{told}"
    first = wish.start
    later = [held.start for held, _ in others if held.start is not None and (first is None or held.start > first)]
    if later:
        day = min(later) - DAY
        return TermClash(what, do="可以任到下一位开始的前一天", step=UNTIL, words=f"任到{said(day)}", day=day)
    if any(held.start == first for held, _ in others):
        return TermClash(
            what,
            do="同一天开始的只能有一人，请改那一段任期",
            step=CORRECT,
            words="改那一段任期…",
            other=others[0][0].id,
        )
    names = "、".join(who.name for _, who in others)
    return TermClash(
        what, do=f"可以接替：{names}任到前一天为止", step=SUCCEED, words=f"从{said(first)}起接替{names}"
    )  # fmt: skip


def _check_both(session: Session, wish: Wish) -> None:
    """Refuse the same person as A and B of one unit at one time: nobody stands in for themselves."""
    wanted = (
        select(Assignment, Role)
        .join(Role, Role.id == Assignment.role_id)
        .where(Assignment.unit_id == wish.unit.id, Assignment.staff_id == wish.staff.id, Assignment.id != wish.own)
        .where(Role.network_id == wish.role.network_id, Role.is_stand_in != wish.role.is_stand_in, Role.is_single)
    )
    if not wish.role.is_single:
        return
    for held, other in session.execute(wanted):
        if _overlaps(wish, held):
            raise TermClash(
                f"{wish.staff.name}已经是{wish.unit.name}的{other.title}（{span(held.start, held.end)}），"
                f"不能同时当{wish.role.title}",
                do="A岗和B岗要是两个人，请另选一人，或先改那一段任期",
                step=CORRECT,
                words="改那一段任期…",
                other=held.id,
            )
