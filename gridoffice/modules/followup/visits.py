"""Follow-up visits: what the rule suggests, what the doctor keeps, and the day of the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import identity
from gridoffice.domain.people import Resident
from gridoffice.forms import answers as sheets
from gridoffice.forms import kept as texts
from gridoffice.forms import load
from gridoffice.forms.rules import RULES, Suggestion
from gridoffice.forms.schema import Form
from gridoffice.modules.followup.model import LEFT, Enrolment, Visit
from gridoffice.modules.followup.register import SAFE, first_day, of_id, visits_of

CARRIED = ("height", "sbp_goal", "drug1", "drug2", "drug3", "drug_other", "insulin1", "insulin2")
"""What a new sheet takes over from the visit before, besides all targets."""


@dataclass(frozen=True)
class VisitEntry:
    """A visit as it is entered; an empty class, action or next day means: as the rule suggests."""

    day: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    outcome: int | None = None
    action: str = ""
    next_on: date | None = None
    doctor: str = ""


def suggestion(
    office: Office, enrolment_id: int, day: date, answers: Mapping[str, Any], visit_id: int | None = None
) -> Suggestion | None:
    """What the programme's rule makes of answers on a day; None while the figure it needs is missing."""
    with office.read() as session:
        return _suggested(session, of_id(session, enrolment_id), day, answers, visit_id)


def _suggested(
    session: Session, record: Enrolment, day: date, answers: Mapping[str, Any], visit_id: int | None
) -> Suggestion | None:
    programme = load.programme_form(record.programme).programme
    if programme is None:
        return None
    previous = _previous(session, record, day, visit_id)
    return RULES[programme.rule](answers, age_on(session, record, day), previous, programme.figures)


def _previous(session: Session, record: Enrolment, day: date, visit_id: int | None) -> int | None:
    """The class of the visit before a day; what was taken over with the enrolment counts where no visit is kept."""
    visits = visits_of(session, record.id)
    for visit in visits:
        if visit.id != visit_id and (visit.day, visit.id) < (day, visit_id or 2**31):
            return visit.outcome
    if not visits and record.last_on and record.last_on < day:
        return record.last_class
    return None


def age_on(session: Session, record: Enrolment, day: date) -> int | None:
    """Whole years on a day, from the ID number or the ledger; None when neither tells."""
    birth = identity.read_id(record.id_number, day).birth if record.id_number else None
    if birth is None and record.resident_id:
        person = session.get(Resident, record.resident_id)
        birth = person.born if person else None
    return identity.age_on(birth, day) if birth else None


def record(office: Office, enrolment_id: int, entry: VisitEntry) -> int:
    """Record a visit; suggested and kept class are both kept. The new id; raises OfficeError."""
    with office.read() as session:
        name = of_id(session, enrolment_id).name
    with office.unit(f"登记健康随访：{name}") as session:
        enrolment = of_id(session, enrolment_id)
        form = load.programme_form(enrolment.programme)
        visit = Visit(enrolment_id=enrolment_id, form=form.key, form_version=form.version)
        _fill(session, office, enrolment, visit, entry, form)
        session.add(visit)
        session.flush()
        _carry(session, enrolment)
        return visit.id


def change(office: Office, visit_id: int, entry: VisitEntry, version: int | None = None) -> None:
    """Change a visit; the rule looks at it again. Raises OfficeError, also on a newer version."""
    with office.read() as session:
        name = of_id(session, _visit(session, visit_id).enrolment_id).name
    with office.unit(f"修改健康随访：{name} {entry.day.isoformat()}") as session:
        visit = _visit(session, visit_id)
        if version is not None and visit.version != version:
            raise OfficeError("这次随访刚被别人改过", safe="您的修改还没有保存", do="请关闭后重新打开，再改一次")
        enrolment = of_id(session, visit.enrolment_id)
        form = load.programme_form(enrolment.programme)
        visit.form, visit.form_version = form.key, form.version
        _fill(session, office, enrolment, visit, entry, form)
        session.flush()
        _carry(session, enrolment)


