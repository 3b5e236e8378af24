"""A photo without what a camera writes into it beside the pixels: where it was taken, when, whose camera it is."""

from __future__ import annotations

KEPT = frozenset({0xE0, 0xEE})
"""Application segments a picture is drawn with: JFIF and the colours of Adobe."""
SCAN = 0xDA


def jpeg(data: bytes) -> bytes:
    """A JPEG (ITU-T T.81, annex B) without Exif, XMP, comments and what hangs on behind its end; pixels untouched.

    Other bytes are given back as they are: nothing draws them.
    """
    if data[:2] != b"\xff\xd8":
        return data
    parts, place = [b"\xff\xd8"], 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        kind, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if kind == SCAN:
            end = data.rfind(b"\xff\xd9")
            return b"".join([*parts, data[place : end + 2 if end > place else len(data)]])
        is_note = kind == 0xFE or (0xE0 <= kind <= 0xEF and kind not in KEPT)
        if not is_note:
            parts.append(data[place : place + 2 + size])
        place += 2 + size
    return data
