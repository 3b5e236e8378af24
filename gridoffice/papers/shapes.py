"""Shapes and colours as PDF operators; lengths in points."""

from __future__ import annotations

from functools import lru_cache

ARC = 0.4477  # what is left of the radius to the control point of a quarter circle


def numbers(colour: str) -> str:
    """A colour by its hex name (#RRGGBB) as three shares of one."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))


@lru_cache(maxsize=128)
def fill(colour: str) -> str:
    """The operator that fills with a colour."""
    return f"{numbers(colour)} rg"


@lru_cache(maxsize=128)
def stroke(colour: str) -> str:
    """The operator that strokes with a colour."""
    return f"{numbers(colour)} RG"


def square(x: float, y: float, wide: float, high: float, _round: float = 0) -> str:
    """A rectangle from its lower left corner."""
    return f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re"


def rounded(x: float, y: float, wide: float, high: float, round_: float) -> str:
    """A rectangle with round corners, from the left end of its lower edge."""
    r = min(round_, wide / 2, high / 2)
    k = r * ARC
    right, top = x + wide, y + high
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l"
        f" {right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c {right:.2f} {top - r:.2f} l"
        f" {right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c {x + r:.2f} {top:.2f} l"
        f" {x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c {x:.2f} {y + r:.2f} l"
        f" {x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def ellipse(x: float, y: float, wide: float, high: float) -> str:
    """An ellipse in a rectangle given by its lower left corner."""
    a, b = wide / 2, high / 2
    m, n, k, j = x + a, y + b, a * (1 - ARC), b * (1 - ARC)
    return (
        f"{m + a:.2f} {n:.2f} m {m + a:.2f} {n + j:.2f} {m + k:.2f} {n + b:.2f} {m:.2f} {n + b:.2f} c"
        f" {m - k:.2f} {n + b:.2f} {m - a:.2f} {n + j:.2f} {m - a:.2f} {n:.2f} c"
        f" {m - a:.2f} {n - j:.2f} {m - k:.2f} {n - b:.2f} {m:.2f} {n - b:.2f} c"
        f" {m + k:.2f} {n - b:.2f} {m + a:.2f} {n - j:.2f} {m + a:.2f} {n:.2f} c h"
    )
