"""Which grids are walked how often: the list of the neglected ones, and the meeting's slide."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from gridoffice.core.calendar import chinese, week_of, week_word
from gridoffice.core.figures import Series, Slide
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, GridUnit, Relocation, standing, subtree
from gridoffice.domain.listing import ON, Column, Listing, View
from gridoffice.domain.networks import GENERAL, WORKER, Assignment, Role, in_force
from gridoffice.domain.staff import Staff
from gridoffice.forms import logs
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.rates import Reckoning

STALE_DAYS = 7
"""Days after which a grid counts as not patrolled; an office that walks more often sees it in the slide."""

_walked = aliased(GridUnit)
_village = aliased(GridUnit)
# A walk in a micro grid counts for the grid it belongs to.
_grid_id = case((_walked.level > GRID, _walked.parent_id), else_=_walked.id)
# Where a grid was merged or split, its walks of before count for what stands there since. Each unit's last day is one
# look into an index, whatever the number of logs; they are counted only for the rows that are shown.
_before = and_(Patrol.unit_id == Relocation.owner_id, Patrol.day <= Relocation.until)
_of_unit = Relocation.owner == GridUnit.__tablename__


def _latest(mine: Any, outside: Any) -> Any:
    return select(func.max(Patrol.day)).where(mine).correlate(outside).scalar_subquery().label("day")


_days = union_all(
    select(_grid_id.label("grid_id"), _latest(Patrol.unit_id == _walked.id, _walked)),
    select(_grid_id, _latest(_before, Relocation))
    .select_from(Relocation)
    .join(_walked, _walked.id == Relocation.new_unit_id)
    .where(_of_unit),
).subquery()
_last = select(_days.c.grid_id, func.max(_days.c.day).label("day")).group_by(_days.c.grid_id).subquery("last_patrol")


def _counted(chosen: Any) -> Any:
    return chosen.correlate_except(Patrol, Relocation, _walked).scalar_subquery()


# Not by `_grid_id`: each side of this is found by an index.
_inside = or_(_walked.id == GridUnit.id, and_(_walked.parent_id == GridUnit.id, _walked.level > GRID))
_places = select(_walked.id).where(_inside).correlate(GridUnit)
_walks = _counted(select(func.count()).select_from(Patrol).where(Patrol.unit_id.in_(_places))) + _counted(
    select(func.count())
    .select_from(Relocation)
    .join(Patrol, _before)
    .where(_of_unit, Relocation.new_unit_id.in_(_places))
)
_worker = (
    select(Staff.name)
    .join(Assignment, Assignment.staff_id == Staff.id)
    .join(Role, Role.id == Assignment.role_id)
    .where(Assignment.unit_id == GridUnit.id, Role.key == WORKER, in_force(ON))
    .order_by(Assignment.id)
    .limit(1)
    .scalar_subquery()
)


def _stale(on: date) -> ColumnElement[bool]:
    return or_(_last.c.day.is_(None), _last.c.day < on - timedelta(days=STALE_DAYS))


def _since(value: Any, on: date) -> str:
    if value is None:
        return "late|没有巡查记录"
    days = (on - value).days
    if days <= 0:
        return "done|今天"
    return f"{'soon' if days > STALE_DAYS else 'done'}|{days} 天前"


COVERAGE = Listing(
    key="coverage",
    title="网格巡查情况",
    base=select(GridUnit.id)
    .select_from(GridUnit)
    .outerjoin(_village, _village.id == GridUnit.parent_id)
    .outerjoin(_last, _last.c.grid_id == GridUnit.id)
    .where(GridUnit.level == GRID, standing(ON)),
    id=GridUnit.id,
    columns=(
        Column("village", "村（社区）", _village.name, 120),
        Column("name", "网格", GridUnit.name, 170),
        Column("worker", "网格员", _worker, 96),
        Column("last", "最近巡查", _last.c.day, 112, "date"),
        Column("since", "距今", _last.c.day, 130, "state", show=_since),
        Column("walks", "累计次数", _walks, 88, "number"),
    ),
    views=(
        View("", "全部网格"),
        View("stale", f"{STALE_DAYS} 天未巡查", _stale),
        View("never", "从未巡查", lambda _on: _last.c.day.is_(None)),
    ),
    filters={"unit": lambda value: GridUnit.id.in_(select(subtree(value).c.id))},
    names=(GridUnit.name, _village.name),
    pinyin=(GridUnit.pinyin, GridUnit.initials),
    codes=(GridUnit.code,),
    order=(_last.c.day.asc().nulls_first(), GridUnit.sort, GridUnit.code),
    tables=frozenset({"patrol", "grid_unit", "staff", "assignment"}),
    module="patrols",
)


def rates(session: Session, on: date) -> dict[str, tuple[int, int]]:
    """For each village: grid-days patrolled on working days of the week up to `on`, and grid-days there were."""
    monday, _ = week_of(on)
    daily = [rule for rule in logs.rules() if (rule.network, rule.role) == (GENERAL, WORKER)]
    reckoning = Reckoning(session, monday, on, on, [rule for rule in daily if rule.every == "working_day"])
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for piece in reckoning.pieces():
        pair = found[reckoning.village(piece.unit_id)]
        pair[0], pair[1] = pair[0] + piece.done, pair[1] + piece.planned
    ordered = [name for name in reckoning.villages if name in found]
    return {name: (found[name][0], found[name][1]) for name in ordered}


def _who(percents: dict[str, int], percent: int) -> str:
    """The villages at a rate: one or two by name, more by number."""
    names = [village for village, rate in percents.items() if rate == percent]
    return "和".join(names) if len(names) < 3 else f"{len(names)} 个村"


def _finding(percents: dict[str, int], whole: int) -> str:
    best, worst = max(percents.values()), min(percents.values())
    if best == worst:
        return f"网格巡查到位率 {whole}%"
    most, least = _who(percents, best), _who(percents, worst)
    return f"网格巡查到位率 {whole}%，{most}最高（{best}%），{least}最低（{worst}%）"


def slides(office: Office, on: date) -> list[Slide]:
    """Patrol coverage by village: grid-days patrolled ÷ (grids × working days of the week so far), reference 7.5."""
    monday, _ = week_of(on)
    with office.read() as session:
        parts = rates(session, on)
        walks = session.scalar(select(func.count()).where(Patrol.day.between(monday, on))) or 0
    word = week_word(on, office.today())
    period = f"{chinese(monday)}—{on.month}月{on.day}日"
    done, due = (sum(pair[n] for pair in parts.values()) for n in (0, 1))
    if not parts or not walks:
        return [Slide("patrol_coverage", f"{word}没有巡查记录", "table", period=period, order=50)]
    percents = {village: round(100 * a / b) for village, (a, b) in parts.items()}
    ranked = sorted(percents, key=lambda village: -percents[village])
    return [
        Slide(
            key="patrol_coverage",
            title=word + _finding(percents, round(100 * done / due)),
            kind="bars",
            labels=tuple(ranked),
            series=(Series("巡查到位率", tuple(float(percents[village]) for village in ranked)),),
            unit="%",
            period=period,
            total=f"巡查 {walks} 次 · {done}/{due} 网格日",
            header=("村（社区）", "巡查网格日", "应巡网格日", "到位率"),
            rows=tuple(
                (village, str(parts[village][0]), str(parts[village][1]), f"{percents[village]}%") for village in ranked
            ),
            note="到位率＝工作日（含调休）里有巡查的网格日 ÷ 应巡网格日",
            order=50,
        )
    ]
