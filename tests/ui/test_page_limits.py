"""The sections 事项时限 and 工作日历 by real clicks: tried, saved, undone; a day made a holiday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from gridoffice.db.office import Office
from gridoffice.domain import loop
from gridoffice.domain.work import Case
from gridoffice.modules.office import limits
from gridoffice.ui.window import MainWindow
from tests.press import meanwhile, press

START = datetime(2026, 11, 20, 9, 0)
OPEN = Callable[[Office], MainWindow]


@pytest.fixture
def case(office: Office) -> int:
    """A coordinated case accepted on START."""
    office.on = START.date()
    with office.unit("登记") as session:
        made = Case(title="三组路灯不亮", kind="K2", found_on=START.date())
        loop.collect(session, made, who="唐琪", now=START)
        loop.act(session, made, "accept", loop.Given("内勤", START))
        return made.id


def due(office: Office, case: int) -> date | None:
    with office.read() as session:
        return session.get_one(Case, case).due_on


def test_limits_are_tried_then_saved_for_what_runs_too(office: Office, case: int, opened: OPEN) -> None:
    window = opened(office)
    section: Any = window.open("office", view="limits").section()  # type: ignore[attr-defined]
    section.boxes["K2", "handle"].number.setText("2")
    press(section, "先看看会怎样")
    assert "1 件的时限会变" in section.told.text() and "11月24日 1 件" in section.told.text()
    assert due(office, case) == date(2026, 11, 27)
    failed = meanwhile(lambda dialog: press(dialog, "正在办的也按新规定"))
    press(section, "保存")
    assert failed == []
    assert due(office, case) == date(2026, 11, 24)
    window.undo()
    assert due(office, case) == date(2026, 11, 27)


def test_a_wrong_time_is_told_in_place(office: Office, opened: OPEN) -> None:
    section: Any = opened(office).open("office", view="limits").section()  # type: ignore[attr-defined]
    section.end.setText("晚上")
    press(section, "保存")
    assert "下班时间“晚上”不对" in section.told.text()


def test_a_day_is_made_a_holiday_and_back(office: Office, case: int, opened: OPEN) -> None:
    window = opened(office)
    section: Any = window.open("office", view="calendar").section()  # type: ignore[attr-defined]
    assert section.days[date(2026, 10, 1)].text() == "1休"
    assert section.days[date(2026, 10, 10)].text() == "10班"
    section.set(date(2026, 11, 25), "holiday", "县庆")
    assert section.days[date(2026, 11, 25)].text() == "25休·"
    assert due(office, case) == date(2026, 11, 30)
    window.undo()
    assert due(office, case) == date(2026, 11, 27)
    press(section, "下一年 ›")
    assert "请按当年的放假通知" in section.source.text()
    assert limits.source(2027)[1] is False
