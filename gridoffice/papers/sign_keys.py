"""Keys and certificates: roots and signing certificates made here, what a certificate says, keys under a passphrase."""

from __future__ import annotations

import base64
import hashlib
import secrets
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gridoffice.core.errors import OfficeError
from gridoffice.db import keys

if TYPE_CHECKING:
    from cryptography import x509

ROOT_YEARS, OWN_YEARS = 20, 10
LONGEST = 60  # characters of a name in a certificate (X.520: 64)
# The library counts bytes and warns; the norm counts characters (RFC 5280, ub-common-name: 64).
warnings.filterwarnings("ignore", message="Attribute's length must be", category=UserWarning)

_OPEN, _LOCKED = b"GK0", b"GK1"
_SALT, _NONCE = 16, 12


@dataclass(frozen=True)
class Pair:
    """A certificate (DER) and its private key (PKCS#8, DER), with the certificates above it (DER, nearest first)."""

    certificate: bytes
    key: bytes
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What a certificate says; `starts` and `ends` in this computer's time."""

    holder: str
    role: str
    organisation: str
    serial: str
    fingerprint: str
    issuer: str
    starts: datetime
    ends: datetime
    is_root: bool
    may_sign: bool
    algorithm: str


# --- making


def make_root(office: str, *, now: datetime | None = None) -> Pair:
    """A root certificate (EC P-256, twenty years) of an office."""
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    start = _start(now)
    name = _name(f"{office[: LONGEST - 6]}网格办根证书", "", office)
    made = _signed(name, name, key.public_key(), key, start, start + timedelta(days=365 * ROOT_YEARS), is_root=True)
    return Pair(_der(made), _key_bytes(key))


def issue(
    root: Pair, holder: str, role: str, office: str, *, years: float = OWN_YEARS, now: datetime | None = None
) -> Pair:
    """A signing certificate (EC P-256) of a person or of the office itself under a root; it ends with its root."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    above = x509.load_der_x509_certificate(root.certificate)
    key = ec.generate_private_key(ec.SECP256R1())
    start = max(_start(now), above.not_valid_before_utc.astimezone())
    end = min(start + timedelta(days=round(365 * years)), above.not_valid_after_utc.astimezone())
    name = _name(holder, role, office)
    made = _signed(name, above.subject, key.public_key(), _private(root.key), start, end, is_root=False)
    return Pair(_der(made), _key_bytes(key), (root.certificate,))


def _start(now: datetime | None) -> datetime:
    # An hour back: the clock of the computer that checks may be slow.
    return (now or datetime.now()).astimezone().replace(microsecond=0) - timedelta(hours=1)


def _name(holder: str, role: str, office: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [(NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, office[:LONGEST])]
    if role:
        parts.append((NameOID.TITLE, role[:LONGEST]))
    parts.append((NameOID.COMMON_NAME, holder[:LONGEST]))
    return x509.Name([x509.NameAttribute(kind, text, _validate=False) for kind, text in parts if text])


def _signed(
    subject: x509.Name, issuer: x509.Name, public: Any, by: Any, start: datetime, end: datetime, *, is_root: bool
) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    usage = x509.KeyUsage(
        digital_signature=not is_root, content_commitment=not is_root, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_root, crl_sign=is_root, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .sign(by, hashes.SHA256())
    )


def _der(made: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return made.public_bytes(Encoding.DER)


def _key_bytes(key: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization as form

    plain: bytes = key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    return plain


@lru_cache(maxsize=8)
def _private(key: bytes) -> Any:
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    return load_der_private_key(key, None)


# --- reading


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate (DER), in hex."""
    return hashlib.sha256(certificate).hexdigest()


