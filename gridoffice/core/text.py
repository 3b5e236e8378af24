"""Text for eyes and for searching: wording, full-width forms, pinyin, masks."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

# Readings that differ when the character is a surname (pypinyin gives the everyday reading for single characters).
SURNAMES = {
    "单": "shan", "解": "xie", "曾": "zeng", "查": "zha", "仇": "qiu", "区": "ou", "盖": "ge", "朴": "piao",
    "任": "ren", "华": "hua", "翟": "zhai", "覃": "qin", "乐": "yue", "冼": "xian", "缪": "miao", "宓": "mi",
    "尹": "yin", "逄": "pang", "员": "yun", "召": "shao", "秘": "bi", "折": "she", "黑": "he", "繁": "po",
    "燕": "yan", "葛": "ge", "哈": "ha", "纪": "ji", "宁": "ning", "沈": "shen", "石": "shi", "重": "chong",
}  # fmt: skip
DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
    "澹台": ("tan", "tai"),
}  # fmt: skip


def tr(text: str) -> str:
    """The one door for wording shown to people (today: as written)."""
    return text


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their narrow forms, outer blanks off."""
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # its phrases are not used and take 0.1 s to load
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT


@lru_cache(maxsize=20_000)
def _reading(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    marked = _table().get(ord(char), "").split(",")[0]
    plain = unicodedata.normalize("NFD", marked.replace("ü", "v"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def everyday(char: str) -> str:
    """The everyday reading of one character: 单 -> dan."""
    return _reading(char)


@lru_cache(maxsize=60_000)
def pinyin(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a name or place, surname readings heeded: 单雄信 -> ("shanxiongxin", "sxx")."""
    name = name.strip()
    head = DOUBLE_SURNAMES.get(name[:2])
    syllables = list(head) if head else ([SURNAMES[name[0]]] if name[:1] in SURNAMES else [])
    syllables += [_reading(char) for char in name[len(syllables) :]]
    return "".join(syllables), "".join(s if s.isdigit() else s[:1] for s in syllables)


def mask_phone(phone: str) -> str:
    """138****5678; what is too short for that is hidden but for its last two digits (reference 8.4)."""
    if len(phone) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(0, len(phone) - 2) + phone[-2:] if phone else ""


def mask_id(number: str) -> str:
    """First six and last four of an ID number, the rest hidden (reference 8.3)."""
    return f"{number[:6]}********{number[-4:]}" if len(number) >= 15 else "*" * len(number)


_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
PRIVATE_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<id>\d{17}[\dXx]|\d{16,20}|\d{8}" + _MONTH_DAY + r"\d{3})"
    r"|(?P<phone>1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{3,4} ?\d{4})"
    r")(?![0-9A-Za-z])"
)
"""An ID number (18 figures, 15 with a birth date, 16 to 20 when damaged), a mobile number, one with an area code."""


def has_number(text: str) -> bool:
    """Whether an ID number or a telephone number stands anywhere in a text."""
    return len(text) > 9 and PRIVATE_NUMBER.search(text) is not None


def mask_numbers(text: str) -> str:
    """A text with every ID number and telephone number in it masked."""
    if len(text) < 10:
        return text
    return PRIVATE_NUMBER.sub(lambda hit: mask_id(hit[0]) if hit["id"] else mask_phone(hit[0]), text)


def count_of(number: int | float) -> str:
    """A figure as people read it: 12,345."""
    return f"{number:,}"
