"""The sheet of the chronic-disease register: enrolments in programmes and their last visit."""

from datetime import date, timedelta
from typing import Any

from gridoffice.core.text import pinyin
from gridoffice.domain.people import Resident
from gridoffice.exchange.days import date_of
from gridoffice.exchange.kinds import SheetKind
from gridoffice.exchange.persons import Person, PersonReader
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import CHANGED, NEW, SAME, SheetResult
from gridoffice.exchange.rows import Cells, Passed, data_rows, getter
from gridoffice.exchange.store import Values
from gridoffice.exchange.synonyms import synonyms
from gridoffice.exchange.values import Cell, Unreadable, number_of, one_line, pressure_of, text_of, whole_of
from gridoffice.exchange.work import Work
from gridoffice.forms import load
from gridoffice.modules.followup.model import Enrolment, Visit

_FIELDS = (
    "programme", "enrolled", "last", "pressure", "systolic", "diastolic", "glucose", "class", "next", "doctor", "note",
)  # fmt: skip
_DATES = ("enrolled", "last", "next")


class FollowupSheet:
    """Plans one register of patients."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        self.take = {name: getter(table, name) for name in _FIELDS}
        self.enrolments, self.visits = work.store(Enrolment), work.store(Visit)
        self.residents = work.store(Resident)
        self.by_id = work.shared("residents_id", lambda: self.residents.index(lambda row: row["id_number"]))
        self.known = work.shared("enrolments", lambda: self.enrolments.index(_key))
        self.visited = work.shared("visits", lambda: self.visits.index(lambda row: (row["enrolment_id"], row["day"])))
        self.reader = PersonReader(work, table, result, lambda number: None)
        self.forms = {form.programme.key: form for form in load.all_forms("programme") if form.programme}
        self.about = " ".join([table.sheet.name, *table.titles])

    def run(self) -> None:
        """Plan every row."""
        passed = Passed()
        for row, cells in data_rows(self.table, passed):
            self.plan(row, cells)
        self.result.notices += passed.sentences()

    def plan(self, row: int, cells: Cells) -> None:
        """Plan one patient; two diseases in one cell are two enrolments."""
        keys = self._programmes(text_of(self.take["programme"](cells)))
        self.reader.scope = ",".join(keys)
        person = self.reader.read(row, cells)
        if person is None:
            return
        if not keys:
            value = text_of(self.take["programme"](cells))
            known = "、".join(form.programme.title for form in self.forms.values() if form.programme)
            reason = f"没有“{value}”的随访方案，现有：{known}" if value else f"没有填病种，现有方案：{known}"
            self.result.refuse(row, "value_invalid", self.table.title_of("programme") or "病种", value, reason)
            return
        read = self._read(row, cells)
        if read is None:
            return
        states = [self._enrol(row, person, key, *read) for key in keys]
        self._look_up(row, person)
        state = NEW if NEW in states else CHANGED if CHANGED in states else SAME
        self.result.count(row, state, repaired=person.repaired)

    def _programmes(self, text: str) -> list[str]:
        words = synonyms().programmes
        asked = text.upper() if text else self.about
        return [key for key in self.forms if any(word.upper() in asked for word in words.get(key, ()))]

    def _read(self, row: int, cells: Cells) -> tuple[dict[str, date | None], Values, int | None] | None:
        dates: dict[str, date | None] = {}
        name = ""
        try:
            for name in _DATES:
                found = date_of(self.take[name](cells))
                dates[name] = found[0] if found else None
            name = "pressure"
            answers = self._pressure(cells)
            name = "glucose"
            glucose = number_of(self.take["glucose"](cells))
            if glucose is not None:
                if not 0.5 <= glucose <= 50:
                    raise Unreadable(f"血糖 {glucose:g} 超出可能的范围，请核对（mmol/L）")
                answers["fbg"] = round(glucose, 1)
        except Unreadable as reason:
            kind = "date_invalid" if name in _DATES else "value_invalid"
            title = self.table.title_of(name) or self.table.title_of("systolic")
            self.result.refuse(row, kind, title, text_of(self.take[name](cells)), str(reason))
            return None
        doctor = one_line(self.take["doctor"](cells))
        return dates, answers | ({"doctor": doctor} if doctor else {}), _outcome(self.take["class"](cells))

    def _pressure(self, cells: Cells) -> Values:
        both = pressure_of(self.take["pressure"](cells))
        if both is None:
            high, low = whole_of(self.take["systolic"](cells)), whole_of(self.take["diastolic"](cells))
            both = pressure_of(f"{high}/{low}") if high is not None and low is not None else None
        return {"sbp": both[0], "dbp": both[1]} if both else {}

    def _enrol(
        self, row: int, person: Person, key: str, dates: dict[str, date | None], answers: Values, outcome: int | None
    ) -> str:
        full, initials = pinyin(person.name)
        resident = self.by_id.get(person.id_number) if person.id_number else None
        last, next_on = dates["last"], dates["next"] or self._next(key, dates["last"], outcome)
        values: Values = {
            "programme": key,
            "resident_id": resident,
            "name": person.name,
            "pinyin": full,
            "initials": initials,
            "id_number": person.id_number,
            "phone": person.phone,
            "phone_tail": person.phone_tail,
            "unit_id": person.unit_id,
            "enrolled_on": dates["enrolled"],
        }
        known = self.known.get(_key(values))
        recorded = self.enrolments.rows[known]["last_on"] if known is not None else None
        if recorded is None or last is None or last >= recorded:
            values |= {"last_on": last, "last_class": outcome, "next_on": next_on}
        enrolment, state, found = self.enrolments.put(known, values)
        self.work.differences(self.result, row, person.name, found)
        if state == NEW:
            self.result.add(f"{key}_new")
        if last is not None and (enrolment, last) not in self.visited:
            self._visit(enrolment, key, last, answers, outcome, next_on)
            state = CHANGED if state == SAME else state
        return state

    def _visit(
        self, enrolment: int, key: str, day: date, answers: Values, outcome: int | None, next_on: date | None
    ) -> None:
        form = self.forms[key]
        kept = {name: value for name, value in answers.items() if name != "doctor"}
        self.visits.add(
            {
                "enrolment_id": enrolment,
                "day": day,
                "form": form.key,
                "form_version": form.version,
                "answers": kept,
                "outcome": outcome,
                "next_on": next_on,
                "doctor": str(answers.get("doctor", ""))[:40],
            }
        )

    def _next(self, key: str, last: date | None, outcome: int | None) -> date | None:
        programme = self.forms[key].programme
        if last is None or programme is None:
            return None
        figure = "days_satisfied" if outcome in (1, None) else "days_soon"
        return last + timedelta(days=int(programme.figures[figure]))

    def _look_up(self, row: int, person: Person) -> None:
        known = self.by_id.get(person.id_number) if person.id_number else None
        if known is None:
            value, column = (person.id_number, "id_number") if person.id_number else (person.name, "name")
            reason = "居民台账里没有这个人，随访照常登记；请核对居民台账"
            self.result.tell(
                row, "patients_not_in_ledger_after_import", self.table.title_of(column), value or "", reason
            )


def _key(row: Values) -> tuple[Any, ...]:
    return (row["programme"], row["id_number"] or f"{row['name']}/{row['unit_id']}")


def _outcome(cell: Cell) -> int | None:
    """The class of a visit: 1 控制满意, 2 控制不满意, 3 不良反应, 4 并发症 (reference 4.1)."""
    if isinstance(cell, int | float):
        return int(cell) if cell in (1, 2, 3, 4) else None
    text = text_of(cell)
    if text[:1] in "1234" and text[:1]:
        return int(text[0])
    if "并发" in text:
        return 4
    if "不良" in text:
        return 3
    if any(word in text for word in ("不满意", "未达标", "不达标", "控制不", "差", "否")):
        return 2
    return 1 if any(word in text for word in ("满意", "达标", "良好", "稳定", "是")) else None


def plan(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a register of patients."""
    FollowupSheet(work, table, result).run()


SHEETS = (SheetKind("followup", "慢病管理", 70, plan),)
