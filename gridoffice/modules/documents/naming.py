"""The office's name as its papers need it, and the unit a paper is made for."""

from __future__ import annotations

from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.grids import GridUnit
from gridoffice.modules.documents.roll import Roll


def office_name(office: Office) -> str:
    """The office's name; raises OfficeError while it has none."""
    with office.read() as session:
        name = settings.get(session, "name")
    if not name:
        raise OfficeError("办公室还没有名称，印不了抬头", do="请先在“设置 → 办公室信息”里填写名称")
    return name


def unit_of(found: Roll, unit_id: Any) -> GridUnit | None:
    """The unit asked for, None for the whole office; raises OfficeError when it is gone."""
    if not unit_id:
        return None
    if int(unit_id) not in found.units:
        raise OfficeError("这个网格已经不在了", do="请刷新后再选")
    return found.units[int(unit_id)]
