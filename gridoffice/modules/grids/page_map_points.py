"""Points on a map's window: kinds and premises are placed by clicks, moved, named, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gridoffice.domain import map_points
from gridoffice.domain.maps import Mark
from gridoffice.modules.grids import map_marks
from gridoffice.ui.canvas_edit import Edit
from gridoffice.ui.canvas_paint import Sign
from gridoffice.ui.canvas_tools import Place
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field

if TYPE_CHECKING:
    from gridoffice.modules.grids.page_map import MapDialog


def sign_of(mark: Mark) -> Sign:
    """A point as the canvas shows it."""
    kind = map_points.kind(mark.kind)
    return Sign(mark.id, kind.sign, kind.letter, kind.colour, mark.title, mark.x, mark.y)


def _blank(kind: map_points.PointKind) -> Sign:
    return Sign(0, kind.sign, kind.letter, kind.colour, "", 0, 0)


class Points:
    """What can be done with points in a map's window."""

    def __init__(self, window: MapDialog) -> None:
        self.window = window
        self._kind, self._premises_id = "", 0

    def pick_kind(self, key: str) -> None:
        """Place points of a kind from now on."""
        kind = map_points.kind(key)
        self._begin(kind, kind.title, 0)

    def pick_premises(self, premises_id: int) -> None:
        """Place premises of the ledger with the next click."""
        item = self.window.beside.premises.currentItem()
        self._begin(map_points.kinds()[map_points.PLACE], item.text()[2:] if item else "场所", premises_id)

    def _begin(self, kind: map_points.PointKind, word: str, premises_id: int) -> None:
        self._kind, self._premises_id = kind.key, premises_id
        self.window.canvas.take(Place(self.window.canvas, _blank(kind), word))
        self.window.canvas.setFocus()

    def place(self, x: float, y: float) -> None:
        """A click: put the point there."""
        view, office = self.window.view, self.window.office
        if view is None:
            return
        premises_id = self._premises_id or None
        self.window.do(lambda: map_marks.put(office, view.id, self._kind, x, y, premises_id=premises_id))
        if premises_id is not None:
            self.window.canvas.look()

    def move(self, key: int, x: float, y: float) -> None:
        """Put a point somewhere else."""
        self.window.do(lambda: map_marks.move(self.window.office, key, x, y))

    def show(self, key: int) -> None:
        """Choose a point of the list on the map."""
        canvas = self.window.canvas
        canvas.take(Edit(canvas, sign=key))
        known = next((one for one in canvas.signs if one.key == key), None)
        if known is not None:
            canvas.reveal((known.x, known.y))

    def remove(self, key: int) -> None:
        """Take a point away."""
        self.window.do(lambda: map_marks.remove(self.window.office, key), "已删除点位")

    def open(self, key: int) -> None:
        """Give a point another kind or name."""
        view, office = self.window.view, self.window.office
        mark = next((one for one in view.marks if one.id == key), None) if view else None
        if mark is None:
            return
        kinds = [(kind.key, kind.title) for kind in map_points.kinds().values()]
        fields = (
            Field("kind", "种类", "choice", required=True, choices=kinds),
            Field("title", "名称", help="会印在图上，只写地名，不写人名和电话"),
        )
        values: dict[str, Any] = {"kind": map_points.kind(mark.kind).key, "title": mark.title}

        def save(new: dict[str, Any]) -> None:
            map_marks.change(office, key, new["kind"], new["title"] or "")

        open_editor(self.window, "点位", fields, values, save, columns=1)
