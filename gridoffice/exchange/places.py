"""Finding the grid unit a cell means: by code, by full name, by village and short name; and the nearest right name."""

import re
from difflib import get_close_matches
from functools import lru_cache

from gridoffice.domain.grids import GRID, MICRO, TOWN, VILLAGE
from gridoffice.domain.tree import Tree
from gridoffice.exchange.store import Store, Values
from gridoffice.exchange.values import Cell, squeezed

_VILLAGE_TAIL = re.compile(r"(村民委员会|居民委员会|村委会|居委会|行政村|社区村|社区|村)$")
_NUMBERED = re.compile(r"第?0*(\d+)号?(?:网格|格)")
_CHINESE_NUMBERED = re.compile(r"第?([一二三四五六七八九十百零]+)号?(?:网格|格)")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}


def village_key(name: str) -> str:
    """Write a village's name without its tail: 东河村, 东河村委会 and 东河 are the same place."""
    return _VILLAGE_TAIL.sub("", name) or name


@lru_cache(maxsize=4096)
def grid_key(name: str) -> str:
    """Write a grid's short name so that 第7网格, 第07网格, 7网格 and 第七网格 are the same."""
    found = _NUMBERED.fullmatch(name)
    if found:
        return f"#{int(found[1])}"
    chinese = _CHINESE_NUMBERED.fullmatch(name)
    if chinese:
        return f"#{_chinese_number(chinese[1])}"
    return name.strip("()（）")


def _chinese_number(text: str) -> int:
    total, digit = 0, 0
    for sign in text:
        if sign == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif sign == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS[sign]
    return total + digit


