"""Networks, terms and 查漏补缺 on PostgreSQL: the same files, the same refusals, every rule asks there too."""

from __future__ import annotations

from datetime import date

import pytest

from gridoffice.db import store
from gridoffice.domain import network_update, networks, setup
from gridoffice.domain.networks import WORKER
from gridoffice.domain.staff import Leave
from gridoffice.modules.grids import gaps, term_answers, terms
from gridoffice.modules.grids.term_checks import TermClash
from gridoffice.modules.office import responsibility
from tests.db.test_schema import server
from tests.make import Make

__all__ = ["server"]

DAY = date(2026, 11, 20)


def test_rules_terms_and_networks_on_postgresql(server: str) -> None:
    office = store.open_office(server)
    try:
        setup.prepare(office, name="云溪镇", code="990102101")
        assert network_update.update(office) == []
        office.on = DAY
        make = Make(office)
        grid = make.grid(make.village("石桥村", code="990102101200"), "石桥村第1网格", households=9)
        first, second = make.staff("张建国", phone=""), make.staff("李秀兰", phone="13811112222")
        make.staff("李秀兰", phone="13811112222")
        with office.read() as session:
            worker = networks.role(session, WORKER).id
        terms.appoint(office, grid.id, first.id, worker, date(2024, 7, 1))
        with pytest.raises(TermClash, match="同一时间只能一人"):
            terms.appoint(office, grid.id, second.id, worker, date(2026, 5, 3))
        terms.appoint(office, grid.id, second.id, worker, date(2026, 5, 3), succeed=True)
        assert term_answers.who_was(office, grid.id, date(2026, 5, 2))[0].startswith(
            "2026年5月2日，石桥村第1网格的网格员是 张建国（2024年7月起）"
        )
        make.add(Leave(staff_id=second.id, start=DAY, end=DAY))
        make.household()
        for _ in range(2):
            make.resident("王五", id_number=None, id_tail="123X")
        numbers = {one.rule.key: one.number for one in gaps.counted(office)}
        for rule in gaps.RULES:
            assert numbers[rule.key] == len(gaps.found(office, rule.key)), rule.key
        right = {key for key, number in numbers.items() if number}
        assert right == {
            "no_b", "no_head", "same_phone", "away", "size", "household", "resident", "twin_staff", "twin_born",
            "twin_tail",
        }  # fmt: skip
        fire = next(one.id for one in responsibility.overview(office) if one.key == "fire")
        responsibility.use(office, fire, True)
        assert {one.where for one in gaps.found(office, "no_a")} == {"石桥村第1网格"}
        assert office.undo() == "启用责任网：消防网格"
    finally:
        office.close()
