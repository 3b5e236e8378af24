"""What can be done with cases: take in, change, take one lawful step on, delete; what the page shows of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.core.text import pinyin
from gridoffice.db.office import Office
from gridoffice.domain import attachments, choices, clocks, loop, sources, why, work
from gridoffice.domain.choices import Choice
from gridoffice.domain.grids import TOWN, GridUnit, ancestors
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.cases import dealing
from gridoffice.modules.cases import entry as entries
from gridoffice.modules.cases.entry import Entry
from gridoffice.modules.cases.lights import Light, lights
from gridoffice.modules.cases.lists import CASES
from gridoffice.modules.cases.meeting import slides
from gridoffice.modules.cases.story import action

__all__ = ["LISTINGS", "Entry", "counts", "slides"]

LISTINGS = (CASES,)

Photo = tuple[str, bytes]


@dataclass(frozen=True)
class StepLine:
    """One line of the timeline."""

    at: datetime
    who: str
    action: str
    note: str


@dataclass(frozen=True)
class CaseView:
    """A case as it is shown: entry, names, lights, timeline, lawful next steps, photos (attachment ids)."""

    id: int
    version: int
    number: str
    entry: Entry
    state: str
    standing: str  # "tone|words"
    unit: str
    village: str
    finder: str
    source: str
    source_id: int | None
    measures: str
    closed_on: date | None
    lights: tuple[Light, ...]
    steps: tuple[StepLine, ...]
    next_steps: tuple[tuple[str, str], ...]  # verb, words on the button
    photos: tuple[int, ...]


def create(office: Office, entry: Entry, photos: Sequence[Photo] = ()) -> int:
    """Take a new case in under the next number, with photos of before (name, bytes); its id. Raises OfficeError."""
    entries.check(entry, office)
    with office.unit(f"登记事项：{entry.title.strip()}") as session:
        case = Case(**entries.columns(entry), found_at=entries.found_at(entry, office))
        who = _name(session, entry.finder_id) or office.user
        loop.collect(session, case, who=who, now=office.now())
        if photos:
            dealing.keep_photos(session, case, photos, "before", who, office.now())
        return case.id


def change(office: Office, case_id: int, entry: Entry, version: int | None = None) -> None:
    """Change what is written of a case, not its state; raises OfficeError, also when someone else changed it."""
    entries.check(entry, office)
    with office.unit(f"修改事项：{entry.title.strip()}") as session:
        case = _of(session, case_id)
        if version is not None and case.version != version:
            raise OfficeError("这件事项刚被别人改过", safe="您的修改还没有保存", do="请关闭后重新打开，再改一次")
        is_moved = (entry.found_on, entry.found_time) != (case.found_on, entries.of_case(case).found_time)
        was, found, kind = case.due_on, case.found_at, case.kind
        for key, value in entries.columns(entry).items():
            setattr(case, key, value)
        rules, calendar = clocks.of(session), clocks.calendar_of(session)
        if is_moved:
            case.found_at = entries.found_at(entry, office) or found
        case.due_on = entry.due_on or clocks.due_on(entry.kind, entry.found_on, rules, calendar)
        is_new_limit = case.due_on != was and work.CLOCK_OF.get(case.state) == work.HANDLE
        is_new_start = case.found_at != found and case.state == work.COLLECTED
        if case.red_at is not None and (is_new_limit or is_new_start or case.kind != kind):
            clocks.begin(case, why.began(session, case), rules, calendar)
        case.pinyin, case.initials = pinyin(case.title)


def step(office: Office, case_id: int, verb: str, given: loop.Given) -> None:
    """Take a case one lawful step on by a verb of `domain/loop.py`. Raises OfficeError."""
    if given.now > office.now() + loop.NEAR:
        raise OfficeError(
            f"办理时间 {given.now:%m-%d %H:%M} 在现在之后", safe="事项没有改动", do="请改正时间；空着就是现在"
        )
    with office.unit("办理事项") as session:
        case = _of(session, case_id)
        session.info["unit"].record.name = f"{loop.title_of(loop.VERBS[verb], case.state)}：{case.title}"
        loop.act(session, case, verb, given)


def remove(office: Office, case_ids: list[int]) -> None:
    """Delete cases with their timelines; undo brings them back."""
    with office.unit(f"删除事项 {len(case_ids)} 件") as session:
        for case_id in case_ids:
            work.remove(session, _of(session, case_id))


def add_photo(office: Office, case_id: int, name: str, data: bytes) -> int:
    """Keep a photo with a case; its attachment id. Raises OfficeError for what is no photo."""
    with office.unit("添加事项照片") as session:
        case = _of(session, case_id)
        session.info["unit"].record.name = f"添加照片：{case.title}"
        return attachments.attach(session, Case.__tablename__, case_id, name, data).id


def photo(office: Office, attachment_id: int, *, is_small: bool = True) -> bytes | None:
    """The bytes of a photo, or of its small picture."""
    with office.read() as session:
        return attachments.data_of(session, attachment_id, thumb=is_small)


def view(office: Office, case_id: int) -> CaseView:
    """A case with everything its page shows; raises OfficeError when it is gone."""
    with office.read() as session:
        case = _of(session, case_id)
        unit = session.get(GridUnit, case.unit_id) if case.unit_id else None
        above = [parent for parent in ancestors(session, unit) if parent.level > TOWN] if unit else []
        steps = work.steps_of(session, case_id)
        verbs = [one.verb for one in steps if one.verb in loop.VERBS]
        return CaseView(
            id=case.id,
            version=case.version,
            number=case.number,
            entry=entries.of_case(case),
            state=case.state,
            standing=clocks.standing(case.state, case.amber_at, case.red_at, office.now()),
            unit=unit.name if unit else "",
            village=above[0].name if above else "",
            finder=_name(session, case.finder_id),
            source=sources.title(session, case.source),
            source_id=case.source_id,
            measures=case.measures,
            closed_on=case.closed_on,
            lights=lights(case.kind, case.state, case.amber_at, case.red_at, office.now(), verbs),
            steps=tuple(StepLine(s.at, s.who, action(s.verb, s.old, s.new), s.note) for s in steps),
            next_steps=tuple((verb.key, loop.title_of(verb, case.state)) for verb in loop.offered(case)),
            photos=tuple(file.id for file in attachments.of_record(session, Case.__tablename__, case_id)),
        )


def exists(office: Office, case_id: int) -> bool:
    """Whether a case is still there."""
    with office.read() as session:
        return session.get(Case, case_id) is not None


def unit_choices(office: Office) -> list[Choice]:
    """The units a case can be in, villages and the township too."""
    with office.read() as session:
        return choices.units(session, TOWN)


def unit_name(office: Office, unit_id: int) -> str:
    """A unit's name, or "" when it is gone."""
    with office.read() as session:
        return choices.unit_name(session, unit_id)


