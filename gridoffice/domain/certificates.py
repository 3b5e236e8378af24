"""Certificates of the office: own roots, who signs with what, whom the office trusts; their keys are kept as secrets.

What a key made here is worth by law stands in `resources/help/signing.toml` (电子签名法 13, 14, 16; reference 11).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, DateTime, Integer, String, Text, and_, case, not_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.db.base import Record
from gridoffice.domain import settings
from gridoffice.domain.listing import ON, Column, Listing, View, chosen
from gridoffice.domain.staff import Staff, serving

ROOT, OFFICE, PERSON, LICENSED, TRUSTED = "root", "office", "person", "licensed", "trusted"
KINDS = {
    ROOT: "本办根证书",
    OFFICE: "单位签名证书",
    PERSON: "个人签名证书",
    LICENSED: "发证机构的证书",
    TRUSTED: "信任的外单位根证书",
}

ROLES = ("编制", "审核", "批准", "签发", "经办", "制表")
"""What people sign as: 编制, 审核, 批准 of a paper, 签发 of a letter (reference 9); the office may write others."""

SIGNING = (OFFICE, PERSON, LICENSED)


class Certificate(Record):
    """A certificate. Its key, where the office has it, is the secret `key_name`; revoked ones stay for ever."""

    __tablename__ = "certificate"

    kind: Mapped[str] = mapped_column(String(10))
    holder: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(20), default="")
    organisation: Mapped[str] = mapped_column(String(60), default="")
    # No reference: a certificate outlives the card of the person who signed with it.
    staff_id: Mapped[int | None] = mapped_column(Integer)
    serial: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    under: Mapped[str] = mapped_column(String(64), default="")  # fingerprint of its root
    starts: Mapped[date] = mapped_column(Date)
    ends: Mapped[date] = mapped_column(Date)
    data: Mapped[str] = mapped_column(Text)  # DER in base64
    chain: Mapped[str] = mapped_column(Text, default="")  # those above it, one a line
    has_key: Mapped[bool] = mapped_column(Boolean, default=False)
    is_locked: Mapped[bool] = mapped_column(Boolean, default=False)  # its holder's own passphrase opens the key
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime)
    revoked_why: Mapped[str] = mapped_column(String(20), default="")
    renewed_by: Mapped[int | None] = mapped_column(Integer)
    crl: Mapped[str] = mapped_column(Text, default="")  # of a trusted root: its newest list of revoked ones, base64


def key_name(fingerprint: str) -> str:
    """The name of the secret that holds a certificate's key."""
    return f"key:{fingerprint[:48]}"


def _days() -> Any:
    return settings.own_or("certificate_days", "60")


def is_soon() -> ColumnElement[bool]:
    """Certificates in use that end within the office's days of notice, or have ended."""
    return and_(is_used(), Certificate.ends <= settings.later(ON, _days()))


def is_used() -> ColumnElement[bool]:
    """Certificates that are signed with, and roots they stand under: neither revoked nor renewed."""
    kinds = Certificate.kind.in_((ROOT, *SIGNING))
    return and_(kinds, Certificate.has_key, Certificate.revoked_at.is_(None), Certificate.renewed_by.is_(None))


def is_left() -> ColumnElement[bool]:
    """Certificates in use whose holder works here no more: they are to be revoked."""
    gone = select(Staff.id).where(not_(serving(ON)))
    return and_(is_used(), Certificate.staff_id.in_(gone))


def _state() -> Any:
    """The state of a certificate on the list's day, as "tone|word"."""
    return case(
        (Certificate.revoked_at.is_not(None), "late|已吊销"),
        (Certificate.renewed_by.is_not(None), "quiet|已换新证书"),
        (Certificate.ends < ON, "late|已到期"),
        (and_(is_used(), Certificate.ends <= settings.later(ON, _days())), "soon|快到期"),
        (Certificate.kind == TRUSTED, "done|信任"),
        (and_(Certificate.has_key, Certificate.kind == ROOT), "done|签发用"),
        (Certificate.has_key, "done|可签名"),
        else_="quiet|只核验旧文书",
    )


def _locked(value: bool, _on: date) -> str:
    return "有" if value else "没有"


CERTIFICATES = Listing(
    key="certificates",
    title="签名证书",
    base=chosen(Certificate),
    id=Certificate.id,
    columns=(
        Column("holder", "持有人", Certificate.holder, 170),
        Column("role", "签名身份", Certificate.role, 84),
        Column("kind", "种类", Certificate.kind, 140, show=lambda value, _on: KINDS.get(value, str(value))),
        Column("starts", "起", Certificate.starts, 100, "date"),
        Column("ends", "止", Certificate.ends, 100, "date"),
        Column("state", "状态", _state(), 116, "state"),
        Column("is_locked", "本人口令", Certificate.is_locked, 84, show=_locked),
        Column("serial", "序列号", Certificate.serial, 150, is_extra=True),
    ),
    views=(
        View("", "全部"),
        View("signing", "可签名", lambda _on: usable()),
        View("soon", "快到期", lambda _on: is_soon()),
        View("left", "持有人已离岗", lambda _on: is_left()),
        View("revoked", "已吊销", lambda _on: Certificate.revoked_at.is_not(None)),
        View("roots", "根证书", lambda _on: Certificate.kind.in_((ROOT, TRUSTED))),
    ),
    names=(Certificate.holder, Certificate.role, Certificate.organisation),
    codes=(Certificate.serial, Certificate.fingerprint),
    order=(Certificate.kind.in_((ROOT, TRUSTED)), Certificate.id.desc()),
    tables=frozenset(["certificate", "office_setting", "staff"]),
    module="documents",
)
"""Certificates: those that sign first, the newest first."""


def usable() -> ColumnElement[bool]:
    """Certificates that can sign on the list's day."""
    return and_(Certificate.kind.in_(SIGNING), is_used(), Certificate.starts <= ON, Certificate.ends >= ON)


def signers(session: Session, on: date) -> list[Certificate]:
    """The certificates that can sign on a day: the office's own first, then people by role and name."""
    order = (Certificate.kind != OFFICE, Certificate.role, Certificate.holder, Certificate.id)
    return list(session.scalars(select(Certificate).where(usable()).order_by(*order), {"on": on}))


def roots(session: Session, *kinds: str) -> list[Certificate]:
    """Roots of some kinds, the newest first."""
    wanted = select(Certificate).where(Certificate.kind.in_(kinds or (ROOT, TRUSTED)))
    return list(session.scalars(wanted.order_by(Certificate.id.desc())))


def revoked_under(session: Session, marks: Iterable[str]) -> list[Certificate]:
    """Certificates revoked here, under roots of these fingerprints."""
    wanted = and_(Certificate.revoked_at.is_not(None), Certificate.under.in_(list(marks)))
    return list(session.scalars(select(Certificate).where(wanted).order_by(Certificate.id)))


def with_print(session: Session, fingerprint: str) -> Certificate | None:
    """The certificate of a fingerprint."""
    wanted = select(Certificate).where(Certificate.fingerprint == fingerprint).order_by(Certificate.id.desc())
    return session.scalars(wanted).first()
