"""Drawing in millimetres from the top left corner: text that fits, photos, QR codes, boxes, crop marks."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from gridoffice.papers import fonts, lines, shapes
from gridoffice.papers.codes import qr_mask
from gridoffice.papers.document import Boxes, Document
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.lines import NOT_FIRST, NOT_LAST, Line
from gridoffice.papers.shapes import fill as _fill
from gridoffice.papers.shapes import stroke as _stroke

MM = 72 / 25.4
RED, BLUE, INK, QUIET, LINE, TINT = "#B3261E", "#1B4F91", "#1B2430", "#5C6775", "#D5DBE1", "#EAF1F9"


class Sheet:
    """A PDF of pages; every place is in millimetres from the top left corner of the page as it is when cut.

    `bleed` mm around it are printed too and cut off, with crop marks outside where there is a bleed. The file is
    written into `out` at the end; without it its bytes come from `finish`.
    """

    def __init__(
        self, wide: float, high: float, *, title: str = "", author: str = "", bleed: float = 0,
        out: BinaryIO | None = None,
    ) -> None:  # fmt: skip
        self.wide, self.high, self.bleed = wide, high, bleed
        self._out = out if out is not None else io.BytesIO()
        self.document = Document(self._out, title=title, author=author)
        self.code: list[str] = []
        self.missing: set[str] = set()
        self.pages = 0
        self._pictures: dict[str, int] = {}
        self._notes: list[int] = []
        self._page, self._place = 0, -1
        self._forms: dict[str, int] = {}

    # -- pages

    def next_page(self, place: int = -1) -> None:
        """End this page; `place` puts the next one among those there are (0 the first) instead of at the end."""
        boxes, size = self._boxes(), (self.wide * MM, self.high * MM)
        self.document.page(self._number(), "\n".join(self.code), size, boxes, self._pictures, self._notes)
        self.code, self._pictures, self._notes = [], {}, []
        self.pages += 1
        self._page, self._place = 0, place

    def _number(self) -> int:
        if not self._page:
            self._page = self.document.reserve_page(self._place if self._place >= 0 else None)
        return self._page

    def _boxes(self) -> Boxes:
        wide, high, b = self.wide * MM, self.high * MM, self.bleed * MM
        if not b:
            return {"MediaBox": (0, 0, wide, high)}
        self.crop_marks(0, 0, self.wide, self.high, gap=self.bleed)
        around = b + 6 * MM
        return {
            "MediaBox": (-around, -around, wide + around, high + around),
            "BleedBox": (-b, -b, wide + b, high + b),
            "TrimBox": (0, 0, wide, high),
        }

    def finish(self) -> bytes:
        """End the paper and give its bytes; nothing when it was written into a file."""
        self.document.finish()
        return self._out.getvalue() if isinstance(self._out, io.BytesIO) else b""

    # -- text

    def text(
        self, x: float, y: float, text: str, size: float, *, face: str = HEI, ink: str = INK, align: str = "left"
    ) -> float:
        """A line of text with its baseline at y; size in points; its width in mm."""
        across = fonts.units(face, text) * size / 1000
        start = x * MM - (across if align == "right" else across / 2 if align == "centre" else 0)
        parts = [f"BT {_fill(ink)} 1 0 0 1 {start:.2f} {(self.high - y) * MM:.2f} Tm"]
        for run in fonts.encoded(face, text):
            word, used = self.document.font(run.face)
            used.update(run.text)
            parts.append(f"{word} {size:.2f} Tf <{run.code}> Tj")
            if fonts.UNKNOWN in run.text:
                self.missing.update(fonts.missing(text))
        parts.append("ET")
        self.code.append(" ".join(parts))
        return across / MM

    def set_line(self, x: float, y: float, line: Line, size: float, *, face: str = HEI, ink: str = INK) -> None:
        """A line of a paragraph as it was broken: marks compressed, gaps spread."""
        if line.is_plain:
            self.text(x, y, line.text, size, face=face, ink=ink)
            return
        start = x * MM + line.start * size / 1000
        parts = [f"BT {_fill(ink)} {line.gap * size / 1000:.4f} Tc 1 0 0 1 {start:.2f} {(self.high - y) * MM:.2f} Tm"]
        for run, body in lines.shown(face, line):
            word, used = self.document.font(run.face)
            used.update(run.text)
            parts.append(f"{word} {size:.2f} Tf [{body}] TJ")
            if fonts.UNKNOWN in run.text:
                self.missing.update(fonts.missing(line.text))
        parts.append("0 Tc ET")
        self.code.append(" ".join(parts))

    def cells(
        self, places: Sequence[tuple[float, float, str]], size: float, *, face: str = HEI, ink: str = INK
    ) -> None:
        """Many short texts of one face and size: place (mm) and words of each. The quick way for tables."""
        document, high = self.document, self.high
        parts, last = [f"BT {_fill(ink)}"], ""
        for x, y, words in places:
            parts.append(f"1 0 0 1 {x * MM:.2f} {(high - y) * MM:.2f} Tm")
            for run in fonts.encoded(face, words):
                if run.face != last:
                    parts.append(f"{document.font(run.face)[0]} {size:.2f} Tf")
                    last = run.face
                document.font(last)[1].update(run.text)
                parts.append(f"<{run.code}> Tj")
                if fonts.UNKNOWN in run.text:
                    self.missing.update(fonts.missing(words))
        parts.append("ET")
        self.code.append(" ".join(parts))

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
        broken = lines.broken(text, face, size, room * MM)
        if most and len(broken) > most:
            broken = [*broken[: most - 1], Line(broken[most - 1].text[:-1] + "…")]
        for line in broken:
            self.set_line(x, y, line, size, face=face, ink=ink)
            y += size * pitch / MM
        return y

    # -- shapes

    def box(
        self, x: float, y: float, wide: float, high: float, *, fill: str = "", stroke: str = "", round: float = 0,
        line: float = 0.2,
    ) -> None:  # fmt: skip
        """A rectangle, perhaps with round corners; line width in mm."""
        shape = shapes.rounded if round else shapes.square
        self.shape(shape(x * MM, (self.high - y - high) * MM, wide * MM, high * MM, round * MM), fill, stroke, line)

    def shape(self, path: str, fill: str = "", stroke: str = "", line: float = 0.2) -> None:
        """A path in points from the lower left corner, filled, stroked or both."""
        colours = (_fill(fill) if fill else "", f"{_stroke(stroke)} {line * MM:.3f} w" if stroke else "")
        paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
        self.code.append(f"{' '.join(filter(None, colours))} {path} {paint[bool(fill), bool(stroke)]}")

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: str = LINE, line: float = 0.2) -> None:
        """A straight line."""
        ends = f"{x1 * MM:.2f} {(self.high - y1) * MM:.2f} m {x2 * MM:.2f} {(self.high - y2) * MM:.2f} l"
        self.code.append(f"{_stroke(ink)} {line * MM:.3f} w {ends} S")

    def dots(self, x1: float, y: float, x2: float, *, ink: str = "#9AA5B1") -> None:
        """A row of dots that leads the eye."""
        ends = f"{x1 * MM:.2f} {(self.high - y) * MM:.2f} m {x2 * MM:.2f} {(self.high - y) * MM:.2f} l"
        self.code.append(f"q {_stroke(ink)} 0.57 w 0 J [0.5 2.2] 0 d {ends} S Q")

    def crop_marks(self, x: float, y: float, wide: float, high: float, *, long: float = 4, gap: float = 1) -> None:
        """Cutting marks outside the corners of a rectangle."""
        for left, step in ((x, -1), (x + wide, 1)):
            for top in (y, y + high):
                self.line(left + step * gap, top, left + step * (gap + long), top, ink="#000000", line=0.1)
        for top, step in ((y, -1), (y + high, 1)):
            for left in (x, x + wide):
                self.line(left, top + step * gap, left, top + step * (gap + long), ink="#000000", line=0.1)

    @contextmanager
    def state(self, *, alpha: float = 1, blend: str = "", clip: str = "") -> Iterator[None]:
        """Colours, widths and dashes set inside are forgotten after; see-through, blended or clipped to a path."""
        looks = (f"/ca {alpha:.2f}/CA {alpha:.2f}" if alpha < 1 else "") + (f"/BM/{blend}" if blend else "")
        self.code.append(f"q{f' {self.document.look(looks)} gs' if looks else ''}{f' {clip} W n' if clip else ''}")
        yield
        self.code.append("Q")

    def repeat(self, key: str, x: float, y: float, wide: float, high: float, draw: Callable[[Sheet], None]) -> None:
        """What stands on many pages, drawn once: `draw` gets a sheet whose page is this rectangle."""
        if key not in self._forms:
            kept = (self.code, self._pictures, self.wide, self.high)
            self.code, self._pictures, self.wide, self.high = [], {}, wide, high
            draw(self)
            edges = f"/Type/XObject/Subtype/Form/BBox[0 0 {wide * MM:.3f} {high * MM:.3f}]"
            used = self.document.resources(self._pictures)
            body = "\n".join(self.code).encode("latin-1")
            self._forms[key] = self.document.writer.stream(body, f"{edges}/Resources{used}")
            self.code, self._pictures, self.wide, self.high = kept
        name = f"/X{self._forms[key]}"
        self._pictures[name] = self._forms[key]
        self.code.append(f"q 1 0 0 1 {x * MM:.2f} {(self.high - y - high) * MM:.2f} cm {name} Do Q")

    # -- pictures

    def photo(self, data: bytes | None, x: float, y: float, wide: float, high: float, *, round: float = 1.5) -> None:
        """A photo cut to the frame, its JPEG bytes untouched; a neutral figure when there is none or it is broken."""
        frame = shapes.rounded(x * MM, (self.high - y - high) * MM, wide * MM, high * MM, round * MM)
        kept = self.document.picture(data) if data else None
        if kept is None:
            with self.state(clip=frame):
                self._nobody(x, y, wide, high)
            return
        scale = max(wide / kept.wide, high / kept.high)
        left, top = x + (wide - kept.wide * scale) / 2, y + (high - kept.high * scale) / 3
        size = f"{kept.wide * scale * MM:.2f} 0 0 {kept.high * scale * MM:.2f}"
        place = f"{left * MM:.2f} {(self.high - top - kept.high * scale) * MM:.2f}"
        self.code.append(f"q {frame} W n {size} {place} cm {self._shown(kept.number)} Do Q")

    def picture(self, data: bytes, x: float, y: float, wide: float, high: float) -> None:
        """A whole picture in a rectangle, its JPEG bytes untouched; nothing where it is broken."""
        kept = self.document.picture(data)
        if kept is None:
            return
        place = f"{wide * MM:.3f} 0 0 {high * MM:.3f} {x * MM:.3f} {(self.high - y - high) * MM:.3f}"
        self.code.append(f"q {place} cm {self._shown(kept.number)} Do Q")

    def _shown(self, number: int) -> str:
        self._pictures[f"/X{number}"] = number
        return f"/X{number}"

    def _nobody(self, x: float, y: float, wide: float, high: float) -> None:
        self.box(x, y, wide, high, fill="#E3E8EE")
        across = wide * 0.42 * MM
        head = shapes.ellipse((x + wide * 0.29) * MM, (self.high - y - high * 0.40) * MM - across / 2, across, across)
        bottom, tall = (self.high - y - high * 1.25) * MM, high * 0.59 * MM
        body = shapes.ellipse((x + wide * 0.14) * MM, bottom, wide * 0.72 * MM, tall)
        self.shape(f"{head} {body}", fill="#B7C1CC")

    def qr(self, text: str, x: float, y: float, size: float) -> None:
        """A QR code as a mask of one bit a module, quiet zone inside `size` mm on white."""
        count, digits = qr_mask(text)
        step = size / (count + 4)
        self.box(x, y, size, size, fill="#FFFFFF")
        wide = f"{count * step * MM:.3f}"
        place = f"{(x + 2 * step) * MM:.3f} {(self.high - y - (count + 2) * step) * MM:.3f}"
        facts = f"/W {count}/H {count}/IM true/BPC 1/D[1 0]/F/AHx"
        self.code.append(f"q {wide} 0 0 {wide} {place} cm 0 g BI{facts} ID {digits}> EI Q")

    # -- places

    def bookmark(self, title: str, level: int, key: str, y: float = 0) -> None:
        """Name a place on this page, y mm from its top, and put it into the outline; links may lead there."""
        self.name(key, y)
        self.document.bookmark(title, level, key)

    def name(self, key: str, y: float = 0) -> None:
        """Name a place on this page that links may lead to."""
        self.document.name(key, self._number(), (self.high - y) * MM)

    def link(self, x: float, y: float, wide: float, high: float, key: str) -> None:
        """A place to click that leads to a name."""
        box = (x * MM, (self.high - y - high) * MM, (x + wide) * MM, (self.high - y) * MM)
        self._notes.append(self.document.link(box, key))


def wrap(text: str, size: float, room: float, face: str = HEI) -> list[str]:
    """A text broken into lines of `room` mm by Chinese rules, as plain words."""
    return [line.text for line in lines.broken(text, face, size, room * MM)]


def grouped(phone: str) -> str:
    """A mobile number in the groups people read: 138 0000 2213."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if len(phone) == 11 and phone.isdigit() else phone


__all__ = ["BOLD", "HEI", "NOT_FIRST", "NOT_LAST", "Sheet", "grouped", "wrap"]
