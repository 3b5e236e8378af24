"""Where a case is, on the map of its village: one click (or the arrows and Space) puts the mark."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.cases import dealing, seeking
from gridoffice.ui import dialogs
from gridoffice.ui.canvas import MapCanvas
from gridoffice.ui.canvas_paint import Outline, Sign
from gridoffice.ui.canvas_tools import Place
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

KEY = 1  # of the one sign; 0 would be the one a tool holds
LATE = "#B3261E"  # on the paper of a map, which stays light in the dark


class PlaceDialog(QDialog):
    """The village's map with the case's mark; saved at once by 标在这里, and undone like everything."""

    def __init__(self, parent: QWidget, office: Office, case_id: int, title: str) -> None:
        super().__init__(parent)
        shown = seeking.village_map(office, case_id)
        if shown is None:
            raise OfficeError(
                "这个村（社区）还没有自己的图", safe="事项没有改动", do="先在“网格”页给村里放一张图，再来标位置"
            )
        self.office, self.case_id = office, case_id
        self.point = shown.point
        self.setWindowTitle(f"图上位置 · {title}")
        self.canvas = MapCanvas()
        view = shown.view
        self.canvas.show_base(view.picture, view.width, view.height, view.frame)
        self.outlines = [Outline(one.unit_id, one.name, one.rings, one.tint, True) for one in view.shapes]
        self.hint = label("", "quiet", wrap=True)
        self.canvas.hinted.connect(self.hint.setText)
        self.canvas.placed.connect(self._put)
        self.save_button = button("标在这里", self._save, kind="primary")
        self.off_button = button("取消位置", self._off)
        self.off_button.setVisible(self.point is not None)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(8))
        body.addWidget(label(f"{view.unit_name} · {title}", "heading", wrap=True))
        body.addWidget(self.canvas, 1)
        body.addWidget(self.hint)
        body.addLayout(row(self.off_button, 1, button("关闭", self.reject), self.save_button))
        self.resize(theme.px(760), min(theme.px(600), self.screen().availableGeometry().height() - 80))
        self._show()
        self.canvas.take(Place(self.canvas, self._sign(0.0, 0.0), "事项"))
        self.canvas.setFocus()

    def _sign(self, x: float, y: float) -> Sign:
        return Sign(KEY, "circle", "事", LATE, "", x, y)

    def _show(self) -> None:
        self.canvas.show_shapes(self.outlines, [self._sign(*self.point)] if self.point else [])
        self.save_button.setEnabled(self.point is not None)

    def _put(self, x: float, y: float) -> None:
        self.point = (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
        self._show()

    def _save(self) -> None:
        if dialogs.guarded(self, lambda: dealing.put_on_map(self.office, self.case_id, self.point)):
            self.accept()

    def _off(self) -> None:
        self.point = None
        self._save()
