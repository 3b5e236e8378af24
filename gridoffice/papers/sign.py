"""The office's own certificate, PAdES signatures with a visible field, and saying whether a PDF is whole."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gridoffice.core.errors import OfficeError

YEARS = 10
_PHRASE = b"gridoffice"  # the blob lies in the encrypted office file; PKCS#12 only wants some word


@dataclass(frozen=True)
class Signer:
    """Who signed, and when by the clock of the signing machine."""

    name: str
    at: datetime | None
    is_own: bool


@dataclass(frozen=True)
class VerifyResult:
    """`valid`: signed, whole and the signature is right; `intact`: nothing changed after signing."""

    valid: bool
    intact: bool
    signers: tuple[Signer, ...]
    message: str


def make_identity(office: str) -> bytes:
    """A root and a signing certificate (EC P-256, ten years) of an office with both keys, as one PKCS#12 blob."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    def subject(name: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:60]),
                x509.NameAttribute(NameOID.COMMON_NAME, name[:60]),
            ]
        )

    now = datetime.now(UTC) - timedelta(hours=1)
    end = now + timedelta(days=365 * YEARS)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, own_name = subject(f"{office}网格办根证书"), subject(f"{office}网格办")

    def usage(*, signs: bool) -> x509.KeyUsage:
        return x509.KeyUsage(
            digital_signature=signs, content_commitment=signs, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=not signs, crl_sign=not signs, encipher_only=False, decipher_only=False,
        )  # fmt: skip

    def certificate(name: x509.Name, public: Any, *, is_root: bool) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(root_name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
            .add_extension(usage(signs=not is_root), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        )
        return made.sign(root_key, hashes.SHA256())

    root = certificate(root_name, root_key.public_key(), is_root=True)
    own = certificate(own_name, key.public_key(), is_root=False)
    algorithm = serialization.BestAvailableEncryption(_PHRASE)
    return pkcs12.serialize_key_and_certificates(office.encode(), key, own, [root], algorithm)


def root_of(identity: bytes) -> bytes:
    """The root certificate of an identity (DER), by which others know the office's papers."""
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    kept = pkcs12.load_pkcs12(identity, _PHRASE)
    return kept.additional_certs[0].certificate.public_bytes(Encoding.DER)


Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


def sign(pdf: bytes, identity: bytes, *, who: str = "", place: Box | None = None) -> bytes:
    """A PDF with one more PAdES signature and a visible field on its last page.

    `place`: left, bottom, right, top in points; by default at the foot at the right. `who` stands beside the office's
    name in the field. Raises OfficeError when the PDF cannot be signed.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

    signer = SimpleSigner.load_pkcs12_data(identity, other_certs=[], passphrase=_PHRASE)
    if signer is None:
        raise OfficeError("本办的签名证书打不开", safe="文件没有改动", do="请在 设置 里重新生成证书")
    now = datetime.now().astimezone().replace(microsecond=0)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        count = int(writer.root["/Pages"]["/Count"])
        field = f"Office{len(writer.prev.embedded_signatures) + 1}"
        meta = PdfSignatureMetadata(
            field_name=field, subfilter=SigSeedSubFilter.PADES, name=_name(signer), md_algorithm="sha256"
        )
        left, bottom, right, top = place or _corner(writer, count - 1)
        box = (round(left), round(bottom), round(right), round(top))
        spec = SigFieldSpec(field, on_page=count - 1, box=box)
        out = io.BytesIO()
        with _stamp(_name(signer), who, now, box) as style:
            PdfSigner(meta, signer, stamp_style=style, new_field_spec=spec).sign_pdf(writer, output=out)
    except OfficeError:
        raise
    except Exception as error:
        raise OfficeError("这个 PDF 不能签名", safe="文件没有改动", do="请确认它没有加密、没有损坏") from error
    return out.getvalue()


def _name(signer: Any) -> str:
    return str(signer.signing_cert.subject.native.get("common_name", ""))


def _corner(writer: Any, page: int) -> Box:
    """A field at the foot at the right, a fifth of the page wide, at least 46 mm."""
    media = writer.prev.root["/Pages"]
    try:
        ref = writer.find_page_for_modification(page)[0].get_object()
        box = ref.get("/MediaBox") or media["/MediaBox"]
    except (KeyError, IndexError):
        box = (0, 0, 595, 842)
    wide = float(box[2])
    across = max(130.0, wide * 0.2)
    high = across * 0.3
    margin = wide * 0.05
    return (wide - margin - across, margin * 0.7, wide - margin, margin * 0.7 + high)


@contextmanager
def _stamp(name: str, who: str, at: datetime, box: Box) -> Iterator[Any]:
    """The visible field, drawn with our own letters so that every character of the name is there."""
    from pyhanko.stamp import StaticStampStyle

    from gridoffice.papers.drawing import BLUE, MM, QUIET, Sheet
    from gridoffice.papers.fonts import BOLD

    wide, high = (box[2] - box[0]) / MM, (box[3] - box[1]) / MM
    sheet = Sheet(wide, high)
    sheet.box(0.3, 0.3, wide - 0.6, high - 0.6, fill="#FFFFFF", stroke=BLUE, line=high / 60)
    size, left, room = high * 0.62, wide * 0.05, wide * 0.9
    sheet.fit(left, high * 0.34, f"{name} 数字签名", size * 1.15, room, face=BOLD, ink=BLUE)
    sheet.fit(left, high * 0.61, f"经办 {who}" if who else "可用本程序“核验”页检查", size, room)
    sheet.fit(left, high * 0.86, f"{at:%Y-%m-%d %H:%M}（本机时间）", size, room, ink=QUIET)
    sheet.next_page()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stamp.pdf"
        file.write_bytes(sheet.finish())
        yield StaticStampStyle.from_pdf_file(str(file), border_width=0)


def verify(path: Path, roots: Sequence[bytes] = ()) -> VerifyResult:
    """Say whether a PDF is as it was signed, by whom and when; never raises for what is in the file.

    `roots`: certificates (DER) of offices whose papers count as own.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OfficeError(f"读不到“{path.name}”", do="请检查文件是否还在") from error
    if b"%PDF-" not in data[:1024]:
        return VerifyResult(False, False, (), f"“{path.name}”不是 PDF 文件，不能核验。")
    try:
        return _verified(data, path.name, roots)
    except Exception:  # whatever a broken file makes the reader stumble over: it is not whole
        return VerifyResult(False, False, (), f"“{path.name}”已被改动或损坏，签名读不出来。请向发文单位另要一份。")


def _verified(data: bytes, name: str, roots: Sequence[bytes]) -> VerifyResult:
    import logging

    from pyhanko.pdf_utils.reader import PdfFileReader

    for noisy in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    signatures = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
    if not signatures:
        return VerifyResult(False, False, (), f"“{name}”没有签名，不能证明是谁发的、改没改过。")
    found = [_one(signature, roots) for signature in signatures]
    signers = tuple(signer for signer, _ok, _whole in found)
    intact = all(ok for _signer, ok, _whole in found)
    # The last signature must cover the whole file; an earlier one may be followed by later signatures.
    covered = found[-1][2]
    who = "、".join(f"{s.name}（{s.at:%Y年%m月%d日 %H:%M}）" if s.at else s.name for s in signers)
    if not intact:
        return VerifyResult(
            False, False, signers, f"“{name}”签名后被改动过，不能采信。签名人：{who}。请向发文单位另要一份。"
        )
    if not covered:
        return VerifyResult(False, False, signers, f"“{name}”在签名之后又加了内容，不能采信。签名人：{who}。")
    own = "" if not roots or all(signer.is_own for signer in signers) else "签名人不在本办名单中，请另行确认身份。"
    return VerifyResult(
        True, True, signers, f"“{name}”完整，签名后没有改动。签名人：{who}（时间为签名电脑的本机时间）。{own}"
    )


def _one(signature: Any, roots: Sequence[bytes]) -> tuple[Signer, bool, bool]:
    """Signer, whether the signature fits the bytes it covers, whether it covers the file to its end."""
    from asn1crypto import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    trusted = [x509.Certificate.load(root) for root in roots]
    own = list(signature.other_embedded_certs)
    context = ValidationContext(trust_roots=trusted or own, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    level = getattr(status.coverage, "name", "")
    at = status.signer_reported_dt
    name = str(signature.signer_cert.subject.native.get("common_name", "不详"))
    signer = Signer(name, at.astimezone() if at else None, bool(trusted) and bool(status.trusted))
    is_whole = level == "ENTIRE_FILE"
    allowed = is_whole or level == "ENTIRE_REVISION"
    return signer, bool(status.intact and status.valid and allowed), is_whole
