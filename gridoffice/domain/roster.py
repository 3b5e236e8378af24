"""Who does the work of which unit on the day ON, as table expressions for every question about duty.

The work of a unit is its A's (the first holder of the general network who is no stand-in); while A is on leave it is
that of the leave's own stand-in, else of the unit's B (AB岗, reference 1.2 §3); with nobody there it stays with A and
is a gap. A unit below the grids without holders of its own follows the unit above it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from gridoffice.domain.grids import GRID, GridUnit
from gridoffice.domain.listing import ON
from gridoffice.domain.networks import GENERAL, Assignment, Network, Role, in_force
from gridoffice.domain.staff import Leave, Staff, away, serving

_posts = (
    select(
        Assignment.unit_id,
        Assignment.staff_id,
        Role.is_stand_in,
        func.row_number()
        .over(partition_by=(Assignment.unit_id, Role.is_stand_in), order_by=(Role.rank, Assignment.id))
        .label("place"),
    )
    .join(Role, Role.id == Assignment.role_id)
    .join(Network, Network.id == Role.network_id)
    .join(Staff, Staff.id == Assignment.staff_id)
    .where(Network.key == GENERAL, in_force(ON), serving(ON))
    .cte("duty_posts")
)

_first, _second = aliased(_posts, name="duty_a"), aliased(_posts, name="duty_b")

ABSENT = (
    select(Leave.staff_id, func.max(Leave.end).label("until"), func.max(Leave.stand_in_id).label("stand_in_id"))
    .where(away(ON))
    .group_by(Leave.staff_id)
    .cte("duty_absent")
)
"""Who is on leave on the day: staff_id, until, stand_in_id."""

_gone, _gone_b, _gone_c = (aliased(ABSENT, name=f"duty_gone_{letter}") for letter in "abc")

_third = aliased(Staff, name="duty_third")


def _reach() -> Any:
    """Which unit's holders answer for a unit: its own, or for one below the grids those above it."""
    own = select(_posts.c.unit_id, _posts.c.unit_id.label("source_id")).distinct()
    top = own.cte("duty_reach", recursive=True)
    manned = select(_posts.c.unit_id)
    under = (
        select(GridUnit.id, top.c.source_id)
        .join(top, GridUnit.parent_id == top.c.unit_id)
        .where(GridUnit.level > GRID, GridUnit.id.not_in(manned))
    )
    return top.union_all(under)


def _roster() -> Any:
    reach = _reach()
    a_works = and_(_first.c.staff_id.is_not(None), _gone.c.staff_id.is_(None))
    b_works = and_(_second.c.staff_id.is_not(None), _gone_b.c.staff_id.is_(None))
    c_works = and_(_third.id.is_not(None), _gone_c.c.staff_id.is_(None))
    doer = case((a_works, _first.c.staff_id), (c_works, _third.id), (b_works, _second.c.staff_id), else_=None)
    in_service = or_(_third.is_active, _third.left_on >= ON)
    return (
        select(
            reach.c.unit_id,
            _first.c.staff_id.label("usual_id"),
            _second.c.staff_id.label("second_id"),
            doer.label("able_id"),
            func.coalesce(doer, _first.c.staff_id, _second.c.staff_id).label("doer_id"),
            _gone.c.until,
        )
        .select_from(reach)
        .outerjoin(
            _first,
            and_(_first.c.unit_id == reach.c.source_id, _first.c.is_stand_in.is_(False), _first.c.place == 1),
        )
        .outerjoin(
            _second,
            and_(_second.c.unit_id == reach.c.source_id, _second.c.is_stand_in.is_(True), _second.c.place == 1),
        )
        .outerjoin(_gone, _gone.c.staff_id == _first.c.staff_id)
        .outerjoin(_gone_b, _gone_b.c.staff_id == _second.c.staff_id)
        .outerjoin(_third, and_(_third.id == _gone.c.stand_in_id, in_service))
        .outerjoin(_gone_c, _gone_c.c.staff_id == _third.id)
        .cte("duty_roster")
    )


ROSTER = _roster()
"""Each unit with its A (usual_id), B (second_id), who is there to do the work (able_id) and in whose lists it stands
(doer_id: with nobody there it stays where it is)."""


def _covers() -> Any:
    """Who does what was given to a person by name: the person, or while away whoever stands in."""
    deputy, gone = aliased(Staff, name="duty_deputy"), aliased(ABSENT, name="duty_gone_d")
    is_gone = exists(select(ABSENT.c.staff_id).where(ABSENT.c.staff_id == Staff.id))
    by_unit = select(ROSTER.c.usual_id.label("person_id"), ROSTER.c.able_id.label("doer_id")).where(
        ROSTER.c.until.is_not(None), ROSTER.c.able_id.is_not(None)
    )
    by_leave = (
        select(ABSENT.c.staff_id, ABSENT.c.stand_in_id)
        .join(deputy, deputy.id == ABSENT.c.stand_in_id)
        .outerjoin(gone, gone.c.staff_id == deputy.id)
        .where(gone.c.staff_id.is_(None), or_(deputy.is_active, deputy.left_on >= ON))
    )
    stood_in = union(by_unit, by_leave).cte("duty_stood_in")
    replaced = exists(select(stood_in.c.person_id).where(stood_in.c.person_id == Staff.id))
    own = select(Staff.id, Staff.id).where(serving(ON), or_(~is_gone, ~replaced))
    return union(select(stood_in.c.person_id, stood_in.c.doer_id), own).cte("duty_covers")


COVERS = _covers()


def _named() -> Any:
    """As COVERS, by name; a name that two in service bear says nobody's."""
    names = select(Staff.name).where(serving(ON)).group_by(Staff.name).having(func.count() == 1)
    return (
        select(Staff.name, COVERS.c.doer_id)
        .join(COVERS, COVERS.c.person_id == Staff.id)
        .where(Staff.name.in_(names))
        .cte("duty_named")
    )


NAMED = _named()
