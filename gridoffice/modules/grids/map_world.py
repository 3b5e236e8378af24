"""Where on the earth a picture lies, as map programs write it into a file beside it."""

from __future__ import annotations

from pathlib import Path


def bounds(path: Path) -> tuple[float, float, float, float] | None:
    """West, south, east and north end of a picture that has a world file beside it (.jgw, .pgw, .wld …), or None.

    Its six lines are: width of a pixel, two turns, height of a pixel (negative), and the upper left pixel's middle.
    """
    suffix = path.suffix
    names = [f"{suffix[:2]}{suffix[-1:]}w", f"{suffix}w", ".wld"]
    place = next((file for name in names if (file := path.with_suffix(name)).is_file()), None)
    if place is None:
        return None
    from PIL import Image as images

    try:
        across, turn, other, down, x, y = (float(line) for line in place.read_text("ascii").split()[:6])
        with images.open(path) as opened:
            wide, high = opened.size
    except (OSError, ValueError):
        return None
    if turn or other or across <= 0 or down >= 0:
        return None
    west, north = x - across / 2, y - down / 2
    return west, north + down * high, west + across * wide, north
