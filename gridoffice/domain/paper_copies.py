"""Copies of issued papers: who has them, where they hang, whether they were signed for and taken back; recalling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, ForeignKey, Integer, String, and_, exists, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.errors import OfficeError
from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.domain.papers import IssuedPaper, PaperItem

STAFF = "staff:"
UNIT = "unit:"
"""How the keys of parts begin that belong to a worker or to a unit."""


def one_line(text: str) -> str:
    """A text on one line without blanks around it."""
    return " ".join(text.split())


class PaperCopy(Record):
    """One or more copies of a paper, or of one part of it: with somebody, or hanging at a place."""

    __tablename__ = "paper_copy"

    paper_id: Mapped[int] = mapped_column(ForeignKey("issued_paper.id", ondelete="CASCADE"), index=True)
    item_key: Mapped[str] = mapped_column(String(60), default="")  # of the part, "": the whole paper
    item_title: Mapped[str] = mapped_column(String(120), default="")
    receiver: Mapped[str] = mapped_column(String(60), default="")
    staff_id: Mapped[int | None] = mapped_column(Integer, index=True)  # no reference: the register outlives the worker
    copies: Mapped[int] = mapped_column(Integer, default=1)
    given_on: Mapped[date] = mapped_column(Date)
    signed_on: Mapped[date | None] = mapped_column(Date)  # the receiver signed for it
    place: Mapped[str] = mapped_column(String(120), default="")  # where it hangs, "": with the receiver
    unit_id: Mapped[int | None] = mapped_column(Integer, index=True)
    returned_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(120), default="")


def is_old() -> ColumnElement[bool]:
    """Whether the paper or part of a copy is recalled or has been issued anew; in a select that joins the paper."""
    part = exists().where(
        PaperItem.paper_id == PaperCopy.paper_id,
        PaperItem.key == PaperCopy.item_key,
        PaperItem.replaced_by.is_not(None),
    )
    return or_(
        IssuedPaper.recalled_on.is_not(None),
        IssuedPaper.is_replaced.is_(True),
        and_(PaperCopy.item_key != "", part),
    )


def is_out() -> ColumnElement[bool]:
    """Whether a copy has not come back."""
    return PaperCopy.returned_on.is_(None)


@dataclass(frozen=True)
class Handing:
    """What is to be written of one copy that is given out or hung up."""

    receiver: str = ""
    staff_id: int | None = None
    item_key: str = ""
    item_title: str = ""
    copies: int = 1
    given_on: date | None = None
    signed_on: date | None = None
    place: str = ""
    unit_id: int | None = None
    note: str = ""


def hand_out(office: Office, paper_id: int, wanted: Sequence[Handing]) -> list[int]:
    """Write down who got copies of a paper and where they hang; raises OfficeError, one step for all of them."""
    for one in wanted:
        _check(one)
    if not wanted:
        return []
    with office.unit(f"登记发放：{_number(office, paper_id)} {_told(wanted)}") as session:
        paper = session.get_one(IssuedPaper, paper_id)
        if paper.recalled_on is not None:
            raise OfficeError("这份文书已经作废，不能再发", safe="没有登记", do="请先重新签发一份")
        made = [_copy(office, paper_id, one) for one in wanted]
        session.add_all(made)
        session.flush()
        return [one.id for one in made]


def hand_out_many(office: Office, wanted: Mapping[int, Sequence[Handing]]) -> int:
    """Write down the receivers and places of several papers as one step; how many entries that makes."""
    every = [(paper_id, one) for paper_id, some in wanted.items() for one in some]
    for _paper_id, one in every:
        _check(one)
    if every:
        with office.unit(f"登记发放 {len(wanted)} 份文书：{_told([one for _, one in every])}") as session:
            session.add_all([_copy(office, paper_id, one) for paper_id, one in every])
    return len(every)


def _check(one: Handing) -> None:
    if not one.receiver.strip() and not one.place.strip():
        raise OfficeError("还没有写发给谁或挂在哪里", safe="没有登记", do="领用人和悬挂地点请至少填一个")
    if not 1 <= one.copies <= 100_000:
        raise OfficeError("份数不对", safe="没有登记", do="请填 1 到 100000 之间的整数")


def _copy(office: Office, paper_id: int, one: Handing) -> PaperCopy:
    return PaperCopy(
        paper_id=paper_id,
        item_key=one.item_key,
        item_title=one.item_title[:120],
        receiver=one_line(one.receiver)[:60],
        staff_id=one.staff_id,
        copies=one.copies,
        given_on=one.given_on or office.today(),
        signed_on=one.signed_on,
        place=one_line(one.place)[:120],
        unit_id=one.unit_id,
        note=one_line(one.note)[:120],
    )


def _told(wanted: Sequence[Handing]) -> str:
    names = [one.place.strip() or one.receiver.strip() for one in wanted]
    return "、".join(names[:3]) + (f"等 {len(names)} 处" if len(names) > 3 else "")


def _number(office: Office, paper_id: int) -> str:
    with office.read() as session:
        number = session.scalar(select(IssuedPaper.number).where(IssuedPaper.id == paper_id))
    if number is None:
        raise OfficeError("登记里已经没有这份文书", do="请刷新列表后再选")
    return number


def change(office: Office, copy_id: int, told: Handing) -> None:
    """Mend what is written of a copy."""
    _check(told)
    with office.unit(f"修改发放登记：{_told([told])}") as session:
        record = _get(session, copy_id)
        record.receiver, record.staff_id = one_line(told.receiver)[:60], told.staff_id
        record.copies, record.place, record.unit_id = told.copies, one_line(told.place)[:120], told.unit_id
        record.given_on, record.signed_on = told.given_on or record.given_on, told.signed_on
        record.note = one_line(told.note)[:120]


def _get(session: Session, copy_id: int) -> PaperCopy:
    record = session.get(PaperCopy, copy_id)
    if record is None:
        raise OfficeError("这条发放登记已经没有了", safe="没有改动任何内容", do="请刷新列表后再选")
    return record


def sign_for(office: Office, copy_ids: Sequence[int], day: date | None = None) -> int:
    """Write down that the receivers signed for their copies; the number of those that had not."""
    return _mark(office, copy_ids, "签收", "signed_on", day or office.today())


def take_back(office: Office, copy_ids: Sequence[int], day: date | None = None) -> int:
    """Write down that copies came back; a replaced part all of whose copies are back counts as collected."""
    return _mark(office, copy_ids, "收回", "returned_on", day or office.today())


def _mark(office: Office, copy_ids: Sequence[int], word: str, column: str, day: date) -> int:
    with office.read() as session:
        found = [record for one in copy_ids if (record := session.get(PaperCopy, one)) is not None]
    wanted = [one for one in found if getattr(one, column) is None]
    if not wanted:
        return 0
    names = "、".join(one.place or one.receiver for one in wanted[:3])
    told = f"{names}等 {len(wanted)} 份" if len(wanted) > 3 else names
    with office.unit(f"文书{word}：{told}") as session:
        for one in wanted:
            setattr(_get(session, one.id), column, day)
        session.flush()
        if column == "returned_on":
            for paper_id in {one.paper_id for one in wanted}:
                _collect(session, paper_id, day)
    return len(wanted)


def _collect(session: Session, paper_id: int, day: date) -> None:
    """Old parts of a paper that were given out and all came back."""
    copies = session.scalars(select(PaperCopy).where(PaperCopy.paper_id == paper_id)).all()
    out = {one.item_key for one in copies if one.returned_on is None}
    known = {one.item_key for one in copies}
    for item in _old_items(session, paper_id):
        if not ({"", item.key} & out) and ({"", item.key} & known):
            item.collected_on = day


def _old_items(session: Session, paper_id: int) -> list[PaperItem]:
    """Parts of a paper that are no longer to be used and not taken back yet."""
    recalled = session.get_one(IssuedPaper, paper_id).recalled_on is not None
    wanted = select(PaperItem).where(PaperItem.paper_id == paper_id, PaperItem.collected_on.is_(None))
    return list(session.scalars(wanted if recalled else wanted.where(PaperItem.replaced_by.is_not(None))))


def collect(office: Office, paper_ids: Sequence[int], day: date | None = None) -> int:
    """Write down that the old ones of some papers are taken back, whoever had them; the number of papers concerned."""
    day = day or office.today()
    touched = 0
    numbers = [_number(office, one) for one in paper_ids]
    told = f"{'、'.join(numbers[:3])}{f'等 {len(numbers)} 份' if len(numbers) > 3 else ''}"
    with office.unit(f"收回旧文书：{told}") as session:
        for paper_id in paper_ids:
            copies = session.scalars(
                select(PaperCopy)
                .join(IssuedPaper, IssuedPaper.id == PaperCopy.paper_id)
                .where(PaperCopy.paper_id == paper_id, is_out(), is_old())
            ).all()
            items = _old_items(session, paper_id)
            for copy in copies:
                copy.returned_on = day
            for item in items:
                item.collected_on = day
            touched += bool(copies or items)
    return touched


def recall(office: Office, paper_ids: Sequence[int], reason: str, day: date | None = None) -> int:
    """Declare papers void for a reason; their copies are then to be taken back. The number that were still valid."""
    reason = one_line(reason)
    if not reason:
        raise OfficeError("还没有写作废的原因", safe="没有作废", do="请写一句原因，例如 电话印错了")
    with office.read() as session:
        found = [record for one in paper_ids if (record := session.get(IssuedPaper, one)) is not None]
    valid = [one for one in found if one.recalled_on is None]
    if not valid:
        return 0
    numbers = "、".join(one.number for one in valid[:3])
    told = f"{numbers}等 {len(valid)} 份" if len(valid) > 3 else numbers
    with office.unit(f"作废文书：{told}（{reason[:40]}）") as session:
        for one in valid:
            record = session.get_one(IssuedPaper, one.id)
            record.recalled_on, record.recall_reason = day or office.today(), reason[:120]
    return len(valid)


def remove(office: Office, copy_ids: Sequence[int]) -> None:
    """Strike entries that were written by mistake."""
    with office.unit(f"删除发放登记 {len(copy_ids)} 条") as session:
        for one in copy_ids:
            session.delete(_get(session, one))


def retire(office: Office, item_ids: Sequence[int], reason: str) -> int:
    """Parts that are not needed any more are taken back and not printed anew; a paper with none left is void.

    The number of parts concerned.
    """
    day = office.today()
    with office.read() as session:
        found = [record for one in item_ids if (record := session.get(PaperItem, one)) is not None]
    wanted = [one for one in found if one.collected_on is None]
    if not wanted:
        return 0
    names = "、".join(one.title for one in wanted[:3])
    told = f"{names}等 {len(wanted)} 份" if len(wanted) > 3 else names
    with office.unit(f"收回不再需要的文书：{told}") as session:
        for one in wanted:
            session.get_one(PaperItem, one.id).collected_on = day
        session.flush()
        for paper_id in dict.fromkeys(one.paper_id for one in wanted):
            _retire(session, paper_id, {one.key for one in wanted if one.paper_id == paper_id}, day, reason)
    return len(wanted)


def _retire(session: Session, paper_id: int, keys: set[str], day: date, reason: str) -> None:
    """The copies of some parts are back; with the last part the whole paper is."""
    left = exists().where(PaperItem.paper_id == paper_id, PaperItem.collected_on.is_(None))
    is_whole = not session.scalar(select(left))
    for copy in session.scalars(
        select(PaperCopy).where(PaperCopy.paper_id == paper_id, PaperCopy.returned_on.is_(None))
    ):
        if is_whole or copy.item_key in keys:
            copy.returned_on = day
    record = session.get_one(IssuedPaper, paper_id)
    if is_whole and record.recalled_on is None:
        record.recalled_on, record.recall_reason = day, one_line(reason)[:120]
