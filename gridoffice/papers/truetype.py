"""Reads a TrueType font without loading it whole, and cuts out the glyphs a paper uses (ISO/IEC 14496-22)."""

from __future__ import annotations

import mmap
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

MORE, WORDS, SCALE, XY_SCALE, MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80  # flags of a part of a composite glyph


class TrueType:
    """One font file, mapped into memory: a face of ten megabytes opens in a millisecond."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = self._short(4)
        self._tables: dict[str, tuple[int, int]] = {}
        for place in range(12, 12 + 16 * count, 16):
            tag, _sum, offset, length = struct.unpack_from(">4sIII", self._data, place)
            self._tables[tag.decode("latin-1")] = (offset, length)
        head, hhea = self._at("head"), self._at("hhea")
        self.units = self._short(head + 18)
        self.box: tuple[int, ...] = struct.unpack_from(">4h", self._data, head + 36)
        self._is_long = self._short(head + 50) == 1
        self.ascent, self.descent = struct.unpack_from(">2h", self._data, hhea + 4)
        self._metrics = self._short(hhea + 34)
        self.count = self._short(self._at("maxp") + 4)

    def _at(self, tag: str) -> int:
        return self._tables[tag][0]

    def _short(self, place: int) -> int:
        return int(struct.unpack_from(">H", self._data, place)[0])

    def _array(self, kind: str, place: int, count: int) -> array[int]:
        size = array(kind).itemsize
        found = array(kind, bytes(self._data[place : place + count * size]))
        found.byteswap()
        return found

    @cached_property
    def _spans(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Spans of characters that follow each other: first, last, and the glyph of the first (cmap 12, else 4)."""
        cmap = self._at("cmap")
        places: dict[int, int] = {}
        for number in range(self._short(cmap + 2)):
            place = cmap + struct.unpack_from(">HHI", self._data, cmap + 4 + 8 * number)[2]
            places[self._short(place)] = place
        if 12 in places:
            count = struct.unpack_from(">I", self._data, places[12] + 12)[0]
            flat = self._array("I", places[12] + 16, 3 * count)
            return flat[0::3], flat[1::3], flat[2::3]
        return self._small_map(places[4])

    def _small_map(self, place: int) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """The map of a font without characters above U+FFFF, each a span of its own."""
        count = self._short(place + 6) // 2
        lasts, firsts = (self._array("H", place + start, count) for start in (14, 16 + 2 * count))
        deltas, offsets = (self._array("H", place + 16 + n * count, count) for n in (4, 6))
        codes, glyphs = array("I"), array("I")
        for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
            for code in range(first, min(last, 0xFFFE) + 1):
                glyph = code
                if offsets[number]:
                    glyph = self._short(place + 16 + 6 * count + 2 * number + offsets[number] + 2 * (code - first))
                if glyph:
                    codes.append(code)
                    glyphs.append((glyph + deltas[number]) & 0xFFFF)
        return codes, codes, glyphs

    def glyph(self, code: int) -> int:
        """The glyph of a character, 0 when there is none."""
        first, last, glyph = self._spans
        place = bisect_right(first, code) - 1
        return glyph[place] + code - first[place] if place >= 0 and code <= last[place] else 0

    def codes(self, start: int = 0) -> Iterable[int]:
        """The characters the font has, from `start` on, in their order."""
        for first, last in zip(*self._spans[:2], strict=True):
            if last >= start:
                yield from range(max(first, start), last + 1)

    def advance(self, glyph: int) -> float:
        """How far a glyph moves the pen, in thousandths of the letter's size."""
        place = self._at("hmtx") + 4 * min(glyph, self._metrics - 1)
        return self._short(place) * 1000 / self.units

    @cached_property
    def _ends(self) -> array[int]:
        return self._array("I" if self._is_long else "H", self._at("loca"), self.count + 1)

    def _outline(self, glyph: int) -> bytes:
        scale = 1 if self._is_long else 2
        start, end = self._ends[glyph] * scale, self._ends[glyph + 1] * scale
        place = self._at("glyf")
        return bytes(self._data[place + start : place + end])

    # -- a part of the font

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font of the glyphs in this order, the first being .notdef; parts of composite glyphs come after them."""
        order = list(glyphs)
        known = {glyph: place for place, glyph in enumerate(order)}
        outlines: list[bytes] = []
        for glyph in order:  # grows while composites are met
            outline = bytearray(self._outline(glyph))
            if len(outline) > 10 and outline[0] >= 0x80:
                for place in _parts(outline):
                    part = struct.unpack_from(">H", outline, place)[0]
                    if part not in known:
                        known[part] = len(order)
                        order.append(part)
                    struct.pack_into(">H", outline, place, known[part])
            outlines.append(bytes(outline) + b"\0" * (-len(outline) % 4))
        return self._file(order, outlines)

    def _file(self, order: Sequence[int], outlines: Sequence[bytes]) -> bytes:
        ends, metrics, place = array("I", [0]), [], 0
        for glyph, outline in zip(order, outlines, strict=True):
            place += len(outline)
            ends.append(place)
            metrics.append(self._metric(glyph))
        ends.byteswap()
        head = bytearray(self._table("head"))
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">H", head, 50, 1)  # offsets of four bytes
        hhea = bytearray(self._table("hhea"))
        struct.pack_into(">H", hhea, 34, len(order))
        maxp = bytearray(self._table("maxp"))
        struct.pack_into(">H", maxp, 4, len(order))
        tables = {
            b"glyf": b"".join(outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(metrics),
            b"loca": ends.tobytes(),
            b"maxp": bytes(maxp),
        }
        for name in ("cvt ", "fpgm", "prep"):
            if name in self._tables:
                tables[name.encode()] = self._table(name)
        return _assembled(dict(sorted(tables.items())))

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return bytes(self._data[offset : offset + length])

    def _metric(self, glyph: int) -> bytes:
        hmtx = self._at("hmtx")
        if glyph < self._metrics:
            return bytes(self._data[hmtx + 4 * glyph : hmtx + 4 * glyph + 4])
        wide = bytes(self._data[hmtx + 4 * (self._metrics - 1) : hmtx + 4 * (self._metrics - 1) + 2])
        bearing = hmtx + 4 * self._metrics + 2 * (glyph - self._metrics)
        return wide + bytes(self._data[bearing : bearing + 2])


def _parts(outline: bytearray) -> Iterable[int]:
    """Where the numbers of the parts of a composite glyph stand."""
    place, flags = 10, MORE
    while flags & MORE:
        flags = struct.unpack_from(">H", outline, place)[0]
        yield place + 2
        place += 8 if flags & WORDS else 6
        place += 2 if flags & SCALE else 4 if flags & XY_SCALE else 8 if flags & MATRIX else 0


def _sum(data: bytes) -> int:
    words = array("I", data + b"\0" * (-len(data) % 4))
    words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """A font file of tables in the order of their names."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 16 << power, power, len(tables) * 16 - (16 << power))
    rows, body, place = [], [], 12 + 16 * len(tables)
    for name, data in tables.items():
        rows.append(struct.pack(">4sIII", name, _sum(data), place, len(data)))
        padded = data + b"\0" * (-len(data) % 4)
        body.append(padded)
        place += len(padded)
    whole = bytearray(head + b"".join(rows) + b"".join(body))
    at = next(struct.unpack(">4sIII", row)[2] for row in rows if row[:4] == b"head")
    struct.pack_into(">I", whole, at + 8, (0xB1B0AFBA - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)
