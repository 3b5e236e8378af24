"""Pinyin with surname readings, masks, days."""

from __future__ import annotations

from datetime import date

import pytest

from gridoffice.core import calendar, text


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("张伟", "zhangwei", "zw"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("解俊晨", "xiejunchen", "xjc"),
        ("曾可", "zengke", "zk"),
        ("仇英", "qiuying", "qy"),
        ("盖洁倩", "gejieqian", "gjq"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("石桥村第2网格", "shiqiaocundi2wangge", "sqcd2wg"),
        ("", "", ""),
    ],
)
def test_pinyin(name: str, full: str, initials: str) -> None:
    assert text.pinyin(name) == (full, initials)


def test_masks_hide_the_middle() -> None:
    assert text.mask_phone("13812345678") == "138****5678"
    assert text.mask_id("11010519491231002X") == "110105********002X"
    assert text.mask_phone("") == ""


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("证件 110105194912310021，电话13812345678。", "证件 110105********0021，电话138****5678。"),
        ("138 1234 5678 或 0512-68881234", "138****5678 或 051****1234"),
        ("旧证 110105491231002 换新证", "旧证 110105********1002 换新证"),
        ("多一位 1101051949123100211", "多一位 110105********0211"),
        ("网格 990102101200001、统计 99010210120001、2026-11-20、1,234 件", None),
        ("事项 2026-0001，00123 号", None),
    ],
)
def test_numbers_are_hidden_wherever_they_stand_and_nothing_else(told: str, seen: str | None) -> None:
    assert text.mask_numbers(told) == (seen or told)
    assert text.has_number(told) is (seen is not None)


def test_working_days_skip_the_weekend() -> None:
    friday = date(2026, 11, 20)
    assert calendar.add_working_days(friday, 1) == date(2026, 11, 23)
    assert calendar.add_working_days(friday, 5) == date(2026, 11, 27)
    assert calendar.week_of(friday) == (date(2026, 11, 16), date(2026, 11, 22))
    assert calendar.working_days(date(2026, 11, 16), date(2026, 11, 22)) == 5
    assert (calendar.chinese(friday), calendar.weekday(friday)) == ("2026年11月20日", "星期五")
