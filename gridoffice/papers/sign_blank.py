"""What stands on the pages of a PDF: a blank place for a visible field, and the text, to find the number in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gridoffice.papers.preview import ONE_AT_A_TIME
from gridoffice.papers.sign_place import GAP, Box

SCALE = 0.5  # pixels for each point: fine enough for a line of small print
EVEN = 2  # of 255: a tinted ground is blank; print, and the edge of a tinted panel, are not
LOWER = 0.5  # of the page's height: signatures stand in its lower half


def find(pdf: bytes, number: int, size: tuple[float, float], taken: Sequence[Box], password: str = "") -> Box | None:
    """The lowest blank rectangle of a size on a page, the rightmost of these, as the reader sees it, or None.

    `taken`: rectangles of earlier signatures, in points from the lower left.
    """
    import numpy as np

    grey = _grey(pdf, number, password)
    if grey is None:
        return None
    high, wide = grey.shape
    # A pixel is print where it differs from its right or lower neighbour; sums over rectangles come from one table.
    print_ = np.zeros((high, wide), dtype=np.int64)
    print_[:, :-1] |= np.abs(np.diff(grey, axis=1)) > EVEN
    print_[:-1, :] |= np.abs(np.diff(grey, axis=0)) > EVEN
    for left, bottom, right, top in taken:
        rows = slice(max(0, int(high - top * SCALE) - 2), max(0, int(high - bottom * SCALE) + 3))
        print_[rows, max(0, int(left * SCALE) - 2) : max(0, int(right * SCALE) + 3)] = 1
    table = np.pad(print_.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    across, down = int((size[0] + GAP) * SCALE) + 1, int((size[1] + GAP) * SCALE) + 1
    margin = int(wide * 0.04)
    last = wide - margin - across
    if last < margin or high - margin // 2 - down < 0:
        return None
    for top in range(high - margin // 2 - down, int(high * LOWER), -2):
        below = table[top + down, margin + across : last + across + 1] - table[top + down, margin : last + 1]
        above = table[top, margin + across : last + across + 1] - table[top, margin : last + 1]
        clear = np.flatnonzero(below - above == 0)
        if clear.size:
            left = (margin + int(clear[-1])) / SCALE + GAP / 2
            bottom = (high - top - down) / SCALE + GAP / 2
            return (left, bottom, left + size[0], bottom + size[1])
    return None


def _grey(pdf: bytes, number: int, password: str) -> Any:
    """The page as numbers from 0 to 255; None where it cannot be drawn."""
    import numpy as np
    import pypdfium2

    with ONE_AT_A_TIME:
        try:
            kept = pypdfium2.PdfDocument(pdf, password=password or None)
        except pypdfium2.PdfiumError:
            return None
        try:
            page = kept[number]
            wide, high = page.get_size()
            if wide * high > 40e6:  # a poster of many metres: its kinds have a place of their own
                return None
            picture = page.render(scale=SCALE, grayscale=True).to_numpy()
            return np.array(picture, dtype=np.int16).reshape(picture.shape[:2])
        except pypdfium2.PdfiumError:
            return None
        finally:
            kept.close()


def words(path: Path, pages: int = 3) -> str:
    """The text of the first pages of a PDF and of its last; "" where it cannot be read."""
    import pypdfium2

    with ONE_AT_A_TIME:
        try:
            kept = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError):
            return ""
        try:
            wanted = sorted({*range(min(pages, len(kept))), len(kept) - 1} - {-1})
            return "\n".join(kept[number].get_textpage().get_text_bounded() for number in wanted)
        except pypdfium2.PdfiumError:
            return ""
        finally:
            kept.close()
