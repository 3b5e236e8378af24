"""网格图 and the board's map: public to the last byte, chosen in the tab and on the command line."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridoffice.__main__ import main
from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.maps import MapPoint
from gridoffice.modules.documents import paper, public_map
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.modules.documents.page_option import ChoiceField, UnitField
from gridoffice.papers import preview
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.papers import sheets

# Modules do not know each other, and neither does this test: the map is drawn by name.
MAPS, MARKS = "gridoffice.modules.grids.maps", "gridoffice.modules.grids.map_marks"
PRIVATE = ("张秘密", "13812345678", "990102196001010011", "石桥孙记饭店", "独居老人王某", "私藏备注")


@pytest.fixture
def village(office: Office, make: Make, tmp_path: Path) -> GridUnit:
    """A village with a map: two grids, public points and private values wherever they could slip in."""
    with office.unit("设置") as session:
        settings.put(session, "supervise_phone", "0000-8888 1234")
    found = make.village("石桥村", note="私藏备注")
    grids = [make.grid(found, f"石桥村第{n}网格", sort=n, note="私藏备注") for n in (1, 2)]
    make.assign(make.staff("郑文书"), grids[0])
    exif = Image.Exif()
    exif[0x010E] = "张秘密 13812345678"
    picture = tmp_path / "张秘密.jpg"
    Image.new("RGB", (900, 600), "#DDEECC").save(picture, exif=exif, comment="张秘密 13812345678".encode())
    map_id = load(f"{MAPS}:set_base")(office, found.id, picture)
    for grid, left in zip(grids, (0.1, 0.5), strict=True):
        ring = [(left, 0.1), (left + 0.4, 0.1), (left + 0.4, 0.9), (left, 0.9)]
        load(f"{MAPS}:put_shape")(office, map_id, grid.id, [ring])
    put = load(f"{MARKS}:put")
    put(office, map_id, "hydrant", 0.3, 0.3, title="张秘密门口")
    put(office, map_id, "other", 0.3, 0.5, title="独居老人王某")
    put(office, map_id, "clinic", 0.7, 0.3, title="石桥村卫生室")
    shop = make.premises("石桥孙记饭店", grids[0], kind="小餐饮", owner="张秘密", phone="13812345678", note="私藏备注")
    school = make.premises("石桥小学", grids[1], kind="小教学", owner="张秘密", phone="13812345678")
    for number, place in enumerate((shop, school)):
        put(office, map_id, "place", 0.4 + number / 4, 0.6, premises_id=place.id)
    with office.unit("旧数据") as session:  # as an older program might have left it
        session.add(MapPoint(map_id=map_id, kind="clinic", title="王医生 13812345678", x=0.8, y=0.8))
    make.resident("张秘密", make.household(grids[0]), id_number="990102196001010011", phone="13812345678")
    return found


def everything_in(path: Path) -> bytes:
    """The file's bytes and every stream in it, unpacked."""
    found = path.read_bytes()
    with pikepdf.open(path) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                try:
                    found += item.read_bytes()
                except (pikepdf.PdfError, zlib.error):
                    found += item.read_raw_bytes()
    return found


def test_nothing_private_reaches_the_papers(office: Office, village: GridUnit, tmp_path: Path) -> None:
    paper.board(office, "石桥村", tmp_path / "board.pdf")
    paper.map_of(office, "石桥村", tmp_path / "map.pdf")
    for name in ("board.pdf", "map.pdf"):
        path = tmp_path / name
        text, whole = sheets.text_of(path), everything_in(path)
        for secret in PRIVATE:
            assert secret not in text, (name, secret)
            for encoding in ("utf-8", "utf-16-be", "gb18030"):
                assert secret.encode(encoding) not in whole, (name, secret)
        assert "石桥村卫生室" in text
        assert "石桥小学" in text
        assert "消火栓1处" in text
        assert "王医生" not in text
        assert b"Exif" not in whole


