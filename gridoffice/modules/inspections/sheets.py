"""The sheet of premises, and the two kinds of sheets of the module."""

from gridoffice.core.text import pinyin
from gridoffice.domain.premises import Premises
from gridoffice.exchange.kinds import SheetKind
from gridoffice.exchange.matching import Matcher
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import SheetResult
from gridoffice.exchange.rows import Cells, Passed, data_rows, getter
from gridoffice.exchange.store import Values
from gridoffice.exchange.units import UnitReader
from gridoffice.exchange.values import (
    Cell,
    Unreadable,
    name_of,
    number_of,
    one_line,
    phones_of,
    squeezed,
    text_of,
    whole_of,
    yes_of,
)
from gridoffice.exchange.work import Work
from gridoffice.modules.inspections.check_sheets import plan_checks


class PremisesSheet:
    """Plans one list of premises."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        names = ("number", "name", "category", "address", "owner", "phone", "area", "floors", "extinguishers", "note")
        self.take = {name: getter(table, name) for name in names}
        self.units = UnitReader(work, table, result)
        self.premises = work.store(Premises)
        self.by_number = work.shared("premises_number", lambda: self.premises.index(lambda row: row["number"]))
        self.by_name = Matcher(self.premises, lambda row: (row["unit_id"], row["name"]))
        self.seen: dict[str, int] = {}

    def run(self) -> None:
        """Plan every row."""
        passed = Passed()
        for row, cells in data_rows(self.table, passed):
            self.plan(row, cells)
        self.result.notices += passed.sentences()

    def plan(self, row: int, cells: Cells) -> None:
        """Plan one place."""
        name = one_line(self.take["name"](cells))[:80]
        if not name:
            return self.result.refuse(row, "name_missing", self.table.title_of("name"), "", "没有填场所名称")
        number = squeezed(self.take["number"](cells))[:30]
        first = self.seen.setdefault(number, row) if number else row
        if first != row:
            reason = f"与本表第 {first} 行的编号相同，请核对"
            return self.result.refuse(row, "duplicate_number", self.table.title_of("number"), number, reason)
        read = self._read(row, cells)
        unit_id, is_known = self.units.read(row, cells) if read else (None, False)
        if read is None or not is_known:
            return None
        values, mended = read
        full, initials = pinyin(name)
        values |= {"name": name, "pinyin": full[:160], "initials": initials[:60], "unit_id": unit_id}
        known = self.by_number.get(number) if number else self.by_name.take((unit_id, name))
        if known is None:
            values["number"] = number or self._free_number()
        _row_id, state, found = self.premises.put(known, values)
        self.work.differences(self.result, row, name, found)
        self.result.count(row, state, repaired=mended)
        return None

    def _read(self, row: int, cells: Cells) -> tuple[Values, bool] | None:
        owner, mended = name_of(self.take["owner"](cells))
        name = "phone"
        try:
            phones, phone_mended = phones_of(self.take["phone"](cells))
            name = "area"
            area = number_of(self.take["area"](cells))
            name = "floors"
            floors = whole_of(self.take["floors"](cells))
            name = "extinguishers"
            extinguishers = _amount(self.take["extinguishers"](cells))
        except Unreadable as reason:
            kind = "phone_length" if name == "phone" else "value_invalid"
            self.result.refuse(row, kind, self.table.title_of(name), text_of(self.take[name](cells)), str(reason))
            return None
        phone = "、".join(phones) if len("、".join(phones)) <= 30 else phones[0]
        values = {
            "kind": one_line(self.take["category"](cells))[:40],
            "address": one_line(self.take["address"](cells))[:120],
            "owner": owner[:40],
            "phone": phone,
            "phone_tail": phones[0][-4:] if phones else "",
            "area": area,
            "floors": floors,
            "extinguishers": extinguishers,
            "note": one_line(self.take["note"](cells)),
        }
        return values, mended or phone_mended

    def _free_number(self) -> str:
        number = len(self.premises.rows) + 1
        while f"CS{number:04d}" in self.by_number:
            number += 1
        return f"CS{number:04d}"


def _amount(cell: Cell) -> int | None:
    if isinstance(cell, str) and yes_of(cell) is False and not any(char.isdigit() for char in cell):
        return 0 if text_of(cell) else None
    return whole_of(cell)


def plan_premises(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a list of premises."""
    PremisesSheet(work, table, result).run()


SHEETS = (
    SheetKind("premises", "场所台账", 50, plan_premises),
    SheetKind("checks", "检查记录", 60, plan_checks),
)
