"""QR codes as modules, and modules as runs to draw."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast


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


@lru_cache(maxsize=4_000)
def qr_path(text: str) -> tuple[int, str]:
    """Modules at each edge of a QR code, and its dark runs as one path of whole numbers, hanging down from 0 0."""
    rows = qr_modules(text)
    runs = [f"{start} {-down - 1} {length} 1 re" for down, row in enumerate(rows) for start, length in dark_runs(row)]
    return len(rows), " ".join(runs)
