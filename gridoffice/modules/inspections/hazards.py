"""The life of a hazard: re-checked and cleared, given more time once, handed over (reference 5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.forms import load
from gridoffice.modules.inspections.lists import GRADES, SUBJECT
from gridoffice.modules.inspections.model import CLEARED, OPEN, TRANSFERRED, Hazard
from gridoffice.modules.inspections.places import SAFE, of_id, standing_of

EXTENDED = "延期整改"
"""Action of a hazard that was given more time; it is given once only."""

BODIES = ("派出所", "消防救援大队", "其他主管部门")
"""To whom a hazard can be handed over; the township itself orders nothing (reference 5.1)."""


@dataclass(frozen=True)
class Recheck:
    """A re-check by somebody other than the finder, or with a second name."""

    day: date
    by: str
    is_right: bool
    second: str = ""
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """A hazard as it is shown at the right of the list, with what may be done next."""

    id: int
    version: int
    text: str
    place: str
    premises_id: int
    inspection_id: int
    unit: str
    owner: str
    basis: str
    grade: str
    grade_words: str  # "tone|word"
    action: str
    found_on: date
    found_by: str
    due_on: date | None
    standing: str  # "tone|word"
    rechecked: str
    note: str
    repeats: int
    can_recheck: bool
    can_extend: bool
    can_transfer: bool


def view(office: Office, hazard_id: int) -> Shown:
    """A hazard with its place and next steps; raises OfficeError when it is gone."""
    on = office.today()
    with office.read() as session:
        hazard = _of(session, hazard_id)
        place = of_id(session, hazard.premises_id)
        unit = session.get(GridUnit, place.unit_id) if place.unit_id else None
        same = select(func.count()).where(
            Hazard.premises_id == hazard.premises_id,
            Hazard.text == hazard.text,
            Hazard.id != hazard.id,
            Hazard.found_on <= hazard.found_on,
        )
        repeats = session.scalar(same) or 0
    library = load.known(load.subject(SUBJECT).library) if hazard.item else None
    item = library.item(hazard.item) if library else None
    told = f"{chinese(hazard.rechecked_on)} {hazard.rechecked_by}" if hazard.rechecked_on else ""
    return Shown(
        hazard.id,
        hazard.version,
        hazard.text,
        place.name,
        place.id,
        hazard.inspection_id,
        unit.name if unit else "",
        place.owner,
        item.basis if item else "",
        hazard.grade,
        GRADES.get(hazard.grade, f"plain|{hazard.grade}"),
        hazard.action,
        hazard.found_on,
        hazard.found_by,
        hazard.due_on,
        standing_of(hazard, on),
        told,
        hazard.note,
        repeats,
        hazard.state != CLEARED,
        hazard.state == OPEN and hazard.action != EXTENDED,
        hazard.state == OPEN,
    )


def recheck(office: Office, hazard_id: int, entry: Recheck) -> None:
    """Record a re-check: in order clears the hazard, not in order keeps it open with a note. Raises OfficeError."""
    with office.read() as session:
        text = _of(session, hazard_id).text
    with office.unit(f"复查隐患：{text[:40]}") as session:
        note_recheck(_of(session, hazard_id), entry, office.today())


def note_recheck(hazard: Hazard, entry: Recheck, today: date) -> None:
    """Write a re-check to a hazard in the unit at hand; raises OfficeError."""
    _check_recheck(hazard, entry, today)
    names = "、".join(name for name in (entry.by.strip(), entry.second.strip()) if name)
    word = "已整改，销案" if entry.is_right else "未整改"
    _append(hazard, entry.day, f"复查：{word}（{names}）{entry.note.strip()}")
    if entry.is_right:
        hazard.state, hazard.rechecked_on, hazard.rechecked_by = CLEARED, entry.day, names[:40]


def _check_recheck(hazard: Hazard, entry: Recheck, today: date) -> None:
    by, second = entry.by.strip(), entry.second.strip()
    if hazard.state == CLEARED:
        raise OfficeError("这处隐患已经销案", safe=SAFE, do="如果又出现，请登记一次新的检查")
    if not by:
        raise OfficeError("没有填复查人", safe=SAFE, do="请填复查人姓名")
    if by == hazard.found_by and (not second or second == by):
        raise OfficeError(
            f"{by}是发现这处隐患的人，不能一个人复查",
            safe=SAFE,
            do="请由另一个人复查，或填第二复查人一起签名",
        )
    if entry.day < hazard.found_on:
        raise OfficeError("复查日期早于发现日期", safe=SAFE, do="请改正日期")
    if entry.day > today:
        raise OfficeError("复查日期在今天之后", safe=SAFE, do="请改正日期")


def extend(office: Office, hazard_id: int, until: date, reason: str, approver: str) -> None:
    """Give more time, once, with a reason and who approved it. Raises OfficeError."""
    longest = load.subject(SUBJECT).longest_days
    with office.read() as session:
        text = _of(session, hazard_id).text
    with office.unit(f"隐患整改延期：{text[:40]}") as session:
        hazard = _of(session, hazard_id)
        _must_be_open(hazard)
        if hazard.action == EXTENDED:
            raise OfficeError("这处隐患已经延期过一次", safe=SAFE, do="仍未整改的请移送有权处理的部门")
        if not reason.strip() or not approver.strip():
            raise OfficeError("延期要写原因和批准人", safe=SAFE, do="请补填")
        if until <= max(office.today(), hazard.due_on or hazard.found_on):
            raise OfficeError("延期后的日期要晚于今天和原来的期限", safe=SAFE, do="请改正日期")
        if until > office.today() + timedelta(days=longest):
            raise OfficeError(f"延期不能超过 {longest} 天", safe=SAFE, do="时间再长的请移送有权处理的部门")
        _append(hazard, office.today(), f"延期至 {until.isoformat()}：{reason.strip()}（批准：{approver.strip()}）")
        hazard.action, hazard.due_on = EXTENDED, until


def transfer(office: Office, hazard_id: int, day: date, to: str, note: str = "") -> None:
    """Hand a hazard over to a body with the power; it stays uncleared until a re-check. Raises OfficeError."""
    with office.read() as session:
        text = _of(session, hazard_id).text
    with office.unit(f"移送隐患：{text[:40]}") as session:
        hazard = _of(session, hazard_id)
        _must_be_open(hazard)
        if not to.strip():
            raise OfficeError("没有选移送给谁", safe=SAFE, do="请选择派出所、消防救援大队或其他主管部门")
        if day < hazard.found_on or day > office.today():
            raise OfficeError("移送日期不对", safe=SAFE, do="请填发现之后、今天以前的日期")
        _append(hazard, day, f"移送{to.strip()}{'：' + note.strip() if note.strip() else ''}")
        hazard.state, hazard.action = TRANSFERRED, f"移送{to.strip()}"[:20]


def change(office: Office, hazard_id: int, text: str, grade: str, due_on: date, version: int | None = None) -> None:
    """Change what a hazard says, its grade and its last day, while it is open. Raises OfficeError."""
    subject = load.subject(SUBJECT)
    with office.unit(f"修改隐患：{text.strip()[:40]}") as session:
        hazard = _of(session, hazard_id)
        if version is not None and hazard.version != version:
            raise OfficeError("这处隐患刚被别人改过", safe="您的修改还没有保存", do="请关闭后重新打开，再改一次")
        _must_be_open(hazard)
        if not text.strip():
            raise OfficeError("没有写隐患内容", safe=SAFE, do="请写明部位和问题")
        if grade not in subject.deadlines:
            raise OfficeError("没有选隐患等级", safe=SAFE, do="请选择当场整改、限期整改或立即报告")
        if due_on < hazard.found_on:
            raise OfficeError("整改期限早于发现日期", safe=SAFE, do="请改正日期")
        if due_on > hazard.found_on + timedelta(days=subject.longest_days) and hazard.action != EXTENDED:
            raise OfficeError(f"整改期限不能超过发现后 {subject.longest_days} 天", safe=SAFE, do="请改正日期")
        if grade != hazard.grade and hazard.action != EXTENDED:
            hazard.action = subject.grades.get(grade, hazard.action)
        hazard.text, hazard.grade, hazard.due_on = text.strip()[:200], grade, due_on


def remove(office: Office, ids: list[int]) -> None:
    """Delete hazards entered by mistake; one that was cleared or handed over stays. Raises OfficeError."""
    with office.unit(f"删除隐患 {len(ids)} 处") as session:
        for hazard_id in ids:
            hazard = _of(session, hazard_id)
            if hazard.state != OPEN:
                raise OfficeError(
                    f"“{hazard.text}”已经办理过，不能删除",
                    safe="没有删除任何内容",
                    do="办错了可以撤销那一步；整次检查登记错了请删除检查",
                )
            session.delete(hazard)


def _of(session: Session, hazard_id: int) -> Hazard:
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise OfficeError("这处隐患已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return hazard


def _must_be_open(hazard: Hazard) -> None:
    if hazard.state != OPEN:
        word = "销案" if hazard.state == CLEARED else "移送"
        raise OfficeError(f"这处隐患已经{word}", safe=SAFE, do="只有整改中的隐患可以这样办理")


def _append(hazard: Hazard, day: date, line: str) -> None:
    """Write a step under those before, so that the story of a hazard can be read."""
    hazard.note = f"{hazard.note}\n{day.isoformat()} {line}".strip()
