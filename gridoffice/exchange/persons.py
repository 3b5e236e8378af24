"""Reading a person's row: name, ID number, sex, telephone, grid and birth, checked in the fixed order of problems."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gridoffice.domain.identity import IdFacts, read_id
from gridoffice.exchange.days import date_of
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import SheetResult
from gridoffice.exchange.rows import Cells, getter
from gridoffice.exchange.units import UnitReader
from gridoffice.exchange.values import Cell, Unreadable, id_number_of, name_of, phones_of, sex_of, text_of
from gridoffice.exchange.work import FIELD_TITLES, Work

NAME_LENGTH = 40
PHONE_LENGTH = 30


@dataclass(slots=True)
class Person:
    """A person as a row tells it; `born` and `sex` come from the ID number where there is one."""

    name: str
    id_number: str | None
    sex: str
    born: date | None
    phone: str
    unit_id: int | None
    repaired: bool

    @property
    def phone_tail(self) -> str:
        """Last four figures of the first telephone number."""
        return self.phone.partition("、")[0][-4:]


class PersonReader:
    """Reads the persons of one sheet; wrong rows go to the result and give None."""

    def __init__(self, work: Work, table: Table, result: SheetResult, owner: Callable[[str], str | None]) -> None:
        self.work, self.table, self.result = work, table, result
        self.owner = owner
        self.seen: dict[str, int] = {}
        self.scope = ""  # part of what must not repeat: one person may be in two programmes
        self.units = UnitReader(work, table, result)
        self._name, self._id, self._sex = (getter(table, name) for name in ("name", "id_number", "sex"))
        self._phone, self._birth = getter(table, "phone"), getter(table, "birth")

    def read(self, row: int, cells: Cells) -> Person | None:
        """Read one row; the first problem in the order of PROBLEMS refuses it."""
        try:
            return self._read(row, cells)
        except _Wrong as wrong:
            title = self.table.title_of(wrong.field) or FIELD_TITLES.get(wrong.field, wrong.field)
            self.result.refuse(row, wrong.kind, title, text_of(wrong.value), wrong.reason)
            return None

    def _read(self, row: int, cells: Cells) -> Person | None:
        name, name_mended = name_of(self._name(cells))
        if not name:
            raise _Wrong("name_missing", "name", self._name(cells), "没有填姓名")
        if len(name) > NAME_LENGTH:
            raise _Wrong("value_invalid", "name", name, f"姓名超过 {NAME_LENGTH} 个字，请核对")
        facts, id_mended = self._read_id(row, self._id(cells), name)
        sex = self._read_sex(self._sex(cells), facts)
        phone, phone_mended = self._read_phone(self._phone(cells))
        unit_id, is_known = self.units.read(row, cells)
        if not is_known:
            return None
        born = self._read_birth(self._birth(cells), facts.birth if facts else None)
        number = facts.number if facts else None
        return Person(name, number, sex, born, phone, unit_id, name_mended or id_mended or phone_mended)

    def _read_id(self, row: int, cell: Cell, name: str) -> tuple[IdFacts | None, bool]:
        try:
            number, mended = id_number_of(cell)
        except Unreadable as damage:
            raise _Wrong("id_number_damaged", "id_number", cell, str(damage)) from damage
        if not number:
            return None, False
        facts = read_id(number, self.work.today)
        if not facts.is_usable:
            raise _wrong_id(facts, cell)
        self._refuse_duplicate(row, cell, number, name)
        return facts, mended

    def _refuse_duplicate(self, row: int, cell: Cell, number: str, name: str) -> None:
        first = self.seen.setdefault(number + self.scope, row)
        if first != row:
            raise _Wrong("duplicate_id", "id_number", cell, f"与本表第 {first} 行的身份证号码相同，请核对是谁的")
        owner = self.owner(number)
        if owner and owner != name:
            reason = f"这个号码已经登记在“{owner}”名下，请核对；如是改名请先改原记录"
            raise _Wrong("duplicate_id", "id_number", cell, reason)

    def _read_sex(self, cell: Cell, facts: IdFacts | None) -> str:
        try:
            sex = sex_of(cell)
        except Unreadable as strange:
            raise _Wrong("value_invalid", "sex", cell, str(strange)) from strange
        if facts is None or not facts.sex:
            return sex
        if sex and sex != facts.sex:
            reason = f"按身份证号码应为{facts.sex}，请核对性别和号码"
            raise _Wrong("sex_differs_from_id", "sex", cell, reason)
        return facts.sex

    def _read_phone(self, cell: Cell) -> tuple[str, bool]:
        try:
            phones, mended = phones_of(cell)
        except Unreadable as wrong:
            raise _Wrong("phone_length", "phone", cell, str(wrong)) from wrong
        phone = "、".join(phones)
        return (phone if len(phone) <= PHONE_LENGTH else phones[0]), mended

    def _read_birth(self, cell: Cell, known: date | None) -> date | None:
        try:
            written = date_of(cell)
        except Unreadable as strange:
            raise _Wrong("date_invalid", "birth", cell, str(strange)) from strange
        if written and written[0] > self.work.today:
            raise _Wrong("date_invalid", "birth", cell, "出生日期在今天之后，请核对")
        if known is None:
            return written[0] if written else None
        if written and not _agrees(written, known):
            reason = f"按身份证号码应为 {known.isoformat()}，请核对出生日期和号码"
            raise _Wrong("birth_differs_from_id", "birth", cell, reason)
        return known


class _Wrong(Exception):
    """A cell that refuses its row."""

    def __init__(self, kind: str, field: str, value: Cell, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.field, self.value, self.reason = kind, field, value, reason


def _wrong_id(facts: IdFacts, cell: Cell) -> _Wrong:
    number = facts.number
    if facts.state == "shape":
        reason = f"身份证号码应为18位，这里是“{number}”（{len(number)}位），请按证件重填"
        return _Wrong("id_number_damaged", "id_number", cell, reason)
    if facts.state == "birth":
        return _Wrong("id_checksum", "id_number", cell, "身份证号码里的出生日期不存在，请按证件核对")
    cause = "末三位可能被表格软件改成了0" if number.endswith("000") else "其中有数字写错"
    return _Wrong("id_checksum", "id_number", cell, f"身份证号码最后一位对不上，{cause}，请按证件核对")


def _agrees(written: tuple[date, str], known: date) -> bool:
    day, exact = written
    if exact == "day":
        return day == known
    if day.year != known.year:
        return False
    # A spreadsheet that keeps 1986.10 as a number shows 1986.1: both months are meant.
    return exact == "year" or day.month == known.month or {day.month, known.month} == {1, 10}
