"""Checking: every changed byte is told, later signatures are fine, other additions not, attacks are seen through."""

from __future__ import annotations

import io
import random
import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from gridoffice.core.errors import OfficeError
from gridoffice.papers import board, sign_check, sign_keys, sign_words, sign_write
from gridoffice.papers.sign_check import Known
from gridoffice.papers.sign_files import Revoked
from tests.papers import sheets
from tests.papers.signing import checked, known, person, plain, root, signed


@pytest.fixture(scope="module")
def paper() -> bytes:
    return signed(board.draw(sheets.board(2)), person("张建国", "编制"))


@pytest.fixture(scope="module")
def three() -> bytes:
    return signed(plain(), person("张建国", "编制"), person("李秀兰", "审核"), person("王䶮", "批准"))


def test_one_changed_byte_is_always_told(paper: bytes) -> None:
    """200 places all over the file, among them 120 in the signature itself, which its own digest does not cover."""
    assert checked(paper).state == sign_check.WHOLE
    gap = re.search(rb"/ByteRange ?\[ ?0 (\d+) (\d+)", paper)
    assert gap is not None
    chosen = random.Random(20261125)
    inside = chosen.sample(range(int(gap[1]), int(gap[2])), 120)
    outside = chosen.sample(range(len(paper)), 80)
    passed = []
    for place in inside + outside:
        torn = bytearray(paper)
        torn[place] ^= 1 << chosen.randrange(8)
        if checked(bytes(torn)).state in (sign_check.WHOLE, sign_check.FILLED):
            passed.append(place)
    assert passed == []


def test_three_sign_in_their_order_and_another_program_agrees(three: bytes, tmp_path: Path) -> None:
    found = checked(three)
    assert found.state == sign_check.WHOLE
    assert [(one.role, one.name, one.added) for one in found.signatures] == [
        ("编制", "张建国", "signed"),
        ("审核", "李秀兰", "signed"),
        ("批准", "王䶮", ""),
    ]
    assert {(one.trust, one.then, one.now) for one in found.signatures} == {("own", "valid", "valid")}
    file = tmp_path / "三人.pdf"
    file.write_bytes(three)
    told = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 3 and told.count("Total document signed") == 1
    two = signed(signed(plain(), person("张建国", "编制")), person("李秀兰", "审核"))
    assert [one.name for one in checked(signed(two, person("王䶮", "批准"))).signatures] == ["张建国", "李秀兰", "王䶮"]


@pytest.mark.parametrize("tail", [b"\n% more", b"\0", b"\n%%EOF\n", b" " * 40 + b"x"])
def test_bytes_behind_the_end_are_told(three: bytes, tail: bytes) -> None:
    found = checked(three + tail)
    assert found.state in (sign_check.CHANGED, sign_check.BROKEN)
    assert sign_words.file(found).tone == "late"


def test_a_cut_file_is_told(three: bytes) -> None:
    for part in (0.3, 0.7, 0.95, 0.9999):
        assert checked(three[: int(len(three) * part)]).state not in (sign_check.WHOLE, sign_check.FILLED)


# --- attacks


def _updated(data: bytes) -> Any:
    return IncrementalPdfFileWriter(io.BytesIO(data), strict=False)


def _written(writer: Any) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _replaced(data: bytes) -> bytes:
    """The page's text replaced in an incremental update (incremental saving attack)."""
    writer = _updated(data)
    page = writer.find_page_for_modification(0)[0].get_object()
    forged = generic.StreamObject(stream_data=b"BT /F1 14 Tf 60 780 Td (forged) Tj ET")
    page[generic.pdf_name("/Contents")] = writer.add_object(forged)
    writer.update_container(page)
    return _written(writer)


def test_replaced_content_is_told(three: bytes) -> None:
    found = checked(_replaced(three))
    assert found.state == sign_check.CHANGED
    assert all(one.is_right and one.added == "other" for one in found.signatures)
    assert "后加的不是" in sign_words.file(found).lines[0]


def test_replaced_content_that_somebody_else_signed_is_told(three: bytes) -> None:
    forged = signed(_replaced(three), person("不相干", "批准", "别的镇"))
    found = checked(forged, known("别的镇"))
    assert found.state == sign_check.CHANGED
    assert [one.added for one in found.signatures] == ["other", "other", "other", ""]


def test_a_hidden_layer_shown_later_is_told() -> None:
    """Shadow attack "hide": what was signed lay under a white sheet that an update takes away."""
    made = pikepdf.open(io.BytesIO(plain()))
    sheet = made.make_stream(b"1 1 1 rg 0 0 595 842 re f")
    page = made.pages[0]
    page.Contents = pikepdf.Array([page.Contents, sheet])
    out = io.BytesIO()
    made.save(out)
    writer = _updated(signed(out.getvalue(), person("张建国", "编制")))
    content = writer.find_page_for_modification(0)[0].get_object()["/Contents"]
    cover = content.raw_get(1)
    writer.objects[(cover.generation, cover.idnum)] = generic.StreamObject(stream_data=b"q Q")
    assert checked(_written(writer)).state == sign_check.CHANGED


