"""What the office makes of its responsibility networks: which are used, their words, roles and duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GridLevel, GridUnit
from gridoffice.domain.network_files import all_networks
from gridoffice.domain.networks import Assignment, Network, NetworkLevel, Role, in_force

KEPT_ROLES = (networks.CHIEF, networks.HEAD, networks.WORKER, networks.STAND_IN, networks.ASSISTANT)
"""Roles that imports, cards and the duty roster go by; their words may change, they themselves stay."""
ROLE_FIELDS = ("title", "level", "rank", "is_stand_in", "is_public", "is_single", "is_needed", "duties")
LONGEST, LONGEST_LEVEL, LONGEST_DUTIES = 40, 20, 4000


@dataclass(frozen=True)
class NetworkRow:
    """A network in the list: how many roles it has and how many terms are held in it today."""

    id: int
    key: str
    title: str
    is_used: bool
    roles: int
    held: int


@dataclass(frozen=True)
class RoleRow:
    """A role with the name of its level in this network, and how many hold it today."""

    id: int
    key: str
    level_title: str
    held: int
    values: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Its name."""
        return str(self.values["title"])


@dataclass(frozen=True)
class NetworkSheet:
    """A network for its page: levels as (rank, its own word or "", the tree's word), and its roles."""

    id: int
    key: str
    title: str
    is_used: bool
    levels: tuple[tuple[int, str, str], ...]
    roles: tuple[RoleRow, ...]


def problems() -> tuple[str, ...]:
    """A sentence for each file of the office's own that cannot be used."""
    return all_networks()[1]


def overview(office: Office) -> list[NetworkRow]:
    """All networks in their order."""
    counted = select(Role.network_id, func.count()).group_by(Role.network_id)
    holding = (
        select(Role.network_id, func.count())
        .join(Assignment, Assignment.role_id == Role.id)
        .where(in_force(office.today()))
        .group_by(Role.network_id)
    )
    with office.read() as session:
        roles = {network: number for network, number in session.execute(counted)}
        held = {network: number for network, number in session.execute(holding)}
        found = session.scalars(select(Network).order_by(Network.rank, Network.id))
        return [
            NetworkRow(one.id, one.key, one.title, one.is_used, roles.get(one.id, 0), held.get(one.id, 0))
            for one in found
        ]


def sheet(office: Office, network_id: int) -> NetworkSheet:
    """A network with its levels and roles; raises OfficeError when it is gone."""
    with office.read() as session:
        network = _network(session, network_id)
        tree = {one.rank: one.title for one in session.scalars(select(GridLevel).order_by(GridLevel.rank))}
        own = networks.level_titles(session, network.key)
        roles = networks.roles(session, network.key)
        held = _held(session, office, [role.id for role in roles])
    shown = [(rank, own.get(rank, ""), title) for rank, title in tree.items()]
    rows = [
        RoleRow(
            role.id,
            role.key,
            own.get(role.level) or tree.get(role.level, f"第 {role.level} 级"),
            held.get(role.id, 0),
            {key: getattr(role, key) for key in ROLE_FIELDS},
        )
        for role in roles
    ]
    return NetworkSheet(network.id, network.key, network.title, network.is_used, tuple(shown), tuple(rows))


def _held(session: Session, office: Office, role_ids: list[int]) -> dict[int, int]:
    wanted = (
        select(Assignment.role_id, func.count())
        .where(Assignment.role_id.in_(role_ids), in_force(office.today()))
        .group_by(Assignment.role_id)
    )
    return {role: number for role, number in session.execute(wanted)}


def _network(session: Session, network_id: int) -> Network:
    found = session.get(Network, network_id)
    if found is None:
        raise OfficeError("这个责任网已经不在了", do="请刷新后再试")
    return found


def use(office: Office, network_id: int, is_used: bool) -> None:
    """Work with a network or no longer; its terms stay. Raises OfficeError for 综治网格, which all else goes by."""
    with office.unit("责任网") as session:
        network = _network(session, network_id)
        if network.key == networks.GENERAL and not is_used:
            raise OfficeError(
                f"“{network.title}”不能停用", safe="没有改动", do="公示牌、联系卡、值班都以它为准；其他责任网可以停用"
            )
        session.info["unit"].record.name = f"{'启用' if is_used else '停用'}责任网：{network.title}"
        network.is_used = is_used


def rename(office: Office, network_id: int, title: str) -> None:
    """Give a network another name. Raises OfficeError for an empty or doubled one."""
    title = title.strip()
    with office.unit("责任网改名") as session:
        network = _network(session, network_id)
        if network.title == title:
            return
        other = session.scalars(select(Network).where(Network.title == title, Network.id != network_id)).first()
        if not title or len(title) > LONGEST or other is not None:
            reason = f"已经有“{title}”了" if other else f"责任网名称要填，最多 {LONGEST} 个字"
            raise OfficeError(reason, safe="名称没有改动", do="请换一个名称")
        session.info["unit"].record.name = f"责任网改名：{network.title} 改为 {title}"
        network.title = title


def rename_level(office: Office, network_id: int, level: int, title: str) -> None:
    """Give a level the network's own word; "" goes back to the tree's word. Raises OfficeError when too long."""
    title = title.strip()
    if len(title) > LONGEST_LEVEL:
        raise OfficeError(f"层级的叫法最多 {LONGEST_LEVEL} 个字", safe="没有改动", do="请缩短后再保存")
    with office.unit("责任网层级") as session:
        network = _network(session, network_id)
        session.info["unit"].record.name = f"{network.title}：第 {level} 级叫“{title}”" if title else (
            f"{network.title}：第 {level} 级恢复原来的叫法"
        )  # fmt: skip
        wanted = select(NetworkLevel).where(NetworkLevel.network_id == network_id, NetworkLevel.level == level)
        record = session.scalars(wanted).first()
        if record is None and title:
            session.add(NetworkLevel(network_id=network_id, level=level, title=title))
        elif record is not None and title:
            record.title = title
        elif record is not None:
            session.delete(record)


