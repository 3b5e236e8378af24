"""What cells mean: names, numbers, days, times, pressures, labels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from gridoffice.exchange import days, values
from gridoffice.exchange.values import Cell, Unreadable


@pytest.mark.parametrize(
    ("cell", "name", "mended"),
    [
        ("张三", "张三", False),
        (" 张三 ", "张三", False),
        ("张　三", "张三", True),
        ("欧 阳 修", "欧阳修", True),
        ("阿布都・热合曼", "阿布都·热合曼", False),
        ("阿布都·热合曼", "阿布都·热合曼", False),
        ("John  Smith", "John Smith", False),
        ("𬱖𫍽", "𬱖𫍽", False),
        ("　", "", False),
        (None, "", False),
        ("无", "", False),
    ],
)
def test_names(cell: Cell, name: str, mended: bool) -> None:
    assert values.name_of(cell) == (name, mended)


@pytest.mark.parametrize(
    ("cell", "number", "mended"),
    [
        ("99010119861023556x", "99010119861023556X", False),
        ("９９０１０１１９８６１０２３５５６９", "990101198610235569", True),
        ("990101 19861023 5569", "990101198610235569", True),
        ("'990101198610235569", "990101198610235569", False),
        (990101861023556.0, "990101861023556", False),
        ("", "", False),
        ("无", "", False),
    ],
)
def test_id_numbers(cell: Cell, number: str, mended: bool) -> None:
    assert values.id_number_of(cell) == (number, mended)


@pytest.mark.parametrize("cell", [9.90101197910166e17, "9.90101E+17", "9.90101197910166e+17"])
def test_destroyed_id_numbers_say_so(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="丢失"):
        values.id_number_of(cell)


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        (14362259970.0, ["14362259970"]),
        ("14362259970.0", ["14362259970"]),
        ("142 3230 1241", ["14232301241"]),
        ("+86-142-3230-1241", ["14232301241"]),
        ("14232301241、0771-5881234", ["14232301241", "0771-5881234"]),
        ("14232301241/14232301242", ["14232301241", "14232301242"]),
        ("14232301241 14232301242", ["14232301241", "14232301242"]),
        ("无", []),
        ("", []),
    ],
)
def test_phones(cell: Cell, phones: list[str]) -> None:
    assert values.phones_of(cell)[0] == phones


@pytest.mark.parametrize("cell", ["1427042146", "142704214611", "12704214611", "打不通"])
def test_wrong_phones(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        values.phones_of(cell)


@pytest.mark.parametrize(
    ("cell", "day", "exact"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), "day"),
        (datetime(2026, 11, 20, 8), date(2026, 11, 20), "day"),
        ("2026-11-20", date(2026, 11, 20), "day"),
        ("2026/1/2", date(2026, 1, 2), "day"),
        ("2026.1.2", date(2026, 1, 2), "day"),
        ("2026年1月2日", date(2026, 1, 2), "day"),
        ("２０２６－０１－０２", date(2026, 1, 2), "day"),
        ("19990101", date(1999, 1, 1), "day"),
        (19990101.0, date(1999, 1, 1), "day"),
        (46346.0, date(2026, 11, 20), "day"),
        ("46346", date(2026, 11, 20), "day"),
        ("2026-11-20 08:30:00", date(2026, 11, 20), "day"),
        ("1986.10", date(1986, 10, 1), "month"),
        (1986.1, date(1986, 10, 1), "month"),
        (1986.01, date(1986, 1, 1), "month"),
        ("1986年10月", date(1986, 10, 1), "month"),
        ("198610", date(1986, 10, 1), "month"),
        ("1986年", date(1986, 1, 1), "year"),
        ("90.6.24", date(1990, 6, 24), "day"),
        ("05-1-2", date(2005, 1, 2), "day"),
        ("900624", date(1990, 6, 24), "day"),
        ("24/6/1990", date(1990, 6, 24), "day"),
        ("6/24/1990", date(1990, 6, 24), "day"),
        ("1990 6 24", date(1990, 6, 24), "day"),
        ("一九九〇年六月二十四日", date(1990, 6, 24), "day"),
        ("二〇〇五年十二月十日", date(2005, 12, 10), "day"),
        ("一九九零年十一月", date(1990, 11, 1), "month"),
    ],
)
def test_days(cell: Cell, day: date, exact: str) -> None:
    assert days.date_of(cell) == (day, exact)


@pytest.mark.parametrize("cell", ["2026-02-30", "20261301", "昨天", "2026年13月"])
def test_days_that_are_none(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        days.date_of(cell)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("14:05", time(14, 5)),
        ("14：05", time(14, 5)),
        ("8时5分", time(8, 5)),
        ("下午2点", time(14, 0)),
        (0.5, time(12, 0)),
        (time(7, 30), time(7, 30)),
        (datetime(2026, 1, 1, 7, 30, 20), time(7, 30)),
    ],
)
def test_times(cell: Cell, clock: time) -> None:
    assert days.time_of(cell) == clock


@pytest.mark.parametrize(
    ("read", "cell", "wanted"),
    [
        (values.whole_of, "120㎡", 120),
        (values.whole_of, "约12户", 12),
        (values.whole_of, "1,200", 1200),
        (values.whole_of, 3.0, 3),
        (values.whole_of, "", None),
        (values.pressure_of, "156/91", (156, 91)),
        (values.pressure_of, "１５６／９１", (156, 91)),
        (values.yes_of, "√", True),
        (values.yes_of, "未发现", False),
        (values.yes_of, "2处", True),
        (values.yes_of, 0.0, False),
        (values.yes_of, "", None),
        (values.tags_of, "党员、残疾；低保 党员", ["党员", "残疾", "低保"]),
        (values.sex_of, "男性", "男"),
        (values.sex_of, 2.0, "女"),
        (values.sex_of, "", ""),
    ],
)
def test_other_cells(read: Callable[[Cell], Any], cell: Cell, wanted: Any) -> None:
    assert read(cell) == wanted


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (values.whole_of, "很多"),
        (values.whole_of, -3.0),
        (values.pressure_of, "91/156"),
        (values.pressure_of, "高"),
        (values.sex_of, "不男"),
        (days.time_of, "25:00"),
    ],
)
def test_cells_that_cannot_be_read(read: Callable[[Cell], Any], cell: Cell) -> None:
    with pytest.raises(Unreadable):
        read(cell)
