"""The sheet of fire checks: checks, the hazards they found and the re-checks."""

import re
from datetime import date, timedelta
from typing import Any

from gridoffice.domain.premises import Premises
from gridoffice.exchange.days import date_of
from gridoffice.exchange.matching import Matcher
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import CHANGED, NEW, SAME, SheetResult
from gridoffice.exchange.rows import Cells, Passed, data_rows, getter
from gridoffice.exchange.store import Store, Values
from gridoffice.exchange.units import UnitReader
from gridoffice.exchange.values import (
    NOTHING,
    Cell,
    Unreadable,
    name_of,
    one_line,
    squeezed,
    text_of,
    yes_of,
)
from gridoffice.exchange.work import Work
from gridoffice.modules.inspections.model import CLEARED, OPEN, Hazard, Inspection

_HAZARDS = re.compile(r"[;；\n]+|(?<=[^\d])\d+[、.．](?=[^\d])")
_DAYS = re.compile(r"(\d+)\s*个?\s*(?:工作日|天|日)")
_AT_ONCE = ("当场", "立即", "当天", "现场", "立行立改")


class CheckSheet:
    """Plans one list of checks."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        names = ("date", "number", "premises", "inspector", "result", "hazard", "measure", "due", "rechecked")
        self.take = {name: getter(table, name) for name in (*names, "recheck_result", "note")}
        self.asks_for_hazard = "隐患" in table.title_of("result") or "问题" in table.title_of("result")
        self.units = UnitReader(work, table, result)
        self.premises = work.store(Premises)
        self.inspections, self.hazards = work.store(Inspection), work.store(Hazard)
        self.finder = work.shared("premises_finder", lambda: _Finder(self.premises))
        self.match = work.shared("inspections", lambda: Matcher(self.inspections, _check_key))
        self.hazard_of = work.shared("hazards", lambda: Matcher(self.hazards, _hazard_key))

    def run(self) -> None:
        """Plan every row."""
        passed = Passed()
        for row, cells in data_rows(self.table, passed):
            self.plan(row, cells)
        self.result.notices += passed.sentences()

    def plan(self, row: int, cells: Cells) -> None:
        """Plan one check with its hazards."""
        place = self._place(row, cells)
        dates = self._dates(row, cells) if place is not None else None
        if place is None or dates is None:
            return
        day, due, rechecked = dates
        assert day is not None
        inspector, mended = name_of(self.take["inspector"](cells))
        hazards = self._texts(cells)
        failed = bool(hazards) or self._failed(cells)
        if failed and not hazards:
            hazards = ["检查不合格（未写明隐患）"]
        values = {
            "premises_id": place,
            "day": day,
            "inspector": inspector[:40],
            "result": "不合格" if failed else "合格",
            "note": one_line(self.take["note"](cells)),
        }
        inspection, state, found = self.match.put(values)
        self.work.differences(self.result, row, f"{day} 检查", found)
        for text in hazards:
            changed = self._hazard(row, cells, inspection, values, text, due, rechecked)
            state = state if state == NEW or not changed else CHANGED
        self.result.count(row, state, repaired=mended)

    def _place(self, row: int, cells: Cells) -> int | None:
        number, name = squeezed(self.take["number"](cells)), one_line(self.take["premises"](cells))
        found = self.finder.find(number, name, self.units.find(cells))
        if found is None:
            column = "number" if number else "premises"
            value = number or name
            near = self.finder.near(name)
            reason = f"场所台账里没有“{value}”，请先登记场所或核对编号。{near}".rstrip("。")
            self.result.refuse(row, "unknown_premises", self.table.title_of(column), value, reason)
        return found

    def _dates(self, row: int, cells: Cells) -> tuple[date | None, date | None, date | None] | None:
        name = "date"
        try:
            found = date_of(self.take["date"](cells))
            if found is None:
                raise Unreadable("没有填检查日期")
            name = "due"
            due = _due(self.take["due"](cells), found[0])
            name = "rechecked"
            rechecked = _rechecked(self.take["rechecked"](cells))
        except Unreadable as reason:
            self.result.refuse(
                row, "date_invalid", self.table.title_of(name), text_of(self.take[name](cells)), str(reason)
            )
            return None
        return found[0], due, rechecked

    def _texts(self, cells: Cells) -> list[str]:
        text = text_of(self.take["hazard"](cells))
        if text in NOTHING or (len(text) <= 6 and yes_of(text) is False):
            return []
        parts = [one_line(part).strip("。 ，,1234567890、.．") for part in _HAZARDS.split(text)]
        return [part[:200] for part in parts if part]

    def _failed(self, cells: Cells) -> bool:
        text = text_of(self.take["result"](cells))
        if not text:
            return False
        answer = yes_of(text)
        if self.asks_for_hazard and text not in ("合格", "不合格"):
            return bool(answer)
        return answer is False or any(word in text for word in ("不合格", "有隐患", "存在", "未通过", "整改", "不符合"))

    def _hazard(
        self,
        row: int,
        cells: Cells,
        inspection: int,
        check: Values,
        text: str,
        due: date | None,
        rechecked: date | None,
    ) -> bool:
        measure = one_line(self.take["measure"](cells))[:20]
        is_cleared = rechecked is not None or _is_mended(self.take["recheck_result"](cells))
        at_once = any(word in measure for word in _AT_ONCE)
        values: Values = {
            "inspection_id": inspection,
            "premises_id": check["premises_id"],
            "text": text,
            "found_on": check["day"],
            "found_by": check["inspector"],
            "due_on": due,
            "rechecked_on": rechecked,
        }
        known = self.hazard_of.peek(values)
        if known is None:
            values |= {"action": measure or "限期整改", "grade": "G1" if at_once else "G2"}
            values["state"] = CLEARED if is_cleared else OPEN
            self.result.add("hazards_new")
            self.result.add("hazards_cleared" if is_cleared else "hazards_open")
        elif is_cleared:
            values["state"] = CLEARED
        _row_id, state, found = self.hazard_of.put(values)
        self.work.differences(self.result, row, text, found)
        return state != SAME


class _Finder:
    """Finds premises by number, else by a name that is theirs alone (or theirs alone in the grid)."""

    def __init__(self, premises: Store) -> None:
        self.rows = premises.rows
        self.numbers = premises.index(lambda row: row["number"])
        self.names: dict[str, list[int]] = {}
        for row_id, row in premises.rows.items():
            self.names.setdefault(squeezed(row["name"]), []).append(row_id)

    def find(self, number: str, name: str, unit_id: int | None) -> int | None:
        """The place that is meant, None when there is none or more than one."""
        if number and number in self.numbers:
            return self.numbers[number]
        named = self.names.get(squeezed(name), [])
        if number and named and len(number) > 3:
            return None
        here = [one for one in named if self.rows[one]["unit_id"] == unit_id] if unit_id is not None else named
        return here[0] if len(here) == 1 else named[0] if len(named) == 1 else None

    def near(self, name: str) -> str:
        """Where a name is found under another number."""
        named = self.names.get(squeezed(name), [])
        numbers = "、".join(str(self.rows[one]["number"]) for one in named[:3])
        return f"“{name}”登记的编号是 {numbers}" if named else ""


def _check_key(row: Values) -> tuple[Any, ...]:
    return row["premises_id"], row["day"], row["inspector"]


def _hazard_key(row: Values) -> tuple[Any, ...]:
    return row["inspection_id"], row["text"]


def _due(cell: Cell, day: date) -> date | None:
    text = text_of(cell)
    if any(word in text for word in _AT_ONCE):
        return day
    days = _DAYS.fullmatch(text.rstrip("内").strip()) if isinstance(cell, str) else None
    if days:
        return day + timedelta(days=int(days[1]))
    found = date_of(cell)
    return found[0] if found else None


def _rechecked(cell: Cell) -> date | None:
    if text_of(cell).startswith(("未", "待", "否", "整改中", "不")):
        return None
    found = date_of(cell)
    return found[0] if found else None


def _is_mended(cell: Cell) -> bool:
    text = text_of(cell)
    return bool(text) and yes_of(text) is True and any(word in text for word in ("已", "是", "合格", "完成", "销"))


def plan_checks(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a list of checks."""
    CheckSheet(work, table, result).run()
