"""What people keep for the office: keys, badges, tools, ledgers; handed out and given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.staff import HandedOut, Staff

KINDS = ("钥匙", "工作证", "工具", "台账资料", "终端设备", "服装")
"""Proposed kinds; any other may be typed."""


@dataclass(frozen=True)
class Thing:
    """Something handed out."""

    id: int
    kind: str
    title: str
    since: date | None
    back_on: date | None
    note: str


def of_person(session: Session, staff_id: int) -> tuple[Thing, ...]:
    """What a person has or had, what is still out first."""
    wanted = select(HandedOut).where(HandedOut.staff_id == staff_id)
    found = session.scalars(wanted.order_by(HandedOut.back_on.is_not(None), HandedOut.since, HandedOut.id))
    return tuple(Thing(one.id, one.kind, one.title, one.since, one.back_on, one.note) for one in found)


def get(office: Office, thing_id: int) -> dict[str, Any]:
    """The fields of something handed out."""
    with office.read() as session:
        one = session.get(HandedOut, thing_id)
        if one is None:
            raise OfficeError("这件物品已经不在登记里了", do="请刷新后再看")
        return {key: getattr(one, key) for key in ("staff_id", "kind", "title", "since", "back_on", "note")}


def whose(office: Office, thing_id: int) -> int | None:
    """Who has something, or had it."""
    with office.read() as session:
        one = session.get(HandedOut, thing_id)
        return one.staff_id if one else None


def hand_out(office: Office, staff_ids: Sequence[int], values: Mapping[str, Any]) -> list[int]:
    """Hand the same kind of thing out to some people in one step; raises OfficeError without a title."""
    title = str(values.get("title") or "").strip()
    if not title:
        raise OfficeError("物品名称还没有填", safe="没有保存", do="例如：石桥村活动室钥匙 1 把")
    if not staff_ids:
        raise OfficeError("还没有选领用人", safe="没有保存")
    with office.unit(f"发放物品：{title}") as session:
        names = [session.get_one(Staff, staff_id).name for staff_id in staff_ids]
        session.info[
            "unit"
        ].record.name = f"发放物品：{title} 给 {'、'.join(names[:3])}{'等' if len(names) > 3 else ''}"
        made = [HandedOut(staff_id=staff_id, title=title) for staff_id in staff_ids]
        for one in made:
            _fill(one, values)
        session.add_all(made)
        session.flush()
        return [one.id for one in made]


def change(office: Office, thing_id: int, values: Mapping[str, Any]) -> None:
    """Change what was written down; raises OfficeError when it is given back before it was handed out."""
    with office.unit(f"修改领用：{values.get('title')}") as session:
        _fill(session.get_one(HandedOut, thing_id), values)


def _fill(one: HandedOut, values: Mapping[str, Any]) -> None:
    one.title = str(values.get("title") or one.title).strip()[:60]
    one.kind = str(values.get("kind") or KINDS[0]).strip()[:20]
    one.since, one.back_on = values.get("since"), values.get("back_on")
    one.note = str(values.get("note") or "").strip()[:100]
    if one.since and one.back_on and one.back_on < one.since:
        raise OfficeError(f"交回日期 {one.back_on} 早于领用日期 {one.since}", safe="没有保存", do="请改正日期")


def give_back(office: Office, thing_ids: Sequence[int], on: date | None = None) -> None:
    """Some things were given back today (or on a day)."""
    with office.unit("交回物品") as session:
        things = [session.get_one(HandedOut, number) for number in thing_ids]
        titles = "、".join(one.title for one in things[:3])
        session.info["unit"].record.name = f"交回物品：{titles}{'等' if len(things) > 3 else ''}"
        for one in things:
            one.back_on = one.back_on or on or office.today()


def remove(office: Office, thing_id: int) -> str:
    """Take an entry out that was a mistake; its title."""
    with office.unit("删除领用") as session:
        one = session.get_one(HandedOut, thing_id)
        title = one.title
        session.info["unit"].record.name = f"删除领用：{title}"
        session.delete(one)
    return title
