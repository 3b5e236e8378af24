"""One issued paper as the register shows it: made from what, for whom, where it hangs, what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import attachments, paper_facts
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.paper_copies import Handing, PaperCopy
from gridoffice.domain.paper_parts import FILE
from gridoffice.domain.papers import KINDS, IssuedPaper, PaperItem
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents import paper
from gridoffice.modules.documents.recipe import ONLY, Maker, Option, makers

TABLE = IssuedPaper.__tablename__
MOST_PROPOSED = 400  # receivers proposed at once: the workers of a county's office


@dataclass(frozen=True)
class Copy:
    """A copy as a line: who has it or where it hangs, what is to be known of it, and whether it is out."""

    id: int
    who: str
    told: str
    is_out: bool


@dataclass(frozen=True)
class Card:
    """Everything the register knows of one paper."""

    id: int
    number: str
    kind: str
    title: str
    edition: int
    made_on: date
    made_by: str
    pages: int
    is_signed: bool
    state: str  # "tone|word"
    unit_id: int | None
    maker: str
    made_from: tuple[tuple[str, str], ...]  # option titles and what was chosen
    parts: int
    replaced_parts: int
    copies: tuple[Copy, ...]
    photos: tuple[tuple[int, bytes], ...]  # attachment id and small picture
    history: tuple[str, ...]
    newer: tuple[int, str] | None  # id and number of the paper that took its place
    has_file: bool
    file_name: str
    sha256: str


def read(office: Office, paper_id: int) -> Card:
    """The card of a paper; raises OfficeError when it is gone."""
    from gridoffice.modules.documents.register import PAPERS

    state = PAPERS.rows(office, [paper_id], office.today()).get(paper_id)
    with office.read() as session:
        record = _get(session, paper_id)
        items = session.execute(
            select(PaperItem.replaced_by, PaperItem.collected_on).where(PaperItem.paper_id == paper_id)
        ).all()
        files = attachments.of_record(session, TABLE, paper_id)
        newest = max((one for one, _ in items if one is not None), default=None)
        newer = session.get(IssuedPaper, newest) if newest is not None else None
        copies = tuple(_copy(one) for one in _copies(session, paper_id))
        return Card(
            record.id,
            record.number,
            record.kind,
            record.title,
            record.edition,
            record.made_on,
            record.made_by,
            record.pages,
            record.is_signed,
            state[next(place for place, one in enumerate(PAPERS.columns) if one.key == "state")] if state else "",
            record.unit_id,
            record.maker,
            tuple(_made_from(session, record)),
            len(items),
            sum(1 for one, _ in items if one is not None),
            copies,
            tuple(_photos(session, files)),
            tuple(_history(record, newer, items)),
            (newer.id, newer.number) if newer is not None else None,
            any(one.kind == FILE for one in files),
            record.file_name,
            record.sha256,
        )


def _get(session: Session, paper_id: int) -> IssuedPaper:
    record = session.get(IssuedPaper, paper_id)
    if record is None:
        raise OfficeError("登记里已经没有这份文书", do="请刷新列表后再选")
    return record


def _copies(session: Session, paper_id: int) -> list[PaperCopy]:
    wanted = select(PaperCopy).where(PaperCopy.paper_id == paper_id)
    return list(session.scalars(wanted.order_by(PaperCopy.returned_on.is_not(None), PaperCopy.id)))


def _copy(one: PaperCopy) -> Copy:
    who = f"挂在 {one.place}" if one.place else one.receiver
    told = [f"{one.copies} 份" if one.copies > 1 else "", f"{one.given_on:%Y-%m-%d} {'挂出' if one.place else '发出'}"]
    if one.place and one.receiver:
        told.append(f"经手 {one.receiver}")
    if one.signed_on is not None:
        told.append(f"{one.signed_on:%m-%d} 签收")
    elif not one.place and one.returned_on is None:
        told.append("未签收")
    if one.returned_on is not None:
        told.append(f"{one.returned_on:%Y-%m-%d} 收回")
    if one.item_title:
        told.append(one.item_title)
    return Copy(one.id, who, "，".join(filter(None, [*told, one.note])), one.returned_on is None)


def _photos(session: Session, files: list[Attachment]) -> Iterator[tuple[int, bytes]]:
    for one in files:
        if one.kind != FILE:
            small = attachments.data_of(session, one.id, thumb=True)
            if small is not None:
                yield one.id, small


def _history(record: IssuedPaper, newer: IssuedPaper | None, items: Any) -> Iterator[str]:
    yield f"{record.made_on:%Y-%m-%d} {record.made_by} 制作，第 {record.edition} 版"
    if newer is not None:
        replaced = sum(1 for one, _ in items if one is not None)
        whole = "" if replaced == len(items) else f"其中 {replaced} 份"
        yield f"{newer.made_on:%Y-%m-%d} {whole}由 {newer.number} 代替"
    if record.recalled_on is not None:
        yield f"{record.recalled_on:%Y-%m-%d} 作废：{record.recall_reason}"
    days = sorted({one for _, one in items if one is not None})
    for day in days:
        yield f"{day:%Y-%m-%d} 旧的已收回"


# -- made from what


def _made_from(session: Session, record: IssuedPaper) -> Iterator[tuple[str, str]]:
    """Option by option in words; nothing for papers of other modules."""
    known = {one.name: one for one in makers()}
    made_by = known.get(record.maker)
    if made_by is None:
        return
    options = asked(record)
    for option in made_by.options:
        if option.key in options:
            words = said(session, option, options[option.key])
            if words:
                yield option.title, words
    only = options.get(ONLY)
    if only:
        yield "只印", f"其中 {len(only)} 份"


def asked(record: IssuedPaper) -> dict[str, Any]:
    """What was asked of a paper; nothing when it cannot be read."""
    try:
        found = json.loads(record.options or "{}")
    except ValueError:
        return {}
    return dict(found) if isinstance(found, dict) else {}


def said(session: Session, option: Option, value: Any) -> str:
    """A chosen value in words; "" for nothing worth telling."""
    if option.kind == "unit":
        unit = session.get(GridUnit, int(value)) if value else None
        return unit.name if unit is not None else "全部" if not value else "（已撤并）"
    if option.kind == "staff":
        staff = session.get(Staff, int(value)) if value else None
        return staff.name if staff is not None else "全部" if not value else "（已离岗）"
    if option.kind == "tick":
        return "是" if value else "否"
    words = {str(key): title for key, title in option.choices}
    if isinstance(value, list):
        return "、".join(words.get(str(one), str(one)) for one in value[:6]) + ("等" if len(value) > 6 else "")
    return words.get(str(value), str(value) if value not in (None, "") else "")


def facts(office: Office, paper_id: int) -> list[tuple[str, Mapping[str, str]]]:
    """What stood on a paper when it was issued, part by part; none where it was not kept."""
    with office.read() as session:
        wanted = select(PaperItem.title, PaperItem.facts).where(PaperItem.paper_id == paper_id).order_by(PaperItem.id)
        return [(title, paper_facts.kept(text)) for title, text in session.execute(wanted) if text]


# -- again, receivers, photos


def again(office: Office, paper_id: int) -> tuple[bytes, str]:
    """The same paper once more under its number: the very file where it was kept, else drawn again.

    With what should be told of it ("" for the very file). Raises OfficeError when neither can be had.
    """
    with office.read() as session:
        record = _get(session, paper_id)
        kept = next((one for one in attachments.of_record(session, TABLE, paper_id) if one.kind == FILE), None)
        data = attachments.data_of(session, kept.id) if kept is not None else None
    if data is not None:
        return data, ""
    known = {one.name: one for one in makers()}
    made_by = known.get(record.maker)
    if made_by is None or made_by.is_secret:
        raise OfficeError(
            f"{record.number} 的文件没有存在办公文件里",
            safe="登记没有改动",
            do=f"请找原来存的“{record.file_name}”；找不到就到原来的页面重新做一份",
        )
    prepared = made_by.prepare(office, asked(record))
    return paper.drawn(office, record.kind, prepared, record.number), "文件没有存，按现在的内容重画，内容可能和原来不同"


def proposals(office: Office, paper_id: int) -> list[Handing]:
    """Whom a paper is probably for: each part's own worker, the unit it hangs in, or nobody in particular."""
    with office.read() as session:
        record = _get(session, paper_id)
        items = session.execute(
            select(PaperItem.key, PaperItem.title).where(PaperItem.paper_id == paper_id).order_by(PaperItem.id)
        ).all()
        found: list[Handing] = []
        for key, title in items[:MOST_PROPOSED]:
            kind, _, number = key.partition(":")
            number = number.partition(":")[0]
            if kind == "staff" and number.isdigit():
                staff = session.get(Staff, int(number))
                if staff is not None:
                    found.append(Handing(staff.name, staff.id, key, title))
            elif kind == "unit" and number.isdigit() and record.kind not in ("handbook",):
                unit = session.get(GridUnit, int(number))
                if unit is not None and KINDS[record.kind].is_public:
                    found.append(Handing(place=f"{unit.name}公示栏", unit_id=unit.id, item_key=key, item_title=title))
    taken = _already(office, paper_id)
    return [one for one in found if one.item_key not in taken]