def remove(office: Office, visit_id: int) -> None:
    """Delete a visit; last and next day follow from those that stay. Raises OfficeError when it is gone."""
    with office.read() as session:
        visit = _visit(session, visit_id)
        name = of_id(session, visit.enrolment_id).name
    with office.unit(f"删除健康随访：{name} {visit.day.isoformat()}") as session:
        visit = _visit(session, visit_id)
        enrolment = of_id(session, visit.enrolment_id)
        session.delete(visit)
        session.flush()
        _carry(session, enrolment)


def proposal(office: Office, enrolment_id: int) -> VisitEntry:
    """What a new sheet starts from: today, targets and drugs of the visit before, the same doctor."""
    with office.read() as session:
        last = next(iter(visits_of(session, enrolment_id)), None)
    if last is None:
        return VisitEntry(office.today())
    carried = {key: value for key, value in last.answers.items() if key in CARRIED or key.endswith("_target")}
    return VisitEntry(office.today(), carried, doctor=last.doctor)


def entry_of(office: Office, visit_id: int) -> tuple[VisitEntry, int]:
    """A kept visit as an entry, and its version. Raises OfficeError when it is gone."""
    with office.read() as session:
        visit = _visit(session, visit_id)
    entry = VisitEntry(visit.day, dict(visit.answers), visit.outcome, visit.action, visit.next_on, visit.doctor)
    return entry, visit.version


def _visit(session: Session, visit_id: int) -> Visit:
    visit = session.get(Visit, visit_id)
    if visit is None:
        raise OfficeError("这次随访已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return visit


def _fill(session: Session, office: Office, enrolment: Enrolment, visit: Visit, entry: VisitEntry, form: Form) -> None:
    """Take an entry over into a visit; raises OfficeError."""
    _check(office, enrolment, entry, form)
    texts.keep(session, form)
    kept = sheets.completed(form, entry.answers)
    told = _suggested(session, enrolment, entry.day, kept, visit.id)
    outcome = entry.outcome or (told.outcome if told else None)
    next_on = entry.next_on or (entry.day + timedelta(days=told.days) if told else None)
    if outcome is None or next_on is None:
        raise OfficeError("还没有此次随访分类或下次随访日期", safe=SAFE, do="请由医生选择分类，并填下次随访日期")
    if next_on <= entry.day:
        raise OfficeError("下次随访日期不晚于本次随访", safe=SAFE, do="请改正下次随访日期")
    visit.day, visit.answers = entry.day, {**sheets.strays(form, visit.answers or {}), **kept}
    visit.suggested = told.outcome if told else None
    visit.outcome, visit.next_on, visit.doctor = outcome, next_on, entry.doctor.strip()
    visit.action = entry.action or (told.action if told else "")


def _check(office: Office, enrolment: Enrolment, entry: VisitEntry, form: Form) -> None:
    wrong = sheets.problems(form, entry.answers)
    if wrong:
        told = [f"{item.title}{wrong[item.key]}" for item in form.items if item.key in wrong]
        more = f"等 {len(told)} 项" if len(told) > 4 else ""
        raise OfficeError(f"随访表还不能保存：{'；'.join(told[:4])}{more}", safe=SAFE, do="请补填或改正")
    if (entry.answers.get("dbp") or 0) >= (entry.answers.get("sbp") or 999):
        raise OfficeError("舒张压不低于收缩压", safe=SAFE, do="请核对血压的两个数值")
    if entry.day > office.today():
        raise OfficeError(f"随访日期{chinese(entry.day)}在今天之后", safe=SAFE, do="请改正日期")
    if enrolment.state == LEFT and enrolment.left_on and entry.day > enrolment.left_on:
        raise OfficeError(f"{enrolment.name}已于{chinese(enrolment.left_on)}结案", safe=SAFE, do="请先恢复随访")
    if not entry.doctor.strip():
        raise OfficeError("没有填随访医生", safe=SAFE, do="随访表由医生填写并签名，请填医生姓名")


def _carry(session: Session, enrolment: Enrolment) -> None:
    """Last day, last class and next day follow the newest visit."""
    last = next(iter(visits_of(session, enrolment.id)), None)
    enrolment.last_on = last.day if last else None
    enrolment.last_class = last.outcome if last else None
    if last:
        enrolment.next_on = last.next_on
    elif enrolment.enrolled_on:
        enrolment.next_on = first_day(enrolment.programme, enrolment.enrolled_on)
    else:
        enrolment.next_on = None
