"""Drawing in millimetres from the top left corner: text that fits, photos, QR codes, boxes, crop marks."""

from __future__ import annotations

import hashlib
import io
import struct
from functools import lru_cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

from gridoffice.papers import fonts
from gridoffice.papers.codes import dark_runs, qr_modules
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
        self._pictures: dict[str, tuple[str, int, int]] = {}

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
        document, code = self.canvas._doc, self.canvas._code
        # Operators written straight into the page: a text object for each line costs four times as much.
        code.append(f"BT {_fill(ink)} 1 0 0 1 {start:.2f} {(self.high - y) * MM:.2f} Tm")
        for name, part in fonts.runs(face, text):
            font = fonts.face(name)
            for subset, encoded in font.splitString(part, document):
                code.append(f"{font.getSubsetInternalName(subset, document)} {size:.2f} Tf <{encoded.hex()}> Tj")
            if fonts.UNKNOWN in part:
                self.missing.update(fonts.missing(text))
        code.append("ET")
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
        shape = _rounded if round else _square
        path = shape(x * MM, (self.high - y - high) * MM, wide * MM, high * MM, round * MM)
        colours = (_fill(fill) if fill else "", f"{_stroke(stroke)} {line * MM:.3f} w" if stroke else "")
        paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
        self.canvas._code.append(f"{' '.join(filter(None, colours))} {path} {paint[bool(fill), bool(stroke)]}")

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: str = LINE, line: float = 0.2) -> None:
        """A straight line."""
        ends = f"{x1 * MM:.2f} {(self.high - y1) * MM:.2f} m {x2 * MM:.2f} {(self.high - y2) * MM:.2f} l"
        self.canvas._code.append(f"{_stroke(ink)} {line * MM:.3f} w {ends} S")

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
        frame = _rounded(x * MM, (self.high - y - high) * MM, wide * MM, high * MM, round * MM)
        code = self.canvas._code
        code.append(f"q {frame} W n")
        if picture is None:
            self._nobody(x, y, wide, high)
        else:
            name, across, down = picture
            scale = max(wide / across, high / down)
            left, top = x + (wide - across * scale) / 2, y + (high - down * scale) / 3
            size = f"{across * scale * MM:.2f} 0 0 {down * scale * MM:.2f}"
            code.append(f"{size} {left * MM:.2f} {(self.high - top - down * scale) * MM:.2f} cm /{name} Do")
            self.canvas._currentPageHasImages = 1
            self.canvas._formsinuse.append(name.removeprefix("FormXob."))
        code.append("Q")

    def picture(self, data: bytes, x: float, y: float, wide: float, high: float) -> None:
        """A whole picture in a rectangle, its JPEG bytes untouched; nothing where it is broken."""
        kept = self._picture(data)
        if kept is None:
            return
        place = f"{wide * MM:.3f} 0 0 {high * MM:.3f} {x * MM:.3f} {(self.high - y - high) * MM:.3f}"
        self.canvas._code.append(f"q {place} cm /{kept[0]} Do Q")
        self.canvas._currentPageHasImages = 1
        self.canvas._formsinuse.append(kept[0].removeprefix("FormXob."))

    def _picture(self, data: bytes) -> tuple[str, int, int] | None:
        """The JPEG as it is, kept once in the file: its name there, width and height; None when it is broken."""
        digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        if digest not in self._pictures:
            facts = jpeg_facts(data)
            if facts is None:
                return None
            document = self.canvas._doc
            kept = PDFImageXObject(digest)
            kept.width, kept.height, kept.bitsPerComponent = facts[0], facts[1], 8
            kept.colorSpace = {1: "DeviceGray", 3: "DeviceRGB"}.get(facts[2], "DeviceCMYK")
            kept._filters, kept.streamContent = ("DCTDecode",), data
            name = document.getXObjectName(digest)
            self.canvas._setXObjects(kept)
            document.Reference(kept, name)
            document.addForm(digest, kept)
            self._pictures[digest] = (name, facts[0], facts[1])
        return self._pictures[digest]

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
        # Modules are whole numbers under one scale: short operators, one path, one fill.
        path = " ".join(
            f"{start} {-down - 1} {length} 1 re" for down, row in enumerate(grid) for start, length in dark_runs(row)
        )
        place = f"{(x + 2 * step) * MM:.3f} {(self.high - y - 2 * step) * MM:.3f}"
        self.canvas._code.append(f"q {step * MM:.4f} 0 0 {step * MM:.4f} {place} cm 0 0 0 rg {path} f Q")


def _numbers(colour_name: str) -> str:
    return " ".join(f"{int(colour_name[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))


@lru_cache(maxsize=64)
def _fill(colour_name: str) -> str:
    """The operator that fills with a colour."""
    return f"{_numbers(colour_name)} rg"


@lru_cache(maxsize=64)
def _stroke(colour_name: str) -> str:
    """The operator that strokes with a colour."""
    return f"{_numbers(colour_name)} RG"


def _square(x: float, y: float, wide: float, high: float, _round: float) -> str:
    return f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re"


def _rounded(x: float, y: float, wide: float, high: float, round_: float) -> str:
    """A rectangle with round corners as a path, from the left end of its lower edge."""
    r = min(round_, wide / 2, high / 2)
    k = r * 0.4477  # what is left of the radius to the control point of a quarter circle
    right, top = x + wide, y + high
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l"
        f" {right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c {right:.2f} {top - r:.2f} l"
        f" {right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c {x + r:.2f} {top:.2f} l"
        f" {x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c {x:.2f} {y + r:.2f} l"
        f" {x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def jpeg_facts(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and number of colours of a JPEG from its frame header (ITU-T T.81, B.2.2), or None."""
    place = 2
    while data[:2] == b"\xff\xd8" and place + 9 < len(data) and data[place] == 0xFF:
        kind = data[place + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", data[place + 5 : place + 9])
            return (wide, high, data[place + 9]) if wide and high and data[-2:] == b"\xff\xd9" else None
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return None


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
