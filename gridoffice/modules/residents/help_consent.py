"""What an entry of the help list must have: who, consent by whom, for what, until when; and who may be its contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.domain import help_kinds
from gridoffice.domain.help_kinds import HelpKind
from gridoffice.domain.identity import age_on
from gridoffice.domain.people import LIVING, Resident
from gridoffice.domain.staff import Staff

OWN = "本人"
CHILD = 14
"""Under this age only a guardian can consent (PIPL 31)."""
MOST_DAYS = 366
SAFE = "没有保存"


@dataclass(frozen=True)
class Entry:
    """What is entered; `guardian` and `relation` empty: the person consented."""

    resident_id: int | None = None
    kind: str = ""
    need: str = ""
    contact_id: int | None = None
    guardian: str = ""
    relation: str = ""
    consent_on: date | None = None
    purpose: str = ""
    scope: str = ""
    until: date | None = None
    interval_days: int = 30
    next_on: date | None = None
    note: str = ""

    @property
    def consent_by(self) -> str:
        """As it is kept: 本人, or 监护人 王芳（母亲）."""
        return f"监护人 {self.guardian.strip()}（{self.relation.strip()}）" if self.guardian.strip() else OWN


def latest(consent_on: date) -> date:
    """The last day a consent may hold: twelve months (reference 12.3)."""
    try:
        return consent_on.replace(year=consent_on.year + 1)
    except ValueError:
        return consent_on.replace(year=consent_on.year + 1, day=28)


def columns(session: Session, entry: Entry) -> dict[str, Any]:
    """What is kept of an entry; a kind of the office's own is added to the list. Raises OfficeError."""
    help_kinds.add(session, entry.kind)
    return {
        "resident_id": entry.resident_id,
        "kind": entry.kind.strip(),
        "need": entry.need.strip(),
        "contact_id": entry.contact_id,
        "consent_by": entry.consent_by[:40],
        "consent_on": entry.consent_on,
        "purpose": entry.purpose.strip()[:120],
        "scope": entry.scope.strip()[:120],
        "until": entry.until,
        "interval_days": entry.interval_days,
        "note": entry.note.strip(),
    }


def guardian_of(kept: str) -> tuple[str, str]:
    """The guardian who consented and the relation, from the words it is kept in; empty when the person did."""
    if not kept.startswith("监护人 "):
        return "", ""
    name, _, relation = kept.removeprefix("监护人 ").rstrip("）").partition("（")
    return name, relation


def checked(session: Session, entry: Entry, today: date, *, is_new: bool = True) -> Resident:
    """The resident, when everything an entry needs is there and lawful; raises OfficeError."""
    person = session.get(Resident, entry.resident_id) if entry.resident_id else None
    if person is None:
        raise OfficeError("还没有选人", safe=SAFE, do="请输入姓名或拼音首字母，从居民台账里选")
    if is_new and person.state != LIVING:
        raise OfficeError(f"“{person.name}”已不在这里居住，不能登记帮扶", safe=SAFE, do="请核对居民台账里的状态")
    if not 7 <= entry.interval_days <= MOST_DAYS:
        raise OfficeError("走访间隔要在 7 到 366 天之间", safe=SAFE, do="一般每月一次，填 30")
    _check_consent(entry, person, today)
    _check_guardian(entry, person, help_kinds.of_title(session, entry.kind.strip()), today)
    _check_contact(session, entry)
    return person


def _check_consent(entry: Entry, person: Resident, today: date) -> None:
    if entry.consent_on is None:
        raise OfficeError("同意日期还没有填", safe=SAFE, do="没有本人（监护人）签字同意的，不能登记")
    if entry.consent_on > today:
        raise OfficeError("同意日期在今天以后", safe=SAFE, do="请先请本人签同意书，再登记")
    if not entry.purpose.strip() or not entry.scope.strip():
        raise OfficeError("目的和内容范围都要写明", safe=SAFE, do="同意书上要让本人知道为什么收、收什么")
    if entry.until is None or entry.until <= entry.consent_on:
        raise OfficeError("到期日要在同意日期之后", safe=SAFE, do="最长 12 个月")
    if entry.until > latest(entry.consent_on):
        raise OfficeError(
            f"同意最长 12 个月，到期日不能晚于 {chinese(latest(entry.consent_on))}",
            safe=SAFE,
            do="到期前请本人再签一次，用“续期”",
        )


def _check_guardian(entry: Entry, person: Resident, kind: HelpKind, today: date) -> None:
    is_child = person.born is not None and age_on(person.born, today) < CHILD
    if (kind.is_minor or is_child) and not entry.guardian.strip():
        raise OfficeError(
            f"“{person.name}”是未成年人，要由监护人同意"
            if kind.is_minor
            else f"“{person.name}”不满 14 周岁，要由监护人同意",
            safe=SAFE,
            do="请填监护人姓名和关系（个人信息保护法第三十一条）",
        )
    if entry.guardian.strip() and not entry.relation.strip():
        raise OfficeError("监护人与本人的关系还没有填", safe=SAFE, do="例如 母亲、村委会指定")


def _check_contact(session: Session, entry: Entry) -> None:
    kind = help_kinds.of_title(session, entry.kind.strip())
    worker = session.get(Staff, entry.contact_id) if entry.contact_id else None
    if kind.contacts and (worker is None or not any(word in worker.post for word in kind.contacts)):
        raise OfficeError(
            f"“{kind.title}”只能由{'、'.join(kind.contacts[:2])}联系，普通网格员不能办",
            safe=SAFE,
            do="请在“人员”里把村（社区）儿童主任的岗位写明，再选为联系人",
        )


def entry_from(values: Mapping[str, Any]) -> Entry:
    """An entry from what an editor holds."""
    texts = {key: values.get(key) or "" for key in ("kind", "need", "guardian", "relation", "purpose", "scope", "note")}
    days = {key: values.get(key) for key in ("consent_on", "until", "next_on", "resident_id", "contact_id")}
    whole: dict[str, Any] = {**texts, **days, "interval_days": int(values.get("interval_days") or 0)}
    return Entry(**whole)
