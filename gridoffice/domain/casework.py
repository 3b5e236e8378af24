"""What gathers about a case beside its steps: extensions, sub-tasks, contacts, papers, linked households."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Date, DateTime, ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.db.base import Record

PENDING, GRANTED, REFUSED = "pending", "granted", "refused"
ASKED = {PENDING: "审核中", GRANTED: "通过", REFUSED: "不通过"}
"""States of an extension (reference 6.4 延期申请)."""


class OfCase(Record):
    """What belongs to a case."""

    __abstract__ = True

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)


class CaseExtension(OfCase):
    """More time asked for the running clock, in working days, and what was decided by whom."""

    __tablename__ = "case_extension"

    asked_at: Mapped[datetime] = mapped_column(DateTime)
    asked_by: Mapped[str] = mapped_column(String(60))
    days: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=PENDING)
    decided_at: Mapped[datetime | None] = mapped_column(DateTime)
    decided_by: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    old_at: Mapped[datetime | None] = mapped_column(DateTime)
    new_at: Mapped[datetime | None] = mapped_column(DateTime)


class CaseTask(OfCase):
    """A part of the work given to somebody; a case cannot be closed while one is open."""

    __tablename__ = "case_task"

    title: Mapped[str] = mapped_column(String(120))
    handler: Mapped[str] = mapped_column(String(60), default="")
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    done_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")


class CaseContact(OfCase):
    """A call or talk about a case: told the person, called back, asked; `kind` told | callback | contact."""

    __tablename__ = "case_contact"

    at: Mapped[datetime] = mapped_column(DateTime)
    kind: Mapped[str] = mapped_column(String(10), default="contact")
    way: Mapped[str] = mapped_column(String(20), default="电话")
    who: Mapped[str] = mapped_column(String(60), default="")
    whom: Mapped[str] = mapped_column(String(60), default="")
    satisfaction: Mapped[str] = mapped_column(String(10), default="")
    text: Mapped[str] = mapped_column(Text, default="")


class CasePaper(OfCase):
    """A numbered paper that a step made (受理单, 交办单, 提示函, 移送函, 办结告知), and the reply where one is due."""

    __tablename__ = "case_paper"

    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    addressee: Mapped[str] = mapped_column(String(60), default="")
    reply_by: Mapped[date | None] = mapped_column(Date)
    replied_on: Mapped[date | None] = mapped_column(Date)
    reply: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")


class CaseHousehold(OfCase):
    """A household a case is about; never named on a public print."""

    __tablename__ = "case_household"

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)


T = TypeVar("T", bound=OfCase)
ALL: tuple[type[OfCase], ...] = (CaseExtension, CaseTask, CaseContact, CasePaper, CaseHousehold)


def all_of(session: Session, case_id: int) -> list[OfCase]:
    """Everything of these kinds that belongs to a case, row by row."""
    return [record for kind in ALL for record in of_case(session, kind, case_id)]


def of_case(session: Session, kind: type[T], case_id: int) -> list[T]:
    """The records of one kind that belong to a case, oldest first."""
    return list(session.scalars(select(kind).where(kind.case_id == case_id).order_by(kind.id)))


def link_too(session: Session, household_id: int, other_id: int) -> None:
    """Cases about a household are about another too: some of its people live there now, and no print names them."""
    linked = select(CaseHousehold.case_id).where(CaseHousehold.household_id == household_id)
    for case_id in dict.fromkeys(session.scalars(linked.order_by(CaseHousehold.id))):
        session.add(CaseHousehold(case_id=case_id, household_id=other_id))


def link_once(session: Session, household_id: int) -> None:
    """A household that was joined from two is linked once with a case that told of both."""
    seen: set[int] = set()
    wanted = select(CaseHousehold).where(CaseHousehold.household_id == household_id).order_by(CaseHousehold.id)
    for one in session.scalars(wanted.execution_options(populate_existing=True)):
        if one.case_id in seen:
            session.delete(one)
        seen.add(one.case_id)
