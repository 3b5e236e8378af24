"""Maps on papers read back: names, legend, vector outlines, the picture's own bytes, and nothing outside the page."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from gridoffice.papers import board, chart, map_paper
from gridoffice.papers.views import AreaView, ChartView, MapPaperView, SignView
from tests.papers import sheets


def base(size: tuple[int, int] = (900, 600), colour: str = "#DDEECC") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def areas(count: int) -> tuple[AreaView, ...]:
    """Upright strips side by side."""
    step = 0.9 / count
    made = []
    for n in range(count):
        left, right = 0.05 + n * step, 0.05 + (n + 1) * step
        made.append(AreaView(f"第{n + 1}网格", (((left, 0.1), (right, 0.1), (right, 0.9), (left, 0.9)),), n % 5))
    return tuple(made)


SIGNS = (
    SignView("消火栓", "circle", "栓", "#B3261E", "", 0.2, 0.3),
    SignView("消火栓", "circle", "栓", "#B3261E", "", 0.7, 0.3),
    SignView("学校", "triangle", "学", "#5B3F91", "石桥小学", 0.4, 0.6),
)


def view(count: int = 4, *, picture: bytes | None = None, size: tuple[int, int] = (900, 600)) -> ChartView:
    return ChartView(picture, *size, (0.0, 0.0, 1.0, 1.0), areas(count), SIGNS, True)


def paper(found: ChartView) -> MapPaperView:
    return MapPaperView("云溪镇", "石桥村", "石桥村网格图", found, "0000-8888 1234", "图2026-001", sheets.DAY)


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_the_map_paper_says_what_it_shows(size: str, tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    path.write_bytes(map_paper.draw(paper(view(picture=base())), size))
    assert sheets.millimetres(path) == map_paper.SIZES[size]
    text = sheets.text_of(path)
    for word in (
        "石桥村网格图",
        "第1网格",
        "第4网格",
        "消火栓2处",
        "学校1处",
        "石桥小学",
        "图2026-001",
        "示意图",
        "北",
    ):
        assert word in text, word
    assert all(row[-5] == "yes" for row in sheets.fonts_of(path))


def test_the_base_is_passed_through_and_outlines_are_vectors(tmp_path: Path) -> None:
    import pikepdf

    picture = base()
    path = tmp_path / "map.pdf"
    path.write_bytes(map_paper.draw(paper(view(picture=picture)), "A4"))
    with pikepdf.open(path) as document:
        page = document.pages[0]
        kept = [image.read_raw_bytes() for image in page.get_images().values()]
        assert kept == [picture]
        drawn = page.Contents.read_bytes()
        assert drawn.count(b" f*") == 4
        assert any(b"Multiply" in bytes(str(state.items()), "ascii") for state in page.Resources.ExtGState.values())


def test_the_fields_let_the_base_show_through(tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    only = dataclasses.replace(view(1, picture=base(colour="#404040")), signs=())
    path.write_bytes(map_paper.draw(paper(only), "A4"))
    page = Image.open(sheets.drawn(path, 1, 50, tmp_path)).convert("RGB")
    inside = page.getpixel((round(60 / 25.4 * 50), round(60 / 25.4 * 50)))
    assert isinstance(inside, tuple)
    assert max(inside) < 0x50, "a dark base stays dark under its tint"


def test_only_the_part_in_the_frame_is_seen(tmp_path: Path) -> None:
    out = io.BytesIO()
    picture = Image.new("RGB", (800, 400), "#FF0000")
    picture.paste("#0000FF", (400, 0, 800, 400))
    picture.save(out, "JPEG", quality=95)
    found = ChartView(out.getvalue(), 800, 400, (0.5, 0.0, 1.0, 1.0), (), (), False)
    path = tmp_path / "map.pdf"
    path.write_bytes(map_paper.draw(paper(found), "A4"))
    page = Image.open(sheets.drawn(path, 1, 40, tmp_path)).convert("RGB")
    raw = page.crop((0, 40, page.width, page.height)).tobytes()
    pixels = list(zip(raw[0::3], raw[1::3], raw[2::3], strict=True))
    reds = [p for p in pixels if p[0] > 180 and p[1] < 60 and p[2] < 60]
    blues = [p for p in pixels if p[2] > 200 and p[0] < 60]
    assert len(blues) > 3000
    assert not reds


@pytest.mark.parametrize("count", [1, 3, 6, 12, 18, 30])
@pytest.mark.parametrize("size", [(900, 600), (500, 900)])
def test_boards_with_a_map_hold_everybody_inside_the_page(count: int, size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "board.pdf"
    found = dataclasses.replace(sheets.board(count), chart=view(count, picture=base(size), size=size))
    path.write_bytes(board.draw(found))
    text = sheets.text_of(path).replace("·", "")
    for n in range(1, count + 1):
        assert text.count(f"第{n}网格") >= 2, "on the map and over the worker"
        assert n == 3 or f"1380000{n:04d}" in text
    assert "消火栓2处" in text
    assert "示意图，不作为界线依据" in text
    boxes = sheets.run("pdftotext", "-bbox", path, "-")
    for found_box in re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', boxes):
        left, top, right, bottom = (float(number) / 72 * 25.4 for number in found_box)
        assert left >= 0
        assert top >= 0
        assert right <= 600
        assert bottom <= 900


def test_a_map_keeps_its_ratio_in_any_box() -> None:
    found = view(size=(800, 400))
    assert chart.fitted(found, 10, 20, 100, 100) == pytest.approx((10, 45, 100, 50))
    assert chart.fitted(found, 10, 20, 100, 25) == pytest.approx((35, 20, 50, 25))


def test_the_numbers_at_the_foot_do_not_run_under_the_code(tmp_path: Path) -> None:
    many = tuple((f"热线{n}", "0000-8888 0001") for n in range(12))
    path = tmp_path / "board.pdf"
    path.write_bytes(board.draw(dataclasses.replace(sheets.board(5), hotlines=many)))
    boxes = sheets.run("pdftotext", "-bbox", path, "-")
    ends = [float(end) / 72 * 25.4 for end in re.findall(r'xMax="([\d.]+)"[^>]*>[^<]*0001<', boxes)]
    assert ends
    assert max(ends) <= 600 - 34 - 64 - 10
    usual = (("便民服务", "0000-8888 0001"), ("火警", "119"), ("急救", "120"), ("报警", "110"), ("政务热线", "12345"))
    path.write_bytes(board.draw(dataclasses.replace(sheets.board(5), hotlines=usual)))
    text = sheets.text_of(path)
    assert all(name in text and number.replace(" ", "") in text for name, number in usual)
