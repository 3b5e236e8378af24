"""The map's window pressed as a person presses it: real clicks and keys on the surface, and what the office holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.outline import Point
from gridoffice.modules.grids import map_marks, maps
from gridoffice.modules.grids.page import GridsPage
from gridoffice.modules.grids.page_map import MapDialog
from gridoffice.ui import dialogs
from gridoffice.ui.canvas_edit import Edit
from gridoffice.ui.canvas_sketch import Sketch
from gridoffice.ui.canvas_tools import Draw, Place
from gridoffice.ui.screen import application
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, words

LEFT = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.6), (0.1, 0.6))
NONE, SHIFT, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The program's own application: Chinese words, bundled letters."""
    return type(application())


@pytest.fixture
def village(make: Make) -> GridUnit:
    return make.village("石桥村")


@pytest.fixture
def grids(make: Make, village: GridUnit) -> list[GridUnit]:
    return [make.grid(village, f"石桥村第{n}网格", sort=n) for n in (1, 2)]


@pytest.fixture
def window(office: Office, village: GridUnit, grids: list[GridUnit], qtbot: QtBot) -> Iterator[MapDialog]:
    maps.set_blank(office, village.id, 4 / 3)
    made = MapDialog(None, office, village.id)
    # A drawing begun would be asked about when the window is closed.
    qtbot.addWidget(made, before_close_func=lambda one: one.canvas.look())
    made.resize(1366, 740)
    made.show()
    QApplication.processEvents()
    yield made


def at(window: MapDialog, point: Point) -> QPoint:
    """Where a fraction of the map lies on the surface."""
    return window.canvas.pixel(point).toPoint()


def click(window: MapDialog, *points: Point, keys: Any = NONE, button: Any = Qt.MouseButton.LeftButton) -> None:
    for point in points:
        QTest.mouseClick(window.canvas.viewport(), button, keys, at(window, point))
        QTest.qWait(5)


def double(window: MapDialog, point: Point) -> None:
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, at(window, point))
    QTest.mouseDClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, at(window, point))


def drag(window: MapDialog, start: Point, end: Point, keys: Any = NONE) -> None:
    view, left = window.canvas.viewport(), Qt.MouseButton.LeftButton
    first, last = QPointF(at(window, start)), QPointF(at(window, end))
    QTest.mousePress(view, left, keys, first.toPoint())
    for share in (0.3, 0.7, 1.0):
        move(window, first + (last - first) * share, keys)
    QTest.mouseRelease(view, left, keys, last.toPoint())
    QApplication.processEvents()


def move(window: MapDialog, where: QPointF, keys: Any) -> None:
    """A move with the button held; QTest's own carries no keys."""
    view, held = window.canvas.viewport(), Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, where, view.mapToGlobal(where), Qt.MouseButton.NoButton, held, keys)
    QApplication.sendEvent(view, event)


def key(window: MapDialog, *keys: Qt.Key, mods: Any = NONE) -> None:
    for one in keys:
        QTest.keyClick(window.canvas, one, mods)
    QApplication.processEvents()


def undo(window: MapDialog) -> None:
    """Ctrl+Z in the window."""
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def pick(window: MapDialog, place: int) -> None:
    """Click a line of the list of grids."""
    units = window.beside.units
    QTest.mouseClick(
        units.viewport(), Qt.MouseButton.LeftButton, NONE, units.visualItemRect(units.item(place)).center()
    )
    QApplication.processEvents()


def kept(window: MapDialog, unit: GridUnit) -> tuple[tuple[Point, ...], ...]:
    """The corners the office holds, as pixels are: to three places."""
    view = maps.get(window.office, window.unit_id)
    assert view is not None
    shape = view.outline_of(unit.id)
    assert shape is not None
    return tuple(tuple((round(x, 3), round(y, 3)) for x, y in ring) for ring in shape.rings)


