"""What may be changed in many residents or households at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import choices
from gridoffice.domain.bulk import Bulk, BulkField, Row
from gridoffice.domain.people import DEAD, MOVED, STATES, Resident
from gridoffice.modules.residents import service

LONGEST = 100  # letters of all tags of a person


def _units(office: Office) -> list[tuple[Any, str]]:
    with office.read() as session:
        return [(one.id, one.text) for one in choices.units(session)]


def _is_here(row: Row) -> None:
    if row["state"] in (MOVED, DEAD):
        raise OfficeError(f"已经登记为{STATES[row['state']]}")


def _to_grid(_session: Session, row: Row, value: Any) -> dict[str, Any]:
    _is_here(row)
    return {"unit_id": value}


def _split(tags: str) -> list[str]:
    return [tag for tag in tags.split("、") if tag]


def _add(_session: Session, row: Row, value: Any) -> dict[str, Any]:
    _is_here(row)
    kept = _split(row["tags"])
    tags = "、".join([*kept, *(tag for tag in value if tag not in kept)])
    if len(tags) > LONGEST:
        raise OfficeError("类别太多，写不下了")
    return {"tags": tags}


def _remove(_session: Session, row: Row, value: Any) -> dict[str, Any]:
    return {"tags": "、".join(tag for tag in _split(row["tags"]) if tag not in value)}


def _tags(_office: Office) -> list[tuple[Any, str]]:
    return [(tag, tag) for tag in service.tags()]


RESIDENTS_BULK = Bulk(
    Resident,
    "人",
    "name",
    (
        BulkField("unit_id", "网格", "pick", _to_grid, _units, help="只换人的网格；整户搬请到“户”里换"),
        BulkField("tags_add", "加人员类别", "multi", _add, _tags),
        BulkField("tags_remove", "去掉人员类别", "multi", _remove, _tags),
    ),
)
"""迁出, 去世 and 人户分离 end plans and have a step of their own (`leaving`)."""
