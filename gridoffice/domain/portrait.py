"""Draws invented portraits for the sample township, so that no real face is needed."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw as Pen

SKINS = ("#f1c9a5", "#e8b98f", "#d9a67c", "#f4d3b4", "#dcab86")
HAIRS = ("#1c1512", "#2b201a", "#3a3432", "#141414")
COATS = ("#274060", "#5b2333", "#3c4f3a", "#4a4a58", "#1f3b4d", "#6b4a2b", "#54305c")
BACKS = ("#5aa0dc", "#4f97d8", "#67a8de", "#6d9bd8")
SIZE = (300, 420)  # the 25×35 mm photo


def draw(seed: int, *, woman: bool) -> bytes:
    """A flat, friendly portrait of 300×420 pixels as JPEG; the same seed gives the same face."""
    from PIL import Image, ImageDraw

    chance = random.Random(seed)
    scale = 2  # drawn larger and scaled down: smooth edges
    wide, high = SIZE[0] * scale, SIZE[1] * scale
    picture = Image.new("RGB", (wide, high), chance.choice(BACKS))
    pen = ImageDraw.Draw(picture)
    skin, hair, coat = chance.choice(SKINS), chance.choice(HAIRS), chance.choice(COATS)
    middle, face_top = wide // 2, int(high * 0.22)
    face_wide, face_high = int(wide * chance.uniform(0.40, 0.45)), int(high * chance.uniform(0.36, 0.39))
    left, right = middle - face_wide // 2, middle + face_wide // 2
    chin = face_top + face_high
    if woman:
        long = chin + int(high * chance.uniform(-0.02, 0.10))
        pen.rounded_rectangle((left - 36, face_top - 60, right + 36, long), 130, fill=hair)
    pen.ellipse((middle - int(wide * 0.46), int(high * 0.68), middle + int(wide * 0.46), int(high * 1.25)), fill=coat)
    pen.rounded_rectangle((middle - 62, chin - 90, middle + 62, int(high * 0.73)), 50, fill=skin)
    pen.polygon(
        ((middle - 90, int(high * 0.70)), (middle + 90, int(high * 0.70)), (middle, int(high * 0.83))), fill="#f7f7f5"
    )
    pen.polygon(
        ((middle - 60, int(high * 0.69)), (middle + 60, int(high * 0.69)), (middle, int(high * 0.77))), fill=skin
    )
    for side in (left - 8, right + 8):
        pen.ellipse((side - 20, face_top + face_high // 2 - 30, side + 20, face_top + face_high // 2 + 40), fill=skin)
    pen.ellipse((left, face_top - 20, right, chin), fill=skin)
    if woman:
        line = face_top + int(face_high * 0.20)
        pen.pieslice((left - 10, face_top - 64, right + 10, line * 2 - face_top + 40), 180, 360, fill=hair)
    else:
        pen.chord((left - 6, face_top - 44, right + 6, chin), 194, 346, fill=hair)
    _features(pen, middle, face_top, face_wide, face_high, hair, chance)
    out = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=85)
    return out.getvalue()


def _features(pen: Pen, middle: int, top: int, wide: int, high: int, hair: str, chance: random.Random) -> None:
    eyes, apart = top + int(high * 0.46), int(wide * 0.20)
    for x in (middle - apart, middle + apart):
        pen.ellipse((x - 11, eyes - 11, x + 11, eyes + 11), fill="#2a211d")
        pen.arc((x - 32, eyes - 52, x + 32, eyes - 4), 205, 335, fill=hair, width=8)
    pen.arc((middle - 16, eyes + 20, middle + 16, eyes + 60), 30, 150, fill="#b98563", width=5)
    mouth = top + int(high * 0.74)
    pen.arc((middle - 44, mouth - 44, middle + 44, mouth + 22), 25, 155, fill="#a4493f", width=8)
    if chance.random() < 0.22:
        for x in (middle - apart, middle + apart):
            pen.ellipse((x - 46, eyes - 38, x + 46, eyes + 38), outline="#333333", width=6)
        pen.line((middle - apart + 46, eyes, middle + apart - 46, eyes), fill="#333333", width=6)
