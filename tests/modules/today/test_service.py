"""今日: numbers grouped by module, short lists of what presses, first steps that tick themselves."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from gridoffice.core.module import Module, load, modules
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.work import CLOSED
from gridoffice.modules.today import service
from tests.make import Make

DAY = date(2026, 11, 20)


@pytest.fixture
def only_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """今日 over the modules of patrols and cases alone."""
    some: tuple[Module, ...] = tuple(module for module in modules() if module.key in ("patrols", "cases", "today"))
    monkeypatch.setattr(service, "modules", lambda: some)


def test_numbers_are_grouped_in_tab_order(office: Office, make: Make, only_work: None) -> None:
    make.case(found_on=DAY, due_on=DAY)
    found = service.groups(office, DAY)
    assert [group.title for group in found] == ["巡查", "事项"]
    assert (found[1].counts[0].title, found[1].counts[0].number) == ("未办结", 1)
    assert all(count.module == group.module for group in found for count in group.counts)


def test_late_cases_are_listed_first_rows_and_whole_number(office: Office, make: Make, only_work: None) -> None:
    grid = make.grid(name="石桥村第1网格")
    for days in range(1, 9):
        found = DAY - timedelta(days=days)
        make.case(f"第{days}件", found_on=found, due_on=found, unit_id=grid.id)
    make.case("已办完", found_on=DAY - timedelta(days=30), state=CLOSED, closed_on=DAY)
    [late] = service.short_lists(office, DAY)
    assert (late.title, late.module, late.view, late.number) == ("逾期事项", "cases", "late", 8)
    assert len(late.lines) == service.LONGEST
    assert (late.lines[0].text, late.lines[0].detail) == ("第8件", "石桥村第1网格")
    assert late.lines[0].standing == "late|待受理，逾期 8 天"


def test_first_steps_tick_themselves(office: Office, make: Make, tmp_path: Path) -> None:
    assert service.is_empty(office)
    assert [step.is_done for step in service.first_steps(office)] == [False, False, False, False]
    with office.unit("设置监督电话") as session:
        settings.put(session, "supervise_phone", "0000-1234567")
    grid = make.grid()
    make.assign(make.staff(), grid)
    assert not service.is_empty(office)
    assert [step.is_done for step in service.first_steps(office)] == [True, True, True, False]
    load("gridoffice.modules.documents.paper:recovery_sheet")(office, tmp_path / "恢复单.pdf")
    assert all(step.is_done for step in service.first_steps(office))


def test_the_sample_is_known(office: Office) -> None:
    assert not service.is_sample(office)
    with office.unit("示例") as session:
        settings.put(session, "sample", "1")
    assert service.is_sample(office)
