"""Staff and their posts as sheets name them: the same person found again, who heads, works or stands in where."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import pinyin
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import ASSISTANT, GENERAL, HEAD, STAND_IN, WORKER, Assignment, Network, Role
from gridoffice.domain.staff import Staff
from gridoffice.exchange.report import CHANGED, NEW, SAME
from gridoffice.exchange.store import Values
from gridoffice.exchange.work import Work


class Posts:
    """Staff and assignments of the general network during one import."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.staff = work.store(Staff)
        self.assignments = work.store(Assignment)
        self.by_id = self.staff.index(lambda row: row["id_number"])
        self._by_name: dict[str, list[int]] = {}
        self._named = 0
        self._held = self.assignments.index(
            lambda row: (row["staff_id"], row["role_id"], row["unit_id"]) if row["end"] is None else None
        )
        wanted = select(Role.key, Role.id).join(Network, Role.network_id == Network.id).where(Network.key == GENERAL)
        self.roles = {key: role_id for key, role_id in work.session.execute(wanted)}
        if WORKER not in self.roles:
            raise OfficeError("这个办公文件还没有岗位设置", safe="没有写入任何内容", do="请先新建办公室，再导入")

    def named(self, name: str) -> list[int]:
        """Everyone of this name, those planned so far included."""
        if self._named != len(self.staff.rows):
            self._by_name.clear()
            for row_id, row in self.staff.rows.items():
                self._by_name.setdefault(row["name"], []).append(row_id)
            self._named = len(self.staff.rows)
        return self._by_name.get(name, [])

    def find(
        self, name: str, phone: str, id_number: str | None, unit_id: int | None, used: Collection[int] = ()
    ) -> int | None:
        """The person a row means: by ID, else name with telephone, else name at that unit, else the only one so named.

        Two people with different ID numbers are never one; who is in `used` (met before in the same list) is found
        by ID or telephone only, so that namesakes stay two.
        """
        if id_number and id_number in self.by_id:
            return self.by_id[id_number]
        people = [one for one in self.named(name) if not (id_number and self.staff.rows[one]["id_number"])]
        if phone:
            same = [one for one in people if phone in self.staff.rows[one]["phone"].split("、")]
            if same:
                return same[0]
        people = [one for one in people if one not in used]
        there = [one for one in people if self._is_at(one, unit_id)]
        if len(there) == 1:
            return there[0]
        quiet = [one for one in people if not phone or not self.staff.rows[one]["phone"]]
        return quiet[0] if len(quiet) == 1 and len(people) == 1 else None

    def _is_at(self, staff_id: int, unit_id: int | None) -> bool:
        return unit_id is not None and any((staff_id, role, unit_id) in self._held for role in self.roles.values())

    def put(self, row_id: int | None, values: Values) -> tuple[int, str, list[tuple[str, Any, Any]]]:
        """Add or change a person; pinyin and telephone tail follow."""
        full, initials = pinyin(values["name"])
        tail = values.get("phone", "").partition("、")[0][-4:]
        derived = {"pinyin": full, "initials": initials, "phone_tail": tail}
        if "id_number" in values:
            derived["id_tail"] = (values["id_number"] or "")[-4:]
        return self.staff.put(row_id, {**values, **derived})

    def assign(self, staff_id: int, role: str, unit_id: int, start: date | None, end: date | None = None) -> str:
        """Give a person a role at a unit; gives new, changed or same."""
        key = (staff_id, self.roles[role], unit_id)
        held = self._held.get(key)
        if held is not None:
            found = self.assignments.change(held, {"start": start, "end": end})
            return CHANGED if found else SAME
        if end is not None and self._has_ended(key, end):
            return SAME
        self.assignments.add({"staff_id": staff_id, "role_id": key[1], "unit_id": unit_id, "start": start, "end": end})
        return NEW

    def _has_ended(self, key: tuple[int, int, int], end: date) -> bool:
        return any(
            (row["staff_id"], row["role_id"], row["unit_id"]) == key and row["end"] == end
            for row in self.assignments.rows.values()
        )

    def end_left(self, staff_id: int, named: set[tuple[str, int]]) -> list[str]:
        """End the posts of a person at grids a list no longer names for that person; gives the units' names."""
        keep = {(self.roles[role], unit) for role, unit in named}
        roles = {role for role, _unit in keep}
        units = self.work.store(GridUnit).rows
        left = []
        for row_id, row in self.assignments.rows.items():
            mine = row_id > 0 and row["end"] is None and row["staff_id"] == staff_id and row["role_id"] in roles
            if mine and (row["role_id"], row["unit_id"]) not in keep:
                self.assignments.change(row_id, {"end": self.work.today - timedelta(days=1)})
                left.append(str(units[row["unit_id"]]["name"]))
        return left

    def end_others(self, staff_id: int, role: str, unit_id: int) -> list[str]:
        """End the role of everyone else who holds it at a unit since before this import; gives their names."""
        names = []
        for row_id, row in self.assignments.rows.items():
            if row_id < 0 or row["end"] is not None or row["staff_id"] == staff_id:
                continue
            if row["unit_id"] == unit_id and row["role_id"] == self.roles[role]:
                self.assignments.change(row_id, {"end": self.work.today - timedelta(days=1)})
                names.append(str(self.staff.rows[row["staff_id"]]["name"]))
        return names


def posts(work: Work) -> Posts:
    """The staff and posts of this import."""
    return work.shared("posts", lambda: Posts(work))


def role_of(post: str, ab: str, is_village: bool) -> str:
    """The role a post means: B岗 stands in, 网格长 heads, 协管员 and informants assist, all others are grid workers."""
    if not ab.upper().startswith(("A", "主")) and any(word in ab.upper() for word in ("B", "备", "副")):
        return STAND_IN
    if "网格长" in post or (is_village and any(word in post for word in ("书记", "主任"))):
        return HEAD
    if any(word in post for word in ("协管", "信息员", "楼栋长", "楼长", "单元长", "中心户长", "助理", "志愿")):
        return ASSISTANT
    return WORKER
