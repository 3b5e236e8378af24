"""What a template can have filled in: each placeholder's name, what it is, a sample, and for whom there is one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from gridoffice.core.text import pinyin

BRACES = re.compile(r"\{([^{}\n]*)\}|([{}])")
"""A placeholder, or a brace that has no partner."""


@dataclass(frozen=True)
class Placeholder:
    """One placeholder; `of`: the audiences that have it, () = every letter."""

    name: str
    about: str
    sample: str
    of: tuple[str, ...] = ()
    is_needed: bool = True  # a letter without it is told before printing


PERSONS = ("households", "residents", "staff")
PLACES = ("premises", "organisations")
HOMES = ("households", "residents")
EACH = (*HOMES, *PLACES, "staff")

ALL = (
    Placeholder("落款", "谁发的：设置里的“落款全称”", "清水镇网格办"),
    Placeholder("名称", "设置里的“办公室名称”", "清水镇"),
    Placeholder("机关代字", "公文文号前的字", "清网办"),
    Placeholder("日期", "制作当天", "2026年1月5日"),
    Placeholder("年", "制作当天的年份", "2026"),
    Placeholder("月", "制作当天的月份", "1"),
    Placeholder("文号", "这份文书的文号", "告知〔2026〕5号", is_needed=False),
    Placeholder("经办人", "正在使用程序的人", "王芳", is_needed=False),
    Placeholder("服务电话", "设置里的“便民服务电话”，没有就用监督电话", "0592-7654321"),
    Placeholder("监督电话", "设置里的“监督电话”", "0592-1234567"),
    Placeholder("卫生院电话", "设置里的“卫生院电话”", "0592-7650120"),
    Placeholder("派出所电话", "设置里的“派出所电话”", "0592-7650110"),
    Placeholder("称呼", "信的开头：张建国同志；没有姓名时用“尊敬的住户”“负责人同志”", "张建国同志", EACH),
    Placeholder("收件人", "姓名或名称，写在送达回执上", "张建国", EACH),
    Placeholder("户主", "户主姓名", "张建国", ("households",)),
    Placeholder("姓名", "本人姓名", "李秀兰", ("residents", "staff")),
    Placeholder("岗位", "工作人员的岗位", "专职网格员", ("staff",)),
    Placeholder("场所", "场所名称", "石桥便民超市", ("premises",)),
    Placeholder("场所类别", "场所的类别", "小购物", ("premises",)),
    Placeholder("负责人", "场所的负责人", "陈志强", ("premises",)),
    Placeholder("单位", "驻区单位名称", "清水镇卫生院", ("organisations",)),
    Placeholder("联系人", "驻区单位的联系人", "赵敏", ("organisations",), is_needed=False),
    Placeholder("住址", "住址或地址", "石桥村3组12号", (*HOMES, *PLACES)),
    Placeholder("村", "所在的村（社区）", "石桥村", EACH),
    Placeholder("网格", "所在的网格", "石桥村第2网格", EACH),
    Placeholder("网格员", "所在网格的网格员", "王芳", EACH),
    Placeholder("网格员电话", "网格员的工作电话", "138 0000 2213", EACH),
    Placeholder("序号", "这一批里的第几份", "12", EACH, is_needed=False),
)
"""Every placeholder. None is private: no ID number, no personal phone, no tag, no note (reference 12.1)."""

SAMPLES = {
    "residents": {"称呼": "李秀兰同志", "收件人": "李秀兰"},
    "premises": {"称呼": "石桥便民超市负责人", "收件人": "石桥便民超市"},
    "organisations": {"称呼": "清水镇卫生院", "收件人": "清水镇卫生院"},
    "staff": {"姓名": "王芳", "称呼": "王芳同志", "收件人": "王芳"},
}
"""Samples that differ for some audiences."""

KNOWN = {one.name: one for one in ALL}


def of_audience(audience: str) -> tuple[Placeholder, ...]:
    """The placeholders a letter to these can have."""
    return tuple(one for one in ALL if not one.of or audience in one.of)


def samples(audience: str, asks: Mapping[str, str]) -> dict[str, str]:
    """A sample value for each placeholder of a letter."""
    return {one.name: one.sample for one in of_audience(audience)} | SAMPLES.get(audience, {}) | dict(asks)


def names_in(text: str) -> list[str]:
    """The placeholders in a text, in order."""
    return [match.group(1).strip() for match in BRACES.finditer(text) if match.group(1) is not None]


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled in; an empty value becomes a line to write on."""

    def told(match: re.Match[str]) -> str:
        if match.group(1) is None:
            return match.group(0)
        return values.get(match.group(1).strip(), "") or LINE

    return BRACES.sub(told, text)


LINE = "＿＿＿＿＿＿"
"""Where nothing is known, there is a line to write on."""


def nearest(name: str, known: list[str]) -> str:
    """The known name most like one: looks or sounds alike; "" when none is."""
    if not name:
        return ""
    close = difflib.get_close_matches(name, known, 1, 0.5)
    if close:
        return close[0]
    spoken = {pinyin(one)[0]: one for one in known}
    close = difflib.get_close_matches(pinyin(name)[0], list(spoken), 1, 0.7)
    within = [one for one in known if one in name or name in one]
    return spoken[close[0]] if close else (within[0] if within else "")
