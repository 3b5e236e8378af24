"""签名证书: the office's own root, who signs with what, renewing, revoking, own passphrases, and whom it trusts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import Secret
from gridoffice.db.office import Office
from gridoffice.domain import certificates as kept
from gridoffice.domain.certificates import OFFICE, PERSON, ROOT, TRUSTED, Certificate
from gridoffice.domain.staff import Staff, serving
from gridoffice.modules.documents.naming import office_name
from gridoffice.papers.sign_files import REASONS
from gridoffice.papers.sign_keys import (
    LONGEST,
    Pair,
    facts,
    fingerprint,
    from_text,
    issue,
    lock,
    make_root,
    to_text,
    unlock,
)

OLD = "certificate"
"""The secret in which earlier programs kept the office's one certificate; its root's key was not kept."""

SHORTEST = 6  # characters of a signing passphrase; Argon2id makes guessing slow
YEARS = (1, 2, 3, 5)
SAFE = "没有改动任何内容"


@dataclass(frozen=True)
class Line:
    """A certificate as the page shows it."""

    id: int
    kind: str
    holder: str
    role: str
    organisation: str
    serial: str
    fingerprint: str
    starts: date
    ends: date
    has_key: bool
    is_locked: bool
    revoked_at: datetime | None
    revoked_why: str
    is_renewed: bool
    has_crl: bool

    @property
    def title(self) -> str:
        """Role and holder: 审核 李秀兰."""
        return f"{self.role} {self.holder}" if self.role else self.holder


def _line(record: Certificate) -> Line:
    return Line(
        record.id, record.kind, record.holder, record.role, record.organisation, record.serial, record.fingerprint,
        record.starts, record.ends, record.has_key, record.is_locked, record.revoked_at, record.revoked_why,
        record.renewed_by is not None, bool(record.crl),
    )  # fmt: skip


def certificate(office: Office, record_id: int) -> Line:
    """A certificate by its id; raises OfficeError when it is gone."""
    with office.read() as session:
        return _line(get(session, record_id))


def get(session: Session, record_id: int) -> Certificate:
    """As `certificate`, the record itself."""
    record = session.get(Certificate, record_id)
    if record is None:
        raise OfficeError("这张证书已经不在了", safe=SAFE, do="请刷新列表后再选")
    return record


def signers(office: Office) -> list[Line]:
    """The certificates that can sign today: the office's own first, then people by role and name."""
    with office.read() as session:
        # A signature carries this computer's clock, whatever day the office was told it is.
        return [_line(record) for record in kept.signers(session, max(office.today(), date.today()))]


@dataclass(frozen=True)
class Worker:
    """A worker who may get a certificate."""

    id: int
    name: str
    post: str


def people(office: Office) -> list[Worker]:
    """Those who work here today, by name."""
    with office.read() as session:
        wanted = select(Staff).where(serving(office.today())).order_by(Staff.pinyin, Staff.id)
        return [Worker(one.id, one.name, one.post) for one in session.scalars(wanted)]


# --- the office's root, made by itself


def prepare(office: Office) -> None:
    """Make the office's root and its own signing certificate where there are none; carry an older one over.

    Papers signed with the older one still count as the office's own; new ones are signed under the new root, whose key
    is kept, so that people get certificates too and can have them revoked.
    """
    with office.read() as session:
        root = _root(session)
        own = session.scalars(select(Certificate.id).where(Certificate.kind == OFFICE)).first()
    if root is not None and own is not None:
        return
    name, old = office_name(office), office.secret(OLD)
    with office.unit("准备签名证书", kind="setup") as session:
        carried = _carry_over(session, old) if old is not None and own is None else None
        pair = Pair(from_text(root.data), _key(session, root)) if root else make_root(name)
        if root is None:
            add(session, ROOT, pair, under=pair)
        if own is None:
            made = add(session, OFFICE, issue(pair, f"{name}网格办"[:LONGEST], "", name), under=pair)
            if carried is not None:
                carried.renewed_by = made.id


def _carry_over(session: Session, old: bytes) -> Certificate:
    """The certificate of an earlier program and its root, to check older papers with."""
    from gridoffice.papers import sign

    pair = sign.pair_of(old)
    root = pair.chain[-1]
    session.add(record_of(ROOT, root, root))
    record = record_of(OFFICE, pair.certificate, root)
    session.add(record)
    return record


def _root(session: Session) -> Certificate | None:
    """The root that new certificates are issued under: the newest whose key the office has."""
    return next((one for one in kept.roots(session, ROOT) if one.has_key and one.revoked_at is None), None)


def record_of(kind: str, certificate: bytes, root: bytes, *, role: str = "") -> Certificate:
    """The record of a certificate (DER) under a root (DER), not yet written."""
    told = facts(certificate)
    return Certificate(
        kind=kind,
        holder=told.holder[:60],
        role=(role or told.role)[:20],
        organisation=told.organisation[:60],
        serial=told.serial[:64],
        fingerprint=told.fingerprint,
        under=fingerprint(root),
        starts=told.starts.date(),
        ends=told.ends.date(),
        data=to_text(certificate),
    )


