"""Drawing in millimetres from the top left corner: text that fits, photos, QR codes, boxes, crop marks."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any, cast

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from gridoffice.papers import fonts
from gridoffice.papers.fonts import BOLD, HEI

MM = 72 / 25.4
RED, BLUE, INK, QUIET, LINE, TINT = "#B3261E", "#1B4F91", "#1B2430", "#5C6775", "#D5DBE1", "#EAF1F9"

# Kinsoku: what must not begin a line, and what must not end one (GB/T 15834).
NOT_FIRST = set("，。、；：？！）》」』】〕”’…—·％%,.;:?!)]}")
NOT_LAST = set("（《「『【〔“‘([{")


@lru_cache(maxsize=64)
def colour(value: str) -> Color:
    """A colour by its hex name."""
    return HexColor(value)


class Sheet:
    """A PDF of pages of one size; every place is in millimetres from the top left corner of the page."""

    def __init__(self, wide: float, high: float, *, title: str = "", author: str = "") -> None:
        self.wide, self.high = wide, high
        self._out = io.BytesIO()
        fonts.face(HEI)
        # With one of our own faces as the first font no page names Helvetica, which would not be embedded.
        self.canvas = Canvas(self._out, pagesize=(wide * MM, high * MM), pageCompression=1, initialFontName=HEI)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("gridoffice")
        self.missing: set[str] = set()
        self.pages = 0
        self._pictures: dict[int, ImageReader] = {}

    def next_page(self) -> None:
        """End this page."""
        self.canvas.showPage()
        self.pages += 1

    def finish(self) -> bytes:
        """End the paper and give its bytes."""
        self.canvas.save()
        return self._out.getvalue()

    # -- text

    def text(
        self, x: float, y: float, text: str, size: float, *, face: str = HEI, ink: str = INK, align: str = "left"
    ) -> float:
        """A line of text with its baseline at y; size in points; its width in mm."""
        across = fonts.width(face, text, size)
        start = x * MM - (across if align == "right" else across / 2 if align == "centre" else 0)
        canvas = self.canvas
        pen = canvas.beginText(start, (self.high - y) * MM)
        pen.setFillColor(colour(ink))
        for name, part in fonts.runs(face, text):
            fonts.face(name)
            pen.setFont(name, size)
            pen.textOut(part)
        canvas.drawText(pen)
        self.missing.update(fonts.missing(text))
        return across / MM

    def fit(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        room: float,
        *,
        face: str = HEI,
        ink: str = INK,
        align: str = "left",
        least: float = 0.6,
    ) -> float:
        """A line made smaller to fit `room` mm, down to `least` of its size, then cut with …; the size used."""
        across = fonts.width(face, text, size)
        used = max(size * least, min(size, size * room * MM / across if across else size))
        while len(text) > 1 and fonts.width(face, text, used) > room * MM + 0.1:
            text = text.rstrip("…")[:-1] + "…"
        self.text(x, y, text, used, face=face, ink=ink, align=align)
        return used

    def block(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        room: float,
        *,
        face: str = HEI,
        ink: str = INK,
        pitch: float = 1.5,
        most: int = 0,
    ) -> float:
        """Lines of text broken by Chinese rules into `room` mm, first baseline at y; the y below the last line."""
        lines = wrap(text, size, room, face)
        if most and len(lines) > most:
            lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
        for part in lines:
            self.text(x, y, part, size, face=face, ink=ink)
            y += size * pitch / MM
        return y

    # -- shapes

    def box(
        self, x: float, y: float, wide: float, high: float, *, fill: str = "", stroke: str = "", round: float = 0,
        line: float = 0.2,
    ) -> None:  # fmt: skip
        """A rectangle, perhaps with round corners; line width in mm."""
        canvas = self.canvas
        if fill:
            canvas.setFillColor(colour(fill))
        if stroke:
            canvas.setStrokeColor(colour(stroke))
            canvas.setLineWidth(line * MM)
        place = (x * MM, (self.high - y - high) * MM, wide * MM, high * MM)
        if round:
            canvas.roundRect(*place, round * MM, stroke=int(bool(stroke)), fill=int(bool(fill)))
        else:
            canvas.rect(*place, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: str = LINE, line: float = 0.2) -> None:
        """A straight line."""
        self.canvas.setStrokeColor(colour(ink))
        self.canvas.setLineWidth(line * MM)
        self.canvas.line(x1 * MM, (self.high - y1) * MM, x2 * MM, (self.high - y2) * MM)

    def crop_marks(self, x: float, y: float, wide: float, high: float, *, long: float = 4, gap: float = 1) -> None:
        """Cutting marks outside the corners of a rectangle."""
        for left, step in ((x, -1), (x + wide, 1)):
            for top in (y, y + high):
                self.line(left + step * gap, top, left + step * (gap + long), top, ink="#000000", line=0.1)
        for top, step in ((y, -1), (y + high, 1)):
            for left in (x, x + wide):
                self.line(left, top + step * gap, left, top + step * (gap + long), ink="#000000", line=0.1)

    # -- pictures

    def photo(self, data: bytes | None, x: float, y: float, wide: float, high: float, *, round: float = 1.5) -> None:
        """A photo cut to the frame, its JPEG bytes untouched; a neutral figure when there is none or it is broken."""
        picture = self._picture(data) if data else None
        canvas = self.canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.roundRect(x * MM, (self.high - y - high) * MM, wide * MM, high * MM, round * MM)
        canvas.clipPath(path, stroke=0, fill=0)
        if picture is None:
            self._nobody(x, y, wide, high)
        else:
            across, down = picture.getSize()
            scale = max(wide / across, high / down)
            left = x + (wide - across * scale) / 2
            top = y + (high - down * scale) / 3
            place = (left * MM, (self.high - top - down * scale) * MM, across * scale * MM, down * scale * MM)
            canvas.drawImage(picture, *place)
        canvas.restoreState()

    def _picture(self, data: bytes) -> ImageReader | None:
        key = hash(data)
        if key not in self._pictures:
            try:
                self._pictures[key] = ImageReader(io.BytesIO(data))
            except Exception:  # whatever the picture library stumbles over: the paper goes on without this photo
                return None
        return self._pictures[key]

    def _nobody(self, x: float, y: float, wide: float, high: float) -> None:
        self.box(x, y, wide, high, fill="#E3E8EE")
        canvas = self.canvas
        canvas.setFillColor(colour("#B7C1CC"))
        middle = (x + wide / 2) * MM
        canvas.circle(middle, (self.high - y - high * 0.40) * MM, wide * 0.21 * MM, stroke=0, fill=1)
        left, right = (x + wide * 0.14) * MM, (x + wide * 0.86) * MM
        bottom, top = (self.high - y - high * 1.25) * MM, (self.high - y - high * 0.66) * MM
        canvas.ellipse(left, bottom, right, top, stroke=0, fill=1)

    def qr(self, text: str, x: float, y: float, size: float) -> None:
        """A QR code as one filled path, quiet zone inside `size` mm on white."""
        grid = qr_modules(text)
        count = len(grid)
        step = size / (count + 4)
        self.box(x, y, size, size, fill="#FFFFFF")
        canvas = self.canvas
        canvas.setFillColor(colour("#000000"))
        path = canvas.beginPath()
        for down, row in enumerate(grid):
            for start, length in dark_runs(row):
                left, top = x + (start + 2) * step, y + (down + 2) * step
                path.rect(left * MM, (self.high - top - step) * MM, length * step * MM, step * MM)
        canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=4_000)
def qr_modules(text: str) -> tuple[bytes, ...]:
    """The modules of a QR code (level M) row by row; 0 is dark."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = memoryview(cast(Any, zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)))
    rows, across = image.shape[:2]
    flat = image.tobytes()
    return tuple(flat[row * across : (row + 1) * across] for row in range(rows))


def dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    found: list[tuple[int, int]] = []
    for place, value in enumerate(row):
        if value:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def wrap(text: str, size: float, room: float, face: str = HEI) -> list[str]:
    """A text broken into lines of `room` mm: Latin words whole, no 。 at the front (it hangs), no （ at the end."""
    limit = room * MM
    lines: list[str] = []
    for part in text.split("\n"):
        current = ""
        for piece in _pieces(part):
            fits = not current or fonts.width(face, current + piece, size) <= limit
            if fits or piece[0] in NOT_FIRST:
                current += piece
                continue
            carried = current[-1] if current[-1] in NOT_LAST else ""
            lines.append(current.removesuffix(carried).rstrip())
            current = carried + piece.lstrip()
        lines.append(current)
    return [part for line in lines for part in _broken(line, size, limit, face)]


def _pieces(text: str) -> list[str]:
    """Single Chinese characters and whole Latin words."""
    found: list[str] = []
    for char in text:
        joined = char.isascii() and not char.isspace()
        if joined and found and found[-1][-1].isascii() and not found[-1][-1].isspace():
            found[-1] += char
        else:
            found.append(char)
    return found


def _broken(line: str, size: float, limit: float, face: str) -> list[str]:
    """A line that is still too long (one endless word) cut where it must be."""
    found: list[str] = []
    while fonts.width(face, line, size) > limit + size and len(line) > 1:
        cut = len(line) - 1
        while cut > 1 and fonts.width(face, line[:cut], size) > limit:
            cut -= 1
        found.append(line[:cut])
        line = line[cut:]
    return [*found, line]


def grouped(phone: str) -> str:
    """A mobile number in the groups people read: 138 0000 2213."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if len(phone) == 11 and phone.isdigit() else phone


__all__ = ["BOLD", "HEI", "Sheet", "grouped", "wrap"]
