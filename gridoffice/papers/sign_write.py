"""Signing: PAdES signatures with visible fields, one after the other, and copies that open with a password."""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.papers import sign_blank, sign_place, sign_stamp
from gridoffice.papers.sign_keys import Pair, facts
from gridoffice.papers.sign_place import Box

LAST = -1

for _noisy in ("pyhanko", "pyhanko_certvalidator"):  # what is wrong with a file is told in words, not on the terminal
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Hand:
    """One who signs: certificate and key, and what stands in the field. `role` "": what the certificate says."""

    pair: Pair
    role: str = ""
    line: str = ""  # under the name
    seal: bytes = b""  # PNG


@dataclass(frozen=True)
class Spot:
    """Where the first field stands: a page (from 0, or LAST) and a rectangle on it in points, None: foot, right."""

    page: int = LAST
    box: Box | None = None


def sign(
    pdf: bytes, hands: Sequence[Hand], *, spot: Spot | None = None, password: str = "", now: datetime | None = None
) -> bytes:
    """A PDF with one more signature of each hand, in their order, each in an incremental update of its own.

    `password` opens an encrypted PDF. Raises OfficeError where the PDF cannot be signed; the bytes given stay whole.
    """
    moment = now or datetime.now()
    for hand in hands:
        _must_be_valid(hand.pair, moment)
    if not hands:
        return pdf
    with _readable():
        number, leaf, places = _places(pdf, len(hands), spot or Spot(), password)
        for hand, seen in zip(hands, places, strict=True):
            pdf = _one(pdf, hand, number, leaf, seen, password, moment)
    return pdf


def _must_be_valid(pair: Pair, now: datetime) -> None:
    told = facts(pair.certificate)
    if told.ends < now:
        raise OfficeError(
            f"“{told.holder}”的签名证书 {told.ends:%Y-%m-%d} 已经到期",
            safe="文件没有改动",
            do="请在“签名证书”里续期，或换一张证书",
            offer="certificates",
        )
    if told.starts > now:
        raise OfficeError(
            f"“{told.holder}”的签名证书从 {told.starts:%Y-%m-%d} 起才有效",
            safe="文件没有改动",
            do="请检查这台电脑的日期是否正确",
        )


def _places(pdf: bytes, count: int, spot: Spot, password: str) -> tuple[int, sign_place.Leaf, list[Box]]:
    """The page's number, its leaf, and where each of so many fields stands as the reader sees it, left to right."""
    writer = opened(pdf, password)
    number, page = _page(writer, spot.page)
    leaf = sign_place.leaf(page)
    taken = [leaf.as_seen(box) for box in sign_place.fields_on(page)]
    wanted = leaf.as_seen(spot.box) if spot.box else sign_place.corner(leaf.size)
    if spot.box is None:
        blank = sign_blank.find(pdf, number, sign_place.room(wanted, count), taken, password)
        if blank:
            return number, leaf, sign_place.row(blank, wanted, count)
    places: list[Box] = []
    for _ in range(count):
        places.insert(0, sign_place.free(wanted, [*taken, *places], leaf.size))
    return number, leaf, places


def _one(pdf: bytes, hand: Hand, number: int, leaf: sign_place.Leaf, seen: Box, password: str, now: datetime) -> bytes:
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

    told = facts(hand.pair.certificate)
    at = now.astimezone().replace(microsecond=0)
    role = hand.role or told.role
    left, bottom, right, top = (round(one) for one in leaf.on_page(seen))
    writer = opened(pdf, password)
    field = _free_name(writer)
    meta = PdfSignatureMetadata(
        field_name=field, subfilter=SigSeedSubFilter.PADES, name=told.holder, reason=role or None, md_algorithm="sha256"
    )
    spec = SigFieldSpec(field, on_page=number, box=(left, bottom, right, top))
    stamp = sign_stamp.Stamp(told.holder, role, hand.line, at, hand.seal)
    out = io.BytesIO()
    with _style(stamp, (seen[2] - seen[0], seen[3] - seen[1]), leaf.turned) as style:
        PdfSigner(meta, _signer(hand.pair), stamp_style=style, new_field_spec=spec).sign_pdf(writer, output=out)
    return out.getvalue()


def _signer(pair: Pair) -> Any:
    from asn1crypto import keys, x509
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own = x509.Certificate.load(pair.certificate)
    store: Any = SimpleCertificateStore
    above = [x509.Certificate.load(one) for one in pair.chain]
    return SimpleSigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(pair.key),
        cert_registry=store.from_certs(above),
    )


