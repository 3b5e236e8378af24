"""What the office says of itself (settings, names of levels), the log as a list, and the sample's removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.db.undo import DRAFT
from gridoffice.domain import settings
from gridoffice.domain.grids import GridLevel, GridUnit
from gridoffice.domain.identity import clean_phone, phone_kind
from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.networks import Role
from gridoffice.modules.office.looks import DESTRUCTIONS, LOOKS

STATES = {"done": "done|已保存", "undone": "quiet|已撤销", "dropped": "quiet|已撤销", "destroyed": "quiet|不可撤销"}
KINDS = {"do": "登记", "import": "导入", "undo": "撤销", "setup": "升级"}
HIDDEN = frozenset(["sample", "reveal_minutes", "help_kinds"])
LIMITS = {"name": 40, "code": 12}


@dataclass(frozen=True)
class SettingRow:
    """A setting as the page shows it."""

    key: str
    title: str
    value: str
    help: str


@dataclass(frozen=True)
class LevelRow:
    """A level of the tree: its rank, its name in the office's words, how many units stand on it."""

    rank: int
    title: str
    units: int


def _moment(value: datetime, _on: date) -> str:
    return f"{value:%Y-%m-%d %H:%M}"


def _state(value: str, _on: date) -> str:
    return STATES.get(value, f"plain|{value}")


# A step on what was destroyed since is gone for good; an undo that can no longer be taken back is merely undone.
_told_state = case(((AuditUnit.state == "dropped") & (AuditUnit.kind != "undo"), "destroyed"), else_=AuditUnit.state)

LOG = Listing(
    key="log",
    title="操作记录",
    base=chosen(AuditUnit).where(AuditUnit.kind != DRAFT),
    id=AuditUnit.id,
    columns=(
        Column("at", "时间", AuditUnit.at, width=136, kind="date", show=_moment),
        Column("who", "谁", AuditUnit.who, width=70),
        Column("name", "做了什么", AuditUnit.name, width=260),
        Column("kind", "方式", AuditUnit.kind, width=56, show=lambda value, _on: KINDS.get(value, str(value))),
        Column("state", "状态", _told_state, width=110, kind="state", show=_state),
    ),
    views=(
        View("", "全部"),
        View("today", "今天", lambda on: AuditUnit.at >= datetime(on.year, on.month, on.day)),
        View("import", "导入", lambda _on: AuditUnit.kind == "import"),
        View("undone", "已撤销", lambda _on: (AuditUnit.state != "done") & (AuditUnit.kind != "undo")),
    ),
    names=(AuditUnit.name, AuditUnit.who),
    order=(AuditUnit.id.desc(),),
    tables=frozenset(["*"]),
    module="office",
)
"""Every named unit of work, the newest first; any commit makes it stale."""

LISTINGS = (LOG, LOOKS, DESTRUCTIONS)


def info(office: Office) -> list[SettingRow]:
    """The office's settings in their declared order."""
    with office.read() as session:
        return [
            SettingRow(one.key, one.title, settings.get(session, one.key), one.help)
            for one in settings.SETTINGS
            if one.key not in HIDDEN
        ]


def save_info(office: Office, values: Mapping[str, str]) -> None:
    """Keep changed settings in one step; raises OfficeError for an empty name or a number that is no telephone."""
    known = {one.key: one for one in settings.SETTINGS if one.key not in HIDDEN}
    cleaned = {key: _checked(known[key], value) for key, value in values.items() if key in known}
    with office.read() as session:
        changed = {key: value for key, value in cleaned.items() if settings.get(session, key) != value}
    if not changed:
        return
    titles = "、".join(known[key].title for key in changed)
    with office.unit(f"修改办公室信息：{titles}") as session:
        for key, value in changed.items():
            settings.put(session, key, value)


