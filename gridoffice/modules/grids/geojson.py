"""Reads outlines and points from a GeoJSON file (RFC 7946); what is wrong is told with the number of its feature."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.domain.outline import Point, Ring, Rings

LARGEST = 60_000_000  # bytes: a county's outlines are two or three million
AREAS = ("Polygon", "MultiPolygon")
NAMES = (
    "name",
    "名称",
    "网格名称",
    "网格",
    "村名",
    "社区名称",
    "名字",
    "title",
    "wgmc",
    "mc",
    "xzqmc",
    "zldwmc",
    "label",
)
CODES = (
    "code",
    "编码",
    "网格编码",
    "代码",
    "村代码",
    "网格代码",
    "wgbm",
    "wgdm",
    "bm",
    "dm",
    "xzqdm",
    "zldwdm",
    "adcode",
)
KINDS = ("kind", "类型", "种类", "类别", "type", "lx")
"""Properties that hold a name, a code, a kind, in any case of letters: those of common programs and of land data."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Feature:
    """An outline (`rings`) or a point of the file, in its own coordinates; `number` counts from 1."""

    number: int
    name: str
    code: str
    kind: str
    rings: Rings = ()
    point: Point | None = None


@dataclass(frozen=True)
class Found:
    """What a file holds; `is_plane`: its coordinates are metres of a plane, not degrees. `problems` are sentences."""

    features: tuple[Feature, ...]
    bounds: Bounds  # west, south, east, north
    is_plane: bool
    problems: tuple[str, ...]


def read(path: Path) -> Found:
    """Read a file; raises OfficeError when nothing in it can be used."""
    features: list[Feature] = []
    problems: list[str] = []
    for number, raw in enumerate(_features(_document(path), path.name), 1):
        try:
            features.append(_feature(number, raw))
        except ValueError as error:
            problems.append(f"第 {number} 个要素{error}，没有导入")
    if not features:
        told = f"：{problems[0]}" if problems else ""
        raise OfficeError(f"“{path.name}”里没有能用的轮廓{told}", safe="网格图没有改动", do="请检查文件或重新导出")
    points = [one.point for one in features if one.point] + [p for f in features for ring in f.rings for p in ring]
    across, down = [x for x, _ in points], [y for _, y in points]
    bounds = (min(across), min(down), max(across), max(down))
    is_plane = max(map(abs, across)) > 360 or max(map(abs, down)) > 90
    return Found(tuple(features), bounds, is_plane, tuple(problems))


def _document(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise OfficeError(f"“{path.name}”太大", safe="网格图没有改动", do="请只导出本村或本镇的轮廓")
        data = path.read_bytes()
    except OSError as error:
        raise OfficeError(f"读不到“{path.name}”", do=f"请检查文件是否还在（{error.strerror}）") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise OfficeError(
            f"“{path.name}”第 {error.lineno} 行第 {error.colno} 个字起不是 GeoJSON 的写法",
            safe="网格图没有改动",
            do="请在地图软件里重新导出为 GeoJSON",
        ) from error
    except RecursionError as error:
        raise OfficeError(f"“{path.name}”不是 GeoJSON 文件", safe="网格图没有改动", do="请重新导出") from error


def _features(document: Any, name: str) -> list[Any]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return list(document["features"])
    if kind == "Feature":
        return [document]
    if kind in (*AREAS, "Point"):
        return [{"type": "Feature", "geometry": document, "properties": {}}]
    raise OfficeError(f"“{name}”不是 GeoJSON 文件", safe="网格图没有改动", do="请选带网格轮廓的 .geojson 或 .json 文件")


def _feature(number: int, raw: Any) -> Feature:
    if not isinstance(raw, dict) or raw.get("type") != "Feature":
        raise ValueError("不是要素")
    geometry = raw.get("geometry")
    if not isinstance(geometry, dict):
        raise ValueError("没有图形")
    properties = raw.get("properties")
    given = {str(key).lower(): value for key, value in properties.items()} if isinstance(properties, dict) else {}
    name, code, kind = _first(given, NAMES), _first(given, CODES), _first(given, KINDS)
    shape = geometry.get("type")
    if shape == "Point":
        return Feature(number, name, code, kind, point=_place(geometry.get("coordinates")))
    if shape not in AREAS:
        raise ValueError(f"是“{shape}”，不是面也不是点")
    return Feature(number, name, code, kind, rings=tuple(_rings(shape, geometry.get("coordinates"))))


def _first(given: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """The first property of some names that says something; a code may have been kept as a number."""
    for key in keys:
        value = given.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str | int) and not isinstance(value, bool) and narrow(str(value)):
            return narrow(str(value))
    return ""


def _rings(shape: str, coordinates: Any) -> Iterator[Ring]:
    polygons = coordinates if shape == "MultiPolygon" else [coordinates]
    if not isinstance(polygons, list) or not polygons:
        raise ValueError("没有坐标")
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise ValueError("没有坐标")
        for ring in polygon:
            if not isinstance(ring, list):
                raise ValueError("的坐标写法不对")
            corners = [_place(corner) for corner in ring]
            if len(corners) > 1 and corners[0] == corners[-1]:
                corners.pop()
            if len(set(corners)) < 3:
                raise ValueError("的轮廓不到 3 个角")
            yield tuple(corners)


def _place(corner: Any) -> Point:
    if not isinstance(corner, list) or len(corner) < 2:
        raise ValueError("的坐标写法不对")
    x, y = corner[:2]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        raise ValueError("的坐标不是数字")
    try:
        place = float(x), float(y)
    except OverflowError as error:
        raise ValueError("的坐标不是数字") from error
    if not all(math.isfinite(number) for number in place):
        raise ValueError("的坐标不是数字")
    return place
