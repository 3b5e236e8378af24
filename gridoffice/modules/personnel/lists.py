"""The roster of staff and grid workers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from gridoffice.domain.grids import VILLAGE, GridUnit, subtree
from gridoffice.domain.listing import ON, Column, Listing, View, chosen
from gridoffice.domain.networks import ASSISTANT, CHIEF, HEAD, STAND_IN, WORKER, Assignment, Role, in_force
from gridoffice.domain.staff import Staff

Above = aliased(GridUnit, name="above")


def _holds(*keys: str) -> Any:
    """Whether the row's person holds one of the roles today."""
    return exists(
        select(Assignment.id)
        .join(Role, Role.id == Assignment.role_id)
        .where(Assignment.staff_id == Staff.id, Role.key.in_(keys))
        .where(in_force(ON))
        .correlate(Staff)
    )


def _held(what: Any) -> ColumnElement[str]:
    """The role or unit a person holds today (the first when there are several)."""
    return (
        select(func.min(what))
        .select_from(Assignment)
        .join(Role, Role.id == Assignment.role_id)
        .join(GridUnit, GridUnit.id == Assignment.unit_id)
        .where(Assignment.staff_id == Staff.id)
        .where(in_force(ON))
        .correlate(Staff)
        .scalar_subquery()
    )


Home = aliased(GridUnit, name="home")


def _photo(value: Any, _on: date) -> str:
    return "quiet|有" if value else "soon|无"


STAFF = Listing(
    key="staff",
    title="人员",
    base=chosen(Staff).outerjoin(Home, Home.id == Staff.unit_id).outerjoin(Above, Above.id == Home.parent_id),
    id=Staff.id,
    columns=(
        Column("name", "姓名", Staff.name, 80),
        Column("role", "责任", _held(Role.title), 130),
        Column("unit", "负责网格", _held(GridUnit.name), 140),
        Column("post", "岗位", Staff.post, 110),
        Column("phone", "手机", Staff.phone, 120, "phone"),
        Column("sex", "性别", Staff.sex, 52),
        Column("education", "学历", Staff.education, 64),
        Column("since", "任职时间", Staff.since, 104, "date"),
        Column("photo", "照片", Staff.photo_id, 70, "state", show=_photo),
    ),
    views=(
        View("workers", "网格员", lambda _on: Staff.is_active & _holds(WORKER, STAND_IN, ASSISTANT)),
        View("heads", "网格长", lambda _on: Staff.is_active & _holds(CHIEF, HEAD)),
        View("no_photo", "无照片", lambda _on: Staff.is_active & Staff.photo_id.is_(None)),
        View(
            "no_post",
            "无责任区",
            lambda _on: Staff.is_active & ~_holds(WORKER, STAND_IN, ASSISTANT, CHIEF, HEAD),
        ),
        View("left", "已离岗", lambda _on: ~Staff.is_active),
        View("", "全部"),
    ),
    filters={
        "unit": lambda value: exists(
            select(Assignment.id)
            .where(Assignment.staff_id == Staff.id, Assignment.unit_id.in_(select(subtree(value).c.id)))
            .where(in_force(ON))
            .correlate(Staff)
        ),
        "village": lambda value: (Home.level == VILLAGE) & (Home.id == value),
    },
    names=(Staff.name, Home.name),
    pinyin=(Staff.pinyin, Staff.initials),
    codes=(Staff.phone,),
    tails=(Staff.phone_tail,),
    order=(Staff.sort, Staff.id),
    main_view="workers",
    tables=frozenset({"staff", "assignment", "grid_unit", "attachment"}),
    module="personnel",
    is_dated=True,
)
