"""QR codes as modules, and modules as runs or as the bits of a mask to draw."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

_DARK = re.compile(b"\0+")
_BITS = bytes.maketrans(b"\x00\xff", b"10")


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
    return [(start, end - start) for start, end in (run.span() for run in _DARK.finditer(row))]


def qr_mask(text: str) -> tuple[int, str]:
    """Modules at each edge of a QR code, and its rows as hex digits of a mask, each filled up to whole bytes.

    A mask is a fiftieth of the path of its runs in size and in time, and sharper: its edges are not smoothed.
    """
    rows = qr_modules(text)
    count = len(rows)
    spare = -count % 8
    digits = (count + spare) // 4
    return count, "".join([f"{int(row.translate(_BITS), 2) << spare:0{digits}x}" for row in rows])
