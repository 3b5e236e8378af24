"""What gathers about a case, as its page shows it: why its light is so, parts, calls, papers, and one story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.domain import attachments, casework, duty, loop, supervise, why
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.casework import (
    ASKED,
    CaseContact,
    CaseExtension,
    CaseHousehold,
    CasePaper,
    CaseTask,
)
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.work import Case
from gridoffice.modules.cases.dealing import CONTACTS, PHOTOS
from gridoffice.modules.cases.seeking import household_words
from gridoffice.modules.cases.story import PAPERS, Happening, story


@dataclass(frozen=True)
class Item:
    """A line of a section: id, main words, lesser words, tone, and whether it still waits for somebody."""

    id: int
    text: str
    detail: str = ""
    tone: str = "plain"
    is_open: bool = False


@dataclass(frozen=True)
class Details:
    """Everything about a case that its page shows beside the case itself."""

    why: str  # the sentence under the standing, "" where no clock runs
    supervision: str  # "黄牌督办 · 王建国", "" for none
    proposed: str  # the rung that is proposed now, "" for none
    proposed_rank: int
    extensions: tuple[Item, ...]
    tasks: tuple[Item, ...]
    contacts: tuple[Item, ...]
    papers: tuple[Item, ...]
    households: tuple[Item, ...]
    photos: tuple[tuple[int, str], ...]  # attachment id, before | after | photo
    is_on_map: bool
    reporter: str
    reporter_phone: str
    ended_unit: str  # the name of the unit when it was merged since, else ""
    merged_into: str  # number of the case this one went into, else ""
    story: tuple[Happening, ...]  # oldest first

    @property
    def pending(self) -> Item | None:
        """The extension that waits for a decision."""
        return next((one for one in self.extensions if one.is_open), None)


def details(office: Office, case_id: int) -> Details | None:
    """What the page shows around a case; None when it is gone."""
    with office.read() as session:
        case = session.get(Case, case_id)
        return _details(session, case, office.now()) if case is not None else None


def _details(session: Session, case: Case, now: datetime) -> Details:
    reason = why.explain(session, case, now)
    rung = supervise.proposed(session, case, now)
    leader = duty.name_of(session, case.supervisor_id) if case.supervisor_id else ""
    title = supervise.title_of(session, case.supervision)
    unit = session.get(GridUnit, case.unit_id) if case.unit_id else None
    kept = session.get(Case, case.merged_into_id) if case.merged_into_id else None
    files = attachments.of_record(session, Case.__tablename__, case.id)
    return Details(
        why=reason.sentence if reason else "",
        supervision=" · ".join(filter(None, (title, leader))),
        proposed=rung.title if rung else "",
        proposed_rank=rung.rank if rung else 0,
        extensions=tuple(_extension(one) for one in casework.of_case(session, CaseExtension, case.id)),
        tasks=tuple(_task(one, now.date()) for one in casework.of_case(session, CaseTask, case.id)),
        contacts=tuple(_contact(one) for one in casework.of_case(session, CaseContact, case.id)),
        papers=tuple(_paper(one, now.date()) for one in casework.of_case(session, CasePaper, case.id)),
        households=_households(session, case.id),
        photos=tuple((one.id, one.kind if one.kind in PHOTOS else "photo") for one in files if _is_photo(one)),
        is_on_map=case.map_x is not None,
        reporter=case.reporter,
        reporter_phone=case.reporter_phone,
        ended_unit=unit.name if unit is not None and unit.end is not None and unit.end < now.date() else "",
        merged_into=kept.number if kept is not None else "",
        story=story(session, case),
    )


def _is_photo(file: Attachment) -> bool:
    return file.mime.startswith("image/")


def _extension(one: CaseExtension) -> Item:
    text = f"{one.days} 个工作日 · {ASKED[one.state]}"
    told = [f"{one.asked_by} {one.asked_at:%m-%d} 申请：{one.reason}"]
    if one.decided_at is not None:
        told.append(f"{one.decided_by} {one.decided_at:%m-%d} {one.note or ASKED[one.state]}")
    tone = {"pending": "soon", "granted": "done"}.get(one.state, "late")
    return Item(one.id, text, "；".join(told), tone, one.state == casework.PENDING)


def _task(one: CaseTask, today: date) -> Item:
    if one.done_on is not None:
        return Item(
            one.id, one.title, " · ".join(filter(None, (one.handler, f"{chinese(one.done_on)}完成", one.note))), "done"
        )
    is_late = one.due_on is not None and one.due_on < today
    limit = f"{'已过' if is_late else ''}时限 {chinese(one.due_on)}" if one.due_on else "没有时限"
    return Item(one.id, one.title, f"{one.handler} · {limit}", "late" if is_late else "soon", True)


def _contact(one: CaseContact) -> Item:
    told = loop.SATISFACTION.get(one.satisfaction, "")
    words = " · ".join(filter(None, (CONTACTS.get(one.kind, one.kind), one.way, one.whom, told)))
    tone = "late" if one.satisfaction == "bad" else "plain"
    return Item(one.id, words, f"{one.at:%m-%d %H:%M} {one.who}：{one.text}", tone)


def _paper(one: CasePaper, today: date) -> Item:
    title = PAPERS.get(one.kind, one.kind)
    told = [chinese(one.day), one.addressee]
    tone, is_open = "plain", False
    if one.replied_on is not None:
        told.append(f"{chinese(one.replied_on)}回执：{one.reply}" if one.reply else f"{chinese(one.replied_on)}回执")
        tone = "done"
    elif one.reply_by is not None:
        is_open, tone = True, "late" if one.reply_by < today else "soon"
        told.append(f"应在 {chinese(one.reply_by)} 前回执")
    return Item(one.id, f"{title} {one.number}", " · ".join(filter(None, told)), tone, is_open)


def _households(session: Session, case_id: int) -> tuple[Item, ...]:
    linked = dict.fromkeys(one.household_id for one in casework.of_case(session, CaseHousehold, case_id))
    return tuple(Item(number, household_words(session, number)) for number in linked)
