"""Checking a signed PDF: every signature's bytes, what was added after it, its certificate then and now."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.papers import sign_exact, sign_place
from gridoffice.papers.sign_files import Revoked
from gridoffice.papers.sign_keys import Facts, facts, fingerprint
from gridoffice.papers.sign_write import unlock

MOST = 150_000_000
"""Bytes of the largest file that is read whole; the office's own papers stay far below."""

COVERING = 0.5
"""A later signature's field that takes more of a page than this may hide what was signed."""

WEAK = ("md5", "md2", "sha1")

# What a file is, over all its signatures.
WHOLE, CHANGED, FILLED, UNSIGNED = "whole", "changed", "filled", "unsigned"
NO_PDF, EMPTY, BROKEN, LOCKED, TOO_BIG, UNKNOWN = "no_pdf", "empty", "broken", "locked", "too_big", "unknown"

# What a certificate is on a day.
VALID, EXPIRED, EARLY, REVOKED = "valid", "expired", "early", "revoked"

# Under whose root a certificate stands.
OWN, TRUSTED, STRANGER = "own", "trusted", "stranger"


@dataclass(frozen=True)
class Known:
    """Whom this office knows: own and trusted roots (DER), and what was revoked under them, by serial number."""

    own: tuple[bytes, ...] = ()
    mine: tuple[bytes, ...] = ()  # the office's certificates from an authority: own, though their root is not
    trusted: tuple[bytes, ...] = ()
    revoked: tuple[tuple[str, Revoked], ...] = ()  # fingerprint of the root, what was revoked under it

    def revocation(self, root: bytes, serial: str) -> Revoked | None:
        """The revocation of a serial number under a root, or of the root itself."""
        mark, numbers = fingerprint(root), (serial, facts(root).serial)
        return next((one for under, one in self.revoked if under == mark and one.serial in numbers), None)


@dataclass(frozen=True)
class Signature:
    """One signature. `problem` is why it cannot be checked at all ("sm2", "form", "weak" tells of its digest)."""

    name: str
    role: str = ""
    organisation: str = ""
    at: datetime | None = None  # by the clock of the computer that signed
    is_right: bool = False  # the bytes it covers are those that were signed
    added: str = ""  # after it: "" nothing, "signed" later signatures, "filled" form fields, "archived", "other"
    covering: bool = False  # a later signature's field hides much of a page
    trust: str = STRANGER
    then: str = VALID
    now: str = VALID
    revoked: Revoked | None = None
    certificate: Facts | None = None
    is_weak: bool = False
    problem: str = ""
    covers: int = 0  # bytes from the start of the file, its own gap included


@dataclass(frozen=True)
class Checked:
    """What was found of a file."""

    state: str
    signatures: tuple[Signature, ...] = ()


def check(path: Path, known: Known, *, password: str = "", now: datetime | None = None) -> Checked:
    """Check a file; never raises for what is in it. Raises OfficeError when it cannot be read from the disk."""
    try:
        if path.stat().st_size > MOST:
            with path.open("rb") as file:
                return Checked(TOO_BIG if b"%PDF-" in file.read(1024) else NO_PDF)
        data = path.read_bytes()
    except OSError as error:
        raise OfficeError(f"读不到“{path.name}”", do="请检查文件是否还在") from error
    return check_bytes(data, known, password=password, now=now)


def check_bytes(data: bytes, known: Known, *, password: str = "", now: datetime | None = None) -> Checked:
    """As `check`, of bytes."""
    if not data:
        return Checked(EMPTY)
    if b"%PDF-" not in data[:1024]:
        return Checked(NO_PDF)
    try:
        return _checked(data, known, password, now or datetime.now())
    except OfficeError:
        return Checked(LOCKED)
    except Exception:  # whatever a broken file makes the reader stumble over
        return Checked(BROKEN)


def _checked(data: bytes, known: Known, password: str, now: datetime) -> Checked:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if "/Encrypt" in reader.trailer:
        unlock(reader, password)
    fields = list(_signed_fields(reader))
    if not fields:
        return Checked(UNSIGNED if _is_readable(reader) and b"/ByteRange" not in data else BROKEN)
    found = [_one(reader, data, field, known, now) for field in fields]
    found.sort(key=lambda one: one.covers or len(data) + 1)
    return Checked(_state(found), tuple(_covered_later(reader, found)))


def signed_by(data: bytes) -> list[tuple[str, str]]:
    """Names of those who signed an open PDF, and the fingerprints of their certificates; nothing of it is checked."""
    found = check_bytes(data, Known()).signatures
    return [(one.name, one.certificate.fingerprint if one.certificate else "") for one in found]


def _is_readable(reader: Any) -> bool:
    """Whether the pages can be counted: a torn file often still has a head."""
    return int(reader.root["/Pages"]["/Count"]) >= 0


def _signed_fields(reader: Any) -> Any:
    """Names and dictionaries of filled signature fields."""
    from pyhanko.sign.fields import enumerate_sig_fields

    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        if value is not None:
            yield name, field.get_object()


