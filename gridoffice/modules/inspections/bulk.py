"""What may be changed in many premises at once."""

from __future__ import annotations

from typing import Any

from gridoffice.db.office import Office
from gridoffice.domain import choices
from gridoffice.domain.bulk import Bulk, BulkField, put
from gridoffice.domain.premises import Premises
from gridoffice.forms import load
from gridoffice.modules.inspections.lists import SUBJECT


def _units(office: Office) -> list[tuple[Any, str]]:
    with office.read() as session:
        return [(one.id, one.text) for one in choices.units(session)]


def _kinds(_office: Office) -> list[tuple[Any, str]]:
    return [(place.kind, place.kind) for place in load.subject(SUBJECT).places]


PREMISES_BULK = Bulk(
    Premises,
    "处",
    "name",
    (
        BulkField("kind", "类别", "choice", put("kind"), _kinds, help="类别决定多久查一次"),
        BulkField("unit_id", "网格", "pick", put("unit_id"), _units),
    ),
)
