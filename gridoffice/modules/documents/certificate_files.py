"""Certificates out of the office and in: root and revocation list for other computers, keys for the archive."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import Secret
from gridoffice.db.office import Office
from gridoffice.domain import certificates as kept
from gridoffice.domain import settings
from gridoffice.domain.certificates import LICENSED, ROOT, TRUSTED, Certificate
from gridoffice.domain.papers import save
from gridoffice.modules.documents import certificates
from gridoffice.modules.documents.certificates import SAFE, SHORTEST
from gridoffice.papers import sign_stamp
from gridoffice.papers.sign_check import Known
from gridoffice.papers.sign_files import Revoked, from_pkcs12, make_crl, must_sign, read_crl, to_pkcs12
from gridoffice.papers.sign_keys import Pair, facts, from_file, from_text, to_text

SEAL = "seal_picture"
"""The setting that names the office's seal picture by its SHA-256; empty: none, as it is from the start."""


def newest_root(office: Office) -> certificates.Line:
    """The root under which certificates are issued."""
    certificates.prepare(office)
    with office.read() as session:
        found = [one for one in kept.roots(session, ROOT) if one.has_key and one.revoked_at is None]
        return certificates.certificate(office, found[0].id)


def export_root(office: Office, out: Path) -> None:
    """Save the office's root certificate, by which other computers know its papers; no key is in it."""
    root = newest_root(office)
    with office.read() as session:
        save(out, from_text(session.get_one(Certificate, root.id).data))


def export_key(office: Office, record_id: int, out: Path, passphrase: str, own_passphrase: str = "") -> None:
    """Save a certificate with its key for the archive as PKCS#12 under a passphrase; noted in the access log first."""
    if len(passphrase) < SHORTEST:
        raise OfficeError("导出用的密码太短", safe=SAFE, do=f"请至少用 {SHORTEST} 个字符，写下来和光盘分开锁好")
    line = certificates.certificate(office, record_id)
    pair = certificates.pair(office, record_id, own_passphrase)
    office.note_look("export", f"签名密钥 {line.title}，序列号 {line.serial[:16]}", "存档")
    save(out, to_pkcs12(pair, passphrase, line.title))


def export_crl(office: Office, out: Path, passphrase: str = "") -> int:
    """Save the list of the office's revoked certificates for other computers; how many stand on it."""
    root = newest_root(office)
    now = datetime.now()
    with office.read() as session:
        found = [one for one in kept.revoked_under(session, [root.fingerprint]) if one.id != root.id]
        lines = [Revoked(one.serial, one.revoked_at or now, one.revoked_why) for one in found]
        data = from_text(session.get_one(Certificate, root.id).data)
    key = certificates.pair(office, root.id, passphrase).key
    save(out, make_crl(Pair(data, key), lines, int(now.timestamp()), now))
    return len(lines)


def take_crl(office: Office, data: bytes) -> int:
    """Take in another office's list of revoked certificates; how many stand on it. Its root must be trusted."""
    with office.read() as session:
        roots = kept.roots(session, TRUSTED)
    problem: OfficeError | None = None
    for root in roots:
        try:
            found = read_crl(data, from_text(root.data))
        except OfficeError as error:
            problem = error
            continue
        with office.unit(f"更新吊销列表：{root.holder}（{len(found)} 张）") as session:
            session.get_one(Certificate, root.id).crl = to_text(data)
        return len(found)
    if problem is not None and "不是吊销列表" in problem.what:
        raise problem
    raise OfficeError("这份吊销列表不是信任的单位签发的", safe=SAFE, do="请先导入对方的根证书")


