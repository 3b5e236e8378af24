"""Rules for the numbers that name a person or an organisation: citizen ID, telephone, credit code, and their masks."""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Literal

MALE = "男"
FEMALE = "女"

IdState = Literal["ok", "old", "shape", "birth", "checksum"]
PhoneKind = Literal["mobile", "landline", "local", "service", ""]

_ID18 = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_ID15 = re.compile(r"[1-9]\d{14}", re.ASCII)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?", re.ASCII)
_LOCAL = re.compile(r"[2-9]\d{6,7}", re.ASCII)
_SERVICE = re.compile(r"110|119|120|122|12345|96119|12320|12356|1[02]\d{3}|9[56]\d{3,4}|[48]00\d{7}", re.ASCII)
_PHONE_NOISE = re.compile(r"[\s\u3000()（）.·]+")
_LAND_PARTS = re.compile(r"0\d{2,3}-\d{7,8}(-\d{1,6})?", re.ASCII)

_CREDIT_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class IdFacts:
    """What an ID number says: its state, and birth and sex where the number can be read."""

    number: str
    state: IdState
    birth: date | None = None
    sex: str = ""

    @property
    def is_usable(self) -> bool:
        """True for a valid number and for an old 15-digit one (which is to be renewed)."""
        return self.state in ("ok", "old")


def plain_width(text: str) -> str:
    """Turn full-width letters, digits and signs into their ordinary forms; no other character changes."""
    return text.translate(_WIDE)


def id_check_character(first17: str) -> str:
    """Compute the 18th character of an ID from the first 17 digits (GB 11643-1999)."""
    return _ID_CHECKS[sum(map(mul, map(int, first17), _ID_WEIGHTS)) % 11]


def read_id(number: str, today: date | None = None) -> IdFacts:
    """Read an ID number: 18 characters (GB 11643-1999, also 81/82/83 and 9… numbers), or an old one of 15 digits.

    `state` is "ok", "old" (15 digits), "shape" (not an ID number at all), "birth" (no such day, or after `today`),
    or "checksum" (the last character does not fit). A lower-case x is accepted.
    """
    number = number.strip().upper()
    if _ID18.fullmatch(number):
        return _read_18(number, today or date.today())
    if _ID15.fullmatch(number):
        birth = _day(f"19{number[6:12]}")
        if birth is None:
            return IdFacts(number, "birth")
        return IdFacts(number, "old", birth, _sex(number[14]))
    return IdFacts(number, "shape")


def _read_18(number: str, today: date) -> IdFacts:
    birth = _day(number[6:14])
    sex = _sex(number[16])
    if birth is None or birth > today or birth.year < 1800:
        return IdFacts(number, "birth", None, sex)
    if id_check_character(number[:17]) != number[17]:
        return IdFacts(number, "checksum", birth, sex)
    return IdFacts(number, "ok", birth, sex)


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def is_day(digits: str) -> bool:
    """Whether eight figures name a day of the calendar."""
    return _day(digits) is not None


def credit_check(code: str) -> str:
    """Compute the 18th character of a unified social credit code from the first 17 (GB 32100-2015, reference 8.5)."""
    total = sum(_CREDIT_CHARS.index(char) * weight for char, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_CHARS[(31 - total % 31) % 31]


def credit_problem(code: str) -> str:
    """Why an 18-character unified social credit code is wrong, in words, or "" when it is right (reference 8.5)."""
    code = plain_width(code).strip().upper()
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，现在是 {len(code)} 位"
    strange = "、".join(dict.fromkeys(char for char in code if char not in _CREDIT_CHARS))
    if strange:
        return f"统一社会信用代码里不会有“{strange}”（不用字母 I、O、Z、S、V）"
    wanted = credit_check(code)
    return "" if wanted == code[17] else f"最后一位对不上（按前 17 位应为 {wanted}），请逐位核对"


def _sex(digit: str) -> str:
    return MALE if int(digit) % 2 else FEMALE


def clean_phone(text: str) -> str:
    """Write a telephone number without blanks, brackets, +86 and dots; the hyphens of a landline stay."""
    bare = _PHONE_NOISE.sub("", plain_width(text)).replace("—", "-").replace("－", "-").replace("–", "-")
    for prefix in ("+86", "0086", "86-"):
        if bare.startswith(prefix):
            bare = bare[len(prefix) :].lstrip("-")
    if bare.startswith("86") and _MOBILE.fullmatch(bare[2:].replace("-", "")):
        bare = bare[2:]
    if "-" in bare and not _LAND_PARTS.fullmatch(bare):
        bare = bare.replace("-", "")
    return bare


def phone_kind(number: str) -> PhoneKind:
    """Say what sort of telephone number a cleaned text is, "" when it is none (reference 8.4).

    Local numbers have 7 or 8 digits; service numbers are 110, 119, 12345, 400… and their like.
    """
    if _MOBILE.fullmatch(number):
        return "mobile"
    if _LANDLINE.fullmatch(number):
        return "landline"
    if _SERVICE.fullmatch(number):
        return "service"
    if _LOCAL.fullmatch(number):
        return "local"
    return ""


def is_credit_code(code: str) -> bool:
    """True when an 18-character unified social credit code carries the right check character (GB 32100-2015)."""
    return not credit_problem(code)


def mask_name(name: str) -> str:
    """Show a name by its family name only: 张*, 诸葛** (two-character family names of the common list)."""
    head = name[:2] if name[:2] in _DOUBLE_SURNAMES and len(name) > 2 else name[:1]
    return head + "*" * (len(name) - len(head))


def age_on(birth: date, day: date) -> int:
    """Count whole years from birth to a day; someone born on 29 February ages on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


_DOUBLE_SURNAMES = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "宇文",
        "长孙",
        "慕容",
        "司徒",
        "司空",
        "夏侯",
        "轩辕",
        "端木",
        "独孤",
        "南宫",
        "闻人",
        "申屠",
        "澹台",
        "公羊",
        "太史",
        "钟离",
        "呼延",
        "濮阳",
        "淳于",
        "单于",
        "百里",
        "东郭",
        "西门",
        "左丘",
        "赫连",
        "拓跋",
        "完颜",
        "纳兰",
        "第五",
    ]
)
