"""Leave: entered, changed, ended early; refused with a sentence where it cannot be, and who stands in on which days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import choices, duty
from gridoffice.domain.covers import Cover, covers, days, gaps, unit_names
from gridoffice.domain.duty import Absence
from gridoffice.domain.staff import Leave, Staff
from gridoffice.modules.personnel.refusals import refuse

KINDS = ("年休假", "事假", "病假", "婚假", "产假", "丧假", "外出培训", "公出")
"""Proposed kinds of leave; any other may be typed. Papers never say the kind."""


class NobodyThere(OfficeError):
    """On some days a grid would have nobody; the leave may still be entered, with a note of what was arranged."""


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


def whose(office: Office, leave_id: int) -> int | None:
    """Whose a leave is."""
    with office.read() as session:
        record = session.get(Leave, leave_id)
        return record.staff_id if record else None


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
        before = gaps(session, values["start"], values["end"])
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
        _write(session, leave, {**values, "staff_id": leave.staff_id}, gaps(session, first, last))


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
            refuse(session, leave, values)
            _put(session, leave, values)
            found = covers(session, leave.staff_id, leave.start, leave.end)
            raise _Rehearsed
    except _Rehearsed:
        return found


def _write(session: Session, leave: Leave, values: Mapping[str, Any], before: set[tuple[int, date]]) -> None:
    refuse(session, leave, values)
    _put(session, leave, values)
    new = sorted(gaps(session, leave.start, leave.end) - before, key=lambda pair: pair[1])
    note = str(values.get("note") or "").strip()
    if new and not (values.get("keep") and note):
        unit_id, day = new[0]
        told = duty.on_duty(session, day, [unit_id])[unit_id].gap
        more = len({unit for unit, _ in new}) - 1
        rest = f"；另有 {more} 个网格也没有人" if more else ""
        name = unit_names(session, [unit_id]).get(unit_id, "")
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
