"""Leave: entered, changed, ended early; refused with a sentence where it cannot be, and who stands in on which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import choices, duty
from gridoffice.domain.duty import Absence, Duty
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Leave, Staff, serving

KINDS = ("年休假", "事假", "病假", "婚假", "产假", "丧假", "外出培训", "公出")
"""Proposed kinds of leave; any other may be typed. Papers never say the kind."""

DAY = timedelta(days=1)
OTHERS = 5
"""How many other persons are named when the wanted stand-in is away too."""


class NobodyThere(OfficeError):
    """On some days a grid would have nobody; the leave may still be entered, with a note of what was arranged."""


@dataclass(frozen=True)
class Cover:
    """Who does a unit's work from one day to another while somebody is away; `gap` in words when nobody does."""

    unit: str
    first: date
    last: date
    name: str
    phone: str
    gap: str

    @property
    def words(self) -> str:
        """石桥村第2网格 由李秀兰代（13800001234）."""
        if self.gap:
            return f"{self.unit} {days(self.first, self.last)}：{self.gap}"
        return f"{self.unit} {days(self.first, self.last)}由{self.name}代{f'（{self.phone}）' if self.phone else ''}"


def days(first: date, last: date) -> str:
    """11月20日至22日, in the fewest words."""
    if first == last:
        return f"{first.month}月{first.day}日"
    tail = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日至{tail}"


def of_person(office: Office, staff_id: int) -> list[Absence]:
    """All leaves of a person, the newest first."""
    with office.read() as session:
        return duty.absences(session, date.min, date.max, staff_id)[::-1]


def get(office: Office, leave_id: int) -> Absence:
    """One leave; raises OfficeError when it is gone."""
    with office.read() as session:
        record = session.get(Leave, leave_id)
        found = duty.absences(session, record.start, record.end, record.staff_id) if record else []
    for one in found:
        if one.id == leave_id:
            return one
    raise OfficeError("这条请假已经不在了", do="请刷新后再看")


def people(office: Office, without: int | None = None) -> list[tuple[int, str]]:
    """Who may go on leave or stand in: id and name with unit."""
    with office.read() as session:
        return [(one.id, f"{one.text}（{one.detail}）") for one in choices.staff(session) if one.id != without]


def enter(office: Office, values: Mapping[str, Any]) -> int:
    """Enter a leave: staff_id, kind, start, end, stand_in_id (None: each grid's B), note, keep. The id.

    Raises OfficeError for days that cannot be and for a stand-in who is away; NobodyThere unless `keep` and a note.
    """
    with office.unit("登记请假") as session:
        leave = Leave(staff_id=values["staff_id"], start=values["start"], end=values["end"])
        before = _gaps(session, values["start"], values["end"])
        _write(session, leave, values, before)
        who = session.get_one(Staff, leave.staff_id).name
        session.info["unit"].record.name = f"登记请假：{who} {days(leave.start, leave.end)}"
        return leave.id


def change(office: Office, leave_id: int, values: Mapping[str, Any]) -> None:
    """Change a leave; raises as `enter`."""
    with office.unit("修改请假") as session:
        leave = session.get_one(Leave, leave_id)
        who = session.get_one(Staff, leave.staff_id).name
        session.info["unit"].record.name = f"修改请假：{who} {days(values['start'], values['end'])}"
        first, last = min(leave.start, values["start"]), max(leave.end, values["end"])
        _write(session, leave, {**values, "staff_id": leave.staff_id}, _gaps(session, first, last))


def end_early(office: Office, leave_id: int, last: date) -> None:
    """The person is back: the leave's last day becomes `last`; one that then has no day is taken out.

    Raises OfficeError when `last` is not before its end.
    """
    with office.unit("提前销假") as session:
        leave = session.get_one(Leave, leave_id)
        who = session.get_one(Staff, leave.staff_id).name
        session.info["unit"].record.name = f"提前销假：{who}，休到 {days(last, last)}"
        if last >= leave.end:
            raise OfficeError(f"这次请假本来就到 {leave.end} 为止", safe="没有改动", do="要延长请用“修改”")
        if last < leave.start:
            session.info["unit"].record.name = f"取消请假：{who} {days(leave.start, leave.end)}"
            session.delete(leave)
        else:
            leave.end = last


def remove(office: Office, leave_id: int) -> str:
    """Take a leave out that was entered by mistake; whose it was."""
    with office.unit("删除请假") as session:
        leave = session.get_one(Leave, leave_id)
        who = session.get_one(Staff, leave.staff_id).name
        session.info["unit"].record.name = f"删除请假：{who} {days(leave.start, leave.end)}"
        session.delete(leave)
    return who


class _Rehearsed(Exception):
    """Ends the rehearsal's unit without keeping anything."""


def rehearse(office: Office, values: Mapping[str, Any], leave_id: int | None = None) -> tuple[Cover, ...]:
    """Who would stand in where and when, were the leave entered like this; nothing is kept. Raises as `enter` but for
    gaps, which are among what is told."""
    found: tuple[Cover, ...] = ()
    try:
        with office.unit("试排代班") as session:
            leave = session.get(Leave, leave_id) if leave_id else None
            leave = leave or Leave(staff_id=values["staff_id"], start=values["start"], end=values["end"])
            _refuse(session, leave, values)
            _put(session, leave, values)
            found = covers(session, leave.staff_id, leave.start, leave.end)
            raise _Rehearsed
    except _Rehearsed:
        return found


