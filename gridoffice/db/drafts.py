"""Drafts: what is being typed, kept beside the records every few seconds, so that a cut of the power loses little.

A draft is no record: it is not logged, not undone, not announced. It stands in the same (encrypted) file as the
records, goes when its editor is left, after `DAYS` days, and whenever something is destroyed (it might hold what went).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from gridoffice.core.log import log
from gridoffice.db.audit import Draft
from gridoffice.db.office import Office

DAYS = 14
_DAY = "$day"


@dataclass(frozen=True)
class Kept:
    """A draft: its key, what was being typed, by whom, when."""

    key: str
    title: str
    who: str
    at: datetime
    values: dict[str, Any]


def keep(office: Office, key: str, title: str, values: Mapping[str, Any]) -> bool:
    """Write a draft in the place of an older one of this key; False when another write was under way or it failed.

    Values that are no plain data (text, numbers, days, lists of such) are left out. Never raises: typing goes on.
    """
    plain = {name: _plain(value) for name, value in values.items() if _is_plain(value)}
    row = {
        "key": key,
        "title": title[:120],
        "who": office.user[:60],
        "at": datetime.now().replace(microsecond=0),
        "content": json.dumps(plain, ensure_ascii=False),
    }
    with office.aside() as connection:
        if connection is None:
            return False
        try:
            connection.execute(delete(Draft).where(Draft.key == key))
            connection.execute(insert(Draft).values(row))
            connection.commit()
        except SQLAlchemyError:  # a full disk, a lost server: saving will say it, a draft must not
            log.exception("a draft could not be kept")
            return False
    return True


def drop(office: Office, key: str) -> None:
    """Throw a draft away."""
    with office.aside(wait=True) as connection:
        if connection is None:
            return
        try:
            connection.execute(delete(Draft).where(Draft.key == key))
            connection.commit()
        except SQLAlchemyError:
            log.exception("a draft could not be dropped")


def of(office: Office, start: str) -> list[Kept]:
    """The drafts whose key starts so, the newest first; all for an empty start. Drafts nobody can read are left out."""
    wanted = select(Draft).order_by(Draft.at.desc(), Draft.key)
    if start:
        wanted = wanted.where(Draft.key.startswith(start, autoescape=True))
    with office.read() as session:
        found = list(session.scalars(wanted))
    return [kept for one in found if (kept := _read(one)) is not None]


def _read(one: Draft) -> Kept | None:
    try:
        found = json.loads(one.content)
        return Kept(one.key, one.title, one.who, one.at, {str(name): _value(part) for name, part in found.items()})
    except (ValueError, AttributeError):
        return None


def clear_old(office: Office, now: datetime) -> None:
    """Throw away drafts of more than `DAYS` days."""
    with office.aside(wait=True) as connection:
        if connection is not None:
            connection.execute(delete(Draft).where(Draft.at < now - timedelta(days=DAYS)))
            connection.commit()


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(one) for one in value)
    if isinstance(value, dict):
        return all(isinstance(name, str) and _is_plain(one) for name, one in value.items())
    return value is None or isinstance(value, str | int | float | bool | date)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def _value(part: Any) -> Any:
    if isinstance(part, dict):
        if set(part) == {_DAY}:
            text = str(part[_DAY])
            return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        return {name: _value(one) for name, one in part.items()}
    if isinstance(part, list):
        return [_value(one) for one in part]
    return part
