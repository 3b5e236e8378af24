"""What a grid is shared out by: its households by lane or group, its premises, open cases and units below."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import func, select

from gridoffice.core.text import pinyin
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit, children
from gridoffice.domain.people import LIVING, Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.work import Case, is_open
from gridoffice.modules.grids import codes
from gridoffice.modules.grids.redraw import Part

GROUP = re.compile(r"第?([0-9０-９]+|[一二三四五六七八九十]+)(村民小组|小组|组|队|社|号楼|栋|幢)")
LANE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:路|街|巷|弄|里|湾|庄|屯|沟|坪|寨|院|小区|新村|花园)")
NONE = "没有写组、巷的"


@dataclass(frozen=True)
class Share:
    """A record that goes to one of the parts: shown as `text` with `detail` under `group`, found by `words`."""

    kind: str
    id: int
    text: str
    detail: str
    group: str
    words: str = ""


def lane_of(address: str, names: tuple[str, ...] = ()) -> str:
    """The lane or group an address names, without village and grid: 石桥村2组8号 -> 2组; "" when it names none."""
    text = address
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.removeprefix(name)
    group, lane = GROUP.search(text), LANE.search(text)
    if group is not None and (lane is None or group.start() <= lane.start()):
        number = group[1].translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        return f"{number}{'组' if group[2] in ('村民小组', '小组') else group[2]}"
    return lane[0] if lane is not None else ""


def shares(office: Office, unit_id: int) -> list[Share]:
    """Everything in a grid that can be given to a part by hand, households first."""
    with office.read() as session:
        unit = session.get_one(GridUnit, unit_id)
        above = session.get(GridUnit, unit.parent_id) if unit.parent_id else None
        names = (unit.name, above.name if above else "")
        members = select(func.count(Resident.id)).where(
            Resident.household_id == Household.id, Resident.state == LIVING
        )  # fmt: skip
        head = select(func.min(Resident.name)).where(Resident.household_id == Household.id, Resident.relation == "户主")
        anyone = select(func.min(Resident.name)).where(Resident.household_id == Household.id)
        wanted = select(
            Household.id, Household.number, Household.address,
            members.scalar_subquery(), func.coalesce(head.scalar_subquery(), anyone.scalar_subquery()),
        ).where(Household.unit_id == unit_id)  # fmt: skip
        found = [
            _household(*row, names=names)
            for row in session.execute(wanted.order_by(Household.address, Household.number))
        ]
        places = select(Premises.id, Premises.name, Premises.address, Premises.kind)
        found += [
            Share("premises", number, name, address or kind, lane_of(address, names) or NONE, f"{name} {address}")
            for number, name, address, kind in session.execute(
                places.where(Premises.unit_id == unit_id).order_by(Premises.number)
            )
        ]
        cases = select(Case.id, Case.title, Case.place, Case.number).where(Case.unit_id == unit_id, is_open())
        found += [
            Share("cases", number, title, f"{code} {place}", lane_of(place or title, names) or lane_of(title) or NONE)
            for number, title, place, code in session.execute(cases.order_by(Case.number))
        ]
        found += [Share("units", one.id, one.name, one.code or "", "下级网格") for one in children(session, unit_id)]
    return found


def _household(
    number: int, code: str, address: str, members: int, head: str | None, *, names: tuple[str, ...]
) -> Share:
    spelt = " ".join(pinyin(head)) if head else ""
    detail = f"{head or '没有户主'} · {members} 人"
    text = f"{code}　{address}"
    return Share("households", number, text, detail, lane_of(address, names) or NONE, f"{text} {head or ''} {spelt}")


def propose_parts(office: Office, unit_id: int, number: int, *, keeps: bool, carries: bool) -> list[Part]:
    """Names and codes for a number of parts: the first goes on under its own (`keeps`), or all are new.

    `carries`: the responsible persons go on in every part.
    """
    with office.read() as session:
        unit = session.get_one(GridUnit, unit_id)
        parent = session.get(GridUnit, unit.parent_id) if unit.parent_id else None
        if parent is None:
            return []
        siblings = [one.name for one in children(session, parent.id)]
        free = () if keeps else (unit.code or "",)
        new = codes.propose(session, parent, [unit.kind] * (number - 1), free=free)
    holders = unit_id if carries else None
    first = Part(unit.name, unit.code or "", unit_id if keeps else None, unit.kind, None if keeps else holders)
    names = _names(unit.name, siblings, number - 1)
    return [first, *(Part(name, code, None, unit.kind, holders) for name, code in zip(names, new, strict=True))]


def _names(own: str, siblings: list[str], number: int) -> list[str]:
    """Names like the unit's own with the numbers after the last sibling's: 石桥村第9网格; else 甲（2）."""
    numbered = [re.search(r"第?(\d+)(?:网格|格)", name) for name in siblings]
    last = max((int(one[1]) for one in numbered if one is not None), default=0)
    pattern = re.search(r"第?(\d+)(网格|格)", own)
    if pattern is None:
        return [f"{own}（{n}）" for n in range(2, number + 2)]
    stem = f"{own[: pattern.start()]}{'第' if '第' in own else ''}"
    return [f"{stem}{last + n}{pattern[2]}" for n in range(1, number + 1)]


def propose_merged(office: Office, unit_ids: list[int]) -> Part:
    """The part of a merge: name, code and responsible persons of the largest of the units (by reported households)."""
    with office.read() as session:
        units = [session.get_one(GridUnit, one) for one in unit_ids]
        largest = max(units, key=lambda one: one.households or 0)
        return Part(units[0].name, units[0].code or "", None, units[0].kind, largest.id)