def covers(session: Session, staff_id: int, first: date, last: date) -> tuple[Cover, ...]:
    """For each unit of a person who does its work on the days of an absence, equal days together."""
    spans: dict[int, list[tuple[date, date, Duty]]] = {}
    for begin, end in _spans(session, first, last):
        for unit_id, one in duty.on_duty(session, begin).items():
            if one.absent_id != staff_id:
                continue
            known = spans.setdefault(unit_id, [])
            if known and known[-1][2] == one and known[-1][1] + DAY == begin:
                known[-1] = (known[-1][0], end, one)
            else:
                known.append((begin, end, one))
    names = _unit_names(session, spans)
    return tuple(
        Cover(names[unit_id], begin, end, one.name, one.phone, one.gap)
        for unit_id in sorted(spans, key=lambda number: names[number])
        for begin, end, one in spans[unit_id]
        if unit_id in names
    )


def _unit_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    wanted = select(GridUnit.id, GridUnit.name).where(GridUnit.id.in_(list(ids)))
    return {unit_id: name for unit_id, name in session.execute(wanted)}


def _spans(session: Session, first: date, last: date) -> list[tuple[date, date]]:
    """Stretches of days on which the same people are away."""
    marks = {first}
    for start, end in session.execute(select(Leave.start, Leave.end).where(Leave.start <= last, Leave.end >= first)):
        marks |= {day for day in (start, end + DAY) if first < day <= last}
    begins = sorted(marks)
    return list(zip(begins, [*(day - DAY for day in begins[1:]), last], strict=True))


def _gaps(session: Session, first: date, last: date) -> set[tuple[int, date]]:
    """Units and first days of stretches that have nobody."""
    if first > last:
        return set()
    return {
        (unit_id, begin + DAY * step)
        for begin, end in _spans(session, first, last)
        for unit_id, one in duty.on_duty(session, begin).items()
        if one.gap
        for step in range((end - begin).days + 1)
    }


def _write(session: Session, leave: Leave, values: Mapping[str, Any], before: set[tuple[int, date]]) -> None:
    _refuse(session, leave, values)
    _put(session, leave, values)
    new = sorted(_gaps(session, leave.start, leave.end) - before, key=lambda pair: pair[1])
    note = str(values.get("note") or "").strip()
    if new and not (values.get("keep") and note):
        unit_id, day = new[0]
        told = duty.on_duty(session, day, [unit_id])[unit_id].gap
        more = len({unit for unit, _ in new}) - 1
        rest = f"；另有 {more} 个网格也没有人" if more else ""
        name = _unit_names(session, [unit_id]).get(unit_id, "")
        raise NobodyThere(
            f"{days(day, day)} {name}：{told}{rest}",
            safe="还没有登记",
            do="请选一位代班人；确实没有人，就勾选“没有人顶上也登记”，并在备注里写明怎么安排",
        )


def _put(session: Session, leave: Leave, values: Mapping[str, Any]) -> None:
    leave.start, leave.end = values["start"], values["end"]
    leave.kind = str(values.get("kind") or "请假").strip()[:20]
    leave.stand_in_id = values.get("stand_in_id")
    leave.note = str(values.get("note") or "").strip()
    session.add(leave)
    session.flush()


def _refuse(session: Session, leave: Leave, values: Mapping[str, Any]) -> None:
    who = session.get_one(Staff, values["staff_id"])
    first, last, safe = values["start"], values["end"], "还没有登记"
    if first is None or last is None:
        raise OfficeError("请假要有开始日和结束日", safe=safe, do="只休一天，两个日期填同一天")
    if last < first:
        raise OfficeError(f"请假结束日 {last} 早于开始日 {first}", safe=safe, do="请改正日期")
    if not who.is_active and (who.left_on is None or who.left_on < last):
        raise OfficeError(f"{who.name} {f'{who.left_on} ' if who.left_on else ''}已离岗", safe=safe, do="请核对人员")
    own = [one for one in duty.absences(session, first, last, who.id) if one.id != leave.id]
    if own:
        raise OfficeError(
            f"{who.name} {days(own[0].start, own[0].end)}已经登记了{own[0].kind}，日期重叠",
            safe=safe,
            do="请改日期，或打开那一条修改",
        )
    _refuse_stand_in(session, who, values.get("stand_in_id"), first, last)


def _refuse_stand_in(session: Session, who: Staff, stand_in_id: int | None, first: date, last: date) -> None:
    if stand_in_id is None:
        return
    safe = "还没有登记"
    if stand_in_id == who.id:
        raise OfficeError("代班人不能是本人", safe=safe, do="请另选一位，或空着由各网格B岗代")
    deputy = session.get_one(Staff, stand_in_id)
    if not deputy.is_active and (deputy.left_on is None or deputy.left_on < last):
        raise OfficeError(f"{deputy.name} 已离岗，不能代班", safe=safe, do=_others(session, who, first, last))
    busy = duty.absences(session, first, last, stand_in_id)
    if busy:
        raise OfficeError(
            f"{deputy.name} {days(busy[0].start, busy[0].end)}也请假，不能代班",
            safe=safe,
            do=_others(session, who, first, last, without=stand_in_id),
        )


def _others(session: Session, who: Staff, first: date, last: date, without: int | None = None) -> str:
    """A sentence naming who is there on all the days: the person's own village first."""
    gone = select(Leave.staff_id).where(Leave.start <= last, Leave.end >= first)
    home = select(GridUnit.parent_id).where(GridUnit.id == who.unit_id).scalar_subquery()
    near = or_(GridUnit.parent_id == home, GridUnit.id == home)
    wanted = (
        select(Staff.name)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .where(serving(last), Staff.id.not_in(gone), Staff.id.not_in([who.id, without or 0]))
        .order_by(near.desc().nulls_last(), Staff.sort, Staff.id)
        .limit(OTHERS)
    )
    names = list(session.scalars(wanted))
    return f"这几天在岗、可以代班的有：{'、'.join(names)}" if names else "这几天没有别的人在岗，请改日期"
