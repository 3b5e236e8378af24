"""The meeting's slides as a PDF: one picture a page, 16:9."""

from __future__ import annotations

from collections.abc import Sequence

from gridoffice.papers.drawing import Sheet

WIDE, HIGH = 338.7, 190.5


def draw(pages: Sequence[bytes], title: str = "例会图表") -> bytes:
    """PNG pictures, each filling a page of 338.7×190.5 mm."""
    sheet = Sheet(WIDE, HIGH, title=title)
    for page in pages:
        sheet.picture(page, 0, 0, WIDE, HIGH)
        sheet.next_page()
    return sheet.finish()