def _already(office: Office, paper_id: int) -> set[str]:
    with office.read() as session:
        return set(session.scalars(select(PaperCopy.item_key).where(PaperCopy.paper_id == paper_id)))


def handing(office: Office, copy_id: int) -> Handing:
    """What is written of a copy; raises OfficeError when it is gone."""
    with office.read() as session:
        one = session.get(PaperCopy, copy_id)
        if one is None:
            raise OfficeError("这条发放登记已经没有了", do="请刷新列表后再选")
        return Handing(
            one.receiver, one.staff_id, one.item_key, one.item_title, one.copies, one.given_on, one.signed_on,
            one.place, one.unit_id, one.note,
        )  # fmt: skip


def staff(office: Office) -> list[tuple[int, str]]:
    """Whom a paper can be given to: those who serve, by name with their post."""
    with office.read() as session:
        found = session.execute(select(Staff.id, Staff.name, Staff.post).order_by(Staff.pinyin, Staff.id))
        return [(one, f"{name}　{post}" if post else name) for one, name, post in found]


def name_of(office: Office, staff_id: int | None) -> str:
    """The name of a worker, "" for none."""
    with office.read() as session:
        return session.scalar(select(Staff.name).where(Staff.id == staff_id)) or "" if staff_id else ""


def add_photos(office: Office, paper_id: int, paths: list[Path]) -> None:
    """Keep photos of a paper on the wall; raises OfficeError for a file that is none, then nothing is kept."""
    with office.read() as session:
        number = _get(session, paper_id).number
    with office.unit(f"登记悬挂照片：{number}，{len(paths)} 张") as session:
        for path in paths:
            attachments.attach(session, TABLE, paper_id, path.name, _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OfficeError(f"读不到“{path.name}”", safe="没有登记", do="请检查文件是否还在") from error


def photo(office: Office, attachment_id: int) -> bytes | None:
    """A photo in full."""
    with office.read() as session:
        return attachments.data_of(session, attachment_id)


def remove_photo(office: Office, attachment_id: int) -> None:
    """Take a photo away."""
    with office.unit("删除悬挂照片") as session:
        session.delete(session.get_one(Attachment, attachment_id))


def maker_of(card: Card) -> Maker | None:
    """The maker of a paper, where it is one of this module's."""
    return {one.name: one for one in makers()}.get(card.maker)