def _checked(session: Session, network: Network, values: Mapping[str, Any], own: int | None) -> dict[str, Any]:
    title = str(values.get("title") or "").strip()
    if not title or len(title) > LONGEST:
        raise OfficeError(f"角色名称要填，最多 {LONGEST} 个字", safe="没有保存")
    duties = str(values.get("duties") or "").strip()
    if len(duties) > LONGEST_DUTIES:
        raise OfficeError(f"职责最多 {LONGEST_DUTIES} 个字", safe="没有保存", do="请缩短后再保存")
    level = values.get("level")
    twin = (
        select(Role.id)
        .where(Role.network_id == network.id, Role.title == title, Role.level == level, Role.id != (own or 0))
    )  # fmt: skip
    if session.scalars(twin).first() is not None:
        raise OfficeError(f"“{network.title}”的这一层已经有“{title}”了", safe="没有保存", do="请换一个名称")
    return {**values, "title": title, "duties": duties, "rank": values.get("rank") or 0}


def save_role(office: Office, role_id: int, values: Mapping[str, Any]) -> None:
    """Change a role's words and rules.

    Raises OfficeError: its level while somebody holds or held it, `is_single` while two hold it at one unit.
    """
    with office.unit("修改角色") as session:
        role = session.get_one(Role, role_id)
        network = _network(session, role.network_id)
        cleaned = _checked(session, network, {**{key: getattr(role, key) for key in ROLE_FIELDS}, **values}, role_id)
        session.info["unit"].record.name = f"修改{network.title}的角色：{cleaned['title']}"
        if cleaned["level"] != role.level:
            _movable(session, role)
        if cleaned["is_single"] and not role.is_single:
            _one_each(session, role)
        for key in ROLE_FIELDS:
            setattr(role, key, cleaned[key])


def _movable(session: Session, role: Role) -> None:
    number = session.scalar(select(func.count(Assignment.id)).where(Assignment.role_id == role.id)) or 0
    if number:
        raise OfficeError(
            f"“{role.title}”已经有 {number} 段任职，不能换到别的层级",
            safe="没有保存",
            do="请另建一个角色，把新的任职登记在那里",
        )


def _one_each(session: Session, role: Role) -> None:
    """Refuse where two terms of the role at one unit overlap."""
    other = aliased(Assignment)
    begins_first = or_(Assignment.start.is_(None), other.end.is_(None), Assignment.start <= other.end)
    ends_later = or_(Assignment.end.is_(None), other.start.is_(None), Assignment.end >= other.start)
    wanted = (
        select(GridUnit.name, func.count())
        .join(Assignment, Assignment.unit_id == GridUnit.id)
        .join(other, (other.unit_id == Assignment.unit_id) & (other.role_id == Assignment.role_id))
        .where(Assignment.role_id == role.id, Assignment.id < other.id, begins_first, ends_later)
        .group_by(GridUnit.id, GridUnit.name)
        .order_by(GridUnit.id)
    )
    places = [name for name, _number in session.execute(wanted)]
    if places:
        names = "、".join(places[:3]) + (f"等 {len(places)} 处" if len(places) > 3 else "")
        raise OfficeError(
            f"{names}同时有几个“{role.title}”，还不能改成“只能一人”",
            safe="没有保存",
            do="请先在网格页结束多出来的任职，再改",
        )


def add_role(office: Office, network_id: int, values: Mapping[str, Any]) -> int:
    """Add a role to a network; its id. Raises OfficeError."""
    with office.unit("增加角色") as session:
        network = _network(session, network_id)
        cleaned = _checked(session, network, values, None)
        session.info["unit"].record.name = f"{network.title}增加角色：{cleaned['title']}"
        last = session.scalar(select(func.max(Role.id))) or 0
        role = Role(network_id=network_id, key=f"own_{last + 1}", **{key: cleaned[key] for key in ROLE_FIELDS})
        session.add(role)
        session.flush()
        return role.id


def remove_role(office: Office, role_id: int) -> str:
    """Take a role out; its name. Raises OfficeError when it is or was held, or when the program goes by it."""
    with office.unit("删除角色") as session:
        role = session.get_one(Role, role_id)
        network = _network(session, role.network_id)
        session.info["unit"].record.name = f"{network.title}删除角色：{role.title}"
        if network.key == networks.GENERAL and role.key in KEPT_ROLES:
            raise OfficeError(
                f"“{role.title}”是导入、联系卡和公示牌要用的，不能删除",
                safe="没有改动",
                do="可以改名，或取消“必须有人”",
            )
        now = _held(session, office, [role.id]).get(role.id, 0)
        ever = session.scalar(select(func.count(Assignment.id)).where(Assignment.role_id == role.id)) or 0
        if ever:
            told = f"现在有 {now} 人在任" if now else f"登记过 {ever} 段任职"
            raise OfficeError(
                f"“{role.title}”{told}，不能删除",
                safe="没有改动",
                do="谁在什么时候负责要留得住；不再使用时，结束任职并取消“必须有人”即可",
            )
        session.delete(role)
        return role.title
