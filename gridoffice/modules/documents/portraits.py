"""What is wrong with the photos on a paper, told before it is printed: damaged, of an odd shape, too small."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from gridoffice.papers.views import PersonView

RATIO = 35 / 25
"""Height to width of the photo every paper cuts to (1寸 25×35 mm, reference 10.1)."""
COARSE = 100  # dots per inch under which a face on a board looks coarse from two steps away


class State(NamedTuple):
    """A photo as it is kept: width and height in pixels, 0 when it is damaged."""

    wide: int
    high: int

    @property
    def is_odd(self) -> bool:
        """Whether much of it is cut away: broader than high, or twice as high as broad."""
        return bool(self.wide) and not 1.15 < self.high / self.wide < 1.8


@lru_cache(maxsize=2_000)
def state(data: bytes) -> State:
    """A photo's size after its pixels were really read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as opened:
            size = opened.size
            opened.draft("RGB", (50, 70))  # an eighth of a JPEG is read: enough to find a broken one
            opened.load()
    except (OSError, ValueError, SyntaxError):  # what Pillow raises for broken bytes
        return State(0, 0)
    return State(*size)


def names(people: Iterable[str]) -> str:
    """A few names in one breath: “张三”、“李四”等; names in quotes lead to the person on the page."""
    found = list(dict.fromkeys(people))
    return "、".join(f"“{one}”" for one in found[:5]) + ("等" if len(found) > 5 else "")


def notes(people: Sequence[PersonView], wide: float = 0) -> tuple[str, ...]:
    """Sentences on the photos; `wide` mm: how broad they are printed (0: small, size does not matter)."""
    known = [(one.name, state(one.photo)) for one in people if one.photo]
    broken = [name for name, found in known if not found.wide]
    odd = [name for name, found in known if found.is_odd]
    coarse = [name for name, found in known if found.wide and _across(found) < wide / 25.4 * COARSE]
    told = []
    if broken:
        told.append(f"{len(broken)} 张照片损坏，已用空白头像，请重新上传：{names(broken)}")
    if odd:
        told.append(f"{len(odd)} 张照片不是证件照的比例，已从中间裁成一样大小，请看一眼预览：{names(odd)}")
    if coarse:
        told.append(f"{len(coarse)} 张照片像素不够，放大后会模糊，最好换清晰的：{names(coarse)}")
    return tuple(told)


def _across(found: State) -> float:
    """Pixels that are left of the width when the photo is cut to the common shape."""
    return min(found.wide, found.high / RATIO)
