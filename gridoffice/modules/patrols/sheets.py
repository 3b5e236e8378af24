"""The sheet of patrol logs: patrols, and their problems as cases, open while no day of closing is written."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from gridoffice.core.text import pinyin
from gridoffice.domain import clocks
from gridoffice.domain import work as cases
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.work import Case, CaseStep
from gridoffice.exchange.days import date_of, time_of, times_of
from gridoffice.exchange.kinds import SheetKind
from gridoffice.exchange.matching import Matcher, workers_of
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import CHANGED, NEW, SAME, SheetResult
from gridoffice.exchange.rows import Cells, Passed, data_rows, getter
from gridoffice.exchange.units import UnitReader
from gridoffice.exchange.values import Cell, Unreadable, one_line, text_of, whole_of, yes_of
from gridoffice.exchange.work import Work
from gridoffice.modules.patrols.model import Patrol

SOURCE = "patrol"
_FIELDS = (
    "date", "start", "end", "span", "kind", "place", "visited", "problems", "category", "handling", "closed",
    "problem_text", "text", "note",
)  # fmt: skip
_NAMED = ("其他", "其它")


class PatrolSheet:
    """Plans one sheet of patrols."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        self.take = {name: getter(table, name) for name in _FIELDS}
        self.units = UnitReader(work, table, result)
        self.workers = workers_of(work)
        self.worker = getter(table, "worker")
        self.names = work.store(GridUnit).rows
        self.patrols, self.cases, self.steps = work.store(Patrol), work.store(Case), work.store(CaseStep)
        self.cases.parents["source_id"] = Patrol.__tablename__
        self.match = work.shared("patrols", lambda: Matcher(self.patrols, _key))
        self.case_of = work.shared(
            "patrol_cases",
            lambda: self.cases.index(lambda row: row["source_id"] if row["source"] == SOURCE else None),
        )
        self.number = work.shared("case_numbers", lambda: _Numbers([row["number"] for row in self.cases.rows.values()]))

    def run(self) -> None:
        """Plan every row."""
        passed = Passed()
        for row, cells in data_rows(self.table, passed):
            self.plan(row, cells)
        self.result.notices += passed.sentences()

    def plan(self, row: int, cells: Cells) -> None:
        """Plan one patrol and its case."""
        unit_id, is_known = self.units.read(row, cells)
        if not is_known:
            return
        read = self._read(row, cells)
        if read is None:
            return
        values, closed = read
        staff_id, names = self.workers.find(text_of(self.worker(cells)), unit_id)
        if names and staff_id is None:
            reason = "人员名册中没有此人，巡查照常写入，姓名记在情况里"
            self.result.tell(row, "worker_unknown", self.table.title_of("worker"), names, reason)
            values["text"] = f"{values['text']}（巡查人：{names}）"
        values |= {"unit_id": unit_id, "staff_id": staff_id}
        patrol_id, state, found = self.match.put(values)
        self.work.differences(self.result, row, f"{values['day']} 巡查", found)
        if values["problems"]:
            state = self._case(row, cells, patrol_id, values, closed, names, state)
        self.result.count(row, state)

    def _read(self, row: int, cells: Cells) -> tuple[dict[str, Any], date | None] | None:
        name = "date"
        try:
            day = date_of(self.take["date"](cells))
            if day is None:
                raise Unreadable("没有填日期")
            name = "start"
            start, end = self._times(cells)
            name = "visited"
            visited = whole_of(self.take["visited"](cells))
            name = "closed"
            closed = _closed(self.take["closed"](cells))
        except Unreadable as reason:
            kind = "value_invalid" if name == "visited" else "date_invalid"
            self.result.refuse(row, kind, self.table.title_of(name), text_of(self.take[name](cells)), str(reason))
            return None
        text = one_line(self.take["text"](cells))
        place, note = one_line(self.take["place"](cells)), one_line(self.take["note"](cells))
        extra = [part for part in (f"地点：{place}" if place else "", note) if part]
        values = {
            "day": day[0],
            "start": start,
            "end": end,
            "kind": one_line(self.take["kind"](cells))[:20] or "日常巡查",
            "households": visited or 0,
            "problems": self._problems(cells),
            "text": "；".join([part for part in (text, *extra) if part]),
        }
        return values, closed

    def _times(self, cells: Cells) -> tuple[time | None, time | None]:
        start, end = times_of(self.take["start"](cells))
        if start is None:
            start, end = times_of(self.take["span"](cells))
        if start is None:
            day = self.take["date"](cells)
            if isinstance(day, datetime) and day.time() != time(0):
                start = day.time().replace(second=0, microsecond=0)
            elif isinstance(day, str) and ":" in day.replace("：", ":"):
                start, end = times_of(day.replace("：", ":").split(" ", 1)[-1])
        return start, time_of(self.take["end"](cells)) or end

    def _problems(self, cells: Cells) -> int:
        cell = self.take["problems"](cells)
        number = _count(cell)
        if number:
            return number
        is_silent = cell in ("", None)
        found = text_of(self.take["category"](cells)) or text_of(self.take["problem_text"](cells))
        return 1 if is_silent and found and yes_of(found) is not False else 0

    def _case(
        self, row: int, cells: Cells, patrol_id: int, patrol: dict[str, Any], closed: date | None, who: str, state: str
    ) -> str:
        known = self.case_of.get(patrol_id)
        if known is None:
            self._new_case(cells, patrol_id, patrol, closed, who)
            self.result.add("cases_new")
            self.result.add("cases_closed" if closed else "cases_open")
            return state if state != SAME else CHANGED
        case = self.cases.rows[known]
        if closed and case["state"] not in cases.ENDED:
            ended = {"state": cases.CLOSED, "closed_on": closed, "red_at": None, "amber_at": None}
            found = self.cases.change(known, ended)
            self.work.differences(self.result, row, str(case["title"]), found)
            self._step(known, closed, None, who, cases.TAKEN, cases.CLOSED, "按巡查台账登记办结")
            self.result.add("cases_closed")
            return NEW if state == NEW else CHANGED
        return state

    def _new_case(self, cells: Cells, patrol_id: int, patrol: dict[str, Any], closed: date | None, who: str) -> None:
        category = one_line(self.take["category"](cells))[:20] or "其他"
        unit = str(self.names[patrol["unit_id"]]["name"]) if patrol["unit_id"] is not None else ""
        told = one_line(self.take["problem_text"](cells)) or _told(self.take["problems"](cells))
        title = told[:100] if told else f"{unit}{category if category not in _NAMED else ''}问题"
        kind = _kind(text_of(self.take["handling"](cells)))
        full, initials = pinyin(title)
        state = cases.CLOSED if closed else cases.TAKEN
        due = clocks.due_on(kind, patrol["day"])
        moment = datetime.combine(patrol["day"], patrol["start"] or time(9))
        case_id = self.cases.add(
            {
                "number": self.number.next(patrol["day"].year),
                "title": title,
                "pinyin": full[:300],
                "initials": initials[:120],
                "category": category,
                "kind": kind,
                "state": state,
                "unit_id": patrol["unit_id"],
                "place": one_line(self.take["place"](cells))[:120],
                "found_on": patrol["day"],
                "due_on": due,
                **clocks.columns(kind, state, moment, due),
                "closed_on": closed,
                "text": patrol["text"],
                "source": SOURCE,
                "source_id": patrol_id,
                "finder_id": patrol["staff_id"],
                "handler": who[:60],
            }
        )
        self._step(case_id, patrol["day"], patrol["start"], who, "", cases.COLLECTED, "巡查发现")
        if closed:
            self._step(case_id, closed, None, who, cases.COLLECTED, cases.CLOSED, "按巡查台账登记办结")
        else:
            handling = one_line(self.take["handling"](cells))
            note = f"按巡查台账登记，{handling}处理中" if handling else "按巡查台账登记，处理中"
            self._step(case_id, patrol["day"], patrol["start"], who, cases.COLLECTED, cases.TAKEN, note)

    def _step(self, case: int, day: date, at: time | None, who: str, old: str, new: str, note: str) -> None:
        moment = datetime.combine(day, at or time(0))
        verb = {cases.COLLECTED: "collect", cases.TAKEN: "take", cases.CLOSED: "close"}[new]
        step = {"case_id": case, "at": moment, "who": who[:60] or "台账", "verb": verb}
        self.steps.add({**step, "old": old, "new": new, "note": note})


