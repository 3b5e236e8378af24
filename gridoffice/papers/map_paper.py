"""网格图 as a paper of its own, A4 or A3 across: the map, its legend, and what it is not."""

from __future__ import annotations

from gridoffice.core.calendar import chinese
from gridoffice.domain.map_points import FIELDS, LINES
from gridoffice.papers import chart
from gridoffice.papers.drawing import INK, QUIET, RED, Sheet
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.views import MapPaperView

SIZES = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
MARGIN, SIDE = 12.0, 50.0
NOTE = "本图为示意图，未按比例绘制，不作为界线和权属的依据"


def draw(view: MapPaperView, paper: str = "A4") -> bytes:
    """The map on one page of a paper in SIZES."""
    wide, high = SIZES[paper]
    k = wide / 297
    sheet = Sheet(wide, high, title=view.title, author=view.office)
    sheet.box(0, 0, wide, 4 * k, fill=RED)
    sheet.fit(MARGIN * k, 19 * k, view.title, 26 * k, 200 * k, face=BOLD)
    sheet.text(wide - MARGIN * k, 19 * k, view.office, 12 * k, ink=QUIET, align="right")
    top, bottom = 25 * k, high - 14 * k
    across = wide - (2 * MARGIN + SIDE + 6) * k
    box = chart.fitted(view.chart, MARGIN * k, top, across, bottom - top)
    chart.draw(sheet, view.chart, (MARGIN * k, top, box[2], box[3]), size=13 * k, round=1.5 * k)
    _side(sheet, view, MARGIN * k + box[2] + 6 * k, wide - MARGIN * k, top, bottom, k)
    foot = high - 6 * k
    sheet.text(MARGIN * k, foot, NOTE, 8.5 * k, ink=QUIET)
    told = f"编号 {view.number} · 更新日期 {chinese(view.made_on)}"
    sheet.text(wide - MARGIN * k, foot, told, 8.5 * k, ink=QUIET, align="right")
    sheet.next_page()
    return sheet.finish()


def _side(sheet: Sheet, view: MapPaperView, left: float, right: float, top: float, bottom: float, k: float) -> None:
    """Beside the map: which grids, which signs, and the code to call."""
    width = min(right - left, 90 * k)
    code = 24 * k
    end = bottom - (code + 6 * k if view.supervise_phone else 0)
    y = top + 4 * k
    areas = [area for area in view.chart.areas if not area.is_frame]
    if areas:
        y = _areas(sheet, view, left, y, width, end, k)
    if view.chart.signs:
        sheet.text(left, y + 2 * k, "图例", 11 * k, face=BOLD)
        chart.legend(sheet, view.chart, left, y + 5 * k, width, size=9.5 * k, most=end - y - 6 * k)
    if view.supervise_phone:
        sheet.qr(f"tel:{view.supervise_phone.replace(' ', '')}", left, bottom - code, code)
        sheet.text(left + code + 2 * k, bottom - code * 0.55, "扫码拨打", 8.5 * k, ink=QUIET)
        sheet.text(left + code + 2 * k, bottom - code * 0.55 + 4.5 * k, "监督电话", 8.5 * k, ink=QUIET)


def _areas(sheet: Sheet, view: MapPaperView, left: float, y: float, width: float, end: float, k: float) -> float:
    """The grids with their tints, in two columns when there are many; the y below."""
    areas = [area for area in view.chart.areas if not area.is_frame]
    sheet.text(left, y, "范围", 11 * k, face=BOLD)
    y += 3 * k
    pitch = 6 * k
    room = max(int((end - y) * (0.45 if view.chart.signs else 0.95) / pitch), 1)
    columns = 1 if len(areas) <= room else 2
    across = width / columns
    shown = areas[: room * columns]
    for place, area in enumerate(shown):
        x, down = left + place % columns * across, y + place // columns * pitch
        sheet.box(x, down + 0.8 * k, 6 * k, 4 * k, fill=FIELDS[area.tint], stroke=LINES[area.tint], line=0.35 * k)
        sheet.fit(x + 8 * k, down + 4.2 * k, area.name, 9.5 * k, across - 9 * k, ink=INK)
    y += -(-len(shown) // columns) * pitch
    if len(shown) < len(areas):
        sheet.text(left, y + 3 * k, f"等 {len(areas)} 个", 8.5 * k, ink=QUIET)
        y += 4 * k
    return y + 6 * k