def near(found: tuple[Point, ...], wanted: tuple[Point, ...]) -> bool:
    """Whether corners are where they should be, to a pixel."""
    return len(found) == len(wanted) and all(
        abs(a - b) < 0.0025 for one, two in zip(found, wanted, strict=True) for a, b in zip(one, two, strict=True)
    )


def test_an_outline_is_drawn_by_clicks_and_closed_by_a_double_click(window: MapDialog, grids: list[GridUnit]) -> None:
    pick(window, 0)
    assert isinstance(window.canvas.tool, Draw)
    click(window, *LEFT[:3])
    assert "已点 3 个角" in window.hint.text()
    double(window, LEFT[3])
    assert near(kept(window, grids[0])[0], LEFT)
    assert window.beside.units.item(0).text().startswith("✓")
    assert window.beside.chips["outlines"].text() == "轮廓 1/2"
    assert isinstance(window.canvas.tool, Edit)
    undo(window)
    view = maps.get(window.office, window.unit_id)
    assert view is not None
    assert view.shapes == ()
    assert not window.beside.units.item(0).text().startswith("✓")


def test_enter_or_the_first_corner_closes_and_backspace_takes_back(window: MapDialog, grids: list[GridUnit]) -> None:
    pick(window, 0)
    click(window, (0.1, 0.1), (0.5, 0.1), (0.9, 0.9))
    key(window, Qt.Key.Key_Backspace)
    click(window, (0.5, 0.6), (0.1, 0.6))
    key(window, Qt.Key.Key_Return)
    assert near(kept(window, grids[0])[0], LEFT)
    pick(window, 1)
    click(window, (0.6, 0.2), (0.9, 0.2), (0.9, 0.6))
    undo(window)  # takes one corner back, not the step
    assert len(window.canvas.tool.drawn) == 2  # type: ignore[attr-defined]
    click(window, (0.9, 0.5), (0.6, 0.2))
    assert near(kept(window, grids[1])[0], ((0.6, 0.2), (0.9, 0.2), (0.9, 0.5)))


def test_a_crossing_outline_is_refused_and_can_be_mended(window: MapDialog, grids: list[GridUnit]) -> None:
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        press(dialog, "知道了")

    pick(window, 0)
    click(window, (0.1, 0.1), (0.8, 0.8), (0.8, 0.1), (0.1, 0.8))
    failed = meanwhile(read)
    key(window, Qt.Key.Key_Return)
    assert failed == []
    assert "交叉" in said[0]
    assert isinstance(window.canvas.tool, Draw)
    key(window, Qt.Key.Key_Backspace)
    key(window, Qt.Key.Key_Return)
    assert len(kept(window, grids[0])[0]) == 3


def test_esc_leaves_and_what_was_drawn_waits(window: MapDialog, grids: list[GridUnit]) -> None:
    pick(window, 0)
    click(window, *LEFT[:3])
    key(window, Qt.Key.Key_Escape)
    assert isinstance(window.canvas.tool, Edit)
    assert "3 个角接着画" in window.hint.text()
    assert window.isVisible()
    window.beside.units.choose(grids[0].id)
    press(window, "画轮廓")
    click(window, LEFT[3])
    key(window, Qt.Key.Key_Return)
    assert near(kept(window, grids[0])[0], LEFT)


def test_an_outline_is_drawn_by_keys_alone(window: MapDialog, grids: list[GridUnit]) -> None:
    units = window.beside.units
    units.setFocus()
    QTest.keyClick(units, Qt.Key.Key_Down)
    QTest.keyClick(units, Qt.Key.Key_Return)
    assert isinstance(window.canvas.tool, Draw)
    assert window.canvas.hasFocus()
    for steps, way in ((4, Qt.Key.Key_Up), (6, Qt.Key.Key_Right), (5, Qt.Key.Key_Down)):
        key(window, *[way] * steps, mods=SHIFT)
        key(window, Qt.Key.Key_Space)
    key(window, Qt.Key.Key_Return)
    ring = window.canvas.rings(units.current())[0]  # type: ignore[arg-type]
    first, second, third = (window.canvas.pixel(corner) for corner in ring)
    assert (round(second.x() - first.x()), round(second.y() - first.y())) == (60, 0)
    assert (round(third.x() - second.x()), round(third.y() - second.y())) == (0, 50)


