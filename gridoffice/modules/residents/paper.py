"""一户一档 as a paper: what of a household stands on its sheet, masked unless a reason was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.core.text import mask_id, mask_phone
from gridoffice.db.office import Office
from gridoffice.domain import duty, endings, papers, settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.identity import age_on
from gridoffice.domain.people import LIVING, STATES, Household, Resident
from gridoffice.domain.staff import Staff
from gridoffice.modules.residents import service
from gridoffice.modules.residents.households import HEAD
from gridoffice.modules.residents.model import HelpVisit
from gridoffice.papers import household as sheets
from gridoffice.papers import preview
from gridoffice.papers.household import HouseholdBook, HouseholdSheet

KIND = "household"
SAMPLE = "样张"
BLOCK = 300
VISITS = 3
"""So many of the last help visits stand on a sheet."""


def book(
    office: Office, ids: Sequence[int], number: str, *, reason: str = "", progress: Progress = silent
) -> HouseholdBook:
    """Some households by grid, ready to be drawn; with a reason the numbers are whole. Raises OfficeError for none."""
    found: list[HouseholdSheet] = []
    with office.read() as session:
        name = settings.get(session, "name")
        ordered = _ordered(session, ids)
        for start in range(0, len(ordered), BLOCK):
            progress(start, len(ordered), "正在读取台账")
            found += _Reader(session, office, ordered[start : start + BLOCK], is_whole=bool(reason)).sheets()
    if not found:
        raise OfficeError("没有选出要印的户", do="请先在名单里选一户或几户")
    made = f"制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}"
    foot = f"含完整号码，用途：{reason}，用完销毁" if reason else "证件号和电话已遮住中间几位"
    title = f"{name}一户一档" if len(found) > 1 else f"{name}一户一档：户 {found[0].number} {found[0].head}"
    footer = f"{name} · 内部资料，注意保管 · {made} · {foot}"
    return HouseholdBook(name, title, number, chinese(office.today()), footer, tuple(found))


def _ordered(session: Session, ids: Sequence[int]) -> list[int]:
    """The households by grid in the order of the tree, then by number."""
    kept: list[tuple[str, int, str, int]] = []
    for start in range(0, len(ids), BLOCK):
        wanted = (
            select(GridUnit.code, GridUnit.id, Household.number, Household.id)
            .select_from(Household)
            .outerjoin(GridUnit, GridUnit.id == Household.unit_id)
            .where(Household.id.in_(ids[start : start + BLOCK]))
        )
        kept += [(code or "~", unit or 0, number, one) for code, unit, number, one in session.execute(wanted)]
    return [one for _code, _unit, _number, one in sorted(kept)]


class _Reader:
    """Reads a block of households with everything on their sheets in a few questions."""

    def __init__(self, session: Session, office: Office, ids: Sequence[int], *, is_whole: bool) -> None:
        self.session, self.today, self.ids, self.is_whole = session, office.today(), ids, is_whole
        self.houses = {one.id: one for one in session.scalars(select(Household).where(Household.id.in_(ids)))}
        units = {one.unit_id for one in self.houses.values() if one.unit_id is not None}
        self.units = {one.id: one for one in session.scalars(select(GridUnit).where(GridUnit.id.in_(units)))}
        self.duties = duty.on_duty(session, self.today, units)
        self.members: dict[int, list[Resident]] = {}
        wanted = select(Resident).where(Resident.household_id.in_(ids)).order_by(Resident.id)
        for one in session.scalars(wanted):
            self.members.setdefault(one.household_id or 0, []).append(one)
        people = [one.id for found in self.members.values() for one in found]
        self.services: dict[int, list[str]] = {}
        for plan in endings.open_plans(session, people):
            if plan.kind != endings.HELP.kind:  # told in full below
                self.services.setdefault(plan.resident_id, []).append(plan.words)
        self._help(people)

    def _help(self, people: Sequence[int]) -> None:
        """Help entries that run, with contact and last visits; what was noted freely stays off paper (12.3)."""
        wanted = (
            select(HelpEntry, Staff.name)
            .outerjoin(Staff, Staff.id == HelpEntry.contact_id)
            .where(HelpEntry.resident_id.in_(people), HelpEntry.state == ACTIVE, HelpEntry.until >= self.today)
            .order_by(HelpEntry.id)
        )
        entries = self.session.execute(wanted).all()
        visits: dict[int, list[HelpVisit]] = {}
        numbers = [entry.id for entry, _contact in entries]
        for visit in self.session.scalars(
            select(HelpVisit).where(HelpVisit.entry_id.in_(numbers)).order_by(HelpVisit.day.desc(), HelpVisit.id.desc())
        ):
            visits.setdefault(visit.entry_id, []).append(visit)
        for entry, contact in entries:
            words = [f"帮扶：{entry.kind}，每 {entry.interval_days} 天走访一次"]
            if contact:
                words.append(f"联系人 {contact}")
            if entry.next_on is not None:
                words.append(f"下次 {entry.next_on.isoformat()}")
            last = [f"{one.day.isoformat()} {one.result}".strip() for one in visits.get(entry.id, [])[:VISITS]]
            if last:
                words.append(f"最近走访 {'、'.join(last)}")
            self.services.setdefault(entry.resident_id, []).append("，".join(words))

    def sheets(self) -> list[HouseholdSheet]:
        """The sheets in the order asked for."""
        return [self._sheet(self.houses[number]) for number in self.ids]

    def _sheet(self, house: Household) -> HouseholdSheet:
        found = sorted(self.members.get(house.id, []), key=lambda one: (one.state != LIVING, one.relation != HEAD))
        living = sum(one.state == LIVING for one in found)
        count = f"{len(found)} 人" + (f"，在住 {living} 人" if living != len(found) else "")
        unit = self.units.get(house.unit_id or 0)
        duty_ = self.duties.get(house.unit_id or 0)
        head = next((one.name for one in found if one.relation == HEAD), "")
        return HouseholdSheet(
            number=house.number,
            head=head,
            grid=unit.name if unit else "",
            address=house.address,
            count=count,
            worker=duty_.name if duty_ else "",
            phone=duty_.phone if duty_ else "",
            worker_note=duty_.note if duty_ else "",
            members=tuple(self._member(one) for one in found),
            services=tuple(
                f"{one.name}　{words}" for one in found for words in self.services.get(one.id, ())
            ),
        )  # fmt: skip

    def _member(self, one: Resident) -> tuple[str, ...]:
        age = str(age_on(one.born, self.today)) if one.born else ""
        number, phone = one.id_number or "", one.phone
        if not self.is_whole:
            number, phone = mask_id(number), mask_phone(phone)
        lawful = [tag for tag in one.tags.split("、") if tag in service.tags()]
        ended = f" {one.ended_on.isoformat()}" if one.ended_on else ""
        state = "" if one.state == LIVING else STATES[one.state] + ended
        return one.name, one.relation, one.sex, age, number, phone, "、".join(lawful), state


def draft(office: Office, ids: Sequence[int]) -> bytes:
    """The sheets to look at: masked, without a number."""
    return sheets.draw(book(office, ids, SAMPLE))


def issue(office: Office, ids: Sequence[int], out: Path, *, reason: str = "", progress: Progress = silent) -> str:
    """Draw the sheets under their next number, save and register them; the number. Whole numbers are noted first."""

    def write(number: str) -> str:
        told = book(office, ids, number, reason=reason, progress=progress)
        if reason:
            office.note_look("print", f"一户一档 {len(told.sheets)} 户 {number}", reason)
        papers.save(out, sheets.draw(told, progress))
        grids = {one.grid for one in told.sheets}
        title = told.title if len(told.sheets) == 1 else f"{told.title} {len(told.sheets)} 户"
        if len(grids) == 1 and len(told.sheets) > 1:
            title += f"（{next(iter(grids)) or '未入网格'}）"
        papers.register(office, KIND, number, title, out, len(preview.sizes(out)))
        return number

    return papers.numbered(office, KIND, write)


def file_name(told: Sequence[int], number: str, head: str) -> str:
    """The name proposed for the file: 一户一档_00012_李秀兰.pdf, 一户一档_36户.pdf."""
    return f"一户一档_{number}_{head}.pdf" if len(told) == 1 else f"一户一档_{len(told)}户.pdf"
