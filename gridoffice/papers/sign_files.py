"""Certificates in files: PKCS#12 with a key in and out, and lists of revoked certificates (CRL)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.papers.sign_keys import Pair, facts

CRL_DAYS = 400

REASONS = {
    "key": "密钥可能泄露",
    "left": "持有人离岗或换岗",
    "replaced": "已换新证书",
    "stopped": "不再使用",
    "withdrawn": "取消签名权限",
    "other": "其他原因",
}
"""Why a certificate is revoked, as RFC 5280, 5.3.1 knows it."""

_FLAGS = {
    "key": "key_compromise",
    "left": "affiliation_changed",
    "replaced": "superseded",
    "stopped": "cessation_of_operation",
    "withdrawn": "privilege_withdrawn",
    "other": "unspecified",
}


@dataclass(frozen=True)
class Revoked:
    """A revoked certificate: serial number in hex, when (this computer's time), and why (a key of REASONS)."""

    serial: str
    at: datetime
    why: str


def to_pkcs12(pair: Pair, passphrase: str, name: str = "", *, rounds: int = 100_000) -> bytes:
    """A certificate with its key and those above it as PKCS#12 (AES-256) under a passphrase."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import PrivateFormat, load_der_private_key, pkcs12

    scheme = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    key: Any = load_der_private_key(pair.key, None)
    own = x509.load_der_x509_certificate(pair.certificate)
    above = [x509.load_der_x509_certificate(one) for one in pair.chain]
    return pkcs12.serialize_key_and_certificates(name.encode() or None, key, own, above or None, scheme)


def from_pkcs12(data: bytes, passphrase: str) -> Pair:
    """Certificate, key and chain of a PKCS#12 file; raises OfficeError for a wrong password and what is missing."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        kept = pkcs12.load_pkcs12(data, passphrase.encode() or None)
    except Exception as error:
        raise _unread(data, error) from error
    if kept.key is None or kept.cert is None:
        raise OfficeError(
            "这个文件里没有签名用的密钥，只有证书",
            safe="没有改动任何内容",
            do="请向发证机构要带私钥的 .p12（.pfx）文件，导出时选“包含私钥”",
        )
    key = kept.key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    der = form.Encoding.DER
    chain = tuple(one.certificate.public_bytes(der) for one in kept.additional_certs)
    return Pair(kept.cert.certificate.public_bytes(der), key, chain)


def _unread(data: bytes, error: Exception) -> OfficeError:
    safe = "没有改动任何内容"
    if b"\x2a\x81\x1c\xcf\x55" in data or "1.2.156.10197" in str(error):  # 1.2.156.10197: the tree of SM algorithms
        return OfficeError(
            "这是国密（SM2）证书，本程序还不能用它签名", safe=safe, do="请向发证机构要 RSA 或 ECC 的签名证书"
        )
    if not data.startswith(b"\x30"):
        return OfficeError("这不是 PKCS#12 文件", safe=safe, do="请选发证机构给的 .p12 或 .pfx 文件")
    if isinstance(error, ValueError) and "password" in str(error).lower():
        return OfficeError("文件的密码不对", safe=safe, do="密码由发证机构给出，注意大小写；请重新输入")
    return OfficeError("这个证书文件读不出来", safe=safe, do="文件可能没有下载完整，请向发证机构另要一份")


def must_sign(pair: Pair, now: datetime) -> None:
    """Raise OfficeError where a certificate cannot be used for signing: its usage, its dates, its algorithm."""
    told = facts(pair.certificate)
    safe = "没有改动任何内容"
    if told.algorithm == "SM2":
        raise OfficeError(
            "这是国密（SM2）证书，本程序还不能用它签名", safe=safe, do="请向发证机构要 RSA 或 ECC 的签名证书"
        )
    if not told.may_sign or told.is_root:
        raise OfficeError(
            f"“{told.holder}”的证书不是用来签名的（密钥用法里没有“数字签名”或“不可否认”）",
            safe=safe,
            do="发证机构常给两张证书，请导入签名证书，不是加密证书",
        )
    if told.ends < now:
        raise OfficeError(
            f"“{told.holder}”的证书 {told.ends:%Y-%m-%d} 已经到期", safe=safe, do="请向发证机构办理续期后再导入"
        )
    if told.starts > now:
        raise OfficeError(
            f"“{told.holder}”的证书从 {told.starts:%Y-%m-%d} 起才有效", safe=safe, do="请检查这台电脑的日期是否正确"
        )


# --- revocation lists


def make_crl(root: Pair, revoked: Sequence[Revoked], number: int, now: datetime) -> bytes:
    """The list (DER) of a root's revoked certificates with dates and reasons, signed by the root."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key

    at = now.astimezone()
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(x509.load_der_x509_certificate(root.certificate).subject)
        .last_update(at)
        .next_update(at + timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for one in revoked:
        flag = x509.ReasonFlags[_FLAGS.get(one.why, "unspecified")]
        line = x509.RevokedCertificateBuilder().serial_number(int(one.serial, 16)).revocation_date(one.at.astimezone())
        if flag is not x509.ReasonFlags.unspecified:  # RFC 5280: left out instead of "unspecified"
            line = line.add_extension(x509.CRLReason(flag), critical=False)
        made = made.add_revoked_certificate(line.build())
    key: Any = load_der_private_key(root.key, None)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    return made.add_extension(above, critical=False).sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def read_crl(data: bytes, root: bytes) -> list[Revoked]:
    """The revoked certificates on a list that a root (DER) signed; raises OfficeError when it did not."""
    from cryptography import x509

    pem = b"-----BEGIN" in data[:4096]
    try:
        kept = (x509.load_pem_x509_crl if pem else x509.load_der_x509_crl)(data)
        public: Any = x509.load_der_x509_certificate(root).public_key()
        is_right = kept.is_signature_valid(public)
    except (ValueError, TypeError) as error:
        raise OfficeError("这个文件不是吊销列表", safe="没有改动任何内容", do="请选对方导出的 .crl 文件") from error
    if not is_right:
        raise OfficeError(
            f"这份吊销列表不是“{facts(root).holder}”签发的", safe="没有改动任何内容", do="请选对应单位的吊销列表"
        )
    flags = {flag: key for key, flag in _FLAGS.items()}
    found = []
    for line in kept:
        try:
            why = flags.get(line.extensions.get_extension_for_class(x509.CRLReason).value.reason.name, "other")
        except x509.ExtensionNotFound:
            why = "other"
        at = line.revocation_date_utc.astimezone().replace(tzinfo=None)
        found.append(Revoked(f"{line.serial_number:x}", at, why))
    return found
