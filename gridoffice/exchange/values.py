"""What a cell means: names, ID numbers, telephones, dates, times, numbers, yes/no and tags as offices write them."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from gridoffice.domain.identity import clean_phone, phone_kind, plain_width, read_id

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell as the spreadsheet gives it."""

NOTHING = frozenset((
    "", "无", "暂无", "没有", "未填", "不详", "/", "\\", "-", "—", "——", "--", "－", "0", "空", "N/A", "n/a",
    "#N/A",
))  # fmt: skip

_BLANKS = re.compile(r"[\s\u3000\u200b\ufeff\xa0]+")
_DOTS = re.compile(r"[•‧・･.．●▪·]")
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SCIENCE = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_PARTS = re.compile(r"[、,，;；/|\n]+")
_TAGS = re.compile(r"[、,，;；/|\s\u3000]+")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_PRESSURE = re.compile(r"(\d{2,3})\s*[/／\\-]\s*(\d{2,3})")
_YES = frozenset((
    "是", "有", "√", "✓", "✔", "v", "y", "yes", "true", "1", "已", "对", "合格", "通过", "达标", "符合",
    "已办结", "已整改", "发现",
))  # fmt: skip
_NO = frozenset((
    "否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0", "未", "没有", "不合格", "不通过", "不达标", "不符合",
    "未发现", "未办结", "未整改", "-",
))  # fmt: skip


class Unreadable(ValueError):
    """A cell that cannot be what its column asks for; the text is a Chinese reason."""


def text_of(cell: Cell) -> str:
    """Write a cell as text: whole numbers without .0, dates as 2026-11-20, outer blanks off."""
    if isinstance(cell, str):
        return cell if cell.isalnum() else cell.strip(" \t\r\n\u3000\xa0\ufeff\u200b")
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return str(cell)


def one_line(cell: Cell) -> str:
    """Write a cell as one line of text, runs of blanks as one blank."""
    text = text_of(cell)
    return _BLANKS.sub(" ", text) if not text.isalnum() else text


def squeezed(cell: Cell) -> str:
    """Write a cell without any blank and with ordinary-width digits, for names of places and codes."""
    return _squeezed(cell if isinstance(cell, str) else text_of(cell))


@lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return plain_width(_BLANKS.sub("", text))


def name_of(cell: Cell) -> tuple[str, bool]:
    """Read a person's name; the flag says that blanks inside were taken out (repaired).

    The dot of a long name (阿布都·热合曼) is kept and written as ·; a name in Latin letters keeps single blanks.
    """
    text = text_of(cell)
    if text in NOTHING:
        return "", False
    if text.isalpha():
        return text, False
    if not _HANZI.search(text):
        return _BLANKS.sub(" ", text), False
    joined = _BLANKS.sub("", text)
    return _DOTS.sub("·", joined), joined != text


