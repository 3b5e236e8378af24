"""Maps of an office: bases, outlines and points are kept, checked, joined, and every step can be undone."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.db import store
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import map_points, outline, setup
from gridoffice.domain import maps as kept
from gridoffice.domain.grids import MICRO, GridUnit
from gridoffice.modules.grids import map_marks, map_picture, map_world, maps, service
from gridoffice.modules.inspections import places
from gridoffice.papers.drawing import Sheet
from tests.db.test_schema import server
from tests.make import Make

__all__ = ["server"]

LEFT = [[(0.1, 0.1), (0.5, 0.1), (0.5, 0.6), (0.1, 0.6)]]
RIGHT = [[(0.5, 0.1), (0.9, 0.1), (0.9, 0.6), (0.5, 0.6)]]


@pytest.fixture
def village(make: Make) -> GridUnit:
    return make.village("石桥村")


@pytest.fixture
def grids(make: Make, village: GridUnit) -> list[GridUnit]:
    return [make.grid(village, f"石桥村第{n}网格", sort=n) for n in (1, 2)]


@pytest.fixture
def map_id(office: Office, village: GridUnit) -> int:
    return maps.set_blank(office, village.id, 4 / 3)


def picture(path: Path, size: tuple[int, int] = (800, 600), **more: object) -> Path:
    Image.new("RGB", size, "#DDEECC").save(path, **more)  # type: ignore[arg-type]
    return path


def shown(office: Office, unit: GridUnit) -> maps.MapView:
    found = maps.get(office, unit.id)
    assert found is not None
    return found


def steps(office: Office) -> list[str]:
    with office.read() as session:
        return list(session.scalars(select(AuditUnit.name).order_by(AuditUnit.id)))


def test_a_picture_becomes_the_base_and_undo_takes_it_back(office: Office, village: GridUnit, tmp_path: Path) -> None:
    assert maps.get(office, village.id) is None
    maps.set_base(office, village.id, picture(tmp_path / "航拍.png"))
    view = shown(office, village)
    assert (view.width, view.height, view.is_own, view.frame) == (800, 600, True, (0, 0, 1, 1))
    assert view.picture is not None
    assert view.picture[:2] == b"\xff\xd8"
    assert steps(office)[-1] == "网格图换底图：石桥村"
    maps.set_base(office, village.id, picture(tmp_path / "另一张.jpg", (900, 600)))
    assert shown(office, village).width == 900
    office.undo()
    assert shown(office, village).picture == view.picture
    office.undo()
    assert maps.get(office, village.id) is None
    office.redo()
    office.redo()
    assert shown(office, village).width == 900


def test_what_a_camera_writes_into_a_photo_does_not_come_in(office: Office, village: GridUnit, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "张建国 13800001234 住址"
    exif[0x0112] = 6  # lies on its side
    path = picture(tmp_path / "photo.jpg", (800, 600), exif=exif, comment=b"PRIVATE-COMMENT")
    maps.set_base(office, village.id, path)
    view = shown(office, village)
    assert (view.width, view.height) == (600, 800)
    assert view.picture is not None
    for secret in ("张建国".encode(), b"13800001234", b"PRIVATE-COMMENT", b"Exif"):
        assert secret not in view.picture


def test_large_pictures_are_reduced_and_clear_ones_get_white_paper(tmp_path: Path) -> None:
    made = map_picture.read(picture(tmp_path / "huge.jpg", (8000, 6000)))
    assert (made.width, made.height) == (3200, 2400)
    clear = Image.new("RGBA", (100, 80), (0, 0, 0, 0))
    clear.save(tmp_path / "clear.png")
    with Image.open(io.BytesIO(map_picture.read(tmp_path / "clear.png").data)) as kept_picture:
        assert kept_picture.getpixel((50, 40)) == (255, 255, 255)


def test_a_page_of_a_pdf_becomes_the_base(office: Office, village: GridUnit, tmp_path: Path) -> None:
    sheet = Sheet(200, 100, title="图")
    sheet.next_page()
    sheet.box(0, 0, 100, 100, fill="#B3261E")
    sheet.next_page()
    path = tmp_path / "图.pdf"
    path.write_bytes(sheet.finish())
    assert map_picture.pages(path) == 2
    maps.set_base(office, village.id, path, page=1)
    view = shown(office, village)
    assert view.ratio == pytest.approx(2, rel=0.01)
    assert view.picture is not None
    with Image.open(io.BytesIO(view.picture)) as drawn:
        left, right = (drawn.convert("RGB").getpixel((view.width * n // 4, view.height // 2)) for n in (1, 3))
    assert isinstance(left, tuple)
    assert left[0] > 150 > left[1]
    assert right == (255, 255, 255)
    with pytest.raises(OfficeError, match="只有 2 页"):
        maps.set_base(office, village.id, path, page=2)


@pytest.mark.parametrize(
    ("name", "data"), [("图.dwg", b"AC1032 nonsense"), ("图.jpg", b"\xff\xd8\xff"), ("图.png", b"")]
)
def test_what_is_no_picture_is_said_in_words(
    office: Office, village: GridUnit, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(OfficeError, match="不是能认出的图片"):
        maps.set_base(office, village.id, path)
    with pytest.raises(OfficeError, match="读不到"):
        maps.set_base(office, village.id, tmp_path / "没有.jpg")
    with pytest.raises(OfficeError, match="太小或太窄"):
        maps.set_base(office, village.id, picture(tmp_path / "thin.png", (2000, 50)))
    assert maps.get(office, village.id) is None


def test_a_world_file_gives_the_bounds(office: Office, village: GridUnit, tmp_path: Path) -> None:
    path = picture(tmp_path / "图.png", (1000, 500))
    path.with_suffix(".pgw").write_text("0.0001\n0\n0\n-0.0001\n117.00005\n34.04995\n")
    maps.set_base(office, village.id, path)
    assert shown(office, village).bounds == pytest.approx((117.0, 34.0, 117.1, 34.05))
    path.with_suffix(".pgw").write_text("nonsense")
    assert map_world.bounds(path) is None


def test_outlines_are_drawn_redrawn_and_undone(
    office: Office, village: GridUnit, grids: list[GridUnit], map_id: int
) -> None:
    maps.put_shape(office, map_id, grids[0].id, LEFT)
    maps.put_shape(office, map_id, grids[1].id, RIGHT)
    view = shown(office, village)
    assert [(shape.name, shape.role) for shape in view.shapes] == [("第1网格", "below"), ("第2网格", "below")]
    assert view.shapes[0].tint != view.shapes[1].tint
    assert view.shapes[0].rings == tuple(tuple(ring) for ring in LEFT)
    assert [one.has_outline for one in maps.targets(office, village.id, map_id)] == [True, True, False]
    maps.put_shape(office, map_id, grids[0].id, [[(0.1, 0.1), (0.3, 0.1), (0.3, 0.6)]])
    office.undo()
    assert shown(office, village).shapes[0].rings == tuple(tuple(ring) for ring in LEFT)
    maps.remove_shape(office, map_id, grids[0].id)
    assert len(shown(office, village).shapes) == 1
    office.undo()
    assert len(shown(office, village).shapes) == 2
    assert steps(office)[-4].startswith("画网格图轮廓：石桥村第1网格")


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        ([(0.1, 0.1), (0.5, 0.1)], "至少要有 3 个角，现在只有 2 个"),
        ([(0.1, 0.1), (0.1, 0.1), (0.5, 0.1), (0.5, 0.1)], "至少要有 3 个角，现在只有 2 个"),
        ([(0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)], "第 1 条边和第 3 条边交叉"),
        ([(0.1, 0.1), (1.2, 0.1), (0.5, 0.9)], "第 2 个角在图的外面"),
        ([(0.1, 0.1), (0.2, 0.2), (0.3, 0.3)], "在一条线上|交叉"),
        ([(0.1, 0.1), (0.101, 0.1), (0.1, 0.101)], "太小或几个角在一条线上"),
        ([(0.1, 0.1), (float("nan"), 0.1), (0.5, 0.9)], "第 2 个角在图的外面"),
    ],
)
def test_a_wrong_outline_is_refused_with_a_sentence(
    office: Office, grids: list[GridUnit], map_id: int, ring: list[tuple[float, float]], said: str
) -> None:
    maps.put_shape(office, map_id, grids[0].id, LEFT)
    with pytest.raises(OfficeError, match=said):
        maps.put_shape(office, map_id, grids[0].id, [ring])
    with office.read() as session:
        assert session.scalars(select(kept.MapShape.points)).one() == [[list(corner) for corner in LEFT[0]]]


def test_a_unit_of_elsewhere_has_no_place_on_the_map(office: Office, make: Make, map_id: int) -> None:
    other = make.grid(make.village("东河村"), "东河村第1网格")
    with pytest.raises(OfficeError, match="不在这张图的范围里"):
        maps.put_shape(office, map_id, other.id, LEFT)


def test_corners_move_come_and_go(office: Office, village: GridUnit, grids: list[GridUnit], map_id: int) -> None:
    unit = grids[0].id
    maps.put_shape(office, map_id, unit, LEFT)
    maps.move_corner(office, map_id, unit, 0, 2, (0.55, 0.65))
    maps.insert_corner(office, map_id, unit, 0, 1, (0.3, 0.05))
    assert shown(office, village).shapes[0].rings[0] == (
        (0.1, 0.1), (0.3, 0.05), (0.5, 0.1), (0.55, 0.65), (0.1, 0.6),
    )  # fmt: skip
    maps.remove_corner(office, map_id, unit, 0, 1)
    maps.remove_corner(office, map_id, unit, 0, 0)
    with pytest.raises(OfficeError, match="只剩 3 个角"):
        maps.remove_corner(office, map_id, unit, 0, 0)
    for _ in range(4):
        office.undo()
    assert shown(office, village).shapes[0].rings[0] == tuple(LEFT[0])
    with pytest.raises(OfficeError, match="还没有轮廓"):
        maps.move_corner(office, map_id, grids[1].id, 0, 0, (0.2, 0.2))


def test_a_grid_without_a_map_shows_its_part_of_the_village_map(
    office: Office, make: Make, village: GridUnit, grids: list[GridUnit], map_id: int
) -> None:
    assert maps.get(office, grids[0].id) is None
    assert maps.is_above(office, grids[0].id)
    borrowed = maps.get(office, grids[0].id, borrow=True)
    assert borrowed is not None
    assert borrowed.frame == kept.WHOLE
    maps.put_shape(office, map_id, grids[0].id, LEFT)
    maps.put_shape(office, map_id, grids[1].id, RIGHT)
    yard = make.grid(grids[0], "石桥村第1网格甲片", level=MICRO)
    maps.put_shape(office, map_id, yard.id, [[(0.2, 0.2), (0.3, 0.2), (0.3, 0.3)]])
    view = shown(office, grids[0])
    assert view.unit_id == village.id
    assert not view.is_own
    assert view.frame == pytest.approx((0.1 - 0.024, 0.1 - 0.03, 0.5 + 0.024, 0.6 + 0.03))
    assert {(shape.unit_id, shape.role) for shape in view.shapes} == {
        (grids[0].id, "own"), (grids[1].id, "around"), (yard.id, "below"),
    }  # fmt: skip
    assert yard.id not in {shape.unit_id for shape in shown(office, village).shapes}
    maps.set_blank(office, grids[0].id, 1.0)
    assert shown(office, grids[0]).is_own
    maps.remove_map(office, grids[0].id)
    assert not shown(office, grids[0]).is_own


def test_points_of_every_kind_and_premises(
    office: Office, make: Make, village: GridUnit, grids: list[GridUnit], map_id: int
) -> None:
    shop = make.premises("石桥便民超市", grids[0])
    school = make.premises("石桥小学", grids[1], kind="小教学")
    hydrant = map_marks.put(office, map_id, "hydrant", 0.2, 0.3)
    map_marks.put(office, map_id, "place", 0.4, 0.4, premises_id=shop.id)
    map_marks.put(office, map_id, "place", 0.6, 0.4, premises_id=school.id)
    marks = shown(office, village).marks
    assert [(mark.kind, mark.title) for mark in marks] == [
        ("hydrant", ""), ("place", "石桥便民超市"), ("school", "石桥小学"),
    ]  # fmt: skip
    assert [place.is_placed for place in map_marks.places(office, village.id, map_id)] == [True, True]
    assert [place.name for place in map_marks.places(office, village.id, map_id, "sqxx")] == ["石桥小学"]
    assert map_marks.places(office, grids[0].id, map_id)[0].name == "石桥便民超市"
    map_marks.put(office, map_id, "place", 0.7, 0.7, premises_id=shop.id)
    assert len(shown(office, village).marks) == 3, "the same premises move, they do not stand twice"
    map_marks.move(office, hydrant, 0.25, 0.35)
    map_marks.change(office, hydrant, "water", "清溪取水点")
    assert steps(office)[-1] == "修改网格图点位：清溪取水点"
    assert (shown(office, village).marks[0].x, shown(office, village).marks[0].title) == (0.25, "清溪取水点")
    map_marks.remove(office, hydrant)
    assert len(shown(office, village).marks) == 2
    for _ in range(4):
        office.undo()
    assert [(mark.kind, mark.x) for mark in shown(office, village).marks] == [
        ("hydrant", 0.2), ("place", 0.4), ("school", 0.6),
    ]  # fmt: skip


def test_a_wrong_point_is_refused(office: Office, map_id: int) -> None:
    with pytest.raises(OfficeError, match="在图的外面"):
        map_marks.put(office, map_id, "hydrant", 1.01, 0.5)
    for title in ("小卖部 13800001234", "０５５７－８８８１２３４", "张家 138-0000-1234"):
        with pytest.raises(OfficeError, match="不要写电话"):
            map_marks.put(office, map_id, "other", 0.5, 0.5, title=title)
    map_marks.put(office, map_id, "other", 0.5, 0.5, title="302 国道 2 号桥")
    with pytest.raises(OfficeError, match="已经不在了"):
        map_marks.put(office, 999, "hydrant", 0.5, 0.5)


def test_what_ends_keeps_its_outline_in_the_past(
    office: Office, make: Make, village: GridUnit, grids: list[GridUnit], map_id: int
) -> None:
    office.on = date(2026, 11, 20)
    maps.put_shape(office, map_id, grids[0].id, LEFT)
    maps.put_shape(office, map_id, grids[1].id, RIGHT)
    new = make.grid(village, "石桥村东片网格", start=office.on)
    with office.unit("合并网格") as session:
        for old in grids:
            session.get_one(GridUnit, old.id).end = office.on - timedelta(days=1)
    assert shown(office, village).shapes == ()
    choices = maps.sources(office, map_id, new.id)
    assert [(one.id, one.is_ended) for one in choices] == [(grids[0].id, True), (grids[1].id, True)]
    maps.join(office, map_id, [one.id for one in choices], new.id)
    view = shown(office, village)
    assert [shape.unit_id for shape in view.shapes] == [new.id]
    assert outline.box(view.shapes[0].rings) == (0.1, 0.1, 0.9, 0.6)
    assert len(view.shapes[0].rings[0]) == 4
    assert steps(office)[-1] == "合并轮廓：石桥村第1网格、石桥村第2网格 → 石桥村东片网格"
    office.as_of = office.on - timedelta(days=1)
    assert [shape.unit_id for shape in shown(office, village).shapes] == [one.id for one in grids]
    with pytest.raises(OfficeError, match="只能看，不能改"):
        maps.put_shape(office, map_id, grids[0].id, LEFT)


def test_outlines_that_do_not_adjoin_are_not_joined(office: Office, grids: list[GridUnit], map_id: int) -> None:
    maps.put_shape(office, map_id, grids[0].id, [[(0.1, 0.1), (0.2, 0.1), (0.2, 0.2)]])
    maps.put_shape(office, map_id, grids[1].id, [[(0.7, 0.7), (0.9, 0.7), (0.9, 0.9)]])
    with pytest.raises(OfficeError, match="不相邻"):
        maps.join(office, map_id, [grid.id for grid in grids], grids[0].id)
    with pytest.raises(OfficeError, match="两个以上"):
        maps.join(office, map_id, [grids[0].id], grids[0].id)


def test_deleting_a_grid_or_premises_takes_what_stood_on_the_map_along(
    office: Office, make: Make, village: GridUnit, grids: list[GridUnit], map_id: int
) -> None:
    maps.put_shape(office, map_id, grids[0].id, LEFT)
    maps.set_blank(office, grids[0].id, 1.0)
    shop = make.premises("石桥便民超市", grids[1])
    map_marks.put(office, map_id, "place", 0.4, 0.4, premises_id=shop.id)
    service.delete(office, grids[0].id)
    places.remove(office, [shop.id])
    view = shown(office, village)
    assert (view.shapes, view.marks) == ((), ())
    office.undo()
    office.undo()
    view = shown(office, village)
    assert (len(view.shapes), len(view.marks)) == (1, 1)
    assert shown(office, grids[0]).is_own


def test_taking_a_map_away_is_one_step_that_comes_back(
    office: Office, village: GridUnit, grids: list[GridUnit], tmp_path: Path
) -> None:
    map_id = maps.set_base(office, village.id, picture(tmp_path / "图.png"))
    maps.put_shape(office, map_id, grids[0].id, LEFT)
    map_marks.put(office, map_id, "hydrant", 0.4, 0.4)
    before = shown(office, village)
    maps.remove_map(office, village.id)
    with office.read() as session:
        assert session.scalar(select(func.count()).select_from(kept.MapPoint)) == 0
    assert maps.get(office, village.id) is None
    office.undo()
    assert shown(office, village) == before


def test_kinds_are_data_the_office_can_change(tmp_path: Path) -> None:
    from gridoffice.core import paths

    shipped = map_points.kinds()
    assert shipped["hydrant"].is_public
    assert not shipped["place"].is_public
    assert map_points.of_premises("小教学").key == "school"
    assert map_points.kind("gone").key == "other"
    assert len({(one.sign, one.letter) for one in shipped.values()}) == len(shipped), "told apart without colour"
    own = paths.data() / "lists" / "map_points.toml"
    own.parent.mkdir()
    text = (paths.resources() / "lists" / "map_points.toml").read_text("utf-8")
    own.write_text(text.replace('title = "消火栓"', 'title = "室外消火栓"'), "utf-8")
    assert map_points.kinds()["hydrant"].title == "室外消火栓"
    own.write_text(text.replace('sign = "drop"', 'sign = "star"').replace("public = true", "public = 1", 1), "utf-8")
    with pytest.raises(OfficeError, match="第 1 种的 public"):
        map_points.kinds()


@pytest.mark.parametrize("ratio", [0.1, 9.0])
def test_paper_of_a_senseless_ratio_is_refused(office: Office, village: GridUnit, ratio: float) -> None:
    with pytest.raises(OfficeError, match="长宽相差太大"):
        maps.set_blank(office, village.id, ratio)


def test_a_sample_that_was_drawn_on_can_still_be_taken_out(make: Make, office: Office) -> None:
    from gridoffice.domain import sample

    sample.fill(office)
    with office.read() as session:
        units = {one.name: one.id for one in session.scalars(select(GridUnit))}
    view = maps.get(office, units["石桥村"])
    assert view is not None
    assert len(view.of_role(kept.BELOW)) == 5
    assert any(mark.kind == map_points.NORTH for mark in view.marks)
    maps.put_shape(office, view.id, units["石桥村第1网格"], LEFT)
    map_marks.put(office, view.id, "hydrant", 0.5, 0.5)
    other = maps.set_blank(office, units["竹林村"], 1.0)
    maps.put_shape(office, other, units["竹林村第1网格"], LEFT)
    sample.remove(office)
    with office.read() as session:
        for record in (kept.MapBase, kept.MapShape, kept.MapPoint):
            assert session.scalar(select(func.count()).select_from(record)) == 0
    office.undo()
    again = maps.get(office, units["石桥村"])
    assert again is not None
    assert again.outline_of(units["石桥村第1网格"]) is not None
    assert len(again.marks) == len(view.marks) + 1


def test_a_sample_outline_is_whole_and_borders_meet() -> None:
    from gridoffice.domain import union
    from gridoffice.modules.grids import sample_map

    for ring in (*sample_map.GRIDS, sample_map.WHOLE):
        assert outline.crossing((ring,)) is None
    whole = union.joined([(ring,) for ring in sample_map.GRIDS])
    assert len(whole) == 1
    assert abs(outline.area(whole[0])) == pytest.approx(abs(outline.area(sample_map.WHOLE)), rel=0.01)


def test_postgresql_keeps_the_same(server: str, tmp_path: Path) -> None:
    office = store.open_office(server)
    setup.prepare(office, name="云溪镇", code="990102101")
    make = Make(office)
    village = make.village("石桥村")
    both = [make.grid(village, f"石桥村第{n}网格", sort=n) for n in (1, 2)]
    shop = make.premises("石桥便民超市", both[0])
    map_id = maps.set_base(office, village.id, picture(tmp_path / "图.png"))
    maps.put_shape(office, map_id, both[0].id, LEFT)
    maps.put_shape(office, map_id, both[1].id, RIGHT)
    map_marks.put(office, map_id, "place", 0.3, 0.3, premises_id=shop.id)
    before = shown(office, village)
    assert [place.name for place in map_marks.places(office, village.id, map_id, "BMCS")] == ["石桥便民超市"]
    maps.join(office, map_id, [one.id for one in both], both[0].id)
    maps.remove_map(office, village.id)
    office.undo()
    office.undo()
    assert shown(office, village) == before
    office.close()
