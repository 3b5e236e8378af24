"""Levels of an official text, and titles on several lines."""

from __future__ import annotations

import itertools

import pytest

from gridoffice.papers import fonts, levels
from gridoffice.papers.drawing import MM
from gridoffice.papers.fonts import FANG, HEI, KAI, SONG
from gridoffice.papers.title_shape import BOUND, shaped


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、总则", 0),
        ("十二、附则", 0),
        ("（三）报送", 1),
        ("1.电", 2),
        ("12.气", 2),
        ("（4）车", 3),
        ("1.5米", -1),
        ("正文", -1),
    ],
)
def test_levels_are_told_from_how_a_paragraph_begins(text: str, level: int) -> None:
    assert levels.level(text) == level


def test_headings_have_their_own_face_and_clauses_the_bodys() -> None:
    assert levels.parted("一、抓好巡查") == ("一、抓好巡查", HEI, "")
    assert levels.parted("（一）报送。当天录入。") == ("（一）报送。", KAI, "当天录入。")
    assert levels.parted("一、出口保持畅通，营业时不上锁。") == ("", FANG, "一、出口保持畅通，营业时不上锁。")
    assert levels.parted("（一）不锁闭、不堵塞；")[0] == ""
    assert levels.is_heading("一、抓好巡查") and not levels.is_heading("（一）报送。当天录入。")


def test_numbers_are_set_right_under_each_other() -> None:
    texts = ["三、甲", "（九）子", "（一）丑", "5.天", "5.地", "（8）人", "一、乙", "（七）寅", "正文"]
    assert levels.numbered(texts) == [
        "一、甲", "（一）子", "（二）丑", "1.天", "2.地", "（1）人", "二、乙", "（一）寅", "正文",
    ]  # fmt: skip
    assert [levels.chinese(number) for number in (1, 10, 11, 20, 99)] == ["一", "十", "十一", "二十", "九十九"]


@pytest.mark.parametrize(
    "title",
    [
        "关于进一步做好2026年冬春季节消防安全网格化巡查和隐患整改工作的通知",
        "关于商请协助排查校园周边电动自行车停放充电点并加强管理的函",
        "关于印发《清水镇网格员管理办法（试行）》和《清水镇网格工作考核细则》的通知",
        "关于开展全镇出租房、小场所、电动自行车集中停放充电场所消防安全专项排查整治行动第一阶段工作情况的通报",
    ],
)
def test_long_titles_are_parted_by_sense(title: str) -> None:
    lines = shaped(title, 22, 156, SONG)
    assert "".join(lines) == title and 1 < len(lines) < 5
    widths = [fonts.width(SONG, line, 22) / MM for line in lines]
    assert max(widths) <= 156
    at = 0
    for line in lines[:-1]:
        at += len(line)
        assert title[at] not in "的和与及、，）》" and title[at - 1] not in "（《"
        parted = [
            w
            for w in BOUND
            if any(title[at - c : at] == w[:c] and title.startswith(w[c:], at) for c in range(1, len(w)))
        ]
        assert not parted, lines
    inner = [b - a for a, b in itertools.pairwise(widths)]
    assert not any(a < -2 and b > 2 for a, b in itertools.pairwise(inner)), lines


def test_a_break_that_was_typed_stays_and_a_short_title_is_one_line() -> None:
    assert shaped("关于巡查\n工作的通知", 22, 156, SONG) == ["关于巡查", "工作的通知"]
    assert shaped("责任书", 22, 156, SONG) == ["责任书"]
    assert shaped("", 22, 156, SONG) == [""]
    assert "".join(shaped("国" * 150, 22, 156, SONG)) == "国" * 150