@pytest.fixture
def drawn(window: MapDialog, grids: list[GridUnit]) -> MapDialog:
    """Two grids side by side with a common border."""
    assert window.view is not None
    maps.put_shape(window.office, window.view.id, grids[0].id, [LEFT])
    maps.put_shape(window.office, window.view.id, grids[1].id, [[(0.5, 0.1), (0.9, 0.1), (0.9, 0.6), (0.5, 0.6)]])
    return window


def test_a_new_corner_is_caught_by_the_neighbours_unless_alt_is_held(window: MapDialog, grids: list[GridUnit]) -> None:
    assert window.view is not None
    maps.put_shape(window.office, window.view.id, grids[0].id, [LEFT])
    close, far = (0.5 + 0.006, 0.1 + 0.006), (0.5 + 0.006, 0.6 + 0.006)
    pick(window, 1)
    click(window, close, (0.9, 0.1), (0.9, 0.6))
    click(window, far, keys=ALT)
    key(window, Qt.Key.Key_Return)
    ring = maps.get(window.office, window.unit_id).outline_of(grids[1].id).rings[0]  # type: ignore[union-attr]
    assert ring[0] == (0.5, 0.1), "exactly the neighbour's corner"
    assert ring[3] != (0.5, 0.6)
    assert near((ring[3],), (far,))


def test_a_corner_lies_on_the_neighbours_side_when_it_is_near(window: MapDialog, grids: list[GridUnit]) -> None:
    assert window.view is not None
    maps.put_shape(window.office, window.view.id, grids[0].id, [LEFT])
    pick(window, 1)
    click(window, (0.504, 0.35), (0.9, 0.1), (0.9, 0.6))
    key(window, Qt.Key.Key_Return)
    ring = maps.get(window.office, window.unit_id).outline_of(grids[1].id).rings[0]  # type: ignore[union-attr]
    assert ring[0][0] == pytest.approx(0.5, abs=1e-6)


def test_a_shared_corner_is_dragged_in_both_and_alone_with_alt(drawn: MapDialog, grids: list[GridUnit]) -> None:
    pick(drawn, 0)
    drag(drawn, (0.5, 0.6), (0.55, 0.7))
    first, second = kept(drawn, grids[0])[0], kept(drawn, grids[1])[0]
    assert near((first[2],), ((0.55, 0.7),))
    assert first[2] == second[3], "the border still meets"
    assert drawn.office.undo_text() == "修改网格图轮廓：石桥村第1网格、石桥村第2网格"
    drawn.office.undo()
    assert near(kept(drawn, grids[0])[0], LEFT)
    drag(drawn, (0.5, 0.6), (0.55, 0.7), keys=ALT)
    assert near((kept(drawn, grids[0])[0][2],), ((0.55, 0.7),))
    assert kept(drawn, grids[1])[0][3] == (0.5, 0.6)


def test_a_drag_that_makes_sides_cross_goes_back(drawn: MapDialog, grids: list[GridUnit]) -> None:
    pick(drawn, 0)
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    drag(drawn, (0.1, 0.1), (0.7, 0.4))
    assert failed == []
    assert near(drawn.canvas.rings(grids[0].id)[0], LEFT)


def test_corners_come_by_double_click_and_go_by_right_click(drawn: MapDialog, grids: list[GridUnit]) -> None:
    pick(drawn, 0)
    double(drawn, (0.1, 0.35))
    assert near(kept(drawn, grids[0])[0], (*LEFT, (0.1, 0.35)))
    click(drawn, (0.1, 0.35), button=Qt.MouseButton.RightButton)
    assert near(kept(drawn, grids[0])[0], LEFT)


