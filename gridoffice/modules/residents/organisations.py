"""What can be done with a local organisation: entered, changed, deleted; which may be the same one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import mask_phone, narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain import identity
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.organisations import Organisation

FIELDS = (
    "number", "name", "kind", "unit_id", "address", "contact", "phone", "people", "party_branch", "party_members",
    "credit_code", "note",
)  # fmt: skip
SAFE = "没有保存"


@dataclass(frozen=True)
class Alike:
    """An organisation that may be the same, in one line, and why."""

    id: int
    why: str
    words: str


@lru_cache(maxsize=1)
def lists() -> dict[str, tuple[str, ...]]:
    """The words for 类别 and 党组织设置, as the office's file has them."""
    with (paths.resources() / "lists" / "organisations.toml").open("rb") as file:
        return {key: tuple(words) for key, words in tomllib.load(file).items()}


def get(office: Office, organisation_id: int) -> Organisation:
    """An organisation, detached. Raises OfficeError when gone."""
    with office.read() as session:
        found = session.get(Organisation, organisation_id)
    if found is None:
        raise OfficeError("这个驻区单位已经不在了", do="请刷新后再试")
    return found


def unit_name(office: Office, organisation: Organisation) -> str:
    """The name of the grid it stands in, "" for none."""
    with office.read() as session:
        unit = session.get(GridUnit, organisation.unit_id) if organisation.unit_id else None
        return unit.name if unit else ""


def proposed_number(office: Office) -> str:
    """The next free number: DW0001."""
    with office.read() as session:
        return _next_number(session)


def _next_number(session: Session) -> str:
    given = session.scalars(select(Organisation.number).where(Organisation.number.startswith("DW")))
    return f"DW{max((int(number[2:]) for number in given if number[2:].isdigit()), default=0) + 1:04d}"


def alike(office: Office, values: Mapping[str, Any], own: int = 0, limit: int = 4) -> list[Alike]:
    """Organisations that may be the same as what is typed so far: code, name or its sound, phone; the surest first."""
    name, code = str(values.get("name") or "").strip(), clean_code(values.get("credit_code"))
    phone = identity.clean_phone(str(values.get("phone") or ""))
    hits: list[tuple[str, Any]] = []
    if len(code) == 18:
        hits.append(("信用代码相同", Organisation.credit_code == code))
    if len(name) > 2:
        hits.append(("名称相同或读音相同", Organisation.pinyin == pinyin(name)[0][:160]))
        hits.append(("名称相近", Organisation.name.contains(name, autoescape=True)))
    if len(phone) >= 7:
        hits.append(("电话相同", Organisation.phone == phone))
    found: dict[int, Alike] = {}
    with office.read() as session:
        for why, hit in hits:
            wanted = (
                select(Organisation, GridUnit.name)
                .outerjoin(GridUnit, GridUnit.id == Organisation.unit_id)
                .where(hit, Organisation.id != own)
                .order_by(Organisation.id)
                .limit(limit)
            )
            for one, unit in session.execute(wanted):
                facts = (one.name, unit or "", one.address, one.contact, mask_phone(one.phone))
                found.setdefault(one.id, Alike(one.id, why, "，".join(fact for fact in facts if fact)))
    return list(found.values())[:limit]


def clean_code(code: Any) -> str:
    """A credit code without blanks and full-width figures, letters large."""
    return "".join(narrow(str(code or "")).split()).upper()


def create(office: Office, values: Mapping[str, Any]) -> int:
    """Enter an organisation; the id. Raises OfficeError."""
    with office.unit(f"新建驻区单位：{str(values.get('name') or '').strip()}") as session:
        record = Organisation()
        _fill(session, record, values, None)
        session.add(record)
        session.flush()
        return record.id


def update(office: Office, organisation_id: int, values: Mapping[str, Any], version: int | None = None) -> None:
    """Change an organisation. Raises OfficeError, also on a newer version."""
    with office.unit("修改驻区单位") as session:
        record = session.get_one(Organisation, organisation_id)
        if version is not None and record.version != version:
            raise OfficeError(
                f"“{record.name}”刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开，再改一次"
            )
        known = {key: getattr(record, key) for key in FIELDS}
        _fill(session, record, {**known, **values}, organisation_id)
        session.info["unit"].record.name = f"修改驻区单位：{record.name}"


def delete(office: Office, ids: list[int]) -> None:
    """Delete organisations; undo brings them back."""
    names = [get(office, number).name for number in ids]
    with office.unit(f"删除驻区单位：{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}") as session:
        for number in ids:
            session.delete(session.get_one(Organisation, number))


def _fill(session: Session, record: Organisation, values: Mapping[str, Any], own: int | None) -> None:
    told = {key: values.get(key) for key in FIELDS}
    name, code = one_line(told["name"]), clean_code(told["credit_code"])
    if not name:
        raise OfficeError("单位名称还没有填", safe=SAFE)
    _check_code(session, code, own)
    phone = identity.clean_phone(str(told["phone"] or ""))
    if phone and not all(identity.phone_kind(part) for part in phone.split("、")):
        raise OfficeError(f"电话“{phone}”不对", safe=SAFE, do="手机 11 位，固定电话带区号")
    for key, title in (("people", "规模"), ("party_members", "党员数")):
        if int(told[key] or 0) < 0:
            raise OfficeError(f"{title}不能是负数", safe=SAFE)
    number = one_line(told["number"]) or record.number or _next_number(session)
    _check_number(session, number, own)
    full, initials = pinyin(name)
    record.number, record.name, record.pinyin, record.initials = number, name[:80], full[:160], initials[:60]
    record.credit_code, record.phone = code or None, phone
    record.phone_tail = phone.partition("、")[0][-4:]
    record.unit_id, record.people, record.party_members = told["unit_id"], told["people"], told["party_members"]
    for key in ("kind", "address", "contact", "party_branch", "note"):
        setattr(record, key, str(told[key] or "").strip())


def one_line(value: Any) -> str:
    """A text without line breaks and outer blanks."""
    return " ".join(str(value or "").split())


def _check_code(session: Session, code: str, own: int | None) -> None:
    if not code:
        return
    problem = identity.credit_problem(code)
    if problem:
        raise OfficeError(problem, safe=SAFE, do="请对照营业执照或法人证书核对；不确定可以先空着")
    same = (Organisation.credit_code == code) & (Organisation.id != (own or 0))
    other = session.scalars(select(Organisation.name).where(same)).first()
    if other is not None:
        raise OfficeError(f"这个信用代码已经登记在“{other}”名下", safe=SAFE, do="请核对，或直接打开那条记录")


def _check_number(session: Session, number: str, own: int | None) -> None:
    same = (Organisation.number == number) & (Organisation.id != (own or 0))
    if session.scalars(select(Organisation.id).where(same)).first() is not None:
        raise OfficeError(f"单位编号 {number} 已经有了", safe=SAFE, do="请换一个编号")