def test_a_font_swapped_later_is_told(three: bytes) -> None:
    """Shadow attack "replace": the letters of a figure are redrawn by another font."""
    writer = _updated(three)
    page = writer.find_page_for_modification(0)[0].get_object()
    font = page["/Resources"]["/Font"]["/F1"]
    font[generic.pdf_name("/BaseFont")] = generic.pdf_name("/Symbol")
    writer.update_container(font)
    assert checked(_written(writer)).state == sign_check.CHANGED


def test_a_moved_signature_covers_nothing(three: bytes) -> None:
    """Signature wrapping: the byte range is bent so that the signed bytes lie elsewhere."""
    place = three.rindex(b"/ByteRange")
    line = re.search(rb"\[ ?0 (\d+) (\d+) (\d+) *\]", three[place:])
    assert line is not None
    for bent in (b"[0 %d %d 10" % (int(line[1]), int(line[2])), b"[0 10 20 %d" % int(line[3])):
        forged = three.replace(line[0], (bent.ljust(len(line[0]) - 1) + b"]")[: len(line[0])])
        assert len(forged) == len(three)
        assert checked(forged).state in (sign_check.CHANGED, sign_check.BROKEN)


def test_a_signature_without_its_contents_is_told(three: bytes) -> None:
    """Universal signature forgery: the entry that holds the signature is taken away or emptied."""
    place = three.rindex(b"/Contents <") if b"/Contents <" in three else three.rindex(b"/Contents<")
    for forged in (
        three[:place] + b"/Kontents" + three[place + 9 :],
        three[:place] + b"/Contents null %" + three[place + 16 :],
    ):
        assert checked(forged).state not in (sign_check.WHOLE, sign_check.FILLED)
    zeros = bytearray(three)
    start = three.index(b"<", place) + 1
    zeros[start : three.index(b">", start)] = b"0" * (three.index(b">", start) - start)
    assert checked(bytes(zeros)).state not in (sign_check.WHOLE, sign_check.FILLED)


def test_a_later_signature_as_large_as_the_page_is_told() -> None:
    """Sneaky signature: allowed by the format, but its field hides what was signed before."""
    first = signed(plain(), person("张建国", "编制"))
    found = checked(signed(first, person("王䶮", "批准"), spot=sign_write.Spot(box=(0, 0, 595, 842))))
    assert found.state == sign_check.WHOLE
    told = sign_words.file(found)
    assert told.tone == "soon" and "遮住" in told.title


def test_a_filled_form_is_told_apart_from_a_changed_page() -> None:
    made = pikepdf.open(io.BytesIO(plain()))
    field = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="opinion", V="",
            Rect=[60, 600, 300, 620], F=4, P=made.pages[0].obj,
        )
    )  # fmt: skip
    made.pages[0].Annots = pikepdf.Array([field])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    out = io.BytesIO()
    made.save(out)
    writer = _updated(signed(out.getvalue(), person("张建国", "编制")))
    text = writer.root["/AcroForm"]["/Fields"][0]
    text[generic.pdf_name("/V")] = generic.pdf_string("agreed")
    writer.update_container(text)
    found = checked(_written(writer))
    assert found.state == sign_check.FILLED
    assert "填写了表格" in sign_words.file(found).title


# --- certificates then and now


def test_a_certificate_is_told_for_then_and_for_now(three: bytes) -> None:
    later = datetime.now() + timedelta(days=365 * 11)
    found = checked(three, now=later)
    assert {(one.then, one.now) for one in found.signatures} == {("valid", "expired")}
    assert sign_words.file(found).tone == "done"  # signed while it was valid
    short = sign_keys.issue(root(), "赵临时", "经办", "云溪镇", years=1)
    old = sign_write.sign(plain(), [sign_write.Hand(short)], now=datetime.now())
    assert checked(old).signatures[0].then == "valid"
    with pytest.raises(OfficeError, match=r"赵临时.*已经到期"):
        sign_write.sign(plain(), [sign_write.Hand(short)], now=datetime.now() + timedelta(days=400))
    coming = sign_keys.issue(root(), "钱将来", "经办", "云溪镇", now=datetime.now() + timedelta(days=3))
    with pytest.raises(OfficeError, match="检查这台电脑的日期"):
        signed(plain(), coming)
    ahead = signed(plain(), coming, now=datetime.now() + timedelta(days=4))  # as a clock that jumped would let pass
    told = sign_words.file(checked(ahead))
    assert told.tone == "soon" and "早于证书的起始日期" in told.lines[0]


