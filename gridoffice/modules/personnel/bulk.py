"""What may be changed in many members of staff at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import choices
from gridoffice.domain.bulk import Bulk, BulkField, Row, put
from gridoffice.domain.grids import VILLAGE
from gridoffice.domain.staff import Staff
from gridoffice.modules.personnel import service


def _units(office: Office) -> list[tuple[Any, str]]:
    with office.read() as session:
        return [(one.id, one.text) for one in choices.units(session, VILLAGE)]


def _posts(_office: Office) -> list[tuple[Any, str]]:
    return [(post, post) for post in service.POSTS]


def _in_service(row: Row) -> None:
    if not row["is_active"]:
        raise OfficeError("已经离岗")


def _post(_session: Session, row: Row, value: Any) -> dict[str, Any]:
    _in_service(row)
    return {"post": str(value).strip()[:40]}


def _badge(_session: Session, row: Row, value: Any) -> dict[str, Any]:
    _in_service(row)
    since = row["since"]
    if isinstance(value, date) and since is not None and value < since:
        raise OfficeError(f"到期日早于任职时间 {since.isoformat()}")
    return {"badge_until": value}


STAFF_BULK = Bulk(
    Staff,
    "人",
    "name",
    (
        BulkField("post", "岗位", "choice", _post, _posts, is_open=True),
        BulkField("unit_id", "所属村或网格", "pick", put("unit_id"), _units),
        BulkField("badge_until", "工作证到期日", "date", _badge),
    ),
)
"""Who is responsible for a grid is a dated term and has a step of its own."""
