"""The dialog that cuts a photo to 25×35 mm, with a guide for the face."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSlider, QVBoxLayout, QWidget

from gridoffice.modules.personnel.page_crop_view import CropView
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class CropDialog(QDialog):
    """Cut a photo; `result_bytes` is what lies in the frame once it was accepted."""

    def __init__(self, parent: QWidget | None, data: bytes, title: str) -> None:
        super().__init__(parent)
        self.result_bytes = b""
        self.setWindowTitle("裁剪照片")
        self.view = CropView(data)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(title, "title"))
        body.addWidget(label("让脸对准虚线椭圆。拖动移动，滚轮缩放；也可以用方向键、加减号、[ ]。", "quiet", wrap=True))
        body.addWidget(self.view, 1)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setAccessibleName("缩放")
        self.slider.valueChanged.connect(self._slid)
        self.view.moved.connect(self._follow)
        turns = [
            button("左转 90°", lambda: self.view.turn(-90)),
            button("右转 90°", lambda: self.view.turn(90)),
            button("微转左", lambda: self.view.turn(-1)),
            button("微转右", lambda: self.view.turn(1)),
            button("还原", self.view.reset),
        ]
        body.addLayout(row(label("缩放", "quiet"), self.slider))
        body.addLayout(row(*turns, 1))
        done = button("用这张", self.accept, kind="primary")
        done.setDefault(True)
        size = label("25×35 毫米，295×413 像素", "quiet")
        body.addLayout(row(size, 1, button("取消", self.reject), done))
        self.resize(theme.px(560), min(theme.px(730), self.screen().availableGeometry().height() - 40))
        self.view.setFocus()

    def _slid(self, value: int) -> None:
        self.view.zoom_to(value / 100)

    def _follow(self) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(self.view.zoom_part() * 100))
        self.slider.blockSignals(False)

    def accept(self) -> None:
        """Take what lies in the frame."""
        self.result_bytes = self.view.result()
        super().accept()