def test_corners_are_changed_by_keys(drawn: MapDialog, grids: list[GridUnit]) -> None:
    pick(drawn, 0)
    assert drawn.canvas.hasFocus()
    key(drawn, Qt.Key.Key_PageDown)
    before = drawn.canvas.pixel((0.1, 0.1))
    key(drawn, Qt.Key.Key_Right)
    key(drawn, Qt.Key.Key_Down, mods=SHIFT)
    QTest.qWait(800)  # what keys moved is kept after a pause, as one step
    after = drawn.canvas.pixel(drawn.canvas.rings(grids[0].id)[0][0])
    assert (round(after.x() - before.x()), round(after.y() - before.y())) == (1, 10)
    key(drawn, Qt.Key.Key_Insert)
    assert len(kept(drawn, grids[0])[0]) == 5
    key(drawn, Qt.Key.Key_Delete)
    assert len(kept(drawn, grids[0])[0]) == 4
    for _ in range(3):
        undo(drawn)
    assert near(kept(drawn, grids[0])[0], LEFT)
    key(drawn, Qt.Key.Key_Delete)
    view = maps.get(drawn.office, drawn.unit_id)
    assert view is not None
    assert [shape.unit_id for shape in view.shapes] == [grids[1].id]


def test_undo_right_after_a_key_undoes_that_key(drawn: MapDialog, grids: list[GridUnit]) -> None:
    pick(drawn, 0)
    key(drawn, Qt.Key.Key_PageDown, Qt.Key.Key_Right)
    undo(drawn)
    assert near(kept(drawn, grids[0])[0], LEFT)


def test_the_last_three_corners_stay(drawn: MapDialog, grids: list[GridUnit]) -> None:
    pick(drawn, 0)
    click(drawn, (0.1, 0.1), button=Qt.MouseButton.RightButton)
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    click(drawn, (0.5, 0.1), button=Qt.MouseButton.RightButton)
    assert failed == []
    assert len(kept(drawn, grids[0])[0]) == 3


def test_an_outline_is_drawn_anew_or_gets_a_second_part(drawn: MapDialog, grids: list[GridUnit]) -> None:
    drawn.beside.units.choose(grids[0].id)
    failed = meanwhile(lambda dialog: press(dialog, "另加一块"))
    press(drawn, "画轮廓")
    click(drawn, (0.1, 0.7), (0.3, 0.7), (0.3, 0.9))
    key(drawn, Qt.Key.Key_Return)
    assert failed == []
    assert len(kept(drawn, grids[0])) == 2
    failed = meanwhile(lambda dialog: press(dialog, "重画"))
    press(drawn, "画轮廓")
    click(drawn, (0.1, 0.7), (0.3, 0.7), (0.3, 0.9))
    key(drawn, Qt.Key.Key_Return)
    assert failed == []
    assert len(kept(drawn, grids[0])) == 1


def test_points_are_placed_moved_named_and_removed(window: MapDialog) -> None:
    press(window, "点位")
    kinds = window.beside.kinds
    QTest.mouseClick(kinds.viewport(), Qt.MouseButton.LeftButton, NONE, kinds.visualItemRect(kinds.item(0)).center())
    assert isinstance(window.canvas.tool, Place)
    click(window, (0.2, 0.2), (0.4, 0.4))
    key(window, Qt.Key.Key_Escape)
    assert window.view is not None
    assert [mark.kind for mark in window.view.marks] == ["hydrant", "hydrant"]
    drag(window, (0.2, 0.2), (0.3, 0.25))
    assert near(((window.view.marks[0].x, window.view.marks[0].y),), ((0.3, 0.25),))

    def name(dialog: Any) -> None:
        dialog.form.inputs["title"].put("村口消火栓")
        press(dialog, "保存")

    failed = meanwhile(name)
    key(window, Qt.Key.Key_F2)
    assert failed == []
    assert window.view.marks[0].title == "村口消火栓"
    before = window.view.marks[0].x
    key(window, Qt.Key.Key_Right, mods=SHIFT)
    window.canvas.settle()
    assert window.view.marks[0].x > before
    key(window, Qt.Key.Key_Delete)
    assert len(window.view.marks) == 1
    undo(window)
    assert len(window.view.marks) == 2


