"""Reading a person's row: name, ID number, sex, telephone, grid and birth, checked in the fixed order of problems."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gridoffice.domain.identity import IdFacts, read_id
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import SheetResult
from gridoffice.exchange.rows import Cells, getter
from gridoffice.exchange.values import (
    Cell,
    Unreadable,
    date_of,
    id_number_of,
    name_of,
    phones_of,
    sex_of,
    text_of,
)
from gridoffice.exchange.work import Work

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
        self.village, self.grid, self.code = (getter(table, name) for name in ("village", "grid", "grid_code"))
        self._name, self._id, self._sex = (getter(table, name) for name in ("name", "id_number", "sex"))
        self._phone, self._birth = getter(table, "phone"), getter(table, "birth")
        self.has_grid = table.place("grid") >= 0 or table.place("grid_code") >= 0

    def read(self, row: int, cells: Cells) -> Person | None:
        """Read one row; the first problem in the order of PROBLEMS refuses it."""
        name, name_mended = name_of(self._name(cells))
        if not name:
            return self._refuse(row, "name_missing", "name", self._name(cells), "没有填姓名")
        read = self._read_id(row, cells, name)
        if read is None:
            return None
        facts, id_mended = read
        sex = self._read_sex(row, cells, facts)
        if sex is None:
            return None
        try:
            phones, phone_mended = phones_of(self._phone(cells))
        except Unreadable as reason:
            return self._refuse(row, "phone_length", "phone", self._phone(cells), str(reason))
        unit_id, is_known = self.read_unit(row, cells)
        if not is_known:
            return None
        born, is_right = self._read_birth(row, cells, facts)
        if not is_right:
            return None
        phone = "、".join(phones)
        if len(phone) > PHONE_LENGTH:
            phone = phones[0]
        number = facts.number if facts else None
        return Person(name, number, sex, born, phone, unit_id, name_mended or id_mended or phone_mended)

    def _refuse(self, row: int, kind: str, name: str, value: Any, reason: str) -> None:
        self.result.refuse(row, kind, self.table.title_of(name) or name, text_of(value), reason)

    def _read_id(self, row: int, cells: Cells, name: str) -> tuple[IdFacts | None, bool] | None:
        cell = self._id(cells)
        try:
            number, mended = id_number_of(cell)
        except Unreadable as reason:
            return self._refuse(row, "id_number_damaged", "id_number", cell, str(reason))
        if not number:
            return None, False
        facts = read_id(number, self.work.today)
        if facts.state == "shape":
            reason = f"身份证号码应为18位，这里是“{number}”（{len(number)}位），请按证件重填"
            return self._refuse(row, "id_number_damaged", "id_number", cell, reason)
        if facts.state == "birth":
            return self._refuse(row, "id_checksum", "id_number", cell, "身份证号码里的出生日期不存在，请按证件核对")
        if facts.state == "checksum":
            cause = "末三位可能被表格软件改成了0" if number.endswith("000") else "其中有数字写错"
            return self._refuse(row, "id_checksum", "id_number", cell, f"身份证号码最后一位对不上，{cause}，请按证件核对")
        return (facts, mended) if self._is_own(row, cell, number, name) else None

    def _is_own(self, row: int, cell: Cell, number: str, name: str) -> bool:
        first = self.seen.setdefault(number, row)
        if first != row:
            self._refuse(row, "duplicate_id", "id_number", cell, f"与本表第 {first} 行的身份证号码相同，请核对是谁的")
            return False
        owner = self.owner(number)
        if owner and owner != name:
            self._refuse(row, "duplicate_id", "id_number", cell, f"这个号码已经登记在“{owner}”名下，请核对；如是改名请先改原记录")
            return False
        return True

    def _read_sex(self, row: int, cells: Cells, facts: IdFacts | None) -> str | None:
        cell = self._sex(cells)
        try:
            sex = sex_of(cell)
        except Unreadable as reason:
            return self._refuse(row, "value_invalid", "sex", cell, str(reason))
        if facts is None or not facts.sex:
            return sex
        if sex and sex != facts.sex:
            return self._refuse(row, "sex_differs_from_id", "sex", cell, f"按身份证号码应为{facts.sex}，请核对性别和号码")
        return facts.sex

    def read_unit(self, row: int, cells: Cells) -> tuple[int | None, bool]:
        """Find the grid of a row: its id (None when nothing is written), and False when it is wrong."""
        village, grid, code = self.village(cells), self.grid(cells), self.code(cells)
        unit_id = self.work.places.find(village, grid, code)
        if unit_id is not None:
            return unit_id, True
        if not text_of(grid) and not text_of(code) and not text_of(village):
            return None, True
        name = "grid" if text_of(grid) else "village" if text_of(village) else "grid_code"
        value = grid or village or code
        self._refuse(row, "unknown_grid", name, value, self.unknown(village, value))
        return None, False

    def unknown(self, village: Cell, grid: Cell) -> str:
        """Say that a grid is not there, with the nearest right name."""
        if not self.work.places.has_grids:
            return "办公文件里还没有网格，请先导入网格划分表（可与本表一起导入）"
        return f"没有“{text_of(grid)}”这个网格。{self.work.places.hint(village, grid)}".rstrip("。")

    def _read_birth(self, row: int, cells: Cells, facts: IdFacts | None) -> tuple[date | None, bool]:
        cell = self._birth(cells)
        try:
            written = date_of(cell)
        except Unreadable as reason:
            self._refuse(row, "date_invalid", "birth", cell, str(reason))
            return None, False
        if written and written[0] > self.work.today:
            self._refuse(row, "date_invalid", "birth", cell, "出生日期在今天之后，请核对")
            return None, False
        known = facts.birth if facts else None
        if known is None:
            return (written[0] if written else None), True
        if written and not _agrees(written, known):
            reason = f"按身份证号码应为 {known.isoformat()}，请核对出生日期和号码"
            self._refuse(row, "birth_differs_from_id", "birth", cell, reason)
            return None, False
        return known, True


def _agrees(written: tuple[date, str], known: date) -> bool:
    day, exact = written
    if exact == "day":
        return day == known
    if day.year != known.year:
        return False
    # A spreadsheet that keeps 1986.10 as a number shows 1986.1: both months are meant.
    return exact == "year" or day.month == known.month or {day.month, known.month} == {1, 10}
