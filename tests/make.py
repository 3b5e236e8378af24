"""Factories: valid records by default, each in a unit of its own."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import select

from gridoffice.core.text import pinyin
from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.domain import clocks, networks, work
from gridoffice.domain.grids import GRID, TOWN, VILLAGE, GridUnit
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff

T = TypeVar("T", bound=Record)


def id_number(born: date = date(1960, 1, 1), serial: int = 1, area: str = "990102") -> str:
    """A formally right, invented ID number (area 99 does not exist)."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


class Make:
    """Valid records in one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.serial = 0

    def _next(self) -> int:
        self.serial += 1
        return self.serial

    def add(self, record: T) -> T:
        """Put a record in under its own unit."""
        with self.office.unit(f"新建 {type(record).__name__}") as session:
            session.add(record)
        return record

    def _named(self, values: dict[str, Any]) -> dict[str, Any]:
        full, initials = pinyin(values["name"])
        phone = values.get("phone", "")
        tail = {"phone_tail": phone[-4:]} if "phone" in values else {}
        if values.get("id_number"):
            tail["id_tail"] = values["id_number"][-4:]
        return {"pinyin": full, "initials": initials, **tail, **values}

    def town(self) -> GridUnit:
        """The township of the prepared office."""
        with self.office.read() as session:
            return session.scalars(select(GridUnit).where(GridUnit.level == TOWN)).one()

    def village(self, name: str = "石桥村", **values: Any) -> GridUnit:
        """A village under the township."""
        return self.add(
            GridUnit(**self._named({"level": VILLAGE, "name": name, "parent_id": self.town().id, **values}))
        )

    def grid(self, village: GridUnit | None = None, name: str = "", **values: Any) -> GridUnit:
        """A grid under a village."""
        village = village or self.village()
        number = self._next()
        name = name or f"{village.name}第{number}网格"
        basic = {"level": GRID, "name": name, "parent_id": village.id, "code": f"990102101200{number:02d}"}
        return self.add(GridUnit(**self._named({**basic, **values})))

    def staff(self, name: str = "张建国", **values: Any) -> Staff:
        """A grid worker with a phone."""
        basic = {"name": name, "phone": f"1380000{self._next():04d}", "post": "专职网格员"}
        return self.add(Staff(**self._named({**basic, **values})))

    def assign(self, person: Staff, unit: GridUnit, role: str = networks.WORKER, **values: Any) -> networks.Assignment:
        """A role of the general network, held since ever."""
        with self.office.read() as session:
            role_id = networks.role(session, role).id
        return self.add(networks.Assignment(staff_id=person.id, unit_id=unit.id, role_id=role_id, **values))

    def household(self, unit: GridUnit | None = None, **values: Any) -> Household:
        """A household in a grid."""
        basic = {"number": f"{self._next():05d}", "unit_id": unit.id if unit else None, "address": "1组1号"}
        return self.add(Household(**{**basic, **values}))

    def resident(self, name: str = "李秀兰", household: Household | None = None, **values: Any) -> Resident:
        """A resident with a right ID number."""
        basic: dict[str, Any] = {
            "name": name,
            "sex": "女",
            "born": date(1960, 1, 1),
            "id_number": id_number(serial=2 * self._next()),
            "phone": f"1390000{self._next():04d}",
            "household_id": household.id if household else None,
            "unit_id": household.unit_id if household else None,
        }
        return self.add(Resident(**self._named({**basic, **values})))

    def premises(self, name: str = "石桥便民超市", unit: GridUnit | None = None, **values: Any) -> Premises:
        """A small shop."""
        basic = {
            "number": f"CS{self._next():04d}",
            "name": name,
            "kind": "小购物",
            "unit_id": unit.id if unit else None,
        }
        return self.add(Premises(**self._named({**basic, "phone": f"1370000{self._next():04d}", **values})))

    def case(self, title: str = "三组路灯不亮", **values: Any) -> work.Case:
        """A collected case found today."""
        found = values.pop("found_on", date.today())
        full, initials = pinyin(title)
        basic = {"title": title, "category": "市政设施", "kind": "K2", "found_on": found, "text": title}
        with self.office.read() as session:
            number = work.next_number(session, found.year)
        basic |= {"number": number, "due_on": clocks.due_on("K2", found), "pinyin": full, "initials": initials}
        row = {"state": work.COLLECTED, **basic, **values}
        clock = clocks.columns(row["kind"], row["state"], datetime.combine(found, time(9)), row["due_on"])
        if clock["red_at"] is not None and "due_on" in values:
            clock = {"red_at": datetime.combine(row["due_on"], time(17, 30)), "amber_at": clock["amber_at"]}
        return self.add(work.Case(**{**clock, **row}))
