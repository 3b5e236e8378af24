"""Saved filters of lists: a name for typed text, view, filters, columns and order (F20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Boolean, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.errors import OfficeError
from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.domain.listing import Query

LONGEST = 40  # letters of a name


class SavedView(Record):
    """A saved filter of one list. `columns` are the keys shown, in order; [] means all as declared."""

    __tablename__ = "saved_view"

    listing: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(String(40))
    view: Mapped[str] = mapped_column(String(30), default="")
    text: Mapped[str] = mapped_column(String(120), default="")
    filters: Mapped[Any] = mapped_column(JSON, default=list)
    columns: Mapped[Any] = mapped_column(JSON, default=list)
    sort: Mapped[str] = mapped_column(String(30), default="")
    is_descending: Mapped[bool] = mapped_column(Boolean, default=False)
    rank: Mapped[int] = mapped_column(Integer, default=0)


@dataclass(frozen=True)
class Saved:
    """A saved filter as a list takes it."""

    id: int
    listing: str
    title: str
    view: str
    text: str
    filters: tuple[tuple[str, Any], ...]
    columns: tuple[str, ...]
    sort: str
    descending: bool


def _saved(one: SavedView) -> Saved:
    filters = tuple((str(key), value) for key, value in one.filters or ())
    return Saved(
        one.id, one.listing, one.title, one.view, one.text, filters, tuple(one.columns or ()), one.sort,
        one.is_descending,
    )  # fmt: skip


def of_list(office: Office, listing: str) -> list[Saved]:
    """The saved filters of a list, in the office's order."""
    with office.read() as session:
        return [_saved(one) for one in _of(session, listing)]


def _of(session: Session, listing: str) -> list[SavedView]:
    wanted = select(SavedView).where(SavedView.listing == listing).order_by(SavedView.rank, SavedView.id)
    return list(session.scalars(wanted))


def get(office: Office, saved_id: int) -> Saved | None:
    """A saved filter; None when it is gone."""
    with office.read() as session:
        found = session.get(SavedView, saved_id)
        return _saved(found) if found else None


def save(office: Office, listing: str, title: str, query: Query, columns: tuple[str, ...]) -> int:
    """Keep what a list shows under a name; a name that is there already gets the new contents. The id."""
    title = title.strip()[:LONGEST]
    if not title:
        raise OfficeError("常用筛选还没有名字", safe="没有保存")
    with office.unit(f"存为常用筛选：{title}") as session:
        others = _of(session, listing)
        record = next((one for one in others if one.title == title), None)
        if record is None:
            record = SavedView(listing=listing, title=title, rank=max((one.rank for one in others), default=0) + 1)
            session.add(record)
        record.view, record.text = query.view, query.text.strip()[:120]
        record.filters = [list(pair) for pair in query.filters]
        record.columns = list(columns)
        record.sort, record.is_descending = query.sort, query.descending
        session.flush()
        return record.id


def rename(office: Office, saved_id: int, title: str) -> None:
    """Give a saved filter another name; raises OfficeError when the list has one of that name."""
    title = title.strip()[:LONGEST]
    if not title:
        raise OfficeError("常用筛选还没有名字", safe="没有保存")
    with office.unit(f"常用筛选改名：{title}") as session:
        record = session.get_one(SavedView, saved_id)
        if any(one.title == title and one.id != saved_id for one in _of(session, record.listing)):
            raise OfficeError(f"已经有叫“{title}”的常用筛选", safe="没有改名", do="请换一个名字")
        record.title = title


def remove(office: Office, saved_id: int) -> str:
    """Take a saved filter away; the records it showed stay. Its name."""
    with office.unit("删除常用筛选") as session:
        record = session.get_one(SavedView, saved_id)
        session.info["unit"].record.name = f"删除常用筛选：{record.title}"
        title = record.title
        session.delete(record)
    return title


def move(office: Office, saved_id: int, by: int) -> None:
    """Move a saved filter up (-1) or down (1) among those of its list."""
    with office.unit("常用筛选换位置") as session:
        record = session.get_one(SavedView, saved_id)
        others = _of(session, record.listing)
        place = next(place for place, one in enumerate(others) if one.id == saved_id)
        if 0 <= place + by < len(others):
            others.insert(place + by, others.pop(place))
            for rank, one in enumerate(others, 1):
                one.rank = rank
