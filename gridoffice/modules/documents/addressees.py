"""Households, premises and local organisations in the order of the tree, as labels, envelopes and signs need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.people import GONE, Household, Resident
from gridoffice.domain.premises import Premises

HEAD = "户主"
HOUSEHOLDS, PREMISES, ORGANISATIONS = "household", "premises", "organisation"


@dataclass(frozen=True)
class Addressee:
    """One household, one of the premises, or an organisation: never an ID number, a phone, a note."""

    id: int
    number: str
    name: str  # of a household: its head's, "" where it has none
    address: str
    unit_id: int | None
    unit: str
    kind: str = ""
    owner: str = ""


def households(office: Office, unit_id: int | None) -> list[Addressee]:
    """The households of a unit and of all under it (None: of the office), with their heads."""
    wanted = select(Household, GridUnit.name).outerjoin(GridUnit, GridUnit.id == Household.unit_id)
    with office.read() as session:
        found = session.execute(_under(wanted, Household.unit_id, unit_id).order_by(*ORDER, Household.number)).all()
        heads = _heads(session)
    return [
        Addressee(one.id, one.number, heads.get(one.id, ""), one.address, one.unit_id, unit or "")
        for one, unit in found
    ]  # fmt: skip


def _heads(session: Session) -> dict[int, str]:
    wanted = select(Resident.household_id, Resident.name).where(Resident.relation == HEAD, Resident.state.not_in(GONE))
    return {house: name for house, name in session.execute(wanted) if house is not None}


def premises(office: Office, unit_id: int | None) -> list[Addressee]:
    """The premises of a unit and of all under it."""
    wanted = select(Premises, GridUnit.name).outerjoin(GridUnit, GridUnit.id == Premises.unit_id)
    with office.read() as session:
        found = session.execute(_under(wanted, Premises.unit_id, unit_id).order_by(*ORDER, Premises.number)).all()
    return [
        Addressee(one.id, one.number, one.name, one.address, one.unit_id, unit or "", one.kind, one.owner)
        for one, unit in found
    ]  # fmt: skip


def organisations(office: Office, unit_id: int | None) -> list[Addressee]:
    """The local organisations of a unit and of all under it."""
    wanted = select(Organisation, GridUnit.name).outerjoin(GridUnit, GridUnit.id == Organisation.unit_id)
    with office.read() as session:
        found = session.execute(
            _under(wanted, Organisation.unit_id, unit_id).order_by(*ORDER, Organisation.number)
        ).all()
    return [
        Addressee(one.id, one.number, one.name, one.address, one.unit_id, unit or "", one.kind) for one, unit in found
    ]


ORDER = (GridUnit.sort, GridUnit.code, GridUnit.id)


def _under(wanted: Any, column: Any, unit_id: int | None) -> Any:
    if unit_id is None:
        return wanted
    return wanted.where(column.in_(select(subtree(unit_id).c.id)))
