"""Reading a typed row of a person: every cell for itself, so that each wrong one can be shown with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gridoffice.domain.identity import read_id
from gridoffice.domain.person import REASONS
from gridoffice.exchange.days import date_of
from gridoffice.exchange.persons import NAME_LENGTH, PHONE_LENGTH
from gridoffice.exchange.values import Unreadable, id_number_of, name_of, phones_of, sex_of

Faults = dict[str, str]


def person(cells: Mapping[str, str], today: date) -> tuple[dict[str, Any], Faults]:
    """Name, id_number, sex, born and phone of a row, and what is wrong, by column (reference 8.3, 8.4)."""
    faults: Faults = {}
    name = _read(faults, "name", lambda: name_of(cells.get("name", ""))[0]) or ""
    if "name" not in faults and not name:
        faults["name"] = "没有填姓名"
    if len(name) > NAME_LENGTH:
        faults["name"] = f"姓名超过 {NAME_LENGTH} 个字"
    number = _read(faults, "id_number", lambda: id_number_of(cells.get("id_number", ""))[0]) or None
    facts = read_id(number, today) if number else None
    if facts is not None and not facts.is_usable:
        faults["id_number"] = f"{REASONS[facts.state]}，请按证件核对"
        facts = None
    sex = _read(faults, "sex", lambda: sex_of(cells.get("sex", ""))) or ""
    if facts and facts.sex and sex and sex != facts.sex:
        faults["sex"] = f"按身份证号码应为{facts.sex}"
    born = _read(faults, "birth", lambda: _day(cells.get("birth", ""), today))
    if facts and facts.birth and born and born != facts.birth:
        faults["birth"] = f"按身份证号码应为 {facts.birth.isoformat()}"
    phone = _read(faults, "phone", lambda: "、".join(phones_of(cells.get("phone", ""))[0])) or ""
    values = {
        "name": name,
        "id_number": facts.number if facts else None,
        "sex": facts.sex if facts and facts.sex else sex,
        "born": (facts.birth if facts else None) or born,
        "phone": phone[:PHONE_LENGTH],
    }
    return values, faults


def _day(text: str, today: date) -> date | None:
    found = date_of(text)
    if found and found[0] > today:
        raise Unreadable("日期在今天之后")
    return found[0] if found else None


def _read(faults: Faults, key: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Unreadable as reason:
        faults[key] = str(reason)
        return None
