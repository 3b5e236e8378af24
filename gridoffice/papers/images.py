"""Pictures inside a paper: JPEG bytes passed through as they are, anything else as packed pixels."""

from __future__ import annotations

import io
import struct
from typing import NamedTuple

from gridoffice.papers.pdf import Objects

SPACES = {1: "/DeviceGray", 3: "/DeviceRGB"}


class Kept(NamedTuple):
    """A picture in the file: its object, width and height in pixels."""

    number: int
    wide: int
    high: int


def write(writer: Objects, data: bytes) -> Kept | None:
    """Write a picture; None when its bytes are broken."""
    facts = jpeg_facts(data)
    if facts is not None and facts[2] in SPACES:
        wide, high, colours = facts
        return Kept(writer.stream(data, f"{_entries(wide, high, colours)}/Filter/DCTDecode", packs=False), wide, high)
    pixels = _pixels(data)
    if pixels is None:
        return None
    wide, high, flat = pixels
    return Kept(writer.stream(flat, _entries(wide, high, 3)), wide, high)


def _entries(wide: int, high: int, colours: int) -> str:
    return f"/Type/XObject/Subtype/Image/Width {wide}/Height {high}/BitsPerComponent 8/ColorSpace{SPACES[colours]}"


def _pixels(data: bytes) -> tuple[int, int, bytes] | None:
    """A picture of another kind (PNG, a print shop's CMYK JPEG) as RGB on white."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.mode in ("RGBA", "LA", "P"):
                clear = opened.convert("RGBA")
                picture = Image.new("RGB", clear.size, "white")
                picture.paste(clear, mask=clear.getchannel("A"))
            else:
                picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError):  # what Pillow raises for broken bytes
        return None
    return picture.width, picture.height, picture.tobytes()


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