class _Numbers:
    """Gives case numbers on from the highest of each year."""

    def __init__(self, numbers: list[str]) -> None:
        self.last: dict[int, int] = {}
        for number in numbers:
            year, _, count = number.partition("-")
            if year.isdigit() and count.isdigit():
                self.last[int(year)] = max(self.last.get(int(year), 0), int(count))

    def next(self, year: int) -> str:
        """The next free number of a year."""
        self.last[year] = self.last.get(year, 0) + 1
        return f"{year}-{self.last[year]:04d}"


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["day"], row["start"], row["unit_id"], row["staff_id"], row["text"]


def _closed(cell: Cell) -> date | None:
    text = text_of(cell)
    if text.startswith(("未", "处理中", "办理中", "正在", "待", "否")):
        return None
    found = date_of(cell)
    return found[0] if found else None


def _count(cell: Cell) -> int:
    if isinstance(cell, int | float):
        return round(cell)
    text = text_of(cell)
    if text[:1].isdigit():
        return whole_of(text) or 0
    return 1 if yes_of(text) else 0


def _told(cell: Cell) -> str:
    text = one_line(cell)
    return text if len(text) > 3 and not text[:1].isdigit() and yes_of(text) else ""


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("K2", lambda text: "协调" in text or "商处" in text),
    ("K3", lambda text: any(word in text for word in ("突发", "紧急", "应急"))),
    ("K4", lambda text: any(word in text for word in ("审批", "上报", "报批"))),
)


def _kind(handling: str) -> str:
    return next((key for key, fits in _KINDS if fits(handling)), "K1")


def plan(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a sheet of patrol logs."""
    PatrolSheet(work, table, result).run()


SHEETS = (SheetKind("patrols", "巡查日志", 40, plan),)
