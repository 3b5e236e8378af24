"""What is checked of any person before it is written: name, ID number, sex, phone (reference 8.3, 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
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
