"""Fields as people type into them: days in every short form, figures, choices found by letters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridoffice.core.typed_day import read_day
from gridoffice.ui.fields import ChoiceInput, Field, Input, make_input

FRIDAY = date(2026, 11, 20)
PEOPLE = ((1, "唐琪（石桥村）"), (2, "何敏（东河村）"), (3, "唐琪（石桥村）"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-05", date(2026, 11, 5)),
        ("2026.1.5", date(2026, 1, 5)),
        ("2026/1/5", date(2026, 1, 5)),
        ("2026年1月5日", date(2026, 1, 5)),
        ("20260105", date(2026, 1, 5)),
        ("２０２６０１０５", date(2026, 1, 5)),
        ("1120", FRIDAY),
        ("11-3", date(2026, 11, 3)),
        ("1月5日", date(2026, 1, 5)),
        ("今天", FRIDAY),
        ("=", FRIDAY),
        ("+7", date(2026, 11, 27)),
        ("-1", date(2026, 11, 19)),
        ("周五", FRIDAY),
        ("周日", date(2026, 11, 22)),
        ("星期天", date(2026, 11, 22)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert read_day(text, FRIDAY) == day


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "0230", "昨晚", "123", "2026-1-1-1", "周八", "+", "99999999", "+9999999999"]
)
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        read_day(text, FRIDAY)


def made(qtbot: QtBot, field: Field) -> Input:
    shown = make_input(field)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_a_typed_day_settles_into_its_long_form_and_f9_puts_today(qtbot: QtBot) -> None:
    day: Any = made(qtbot, Field("day", "日期", "date"))
    qtbot.keyClicks(day.inner, "20260105")
    day.inner.editingFinished.emit()
    assert day.inner.text() == "2026-01-05"
    day.inner.setText("13月")
    day.inner.editingFinished.emit()
    assert day.inner.property("wrong") is True
    day.inner.actions()[-1].trigger()
    assert day.value() == date.today()


def test_figures_are_read_wide_and_narrow_and_words_are_refused(qtbot: QtBot) -> None:
    number = made(qtbot, Field("n", "户数", "number"))
    number.put("１２")
    assert number.value() == 12
    number.put("")
    assert number.value() is None
    number.put("十二")
    with pytest.raises(ValueError, match="“户数”要填数字"):
        number.value()
    decimal = made(qtbot, Field("n", "面积", "decimal"))
    decimal.put(12.0)
    assert decimal.value() == 12.0


def test_of_two_namesakes_the_picked_one_counts(qtbot: QtBot) -> None:
    for number in (1, 3):
        pick = made(qtbot, Field("who", "人员", "pick", choices=PEOPLE))
        pick.put(number)
        assert pick.value() == number


@pytest.mark.qt_log_ignore("This plugin does not support")  # popups in memory neither rise nor grab keys
def test_a_person_is_found_by_letters(qtbot: QtBot) -> None:
    pick = made(qtbot, Field("who", "人员", "pick", choices=PEOPLE))
    assert isinstance(pick, ChoiceInput)
    box = pick.inner
    line, completer = box.lineEdit(), box.completer()
    assert line is not None
    assert completer is not None
    qtbot.keyClicks(line, "hm")
    assert completer.completionCount() == 1
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    popup.setCurrentIndex(completer.completionModel().index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert pick.value() == 2


@pytest.mark.qt_log_ignore("This plugin does not support")  # popups in memory neither rise nor grab keys
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_enter_takes_the_first_of_what_is_listed(qtbot: QtBot, key: Qt.Key) -> None:
    pick = made(qtbot, Field("who", "人员", "pick", choices=PEOPLE))
    assert isinstance(pick, ChoiceInput)
    line, completer = pick.inner.lineEdit(), pick.inner.completer()
    assert line is not None
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.keyClicks(line, "tq")
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, key)
    assert pick.value() == 1
    assert not popup.isVisible()


def test_what_is_not_on_the_list_is_told_unless_the_list_is_open(qtbot: QtBot) -> None:
    pick = made(qtbot, Field("who", "人员", "pick", choices=PEOPLE))
    assert isinstance(pick, ChoiceInput)
    pick.inner.setEditText("无名")
    with pytest.raises(ValueError, match="没有“无名”"):
        pick.value()
    pick.inner.setEditText("")
    assert pick.value() is None
    free = made(qtbot, Field("post", "岗位", "choice", choices=(("a", "甲"),), is_open=True))
    free.put("自定")
    assert free.value() == "自定"


def test_many_ticks_and_one(qtbot: QtBot) -> None:
    many = made(qtbot, Field("tags", "类别", "multi", choices=(("p", "党员"), ("v", "退役军人"))))
    many.put(["v"])
    assert many.value() == ["v"]
    many.put(None)
    assert many.value() == []
    tick = made(qtbot, Field("is_public", "公开", "check"))
    tick.put(True)
    assert tick.value() is True