@pytest.mark.parametrize(("why", "words"), [("key", "签名时间可以造假"), ("left", "吊销以前签的仍然有效")])
def test_a_revoked_certificate_is_told_with_its_reason(three: bytes, why: str, words: str) -> None:
    mark, serial = (
        sign_keys.fingerprint(root().certificate),
        sign_keys.facts(person("李秀兰", "审核").certificate).serial,
    )

    def told(at: datetime) -> sign_words.Told:
        line = Revoked(serial, at, why)
        return sign_words.file(checked(three, Known(own=(root().certificate,), revoked=((mark, line),))))

    assert told(datetime.now() + timedelta(minutes=5)).tone == "done"  # revoked only in five minutes from now
    before = told(datetime.now() - timedelta(days=1))
    assert before.tone == "soon" and "签名时证书已经吊销" in before.lines[0]
    now = datetime.now() + timedelta(hours=2)
    line = Revoked(serial, datetime.now() + timedelta(hours=1), why)
    found = checked(three, Known(own=(root().certificate,), revoked=((mark, line),)), now=now)
    assert words in sign_words.file(found).lines[0]
    assert [one.now for one in found.signatures] == ["valid", "revoked", "valid"]


def test_strangers_are_whole_but_not_known_until_trusted(three: bytes) -> None:
    foreign = signed(plain(), person("钱某", "签发", "别的镇"))
    told = sign_words.file(checked(foreign))
    assert told.tone == "soon" and "不认识签名人" in told.title
    trusted = checked(foreign, known("别的镇"))
    assert trusted.signatures[0].trust == "trusted"
    assert "信任的单位" in sign_words.file(trusted).title
    forged = sign_keys.issue(sign_keys.make_root("云溪镇"), "张建国", "编制", "云溪镇")  # same names, another key
    assert checked(signed(plain(), forged)).signatures[0].trust == "stranger"


# --- what other programs sign


def _foreign(digest: str = "sha256", *, certify: bool = False, kind: SigSeedSubFilter | None = None) -> bytes:
    signer = sign_write._signer(person("外单位", "签发", "别的镇"))
    meta = PdfSignatureMetadata(
        field_name="Foreign", md_algorithm=digest, certify=certify, docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=kind or SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
    )  # fmt: skip
    assert isinstance(signer, SimpleSigner)
    out = io.BytesIO()
    PdfSigner(meta, signer, new_field_spec=SigFieldSpec("Foreign")).sign_pdf(_updated(plain()), output=out)
    return out.getvalue()


def test_a_weak_digest_is_told() -> None:
    told = sign_words.file(checked(_foreign("sha1"), known("别的镇")))
    assert told.tone == "soon" and "SHA-1" in told.lines[0]
    assert checked(_foreign("sha384"), known("别的镇")).state == sign_check.WHOLE


def test_sm2_is_told_not_guessed() -> None:
    data = _foreign()
    place = data.rindex(b"/Contents <") + len(b"/Contents <")
    # The identifier of SM2 with SM3 (1.2.156.10197.1.501) in the place of ECDSA with SHA-256.
    ours, theirs = b"06082A8648CE3D040302", b"06082A811CCF55018375"
    assert ours in data[place:]
    forged = data[:place] + data[place:].replace(ours, theirs)
    found = checked(forged)
    assert found.state == sign_check.UNKNOWN
    assert "国密算法（SM2）" in sign_words.one(found.signatures[0]).lines[0]
    assert "不能核验" in sign_words.file(found).title


def test_a_closed_paper_takes_no_signature_and_a_change_of_it_is_told() -> None:
    closed = _foreign(certify=True)
    assert checked(closed).state == sign_check.WHOLE
    with pytest.raises(OfficeError, match="封住"):
        signed(closed, person("张建国", "编制"))


# --- whatever is dropped


def test_whatever_is_dropped_is_a_sentence(tmp_path: Path) -> None:
    cases = {
        "空.pdf": (b"", sign_check.EMPTY),
        "表.pdf": (b"PK\x03\x04 not a pdf", sign_check.NO_PDF),
        "坏.pdf": (b"%PDF-1.7\nnonsense", sign_check.BROKEN),
        "没签.pdf": (plain(), sign_check.UNSIGNED),
    }
    for name, (data, state) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        found = sign_check.check(path, known())
        assert found.state == state
        told = sign_words.file(found)
        assert told.title and told.lines
        assert not re.search(r"[A-Za-z]{4,}", told.title + "".join(told.lines).replace("Word", ""))
    with pytest.raises(OfficeError, match="读不到"):
        sign_check.check(tmp_path / "没有.pdf", known())


def test_half_a_gigabyte_is_a_sentence_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500_000_000)
    found = sign_check.check(path, known())
    assert found.state == sign_check.TOO_BIG
    assert "太大" in sign_words.file(found).title


def test_random_rubbish_never_raises(three: bytes) -> None:
    chosen = random.Random(7)
    for _ in range(60):
        torn = bytearray(three)
        for _hit in range(chosen.randrange(1, 30)):
            start = chosen.randrange(len(torn))
            torn[start : start + chosen.randrange(1, 200)] = chosen.randbytes(chosen.randrange(1, 200))
        assert checked(bytes(torn)).state not in (sign_check.WHOLE, sign_check.FILLED)