def staff_choices(office: Office) -> list[Choice]:
    """The persons who can have found, handled or checked."""
    with office.read() as session:
        return choices.staff(session)


def kind_help(office: Office) -> str:
    """What the handling kinds are, with the office's own limits: 协调性：带回村（社区）商处，5 个工作日；…"""
    with office.read() as session:
        kinds = clocks.of(session).kinds.values()
    return "；".join(f"{one.title}：{one.help}，{one.limits[work.HANDLE].words}" for one in kinds)


def source_choices(office: Office, kept: str = "") -> list[tuple[str, str]]:
    """The sources a case can come from; `kept` is that of a case at hand."""
    with office.read() as session:
        return sources.offered(session, kept)


SHOWN = (
    ("open", "未办结", ""),
    ("late", "逾期", "late"),
    ("returned", "退回补充", "soon"),
    ("handled", "待核查", "soon"),
    ("verified", "待回访", "soon"),
    ("asked", "延期待批", "soon"),
    ("proposed", "建议督办", "late"),
    ("alone", "二次通报没有督办领导", "late"),
    ("unanswered", "回执逾期", "late"),
)
"""The numbers on 今日: view, words, and the tone while there is one."""


def counts(office: Office, on: date) -> list[Count]:
    """What is open, late, sent back, and waits for a check, a call or a decision; each opens its view."""
    with office.read() as session:
        numbers = CASES.tally_in(session, on, [key for key, _, _ in SHOWN])
    found = []
    for key, title, tone in SHOWN:
        number = numbers[key]
        if number or key in ("open", "late", "handled"):
            shown = (tone if number else "done") if tone else "plain"
            found.append(Count(f"cases_{key}", title, number, shown, module="cases", view=key))
    return found


def _of(session: Session, case_id: int) -> Case:
    case = session.get(Case, case_id)
    if case is None:
        raise OfficeError("这件事项已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return case


def _name(session: Session, staff_id: int | None) -> str:
    person = session.get(Staff, staff_id) if staff_id else None
    return person.name if person else ""
