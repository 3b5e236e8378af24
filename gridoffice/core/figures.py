"""The weekly meeting's figures: a slide is a finding in words, one chart and its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Series:
    """One named row of numbers, as long as the slide's labels; tone picks its colour."""

    name: str
    values: tuple[float, ...]
    tone: str = "brand"  # brand | done | soon | late | quiet


@dataclass(frozen=True)
class Slide:
    """A page of the meeting; `kind`: stacked (bars per label), bars, trend (lines), table."""

    key: str
    title: str  # says the finding
    kind: str
    labels: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    unit: str = ""
    period: str = ""
    total: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())
    note: str = ""
    order: int = 50
