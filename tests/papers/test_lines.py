"""Breaking Chinese text: where marks may stand, what is never torn, what is compressed and spread."""

from __future__ import annotations

import random
import re

import pytest

from gridoffice.papers import fonts, lines
from gridoffice.papers.lines import CLOSES, HALF, NOT_FIRST, NOT_LAST, OPENS

SIZE = 10.5
FACES = (fonts.SONG, fonts.HEI, fonts.KAI, fonts.FANG)
TEXT = (
    "（一）居民反映路灯不亮，网格员当天到场，联系电工修好；第二天回访，居民满意。“电话”13800000001请保存。他说：“‘四必到’"
    "（突发事件、邻里纠纷、家庭重大变故、居民有诉求）——这是底线……”《中华人民共和国个人信息保护法》（以下简称《个保法》）"
    "第五条规定，处理个人信息应当合法、正当、必要；灭火器压力在绿区（1.2MPa），水基型6年、干粉10年，室温25℃，合格率98.5%。"
)


def broken(text: str, ems: float, face: str = fonts.SONG, *, indent: float = 0) -> list[lines.Line]:
    return lines.broken(text, face, SIZE, ems * SIZE, indent * SIZE, spreads=True)


def across(line: lines.Line, face: str) -> float:
    """How far the ink of a line reaches, in thousandths: from its start to the last sign without its empty half."""
    wide = fonts.units(face, line.text) + line.gap * (len(line.text) - 1) - sum(amount for _at, amount in line.kerns)
    return wide + line.start - (HALF if line.text[-1] in CLOSES else 0)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("ems", [9.5, 12, 17.3, 22, 28, 40])
def test_marks_stand_where_they_may_and_nothing_is_lost(face: str, ems: float) -> None:
    found = broken(TEXT, ems, face, indent=2)
    assert "".join(line.text for line in found) == TEXT
    assert not [line.text for line in found if line.text[0] in NOT_FIRST]
    assert not [line.text for line in found if line.text[-1] in NOT_LAST]
    for whole in ("13800000001", "1.2MPa", "98.5%", "25℃", "10年", "——", "……"):
        assert any(whole in line.text for line in found), whole


@pytest.mark.parametrize("face", FACES)
def test_full_lines_end_at_the_same_edge(face: str) -> None:
    ems = 26
    found = broken(TEXT * 3, ems, face)
    full = [line for line in found[:-1] if line.gap or across(line, face) > (ems - 1.5) * 1000]
    assert len(full) > len(found) * 0.8
    for line in full:
        edge = across(line, face) + (HALF if line.start else 0) + line.start
        assert edge == pytest.approx(ems * 1000, abs=2) or line.gap == 0, line.text


def test_no_line_reaches_past_the_edge() -> None:
    dice = random.Random(7)
    signs = "网格员张三李四，。、；：？！（）《》“”‘’—…0123456789abcXYZ %℃年"
    for _round in range(400):
        text = "".join(dice.choice(signs) for _ in range(dice.randint(5, 120)))
        ems = dice.uniform(6, 30)
        for line in broken(text, ems):
            if not re.search(f"[{re.escape(''.join(NOT_FIRST))}{re.escape(''.join(NOT_LAST))}]{{4,}}", line.text):
                assert across(line, fonts.SONG) <= ems * 1000 + 2 * HALF + 1, (text, ems, line)


def test_two_marks_side_by_side_give_up_the_empty_half_between_them() -> None:
    (line,) = broken("他说：“好。”（完）", 40)
    kerned = {line.text[at : at + 2] for at, _amount in line.kerns}
    assert kerned == {"：“", "。”", "”（"}
    assert across(line, fonts.SONG) == fonts.units(fonts.SONG, line.text) - 3 * HALF - HALF


def test_a_line_that_begins_with_an_opening_mark_begins_with_its_ink() -> None:
    found = broken("网格员说明来意以后再进门登记好了" + "（同意）" * 8, 12)
    assert [line for line in found[1:] if line.text[0] in OPENS]
    assert all(line.start == (-HALF if line.text[0] in OPENS else 0) for line in found[1:])


def test_one_sign_more_is_pulled_in_rather_than_a_loose_line() -> None:
    text = "甲、乙、丙、丁、戊、己、庚辛壬癸子丑寅卯辰巳"
    (first, _second) = broken(text, 16.6)
    assert len(first.text) == 17, first
    assert across(first, fonts.SONG) == pytest.approx(16_600, abs=2)


def test_an_endless_word_is_cut_where_it_must_be() -> None:
    text = "网址：" + "x" * 200
    found = broken(text, 12)
    assert "".join(line.text for line in found) == text
    assert all(fonts.units(fonts.SONG, line.text) <= 12_500 for line in found)


def test_words_of_latin_are_not_spread() -> None:
    text = "网格员每周报送PADES签名和XMP说明以及工作记录到网格办存档备查"
    found = [line for ems in range(120, 200) for line in broken(text, ems / 10)]
    line = next(one for one in found if one.gap and "PADES" in one.text)
    inside = line.text.index("PADES")
    assert dict(line.kerns)[inside] == pytest.approx(line.gap)


def test_line_breaks_of_the_text_stay() -> None:
    assert [line.text for line in broken("一\n\n二", 10)] == ["一", "", "二"]
