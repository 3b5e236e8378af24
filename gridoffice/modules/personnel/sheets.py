"""The sheet of staff: personnel cards and who works or stands in at which grid."""

from typing import Any

from gridoffice.domain.grids import VILLAGE, GridUnit
from gridoffice.exchange.days import date_of
from gridoffice.exchange.kinds import SheetKind
from gridoffice.exchange.persons import Person, PersonReader
from gridoffice.exchange.posts import posts, role_of
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import CHANGED, NEW, SAME, SheetResult
from gridoffice.exchange.rows import Cells, Passed, data_rows, getter
from gridoffice.exchange.values import Unreadable, one_line, squeezed, text_of
from gridoffice.exchange.work import Work


class StaffSheet:
    """Plans one sheet of staff."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        self.team = posts(work)
        self.units = work.store(GridUnit)
        names = ("post", "employment", "education", "since", "until", "ab", "note")
        self.take = {name: getter(table, name) for name in names}
        self.reader = PersonReader(work, table, result, self._owner)
        self.sort = len(self.team.staff.rows)
        self.named: dict[int, set[tuple[str, int]]] = {}
        self.moved: dict[int, str] = {}
        self.met: set[int] = set()

    def _owner(self, number: str) -> str | None:
        known = self.team.by_id.get(number)
        return str(self.team.staff.rows[known]["name"]) if known is not None else None

    def run(self) -> None:
        """Plan every row."""
        passed = Passed()
        for row, cells in data_rows(self.table, passed):
            person = self.reader.read(row, cells)
            if person is not None:
                self.plan(row, cells, person)
        for staff_id, name in self.moved.items():
            for unit in self.team.end_left(staff_id, self.named[staff_id]):
                self.result.notices.append(f"{name}不再负责{unit}，该任职到昨天为止")
        self.result.notices += passed.sentences()

    def plan(self, row: int, cells: Cells, person: Person) -> None:
        """Plan one person and the post."""
        dates = {}
        for name in ("since", "until"):
            try:
                found = date_of(self.take[name](cells))
            except Unreadable as reason:
                value = text_of(self.take[name](cells))
                return self.result.refuse(row, "date_invalid", self.table.title_of(name), value, str(reason))
            dates[name] = found[0] if found else None
        post = _post(one_line(self.take["post"](cells)), one_line(self.take["employment"](cells)))
        until = dates["until"]
        known = self.team.find(person.name, person.phone, person.id_number, person.unit_id, self.met)
        values: dict[str, Any] = {
            "name": person.name,
            "sex": person.sex,
            "born": person.born,
            "id_number": person.id_number,
            "phone": person.phone,
            "post": post,
            "unit_id": person.unit_id,
            "education": one_line(self.take["education"](cells))[:20],
            "since": dates["since"],
            "note": one_line(self.take["note"](cells)),
        }
        if known is None:
            values |= {"sort": self.sort + row, "is_active": until is None or until >= self.work.today}
        staff_id, state, found_changes = self.team.put(known, values)
        if known is not None and known < 0 and known not in self.met:
            state = NEW  # the grid list of this same import named the person first
        self.met.add(staff_id)
        self.work.differences(self.result, row, person.name, found_changes)
        if person.unit_id is not None:
            is_village = self.units.rows[person.unit_id]["level"] == VILLAGE
            role = role_of(post, squeezed(self.take["ab"](cells)), is_village)
            assigned = self.team.assign(staff_id, role, person.unit_id, dates["since"], until)
            self.named.setdefault(staff_id, set()).add((role, person.unit_id))
            if assigned == NEW and known is not None:
                self.moved[staff_id] = person.name
            state = CHANGED if state == SAME and assigned != SAME else state
        self.result.count(row, state, repaired=person.repaired)
        return None


def _post(post: str, employment: str) -> str:
    if employment and employment[:2] in ("专职", "兼职") and employment[:2] not in post:
        return f"{employment[:2]}{post or '网格员'}"[:40]
    if employment in ("是", "否") and "职" not in post[:2]:
        return f"{'专职' if employment == '是' else '兼职'}{post or '网格员'}"[:40]
    return (post or employment)[:40]


def plan(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a sheet of staff."""
    StaffSheet(work, table, result).run()


SHEETS = (SheetKind("staff", "网格员名册", 20, plan),)
