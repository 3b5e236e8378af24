"""What the tab 随访 knows and can do: the list, one person's file, the numbers for 今日 and the meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from gridoffice.core.calendar import chinese, week_of
from gridoffice.core.figures import Series, Slide
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import choices, due
from gridoffice.domain.choices import Choice
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.people import Resident
from gridoffice.domain.tree import placed_on, villages_on
from gridoffice.forms import answers as sheets
from gridoffice.forms import load
from gridoffice.forms.rules import ACTIONS
from gridoffice.modules.followup.lists import FOLLOWUP, is_due, outcome_words, programme_title
from gridoffice.modules.followup.model import LEFT, AssistVisit, Enrolment, Visit
from gridoffice.modules.followup.register import Entry, calls_of, of_id, visits_of
from gridoffice.modules.followup.visits import age_on

LISTINGS = (FOLLOWUP,)

NOTICE = "随访表由签约医生填写；网格员只协助预约，不填测量值、诊断和用药。"
"""Stands on the tab (reference 4.8)."""


@dataclass(frozen=True)
class VisitLine:
    """A visit in short, with what the doctor changed of the suggestion."""

    id: int
    day: date
    figures: str  # 138/82，6.1
    outcome: str  # "tone|word"
    action: str
    next_on: date | None
    doctor: str
    is_overridden: bool
    sbp: float | None = None
    dbp: float | None = None
    fbg: float | None = None


@dataclass(frozen=True)
class Person:
    """An enrolment as it is shown at the right of the list."""

    id: int
    version: int
    entry: Entry
    programme: str
    age: int | None
    unit: str
    phone: str  # the ledger's where the register has none; the screen masks it
    standing: str  # "tone|word"
    why: str
    is_left: bool
    left: str
    visits: tuple[VisitLine, ...] = field(default=())
    called: str = ""  # the last call of a grid worker about the appointment
    limits: Mapping[str, float] = field(default_factory=dict)  # what a reading should stay below, by key


def person(office: Office, enrolment_id: int) -> Person:
    """One person's file with all visits, the newest first; raises OfficeError when it is gone."""
    on = office.today()
    with office.read() as session:
        record = of_id(session, enrolment_id)
        called = _called(next(iter(calls_of(session, enrolment_id)), None))
        unit = session.get(GridUnit, record.unit_id) if record.unit_id else None
        lines = tuple(_line(record.programme, visit) for visit in visits_of(session, enrolment_id))
        age = age_on(session, record, on)
        known = session.get(Resident, record.resident_id) if record.resident_id else None
    phone = record.phone or (known.phone if known else "")
    entry = Entry(
        record.programme,
        record.name,
        record.id_number or "",
        record.phone,
        record.unit_id,
        record.resident_id,
        record.enrolled_on,
        record.next_on,
        record.note,
    )
    is_left = record.state == LEFT
    return Person(
        record.id,
        record.version,
        entry,
        programme_title(record.programme),
        age,
        unit.name if unit else "",
        phone,
        due.state(record.next_on, on, ended=is_left),
        _why(record, on),
        is_left,
        f"{chinese(record.left_on)}结案：{record.left_reason}" if is_left and record.left_on else "",
        lines,
        called,
        _limits(record.programme, age),
    )


def _called(call: AssistVisit | None) -> str:
    """A grid worker's call in words."""
    if call is None:
        return ""
    who = f"{call.by} " if call.by else ""
    return f"{chinese(call.day)} {who}{call.way}提醒，{call.result}{'：' + call.need if call.need else ''}"


def _limits(programme: str, age: int | None) -> dict[str, float]:
    """What the readings should stay below, as the programme's figures say."""
    found = next((known for known in load.programmes() if known.key == programme), None)
    figures = found.figures if found else {}
    is_aged = age is not None and age >= figures.get("aged_from", 999)
    limits = {"sbp": figures.get("sbp_aged" if is_aged else "sbp"), "fbg": figures.get("fbg")}
    return {key: value for key, value in limits.items() if value is not None}


