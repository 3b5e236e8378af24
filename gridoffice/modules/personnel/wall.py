"""What the card wall shows of each person: photo, name, grid, phone, state, and a light for the work on hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from gridoffice.db.audit import Blob
from gridoffice.db.office import Office
from gridoffice.domain import duty
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.staff import Staff
from gridoffice.modules.personnel.lists import STAFF

Tally = Mapping[int, tuple[int, int, int]]
"""Open, due and late pieces of work by staff id."""


@dataclass(frozen=True)
class Face:
    """One person on the wall; state and light are "tone|word"."""

    id: int
    name: str
    unit: str
    phone: str
    state: str
    light: str
    photo: bytes | None


def tally(office: Office) -> Tally:
    """Everybody's work on hand, asked once for the whole wall."""
    with office.read() as session:
        return duty.tally(session, office.day())


def light(numbers: tuple[int, int, int]) -> str:
    """ "tone|word": late, due, in order, nothing."""
    there, due, late = numbers
    if late:
        return f"late|逾期 {late}，未办 {there}"
    if due:
        return f"soon|到期 {due}，未办 {there}"
    return f"done|未办 {there}" if there else "quiet|没有待办"


def faces(office: Office, ids: Sequence[int], sums: Tally) -> dict[int, Face]:
    """Some people's faces by id."""
    places = {column.key: place for place, column in enumerate(STAFF.columns)}
    with office.read() as session:
        rows = STAFF.rows_in(session, ids, office.day())
        small = select(Staff.id, Blob.data).join(Attachment, Attachment.id == Staff.photo_id)
        small = small.join(Blob, Blob.sha256 == Attachment.thumb_sha256).where(Staff.id.in_(ids))
        photos = {number: data for number, data in session.execute(small)}
    found = {}
    for number, texts in rows.items():
        word = {key: texts[places[key]] for key in ("name", "unit", "phone", "state", "post")}
        found[number] = Face(
            number,
            word["name"],
            word["unit"] or word["post"],
            word["phone"],
            word["state"],
            light(sums.get(number, (0, 0, 0))),
            photos.get(number),
        )
    return found
