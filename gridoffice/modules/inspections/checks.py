"""Fire checks: the checklist of a place, its answers, and the hazards that come of failed items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.premises import Premises
from gridoffice.forms import answers as sheets
from gridoffice.forms import kept, load
from gridoffice.forms.schema import Form, Item
from gridoffice.modules.inspections.lists import FAILED, PASSED, SUBJECT
from gridoffice.modules.inspections.model import OPEN, Hazard, Inspection
from gridoffice.modules.inspections.places import SAFE, of_id

DEFAULT_LIST = "fire_small"


@dataclass(frozen=True)
class Found:
    """A hazard told in own words, beside the checklist."""

    text: str
    grade: str = "G2"


@dataclass(frozen=True)
class Entry:
    """A check as it is entered; without a checklist only what was found counts."""

    premises_id: int | None
    day: date
    inspector: str = ""
    second: str = ""
    checklist: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    found: tuple[Found, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Check:
    """A check as it is shown: what was answered, and the hazards it found."""

    id: int
    version: int
    entry: Entry
    place: str
    kind: str
    result: str
    failed: tuple[str, ...]
    hazards: tuple[tuple[int, str], ...]  # id, text


def checklist_for(kind: str) -> Form:
    """The checklist of a kind of premises; a kind of the office's own gets that of small places."""
    place = load.subject(SUBJECT).place(kind)
    return load.checklist(SUBJECT, place.checklist if place else DEFAULT_LIST)


def deadline(grade: str, day: date) -> date:
    """The default last day for putting a hazard right (reference 5.4: G1 now, G2 7 days, G3 3 days)."""
    return day + timedelta(days=load.subject(SUBJECT).deadlines.get(grade, 7))


def record(office: Office, entry: Entry) -> int:
    """Record a check; every failed item becomes a hazard in the same unit. The new id; raises OfficeError."""
    with office.read() as session:
        place, form = _checked(session, entry, office)
    with office.unit(f"登记消防检查：{place.name}") as session:
        check = Inspection(premises_id=place.id)
        _keep_text(session, form)
        _fill(check, entry, form)
        session.add(check)
        session.flush()
        _open(session, check, entry, form)
        return check.id


def change(office: Office, check_id: int, entry: Entry, version: int | None = None) -> None:
    """Change a check: items failed anew bring a hazard, items no longer failed take theirs back while untouched.

    Hazards in own words are added to those there are. Raises OfficeError, also on a newer version.
    """
    with office.read() as session:
        place, form = _checked(session, entry, office)
    with office.unit(f"修改消防检查：{place.name} {entry.day.isoformat()}") as session:
        check = _of(session, check_id)
        if version is not None and check.version != version:
            raise OfficeError("这次检查刚被别人改过", safe="您的修改还没有保存", do="请关闭后重新打开，再改一次")
        _take_back(session, check, form, entry)
        _keep_text(session, form)
        _fill(check, entry, form)
        check.premises_id = place.id
        session.flush()
        for hazard in _hazards(session, check.id):
            hazard.premises_id = place.id
        _open(session, check, entry, form)
        if _hazards(session, check.id):
            check.result = FAILED


def remove(office: Office, ids: list[int], *, with_hazards: bool = False) -> None:
    """Delete checks; those that found hazards only together with these (`with_hazards`), else OfficeError says so."""
    with office.unit(f"删除消防检查 {len(ids)} 次") as session:
        checks = [_of(session, check_id) for check_id in ids]
        hazards = [hazard for check in checks for hazard in _hazards(session, check.id)]
        if hazards and not with_hazards:
            still = sum(hazard.state == OPEN for hazard in hazards)
            raise OfficeError(
                f"这些检查发现过 {len(hazards)} 处隐患，其中 {still} 处还在整改",
                safe="没有删除任何内容",
                do="可以选择连同隐患一起删除，删除后能撤销",
            )
        for hazard in hazards:
            session.delete(hazard)
        session.flush()
        for check in checks:
            session.delete(check)


def hazards_number(office: Office, ids: list[int]) -> int:
    """How many hazards some checks found."""
    with office.read() as session:
        return sum(len(_hazards(session, check_id)) for check_id in ids)


def view(office: Office, check_id: int) -> Check:
    """A check with its failed items and hazards; raises OfficeError when it is gone."""
    with office.read() as session:
        check = _of(session, check_id)
        place = of_id(session, check.premises_id)
        hazards = tuple((hazard.id, hazard.text) for hazard in _hazards(session, check_id))
        now = load.known(check.checklist) if check.checklist else None
        form = kept.form_of(session, check.checklist, check.checklist_version, now)
    entry = Entry(
        check.premises_id,
        check.day,
        check.inspector,
        check.second,
        check.checklist,
        dict(check.answers or {}),
        (),
        check.note,
    )
    failed = sheets.failed(form, entry.answers) if form else []
    told = tuple(f"{item.title}：{item.fail_when}" for item in failed)
    return Check(check.id, check.version, entry, place.name, place.kind, check.result, told, hazards)


