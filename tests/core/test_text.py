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


def test_working_days_skip_the_weekend() -> None:
    friday = date(2026, 11, 20)
    assert calendar.add_working_days(friday, 1) == date(2026, 11, 23)
    assert calendar.add_working_days(friday, 5) == date(2026, 11, 27)
    assert calendar.week_of(friday) == (date(2026, 11, 16), date(2026, 11, 22))
    assert calendar.working_days(date(2026, 11, 16), date(2026, 11, 22)) == 5
    assert (calendar.chinese(friday), calendar.weekday(friday)) == ("2026年11月20日", "星期五")