def add(session: Session, kind: str, pair: Pair, *, under: Pair, role: str = "", passphrase: str = "") -> Certificate:
    """Put a certificate in with its key."""
    record = record_of(kind, pair.certificate, under.certificate, role=role)
    record.chain = "\n".join(to_text(one) for one in pair.chain)
    record.has_key, record.is_locked = True, bool(passphrase)
    session.add(record)
    session.merge(Secret(key=kept.key_name(record.fingerprint), data=lock(pair.key, passphrase)))
    session.flush()
    return record


def _key(session: Session, record: Certificate, passphrase: str = "") -> bytes:
    """A certificate's private key; raises OfficeError when its passphrase is wrong or missing, or the key is gone."""
    data = session.scalar(select(Secret.data).where(Secret.key == kept.key_name(record.fingerprint)))
    if data is None:
        raise OfficeError(f"“{record.holder}”的密钥不在这个办公文件里", safe=SAFE, do="请另发一张证书")
    return unlock(data, passphrase, record.holder)


def pair(office: Office, record_id: int, passphrase: str = "") -> Pair:
    """A certificate with its key, to sign with."""
    with office.read() as session:
        record = get(session, record_id)
        above = tuple(from_text(line) for line in record.chain.splitlines())
        return Pair(from_text(record.data), _key(session, record, passphrase), above)


# --- verbs


def make(
    office: Office,
    holder: str,
    role: str,
    *,
    years: int = 3,
    passphrase: str = "",
    staff_id: int | None = None,
    root_passphrase: str = "",
) -> int:
    """Issue a signing certificate to a person for a role; its id. `passphrase`: the holder's own, who types it."""
    holder, role = holder.strip(), role.strip()
    if not holder:
        raise OfficeError("还没有填写持有人", safe=SAFE, do="请填写姓名")
    if len(holder) > LONGEST or len(role) > 20:
        raise OfficeError("姓名或签名身份太长", safe=SAFE, do="姓名不超过 60 个字，签名身份不超过 20 个字")
    must_be_long(passphrase)
    prepare(office)
    name = office_name(office)
    with office.unit(f"签发签名证书：{f'{role} {holder}' if role else holder}") as session:
        root = _own_root(session, root_passphrase)
        made = add(session, PERSON, issue(root, holder, role, name, years=years), under=root, passphrase=passphrase)
        made.staff_id = staff_id
        return made.id


def must_be_long(passphrase: str) -> None:
    """Raise OfficeError for a signing passphrase that is too short; none at all is allowed."""
    if passphrase and len(passphrase) < SHORTEST:
        raise OfficeError("签名口令太短", safe=SAFE, do=f"请至少用 {SHORTEST} 个字符")


def _own_root(session: Session, passphrase: str) -> Pair:
    root = _root(session)
    if root is None:
        raise OfficeError("本办还没有可用的根证书", safe=SAFE, do="请先在“签名证书”里另建根证书")
    return Pair(from_text(root.data), _key(session, root, passphrase))


def renew(office: Office, record_id: int, *, years: int = 3, passphrase: str = "", root_passphrase: str = "") -> int:
    """Issue the next certificate of a holder and role; its id. The old one signs no more."""
    old = certificate(office, record_id)
    if old.kind not in (OFFICE, PERSON) or old.revoked_at is not None or old.is_renewed:
        raise OfficeError("这张证书不能续期", safe=SAFE, do="发证机构的证书请向机构续期后重新导入；已吊销的请另发一张")
    must_be_long(passphrase)
    name = office_name(office)
    with office.unit(f"续期签名证书：{old.title}") as session:
        root = _own_root(session, root_passphrase)
        new = issue(root, old.holder, old.role, name, years=years)
        made = add(session, old.kind, new, under=root, role=old.role, passphrase=passphrase)
        record = get(session, record_id)
        made.staff_id, record.renewed_by = record.staff_id, made.id
        return made.id


def revoke(office: Office, record_id: int, why: str, at: datetime | None = None) -> None:
    """Revoke a certificate for a reason (a key of REASONS): it signs no more, and later papers are told."""
    line = certificate(office, record_id)
    if line.revoked_at is not None:
        raise OfficeError("这张证书已经吊销过了", safe=SAFE)
    if why not in REASONS:
        raise OfficeError("还没有选吊销的原因", safe=SAFE, do="请选一个原因")
    if line.kind == TRUSTED:
        raise OfficeError("外单位的根证书不由本办吊销", safe=SAFE, do="不再信任时请用“不再信任”")
    with office.unit(f"吊销签名证书：{line.title}（{REASONS[why]}）") as session:
        record = get(session, record_id)
        record.revoked_at = (at or datetime.now()).replace(microsecond=0)
        record.revoked_why = why


def protect(office: Office, record_id: int, old: str, new: str) -> None:
    """Put a key under its holder's own passphrase, change it, or take it off (`new` empty)."""
    must_be_long(new)
    line = certificate(office, record_id)
    if line.kind == OFFICE and new:
        raise OfficeError(
            "单位证书不设口令", safe=SAFE, do="程序签发文书时自动用它；要由某个人把关的，请另发个人证书，由本人设口令"
        )
    verb = "设置" if new else "取消"
    with office.unit(f"{verb}签名口令：{line.title}") as session:
        record = get(session, record_id)
        key = _key(session, record, old)
        session.info["unit"].record.state = "dropped"  # a passphrase is no secret of the log: it cannot be taken back
        session.merge(Secret(key=kept.key_name(record.fingerprint), data=lock(key, new)))
        record.is_locked = bool(new)
