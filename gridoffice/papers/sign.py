"""Signing and checking with one office's identity in one blob: the short way to the rooms of `sign_*`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gridoffice.core.errors import OfficeError
from gridoffice.papers import sign_check, sign_files, sign_keys, sign_words, sign_write
from gridoffice.papers.sign_check import Checked, Known
from gridoffice.papers.sign_place import Box
from gridoffice.papers.sign_write import Hand, Spot

_PHRASE = "gridoffice"  # the blob lies in the encrypted office file; PKCS#12 only wants some word


@dataclass(frozen=True)
class Signer:
    """Who signed, and when by the clock of the signing machine."""

    name: str
    at: datetime | None
    is_own: bool
    role: str = ""


@dataclass(frozen=True)
class VerifyResult:
    """`valid`: signed, whole and the signature is right; `intact`: nothing changed after signing."""

    valid: bool
    intact: bool
    signers: tuple[Signer, ...]
    message: str
    state: str = ""  # as in sign_check


def make_identity(office: str) -> bytes:
    """A root and a signing certificate of an office, the signing key with both certificates as one PKCS#12 blob."""
    root = sign_keys.make_root(office)
    return identity_of(sign_keys.issue(root, f"{office}网格办", "", office))


def identity_of(pair: sign_keys.Pair) -> bytes:
    """A certificate with key and chain as the blob that `sign` takes."""
    return sign_files.to_pkcs12(pair, _PHRASE, rounds=1000)


def pair_of(identity: bytes) -> sign_keys.Pair:
    """Certificate, key and chain of such a blob."""
    try:
        return sign_files.from_pkcs12(identity, _PHRASE)
    except OfficeError as error:
        raise OfficeError("本办的签名证书打不开", safe="文件没有改动", do="请在“签名证书”里另发一张") from error


def root_of(identity: bytes) -> bytes:
    """The root certificate of an identity (DER), by which others know the office's papers."""
    return pair_of(identity).chain[-1]


def sign(pdf: bytes, identity: bytes, *, who: str = "", place: Box | None = None) -> bytes:
    """A PDF with one more PAdES signature and a visible field on its last page.

    `place`: left, bottom, right, top in points; by default where the page is blank, at the foot at the right. `who`
    stands beside the office's name in the field. Raises OfficeError when the PDF cannot be signed.
    """
    line = f"经办 {who}" if who else ""
    return sign_write.sign(pdf, [Hand(pair_of(identity), line=line)], spot=Spot(box=place))


def verify(path: Path, roots: Sequence[bytes] = (), *, password: str = "") -> VerifyResult:
    """Say whether a PDF is as it was signed, by whom and when; never raises for what is in the file.

    `roots`: certificates (DER) of offices whose papers count as own.
    """
    return result(path.name, sign_check.check(path, Known(own=tuple(roots)), password=password))


def result(name: str, checked: Checked) -> VerifyResult:
    """What was found, in short."""
    signers = tuple(Signer(one.name, one.at, one.trust == sign_check.OWN, one.role) for one in checked.signatures)
    is_whole = checked.state in (sign_check.WHOLE, sign_check.FILLED)
    return VerifyResult(is_whole, is_whole, signers, sign_words.sentence(name, checked), checked.state)