def test_premises_are_found_and_placed_by_a_click(window: MapDialog, make: Make, grids: list[GridUnit]) -> None:
    make.premises("石桥小学", grids[0], kind="小教学")
    shop = make.premises("石桥便民超市", grids[1])
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.beside.search, "sqbm")
    assert window.beside.premises.count() == 1
    window.beside.premises.setFocus()
    window.beside.premises.setCurrentRow(0)
    QTest.keyClick(window.beside.premises, Qt.Key.Key_Return)
    key(window, Qt.Key.Key_Left)
    key(window, Qt.Key.Key_Space)
    assert window.view is not None
    assert [(mark.premises_id, mark.title) for mark in window.view.marks] == [(shop.id, "石桥便民超市")]
    assert window.beside.premises.item(0).text().startswith("✓")
    assert isinstance(window.canvas.tool, Edit), "one place, one click"


def test_zoom_and_pan_by_wheel_keys_and_hand(drawn: MapDialog) -> None:
    canvas = drawn.canvas
    scale = canvas.transform().m11()
    where = QPointF(at(drawn, (0.5, 0.5)))
    under = canvas.fraction(where)
    wheel = QWheelEvent(
        where, canvas.viewport().mapToGlobal(where), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), wheel)
    assert canvas.transform().m11() == pytest.approx(scale * 1.25**2)
    assert canvas.fraction(where) == pytest.approx(under, abs=0.004), "what was under the pointer stays there"
    QTest.keyClick(drawn, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.transform().m11() == pytest.approx(scale * 1.25)
    canvas.setFocus()
    before = canvas.pixel((0, 0))
    key(drawn, Qt.Key.Key_Right)
    assert canvas.pixel((0, 0)).x() == pytest.approx(before.x() - 40, abs=1)
    before = canvas.pixel((0, 0))
    drag(drawn, (0.7, 0.8), (0.75, 0.8))
    moved = canvas.pixel((0, 0)).x() - before.x()
    assert moved == pytest.approx(0.05 * canvas.wide * canvas.transform().m11(), abs=3)
    QTest.keyClick(drawn, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.transform().m11() == pytest.approx(scale)


def test_space_held_moves_the_map_while_drawing(window: MapDialog) -> None:
    pick(window, 0)
    click(window, (0.3, 0.3))
    before = window.canvas.pixel((0, 0))
    QTest.keyPress(window.canvas, Qt.Key.Key_Space)
    drag(window, (0.5, 0.5), (0.4, 0.5))
    QTest.keyRelease(window.canvas, Qt.Key.Key_Space)
    assert window.canvas.pixel((0, 0)).x() < before.x() - 20
    assert len(window.canvas.tool.drawn) == 1  # type: ignore[attr-defined]


def test_a_unit_without_a_map_is_offered_ways_to_begin(
    office: Office, village: GridUnit, grids: list[GridUnit], qtbot: QtBot, tmp_path: Path, monkeypatch: Any
) -> None:
    made = MapDialog(None, office, village.id)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    assert {"选图片或 PDF…", "用空白图纸…", "导入轮廓（GeoJSON）…"} <= set(words(made))
    assert "用上级的图" not in words(made)
    path = tmp_path / "航拍.png"
    Image.new("RGB", (900, 600), "#DDEECC").save(path)
    monkeypatch.setattr(dialogs, "open_files", lambda *_args: [path])
    press(made, "选图片或 PDF…")
    assert made.view is not None
    assert made.canvas.picture is not None
    assert (made.canvas.wide, made.canvas.high) == (900, 600)
    path.write_bytes(b"no picture")
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    entry(made, "选图片或 PDF…")
    assert failed == []
    assert made.canvas.picture is not None
    made.close()


def entry(window: MapDialog, word: str) -> None:
    """Choose an entry of the menu 底图."""
    next(action for action in window.base.menu.actions() if action.text() == word).trigger()
    QApplication.processEvents()


def test_a_grid_uses_the_map_above_and_gets_one_of_its_own(
    drawn: MapDialog, office: Office, grids: list[GridUnit], make: Make, village: GridUnit, qtbot: QtBot
) -> None:
    yard = make.grid(grids[0], "石桥村第1网格甲片", level=4)
    made = MapDialog(None, office, grids[0].id)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    QApplication.processEvents()
    assert made.about.text() == "用的是石桥村的图"
    assert made.canvas.transform().m11() > drawn.canvas.transform().m11() * 1.4, "its part fills the window"
    pick(made, 0)
    click(made, (0.2, 0.2), (0.4, 0.2), (0.4, 0.4))
    key(made, Qt.Key.Key_Return)
    view = maps.get(office, grids[0].id)
    assert view is not None
    assert view.unit_id == village.id
    assert view.outline_of(yard.id) is not None
    failed = meanwhile(lambda dialog: press(dialog, "保存"))
    entry(made, "空白图纸…")
    assert failed == []
    own = maps.get(office, grids[0].id)
    assert own is not None
    assert own.is_own
    failed = meanwhile(lambda dialog: press(dialog, "改用上级的图"))
    entry(made, "不用这张，改用上级的图")
    assert failed == []
    assert made.about.text() == "用的是石桥村的图"
    assert made.canvas.outline(yard.id) is not None
    made.close()


def test_a_sketch_becomes_the_base(window: MapDialog) -> None:
    entry(window, "在底图上画草图")
    assert isinstance(window.canvas.tool, Sketch)
    drag(window, (0.2, 0.5), (0.8, 0.5))
    window.beside.pens.setCurrentRow(1)
    drag(window, (0.5, 0.2), (0.5, 0.8))
    key(window, Qt.Key.Key_Backspace)
    drag(window, (0.4, 0.2), (0.4, 0.8))
    press(window, "完成草图")
    assert window.view is not None
    assert window.view.picture is not None
    import io

    with Image.open(io.BytesIO(window.view.picture)) as picture:
        pixels = picture.convert("RGB")
        road, river, paper = (
            pixels.getpixel((round(x * picture.width), round(y * picture.height)))
            for x, y in ((0.6, 0.5), (0.4, 0.3), (0.5, 0.3))
        )
    assert isinstance(road, tuple)
    assert isinstance(river, tuple)
    assert road[0] > road[2]
    assert river[2] > river[0]
    assert paper == (255, 255, 255)
    assert window.office.undo_text() == "网格图画草图：石桥村"


def test_outlines_of_a_file_are_matched_on_a_screen(
    window: MapDialog, grids: list[GridUnit], tmp_path: Path, monkeypatch: Any
) -> None:
    def area(west: float, name: str) -> dict[str, Any]:
        ring = [[west, 33.6], [west + 0.01, 33.6], [west + 0.01, 33.61], [west, 33.61], [west, 33.6]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}

    path = tmp_path / "轮廓.geojson"
    bad: dict[str, Any] = {"type": "Feature", "properties": {}, "geometry": None}
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": [area(117.0, "第1网格"), area(117.01, "东片"), bad]}),
        "utf-8",
    )
    monkeypatch.setattr(dialogs, "open_files", lambda *_args: [path])
    seen: list[str] = []

    def assign(dialog: Any) -> None:
        seen.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        assert dialog.choices[1].currentData() == grids[0].id
        assert dialog.choices[2].currentData() == 0
        dialog.choices[2].setCurrentIndex(dialog.choices[2].findData(grids[1].id))
        press(dialog, "导入")

    failed = meanwhile(assign)
    entry(window, "导入轮廓（GeoJSON）…")
    assert failed == []
    assert "认出 1 个" in seen[0]
    assert "第 3 个要素没有图形" in seen[0]
    assert window.beside.chips["outlines"].text() == "轮廓 2/2"
    assert window.office.undo_text() == "导入网格轮廓：轮廓.geojson"


def test_outlines_are_joined_from_ticks(drawn: MapDialog, grids: list[GridUnit]) -> None:
    def tick(dialog: Any) -> None:
        boxes = dialog.findChildren(QCheckBox)
        assert [box.isChecked() for box in boxes] == [True, False]
        press(dialog, "合并")
        assert "两个以上" in dialog.problem.text()
        boxes[1].setChecked(True)
        press(dialog, "合并")

    drawn.beside.units.choose(grids[0].id)
    failed = meanwhile(tick)
    press(drawn, "合并轮廓…")
    assert failed == []
    assert len(kept(drawn, grids[0])[0]) == 4
    assert {x for x, _ in kept(drawn, grids[0])[0]} == {0.1, 0.9}


def test_closing_while_drawing_asks(window: MapDialog) -> None:
    pick(window, 0)
    click(window, (0.1, 0.1), (0.5, 0.1))
    failed = meanwhile(lambda dialog: press(dialog, "接着画"))
    press(window, "关闭")
    assert failed == []
    assert window.isVisible()
    failed = meanwhile(lambda dialog: press(dialog, "不要了，关闭"))
    press(window, "关闭")
    assert failed == []
    assert not window.isVisible()


def test_the_past_can_only_be_looked_at(drawn: MapDialog, grids: list[GridUnit]) -> None:
    from datetime import timedelta

    drawn.office.as_of = drawn.office.today() - timedelta(days=3)
    drawn.reload()
    assert "只能看" in drawn.about.text()
    pick(drawn, 0)
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    drag(drawn, (0.5, 0.6), (0.55, 0.7))
    assert failed == []
    assert near(drawn.canvas.rings(grids[0].id)[0], LEFT)
    drawn.office.as_of = None


def test_the_card_shows_the_map_and_opens_it(
    office: Office, village: GridUnit, grids: list[GridUnit], qtbot: QtBot
) -> None:
    main = MainWindow(office)
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    page = main.open("grids", record=village.id)
    assert isinstance(page, GridsPage)
    assert not page.map_card.isVisible()
    failed = meanwhile(lambda dialog: press(dialog, "关闭"))
    press(page, "网格图")
    assert failed == []
    map_id = maps.set_blank(office, village.id, 4 / 3)
    maps.put_shape(office, map_id, grids[0].id, [LEFT])
    QApplication.processEvents()
    assert page.map_card.isVisible()
    assert "1 个轮廓" in page.map_card.accessibleName()
    opened: list[str] = []

    def read(dialog: Any) -> None:
        opened.append(dialog.windowTitle())
        press(dialog, "打印…")

    failed = meanwhile(read)
    QTest.mouseClick(page.map_card, Qt.MouseButton.LeftButton)
    assert failed == []
    assert opened == ["网格图：石桥村"]
    assert main.current == "documents"
    main.close()


def test_a_mark_of_the_list_is_chosen_on_the_map(window: MapDialog) -> None:
    assert window.view is not None
    first = map_marks.put(window.office, window.view.id, "hydrant", 0.3, 0.3)
    press(window, "点位 1")
    window.beside.marks.setFocus()
    QTest.keyClick(window.beside.marks, Qt.Key.Key_Down)
    QTest.keyClick(window.beside.marks, Qt.Key.Key_Return)
    assert window.canvas.tool.held() == first
    assert window.canvas.hasFocus()
    key(window, Qt.Key.Key_Delete)
    assert window.view.marks == ()
