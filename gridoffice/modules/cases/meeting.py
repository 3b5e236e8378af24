"""The cases' slides for the weekly meeting: each says its finding, and its sum equals its parts (reference 7.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese, week_of, week_word
from gridoffice.core.figures import Series, Slide
from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.domain.tree import Tree, placed_on, villages_on
from gridoffice.domain.work import Case, CaseStep
from gridoffice.modules.cases import meeting_carried

WEEKS = 12
LONGEST = 10
ELSEWHERE = "镇直和其他"
"""Where cases without a village are counted, so that the parts make the whole."""


@dataclass(frozen=True)
class Fact:
    """What the figures need of a case."""

    village: str
    category: str
    found_on: date
    closed_on: date | None
    is_closed: bool

    def is_open(self, on: date) -> bool:
        """Whether it stood open at the end of a day."""
        return self.found_on <= on and (not self.is_closed or (self.closed_on is not None and self.closed_on > on))


def facts(session: Session, since: date, on: date) -> tuple[list[Fact], list[str]]:
    """Cases found or closed since a day or still open, and the villages in the order of the tree of `on`."""
    village_of = villages_on(session, on)
    place = placed_on(Case.__tablename__, Case.id, Case.unit_id, on)
    wanted = select(place, Case.category, Case.found_on, Case.closed_on, Case.state).where(
        or_(Case.found_on >= since, Case.closed_on >= since, Case.state.in_(work.OPEN))
    )
    found = [
        Fact(village_of.get(unit_id or 0, ELSEWHERE), category, found_on, closed_on, state in work.ENDED)
        for unit_id, category, found_on, closed_on, state in session.execute(wanted)
    ]
    return found, list(dict.fromkeys(village_of.values()))


def slides(office: Office, on: date) -> list[Slide]:
    """The week by village, twelve weeks' trend, categories, in time, late, carried over; all up to `on`."""
    monday, _ = week_of(on)
    with office.read() as session:
        found, places = facts(session, monday - timedelta(weeks=WEEKS - 1), on)
        late = _late_rows(session, on, office.today())
    word = week_word(on, office.today())
    made = [_villages(found, places, on), _trend(found, on), _categories(found, on), _late(late, on)]
    made += meeting_carried.slides(office, on)
    return [
        replace(
            slide,
            title=slide.title.replace("本周", word),
            header=tuple(text.replace("本周", word) for text in slide.header),
        )
        for slide in made
    ]


def _period(on: date) -> str:
    monday, _ = week_of(on)
    return f"{chinese(monday)}—{on.month}月{on.day}日"


def _tally(items: Iterable[Fact], wanted: Callable[[Fact], bool]) -> Counter[str]:
    return Counter(fact.village for fact in items if wanted(fact))


def _villages(found: list[Fact], places: list[str], on: date) -> Slide:
    monday, _ = week_of(on)
    new = _tally(found, lambda fact: monday <= fact.found_on <= on)
    closed = _tally(found, lambda fact: fact.closed_on is not None and monday <= fact.closed_on <= on)
    still = _tally(found, lambda fact: fact.is_open(on))
    labels = [place for place in [*places, ELSEWHERE] if place in places or new[place] + closed[place] + still[place]]
    columns = (("新增", new, "brand"), ("办结", closed, "done"), ("未办结", still, "soon"))
    return Slide(
        key="cases_week",
        title=_share(new, still.total()),
        kind="bars",
        labels=tuple(labels),
        series=tuple(Series(name, tuple(float(tally[v]) for v in labels), tone) for name, tally, tone in columns),
        unit="件",
        period=_period(on),
        total=" · ".join(f"{name} {tally.total()}" for name, tally, _ in columns) + " 件",
        header=("村（社区）", "本周新增", "本周办结", "未办结"),
        rows=tuple((v, *(str(tally[v]) for _, tally, _ in columns)) for v in labels),
        order=10,
    )


def _share(new: Counter[str], still: int) -> str:
    if not new:
        return f"本周没有新增事项，未办结 {still} 件"
    (first, most), *others = new.most_common()
    if not others:
        return f"本周新增 {most} 件，都在{first}"
    if most > others[0][1]:
        return f"本周新增 {new.total()} 件，{first}最多（{most} 件，占 {round(100 * most / new.total())}%）"
    return f"本周新增 {new.total()} 件，分布在 {len(new)} 个村（社区）"


