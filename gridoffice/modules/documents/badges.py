"""Badges of those who work here: name, photo, post, workplace, number and validity; nothing private is read."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import networks, settings
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.staff import Staff, serving
from gridoffice.modules.documents import roll, texts
from gridoffice.papers.badge import BadgeView


def read(office: Office, unit_id: int | None) -> list[tuple[int, BadgeView]]:
    """Badges with the ids of their bearers: of all who serve on the office's today, or of those at a unit and under it.

    In the order of the staff list.
    """
    words = texts.wording("badge")
    with office.read() as session:
        found = _people(session, office, unit_id)
        photos = roll.photos_of(session, [one.id for one, _unit in found], large=False)
        name, phone = (settings.get(session, key) for key in ("name", "supervise_phone"))
        holders = {held.staff_id: held for held in reversed(networks.holders(session, office.today()))}
    made = []
    for person, unit in found:
        held = holders.get(person.id)
        place = unit or (held.unit if held else "")
        view = BadgeView(
            office=name,
            name=person.name,
            post=person.post or (held.role_title if held else ""),
            unit=place,
            badge_number=person.badge_number,
            valid_until=person.badge_until,
            photo=photos.get(person.id),
            supervise_phone=phone,
            rules=words["rules"],
            found=words["found"].replace("{office}", name),
            check=words["check"] if phone else "",
        )
        made.append((person.id, view))
    return made


def _people(session: Session, office: Office, unit_id: int | None) -> list[tuple[Staff, str]]:
    wanted = (
        select(Staff, GridUnit.name)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .where(serving(office.today()))
        .order_by(Staff.sort, Staff.id)
    )
    if unit_id is not None:
        under = select(subtree(unit_id).c.id)
        held = select(networks.Assignment.staff_id).where(
            networks.in_force(office.today()), networks.Assignment.unit_id.in_(under)
        )
        wanted = wanted.where(or_(Staff.unit_id.in_(under), Staff.id.in_(held)))
    return [(person, unit or "") for person, unit in session.execute(wanted)]