def _one(reader: Any, data: bytes, field: tuple[str, Any], known: Known, now: datetime) -> Signature:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    name, kept = field
    bare = sign_exact.read(kept["/V"])
    if bare.problem:
        return Signature(bare.name or "不详", at=bare.at, problem=bare.problem)
    try:
        signature = EmbeddedPdfSignature(reader, kept, name)
        told = facts(signature.signer_cert.dump())
    except Exception:
        return Signature(bare.name or "不详", at=bare.at, problem="form")
    at = signature.self_reported_timestamp
    made = Signature(
        name=told.holder,
        role=told.role or bare.role,
        organisation=told.organisation,
        at=at.astimezone().replace(tzinfo=None) if at else None,
        certificate=told,
        is_weak=signature.md_algorithm in WEAK,
        covers=int(signature.byte_range[2]) + int(signature.byte_range[3]),
    )
    try:
        made = replace(made, is_right=_is_right(signature), added=_added(signature, data))
        made = _trusted(made, signature, known, now)
        is_ours = made.trust == OWN and signature.signer_cert.dump() not in known.mine
        is_exact = not is_ours or sign_exact.is_untouched(signature, data)
        return replace(made, is_right=made.is_right and is_exact)
    except Exception:  # a torn signature is not right, whatever it stumbles over
        return replace(made, is_right=False, added="other")


def _is_right(signature: Any) -> bool:
    """Whether the covered bytes are those that were signed with the key of the signer's certificate."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    if signature.signed_data["encap_content_info"]["content_type"].native != "data":
        return False
    whole, fits = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )  # fmt: skip
    return whole and fits


def _added(signature: Any, data: bytes) -> str:
    """What the file got after a signature: "", "signed", "filled", "archived" or "other"."""
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    signature.compute_integrity_info()
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return ""
    found = signature.diff_result
    if signature.coverage != SignatureCoverageLevel.ENTIRE_REVISION or not isinstance(found, DiffResult):
        return "other"
    if signature.docmdp_level == MDPPerm.NO_CHANGES and found.modification_level > ModificationLevel.LTA_UPDATES:
        return "other"
    if found.modification_level > ModificationLevel.FORM_FILLING or _has_tail(data):
        return "other"
    if _filled(signature.reader, found.changed_form_fields):
        return "filled"
    if found.modification_level == ModificationLevel.FORM_FILLING:
        return "signed"
    # Bytes behind the signature without any change in them are nobody's business there.
    return "archived" if signature.reader.xrefs.total_revisions > signature.signed_revision + 1 else "other"


def _has_tail(data: bytes) -> bool:
    """Whether something lies behind the end of the file."""
    return bool(data[data.rfind(b"%%EOF") + 5 :].strip())


def _filled(reader: Any, names: Any) -> bool:
    """Whether form fields other than signatures were changed."""
    from pyhanko.sign.fields import enumerate_sig_fields

    signed = {name for name, _value, _field in enumerate_sig_fields(reader)}
    return any(name not in signed for name in names)


def _covered_later(reader: Any, found: list[Signature]) -> list[Signature]:
    """A later signature may be put on with a field as large as the page, hiding what was signed before it."""
    if all(not one.added for one in found):
        return found
    for number in range(min(int(reader.root["/Pages"]["/Count"]), 2000)):
        page = reader.find_page_for_modification(number)[0].get_object()
        leaf = sign_place.leaf(page)
        wide, high = leaf.size
        for left, bottom, right, top in sign_place.fields_on(page):
            if (right - left) * (top - bottom) > COVERING * wide * high:
                return [replace(one, covering=bool(one.added)) for one in found]
    return found


def _trusted(made: Signature, signature: Any, known: Known, now: datetime) -> Signature:
    """Under whose root its certificate stands, and what it was when it was made and is now."""
    told = made.certificate
    assert told is not None
    others = tuple(one.dump() for one in signature.other_embedded_certs)
    own = signature.signer_cert.dump()
    root = own if own in known.mine else sign_exact.root_over(own, others, known.own)
    trust = OWN
    if root is None:
        root, trust = sign_exact.root_over(own, others, known.trusted), TRUSTED
    if root is None:
        return replace(made, trust=STRANGER, then=_state_on(told, None, made.at), now=_state_on(told, None, now))
    revoked = known.revocation(root, told.serial)
    then, today = _state_on(told, revoked, made.at), _state_on(told, revoked, now)
    return replace(made, trust=trust, revoked=revoked, then=then, now=today)


def _state_on(told: Facts, revoked: Revoked | None, at: datetime | None) -> str:
    if at is None:
        return VALID
    if revoked is not None and revoked.at <= at:
        return REVOKED
    if told.ends < at:
        return EXPIRED
    return EARLY if told.starts > at else VALID


def _state(found: list[Signature]) -> str:
    if any(one.problem == "form" for one in found):
        return BROKEN
    if any(not one.is_right or one.added == "other" for one in found if not one.problem):
        return CHANGED
    if any(one.problem for one in found):
        return UNKNOWN
    return FILLED if any(one.added == "filled" for one in found) else WHOLE
