"""Two records of one person made one, with everything that points to either; undone in one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.db.unit import tables_by_name
from gridoffice.domain import endings, person
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.grids import Relocation
from gridoffice.domain.people import Resident
from gridoffice.modules.residents import households
from gridoffice.modules.residents.comparing import LEFT, RIGHT, compare, owns


def merge(office: Office, left_id: int, right_id: int, sides: Mapping[str, str]) -> int:
    """Make one record of two in one step; the id of the one that stays. `sides`: LEFT or RIGHT for each field.

    The record whose ID number is taken stays, so that undo never meets two of one number; what points to the other
    (enrolments, help, files, whatever refers to a resident) points to it afterwards. Raises OfficeError.
    """
    told = compare(office, left_id, right_id)
    side = {line.key: sides.get(line.key, line.better) for line in told.lines}
    kept_id, lost_id = (left_id, right_id) if side["id_number"] == LEFT else (right_id, left_id)
    with office.unit("合并重复居民") as session:
        records = {LEFT: session.get_one(Resident, left_id), RIGHT: session.get_one(Resident, right_id)}
        taken = {key: getattr(records[which], key) for key, which in side.items()}
        ended = records[side["state"]].ended_on
        session.info["unit"].record.name = f"合并重复居民：{taken['name']}"
        house = session.get_one(Resident, lost_id).household_id
        point_to(session, Resident.__table__, kept_id, lost_id)
        session.expire_all()
        session.delete(session.get_one(Resident, lost_id))
        session.flush()
        kept = session.get_one(Resident, kept_id)
        old_house = kept.household_id
        person.check(taken)
        for key, value in taken.items():
            setattr(kept, key, value)
        person.fill(kept, {}, ())
        kept.ended_on = ended
        session.flush()
        endings.joined(session, kept_id)
        for number in {house, old_house} - {kept.household_id}:
            households.drop_empty(session, number)
    return kept_id


def point_to(session: Session, target: Any, kept_id: int, lost_id: int) -> int:
    """Let everything that refers to a row (by reference, or as the owner of files) refer to another; how much did."""
    unit, number = session.info["unit"], 0
    session.flush()
    for table in tables_by_name().values():
        for column in [column for column in table.c if _refers(column, target)]:
            number += _repoint(session, unit, table, column.name, column == lost_id, kept_id)
    for record in (Attachment, Relocation):
        own = owns(record, target.name, lost_id)
        number += _repoint(session, unit, record.__table__, "owner_id", own, kept_id)
    return number


def is_told_of(session: Session, target: Any, number: int) -> bool:
    """Whether anything refers to a row, or has it as the owner of a file."""
    session.flush()
    for table in tables_by_name().values():
        for column in [column for column in table.c if _refers(column, target)]:
            if session.connection().execute(select(table.c.id).where(column == number).limit(1)).first() is not None:
                return True
    own = select(Attachment.id).where(owns(Attachment, target.name, number)).limit(1)
    return session.scalar(own) is not None


def _refers(column: Any, target: Table) -> bool:
    return any(key.column.table is target for key in column.foreign_keys)


def _repoint(session: Session, unit: Any, table: Any, name: str, where: Any, kept_id: int) -> int:
    ids = list(session.connection().execute(select(table.c.id).where(where)).scalars())
    unit.bulk_update(table, [{"id": one, name: kept_id} for one in ids])
    return len(ids)
