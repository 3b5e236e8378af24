"""协理员: who looks after which area and how they are called, the first of the four ledgers (reference 1.2 §2)."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import ON, Column, Listing, View, chosen
from gridoffice.domain.networks import ASSISTANT, GENERAL, STAND_IN, WORKER, Assignment, Network, Role, in_force
from gridoffice.domain.staff import Staff

ROLES = (WORKER, STAND_IN, ASSISTANT)
"""One 协理员 per grid, the second, and the 协管员 and 信息员 under them (reference 1.2 §2, §3)."""

_posts = (
    select(Assignment.id)
    .join(Role, Role.id == Assignment.role_id)
    .join(Network, Network.id == Role.network_id)
    .where(Assignment.staff_id == Staff.id, Network.key == GENERAL, Role.key.in_(ROLES), in_force(ON))
)
_areas = (
    _posts.join(GridUnit, GridUnit.id == Assignment.unit_id)
    .with_only_columns(func.aggregate_strings(GridUnit.name, "、"))
    .correlate(Staff)
    .scalar_subquery()
)
_titles = _posts.with_only_columns(func.min(Role.title)).correlate(Staff).scalar_subquery()

ASSISTANTS = Listing(
    key="assistants",
    title="协理员",
    paper="协理员台账",
    base=chosen(Staff).where(Staff.is_active, exists(_posts.correlate(Staff))),
    id=Staff.id,
    columns=(
        Column("name", "姓名", Staff.name, 90, by=Staff.pinyin),
        Column("area", "管辖区域", _areas, 260),
        Column("phone", "联系电话", Staff.phone, 130, "phone"),
        Column("role", "岗位", _titles, 130),
        Column("post", "职务", Staff.post, 130),
    ),
    views=(View("", "全部"), View("no_phone", "没有电话", lambda _on: Staff.phone == "")),
    filters={
        "unit": lambda value: exists(_posts.where(Assignment.unit_id.in_(select(subtree(value).c.id))).correlate(Staff))
    },
    names=(Staff.name,),
    pinyin=(Staff.pinyin, Staff.initials),
    codes=(Staff.phone,),
    tails=(Staff.phone_tail,),
    order=(Staff.sort, Staff.pinyin),
    tables=frozenset({"staff", "assignment", "grid_unit"}),
    module="residents",
)
