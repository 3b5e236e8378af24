"""A photo of a log, as large as the screen allows, with when and where it was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.patrols import details
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class PhotoDialog(QDialog):
    """Shows a photo; Esc closes."""

    def __init__(self, parent: QWidget, office: Office, photo_id: int) -> None:
        super().__init__(parent)
        name, data = details.photo(office, photo_id)
        self.setWindowTitle("巡查照片")
        picture = QPixmap()
        picture.loadFromData(data)
        room = parent.window().size() * 0.8
        if picture.width() > room.width() or picture.height() > room.height():
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        shown = QLabel()
        shown.setPixmap(picture)
        shown.setAccessibleName(f"照片 {name}")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(10)] * 4)
        body.addWidget(shown, 1, Qt.AlignmentFlag.AlignCenter)
        line = row(label(name, "quiet", wrap=True), button("关闭", self.accept))
        line.setStretch(0, 1)
        body.addLayout(line)
