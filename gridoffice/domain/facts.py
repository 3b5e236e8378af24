"""What is known of a resident's visits, in one short line: from the voluntary help list, and from each module.

Health stands in it only as 健康服务预约 with its day (reference 4.8): no programme, no diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.module import load, modules
from gridoffice.db.office import Office
from gridoffice.domain.belongings import belongings
from gridoffice.domain.help import ACTIVE, HelpEntry


def day_word(day: date, on: date) -> str:
    """A day as it is said on the phone: 今天, 3月5日, 2025年3月5日, with how late it is."""
    if day == on:
        return "今天"
    word = f"{day.month}月{day.day}日"
    return word if day.year == on.year else f"{day.year}年{word}"


def visits(what: str, last: date | None, due: date | None, on: date) -> str:
    """帮扶走访 上次3月5日，下次4月4日（逾期2天)."""
    parts = []
    if last is not None:
        parts.append(f"上次{day_word(last, on)}")
    if due is not None:
        late = f"（逾期{(on - due).days}天）" if due < on else ""
        parts.append(f"下次{day_word(due, on)}{late}")
    return f"{what} {'，'.join(parts) or '还没有走访'}"


def _help(session: Session, resident_ids: Sequence[int], on: date) -> dict[int, str]:
    wanted = select(HelpEntry).where(HelpEntry.resident_id.in_(resident_ids), HelpEntry.state == ACTIVE)
    found: dict[int, str] = {}
    for entry in session.scalars(wanted.order_by(HelpEntry.next_on.desc())):
        found[entry.resident_id] = visits("帮扶走访", entry.last_on, entry.next_on, on)
    return found


def unit_of(office: Office, listing: str, record: int) -> int | None:
    """The unit a listed record stands in, None when it stands in none or its kind has no place."""
    if listing == "grids":
        return record
    kind = next((kind for kind in belongings() if kind.listing == listing), None)
    if kind is None:
        return None
    with office.read() as session:
        return session.scalar(kind.base.with_only_columns(kind.unit).where(kind.record.id == record))


def facts(session: Session, resident_ids: Sequence[int], on: date) -> dict[int, str]:
    """{resident id: line} of all that have one."""
    if not resident_ids:
        return {}
    found: dict[int, list[str]] = {}
    sources = [_help, *(load(module.facts) for module in modules() if module.facts)]
    for source in sources:
        for number, text in source(session, resident_ids, on).items():
            found.setdefault(number, []).append(text)
    return {number: "；".join(texts) for number, texts in found.items()}
