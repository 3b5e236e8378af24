"""What the library lets pass: bytes in and around a signature that no digest covers, and the chain to a root."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gridoffice.papers.sign_keys import facts, is_under
from gridoffice.papers.sign_place import part

SM_TREE = "1.2.156.10197"
"""The object identifiers of the Chinese commercial algorithms (SM2, SM3; GB/T 33560)."""


@dataclass(frozen=True)
class Bare:
    """What a signature's dictionary says without checking it; `problem`: "", "sm2" or "form"."""

    name: str
    role: str
    at: datetime | None
    problem: str = ""


def read(kept: Any) -> Bare:
    """Name, reason and time of a signature's dictionary, and whether this program can check its kind at all."""
    from pyhanko.pdf_utils.generic import parse_pdf_date
    from pyhanko.sign.validation.pdf_embedded import extract_contents

    at = None
    try:
        at = parse_pdf_date(str(kept["/M"]), strict=False).astimezone().replace(tzinfo=None)
    except Exception:  # no time, or none that is one
        at = None
    name, role = str(part(kept, "/Name") or ""), str(part(kept, "/Reason") or "")
    try:
        contents = extract_contents(kept)
    except Exception:
        return Bare(name, role, at, "form")
    kind = str(part(kept, "/SubFilter") or "")
    if _is_sm(contents, kind):
        return Bare(name, role, at, "sm2")
    known = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached")
    problem = "" if kind in known else "old" if kind in ("/adbe.pkcs7.sha1", "/adbe.x509.rsa_sha1") else "form"
    if kind == "/ETSI.RFC3161":
        problem = "stamp"
    return Bare(name, role, at, problem)


def _is_sm(contents: bytes, kind: str) -> bool:
    """SM2/SM3 in a CMS, or an electronic seal (GB/T 38540) instead of one."""
    from asn1crypto import core

    wanted = core.ObjectIdentifier(f"{SM_TREE}.1").contents  # .1: algorithms; every one of them begins so
    return "gm" in kind.lower() or "ses" in kind.lower().replace("processes", "") or bool(wanted and wanted in contents)


def is_untouched(signature: Any, data: bytes) -> bool:
    """Whether the parts of a signature that its own digest leaves out are as this program writes them.

    Other programs write them in other ways (RFC 5652 allows several): ask it of the office's own signatures only.
    """
    return _gap_is_clean(signature, data) and _envelope_is_plain(signature) and _chain_is_right(signature)


def _gap_is_clean(signature: Any, data: bytes) -> bool:
    """The gap holds <hex> only: one way of writing the digits, and nothing but zeros behind the signature."""
    _, first, second, _ = (int(one) for one in signature.byte_range)
    gap = data[first:second]
    if gap[:1] != b"<" or gap[-1:] != b">":
        return False
    digits = gap[1:-1]
    if not re.fullmatch(rb"[0-9a-f]*|[0-9A-F]*", digits) or len(digits) % 2:
        return False
    value = bytes.fromhex(digits.decode())
    used = _end(value, 0)
    return used <= len(value) and not value[used:].strip(b"\0") and _is_full(value, 0, used, 0)


def _end(value: bytes, start: int) -> int:
    """Where the DER value that begins at a place ends."""
    head, end = _head(value, start)
    return start + head + end


def _head(value: bytes, start: int) -> tuple[int, int]:
    """Length of the head of a DER value (tag and length), and of what is in it."""
    short = value[start + 1]
    if short < 0x80:
        return 2, short
    count = short & 0x7F
    return 2 + count, int.from_bytes(value[start + 2 : start + 2 + count], "big")


def _is_full(value: bytes, start: int, end: int, depth: int) -> bool:
    """Whether the values inside a constructed one fill it to its end, all the way down."""
    head, _length = _head(value, start)
    if not value[start]:
        return False
    if not value[start] & 0x20 or depth > 40:
        return depth <= 40
    place = start + head
    while place < end:
        after = _end(value, place)
        if after > end or not _is_full(value, place, after, depth + 1):
            return False
        place = after
    return True


def _envelope_is_plain(signature: Any) -> bool:
    """One signer named as in the certificate, one digest, the signer's, and the versions of RFC 5652, 5.1, 5.3."""
    signed = signature.signed_data
    infos, digests = signed["signer_infos"], signed["digest_algorithms"]
    if len(infos) != 1 or len(digests) != 1 or (int(signed["version"]), int(infos[0]["version"])) != (1, 1):
        return False
    digest, signs = infos[0]["digest_algorithm"], infos[0]["signature_algorithm"]
    named = infos[0]["sid"].chosen["issuer"].dump() == signature.signer_cert.issuer.dump()
    bare = all(one["parameters"].dump() in (b"", b"\x05\x00") for one in (digests[0], digest, signs))
    return named and bare and digests[0]["algorithm"].native == digest["algorithm"].native


def _chain_is_right(signature: Any) -> bool:
    """Every certificate inside was signed rightly by one inside, or leads to the signer's and is no root."""
    own = signature.signer_cert.dump()
    others = [one.dump() for one in signature.other_embedded_certs]
    for one in others:
        if any(is_under(one, other) for other in others):
            continue
        if _signs_itself(one) or not any(is_under(below, one) for below in (own, *others) if below != one):
            return False
    return True


def _signs_itself(certificate: bytes) -> bool:
    """Whether a certificate says that it was signed with its own key; a changed one says it in one of two places."""
    from asn1crypto import x509

    read = x509.Certificate.load(certificate)
    names, keys = (read.issuer.dump(), read.subject.dump()), (read.authority_key_identifier, read.key_identifier)
    return names[0] == names[1] or (keys[0] is not None and keys[0] == keys[1])


def root_over(own: bytes, others: Sequence[bytes], roots: Sequence[bytes]) -> bytes | None:
    """The root under which a certificate stands, the certificates between taken from the signature; None: under none.

    Checked on a day on which the certificate was valid (RFC 5280, 6.1); its dates are told apart from this.
    """
    for root in roots:
        if own == root or _leads(own, others, root):
            return root
    return None


def _leads(own: bytes, others: Sequence[bytes], root: bytes) -> bool:
    from asn1crypto import x509
    from pyhanko_certvalidator import CertificateValidator, ValidationContext

    told = facts(own)
    moment = (told.starts + timedelta(hours=2)).astimezone()
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root)], moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )
    between = [x509.Certificate.load(one) for one in others if one != root]
    validator: Any = CertificateValidator(x509.Certificate.load(own), between, validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage(set()))
    except Exception:  # any way of not leading to the root
        return False
    return True
