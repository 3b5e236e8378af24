"""The sheet of local organisations: each row one, found again by credit code, number, or name in its grid."""

from __future__ import annotations

import re

from gridoffice.core.text import pinyin
from gridoffice.domain.identity import credit_problem, plain_width
from gridoffice.domain.organisations import Organisation
from gridoffice.exchange.matching import Matcher
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import SheetResult
from gridoffice.exchange.rows import Cells, Passed, data_rows, getter
from gridoffice.exchange.store import Values
from gridoffice.exchange.units import UnitReader
from gridoffice.exchange.values import Cell, Unreadable, name_of, one_line, phones_of, squeezed, text_of, whole_of
from gridoffice.exchange.work import Work

_FIELDS = (
    "number", "name", "category", "credit_code", "people", "party_branch", "party_members", "address", "contact",
    "phone", "note",
)  # fmt: skip


_FIGURES = re.compile(r"[\d.,]+")


class OrganisationSheet:
    """Plans one list of local organisations."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        self.take = {name: getter(table, name) for name in _FIELDS}
        self.units = UnitReader(work, table, result)
        self.kept = work.store(Organisation)
        self.by_number = work.shared("organisations_number", lambda: self.kept.index(lambda row: row["number"]))
        self.by_code = work.shared("organisations_code", lambda: self.kept.index(lambda row: row["credit_code"]))
        self.by_name = Matcher(self.kept, lambda row: (row["unit_id"], row["name"]))
        self.seen: dict[str, int] = {}

    def run(self) -> None:
        """Plan every row."""
        passed = Passed()
        for row, cells in data_rows(self.table, passed):
            self.plan(row, cells)
        self.result.notices += passed.sentences()

    def plan(self, row: int, cells: Cells) -> None:
        """Plan one organisation."""
        name = one_line(self.take["name"](cells))[:80]
        if not name:
            return self.result.refuse(row, "name_missing", self.table.title_of("name"), "", "没有填单位名称")
        code = self._code(row, cells)
        read = self._read(row, cells) if code is not None else None
        unit_id, is_known = self.units.read(row, cells) if read else (None, False)
        if read is None or not is_known:
            return None
        values, mended = read
        number = squeezed(self.take["number"](cells))[:30]
        full, initials = pinyin(name)
        values |= {"name": name, "pinyin": full[:160], "initials": initials[:60], "unit_id": unit_id}
        values["credit_code"] = code or None
        known = self._known(code or "", number, unit_id, name)
        if known is None:
            values["number"] = number if number and number not in self.by_number else self._free_number()
        _row_id, state, found = self.kept.put(known, values)
        self.work.differences(self.result, row, name, found)
        self.result.count(row, state, repaired=mended)
        return None

    def _known(self, code: str, number: str, unit_id: int | None, name: str) -> int | None:
        if code and code in self.by_code:
            return self.by_code[code]
        known = self.by_number.get(number) if number else None
        if known is not None and self.kept.rows[known]["name"] == name:
            return known
        known = self.by_name.take((unit_id, name))
        other = self.kept.rows[known]["credit_code"] if known is not None else None
        return None if code and other and other != code else known

    def _code(self, row: int, cells: Cells) -> str | None:
        """The credit code, "" where none is written; None when it is wrong and the row refused (reference 8.5)."""
        cell = self.take["credit_code"](cells)
        code = "".join(plain_width(text_of(cell)).split()).upper().replace("-", "")
        if code in ("", "无", "/", "—"):
            return ""
        title = self.table.title_of("credit_code")
        problem = credit_problem(code)
        if problem:
            self.result.refuse(row, "credit_code", title, text_of(cell), f"{problem}；不确定可以先空着")
            return None
        first = self.seen.setdefault(code, row)
        if first != row:
            reason = f"与本表第 {first} 行的信用代码相同，请核对"
            self.result.refuse(row, "duplicate_number", title, code, reason)
            return None
        return code

    def _read(self, row: int, cells: Cells) -> tuple[Values, bool] | None:
        contact, mended = name_of(self.take["contact"](cells))
        people, size = _size(self.take["people"](cells))
        name = "phone"
        try:
            phones, phone_mended = phones_of(self.take["phone"](cells))
            name = "party_members"
            members = whole_of(self.take["party_members"](cells))
        except Unreadable as reason:
            kind = "phone_length" if name == "phone" else "value_invalid"
            self.result.refuse(row, kind, self.table.title_of(name), text_of(self.take[name](cells)), str(reason))
            return None
        phone = "、".join(phones) if len("、".join(phones)) <= 30 else phones[0]
        values = {
            "kind": one_line(self.take["category"](cells))[:20],
            "address": one_line(self.take["address"](cells))[:120],
            "contact": contact[:40],
            "phone": phone,
            "phone_tail": phones[0][-4:] if phones else "",
            "people": people,
            "party_branch": one_line(self.take["party_branch"](cells))[:40],
            "party_members": members,
            "note": "；".join(part for part in (one_line(self.take["note"](cells)), size) if part),
        }
        return values, mended or phone_mended

    def _free_number(self) -> str:
        number = len(self.kept.rows) + 1
        while f"DW{number:04d}" in self.by_number:
            number += 1
        return f"DW{number:04d}"


def _size(cell: Cell) -> tuple[int | None, str]:
    """The size as a number of people, or (大型, 50-100人) as words for the note."""
    try:
        if len(_FIGURES.findall(text_of(cell))) < 2:
            return whole_of(cell), ""
    except Unreadable:
        pass
    return None, f"规模：{one_line(cell)}"


def plan_organisations(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a list of local organisations."""
    OrganisationSheet(work, table, result).run()
