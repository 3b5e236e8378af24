"""The roster of staff and grid workers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, select
from sqlalchemy.orm import aliased

from gridoffice.domain import settings
from gridoffice.domain.grids import VILLAGE, GridUnit, subtree
from gridoffice.domain.listing import ON, Column, Listing, View, chosen
from gridoffice.domain.networks import ASSISTANT, CHIEF, HEAD, STAND_IN, WORKER, Assignment, Role, in_force
from gridoffice.domain.staff import Leave, Staff, away, serving

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


_until = select(func.max(Leave.end)).where(Leave.staff_id == Staff.id, away(ON)).correlate(Staff).scalar_subquery()
_state_of = case(
    (~serving(ON), "left"),
    (_until.is_not(None), "away|" + cast(_until, String)),
    (Staff.is_active, "on"),
    else_="last|" + cast(Staff.left_on, String),
)


def standing(value: Any, _on: date) -> str:
    """ "tone|word" of a person: 在岗, 请假至 11-25, 11-30 离岗, 已离岗."""
    state, _, day = str(value).partition("|")
    if state == "left":
        return "quiet|已离岗"
    if state == "away":
        return f"soon|请假至 {day[5:]}"
    return f"soon|{day[5:]} 离岗" if state == "last" else "done|在岗"


def _badge(value: Any, on: date) -> str:
    if value is None:
        return "quiet|未登记"
    day, _, soon = str(value).partition("|")
    tone = "late" if date.fromisoformat(day) < on else "soon" if soon == "1" else "plain"
    return f"{tone}|{day}{' 过期' if tone == 'late' else ''}"


_badge_is_soon = Staff.badge_until <= settings.days_ahead(ON, "badge_days")
_badge_of = cast(Staff.badge_until, String) + case((_badge_is_soon, "|1"), else_="|")


def badge_ends(on: date) -> ColumnElement[bool]:
    """In service, with a badge that is over or ends within the office's days of warning."""
    return and_(serving(on), _badge_is_soon)


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
        Column("state", "状态", _state_of, 124, "state", show=standing),
        Column("sex", "性别", Staff.sex, 52),
        Column("education", "学历", Staff.education, 64),
        Column("since", "任职时间", Staff.since, 104, "date"),
        Column("badge", "工作证到期", _badge_of, 130, "state", show=_badge),
        Column("photo", "照片", Staff.photo_id, 70, "state", show=_photo),
    ),
    views=(
        View("workers", "网格员", lambda on: serving(on) & _holds(WORKER, STAND_IN, ASSISTANT)),
        View("heads", "网格长", lambda on: serving(on) & _holds(CHIEF, HEAD)),
        View("away", "请假", lambda _on: _until.is_not(None)),
        View("no_photo", "无照片", lambda on: serving(on) & Staff.photo_id.is_(None)),
        View(
            "no_post",
            "无责任区",
            lambda on: serving(on) & ~_holds(WORKER, STAND_IN, ASSISTANT, CHIEF, HEAD),
        ),
        View("badge", "工作证到期", badge_ends),
        View("left", "已离岗", lambda on: ~serving(on)),
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
    codes=(Staff.phone, Staff.badge_number),
    tails=(Staff.phone_tail,),
    order=(Staff.sort, Staff.id),
    main_view="workers",
    tables=frozenset({"staff", "assignment", "grid_unit", "attachment", "leave"}),
    module="personnel",
    is_dated=True,
)
