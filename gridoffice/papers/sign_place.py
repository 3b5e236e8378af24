"""Where on a page the visible field of a signature stands, turned and cropped pages and earlier fields considered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

GAP = 6.0


@dataclass(frozen=True)
class Leaf:
    """A page: its visible rectangle in points, and by how much it is turned for the reader (0, 90, 180, 270)."""

    visible: Box
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the reader sees them."""
        wide, high = self.visible[2] - self.visible[0], self.visible[3] - self.visible[1]
        return (high, wide) if self.turned in (90, 270) else (wide, high)

    def on_page(self, box: Box) -> Box:
        """A rectangle as the reader sees it (from the lower left of what is seen) in the page's own coordinates."""
        left, bottom, right, top = box
        wide, high = self.size
        turned = {
            0: (left, bottom, right, top),
            90: (high - top, left, high - bottom, right),
            180: (wide - right, high - top, wide - left, high - bottom),
            270: (bottom, wide - right, top, wide - left),
        }[self.turned]
        x, y = self.visible[0], self.visible[1]
        return (x + turned[0], y + turned[1], x + turned[2], y + turned[3])

    def as_seen(self, box: Box) -> Box:
        """The other way round."""
        x, y = self.visible[0], self.visible[1]
        left, bottom, right, top = box[0] - x, box[1] - y, box[2] - x, box[3] - y
        wide, high = self.size
        return {
            0: (left, bottom, right, top),
            90: (bottom, high - right, top, high - left),
            180: (wide - right, high - top, wide - left, high - bottom),
            270: (wide - top, left, wide - bottom, right),
        }[self.turned]


def part(of: Any, key: str) -> Any:
    """An entry of a dictionary of a PDF, references followed; None where there is none."""
    return of[key] if of is not None and key in of else None


def each(of: Any, key: str) -> list[Any]:
    """The members of a list in a dictionary of a PDF, references followed; none where there is no list."""
    kept = part(of, key) or ()
    return [kept[place] for place in range(len(kept))]


def leaf(page: Any) -> Leaf:
    """The leaf of a page's dictionary; rectangles and turning may stand with the pages above."""
    box = _inherited(page, "/CropBox") or _inherited(page, "/MediaBox") or (0, 0, 595, 842)
    x1, y1, x2, y2 = (float(one) for one in box)
    turned = int(_inherited(page, "/Rotate") or 0) % 360
    return Leaf((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), turned if turned % 90 == 0 else 0)


def _inherited(page: Any, key: str) -> Any:
    for _ in range(50):  # a broken file may go in a circle
        if page is None:
            return None
        if key in page:
            return page[key]
        page = part(page, "/Parent")
    return None


def corner(size: tuple[float, float]) -> Box:
    """A field at the foot at the right, a fifth of the page wide, at least 57 mm where the page has so much."""
    wide, _high = size
    across = min(max(162.0, wide * 0.2), wide * 0.9)
    high = across * 0.27
    margin = wide * 0.05
    return (wide - margin - across, margin * 0.7, wide - margin, margin * 0.7 + high)


def fields_on(page: Any) -> list[Box]:
    """The rectangles of signature fields that stand on a page already."""
    found: list[Box] = []
    for shown in each(page, "/Annots"):
        if _inherited(shown, "/FT") == "/Sig" and "/Rect" in shown:
            x1, y1, x2, y2 = (float(part) for part in shown["/Rect"])
            found.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    return [box for box in found if box[2] - box[0] > 1 and box[3] - box[1] > 1]


def room(wanted: Box, count: int) -> tuple[float, float]:
    """Width and height that so many fields beside each other need."""
    return (wanted[2] - wanted[0]) * count + GAP * (count - 1), wanted[3] - wanted[1]


def row(blank: Box, wanted: Box, count: int) -> list[Box]:
    """So many fields of a size beside each other in a blank place."""
    wide = wanted[2] - wanted[0]
    starts = [blank[0] + number * (wide + GAP) for number in range(count)]
    return [(start, blank[1], start + wide, blank[3]) for start in starts]


def free(wanted: Box, taken: list[Box], size: tuple[float, float]) -> Box:
    """The wanted rectangle, or the nearest free one left of it, then above."""
    left, bottom, right, top = wanted
    wide, high = right - left, top - bottom
    for line in range(40):
        low = bottom + line * (high + GAP)
        start = left
        while start >= min(left, GAP) and low + high <= size[1]:
            box = (start, low, start + wide, low + high)
            hit = [one for one in taken if _meet(box, one)]
            if not hit:
                return box
            start = min(one[0] for one in hit) - GAP - wide
    return wanted


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
