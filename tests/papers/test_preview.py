"""Looking at the pages of a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.papers import preview
from gridoffice.papers.drawing import Sheet


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two pages, A5 upright; the second is red all over."""
    path = tmp_path / "两页.pdf"
    sheet = Sheet(148, 210)
    sheet.next_page()
    sheet.box(0, 0, 148, 210, fill="#FF0000")
    sheet.next_page()
    path.write_bytes(sheet.finish())
    return path


def test_sizes_are_in_millimetres(pdf: Path) -> None:
    assert [(round(size.width), round(size.height)) for size in preview.sizes(pdf)] == [(148, 210), (148, 210)]


def test_pages_come_as_pixels(pdf: Path) -> None:
    white, red = preview.picture(pdf, 0, 100), preview.picture(pdf, 1, 100)
    assert (white.width, white.height) == (100, 142)
    assert white.pixels[:3] == b"\xff\xff\xff"
    assert red.pixels[:3] == b"\x00\x00\xff"
    assert len(red.pixels) == red.stride * red.height


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    other = tmp_path / "表.pdf"
    other.write_bytes(b"PK\x03\x04")
    with pytest.raises(OfficeError, match="不是完整的 PDF"):
        preview.sizes(other)
    with pytest.raises(OfficeError, match="不是完整的 PDF"):
        preview.picture(tmp_path / "没有.pdf", 0, 100)
