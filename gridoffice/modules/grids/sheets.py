"""The sheet of the grid division: villages, grids, their counts, village heads and grid workers."""

import re
from datetime import timedelta
from typing import Any

from gridoffice.core.text import pinyin
from gridoffice.domain import settings
from gridoffice.domain.grids import GRID, MICRO, TOWN, VILLAGE, GridPast, GridUnit
from gridoffice.domain.networks import HEAD, STAND_IN, WORKER
from gridoffice.exchange.kinds import SheetKind
from gridoffice.exchange.posts import posts
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import CHANGED, NEW, SAME, SheetResult
from gridoffice.exchange.rows import Cells, Passed, data_rows, getter
from gridoffice.exchange.values import Unreadable, name_of, one_line, phones_of, squeezed, text_of, whole_of
from gridoffice.exchange.work import Work

COUNTS = ("households", "persons", "party_members", "organisations")
_TOWN = re.compile(r"(?:.*[县市区旗省])?([\u4e00-\u9fff]{1,8}?(?:街道|镇|乡(?!镇)|苏木))")
_NO_TOWN = frozenset(["乡镇", "本镇", "我镇", "全镇", "各镇", "城镇", "集镇", "本乡", "全乡", "各乡镇", "街道", "城乡"])


class GridSheet:
    """Plans one sheet of grids."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.work, self.table, self.result = work, table, result
        self.units = work.store(GridUnit)
        self.places = work.places
        self.take = {name: getter(table, name) for name in _FIELDS}
        self.numbers: dict[int, int] = {}
        self.seen: dict[str, int] = {}
        self.heads: set[tuple[int, str]] = set()
        self.heads_of_grids: set[str] = set()
        self.told: set[tuple[str, str]] = set()

    def run(self) -> None:
        """Plan every row."""
        passed = Passed()
        rows = list(data_rows(self.table, passed))
        heads: dict[str, set[str]] = {}
        for _row, cells in rows:
            head = name_of(self.take["head_name"](cells))[0]
            heads.setdefault(squeezed(self.take["village"](cells)), set()).update({head} - {""})
        self.heads_of_grids = {village for village, names in heads.items() if len(names) > 1}
        for row, cells in rows:
            self.plan(row, cells)
        self.result.notices += passed.sentences()

    def plan(self, row: int, cells: Cells) -> None:
        """Plan one grid with its village and its people."""
        grid, micro = (squeezed(self.take[field](cells))[:40] for field in ("grid", "micro"))
        name = grid or micro
        village_name = squeezed(self.take["village"](cells))[:20] or _village_in(name)
        if not name:
            return self.result.refuse(row, "name_missing", self.table.title_of("grid"), "", "没有填网格名称")
        read = self._read(row, cells)
        if read is None:
            return None
        values, people, mended = read
        code = squeezed(self.take["code"](cells))[:30] or None
        village = self._village(village_name) if village_name else self._town()
        if grid and micro:
            row_id, state = self._micro(row, village, village_name, grid, micro, code, values)
        else:
            row_id, state = self._grid(row, village, village_name, name, code, values)
        if row_id is None:
            return None
        has_own_head = squeezed(self.take["village"](cells)) in self.heads_of_grids
        states = {state, *self._people(row_id if has_own_head else village, row_id, people)}
        state = state if state == NEW or states == {SAME} else CHANGED
        self.result.count(row, state, repaired=mended)
        return None

    def _read(self, row: int, cells: Cells) -> tuple[dict[str, Any], dict[str, tuple[str, str]], bool] | None:
        name = ""
        try:
            values: dict[str, Any] = {name: whole_of(self.take[name](cells)) for name in COUNTS}
        except Unreadable as reason:
            wrong = next(name for name in COUNTS if not _is_whole(self.take[name](cells)))
            value = text_of(self.take[wrong](cells))
            self.result.refuse(row, "value_invalid", self.table.title_of(wrong), value, str(reason))
            return None
        values["groups"] = one_line(self.take["groups"](cells))[:100]
        values["boundary"] = one_line(self.take["boundary"](cells))
        values["note"] = one_line(self.take["note"](cells))
        people: dict[str, tuple[str, str]] = {}
        mended = False
        for who in ("head", "worker", "standin"):
            person, was_mended = name_of(self.take[f"{who}_name"](cells))
            name = f"{who}_phone"
            phones: list[str] = []
            try:
                phones = phones_of(self.take[name](cells))[0] if person else []
            except Unreadable as reason:
                # The grid is right all the same: it goes in, and the person without the number.
                if (name, person) not in self.told:
                    value = text_of(self.take[name](cells))
                    self.result.tell(row, "phone_length", self.table.title_of(name), value, str(reason))
                self.told.add((name, person))
            if person:
                people[who] = (person, "、".join(phones)[:30])
                mended = mended or was_mended
        return values, people, mended

    def _town(self) -> int:
        town = self.places.town()
        if town is not None:
            return town
        name = _town_name(self.table.titles) or settings.get(self.work.session, "name")
        name = name or _town_name(self.work.titles) or "本乡镇"
        full, initials = pinyin(name)
        self.result.add("towns_new")
        return self.units.add({"level": TOWN, "name": name, "pinyin": full, "initials": initials})

    def _village(self, name: str) -> int:
        found = self.places.village(name)
        if found is None:
            _old, heirs = self.places.became(name, "")
            found = heirs[0] if heirs else None
        if found is not None:
            return found
        full, initials = pinyin(name)
        town = self._town()
        self.result.add("villages_new")
        sort = sum(row["level"] == VILLAGE for row in self.units.rows.values()) + 1
        values = {"level": VILLAGE, "name": name, "parent_id": town, "pinyin": full, "initials": initials}
        return self.units.add({**values, "sort": sort})

    def _grid(
        self, row: int, village: int, village_name: str, name: str, code: str | None, values: dict[str, Any]
    ) -> tuple[int | None, str]:
        known, is_gone = self._known(row, village_name, name, code)
        if is_gone:
            return None, SAME
        key = f"{village}/{name}"
        first = self.seen.setdefault(code or key, row)
        if first != row:
            title = self.table.title_of("code" if code else "grid")
            self.result.refuse(row, "duplicate_number", title, code or name, f"与第 {first} 行是同一个网格")
            return None, SAME
        self.numbers[village] = self.numbers.get(village, 0) + 1
        full_name = name if name.startswith(village_name[:2]) or not village_name else village_name + name
        full, initials = pinyin(full_name)
        values = {"name": full_name, "code": code, "parent_id": village, "pinyin": full, "initials": initials, **values}
        if known is None:
            return self.units.add({"level": GRID, "sort": self.numbers[village], **values}), NEW
        return known, self._change(row, known, values)

    def _known(self, row: int, village: str, name: str, code: str | None) -> tuple[int | None, bool]:
        """The standing grid a row means; True when it means one that was merged or split away: the row is refused."""
        known = self.places.find_now("", "", code) if code else None
        if known is None:
            known = self.places.find_now(village, name)
            if known is not None and self.units.rows[known]["level"] != GRID:
                known = None
        old, heirs = self.places.became(village, name, code or "") if known is None else (None, [])
        if old is None or self.units.rows[old]["level"] != GRID:
            return known, False
        if heirs == [old]:
            return old, False
        now = "、".join(f"“{self.units.rows[heir]['name']}”" for heir in heirs) or "没有网格"
        reason = f"“{self.units.rows[old]['name']}”到 {self.units.rows[old]['end']} 已经撤并，现在是{now}"
        title = self.table.title_of("grid")
        self.result.refuse(row, "unknown_grid", title, name, f"{reason}；这一行没有写入，请写现在的网格")
        return None, True

    def _change(self, row: int, known: int, values: dict[str, Any]) -> str:
        """Plan what a row changes in a unit; a name, code or place it had before does not come back."""
        pasts = self.places.pasts.get(known, set())
        back = [key for key in ("name", "code", "parent_id") if values[key] and values[key] in pasts]
        if "name" in back:
            back += ["pinyin", "initials"]
        values = {key: value for key, value in values.items() if key not in back}
        unit = self.units.rows[known]
        before = {key: unit[key] for key in ("parent_id", "level", "name", "code")}
        found = self.units.change(known, values)
        self.work.differences(self.result, row, unit["name"], found)
        if known > 0 and any(key in before for key, _old, _new in found):
            self._keep_past(known, before)
        return CHANGED if found else SAME

    def _keep_past(self, known: int, before: dict[str, Any]) -> None:
        """Keep what a unit was until yesterday, once a day."""
        until = self.work.today - timedelta(days=1)
        start = self.units.rows[known]["start"]
        pasts = self.work.store(GridPast)
        is_kept = any(row["unit_id"] == known and row["until"] >= until for row in pasts.rows.values())
        if not is_kept and (start is None or start <= until):
            pasts.add({"unit_id": known, "until": until, **before})

    def _micro(
        self, row: int, village: int, village_name: str, grid: str, name: str, code: str | None, values: dict[str, Any]
    ) -> tuple[int | None, str]:
        """Plan a micro grid and, where it is not there yet, the grid above it."""
        above = self.places.find(village_name, grid)
        if above is None or self.units.rows[above]["level"] != GRID:
            above, _state = self._grid(row, village, village_name, grid, None, {})
            self.result.add("grids_new")
        if above is None:
            return None, SAME
        full_name = name if name.startswith(village_name[:2]) or ("格" in grid and grid in name) else f"{grid}{name}"
        known = self.places.find_now("", "", code) if code else None
        known = self.places.child(above, full_name) if known is None else known
        full, initials = pinyin(full_name)
        values = {"name": full_name, "code": code, "parent_id": above, "pinyin": full, "initials": initials, **values}
        if known is None:
            return self.units.add({"level": MICRO, "sort": row, **values}), NEW
        return known, self._change(row, known, values)

    def _people(self, village: int, grid: int, people: dict[str, tuple[str, str]]) -> list[str]:
        states = []
        team = posts(self.work)
        for who, (name, phone) in people.items():
            unit, role, post = {
                "head": (village, HEAD, "网格长" if village == grid else "村级网格长"),
                "worker": (grid, WORKER, "网格员"),
                "standin": (grid, STAND_IN, "网格员（B岗）"),
            }[who]
            if who == "head":
                if (unit, name) in self.heads:
                    continue
                self.heads.add((unit, name))
            known = team.find(name, phone, None, unit)
            values: dict[str, Any] = {"name": name, "phone": phone}
            if known is None:
                values |= {"post": post, "unit_id": unit}
            staff_id, state, found = team.put(known, values)
            self.work.differences(self.result, 0, name, found)
            if state == NEW:
                self.result.add("staff_new")
            assigned = team.assign(staff_id, role, unit, None)
            if who == "head" and assigned == NEW:
                for old in team.end_others(staff_id, role, unit):
                    self.result.notices.append(f"{post}由{old}改为{name}，{old}的任职到昨天为止")
            states += [SAME if assigned == SAME and state == SAME else CHANGED]
        return states


_FIELDS = (
    "village", "grid", "micro", "code", "groups", "boundary", "note", "head_name", "head_phone", "worker_name",
    "worker_phone", "standin_name", "standin_phone", *COUNTS,
)  # fmt: skip


def _is_whole(cell: Any) -> bool:
    try:
        whole_of(cell)
    except Unreadable:
        return False
    return True


def _village_in(grid: str) -> str:
    found = re.match(r"(.{1,12}?(?:村|社区|居委会|村委会))(?=.)", grid)
    return found[1] if found else ""


def _town_name(titles: list[str]) -> str:
    for line in titles:
        found = _TOWN.match("".join(line.split()))
        if found and found[1] not in _NO_TOWN and len(found[1]) > 1:
            return found[1]
    return ""


def plan(work: Work, table: Table, result: SheetResult) -> None:
    """Plan a sheet of grids."""
    GridSheet(work, table, result).run()


SHEETS = (SheetKind("grids", "网格划分", 10, plan),)
