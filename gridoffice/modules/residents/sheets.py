"""The sheet of residents: households and their members, in the order a ledger lists them."""

from typing import Any

from gridoffice.core.text import pinyin
from gridoffice.domain.people import Household, Resident
from gridoffice.exchange.kinds import SheetKind
from gridoffice.exchange.matching import Matcher
from gridoffice.exchange.persons import Person, PersonReader
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import CHANGED, NEW, SAME, SheetResult
from gridoffice.exchange.rows import Cells, Passed, Row, data_rows, getter
from gridoffice.exchange.synonyms import forbidden_word
from gridoffice.exchange.values import Cell, one_line, squeezed, tags_of, text_of
from gridoffice.exchange.work import Work
from gridoffice.modules.residents.organisation_sheets import plan_organisations

_FIELDS = (
    "household_no", "relation", "head_of_household", "address", "group", "tags", "note", "village", "grid", "grid_code",
)  # fmt: skip
HEAD_WORDS = ("户主", "本人", "户主本人")


class ResidentSheet:
    """Plans one ledger of residents."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        self.households, self.residents = work.store(Household), work.store(Resident)
        self.by_number = work.shared("households", lambda: self.households.index(lambda row: row["number"]))
        self.by_id = work.shared("residents_id", lambda: self.residents.index(lambda row: row["id_number"]))
        self.by_name = Matcher(self.residents, _namesake)
        self.by_place = Matcher(self.households, lambda row: (row["unit_id"], row["address"]))
        self.by_grid = Matcher(self.residents, lambda row: (row["unit_id"], row["name"]))
        self.take = {name: getter(table, name) for name in _FIELDS}
        self.relation, self.tags, self.note = (self.take[name] for name in ("relation", "tags", "note"))
        self.village = ""
        self.last_cell: tuple[Cell, str] = ("", "")
        self.has_numbers = table.place("household_no") >= 0
        self.has_heads = table.place("head_of_household") >= 0 or table.place("relation") >= 0
        self.reader = PersonReader(work, table, result, self._owner)
        self.ambiguous = work.shared("ambiguous households", lambda: ambiguous_numbers(work))
        self.counted = 0

    def _owner(self, number: str) -> str | None:
        known = self.by_id.get(number)
        return str(self.residents.rows[known]["name"]) if known is not None else None

    def run(self) -> None:
        """Plan household by household: members without a number belong to the household above them."""
        passed = Passed()
        group: list[Row] = []
        number = ""
        for row in data_rows(self.table, passed):
            starts, own = self._starts_household(row[1], number, bool(group))
            if starts and group:
                self._household(number, group)
                group = []
            if starts:
                number = own
            group.append(row)
        if group:
            self._household(number, group)
        self.result.notices += passed.sentences()

    def _starts_household(self, cells: Cells, number: str, has_group: bool) -> tuple[bool, str]:
        if self.has_numbers:
            own = self._number(cells)
            return (bool(own) and own != number) or not has_group, own
        head = squeezed(self.take["head_of_household"](cells))
        if head:
            own = f"{head}/{squeezed(self.take['address'](cells))}"
            return own != number, own
        if not self.has_heads:
            address = self._address(cells)
            own = f"{text_of(self.take['grid'](cells))}/{address}" if address else ""
            return not own or own != number, own
        is_head = squeezed(self.take["relation"](cells)) in HEAD_WORDS
        return is_head or not has_group, ""

    def _number(self, cells: Cells) -> str:
        """The household's number; the village (or grid) stands before it where numbers start again in each."""
        cell = self.take["household_no"](cells)
        if cell in ("", None):
            return ""
        if cell != self.last_cell[0]:
            self.last_cell = (cell, self._whole_number(squeezed(cell)[:20], cells))
        return self.last_cell[1]

    def _whole_number(self, number: str, cells: Cells) -> str:
        village, grid = self._village(cells)
        if number in self.ambiguous:
            # A household whose grid cannot be read stands where the one above it stands.
            self.village = village = village or self.village
            return f"{grid if (number, village) in self.ambiguous else village}{number}"[-20:]
        if village and f"{village}{number}" in self.by_number:
            return f"{village}{number}"
        known = self.by_number.get(number)
        home = self.households.rows[known]["unit_id"] if known is not None else None
        if home is not None and village and self.work.places.village_of(home) != village:
            return f"{village}{number}"[-20:]
        return number

    def _village(self, cells: Cells) -> tuple[str, str]:
        places = self.work.places
        village, grid, code = (self.take[name](cells) for name in ("village", "grid", "grid_code"))
        unit_id = places.find(village, grid, code)
        if unit_id is not None:
            return places.village_of(unit_id), str(places.units.rows[unit_id]["name"])
        # A mistyped grid still tells its village.
        told = places.village(village)
        if told is not None:
            return str(places.units.rows[told]["name"]), ""
        return places.village_in(text_of(grid)) or places.village_in(text_of(code)), ""

    def _household(self, number: str, group: list[Row]) -> None:
        read = [(row, cells, self.reader.read(row, cells)) for row, cells in group]
        good = [person for _row, _cells, person in read if person is not None]
        unit_id = next((person.unit_id for person in good if person.unit_id is not None), None)
        if unit_id is None:
            unit_id = next((found for found in map(self._place, group) if found is not None), None)
        address = next((text for text in (self._address(cells) for _row, cells in group) if text), "")
        household_id, state = self._put_household(number, unit_id, address, good, group[0][0])
        for row, cells, person in read:
            if person is not None:
                self._resident(row, cells, person, household_id, unit_id, state)
                state = SAME

    def _place(self, row: Row) -> int | None:
        return self.work.places.find(self.take["village"](row[1]), self.take["grid"](row[1]))

    def _address(self, cells: Cells) -> str:
        address = one_line(self.take["address"](cells))
        return (address or one_line(self.take["group"](cells)))[:120]

    def _put_household(
        self, number: str, unit_id: int | None, address: str, good: list[Person], row: int
    ) -> tuple[int | None, str]:
        if not number and (self.has_numbers or not self.has_heads):
            return None, SAME
        values = {"unit_id": unit_id, "address": address}
        known = self.by_number.get(number) if self.has_numbers else self._home_of(good, unit_id, address)
        if known is None:
            if not self.has_numbers and not good:
                return None, SAME
            self.result.add("households_new")
            return self.households.add({"number": number if self.has_numbers else self._free_number(), **values}), NEW
        found = self.households.change(known, values)
        self.work.differences(self.result, row, f"户 {self.households.rows[known]['number']}", found)
        self.result.add("households_changed" if found else "households_same")
        return known, CHANGED if found else SAME

    def _home_of(self, good: list[Person], unit_id: int | None, address: str) -> int | None:
        """Find a household without a number again: by a member's ID number, by address, by the first one's name."""
        for person in good:
            known = self.by_id.get(person.id_number) if person.id_number else None
            if known is not None and self.residents.rows[known]["household_id"] is not None:
                return int(self.residents.rows[known]["household_id"])
        if address:
            return self.by_place.take((unit_id, address))
        known = self.by_grid.take((unit_id, good[0].name)) if good else None
        home = self.residents.rows[known]["household_id"] if known is not None else None
        return int(home) if home is not None else None

    def _free_number(self) -> str:
        self.counted = max(self.counted, len(self.households.rows))
        while True:
            self.counted += 1
            number = f"{self.counted:05d}"
            if number not in self.by_number:
                return number

    def _resident(
        self, row: int, cells: Cells, person: Person, home: int | None, home_unit: int | None, home_state: str
    ) -> None:
        full, initials = pinyin(person.name)
        values: dict[str, Any] = {
            "household_id": home,
            "unit_id": person.unit_id if person.unit_id is not None else home_unit,
            "name": person.name,
            "pinyin": full,
            "initials": initials,
            "relation": squeezed(self.relation(cells))[:20],
            "sex": person.sex,
            "born": person.born,
            "id_number": person.id_number,
            "phone": person.phone,
            "phone_tail": person.phone_tail,
            "id_tail": (person.id_number or "")[-4:],
            "tags": self._labels(row, cells) if self.tags(cells) else "",
            "note": self._note(row, cells) if self.note(cells) else "",
        }
        known = self.by_id.get(person.id_number) if person.id_number else None
        if known is None:
            known = self.by_name.take(_namesake(values))
            if known is not None and person.id_number and self.residents.rows[known]["id_number"]:
                known = None
        _row_id, state, found = self.residents.put(known, values)
        if found:
            self.work.differences(self.result, row, person.name, found)
        if state == SAME and home_state == CHANGED:
            state = CHANGED
        self.result.count(row, state, repaired=person.repaired)

    def _labels(self, row: int, cells: Cells) -> str:
        labels = tags_of(self.tags(cells))
        kept = [label for label in labels if not forbidden_word(label)]
        if len(kept) != len(labels):
            left = "、".join(label for label in labels if label not in kept)
            reason = "按规定不登记这类内容，已略去，其他内容照常写入"
            self.result.tell(row, "label_not_kept", self.table.title_of("tags"), left, reason)
        return "、".join(kept)[:100]

    def _note(self, row: int, cells: Cells) -> str:
        note = one_line(self.note(cells))
        if forbidden_word(note):
            reason = "备注里有按规定不登记的内容，备注未写入，其他内容照常写入"
            self.result.tell(row, "label_not_kept", self.table.title_of("note"), "", reason)
            return ""
        return note