class Places:
    """Looks units up in a store of grid units that grows while sheets are planned."""

    def __init__(self, units: Store, tree: Tree | None = None) -> None:
        self.units = units
        self._codes = units.index(lambda row: row["code"] or None if _stands(row) else None)
        self._villages = units.index(
            lambda row: village_key(row["name"]) if row["level"] == VILLAGE and _stands(row) else None
        )
        self._short = units.index(self._short_key)
        self._full = units.index(lambda row: row["name"] if row["level"] in (GRID, MICRO) and _stands(row) else None)
        self._gone: dict[tuple[int | None, str], int] = {}
        self.pasts: dict[int, set[str | int | None]] = {}  # names, codes and parents a unit had before
        self.tree = tree
        for unit_id, parent_id, name, code in tree.old_names() if tree is not None else ():
            self._remember(unit_id, parent_id, name, code)
        self._known: dict[tuple[Cell, Cell, Cell], int | None] = {}
        self._size = -1

    def _short_key(self, row: Values) -> tuple[int, str] | None:
        if row["level"] not in (GRID, MICRO) or row["parent_id"] is None or not _stands(row):
            return None
        parent = self.units.rows[row["parent_id"]]["name"]
        return row["parent_id"], grid_key(_without_village(row["name"], parent))

    def _remember(self, unit_id: int, parent_id: int | None, name: str, code: str | None) -> None:
        """Note under which code, name and short name a unit went before."""
        self.pasts.setdefault(unit_id, set()).update((name, code, parent_id))
        if code:
            self._gone[(None, code)] = unit_id
        self._gone[(None, name)] = unit_id
        if parent_id is not None:
            above = str(self.units.rows[parent_id]["name"])
            self._gone[(parent_id, grid_key(_without_village(name, above)))] = unit_id
            # Its village may have another name since, or be merged itself: sheets of then name the village of then.
            if self.units.rows[parent_id]["level"] == VILLAGE:
                self._gone[(None, village_key(above) + grid_key(_without_village(name, above)))] = unit_id

    def _formerly(self, village: str, grid: str, code: str) -> int | None:
        """The unit that went by this code or name before."""
        keys: list[tuple[int | None, str]] = [(None, word) for word in (code, grid) if word]
        home = self._villages.get(village_key(village)) if village else None
        if grid and home is not None:
            name = str(self.units.rows[home]["name"])
            keys += [(home, grid_key(_without_village(grid, name))), (None, village + grid), (None, name + grid)]
        if village:
            rest = grid_key(_without_village(grid, village)) if grid else ""
            keys.append((None, village_key(village) + rest if grid else village))
        return next((self._gone[key] for key in keys if key in self._gone), None)

    def became(self, village: Cell, grid: Cell, code: Cell = "") -> tuple[int | None, list[int]]:
        """For a code or name that no unit has any more: whose it was, and which units stand there now."""
        old = self._formerly(squeezed(village), squeezed(grid), squeezed(code))
        if old is None or self.tree is None:
            return None, []
        return old, [one for one in self.tree.now_for(old) if one in self.units.rows]

    def why_gone(self, village: Cell, grid: Cell, code: Cell = "") -> str:
        """Why a row's grid cannot be told though it once was one: it ended and is several now; "" otherwise."""
        old, heirs = self.became(village, grid, code)
        if old is None or len(heirs) == 1:
            return ""
        row = self.units.rows[old]
        day = row["end"].isoformat() if row["end"] else ""
        now = "、".join(f"“{self.units.rows[heir]['name']}”" for heir in heirs)
        if not now:
            return f"“{row['name']}”到 {day} 已经撤销"
        return f"“{row['name']}”到 {day} 已经撤并，现在是{now}，请写明是哪一个"

    @property
    def has_grids(self) -> bool:
        """True when the office has any grid at all."""
        return bool(self._full)

    def town(self) -> int | None:
        """The township the tree hangs from, None when there is none yet."""
        towns = (row_id for row_id, row in self.units.rows.items() if row["level"] == TOWN and _stands(row))
        return next(towns, None)

    def village_of(self, unit_id: int) -> str:
        """The name of the village a unit lies in; the unit's own when it stands above the villages."""
        row = self.units.rows[unit_id]
        while row["level"] > VILLAGE and row["parent_id"] is not None:
            row = self.units.rows[row["parent_id"]]
        return str(row["name"])

    def village_in(self, text: str) -> str:
        """The village whose name a text begins with, "" when there is none."""
        for row_id in self._villages.values():
            name = str(self.units.rows[row_id]["name"])
            if text.startswith(name):
                return name
        return ""

    def village(self, name: Cell) -> int | None:
        """The village of this name."""
        text = squeezed(name)
        return self._villages.get(village_key(text)) if text else None

    def child(self, parent: int, name: str) -> int | None:
        """The unit of this name straight under another."""
        return self._short.get((parent, grid_key(_without_village(name, str(self.units.rows[parent]["name"])))))

    def find(self, village: Cell, grid: Cell, code: Cell = "") -> int | None:
        """The grid that a row's cells mean; None when there is none such."""
        if self._size != len(self.units.rows):
            self._known.clear()
            self._size = len(self.units.rows)
        asked = (village, grid, code)
        if asked not in self._known:
            found = self._find(squeezed(village), squeezed(grid), squeezed(code))
            if found is None:
                _old, heirs = self.became(village, grid, code)
                found = heirs[0] if len(heirs) == 1 else found
            self._known[asked] = found
        return self._known[asked]

    def find_now(self, village: Cell, grid: Cell, code: Cell = "") -> int | None:
        """As `find`, by the names and codes of today only."""
        return self._find(squeezed(village), squeezed(grid), squeezed(code))

    def _find(self, village: str, grid: str, code: str) -> int | None:
        if code and code in self._codes:
            return self._codes[code]
        if not grid:
            return self._villages.get(village_key(village)) if village else None
        if grid in self._codes:
            return self._codes[grid]
        home = self._villages.get(village_key(village)) if village else None
        if home is not None:
            under = self._under(home, grid)
            if under is not None:
                return under
        if grid in self._full and (home is None or self.units.rows[self._full[grid]]["parent_id"] == home):
            return self._full[grid]
        for key, row_id in self._villages.items():
            assert isinstance(key, str)
            if grid.startswith(key) and (home is None or row_id == home):
                under = self._under(row_id, grid)
                if under is not None:
                    return under
        return self._villages.get(village_key(grid)) if grid.endswith(("村", "社区", "委会")) else None

    def _under(self, village: int, grid: str) -> int | None:
        name = self.units.rows[village]["name"]
        return self._short.get((village, grid_key(_without_village(grid, name))))

    def hint(self, village: Cell, grid: Cell) -> str:
        """A question that names the nearest right grid, "" when none is near."""
        text = squeezed(grid)
        home = squeezed(village)
        near = (self._nearest(home + text) if home and not text.startswith(home) else "") or self._nearest(text)
        return f"是不是“{near}”？" if near else ""

    def _nearest(self, text: str) -> str:
        names = [str(name) for name in self._full]
        close = get_close_matches(text, names, n=1, cutoff=0.7)
        return close[0] if close else ""


def _stands(row: Values) -> bool:
    """Whether a unit was not merged or split away: an ended one is neither matched nor revived."""
    return row["end"] is None


def _without_village(grid: str, village: str) -> str:
    for name in (village, village_key(village)):
        if grid.startswith(name) and len(grid) > len(name):
            rest = grid[len(name) :]
            tail = _VILLAGE_TAIL_HEAD.match(rest)
            return rest[tail.end() :] if tail and tail.end() < len(rest) else rest
    return grid


_VILLAGE_TAIL_HEAD = re.compile(r"(村民委员会|居民委员会|村委会|居委会|社区|村)")
