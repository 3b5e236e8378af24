"""The press: faces and their parts, characters that come back, files for the archive, pages written as they end."""

from __future__ import annotations

import io
import itertools
import json
import subprocess
import tracemalloc
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gridoffice.papers import board, cards, fonts, handbook, sign
from gridoffice.papers.drawing import Sheet
from tests.papers import pdfa, sheets

FACES = (fonts.HEI, fonts.BOLD, fonts.SONG, fonts.KAI, fonts.FANG)


def hanzi(first: int, last: int) -> str:
    """The characters of a span."""
    return "".join(map(chr, range(first, last + 1)))


def gbk() -> str:
    """Every hanzi of GBK (GB 2312 among them)."""
    pairs = itertools.product(range(0x81, 0xFF), range(0x40, 0xFF))
    found = (bytes(pair).decode("gbk", "ignore") for pair in pairs)
    return "".join(char for char in found if len(char) == 1 and "\u4e00" <= char <= "\u9fff")


def paper(lines: list[str], face: str = fonts.HEI) -> tuple[bytes, set[str]]:
    """Lines on as many pages as they need, and the characters no face had."""
    sheet = Sheet(210, 297, title="字")
    for start in range(0, len(lines), 60):
        for place, line in enumerate(lines[start : start + 60]):
            sheet.text(10, 12 + place * 4.6, line, 8, face=face)
        sheet.next_page()
    return sheet.finish(), sheet.missing


def lines_of(text: str) -> list[str]:
    return [text[start : start + 60] for start in range(0, len(text), 60)]


@pytest.mark.parametrize("face", FACES)
def test_every_character_of_gbk_and_the_rare_ones_of_names_comes_back(face: str, tmp_path: Path) -> None:
    text = gbk() + "𬱖䶮㛃𫍽𨱏𣲗𬘭𬎆𬭼𨐈" + hanzi(0x3400, 0x34FF)
    assert len(text) > 20_900
    data, missing = paper(lines_of(text), face)
    assert not missing
    path = tmp_path / "gbk.pdf"
    path.write_bytes(data)
    # Compatibility hanzi are read back by some programs as the common one; GBK's own must be themselves.
    assert sheets.text_of(path) == text


def test_extensions_a_to_f_have_glyphs_and_come_back(tmp_path: Path) -> None:
    samples = (  # A, B, C, D, E, F
        (0x3400, 0x4DB5), (0x20000, 0x204FF), (0x2A000, 0x2A2FF), (0x2A700, 0x2A8FF), (0x2B740, 0x2B81D),
        (0x2B820, 0x2B9FF), (0x2CD00, 0x2CEA1), (0x2CEB0, 0x2D0FF), (0x2EA00, 0x2EBE0),
    )  # fmt: skip
    text = "".join(hanzi(*span) for span in samples)
    data, missing = paper(lines_of(text), fonts.SONG)
    assert not missing
    path = tmp_path / "ext.pdf"
    path.write_bytes(data)
    assert sheets.text_of(path) == text


SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛"
    "雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强"
    "贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠"
    "甄麴家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂"
    "索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎"
    "戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
    "亓仉闫覃妘禤佘佟爱仝侴呙郄郇祃禚雒麹妫尉迟酈鬭斛瓮幺么死难黑老毒"
)
GIVEN = (
    "𬱖䶮㛃𫍽𨱏𣲗堃喆淼玥祎昇頔珺彧垚犇骉翀璟煊锴瑀琎玘祺翊晳淏滢濛燚爔犟猷璠甡畯皛睿砼祾秾竑筱絪纮羑翃聿芃菡葳蘅虓蟠衎裒觐訚豳贇赟踽轸迺逄邕郴鄯"
    "鋆錱镕闿阗陞隽雯霂靁韡頠颋飏饔馹骎髙魆鹓麒黾鼐龑龢𪸩𬭚𬬻"
)


def test_every_surname_and_the_rare_signs_of_names_are_drawn_whole(tmp_path: Path) -> None:
    names = [
        one + GIVEN[(7 * place) % len(GIVEN)] + GIVEN[(3 * place + 1) % len(GIVEN)]
        for place, one in enumerate(SURNAMES * 4)
    ]
    assert len(names) > 1_700
    for face in (fonts.KAI, fonts.BOLD):
        data, missing = paper(["　".join(names[start : start + 12]) for start in range(0, len(names), 12)], face)
        assert not missing
        path = tmp_path / "names.pdf"
        path.write_bytes(data)
        found = sheets.text_of(path)
        assert not [name for name in names if name not in found]


def test_a_paper_has_one_font_for_each_face_and_all_are_embedded(tmp_path: Path) -> None:
    sheet = Sheet(210, 297, title="脸")
    for place, face in enumerate(FACES):
        for step, line in enumerate(lines_of(gbk()[:3000])):
            sheet.text(10, 10 + step * 1.1 + place * 56, line, 2, face=face)
    sheet.next_page()
    path = tmp_path / "faces.pdf"
    path.write_bytes(sheet.finish())
    rows = sheets.fonts_of(path)
    names = [row[0].partition("+")[2] for row in rows]
    assert len(names) == len(set(names)) <= 6
    assert all(row[-5] == "yes" for row in rows), rows
    assert path.stat().st_size < 6_000_000


MADE = {
    "cards": lambda: cards.draw([sheets.card(n) for n in range(12)]),
    "board": lambda: board.draw(sheets.board()),
    "handbook": lambda: handbook.draw(sheets.handbook()),
}


@pytest.mark.parametrize("kind", MADE)
def test_papers_are_fit_for_the_archive(kind: str) -> None:
    assert pdfa.faults(MADE[kind]()) == []


