"""GeoJSON outlines: read, matched with units, scaled to the base; bad files are told by the number of the feature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.modules.grids import geojson, map_import, maps
from tests.make import Make

WEST, SOUTH, STEP = 117.30, 33.60, 0.01


def ring(across: int, down: int, wide: int = 1, high: int = 1) -> list[list[float]]:
    west, south = WEST + across * STEP, SOUTH + down * STEP
    east, north = west + wide * STEP, south + high * STEP
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def area(rings: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}


def write(path: Path, *features: Any, encoding: str = "utf-8") -> Path:
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding)
    return path


@pytest.fixture
def village(make: Make) -> GridUnit:
    return make.village("石桥村", code="990102101203")


@pytest.fixture
def grids(make: Make, village: GridUnit) -> list[GridUnit]:
    return [make.grid(village, f"石桥村第{n}网格", sort=n, code=f"99010210120{n:02d}") for n in (1, 2, 3)]


def run(office: Office, unit: GridUnit, path: Path, **more: Any) -> tuple[int, int, tuple[str, ...]]:
    draft = map_import.draft(office, unit.id, path)
    chosen = {match.feature.number: match.unit_id for match in draft.matches}
    return map_import.run(office, unit.id, draft, chosen, **more)


def test_features_find_their_units_by_code_then_by_name(
    office: Office, make: Make, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    make.grid(make.village("东河村"), "东河村第1网格")
    path = write(
        tmp_path / "网格.geojson",
        area([ring(0, 0)], 网格编码=grids[0].code, name="写错的名字"),
        area([ring(1, 0)], NAME="第二网格"),
        area([ring(2, 0)], 名称="石桥村 第３网格"),
        area([ring(3, 0)], name="没有这个"),
        area([ring(4, 0)], name="东河村第1网格"),
        area([ring(0, 0, 5, 1)], xzqmc="石桥村"),
    )
    draft = map_import.draft(office, village.id, path)
    assert [match.unit_id for match in draft.matches] == [*(one.id for one in grids), 0, 0, village.id]
    assert not draft.has_base


def test_outlines_lie_on_blank_paper_in_their_true_proportions(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    path = write(tmp_path / "a.geojson", area([ring(0, 0)], name="第1网格"), area([ring(1, 0)], name="第2网格"))
    assert run(office, village, path) == (2, 0, ())
    view = maps.get(office, village.id)
    assert view is not None
    assert view.picture is None
    assert view.bounds is not None
    # Two degrees-hundredths wide, one high, at 33.6° north: 2 × cos(33.6°) = 1.666 to 1, the margin alike on all sides.
    assert view.ratio == pytest.approx(1.666, rel=0.005)
    first, second = (view.outline_of(one.id) for one in grids[:2])
    assert first is not None
    assert second is not None
    left = [x for x, _ in first.rings[0]]
    top = [y for _, y in first.rings[0]]
    assert (min(left), max(left)) == pytest.approx((0.05 / 1.1, 0.5), abs=1e-4)
    assert (min(top), max(top)) == pytest.approx((0.05 / 1.1, 1.05 / 1.1), abs=1e-4)
    assert max(left) == min(x for x, _ in second.rings[0]), "borders meet"
    office.undo()
    assert maps.get(office, village.id) is None


def test_a_base_with_known_bounds_takes_outlines_where_they_belong(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    picture = tmp_path / "航拍.png"
    Image.new("RGB", (1000, 500), "#DDEECC").save(picture)
    # 0.0001 degrees a pixel from 117.28 east, 33.63 north: 117.28 to 117.38, 33.58 to 33.63.
    picture.with_suffix(".pgw").write_text("0.0001\n0\n0\n-0.0001\n117.28005\n33.62995\n")
    maps.set_base(office, village.id, picture)
    run(office, village, write(tmp_path / "a.geojson", area([ring(0, 0)], name="第1网格")))
    view = maps.get(office, village.id)
    assert view is not None
    assert view.picture is not None
    shape = view.outline_of(grids[0].id)
    assert shape is not None
    assert {(round(x, 4), round(y, 4)) for x, y in shape.rings[0]} == {(0.2, 0.6), (0.3, 0.6), (0.3, 0.4), (0.2, 0.4)}
    far = write(tmp_path / "far.geojson", area([[[100, 20], [101, 20], [101, 21]]], name="第2网格"))
    with pytest.raises(OfficeError, match="不在这张底图的范围里"):
        run(office, village, far)
    assert run(office, village, far, fresh=True)[0] == 1
    partly = write(tmp_path / "partly.geojson", area([ring(0, 0)], name="第1网格"), area([ring(9, 0)], name="第3网格"))
    office.undo()
    drawn, _, told = run(office, village, partly)
    assert drawn == 1
    assert told == ("第 2 个要素在底图的范围外面，没有导入",)


def test_a_picture_without_bounds_gets_them_in_its_middle(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    picture = tmp_path / "草图.png"
    Image.new("RGB", (600, 600), "#FFFFFF").save(picture)
    maps.set_base(office, village.id, picture)
    run(office, village, write(tmp_path / "a.geojson", area([ring(0, 0, 2, 1)], name="第1网格")))
    view = maps.get(office, village.id)
    assert view is not None
    assert view.width == view.height == 600
    shape = view.outline_of(grids[0].id)
    assert shape is not None
    across, down = zip(*shape.rings[0], strict=True)
    assert (max(across) - min(across)) / (max(down) - min(down)) == pytest.approx(1.666, rel=0.01)
    assert (max(down) + min(down)) / 2 == pytest.approx(0.5, abs=0.001)


def test_several_parts_holes_and_points(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    hole = [[WEST + 0.002, SOUTH + 0.002], [WEST + 0.008, SOUTH + 0.002], [WEST + 0.008, SOUTH + 0.008]]
    many = area([[ring(0, 0), hole], [ring(3, 0)]], name="第1网格")
    many["geometry"]["type"] = "MultiPolygon"
    hydrant = {
        "type": "Feature", "properties": {"类型": "消火栓", "name": "1号栓"},
        "geometry": {"type": "Point", "coordinates": [WEST + 0.005, SOUTH + 0.005, 31.0]},
    }  # fmt: skip
    call = {**hydrant, "properties": {"name": "王家 13800001234"}}
    path = write(tmp_path / "a.geojson", many, area([ring(1, 0)], name="第2网格"), hydrant, call)
    drawn, placed, told = run(office, village, path)
    assert (drawn, placed) == (2, 1)
    assert len(told) == 1
    assert "不要写电话" in told[0]
    view = maps.get(office, village.id)
    assert view is not None
    shape = view.outline_of(grids[0].id)
    assert shape is not None
    assert len(shape.rings) == 3
    assert (view.marks[0].kind, view.marks[0].title) == ("hydrant", "1号栓")


def test_metres_of_a_plane_are_taken_as_they_are(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    corners = [[39528000.0, 3720000.0], [39530000.0, 3720000.0], [39530000.0, 3721000.0], [39528000.0, 3721000.0]]
    run(office, village, write(tmp_path / "a.json", area([corners], name="第1网格")))
    view = maps.get(office, village.id)
    assert view is not None
    assert view.ratio == pytest.approx(2.0, rel=0.01)


def test_an_outline_of_thousands_of_corners_is_thinned(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    import math

    corners = [
        [WEST + 0.02 * math.cos(n / 1000 * math.pi), SOUTH + 0.02 * math.sin(n / 1000 * math.pi)] for n in range(2000)
    ]
    run(office, village, write(tmp_path / "a.json", area([corners], name="第1网格"), encoding="gb18030"))
    view = maps.get(office, village.id)
    assert view is not None
    assert 20 < len(view.shapes[0].rings[0]) < 200


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "第 2 个要素没有图形"),
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "第 2 个要素是“LineString”"),
        ({"type": "Polygon", "coordinates": []}, "第 2 个要素没有坐标"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}, "第 2 个要素的轮廓不到 3 个角"),
        ({"type": "Polygon", "coordinates": [[[1, 2], ["3", 4], [5, 6]]]}, "第 2 个要素的坐标不是数字"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3], [5, 6]]]}, "第 2 个要素的坐标写法不对"),
        ({"type": "Polygon", "coordinates": 5}, "第 2 个要素没有坐标"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [float("inf"), 4], [5, 6]]]}, "第 2 个要素的坐标不是数字"),
        ({"type": "Point", "coordinates": None}, "第 2 个要素的坐标写法不对"),
    ],
)
def test_a_bad_feature_is_told_by_its_number_and_the_others_come_in(geometry: Any, said: str, tmp_path: Path) -> None:
    bad = {"type": "Feature", "properties": None, "geometry": geometry}
    found = geojson.read(write(tmp_path / "a.geojson", area([ring(0, 0)], name="第1网格"), bad))
    assert [feature.number for feature in found.features] == [1]
    assert found.problems[0].startswith(said)
    with pytest.raises(OfficeError, match="没有能用的轮廓：第 1 个要素"):
        geojson.read(write(tmp_path / "b.geojson", bad))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "第 1 行第 2 个字起不是 GeoJSON"),
        ("[1, 2]", "不是 GeoJSON 文件"),
        ('{"type": "Topology"}', "不是 GeoJSON 文件"),
        ('{"type": "FeatureCollection", "features": []}', "没有能用的轮廓"),
        ("[" * 100_000, "不是 GeoJSON"),
    ],
)
def test_what_is_no_geojson_is_said(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(OfficeError, match=said):
        geojson.read(path)
    with pytest.raises(OfficeError, match="读不到"):
        geojson.read(tmp_path / "gone.json")


def test_an_outline_that_crosses_itself_is_told_and_nothing_is_half_done(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    tie = [[WEST, SOUTH], [WEST + 0.03, SOUTH + 0.01], [WEST + 0.03, SOUTH], [WEST, SOUTH + 0.02]]
    bad = area([tie], name="第1网格")
    drawn, _, told = run(office, village, write(tmp_path / "a.geojson", bad, area([ring(5, 5)], name="第2网格")))
    assert drawn == 1
    assert "石桥村第1网格" in told[0]
    assert "交叉" in told[0]
    office.undo()
    with pytest.raises(OfficeError, match="没有导入任何轮廓"):
        run(office, village, write(tmp_path / "b.geojson", bad))
    assert maps.get(office, village.id) is None
