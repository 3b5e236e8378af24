"""The map on a board, with its legend below it or beside it."""

from __future__ import annotations

from gridoffice.papers import chart
from gridoffice.papers.scaled import Scaled
from gridoffice.papers.views import ChartView

LEGEND = 26.0  # points of its letters


def wanted(_pen: Scaled, view: ChartView, wide: float) -> float:
    """How high the panel of a map as wide as there is room would be, with its legend below."""
    return 34 + chart.fitted(view, 0, 0, wide, 1000)[3] + _rows(view) * LEGEND * 0.62 + 8


def _rows(view: ChartView) -> int:
    return -(-len(chart.kinds(view)) // 3)


def draw(pen: Scaled, view: ChartView, x: float, y: float, wide: float, high: float) -> None:
    """The map and its legend in three columns below, or in one beside it where the map is narrow."""
    u, sheet = pen.unit, pen.sheet
    rows = _rows(view)
    below = rows * LEGEND * 0.62 + (4 if rows else 0)
    left, _, across, down = chart.fitted(view, x, y, wide, high - below)
    side = chart.fitted(view, x, y, wide, high)
    is_beside = bool(rows) and wide - side[2] > 92 and side[3] > down * 1.1
    names = 34.0 if len(view.areas) <= 14 else 26.0
    if is_beside:
        box = pen.millimetres(x, side[1], side[2], side[3])
        chart.draw(sheet, view, box, size=names * min(1, side[3] / 240) * u, round=3 * u)
        chart.legend(
            sheet, view, (x + side[2] + 8) * u, (y + 4) * u, (wide - side[2] - 10) * u, size=LEGEND * u,
            most=(high - 8) * u,
        )  # fmt: skip
        return
    chart.draw(sheet, view, pen.millimetres(left, y, across, down), size=names * min(1, down / 220) * u, round=3 * u)
    if rows:
        chart.legend(sheet, view, x * u, (y + down + 4) * u, wide * u, size=LEGEND * u, columns=3, most=below * u)
