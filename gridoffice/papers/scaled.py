"""A pen for boards of any size: lengths and letters in the units of one design, turned into millimetres and points."""

from __future__ import annotations

from gridoffice.papers import fonts, whole
from gridoffice.papers.drawing import HEI, INK, LINE, MM, Sheet, wrap


class Scaled:
    """Draws on a sheet in units of `unit` mm; sizes of letters are points on a design of one millimetre a unit."""

    def __init__(self, sheet: Sheet, unit: float) -> None:
        self.sheet, self.unit = sheet, unit
        self.wide, self.high = sheet.wide / unit, sheet.high / unit
        self.bleed = sheet.bleed / unit

    def box(self, x: float, y: float, wide: float, high: float, *, fill: str = "", stroke: str = "", round: float = 0,
            line: float = 0.3) -> None:  # fmt: skip
        """A rectangle."""
        u = self.unit
        self.sheet.box(x * u, y * u, wide * u, high * u, fill=fill, stroke=stroke, round=round * u, line=line * u)

    def ground(self, fill: str) -> None:
        """The whole page in a colour, over the edge where it is cut."""
        self.box(-self.bleed, -self.bleed, self.wide + 2 * self.bleed, self.high + 2 * self.bleed, fill=fill)

    def band(self, high: float, fill: str) -> None:
        """A band along the upper edge."""
        self.box(-self.bleed, -self.bleed, self.wide + 2 * self.bleed, high + self.bleed, fill=fill)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: str = LINE, line: float = 0.3) -> None:
        """A straight line."""
        u = self.unit
        self.sheet.line(x1 * u, y1 * u, x2 * u, y2 * u, ink=ink, line=line * u)

    def text(
        self, x: float, y: float, text: str, size: float, *, face: str = HEI, ink: str = INK, align: str = "left"
    ) -> float:
        """A line of text; its width in units."""
        u = self.unit
        return self.sheet.text(x * u, y * u, text, size * u, face=face, ink=ink, align=align) / u

    def put(
        self, x: float, y: float, text: str, size: float, room: float, *, face: str = HEI, ink: str = INK,
        high: float = 0, align: str = "left", most: int = 2, least: float = 0.7,
    ) -> float:  # fmt: skip
        """A text whole (`whole.put`); the size used."""
        u = self.unit
        used = whole.put(
            self.sheet, x * u, y * u, text, size * u, room * u, face=face, ink=ink, high=high * u, align=align,
            most=most, least=least,
        )  # fmt: skip
        return used / u

    def size(self, text: str, size: float, room: float, *, face: str = HEI, high: float = 0, most: int = 1) -> float:
        """The size at which a text stands whole in some room."""
        u = self.unit
        return whole.setting(text, size * u, room * u, high * u or size * u, most, 0.7, face).size / u

    def photo(self, data: bytes | None, x: float, y: float, wide: float, high: float, *, round: float = 3) -> None:
        """A photo cut to the frame."""
        u = self.unit
        self.sheet.photo(data, x * u, y * u, wide * u, high * u, round=round * u)

    def qr(self, text: str, x: float, y: float, size: float) -> None:
        """A QR code."""
        u = self.unit
        self.sheet.qr(text, x * u, y * u, size * u)

    def sheet_width(self, text: str, size: float, face: str = HEI) -> float:
        """How wide a text of this size is, in units."""
        return fonts.width(face, text, size) / MM

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """A text in lines of `room` units."""
        return wrap(text, size, room)

    def millimetres(self, x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
        """A box in millimetres, for those who draw without this pen."""
        u = self.unit
        return x * u, y * u, wide * u, high * u

    def points(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box from the lower left corner in PDF points."""
        k = self.unit * MM
        return left * k, bottom * k, right * k, top * k
