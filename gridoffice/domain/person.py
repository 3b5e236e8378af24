"""What is checked of any person before it is written: name, ID number, sex, phone (reference 8.3, 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow, pinyin
from gridoffice.domain import identity

REASONS = {
    "shape": "身份证号码不是 18 位",
    "birth": "身份证号码里的出生日期不对",
    "checksum": "身份证号码最后一位对不上，其中有数字写错",
}


def check(values: Mapping[str, Any]) -> None:
    """Raise OfficeError for a missing name, a wrong ID number, a sex or birth that contradicts it, a wrong phone."""
    if not str(values.get("name") or "").strip():
        raise OfficeError("姓名还没有填", safe="没有保存")
    _check_number(values)
    phone = identity.clean_phone(str(values.get("phone") or ""))
    if phone and not all(identity.phone_kind(part) for part in phone.split("、")):
        raise OfficeError(f"电话“{phone}”不对", safe="没有保存", do="手机 11 位，固定电话带区号")


def _check_number(values: Mapping[str, Any]) -> None:
    number = clean_number(values.get("id_number"))
    if not number:
        return
    facts = identity.read_id(number)
    if not facts.is_usable:
        raise OfficeError(REASONS[facts.state], safe="没有保存", do="请对照证件核对；不确定可以先空着")
    if values.get("sex") and facts.sex and values["sex"] != facts.sex:
        raise OfficeError(f"性别与身份证号码不符（号码上是{facts.sex}）", safe="没有保存", do="请对照证件核对")
    if values.get("born") and facts.birth and values["born"] != facts.birth:
        raise OfficeError(f"出生日期与身份证号码不符（号码上是 {facts.birth}）", safe="没有保存", do="请对照证件核对")


@dataclass(frozen=True)
class Told:
    """What is said of a number while it is typed: tone (done, soon, late or quiet) and words; birth and sex if read."""

    tone: str
    words: str
    birth: date | None = None
    sex: str = ""


ADULT_CONSENT = 14
"""Below this age a guardian has to agree (reference 12.1, PIPL 31)."""


def told_number(text: Any, today: date) -> Told:
    """Say of an ID number as typed so far whether it is right, and why not (GB 11643, reference 8.3)."""
    number = clean_number(text)
    if not number:
        return Told("quiet", "填了会自动得出性别和生日")
    strange = "".join(
        dict.fromkeys(char for char in number if not (char.isascii() and (char.isdigit() or char == "X")))
    )
    if strange:
        return Told("late", f"证件号码里不会有“{strange}”")
    facts = identity.read_id(number, today)
    if facts.state in ("ok", "old") and facts.birth is not None:
        return _told_good(facts, facts.birth, today)
    return Told("quiet" if len(number) < 18 else "late", _told_wrong(number, facts, today))


def _told_good(facts: identity.IdFacts, birth: date, today: date) -> Told:
    age = identity.age_on(birth, today)
    said = f"{facts.sex}，{birth.isoformat()} 出生，{age} 岁"
    if facts.state == "old":
        return Told("soon", f"旧的 15 位号码，先留着，记为“待更新”：{said}", birth, facts.sex)
    if facts.number[:2] in ("81", "82", "83"):
        said = f"港澳台居民居住证，{said}"
    elif facts.number[0] == "9" and "11" <= facts.number[1:3] <= "65":  # 9, then the province that took it in
        said = f"{said}（9 开头：外国人永久居留身份证）"
    if age < ADULT_CONSENT:
        return Told("soon", f"号码正确：{said}。未满 {ADULT_CONSENT} 岁，登记须监护人同意", birth, facts.sex)
    return Told("done", f"号码正确：{said}", birth, facts.sex)


def _told_wrong(number: str, facts: identity.IdFacts, today: date) -> str:
    if len(number) < 18:
        return f"已输入 {len(number)} 位，应为 18 位"
    if len(number) > 18:
        return f"多了 {len(number) - 18} 位，应为 18 位"
    if facts.state == "birth":
        digits = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        is_later = digits > today.isoformat() and identity.is_day(number[6:14])
        return f"出生日期 {digits} 在今天之后" if is_later else f"没有 {digits} 这一天，请核对第 7 到 14 位"
    if facts.state == "checksum":
        return f"最后一位对不上（按前 17 位应为 {identity.id_check_character(number[:17])}），请逐位核对"
    return "首位不能是 0" if number[0] == "0" else "X 只能在最后一位"


def told_phone(text: Any) -> Told:
    """Say of a telephone number as typed so far whether it is one (reference 8.4)."""
    phone = identity.clean_phone(str(text or ""))
    if not phone:
        return Told("quiet", "")
    words = {"mobile": "手机", "landline": "固定电话", "local": "本地固定电话", "service": "服务号码"}
    kinds = [identity.phone_kind(part) for part in phone.split("、")]
    if all(kinds):
        return Told("done", "、".join(words[kind] for kind in kinds))
    if phone.isdigit() and phone[0] == "1" and len(phone) != 11:
        return Told("quiet" if len(phone) < 11 else "late", f"已输入 {len(phone)} 位，手机为 11 位")
    return Told("late", "不像电话号码：手机 11 位，固定电话带区号")


def clean_number(number: Any) -> str:
    """An ID number without blanks and full-width figures, X large."""
    return "".join(narrow(str(number or "")).split()).upper()


def fill(record: Any, values: Mapping[str, Any], fields: tuple[str, ...]) -> None:
    """Put checked values into a person's record and derive pinyin, phone tail, and birth and sex from the number."""
    for key in fields:
        if key in values:
            setattr(record, key, values[key])
    record.name = record.name.strip()
    record.pinyin, record.initials = pinyin(record.name)
    record.id_number = clean_number(record.id_number) or None
    record.phone = identity.clean_phone(record.phone or "")
    record.phone_tail = record.phone.partition("、")[0][-4:]
    record.id_tail = (record.id_number or "")[-4:]
    record.sex, record.note = record.sex or "", record.note or ""
    if record.id_number:
        facts = identity.read_id(record.id_number)
        record.sex = record.sex or facts.sex
        record.born = record.born or facts.birth