def proposal(office: Office, premises_id: int | None) -> Entry:
    """What a new check starts from: today, the place's checklist, and the two who checked last."""
    with office.read() as session:
        last = session.scalars(select(Inspection).order_by(Inspection.id.desc()).limit(1)).first()
        place = session.get(Premises, premises_id) if premises_id else None
    return Entry(
        premises_id,
        office.today(),
        last.inspector if last else "",
        last.second if last else "",
        checklist_for(place.kind).key if place else "",
    )


def _of(session: Session, check_id: int) -> Inspection:
    check = session.get(Inspection, check_id)
    if check is None:
        raise OfficeError("这次检查已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return check


def _hazards(session: Session, check_id: int) -> list[Hazard]:
    return list(session.scalars(select(Hazard).where(Hazard.inspection_id == check_id).order_by(Hazard.id)))


def _checked(session: Session, entry: Entry, office: Office) -> tuple[Premises, Form | None]:
    """Place and checklist of a sound entry; raises OfficeError."""
    if not entry.premises_id:
        raise OfficeError("没有选场所", safe=SAFE, do="请选择检查的场所")
    place = of_id(session, entry.premises_id)
    if entry.day > office.today():
        raise OfficeError(f"检查日期{chinese(entry.day)}在今天之后", safe=SAFE, do="请改正日期")
    if not entry.inspector.strip():
        raise OfficeError("没有填检查人", safe=SAFE, do="请填检查人姓名，建议两人同行")
    if entry.inspector.strip() == entry.second.strip():
        raise OfficeError("检查人和同行人是同一个人", safe=SAFE, do="请改正同行人，一人检查就留空")
    if any(not found.text.strip() for found in entry.found):
        raise OfficeError("有一处隐患没有写内容", safe=SAFE, do="请写明部位和问题，或删掉这一行")
    form = load.known(entry.checklist) if entry.checklist else None
    if form:
        wrong = sheets.problems(form, entry.answers)
        if wrong:
            first = next(item.title for item in form.items if item.key in wrong)
            raise OfficeError(
                f"检查表还有 {len(wrong)} 项没有填，例如“{first}”",
                safe=SAFE,
                do="每一项请选合格、不合格或不适用；可以用“其余全部合格”",
            )
    return place, form


def _keep_text(session: Session, form: Form | None) -> None:
    if form is not None:
        kept.keep(session, form)


def _fill(check: Inspection, entry: Entry, form: Form | None) -> None:
    check.day, check.note = entry.day, entry.note.strip()
    check.inspector, check.second = entry.inspector.strip(), entry.second.strip()
    check.checklist = form.key if form else entry.checklist
    check.checklist_version = form.version if form else check.checklist_version or 0
    before = dict(check.answers or {})
    check.answers = {**sheets.strays(form, before), **sheets.completed(form, entry.answers)} if form else before
    has_failed = bool(form and sheets.failed(form, check.answers)) or bool(entry.found)
    check.result = FAILED if has_failed else PASSED


def _open(session: Session, check: Inspection, entry: Entry, form: Form | None) -> None:
    """A hazard for each failed item that has none yet, and for each one told in own words."""
    there = {hazard.item for hazard in _hazards(session, check.id)}
    for item in sheets.failed(form, check.answers) if form else ():
        if item.key not in there:
            session.add(_hazard(check, _words(item, check.answers), item.grade or "G2", item.key))
    for found in entry.found:
        session.add(_hazard(check, found.text.strip(), found.grade))


def _words(item: Item, answers: Mapping[str, Any]) -> str:
    note = str(answers.get(f"{item.key}_note", "")).strip()
    return f"{item.hazard or item.title}（{note}）" if note else item.hazard or item.title


def _hazard(check: Inspection, text: str, grade: str, item: str = "") -> Hazard:
    return Hazard(
        inspection_id=check.id,
        premises_id=check.premises_id,
        item=item,
        text=text[:200],
        grade=grade,
        action=load.subject(SUBJECT).grades.get(grade, "限期整改"),
        found_on=check.day,
        found_by=check.inspector,
        due_on=deadline(grade, check.day),
        state=OPEN,
    )


def _take_back(session: Session, check: Inspection, form: Form | None, entry: Entry) -> None:
    """Delete hazards of items no longer failed; one that was already re-checked or handed over stays, and says so."""
    if form is None:
        return
    still = {item.key for item in sheets.failed(form, entry.answers)}
    for hazard in _hazards(session, check.id):
        if form.item(hazard.item) and hazard.item not in still:
            if hazard.state != OPEN or hazard.note:
                raise OfficeError(
                    f"“{hazard.text}”已经办理过，不能改成没有隐患",
                    safe="检查记录没有改动",
                    do="请先在“隐患”里处理它",
                )
            session.delete(hazard)
    session.flush()
