"""The papers that the steps of a case make: which are offered, making one under its number, and the reply to it.

Accept makes a 受理单, dispatch a 交办单, a clock that runs a 提示函, handing over a 移送函, reporting to the county a
情况报告, closing a 办结告知书. Each is one named unit: its number stands in 文书登记 and with
the case, undo takes both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import mask_numbers
from gridoffice.db.office import Office
from gridoffice.domain import casework, clocks, papers, work
from gridoffice.domain.casework import CasePaper
from gridoffice.domain.work import Case, CaseStep
from gridoffice.modules.cases import letter_view, paper_letters
from gridoffice.modules.cases.paper_letters import KINDS
from gridoffice.modules.cases.story import MADE_BY, PAPERS
from gridoffice.papers import letter, preview
from gridoffice.papers.letter import LetterView

SAFE = "没有制作文书"
COUNTY = 0  # of work.LEVELS
WHY_NOT = {
    "accept": "还没有受理立项",
    "dispatch": "还没有派遣任务",
    "notice": "现在没有正在办理的人，不用提示",
    "transfer": "还没有移交外单位",
    "report": "还没有上报到县级",
    "tell": "还没有告知并结案",
}
SAMPLE = "样稿"
"""Stands where the number goes while a paper is only looked at."""


@dataclass(frozen=True)
class Offer:
    """A paper a case can have: `why` it cannot be made now ("" = it can), proposed addressee and day of reply."""

    kind: str
    title: str
    why: str
    addressee: str
    reply_by: date | None
    made: int  # how many of it were made already


@dataclass(frozen=True)
class Letter:
    """A paper that was made; `is_late` when its reply is overdue."""

    id: int
    kind: str
    title: str
    number: str
    day: date
    addressee: str
    reply_by: date | None
    replied_on: date | None
    reply: str
    is_late: bool


@dataclass(frozen=True)
class Made:
    """A paper just made: id with the case, number, where, how many pages."""

    id: int
    number: str
    path: Path
    pages: int


def offered(office: Office, case_id: int, *, is_all: bool = False) -> tuple[Offer, ...]:
    """The papers a case can have now; with `is_all` also the others, each with why not."""
    with office.read() as session:
        case = _case(session, case_id)
        steps = work.steps_of(session, case_id)
        made = [one.kind for one in casework.of_case(session, CasePaper, case_id)]
        offers = [_offer(session, office, case, steps, kind, made.count(kind)) for kind in KINDS]
    return tuple(offer for offer in offers if is_all or not offer.why)


def _offer(session: Session, office: Office, case: Case, steps: Sequence[CaseStep], kind: str, made: int) -> Offer:
    days = paper_letters.wording(kind).reply_days
    reply_by = clocks.calendar_of(session).add(office.today(), days) if days else None
    why = "" if _is_due(case, steps, kind) else WHY_NOT[kind]
    return Offer(kind, PAPERS[kind], why, _addressee(case, kind), reply_by, made)


def _is_due(case: Case, steps: Sequence[CaseStep], kind: str) -> bool:
    verbs = [step.verb for step in steps]
    if kind == "notice":
        return case.state in (work.DISPATCHED, work.TAKEN, work.OUTSIDE)
    if kind == "report":
        return "report_up" in verbs and case.level == COUNTY
    if kind == "transfer":
        return "hand_over" in verbs and bool(case.body)
    if kind == "tell":
        return "close" in verbs and case.state in work.ENDED and case.satisfaction != "none"
    return MADE_BY[kind] in verbs


def _addressee(case: Case, kind: str) -> str:
    if kind == "tell":
        return case.reporter
    if kind in ("transfer", "report"):
        return case.body if kind == "transfer" else ""
    if kind == "accept":
        return ""
    return case.body if case.state == work.OUTSIDE else case.handler


def draft(
    office: Office, case_id: int, kind: str, *, addressee: str = "", reply_by: date | None = None,
    enclosed: Sequence[str] | None = None,
) -> bytes:  # fmt: skip
    """The paper as it would be, to be looked at: no number, nothing registered. Raises OfficeError."""
    return letter.draw(_view(office, case_id, kind, SAMPLE, addressee, reply_by, enclosed))


def make(
    office: Office, case_id: int, kind: str, out: Path, *, addressee: str = "", reply_by: date | None = None,
    enclosed: Sequence[str] | None = None,
) -> Made:  # fmt: skip
    """Draw a paper under its next number, save it, and register it with the case and in 文书登记. Raises OfficeError.

    `enclosed` are the names of what goes with it, None: those that the case proposes.
    """
    offer = next((one for one in offered(office, case_id, is_all=True) if one.kind == kind), None)
    if offer is None or offer.why:
        raise OfficeError(f"现在不能做{PAPERS.get(kind, kind)}：{offer.why if offer else '没有这种文书'}", safe=SAFE)
    addressee = addressee.strip() or offer.addressee
    if kind != "accept" and not addressee:
        raise OfficeError("没有写主送", safe=SAFE, do="请写明这份文书给谁")
    if reply_by is not None and reply_by < office.today():
        raise OfficeError("回复期限早于今天", safe=SAFE, do="请改正日期")
    due = (reply_by or offer.reply_by) if offer.reply_by else None

    def write(number: str) -> Made:
        shown = _view(office, case_id, kind, number, addressee, reply_by, enclosed)
        papers.save(out, letter.draw(shown))
        return _register(office, case_id, kind, number, addressee, due, "\n".join(shown.paragraphs), out)

    return papers.numbered(office, f"case_{kind}", write)


def _register(
    office: Office, case_id: int, kind: str, number: str, addressee: str, due: date | None, text: str, out: Path
) -> Made:
    """Write the paper into the case and into 文书登记 as one step; raises NumberTaken."""
    pages = len(preview.sizes(out))
    name = f"制作{PAPERS[kind]} {number}"
    with papers.taking(office, [number]), office.unit(name) as session:
        case = _case(session, case_id)
        session.info["unit"].record.name = f"制作{PAPERS[kind]} {number}：{case.title}"
        record = CasePaper(
            case_id=case_id, kind=kind, number=number, day=office.today(), addressee=addressee[:60],
            reply_by=due, text=text,
        )  # fmt: skip
        title = f"{PAPERS[kind]}：{case.number} {mask_numbers(case.title)}"
        session.add_all([record, papers.entry(office, f"case_{kind}", number, title, out, pages, case.unit_id)])
        session.flush()
        return Made(record.id, number, out, pages)


def of_case(office: Office, case_id: int) -> tuple[Letter, ...]:
    """The papers made of a case, the oldest first."""
    today = office.today()
    with office.read() as session:
        return tuple(_letter(one, today) for one in casework.of_case(session, CasePaper, case_id))


def _letter(one: CasePaper, today: date) -> Letter:
    is_late = one.reply_by is not None and one.replied_on is None and one.reply_by < today
    return Letter(
        one.id, one.kind, PAPERS.get(one.kind, one.kind), one.number, one.day, one.addressee, one.reply_by,
        one.replied_on, one.reply, is_late,
    )  # fmt: skip


def reply(office: Office, paper_id: int, day: date, text: str) -> None:
    """Register the reply to a paper. Raises OfficeError."""
    safe = "没有登记回执"
    if not text.strip():
        raise OfficeError("没有写回执的内容", safe=safe, do="请写一句话，例如“已签收，正在办理”")
    with office.unit("登记回执") as session:
        one = session.get(CasePaper, paper_id)
        if one is None:
            raise OfficeError("这份文书已经不在了", safe=safe, do="可能刚被撤销")
        if one.reply_by is None:
            raise OfficeError(f"{one.number}不要求回执", safe=safe, do="有新情况的，请登记联系记录")
        if day < one.day or day > office.today():
            raise OfficeError(f"回执日期应在{chinese(one.day)}到今天之间", safe=safe, do="请改正日期")
        one.replied_on, one.reply = day, text.strip()
        session.info["unit"].record.name = f"登记回执：{PAPERS.get(one.kind, one.kind)} {one.number}"


def proposed(office: Office, case_id: int, kind: str) -> tuple[str, ...]:
    """The names of what goes with a paper, as proposed."""
    with office.read() as session:
        return letter_view.enclosures(session, _case(session, case_id), kind)


def _view(
    office: Office, case_id: int, kind: str, number: str, addressee: str, reply_by: date | None,
    enclosed: Sequence[str] | None,
) -> LetterView:  # fmt: skip
    with office.read() as session:
        case = _case(session, case_id)
        offer = _offer(session, office, case, work.steps_of(session, case_id), kind, 0)
        until = (reply_by or offer.reply_by) if offer.reply_by else None
        addressee = addressee.strip() or offer.addressee
        return letter_view.view(session, office, case, kind, number, addressee, until, enclosed)


def _case(session: Session, case_id: int) -> Case:
    case = session.get(Case, case_id)
    if case is None:
        raise OfficeError("这件事项已经不在了", safe=SAFE, do="可能刚被删除；可用“撤销”找回")
    return case
