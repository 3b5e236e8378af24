"""The register's code, drawn on a page and read back from its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gridoffice.domain import paper_code
from gridoffice.papers import preview
from gridoffice.papers.drawing import Sheet
from gridoffice.papers.seal_code import LEAST, draw_code

FACTS = {"姓名": "张䶮", "电话": "13800002210"}


@pytest.mark.parametrize("number", ["牌2026-001", "卡2026-001-003", "移送〔2026〕12号"])
def test_the_smallest_code_is_read_from_a_picture_of_the_page(number: str, tmp_path: Path) -> None:
    zxingcpp: Any = pytest.importorskip("zxingcpp")
    from PIL import Image

    sheet = Sheet(90, 54)
    draw_code(sheet, number, FACTS, 75, 40)
    sheet.next_page()
    path = tmp_path / "卡.pdf"
    path.write_bytes(sheet.finish())
    drawn = preview.picture(path, 0, 1063)  # 300 dpi
    image = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.pixels, "raw", "BGRX", drawn.stride)
    (found,) = zxingcpp.read_barcodes(image)
    assert paper_code.read(found.text) == paper_code.Code(number, paper_code.digest(FACTS))


def test_a_code_too_small_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        draw_code(Sheet(90, 54), "牌2026-001", FACTS, 0, 0, LEAST - 1)