def _why(record: Enrolment, on: date) -> str:
    """Why the person is due, in a sentence."""
    if record.state == LEFT:
        return "已结案，不再安排随访"
    if record.next_on is None:
        return "还没有下次随访日期"
    word = outcome_words(record.programme, record.last_class).partition("|")[2]
    basis = f"上次随访 {chinese(record.last_on)}，{word}" if record.last_on else "建档后还没有随访"
    late = f"，已过 {(on - record.next_on).days} 天" if record.next_on < on else ""
    return f"{basis}；应在 {chinese(record.next_on)} 前随访{late}"


def _line(programme: str, visit: Visit) -> VisitLine:
    form = load.known(visit.form)
    told = [sheets.shown(item, visit.answers) for item in (form.items if form else ()) if item.key in ("bp", "fbg")]
    return VisitLine(
        visit.id,
        visit.day,
        "，".join(text for text in told if text),
        outcome_words(programme, visit.outcome),
        ACTIONS.get(visit.action, visit.action),
        visit.next_on,
        visit.doctor,
        visit.suggested is not None and visit.suggested != visit.outcome,
        visit.answers.get("sbp"),
        visit.answers.get("dbp"),
        visit.answers.get("fbg"),
    )


def unit_choices(office: Office) -> list[Choice]:
    """The grids a person can live in."""
    with office.read() as session:
        return choices.units(session)


def counts(office: Office, on: date) -> list[Count]:
    """Health appointments due; the name of the illness stands on the tab only (reference 4.8)."""
    number, late = (FOLLOWUP.count(office, Query(on=on, view=key)) for key in ("due", "late"))
    tone = "late" if late else "soon" if number else "done"
    hint = f"其中逾期 {late}" if late else ""
    return [Count("followup_due", "健康服务预约", number, tone, "followup", "due", hint)]


def slides(office: Office, on: date) -> list[Slide]:
    """Visits done in the week of `on` and persons still due on that day, by village; no illness is named."""
    monday, _ = week_of(on)
    with office.read() as session:
        names = villages_on(session, on)
        place = placed_on(Enrolment.__tablename__, Enrolment.id, Enrolment.unit_id, on).label("place")
        done = _by_village(
            names,
            session.execute(
                select(place, func.count())
                .join(Visit, Visit.enrolment_id == Enrolment.id)
                .where(Visit.day.between(monday, on))
                .group_by("place")
            ).all(),
        )
        wanted = select(place, func.count()).where(is_due(on)).group_by("place")
        still = _by_village(names, session.execute(wanted).all())
        is_used = session.scalar(select(Enrolment.id).limit(1)) is not None
    if not is_used:
        return []
    labels = tuple(name for name in (*dict.fromkeys(names.values()), "") if done[name] or still[name])
    return [_slide(labels, done, still, f"{chinese(monday)}—{on.month}月{on.day}日")]


def _slide(labels: tuple[str, ...], done: Counter[str], still: Counter[str], period: str) -> Slide:
    shown = tuple(name or "未定网格" for name in labels)
    title = f"本周完成健康随访 {done.total()} 人次，还有 {still.total()} 人到期未访"
    if still:
        most = max(labels, key=lambda name: still[name])
        title += f"，{most or '未定网格'}最多（{still[most]} 人）"
    return Slide(
        key="followup",
        title=title,
        kind="stacked",
        labels=shown,
        series=(
            Series("已随访", tuple(float(done[name]) for name in labels), "done"),
            Series("到期未访", tuple(float(still[name]) for name in labels), "soon"),
        ),
        unit="人",
        period=period,
        total=f"已随访 {done.total()} 人次 · 到期未访 {still.total()} 人",
        header=("村（社区）", "本周已随访", "到期未访"),
        rows=tuple((shown[number], str(done[name]), str(still[name])) for number, name in enumerate(labels)),
        order=60,
    )


def _by_village(names: dict[int, str], rows: Iterable[Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for unit_id, number in rows:
        found[names.get(unit_id, "")] += number
    return found