def test_a_signature_keeps_a_paper_fit_for_the_archive() -> None:
    signed = sign.sign(MADE["handbook"](), sign.make_identity("云溪镇"), who="王芳")
    assert pdfa.faults(signed) == []


def test_what_is_wrong_is_found() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(MADE["board"]())) as file:
        del file.Root.OutputIntents
        fonts_used: Any = file.pages[0].Resources.Font
        del next(iter(fonts_used.values())).DescendantFonts[0].FontDescriptor["/FontFile2"]
        file.docinfo["/Title"] = "别的"
        file.save(out)
    told = " ".join(pdfa.faults(out.getvalue()))
    for clause in ("6.2.3", "6.2.11.4", "6.6.2"):
        assert clause in told


def test_title_language_and_bookmarks_stand_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(MADE["handbook"]())) as file, file.open_outline() as outline:
        assert str(file.Root.Lang) == "zh-CN"
        assert "工作手册" in str(file.docinfo["/Title"])
        assert len(outline.root) > 4
        assert outline.root[1].children, "villages under the chapter"


def test_the_same_photo_is_kept_once_and_as_it_is() -> None:
    photo = sheets.picture("#4f97d8")
    sheet = Sheet(100, 100)
    for place in range(3):
        sheet.photo(photo, 10, 10 + place * 20, 10, 14)
    sheet.next_page()
    data = sheet.finish()
    assert data.count(photo) == 1


def test_pictures_of_any_kind_are_shown(tmp_path: Path) -> None:
    from PIL import Image

    for mode, name in (("RGBA", "PNG"), ("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG")):
        out = io.BytesIO()
        Image.new(mode, (20, 30)).save(out, name)
        sheet = Sheet(50, 50, title="图")
        sheet.picture(out.getvalue(), 0, 0, 50, 50)
        sheet.next_page()
        data = sheet.finish()
        assert b"/Subtype/Image" in data
        assert pdfa.faults(data) == [], mode


def test_memory_does_not_grow_with_the_number_of_pages(tmp_path: Path) -> None:
    """Pages go into the file as they end: twenty times as many need hardly more memory."""

    def most(pages: int) -> int:
        with (tmp_path / "many.pdf").open("wb") as out:
            tracemalloc.start()
            sheet = Sheet(90, 54, title="卡", out=out)
            for number in range(pages):
                for line in range(30):
                    sheet.text(5, 5 + line, f"第{number}张第{line}行", 8)
                sheet.next_page()
            sheet.finish()
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return used

    fonts.encoded.cache_clear()
    fonts.units.cache_clear()
    most(2)
    few, many = most(50), most(1000)
    assert many - few < 12_000_000, (few, many)  # what the caches of texts may hold
    assert int(sheets.info_of(tmp_path / "many.pdf")["Pages"]) == 1000


def test_what_has_no_look_is_left_out_and_takes_no_room(tmp_path: Path) -> None:
    sheet = Sheet(100, 40)
    words = "葛\U000e0100城\u200b辻\ufe00\ufeff\x07"  # a name as a register of variants or a web page gives it
    sheet.text(5, 20, words, 12)
    sheet.block(5, 30, f"{words}\t{words}", 12, 60)
    sheet.next_page()
    path = tmp_path / "unseen.pdf"
    path.write_bytes(sheet.finish())
    assert sheets.text_of(path) == "葛城辻" * 3
    assert not sheet.missing
    assert fonts.units(fonts.HEI, words) == 3000


def test_a_page_may_be_put_before_others(tmp_path: Path) -> None:
    sheet = Sheet(50, 50)
    sheet.text(5, 10, "乙", 10)
    sheet.next_page(0)
    sheet.text(5, 10, "甲", 10)
    sheet.next_page()
    sheet.text(5, 10, "丙", 10)
    sheet.next_page()
    path = tmp_path / "order.pdf"
    path.write_bytes(sheet.finish())
    assert [sheets.text_of(path, page) for page in (1, 2, 3)] == ["甲", "乙", "丙"]


def test_bleed_and_crop_marks_lie_around_the_trimmed_page(tmp_path: Path) -> None:
    sheet = Sheet(90, 54, bleed=3)
    sheet.box(-3, -3, 96, 60, fill="#B3261E")
    sheet.next_page()
    path = tmp_path / "bleed.pdf"
    path.write_bytes(sheet.finish())
    said = sheets.run("pdfinfo", "-box", path)
    boxes = {
        line.partition(":")[0]: [float(one) for one in line.partition(":")[2].split()]
        for line in said.splitlines()
        if "Box" in line
    }
    mm = 72 / 25.4
    assert boxes["TrimBox"] == pytest.approx([0, 0, 90 * mm, 54 * mm], abs=0.01)
    assert boxes["BleedBox"] == pytest.approx([-3 * mm, -3 * mm, 93 * mm, 57 * mm], abs=0.01)


def test_what_repeats_is_drawn_once(tmp_path: Path) -> None:
    sheet = Sheet(100, 100)

    def foot(part: Sheet) -> None:
        part.text(2, 6, "监督电话", 9)

    for place in range(4):
        sheet.repeat("foot", 5, 5 + 20 * place, 40, 10, foot)
    sheet.next_page()
    path = tmp_path / "repeat.pdf"
    path.write_bytes(sheet.finish())
    assert path.read_bytes().count(b"/Subtype/Form") == 1
    assert sheets.text_of(path).count("监督电话") == 4


def test_another_program_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(MADE["handbook"]())
    done = subprocess.run(["pdftoppm", "-r", "20", str(path), str(tmp_path / "p")], capture_output=True, text=True)
    assert done.returncode == 0
    assert not done.stderr
    assert json.dumps(done.stdout) == '""'
