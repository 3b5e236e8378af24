"""How fast a grid of 5,000 households is split: the whole step against the bare SQL updates. Run as a script.

Both move the same half of the households and residents in the same sort of encrypted file. The whole step also checks,
works out what follows what, writes where each record stood, logs every row before and after, and can be undone.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import update

from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.db.unit import Unit
from gridoffice.domain import setup
from gridoffice.domain.people import Household, Resident
from tests.make import Make

HOUSEHOLDS = 5000
PER_HOUSE = 3
ROUNDS = 3


def _fill(office: Office) -> tuple[int, int, list[int]]:
    """A grid with its households and residents, another one beside it; the households that go."""
    make = Make(office)
    grid = make.grid(make.village("石桥村", code="990102101200"), "石桥村第1网格", code="99010210120001")
    other = make.grid(name="东河村第1网格")
    houses: Any = Household.__table__
    people: Any = Resident.__table__
    with office.unit("导入") as session:
        work: Unit = session.info["unit"]
        rows = [{"number": f"{n:05d}", "unit_id": grid.id, "address": f"{n % 8 + 1}组{n}号"} for n in range(HOUSEHOLDS)]
        ids = work.bulk_insert(houses, rows)
        work.bulk_insert(
            people,
            [
                {"name": "李一", "unit_id": grid.id, "household_id": ids[n // PER_HOUSE]}
                for n in range(HOUSEHOLDS * PER_HOUSE)
            ],
        )
    return grid.id, other.id, list(ids)[: HOUSEHOLDS // 2]


def _bare(office: Office, other: int, going: list[int]) -> float:
    """The two updates alone, in one transaction, then taken back."""
    start = time.perf_counter()
    with office.engine.connect() as connection:
        for first in range(0, len(going), 500):
            some = going[first : first + 500]
            connection.execute(update(Household).where(Household.id.in_(some)).values(unit_id=other))
            connection.execute(update(Resident).where(Resident.household_id.in_(some)).values(unit_id=other))
        spent = time.perf_counter() - start
        connection.rollback()
    return spent


def _each(office: Office, other: int, going: list[int]) -> float:
    """The same row by row as executemany, what a program does that knows each row."""
    start = time.perf_counter()
    with office.engine.connect() as connection:
        from sqlalchemy import bindparam

        houses: Any = Household.__table__
        people: Any = Resident.__table__
        one = update(houses).where(houses.c.id == bindparam("b")).values(unit_id=other)
        many = update(people).where(people.c.household_id == bindparam("b")).values(unit_id=other)
        connection.execute(one, [{"b": number} for number in going])
        connection.execute(many, [{"b": number} for number in going])
        spent = time.perf_counter() - start
        connection.rollback()
    return spent


def _split(office: Office, grid: int, going: list[int]) -> tuple[float, float]:
    from gridoffice.modules.grids import redraw
    from gridoffice.modules.grids.redraw import Part, Redrawing

    parts = (Part("石桥村第1网格", "99010210120001", unit_id=grid), Part("石桥村第2网格", "99010210120009"))
    wanted = Redrawing((grid,), parts, {"households": dict.fromkeys(going, 1)})
    start = time.perf_counter()
    redraw.carry_out(office, wanted)
    done = time.perf_counter()
    office.undo()
    return done - start, time.perf_counter() - done


def main() -> None:
    """Print the times (the quickest of several rounds) and how they compare."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["GRIDOFFICE_HOME"] = str(Path(name) / "home")
        office = store.create(Path(name) / "快慢.office")
        setup.prepare(office, name="云溪镇")
        grid, other, going = _fill(office)
        rounds = [
            (_bare(office, other, going), _each(office, other, going), *_split(office, grid, going))
            for _ in range(ROUNDS)
        ]
        office.close()
    bare, each, done, undone = (min(times) for times in zip(*rounds, strict=True))
    moved = len(going) * (1 + PER_HOUSE)
    print(f"拆分 {HOUSEHOLDS:,} 户的网格，移动 {len(going):,} 户和其中的人（共 {moved:,} 条）：{done:.2f} 秒")
    print(f"撤销：{undone:.2f} 秒")
    print(f"只有 UPDATE：{bare:.3f} 秒；逐条 UPDATE：{each:.3f} 秒")
    print(f"比：{done / bare:.1f}（对 UPDATE），{done / each:.1f}（对逐条 UPDATE）")


if __name__ == "__main__":
    main()
