"""Weeks of the meeting and the collecting of slides."""

from __future__ import annotations

from datetime import date

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.core.figures import Slide
from gridoffice.core.module import Module
from gridoffice.db.office import Office
from gridoffice.modules.meeting import service

THURSDAY = date(2026, 11, 19)


def later(_office: Office, on: date) -> list[Slide]:
    """A module's slides that come late."""
    return [Slide("b", f"随访到期 {on.day} 人", "bars", ("甲村",), total="共 3 人", order=70)]


def sooner(_office: Office, _on: date) -> list[Slide]:
    """A module's slides that come first."""
    return [Slide("a", "本周新增 4 件", "bars", ("甲村",), total="共 4 件", order=10)]


def use(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    found = tuple(Module(name, name, 1, "x", slides=f"{__name__}:{name}") for name in names)
    monkeypatch.setattr(service, "modules", lambda: found)
    monkeypatch.setattr(service, "load", lambda ref: globals()[ref.rpartition(":")[2]])


def test_slides_stand_in_order_behind_their_findings(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "later", "sooner")
    found = service.slides(office, THURSDAY)
    assert [slide.key for slide in found] == [service.SUMMARY, "a", "b"]
    assert found[0].title == "云溪镇网格例会：11月16日—22日要点"
    assert found[0].rows == (("1", "本周新增 4 件", "共 4 件"), ("2", "随访到期 19 人", "共 3 人"))
    assert found[0].period == "2026年11月16日—11月22日"


def test_nothing_to_show_is_a_sentence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch)
    with pytest.raises(OfficeError, match="还没有可以展示的内容"):
        service.slides(office, THURSDAY)


def test_a_past_week_is_told_from_its_sunday_the_running_one_from_today() -> None:
    assert service.day_of(date(2026, 11, 17), THURSDAY) == THURSDAY
    assert service.day_of(date(2026, 11, 10), THURSDAY) == date(2026, 11, 15)


def test_weeks_are_named_and_go_back_over_the_year() -> None:
    found = service.weeks(date(2026, 1, 7), 3)
    assert found[0] == (date(2026, 1, 7), "本周　1月5日—11日")
    assert found[1] == (date(2026, 1, 4), "上周　12月29日—1月4日")
    assert found[2][1] == "2025年 12月22日—28日"
