"""Boards of every size with any number of people: exact boxes, everybody inside the trim, codes that read."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from gridoffice.domain.paper_code import read as read_code
from gridoffice.papers import board, board_people, help_sheet, wall_texts
from gridoffice.papers.board_view import SIZES, PostView
from tests.papers import sheets
from tests.papers.test_small_papers import MM, boxes, words


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 1, 2, 12, 40])
def test_a_board_holds_everybody_inside_its_exact_size(size: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / "board.pdf"
    posts = tuple(
        PostView(f"第{n}网格", f"{n}组", sheets.person(n, photo=n % 2 == 0), sheets.person(n + 60, photo=False))
        for n in range(1, count + 1)
    )
    path.write_bytes(board.draw(sheets.board(posts=posts), size))
    wide, high = SIZES[size]
    (found,) = boxes(path)
    assert found["/MediaBox"] == pytest.approx((0, 0, wide, high), abs=0.02)
    text = sheets.text_of(path)
    for n in range(1, count + 1):
        assert f"第{n}网格" in text and f"1380000{n:04d}" in text
    for x1, y1, x2, y2, word in words(path):
        assert x1 >= 0 and y1 >= -1 and x2 <= wide * MM and y2 <= high * MM + 1, (word, x1, y1, x2, y2)


@pytest.mark.parametrize("count", [1, 12])
def test_people_do_not_lie_on_one_another(count: int, tmp_path: Path) -> None:
    path = tmp_path / "board.pdf"
    path.write_bytes(board.draw(sheets.board(count), "A3"))
    shown = words(path)
    names = [one for one in shown if one[4] in sheets.RARE]
    phones = [one for one in shown if one[4] == "0000"]  # 138 0000 0007 in its middle
    assert len(phones) >= count - 1 and names
    for one in names:
        for other in phones:
            over = 0.25 * (one[3] - one[1])  # a font's box is higher than its letters
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] - over <= other[1] or other[3] - over <= one[1]
            assert apart, (one, other)


def test_many_people_stand_in_a_table_of_names_and_phones(tmp_path: Path) -> None:
    assert board_people.way(40, 532, 330).kind == board_people.TABLE
    assert board_people.way(12, 532, 330).kind != board_people.TABLE
    assert board_people.way(1, 532, 130).kind == board_people.WIDE


@pytest.mark.parametrize("size", ["A4", "600x900"])
def test_for_a_print_shop_a_board_has_bleed_and_marks(size: str, tmp_path: Path) -> None:
    path = tmp_path / "board.pdf"
    path.write_bytes(board.draw(sheets.board(3), size, bleed=True))
    wide, high = SIZES[size]
    (found,) = boxes(path)
    assert found["/TrimBox"] == pytest.approx((0, 0, wide, high), abs=0.02)
    assert found["/BleedBox"] == pytest.approx((-3, -3, wide + 3, high + 3), abs=0.02)
    from PIL import Image

    page = Image.open(sheets.drawn(path, 1, 50, tmp_path)).convert("RGB")
    left = -found["/MediaBox"][0] / 25.4 * 50
    top = (found["/MediaBox"][3] - high) / 25.4 * 50
    red, green, _blue = page.getpixel((round(left + 40), round(top - 2 / 25.4 * 50)))  # type: ignore[misc]
    assert red > 150 and green < 90, "the band runs over the edge"


def test_the_codes_on_a_board_dial_and_lead_to_the_register(tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    view = sheets.board(6)
    path = tmp_path / "board.pdf"
    for size, dots in (("A4", 300), ("600x900", 110)):
        path.write_bytes(board.draw(view, size))
        found = {one.text for one in zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 1, dots, tmp_path)))}
        assert "tel:0000-88881234" in found
        (number,) = [code.number for one in found if (code := read_code(one)) is not None]
        assert number == "牌2026-001"


def test_a_board_without_head_or_phone_still_reads(tmp_path: Path) -> None:
    nobody = dataclasses.replace(sheets.person(1, "张一"), phone="")
    path = tmp_path / "board.pdf"
    view = sheets.board(head=None, posts=(PostView("第1网格", "", nobody),), supervise_phone="", hotlines=())
    path.write_bytes(board.draw(view))
    text = sheets.text_of(path)
    assert "待定" in text and "张一" in text


def test_the_seal_stands_in_the_foot_inside_the_page() -> None:
    for size, (wide, high) in SIZES.items():
        left, bottom, right, top = board.seal(size)
        assert 0 < left < right < wide * MM and 0 < bottom < top < high * MM * 0.12


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_the_help_sheet_says_what_whom_and_which_number(size: str, tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    needs = tuple(
        help_sheet.NeedView(f"有第{n}件事要办、要问、要说", f"某某{n}", f"0592-12345{n:02d}") for n in range(13)
    )
    view = help_sheet.HelpSheetView(
        "云溪镇", "有事找谁", "石桥村第2网格", sheets.person(1, "张建国"), sheets.person(2, "李秀兰"), needs,
        sheets.EMERGENCY, "请贴在家里", "找2026-001", sheets.DAY,
    )  # fmt: skip
    path = tmp_path / "help.pdf"
    path.write_bytes(help_sheet.draw([view], size))
    wide, high = help_sheet.SIZES[size]
    assert sheets.millimetres(path) == (wide, high)
    text = sheets.text_of(path)
    assert all(f"有第{n}件事要办、要问、要说" in text and f"0592-12345{n:02d}" in text for n in range(13))
    assert max(one[3] for one in words(path)) <= high * MM
    codes = {one.text for one in zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 1, 200, tmp_path)))}
    assert "tel:13800000001" in codes


@pytest.mark.parametrize("size", SIZES)
def test_a_covenant_fits_its_board(size: str, tmp_path: Path) -> None:
    lines = tuple(f"第{n}条：不堵通道、不拉电线，出门关火关气关电，互相提醒。" for n in range(1, 13))
    view = wall_texts.CovenantView(
        "云溪镇", "石桥村防火公约", "石桥村村民委员会", "大家约定：", lines, "共同遵守。", sheets.EMERGENCY,
        "0000-8888 1234", "约2026-001", sheets.DAY,
    )  # fmt: skip
    path = tmp_path / "covenant.pdf"
    path.write_bytes(wall_texts.covenants([view], size))
    text = sheets.text_of(path)
    assert all(f"第{n}条" in text for n in range(1, 13))
    wide, high = SIZES[size]
    lowest = max(one[3] for one in words(path) if re.match("第|互相", one[4]))
    closing = next(one for one in words(path) if "共同遵守" in one[4])
    assert lowest <= closing[1] + 3 and closing[3] < high * MM and max(one[2] for one in words(path)) <= wide * MM


@pytest.mark.parametrize("size", wall_texts.SIGN_SIZES)
def test_a_sign_of_premises_leaves_the_owners_phone_to_be_written_in(size: str, tmp_path: Path) -> None:
    view = wall_texts.SignView(
        "云溪镇", "石桥村红火农家乐餐饮住宿有限责任公司第二分店", "消防安全责任牌", "小餐饮", "油锅容易起火", "王德福",
        sheets.person(3, "张建国"), "石桥村第2网格", ("出口不上锁。", "会用灭火器。"), "严禁锁闭出口", sheets.EMERGENCY,
        "责2026-001", sheets.DAY,
    )  # fmt: skip
    path = tmp_path / "sign.pdf"
    path.write_bytes(wall_texts.signs([view], size))
    text = sheets.text_of(path)
    assert "石桥村红火农家乐餐饮住宿有限责任公司第二分店" in text and "王德福" in text and "13800000003" in text