def test_the_board_shows_the_map_where_there_is_one(
    office: Office, make: Make, village: GridUnit, tmp_path: Path
) -> None:
    other = make.village("东河村")
    make.grid(other, "东河村第1网格")
    paper.board(office, "石桥村", tmp_path / "with.pdf")
    paper.board(office, "东河村", tmp_path / "without.pdf")
    assert "示意图，不作为界线依据" in sheets.text_of(tmp_path / "with.pdf")
    assert "示意图" not in sheets.text_of(tmp_path / "without.pdf")


def test_a_base_without_outlines_is_no_map_for_a_board(office: Office, make: Make, tmp_path: Path) -> None:
    bare = make.village("东河村")
    make.grid(bare, "东河村第1网格")
    load(f"{MAPS}:set_blank")(office, bare.id, 1.4)
    paper.board(office, "东河村", tmp_path / "board.pdf")
    assert "示意图" not in sheets.text_of(tmp_path / "board.pdf")
    with pytest.raises(OfficeError, match="还没有网格图"):
        paper.map_of(office, "东河村", tmp_path / "map.pdf")


def test_water_only_and_a_grid_alone(office: Office, village: GridUnit, tmp_path: Path) -> None:
    made = paper.map_of(office, "石桥", tmp_path / "water.pdf", size="A3", points=public_map.WATER)
    assert made.title == "石桥村消防水源图"
    text = sheets.text_of(tmp_path / "water.pdf")
    assert "消火栓1处" in text
    assert "卫生室" not in text
    made = paper.map_of(office, "石桥村第2网格", tmp_path / "grid.pdf")
    assert made.title == "石桥村第2网格图"
    text = sheets.text_of(tmp_path / "grid.pdf")
    assert "石桥小学" in text
    assert "消火栓" not in text, "the hydrant stands in the other grid"
    assert made.number == "图2026-002" if office.today().year == 2026 else made.number.startswith("图")


def test_a_map_without_places_says_what_to_do(office: Office, village: GridUnit, make: Make, tmp_path: Path) -> None:
    make.grid(make.village("东河村"), "东河村第1网格")
    with pytest.raises(OfficeError, match=r"还没有网格图.*请先在“网格”页"):
        paper.map_of(office, "东河村", tmp_path / "map.pdf")
    with pytest.raises(OfficeError, match="是不是“石桥村”"):
        paper.map_of(office, "石乔村", tmp_path / "map.pdf")


@pytest.fixture
def window(office: Office, village: GridUnit, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def wait(page: DocumentsPage) -> None:
    end = time.monotonic() + 20
    QApplication.processEvents()
    while not page.is_ready():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.005)


def test_the_tab_previews_and_issues_the_map(window: MainWindow, village: GridUnit, tmp_path: Path) -> None:
    page = window.open("documents", "map", filters=(("unit", village.id),))
    assert isinstance(page, DocumentsPage)
    wait(page)
    assert page.make.maker().name == "map"
    unit, points, sheet = (page.options.fields[key] for key in ("unit", "points", "size"))
    assert isinstance(unit, UnitField) and isinstance(points, ChoiceField) and isinstance(sheet, ChoiceField)
    assert unit.village.currentText() == "石桥村"
    assert page.make.sample is not None
    assert page.make.sample.title == "石桥村网格图"
    points.inner.setCurrentIndex(points.inner.findData("water"))
    wait(page)
    assert page.make.sample.title == "石桥村消防水源图"
    sheet.inner.setCurrentIndex(1)
    page.issue(tmp_path / "图.pdf")
    end = time.monotonic() + 20
    while page.make.made is None and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)
    size = preview.sizes(tmp_path / "图.pdf")[0]
    assert (round(size.width), round(size.height)) == (420, 297)
    unit.village.setCurrentIndex(0)
    wait(page)
    assert page.make.trouble.isVisible(), "the township has no map"


def test_the_command_line_prints_a_map(
    office: Office, village: GridUnit, office_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.close()
    out = tmp_path / "map.pdf"
    assert (
        main(["--office", str(office_file), "map", "--unit", "石桥村", "--out", str(out), "--size", "A3", "--json"])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert told["pages"] == 1
    assert sheets.millimetres(out) == (420.0, 297.0)
    assert main(["--office", str(office_file), "map", "--unit", "没有村", "--out", str(out)]) == 1