def _checked(setting: settings.Setting, value: str) -> str:
    value = value.strip()
    if setting.key == "name" and not value:
        raise OfficeError("办公室名称不能为空", safe="设置没有改动", do="请填写印在文书抬头的名称，例如“清水镇”")
    if len(value) > LIMITS.get(setting.key, 60):
        raise OfficeError(f"{setting.title}太长了", safe="设置没有改动", do="请缩短后再保存")
    if setting.key == "code" and value and not (value.isascii() and value.isdigit()):
        raise OfficeError("乡镇代码只能是数字", safe="设置没有改动", do="请填写 9 位统计用区划代码，或留空")
    if setting.key.endswith("_phone") and value:
        cleaned = clean_phone(value)
        if not phone_kind(cleaned):
            raise OfficeError(
                f"{setting.title}“{value}”不像电话号码", safe="设置没有改动", do="请填手机号、带区号的座机或短号"
            )
        return cleaned
    return value


def levels(office: Office) -> list[LevelRow]:
    """The levels of the tree, the highest first."""
    counted = select(GridUnit.level, func.count()).group_by(GridUnit.level)
    with office.read() as session:
        units = {level: number for level, number in session.execute(counted)}
        found = session.scalars(select(GridLevel).order_by(GridLevel.rank))
        return [LevelRow(one.rank, one.title, units.get(one.rank, 0)) for one in found]


def rename_levels(office: Office, titles: Mapping[int, str]) -> None:
    """Give levels other names (村 or 社区, 微网格 or 楼栋 …); raises OfficeError for an empty or doubled name."""
    wanted = {rank: title.strip() for rank, title in titles.items()}
    now = {row.rank: row.title for row in levels(office)}
    if not all(wanted.values()):
        raise OfficeError("层级名称不能为空", safe="名称没有改动", do="请填写，例如“网格”")
    after = list({**now, **wanted}.values())
    if len(after) != len(set(after)):
        raise OfficeError("两个层级不能用同一个名称", safe="名称没有改动", do="请换一个名称")
    changed = {rank: title for rank, title in wanted.items() if rank in now and now[rank] != title}
    if not changed:
        return
    with office.unit("修改层级名称：" + "、".join(changed.values())) as session:
        for level in session.scalars(select(GridLevel).where(GridLevel.rank.in_(changed))):
            level.title = changed[level.rank]


def add_level(office: Office, title: str) -> int:
    """Add a level under the lowest; returns its rank."""
    title = title.strip()
    found = levels(office)
    if not title:
        raise OfficeError("层级名称不能为空", do="请填写，例如“楼栋”")
    if title in {row.title for row in found}:
        raise OfficeError(f"已经有“{title}”这一层级", safe="没有改动", do="请换一个名称")
    rank = max((row.rank for row in found), default=0) + 1
    with office.unit(f"增加层级：{title}") as session:
        session.add(GridLevel(rank=rank, title=title))
    return rank


def remove_level(office: Office, rank: int) -> None:
    """Take out the lowest level when no unit stands on it and no role belongs to it; raises OfficeError otherwise."""
    found = levels(office)
    row = next((one for one in found if one.rank == rank), None)
    if row is None:
        return
    if row.units:
        raise OfficeError(
            f"还有 {row.units} 个单元在“{row.title}”这一层级，不能删除",
            safe="没有改动",
            do="请先移走、合并或删除这些单元",
        )
    if rank < max(one.rank for one in found):
        raise OfficeError(f"“{row.title}”下面还有别的层级", safe="没有改动", do="请从最下面一级删起")
    with office.read() as session:
        roles = list(session.scalars(select(Role.title).where(Role.level == rank).limit(3)))
    if roles:
        raise OfficeError(
            f"责任网的“{'、'.join(roles)}”设在“{row.title}”这一层级", safe="没有改动", do="请先在“责任网”里改掉这些岗位"
        )
    with office.unit(f"删除层级：{row.title}") as session:
        session.delete(session.scalars(select(GridLevel).where(GridLevel.rank == rank)).one())