@lru_cache(maxsize=256)
def facts(certificate: bytes) -> Facts:
    """What a certificate (DER) says; raises ValueError for what is none."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    read = x509.load_der_x509_certificate(certificate)

    def part(of: x509.Name, kind: Any) -> str:
        return next((str(one.value) for one in of.get_attributes_for_oid(kind)), "")

    try:
        is_root = bool(read.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        is_root = False
    subject = read.subject
    organisation = part(subject, NameOID.ORGANIZATION_NAME)
    return Facts(
        holder=part(subject, NameOID.COMMON_NAME) or organisation or subject.rfc4514_string() or "不详",
        role=part(subject, NameOID.TITLE),
        organisation=organisation,
        serial=f"{read.serial_number:x}",
        fingerprint=fingerprint(certificate),
        issuer=part(read.issuer, NameOID.COMMON_NAME) or read.issuer.rfc4514_string(),
        starts=read.not_valid_before_utc.astimezone().replace(tzinfo=None),
        ends=read.not_valid_after_utc.astimezone().replace(tzinfo=None),
        is_root=is_root,
        may_sign=_may_sign(read),
        algorithm=_algorithm(read),
    )


def _may_sign(read: x509.Certificate) -> bool:
    """Whether papers may be signed with it: digitalSignature, nonRepudiation or no usage named (RFC 5280, 4.2.1.3)."""
    from cryptography import x509

    try:
        usage = read.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


SM2_CURVE, SM2_SIGNATURE = "1.2.156.10197.1.301", "1.2.156.10197.1.501"


def _algorithm(read: x509.Certificate) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if read.signature_algorithm_oid.dotted_string == SM2_SIGNATURE:
        return "SM2"
    try:
        public = read.public_key()
    except Exception:  # a curve this program does not know
        return "SM2" if SM2_CURVE in str(read.public_key_algorithm_oid) else "不详"
    if isinstance(public, rsa.RSAPublicKey):
        return f"RSA {public.key_size}"
    return f"EC {public.curve.name}" if isinstance(public, ec.EllipticCurvePublicKey) else "其他"


def from_file(data: bytes) -> bytes:
    """The certificate (DER) in a .cer, .crt or .pem file; raises OfficeError for what is none."""
    from cryptography import x509

    read = x509.load_pem_x509_certificate if b"-----BEGIN" in data[:4096] else x509.load_der_x509_certificate
    try:
        return _der(read(data))
    except ValueError as error:
        raise OfficeError(
            "这个文件里没有证书", safe="没有改动任何内容", do="请选对方导出的根证书文件（.cer、.crt 或 .pem）"
        ) from error


def is_under(certificate: bytes, root: bytes) -> bool:
    """Whether a certificate was signed with a root's key."""
    from cryptography import x509

    try:
        x509.load_der_x509_certificate(certificate).verify_directly_issued_by(x509.load_der_x509_certificate(root))
    except Exception:  # any way of not fitting
        return False
    return True


# --- keys at rest


def lock(key: bytes, passphrase: str = "") -> bytes:
    """A private key as it is kept: under the holder's own passphrase (Argon2id, AES-256-GCM), or as it is.

    Without a passphrase it is as safe as the encrypted office file that holds it, and no more.
    """
    if not passphrase:
        return _OPEN + key
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    return _LOCKED + salt + nonce + AESGCM(keys.from_passphrase(passphrase, salt)).encrypt(nonce, key, _LOCKED)


def is_locked(kept: bytes) -> bool:
    """Whether a kept key needs its holder's passphrase."""
    return kept.startswith(_LOCKED)


def unlock(kept: bytes, passphrase: str = "", whose: str = "") -> bytes:
    """A private key again; raises OfficeError when the passphrase is wrong or missing."""
    if not is_locked(kept):
        return kept.removeprefix(_OPEN)
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = len(_LOCKED)
    salt, nonce = kept[head : head + _SALT], kept[head + _SALT : head + _SALT + _NONCE]
    named = f"“{whose}”的" if whose else ""
    if not passphrase:
        raise OfficeError(f"{named}签名口令还没有输入", safe="文件没有改动", do="请由证书持有人本人输入签名口令")
    try:
        return AESGCM(keys.from_passphrase(passphrase, salt)).decrypt(nonce, kept[head + _SALT + _NONCE :], _LOCKED)
    except InvalidTag as error:
        raise OfficeError(
            f"{named}签名口令不对",
            safe="文件没有改动",
            do="请由证书持有人本人重新输入；忘了口令只能吊销这张证书，另发一张",
        ) from error


def to_text(data: bytes) -> str:
    """Bytes as text, for a column."""
    return base64.b64encode(data).decode("ascii")


def from_text(text: str) -> bytes:
    """Bytes from such a text."""
    return base64.b64decode(text)