def opened(pdf: bytes, password: str = "") -> Any:
    """An incremental writer over a PDF; raises OfficeError for one that is damaged, locked or closed for signing."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import read_certification_data

    safe = "文件没有改动"
    if not pdf:
        raise OfficeError("这个文件是空的，不能签名", safe=safe, do="多半是没有下载完，请重新下载或另要一份")
    if b"%PDF-" not in pdf[:1024]:
        raise OfficeError("这个文件不是 PDF，不能签名", safe=safe, do="请先另存为 PDF")
    with _readable():
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        if "/Encrypt" in writer.prev.trailer:
            unlock(writer, password)
        elif "/XFA" in (sign_place.part(writer.root, "/AcroForm") or {}):
            raise OfficeError("这是动态表单（XFA），不能签名", safe=safe, do="请先打印成 PDF，再签名")
        certified = read_certification_data(writer.prev)
        if certified is not None and certified.permission == MDPPerm.NO_CHANGES:
            raise OfficeError(
                "这个 PDF 的签发人已经把它封住，不许再加签名",
                safe=safe,
                do="请打印后签字，或请签发人另给一份没有封住的",
            )
    return writer


def unlock(reader: Any, password: str) -> None:
    """Open an encrypted PDF; raises OfficeError when the password is missing or wrong."""
    from pyhanko.pdf_utils.crypt import AuthStatus

    safe = "文件没有改动"
    try:
        encrypt = getattr(reader, "encrypt", None) or reader.decrypt
        result = encrypt(password)
    except Exception as error:
        raise OfficeError("这个 PDF 加密的方式不认识，打不开", safe=safe, do="请向发文单位要没有加密的") from error
    if result.status != AuthStatus.FAILED:
        return
    if not password:
        raise OfficeError("这个 PDF 有打开密码", safe=safe, do="请先输入它的打开密码", offer="password")
    raise OfficeError("这个 PDF 的打开密码不对", safe=safe, do="请重新输入它的打开密码", offer="password")


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever a broken file makes the library stumble over becomes a sentence."""
    try:
        yield
    except OfficeError:
        raise
    except Exception as error:
        raise OfficeError(
            "这个 PDF 已经损坏或格式特别，不能签名",
            safe="文件没有改动",
            do="请用阅读器打开它，重新“打印成 PDF”后再签",
        ) from error


def _page(writer: Any, wanted: int) -> tuple[int, Any]:
    """The number of a page and its dictionary; the last one where the paper has fewer."""
    count = int(writer.root["/Pages"]["/Count"])
    number = count - 1 if wanted == LAST or wanted >= count else wanted
    return number, writer.find_page_for_modification(number)[0].get_object()


def _free_name(writer: Any) -> str:
    """A name that no field has yet."""
    form = sign_place.part(writer.root, "/AcroForm")
    used = {str(sign_place.part(field, "/T")) for field in sign_place.each(form, "/Fields")}
    return next(name for name in (f"Office{number}" for number in range(1, 10_000)) if name not in used)


@contextmanager
def _style(stamp: sign_stamp.Stamp, size: tuple[float, float], turned: int) -> Iterator[Any]:
    """The visible field for the library, which wants a file; turned as the page is."""
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    drawn = sign_stamp.draw(stamp, *size)
    middle = AxisAlignment.ALIGN_MID
    layout = SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=Margins(0, 0, 0, 0))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stamp.pdf"
        file.write_bytes(_turned(drawn, size, turned) if turned else drawn)
        yield StaticStampStyle.from_pdf_file(str(file), border_width=0, background_layout=layout)


def _turned(drawn: bytes, size: tuple[float, float], turned: int) -> bytes:
    """The field lying as it must lie on a page that is turned for the reader."""
    from pyhanko.pdf_utils import generic, writer
    from pyhanko.pdf_utils.reader import PdfFileReader

    made, parts = writer.__dict__, generic.__dict__  # its classes are not annotated
    wide, high = size
    box = (high, wide) if turned in (90, 270) else (wide, high)
    matrix = {90: f"0 1 -1 0 {high} 0", 180: f"-1 0 0 -1 {wide} {high}", 270: f"0 -1 1 0 0 {wide}"}[turned]
    out, file = io.BytesIO(), made["PdfFileWriter"](stream_xrefs=False)
    inside = file.import_page_as_xobject(PdfFileReader(io.BytesIO(drawn)))
    content = file.add_object(parts["StreamObject"](stream_data=f"q {matrix} cm /Field Do Q".encode()))
    named = parts["DictionaryObject"]({parts["pdf_name"]("/Field"): inside})
    resources = parts["DictionaryObject"]({parts["pdf_name"]("/XObject"): named})
    file.insert_page(made["PageObject"](contents=content, media_box=(0, 0, *box), resources=resources))
    file.write(out)
    return out.getvalue()


# --- copies that open with a password


def before_signatures(pdf: bytes) -> bytes:
    """A signed PDF as it was before the first signature was put on it; unsigned ones as they are."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    with _readable():
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signed = reader.embedded_signatures
        if not signed:
            return pdf
        first = min(one.signed_revision for one in signed)
        if first < 1:
            raise OfficeError(
                "这份文件的签名和正文是一次写成的，分不开", safe="文件没有改动", do="请用没有签名的原件做加密副本"
            )
        start = reader.xrefs.get_startxref_for_revision(first - 1)
        end = pdf.index(b"%%EOF", pdf.index(str(start).encode(), pdf.index(b"startxref", start))) + 5
        while pdf[end : end + 1] in (b"\r", b"\n"):
            end += 1
        return pdf[:end]


def encrypted(pdf: bytes, password: str) -> bytes:
    """An unsigned PDF as a copy that opens with a password only (AES-256, PDF 2.0); sign it afterwards.

    A signature covers the bytes as they lie in the file: one put on before the encryption would no longer fit.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    if len(password) < 6:
        raise OfficeError("打开密码太短", safe="文件没有改动", do="请至少用 6 个字符，用电话等别的办法告诉对方")
    with _readable():
        writer: Any = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf), strict=False))
        writer.encrypt(owner_pass=password, user_pass=password)
        out = io.BytesIO()
        writer.write(out)
    return out.getvalue()
