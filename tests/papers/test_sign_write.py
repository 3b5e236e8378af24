"""Signing: files of other programs, turned pages, places, encrypted copies, a sentence for what cannot be signed."""

from __future__ import annotations

import io
import itertools
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image

from gridoffice.core.errors import OfficeError
from gridoffice.papers import board, sign_check, sign_place, sign_stamp, sign_words, sign_write
from gridoffice.papers.sign_write import Hand, Spot
from tests.papers import pdfa, sheets
from tests.papers.signing import checked, person, plain, signed


def _boxes(data: bytes, page: int = -1) -> list[tuple[float, ...]]:
    """Rectangles of the signature fields on a page."""
    annots = pypdf.PdfReader(io.BytesIO(data)).pages[page].get("/Annots", [])
    shown = [one.get_object() for one in annots]
    return [tuple(float(part) for part in one["/Rect"]) for one in shown if one.get("/FT") == "/Sig"]


def test_several_stand_beside_each_other_in_reading_order_and_cover_nothing(tmp_path: Path) -> None:
    data = signed(plain(), person("张建国", "编制"), person("李秀兰", "审核"), person("王䶮", "批准"))
    boxes = _boxes(data)
    assert [box[0] for box in boxes] == sorted(box[0] for box in boxes)
    assert len({box[1] for box in boxes}) == 1
    assert all(left[2] < right[0] for left, right in itertools.pairwise(boxes))
    file = tmp_path / "三.pdf"
    file.write_bytes(data)
    text = sheets.text_of(file)
    for wanted in ("编制", "张建国", "审核", "李秀兰", "批准", "王䶮", "本机时间", "盖章处"):
        assert wanted in text
    again = signed(data, person("赵四", "经办"))
    new = _boxes(again)[-1]
    assert all(not sign_place._meet(new, box) for box in boxes)  # type: ignore[arg-type]


def test_a_full_page_keeps_its_words(tmp_path: Path) -> None:
    """The field goes where the lower half of the page is blank."""
    made = pikepdf.open(io.BytesIO(plain()))
    page = made.pages[0]
    rows = "".join(
        f"1 0 0 1 60 {y} Tm (filled to the very edge of the page with words and words and more words) Tj "
        for y in range(20, 200, 14)
    )
    page.Contents = made.make_stream(f"BT /F1 14 Tf {rows} ET".encode())
    out = io.BytesIO()
    made.save(out)
    data = signed(out.getvalue(), person("张建国", "编制"))
    assert _boxes(data)[0][1] > 195


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_on_a_turned_page_it_is_read_upright_at_the_foot_at_the_right(turned: int, tmp_path: Path) -> None:
    made = pikepdf.open(io.BytesIO(plain()))
    made.pages[0].Rotate = turned
    made.pages[0].CropBox = pikepdf.Array([30, 40, 560, 800])
    out = io.BytesIO()
    made.save(out)
    data = signed(out.getvalue(), person("张建国", "编制"))
    assert checked(data).state == sign_check.WHOLE
    file = tmp_path / "转.pdf"
    file.write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "50", "-png", "-singlefile", file, tmp_path / "转"], check=True)
    with Image.open(tmp_path / "转.png") as picture:
        wide, high = picture.size
        blue = [
            (x, y)
            for x in range(wide)
            for y in range(high)
            if picture.getpixel((x, y))[2] > picture.getpixel((x, y))[0] + 60  # type: ignore[index]
        ]
    assert blue and min(x for x, _ in blue) > wide * 0.4 and min(y for _, y in blue) > high * 0.5
    across, down = max(x for x, _ in blue) - min(x for x, _ in blue), max(y for _, y in blue) - min(y for _, y in blue)
    assert across > down * 2  # it lies as it is read
    assert sheets.text_of(file).count("张建国") == 1


def test_files_of_other_programs_are_signed(tmp_path: Path) -> None:
    written = pypdf.PdfWriter()
    written.append(io.BytesIO(plain(3)))
    by_pypdf = io.BytesIO()
    written.write(by_pypdf)
    compressed = io.BytesIO()
    pikepdf.open(io.BytesIO(plain(2))).save(compressed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    linear = io.BytesIO()
    pikepdf.open(io.BytesIO(plain(5))).save(linear, linearize=True)
    for number, data in enumerate((by_pypdf.getvalue(), compressed.getvalue(), linear.getvalue())):
        found = signed(data, person("张建国", "编制"), person("李秀兰", "审核"))
        assert checked(found).state == sign_check.WHOLE
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(found)
        told = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
        assert told.count("Signature is Valid") == 2
        assert found.startswith(data)  # an incremental update: the bytes given stay as they were
    assert _boxes(found, 0) == [] and len(_boxes(found, -1)) == 2


def test_a_place_may_be_chosen() -> None:
    data = signed(plain(3), person("张建国", "编制"), person("李秀兰", "审核"), spot=Spot(1, (300, 500, 420, 540)))
    assert _boxes(data, 1) == [(174, 500, 294, 540), (300, 500, 420, 540)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"hello", "不是 PDF"),
        (b"%PDF-1.7\nnonsense", "损坏"),
        (plain()[:300], "损坏"),
        (b"", "是空的"),
    ],
)
def test_what_cannot_be_signed_is_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(OfficeError, match=words) as caught:
        signed(data, person("张建国", "编制"))
    assert "没有改动" in caught.value.safe


