"""How long it takes to ask which of 10,000 cards, boards of 124 grids and the handbook must be printed anew.

Run: python -m tests.bench.bench_reprint [cards]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

GRIDS, VILLAGES = 124, 20


def measured(what: str, run: Callable[[], Any]) -> Any:
    """Run something and say how long it took."""
    begun = time.perf_counter()
    found = run()
    print(f"{what}: {time.perf_counter() - begun:.2f} s")
    return found


def main(cards: int) -> None:
    """Build the office, issue everything, change one phone, ask."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRIDOFFICE_HOME"] = folder
        from gridoffice.db import store
        from gridoffice.domain import networks, setup
        from gridoffice.domain.grids import GRID, TOWN, VILLAGE, GridUnit
        from gridoffice.domain.networks import Assignment
        from gridoffice.domain.staff import Staff
        from gridoffice.modules.documents import batch, paper, reprint
        from gridoffice.modules.documents.batch import Wanted
        from gridoffice.modules.documents.recipe import maker

        office = store.create(Path(folder) / "大.office")
        setup.prepare(office, name="云溪镇", code="990102101")
        with office.unit("建") as session:
            town = session.scalars(select(GridUnit).where(GridUnit.level == TOWN)).one()
            villages = [GridUnit(level=VILLAGE, name=f"第{n}村", parent_id=town.id) for n in range(VILLAGES)]
            session.add_all(villages)
            session.flush()
            grids = [
                GridUnit(level=GRID, name=f"第{n % VILLAGES}村第{n}网格", parent_id=villages[n % VILLAGES].id)
                for n in range(GRIDS)
            ]
            session.add_all(grids)
            session.flush()
            role = networks.role(session, networks.WORKER).id
            unit = session.info["unit"]
            people = [{"name": f"员{n}", "phone": f"138{n:08d}", "post": "专职网格员"} for n in range(cards)]
            ids = unit.bulk_insert(Staff.__table__, people)
            terms = [{"staff_id": one, "unit_id": grids[n % GRIDS].id, "role_id": role} for n, one in enumerate(ids)]
            unit.bulk_insert(Assignment.__table__, terms)
        out = Path(folder)
        measured(f"issue {cards:,} cards", lambda: paper.cards(office, out / "卡.pdf"))
        each = maker("board").each
        assert each is not None
        boards = [Wanted("board", *one) for one in each(office, maker("board").defaults())]
        measured(f"issue {len(boards)} boards", lambda: batch.issue(office, boards, out))
        measured("issue the handbook", lambda: paper.handbook(office, out / "册.pdf"))
        check = reprint.Check(office)
        answer = measured("first answer", check.answer)
        print(f"compared {answer.compared:,}, outdated {len(answer.parts)}")
        with office.unit("改电话") as session:
            session.get_one(Staff, ids[5]).phone = "13911112222"
        check.forget({"staff"})
        answer = measured("after one phone", check.answer)
        print([one.title for one in answer.parts])
        check.forget({"resident", "patrol"})
        measured("after something else", check.answer)
        office.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