def known(office: Office) -> Known:
    """Whom the office knows when it checks a paper; nothing is written."""
    with office.read() as session:
        rows = kept.roots(session, ROOT, TRUSTED, LICENSED)
        own = [from_text(one.data) for one in rows if one.kind == ROOT]
        mine = [from_text(one.data) for one in rows if one.kind == LICENSED]
        trusted = [one for one in rows if one.kind == TRUSTED]
        revoked = [
            (one.under, Revoked(one.serial, one.revoked_at, one.revoked_why))
            for one in kept.revoked_under(session, {row.fingerprint for row in rows})
            if one.revoked_at is not None
        ]
        for one in trusted:
            revoked += [(one.fingerprint, line) for line in _lines(one)]
    if not own:
        own = _older(office)
    return Known(tuple(own), tuple(mine), tuple(from_text(one.data) for one in trusted), tuple(revoked))


def _lines(root: Certificate) -> list[Revoked]:
    return read_crl(from_text(root.crl), from_text(root.data)) if root.crl else []


def _older(office: Office) -> list[bytes]:
    """The root of an office that an earlier program made, before anything new was signed."""
    from gridoffice.papers import sign

    old = office.secret(certificates.OLD)
    return [sign.root_of(old)] if old is not None else []


# --- others' certificates


def take_in(office: Office, data: bytes, password: str, *, role: str = "", passphrase: str = "") -> int:
    """Import a certificate with its key from a licensed authority (PKCS#12); its id.

    Raises OfficeError in words of its own for each thing that may be wrong with such a file.
    """
    certificates.must_be_long(passphrase)
    pair = from_pkcs12(data, password)
    must_sign(pair, datetime.now())
    told = facts(pair.certificate)
    with office.read() as session:
        known = kept.with_print(session, told.fingerprint)
    if known is not None and known.has_key:
        raise OfficeError(f"“{told.holder}”的这张证书已经导入过了", safe=SAFE)
    with office.unit(f"导入签名证书：{told.holder}（{told.issuer}）") as session:
        itself = Pair(pair.certificate, b"")
        return certificates.add(session, LICENSED, pair, under=itself, role=role.strip(), passphrase=passphrase).id


def trust(office: Office, data: bytes) -> int:
    """Trust another office's root from its certificate file: what it signs is known from now on; its id."""
    certificate = from_file(data)
    told = facts(certificate)
    if not told.is_root:
        raise OfficeError(f"“{told.holder}”的证书不是根证书", safe=SAFE, do="请向对方要“导出根证书”得到的 .cer 文件")
    if told.ends < datetime.now():
        raise OfficeError(f"“{told.holder}”的根证书 {told.ends:%Y-%m-%d} 已经到期", safe=SAFE, do="请向对方要新的")
    with office.read() as session:
        known = kept.with_print(session, told.fingerprint)
    if known is not None:
        whose = "是本办自己的" if known.kind == ROOT else "已经信任了"
        raise OfficeError(f"“{told.holder}”{whose}", safe=SAFE)
    with office.unit(f"信任外单位根证书：{told.holder}") as session:
        record = certificates.record_of(TRUSTED, certificate, certificate)
        session.add(record)
        session.flush()
        return record.id


def distrust(office: Office, record_id: int) -> None:
    """Trust another office's root no more."""
    line = certificates.certificate(office, record_id)
    if line.kind != TRUSTED:
        raise OfficeError("这是本办的证书", safe=SAFE, do="不再使用时请吊销")
    with office.unit(f"不再信任：{line.holder}") as session:
        session.delete(certificates.get(session, record_id))


# --- the picture of a seal


def seal(office: Office) -> bytes:
    """The office's seal picture (PNG), b"" while it has none."""
    with office.read() as session:
        mark = settings.get(session, SEAL)
    return (office.secret(f"seal:{mark[:48]}") or b"") if mark else b""


def set_seal(office: Office, picture: bytes) -> None:
    """Take in a seal picture, or take it away (b""); raises OfficeError for what is no PNG of a fitting size.

    It is a picture and no signature: anybody can copy it from the paper (电子签名法 13; reference 11).
    """
    if picture:
        sign_stamp.flat(picture)
    mark = hashlib.sha256(picture).hexdigest() if picture else ""
    with office.unit("放入印章图片" if picture else "不再用印章图片") as session:
        if picture:
            session.merge(Secret(key=f"seal:{mark[:48]}", data=picture))
        settings.put(session, SEAL, mark)
