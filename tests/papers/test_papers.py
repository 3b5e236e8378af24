"""Papers read back by other programs: text, sizes, fonts, codes, crop marks, contents."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gridoffice.papers import board, cards, drawing, fonts, handbook, recovery, slides, table, views
from tests.papers import sheets

MAKERS: dict[str, tuple[Callable[[], bytes], tuple[float, float]]] = {
    "cards": (lambda: cards.draw([sheets.card(n) for n in range(12)]), (210.0, 297.0)),
    "board": (lambda: board.draw(sheets.board()), (600.0, 900.0)),
    "handbook": (lambda: handbook.draw(sheets.handbook()), (148.0, 210.0)),
}


@pytest.fixture(params=MAKERS)
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, tuple[float, float]]:
    """Each paper with rare names, and the size it must have in mm."""
    make, size = MAKERS[request.param]
    path = tmp_path / f"{request.param}.pdf"
    path.write_bytes(make())
    return path, size


def test_every_character_of_every_name_can_be_copied(paper: tuple[Path, tuple[float, float]]) -> None:
    found = sheets.text_of(paper[0])
    for name in sheets.RARE:
        assert name in found, name


def test_every_font_is_embedded_and_the_size_is_exact(paper: tuple[Path, tuple[float, float]]) -> None:
    path, size = paper
    assert sheets.millimetres(path) == size
    rows = sheets.fonts_of(path)
    assert rows
    assert all(row[-5] == "yes" for row in rows), rows


def test_to_unicode_of_rare_characters_is_a_surrogate_pair(tmp_path: Path) -> None:
    sheet = drawing.Sheet(100, 40)
    sheet.text(5, 20, "𬱖𫍽䶮", 20)
    sheet.next_page()
    path = tmp_path / "rare.pdf"
    path.write_bytes(sheet.finish())
    assert sheets.text_of(path) == "𬱖𫍽䶮"


def test_a_character_no_face_has_is_told() -> None:
    sheet = drawing.Sheet(100, 40)
    sheet.text(5, 20, "王𰀁方", 20)
    assert sheet.missing == {"𰀁"}
    assert fonts.runs("Hei", "王𰀁") == (("Hei", "王〓"),)


def test_public_views_have_no_private_fields() -> None:
    private = re.compile(r"id_number|born|birth|sex$|address|health|illness|resident|tags|note", re.IGNORECASE)
    found = [kind for kind in vars(views).values() if dataclasses.is_dataclass(kind) and isinstance(kind, type)]
    assert len(found) >= 8
    for kind in found:
        assert not [field.name for field in dataclasses.fields(kind) if private.search(field.name)], kind


def test_cards_are_ten_to_a_page_with_backs_mirrored_and_crop_marks(tmp_path: Path) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(cards.draw([sheets.card(n, f"张{'一二三四五六七八九十甲乙'[n]}") for n in range(12)]))
    assert sheets.info_of(path)["Pages"] == "4"
    assert "张一" in sheets.text_of(path, 1)
    assert "张甲" not in sheets.text_of(path, 1)
    assert "可以找我" in sheets.text_of(path, 2)
    boxes = sheets.run("pdftotext", "-bbox", "-f", "2", "-l", "2", path, "-")
    first = re.search(r'xMin="([\d.]+)"[^>]*>卡2026-001-000', boxes)
    assert first is not None
    assert float(first[1]) > 210 / 25.4 * 72 / 2, "the back of the left card lies right"

    from PIL import Image

    page = Image.open(sheets.drawn(path, 1, 254, tmp_path)).convert("L")  # ten dots a millimetre
    left, top = (210 - 180) / 2, (297 - 270) / 2
    for x, y in ((left, top - 5), (left + 90, top - 5), (left - 5, top), (left - 5, top + 54), (left + 185, top + 270)):
        around = page.crop((round(x * 10) - 4, round(y * 10) - 4, round(x * 10) + 5, round(y * 10) + 5))
        assert darkest(around) < 160, (x, y)
    middle = page.crop((round((left + 20) * 10), round((top - 6) * 10), round((left + 60) * 10), round((top - 4) * 10)))
    assert darkest(middle) > 240, "no line where nothing is cut"


def darkest(picture: Any) -> int:
    """The darkest grey of a picture, 0 to 255."""
    return int(min(picture.tobytes()))


def test_the_code_on_a_card_dials(tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    path = tmp_path / "cards.pdf"
    path.write_bytes(cards.draw([sheets.card(7)]))
    found = zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 1, 300, tmp_path)))
    assert [code.text for code in found] == ["tel:13800000007"]


@pytest.mark.parametrize("count", [0, 1, 3, 11, 18, 30])
def test_boards_of_any_size_hold_everybody_inside_the_page(count: int, tmp_path: Path) -> None:
    path = tmp_path / "board.pdf"
    path.write_bytes(board.draw(sheets.board(count)))
    found = sheets.text_of(path)
    for n in range(1, count + 1):
        assert f"第{n}网格" in found
        assert n == 3 or f"1380000{n:04d}" in found.replace("·", "")
    boxes = sheets.run("pdftotext", "-bbox", path, "-")
    for x_min, y_min, x_max, y_max in re.findall(
        r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', boxes
    ):
        assert float(x_min) >= 0
        assert float(y_min) >= 0
        assert float(x_max) <= 600 / 25.4 * 72
        assert float(y_max) <= 900 / 25.4 * 72


def test_a_long_list_repeats_its_head_and_counts_its_pages(tmp_path: Path) -> None:
    columns = tuple(views.TableColumn(title) for title in ("编号", "事项", "情况"))
    rows = tuple(
        (f"2026-{n:04d}", f"张𬱖家第{n}件", "沿7-8组巡查，提醒注意用火用电安全。" * (1 + n % 3)) for n in range(120)
    )
    path = tmp_path / "list.pdf"
    path.write_bytes(table.draw(views.TableView("云溪镇事项", "共 120 条", columns, rows, "内部资料")))
    pages = int(sheets.info_of(path)["Pages"])
    assert pages > 2
    for page in range(1, pages + 1):
        found = sheets.text_of(path, page)
        assert f"第{page}页，共{pages}页" in found
        assert "编号" in found
    whole = sheets.text_of(path)
    assert all(f"第{n}件" in whole for n in range(120))


def test_an_empty_list_is_still_a_page(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(table.draw(views.TableView("云溪镇事项", "共 0 条", (views.TableColumn("编号"),), ())))
    assert "共0条" in sheets.text_of(path)


def test_the_recovery_sheet_reads_back(tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    from gridoffice.db import keys

    key = keys.new_key()
    path = tmp_path / "sheet.pdf"
    path.write_bytes(recovery.draw("云溪镇", sheets.DAY, keys.to_words(key), key.hex(), "云溪.office"))
    found = zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 1, 150, tmp_path)))
    assert [code.text for code in found] == [key.hex()]
    text = sheets.text_of(path)
    assert all(word in text for word in keys.to_words(key))


def test_slides_fill_a_wide_page(tmp_path: Path) -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (192, 108), "#B3261E").save(out, "PNG")
    path = tmp_path / "slides.pdf"
    path.write_bytes(slides.draw([out.getvalue()] * 3))
    assert sheets.info_of(path)["Pages"] == "3"
    assert sheets.millimetres(path) == (338.7, 190.5)


def test_lines_break_by_chinese_rules() -> None:
    text = "（一）居民反映路灯不亮，网格员当天到场，联系电工修好；第二天回访，居民满意。电话13800000001请保存。"
    lines = drawing.wrap(text, 10.5, 60)
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in drawing.NOT_FIRST]
    assert not [line for line in lines if line[-1] in drawing.NOT_LAST]
    assert [line for line in lines if "13800000001" in line], "a number is not torn apart"


def test_a_broken_photo_becomes_the_neutral_figure(tmp_path: Path) -> None:
    broken = dataclasses.replace(
        sheets.card(1), person=views.PersonView("张一", "网格员", "13800000001", b"\xff\xd8 broken")
    )
    path = tmp_path / "card.pdf"
    path.write_bytes(cards.draw([broken]))
    assert "张一" in sheets.text_of(path)
