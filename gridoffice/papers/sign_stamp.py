"""The visible field of a signature: role and name, office, time of this computer, and an area for the seal."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from gridoffice.core.errors import OfficeError
from gridoffice.papers.drawing import BLUE, MM, QUIET, Sheet
from gridoffice.papers.fonts import BOLD

FAINT = "#9AA5B1"
TIME = "（本机时间）"
MOST_SEAL = 5_000_000  # bytes of a seal picture
SIDES = (100, 4000)  # pixels of its sides


@dataclass(frozen=True)
class Stamp:
    """What stands in the field: `line` under the name, `seal` a PNG or nothing."""

    name: str
    role: str
    line: str
    at: datetime
    seal: bytes = b""


def draw(stamp: Stamp, wide: float, high: float) -> bytes:
    """The field as a page of `wide` times `high` points, drawn with our own embedded letters."""
    across, down = wide / MM, high / MM
    sheet = Sheet(across, down)
    sheet.box(0.3, 0.3, across - 0.6, down - 0.6, fill="#FFFFFF", stroke=BLUE, line=down / 60)
    room_for_seal = across > down * 2.4
    left = across * 0.05
    if room_for_seal:
        _seal(sheet, stamp, down)
        left = down * 1.04
    size, room = down * 0.62, across - left - down * 0.1
    head = f"{stamp.role}　{stamp.name}" if stamp.role else f"{stamp.name} 数字签名"
    sheet.fit(left, down * 0.34, head, size * 1.15, room, face=BOLD, ink=BLUE)
    sheet.fit(left, down * 0.61, stamp.line or "可用本程序“签名验证”页检查", size, room)
    sheet.fit(left, down * 0.86, f"{stamp.at:%Y-%m-%d %H:%M}{TIME}", size, room, ink=QUIET)
    sheet.next_page()
    return sheet.finish()


def _seal(sheet: Sheet, stamp: Stamp, down: float) -> None:
    """A square at the left: the office's own picture, or an empty dashed one for the seal on the printed paper."""
    edge, side = down * 0.12, down * 0.76
    if stamp.seal:
        picture, ratio = _jpeg(stamp.seal)
        wide, high = (side, side / ratio) if ratio > 1 else (side * ratio, side)
        sheet.picture(picture, edge + (side - wide) / 2, edge + (side - high) / 2, wide, high)
        return
    sheet.code.append(f"q [{down * 0.12:.2f} {down * 0.1:.2f}] 0 d")
    sheet.box(edge, edge, side, side, stroke=FAINT, round=side / 2, line=down / 80)
    sheet.code.append("Q")
    sheet.text(down / 2, down * 0.54, "盖章处", down * 0.38, ink=FAINT, align="centre")


def _jpeg(seal: bytes) -> tuple[bytes, float]:
    """A seal picture as the sheet takes pictures, flat on white, and its width over its height.

    One that lets the ground through has no place in an archive file of every level.
    """
    from PIL import Image

    with Image.open(io.BytesIO(flat(seal))) as picture:
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=92)
        return out.getvalue(), picture.width / picture.height


def flat(seal: bytes) -> bytes:
    """A PNG on white without transparency; raises OfficeError for what is no picture or too large."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(seal)) as picture:
            if picture.format != "PNG":
                raise OfficeError("印章图片要用 PNG 格式", safe="没有改动任何内容", do="请另存为 PNG 后再选")
            if not all(SIDES[0] <= side <= SIDES[1] for side in picture.size) or len(seal) > MOST_SEAL:
                told = f"请用边长 {SIDES[0]}～{SIDES[1]} 像素、不超过 5 MB 的图片"
                raise OfficeError("印章图片太小或太大", safe="没有改动任何内容", do=told)
            clear = picture.convert("RGBA")
            ground = Image.new("RGBA", clear.size, "#FFFFFF")
            ground.alpha_composite(clear)
            out = io.BytesIO()
            ground.convert("RGB").save(out, "PNG")
            return out.getvalue()
    except OfficeError:
        raise
    except Exception as error:  # whatever a broken picture makes the reader stumble over
        raise OfficeError("这个文件不是图片，或已经损坏", safe="没有改动任何内容", do="请另选一张 PNG 图片") from error
