"""How contact cards and badges may look: colours and layout as data, sizes in mm (reference 10.1)."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.papers.drawing import BLUE, RED

BAND, SIDE, PLAIN, LARGE = "band", "side", "plain", "large"
"""Layouts: a band across the top; a stripe at the left; white with a thin rule; no photo, the largest letters."""


@dataclass(frozen=True)
class Design:
    """A look: layout, main colour, colour of numbers, a pale ground."""

    key: str
    title: str
    layout: str
    main: str
    number: str
    pale: str


DESIGNS = {
    one.key: one
    for one in (
        Design("red", "红色横条", BAND, RED, BLUE, "#FBEDEC"),
        Design("blue", "蓝色竖条", SIDE, BLUE, BLUE, "#EAF1F9"),
        Design("green", "素白细线（省墨）", PLAIN, "#2B6A4D", "#1F5A40", "#EAF4EE"),
        Design("large", "大字（不印照片）", LARGE, RED, BLUE, "#FBEDEC"),
    )
}

SIZES = {"90x54": (90.0, 54.0), "85.5x54": (85.5, 54.0)}