def test_a_locked_file_wants_its_password() -> None:
    locked = sign_write.encrypted(plain(), "zhongqiu2026")
    with pytest.raises(OfficeError, match="有打开密码"):
        signed(locked, person("张建国", "编制"))
    with pytest.raises(OfficeError, match="打开密码不对"):
        signed(locked, person("张建国", "编制"), password="wrong")
    old = io.BytesIO()
    pikepdf.open(io.BytesIO(plain())).save(old, encryption=pikepdf.Encryption(owner="o", user="abc123", R=4))
    for data, password in ((locked, "zhongqiu2026"), (old.getvalue(), "abc123")):
        done = signed(data, person("张建国", "编制"), person("李秀兰", "审核"), password=password)
        assert checked(done).state == sign_check.LOCKED
        assert checked(done, password="wrong").state == sign_check.LOCKED
        found = checked(done, password=password)
        assert [one.role for one in found.signatures] == ["编制", "审核"]
        assert found.state == sign_check.WHOLE


def test_an_encrypted_copy_is_signed_after_it_is_encrypted_and_others_agree(tmp_path: Path) -> None:
    original = signed(board.draw(sheets.board(1)), person("张建国", "编制"), person("李秀兰", "审核"))
    bare = sign_write.before_signatures(original)
    assert checked(bare).state == sign_check.UNSIGNED and original.startswith(bare)
    copy = signed(sign_write.encrypted(bare, "qingshui88"), person("张建国", "编制"), password="qingshui88")
    file = tmp_path / "密.pdf"
    file.write_bytes(copy)
    told = subprocess.run(["pdfsig", "-upw", "qingshui88", file], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 1 and "Total document signed" in told
    with pikepdf.open(file, password="qingshui88") as opened:
        assert opened.encryption.bits == 256
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    torn = bytearray(copy)
    torn[len(torn) // 3] ^= 1
    assert checked(bytes(torn), password="qingshui88").state not in (sign_check.WHOLE, sign_check.FILLED)
    with pytest.raises(OfficeError, match="密码太短"):
        sign_write.encrypted(bare, "123")


def test_a_signature_leaves_the_archive_file_an_archive_file() -> None:
    """PDF/A-2b (ISO 19005-2): fonts embedded, no half-transparent ground, fields printed, the original bytes kept."""
    data = signed(board.draw(sheets.board(2)), person("张建国", "编制"), person("李秀兰", "审核"))
    assert pdfa.faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as made:
        field = next(one for one in made.pages[-1].Annots if one.get("/FT") == "/Sig")
        assert int(field.F) & 4 and not int(field.F) & 2  # printed, not hidden
        assert list(field.AP.keys()) == ["/N"]
        seen = 0
        for one in made.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
                seen += 1
                assert "/FontFile2" in one or "/FontFile3" in one
            if isinstance(one, pikepdf.Dictionary) and ("/ca" in one or "/CA" in one):
                assert float(one.get("/ca", 1)) == float(one.get("/CA", 1)) == 1
        assert seen
        assert "/NeedAppearances" not in made.Root.AcroForm


def test_a_seal_picture_is_flat_and_checked(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (300, 240), (200, 0, 0, 90)).save(out, "PNG")
    data = sign_write.sign(plain(), [Hand(person("张建国", "编制"), seal=out.getvalue())])
    assert checked(data).state == sign_check.WHOLE
    file = tmp_path / "章.pdf"
    file.write_bytes(data)
    assert "盖章处" not in sheets.text_of(file)
    with pikepdf.open(file) as made:
        pictures = [one for one in made.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert len(pictures) == 1 and "/SMask" not in pictures[0]
    small = io.BytesIO()
    Image.new("RGB", (20, 20)).save(small, "PNG")
    photo = io.BytesIO()
    Image.new("RGB", (300, 300)).save(photo, "JPEG")
    for picture, words in ((small.getvalue(), "太小"), (photo.getvalue(), "PNG"), (b"x", "不是图片")):
        with pytest.raises(OfficeError, match=words):
            sign_stamp.flat(picture)


def test_words_for_every_finding_are_chinese() -> None:
    data = signed(plain(), person("张建国", "编制"), person("李秀兰", "审核"))
    found = checked(data)
    lines = [line for one in found.signatures for line in sign_words.one(one).lines]
    assert any("签名那台电脑的时钟" in line for line in lines)
    assert any("只加了后面的签名" in line for line in lines) and any("没有任何改动" in line for line in lines)
    assert any("本办签发" in line and "签名时有效，现在有效" in line for line in lines)
    assert sign_words.sentence("通知.pdf", found).startswith("“通知.pdf”完整")