def _trend(found: list[Fact], on: date) -> Slide:
    monday, _ = week_of(on)
    starts = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    ends = [min(start + timedelta(days=6), on) for start in starts]
    new = [sum(a <= f.found_on <= b for f in found) for a, b in zip(starts, ends, strict=True)]
    closed = [
        sum(f.closed_on is not None and a <= f.closed_on <= b for f in found) for a, b in zip(starts, ends, strict=True)
    ]
    labels = tuple(f"{start.month}/{start.day}" for start in starts)
    return Slide(
        key="cases_trend",
        title=_course(new, closed),
        kind="trend",
        labels=labels,
        series=(
            Series("新增", tuple(map(float, new)), "brand"),
            Series("办结", tuple(map(float, closed)), "done"),
        ),
        unit="件",
        period=f"{chinese(starts[0])}—{on.month}月{on.day}日，每点一周",
        total=f"{WEEKS} 周合计：新增 {sum(new)} · 办结 {sum(closed)} 件",
        header=("周（星期一起）", "新增", "办结"),
        rows=tuple((day, str(a), str(b)) for day, a, b in zip(labels, new, closed, strict=True)),
        order=20,
    )


def _course(new: list[int], closed: list[int]) -> str:
    mean = sum(new[:-1]) / (len(new) - 1)
    compared = "与平时持平"
    if round(mean) != new[-1]:
        compared = f"比前 {len(new) - 1} 周平均{'多' if new[-1] > mean else '少'} {abs(new[-1] - round(mean))} 件"
    gap = sum(closed) - sum(new)
    kept = "办结跟上了新增" if gap >= 0 else f"{len(new)} 周里少办结 {-gap} 件"
    return f"本周新增 {new[-1]} 件，{compared}；{kept}"


def _categories(found: list[Fact], on: date) -> Slide:
    monday, _ = week_of(on)
    week = Counter(fact.category for fact in found if monday <= fact.found_on <= on)
    ranked = sorted(week.items(), key=lambda pair: (-pair[1], pair[0]))
    title = "本周没有新增事项"
    if ranked:
        name, most = ranked[0]
        is_alone = len(ranked) == 1 or ranked[1][1] < most
        lead = f"{name}最多" if is_alone else f"{name}和{ranked[1][0]}并列最多"
        title = f"本周问题里{lead}（{'' if is_alone else '各 '}{most} 件）"
    return Slide(
        key="cases_categories",
        title=title,
        kind="bars",
        labels=tuple(name for name, _ in ranked),
        series=(Series("新增", tuple(float(number) for _, number in ranked)),),
        unit="件",
        period=_period(on),
        total=f"合计 {week.total()} 件",
        header=("类别", "新增", "占比"),
        rows=tuple((name, str(number), f"{round(100 * number / week.total())}%") for name, number in ranked),
        order=30,
    )


def _was_late(on: date) -> ColumnElement[bool]:
    """The condition of cases that stood late at a past day's end, whatever became of them since."""
    handled = (
        select(CaseStep.id)
        .where(CaseStep.case_id == Case.id, CaseStep.new == work.HANDLED)
        .where(CaseStep.at < datetime.combine(on + timedelta(days=1), time()))
    )
    return work.is_open(on) & (Case.due_on < on) & ~handled.exists()


def _late_rows(session: Session, on: date, today: date) -> list[tuple[str, str, str, str, date]]:
    place = placed_on(Case.__tablename__, Case.id, Case.unit_id, on)
    wanted = (
        select(Case.number, Case.title, place, Case.handler, Case.red_at if on >= today else Case.due_on)
        .where(work.is_late(on) if on >= today else _was_late(on))
        .order_by(Case.red_at if on >= today else Case.due_on, Case.number)
    )
    units = Tree(session).all(on)
    return [
        (number, title, units[unit].name if unit in units else "", handler, _day(due))
        for number, title, unit, handler, due in session.execute(wanted)
        if due
    ]


def _day(moment: date) -> date:
    """The day of a deadline."""
    return moment.date() if isinstance(moment, datetime) else moment


def _late(late: list[tuple[str, str, str, str, date]], on: date) -> Slide:
    title = "没有逾期事项"
    if late:
        title = f"逾期 {len(late)} 件，最久的已逾期 {(on - late[0][4]).days} 天"
    return Slide(
        key="cases_late",
        title=title,
        kind="table",
        period=f"截至 {chinese(on)}",
        total=f"逾期 {len(late)} 件",
        header=("编号", "事项", "网格", "承办人", "时限", "逾期"),
        rows=tuple(
            (number, text, unit, handler or "未派", due.isoformat(), f"{(on - due).days} 天")
            for number, text, unit, handler, due in late[:LONGEST]
        ),
        note=f"只列逾期最久的 {LONGEST} 件，其余见“事项 → 逾期”" if len(late) > LONGEST else "",
        order=40,
    )
