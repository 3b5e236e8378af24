"""Splitting, merging, changed codes and a past day on PostgreSQL: undo restores every row there too."""

from __future__ import annotations

from gridoffice.db import store
from gridoffice.domain import setup
from gridoffice.domain.listing import Query
from gridoffice.modules.cases.meeting import slides as case_slides
from gridoffice.modules.grids import redraw, service
from gridoffice.modules.grids.redraw import Part, Redrawing
from gridoffice.modules.patrols.coverage import COVERAGE
from gridoffice.modules.patrols.coverage import slides as patrol_slides
from tests.db.test_schema import server
from tests.make import Make
from tests.modules.grids.redrawing import DAY, EVE, LAST_MONTH, everything, township

__all__ = ["server"]


def test_postgresql_redraws_looks_back_and_takes_back(server: str) -> None:
    office = store.open_office(server)
    try:
        setup.prepare(office, name="云溪镇")
        office.on = DAY
        town = township(Make(office))
        figures = [case_slides(office, LAST_MONTH), patrol_slides(office, LAST_MONTH)]
        before = everything(office)
        # Both new parts take other codes, one of them that of the grid that ends: undo must free it first.
        parts = tuple(Part(f"石桥村{word}网格", f"9901021012000{n}", holders_of=town.grid.id) for n, word in
                      ((1, "南"), (3, "北")))  # fmt: skip
        where = {"households": {house.id: 1 for house in town.houses[2:]}}
        units = redraw.carry_out(office, Redrawing((town.grid.id,), parts, where))
        after = everything(office)
        office.undo()
        assert everything(office) == before
        office.redo()
        assert everything(office) == after
        assert [case_slides(office, LAST_MONTH), patrol_slides(office, LAST_MONTH)] == figures
        grids = service.LISTINGS[0]
        assert sorted(grids.ids(office, Query(DAY, text="99010210120001", view="grids"))) == sorted(units)
        assert grids.ids(office, Query(EVE, view="grids")) == [town.grid.id, town.other.id]
        assert COVERAGE.count(office, Query(DAY)) == 3
        swapped = {units[0]: "99010210120003", units[1]: "99010210120001"}
        service.move(office, units[0], town.village.id, codes=swapped)
        office.undo()
        assert everything(office) == after
        merged = Redrawing(tuple(units), (Part("石桥村第1网格", "99010210120001", holders_of=units[0]),))
        redraw.carry_out(office, merged)
        office.as_of = EVE
        card = service.card(office, town.grid.id)
        assert card is not None
        assert (card.residents, card.registered_households, card.premises, card.open_cases) == (4, 4, 1, 1)
        office.as_of = None
        assert [office.undo(), office.undo()] == [
            "合并 石桥村南网格、石桥村北网格 为 石桥村第1网格", "拆分 石桥村第1网格 为 2 个网格",
        ]  # fmt: skip
        assert everything(office) == before
    finally:
        office.close()