def ambiguous_numbers(work: Work) -> set[Any]:
    """Household numbers that start again in another village, and (number, village) where they do in another grid.

    Looks at the first row of each run of a number in all ledgers of the import.
    """
    runs: dict[str, list[tuple[Cell, Cell, Cell]]] = {}
    for table in work.tables:
        if table.kind != "residents" or table.place("household_no") < 0:
            continue
        number_of, *place_of = (getter(table, name) for name in ("household_no", "village", "grid", "grid_code"))
        last: Cell = ""
        for cells in table.sheet.rows[table.bottom + 1 :]:
            cell = number_of(cells)
            if cell not in ("", None, last):
                last = cell
                village, grid, code = (take(cells) for take in place_of)
                runs.setdefault(squeezed(cell)[:20], []).append((village, grid, code))
    grids: dict[str, dict[str, set[int]]] = {}
    for number, places in runs.items():
        if len(places) > 1:
            units = {unit for unit in (work.places.find(*place) for place in places) if unit is not None}
            for unit in units:
                grids.setdefault(number, {}).setdefault(work.places.village_of(unit), set()).add(unit)
    found: set[Any] = {number for number, villages in grids.items() if len(villages) > 1}
    found |= {(number, v) for number in found for v, units in grids[number].items() if len(units) > 1}
    return found


def _namesake(row: dict[str, Any]) -> tuple[Any, ...]:
    """Who has no ID number is found again by name in the household, or in the grid where there is no household."""
    home = row["household_id"]
    return home, row["unit_id"] if home is None else None, row["name"]


def plan(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a ledger of residents."""
    ResidentSheet(work, table, result).run()


SHEETS = (
    SheetKind("residents", "居民台账", 30, plan),
    SheetKind("organisations", "驻区单位台账", 35, plan_organisations),
)