def id_number_of(cell: Cell) -> tuple[str, bool]:
    """Read an ID number as text; the flag says that full-width digits or blanks were mended.

    Raises Unreadable when a spreadsheet has already destroyed the number (kept as a number, 4.1E+17).
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _id_from_number(cell)
    raw = text_of(cell)
    if len(raw) == 18 and raw.isascii() and raw.isalnum():
        return raw.upper(), False
    if raw in NOTHING:
        return "", False
    number = _BLANKS.sub("", plain_width(raw)).strip("'’‘`\"").upper().replace("＊", "*")
    repaired = number != raw.upper().strip("'’‘`")
    if _SCIENCE.fullmatch(number):
        raise Unreadable(f"身份证号码被表格软件改成了“{number}”，后几位已丢失，请按证件重填，并把这一列设为“文本”")
    return number, repaired


def _id_from_number(cell: int | float) -> tuple[str, bool]:
    number = str(int(cell))
    if len(number) <= 15 or (isinstance(cell, int) and read_id(number).state == "ok"):
        return number, False
    raise Unreadable("身份证号码在表格里是数字格式，末几位已丢失，请按证件重填，并把这一列设为“文本”")


def phones_of(cell: Cell) -> tuple[list[str], bool]:
    """Read the telephone numbers of a cell; the flag says that full-width digits were mended.

    Blanks, hyphens and +86 are read over. Raises Unreadable for a number of wrong length or shape.
    """
    text = text_of(cell)
    if len(text) == 11 and text.isascii() and phone_kind(text):
        return [text], False
    if text in NOTHING:
        return [], False
    narrow = plain_width(text).removesuffix(".0")
    whole = clean_phone(narrow)
    if phone_kind(whole):
        return [whole], narrow != text
    parts = [clean_phone(part) for part in _PARTS.split(narrow) if part.strip()]
    if len(parts) < 2:
        parts = [clean_phone(part) for part in narrow.split()]
    if len(parts) < 2 or not all(phone_kind(part) for part in parts):
        wrong = next((part for part in parts if not phone_kind(part)), whole)
        raise Unreadable(_phone_reason(wrong))
    return parts, narrow != text


def _phone_reason(number: str) -> str:
    digits = sum(char.isdigit() for char in number)
    if digits != len(number.replace("-", "")):
        return "电话里有数字以外的内容，请改为电话号码"
    if number.startswith("1"):
        if digits == 11:
            return "手机号第二位不对，请核对"
        return f"手机号应为11位，这里是{digits}位，请核对"
    return f"电话号码位数不对（{digits}位），请核对；座机请写区号"


def number_of(cell: Cell) -> float | None:
    """Read a number with or without its unit (120㎡, 3层, 约12户, 1,200); nothing written gives None."""
    if isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, int | float):
        return float(cell)
    text = plain_width(text_of(cell))
    if text in NOTHING and text != "0":
        return None
    found = _NUMBER.search(text)
    if not found:
        raise Unreadable(f"“{text_of(cell)}”不是数字")
    return float(found[0].replace(",", ""))


def whole_of(cell: Cell) -> int | None:
    """Read a whole number with or without its unit; raises Unreadable for a negative one."""
    number = number_of(cell)
    if number is None:
        return None
    if number < 0:
        raise Unreadable(f"“{text_of(cell)}”不能是负数")
    return round(number)


def pressure_of(cell: Cell) -> tuple[int, int] | None:
    """Read a blood pressure 156/91 in mmHg (systolic, diastolic), limits 40–300 and 20–200 (reference 4.1)."""
    text = plain_width(text_of(cell))
    if text in NOTHING:
        return None
    found = _PRESSURE.search(text)
    if not found:
        raise Unreadable(f"“{text}”不是血压，请写成 120/80 的样子")
    high, low = int(found[1]), int(found[2])
    if not (40 <= high <= 300 and 20 <= low <= 200 and low < high):
        raise Unreadable(f"血压“{text}”超出可能的范围，请核对")
    return high, low


def yes_of(cell: Cell) -> bool | None:
    """Read yes or no: 是/否, 有/无, √/×, 1/0, a number of things; nothing written gives None."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return cell > 0
    text = plain_width(text_of(cell)).lower()
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    number = _NUMBER.match(text)
    if number:
        return float(number[0].replace(",", "")) > 0
    return not text.startswith(("未", "无", "没", "不"))


def tags_of(cell: Cell) -> list[str]:
    """Split a cell of labels (党员、残疾) into its labels, each once, in their order."""
    text = text_of(cell)
    if text in NOTHING:
        return []
    return list(dict.fromkeys(part for part in _TAGS.split(text) if part and part not in NOTHING))


def sex_of(cell: Cell) -> str:
    """Read 男 or 女 (also 1/2, M/F, 男性); nothing written gives ""."""
    text = plain_width(text_of(cell))
    if text in ("男", "女"):
        return text
    if text in NOTHING or text in ("未知", "9"):
        return ""
    if text[0] in "男1Mm":
        return "男"
    if text[0] in "女2Ff":
        return "女"
    raise Unreadable(f"“{text}”不是性别，请写男或女")
