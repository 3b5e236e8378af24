"""例会: the week's slides as a list, the chosen one large with its figures, the show and the export."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QListWidgetItem, QSizePolicy, QStackedLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.core.figures import Slide
from gridoffice.db.office import Office
from gridoffice.modules.meeting import service
from gridoffice.modules.meeting.page_show import Show, picture
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

THUMB = (200, 112)


class Large(QLabel):
    """The chosen slide, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.slide: Slide | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(theme.px(240))

    def put(self, slide: Slide) -> None:
        """Show another slide."""
        self.slide = slide
        self.setAccessibleName(slide.title)
        self.draw()

    def draw(self) -> None:
        """Draw the slide for the room there is."""
        if self.slide is None or self.width() < 50:
            return
        ratio = self.devicePixelRatioF()
        width = min(self.width(), self.height() * 16 // 9)
        drawn = picture(self.slide, round(width * ratio), round(width * 9 / 16 * ratio))
        drawn.setDevicePixelRatio(ratio)
        self.setPixmap(drawn)

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        """Draw again for the new room."""
        super().resizeEvent(event)
        self.draw()


class MeetingPage(Page):
    """The meeting of a week. Every commit may change a figure, so every table makes the page stale."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.slides: list[Slide] = []
        self.show_window: Show | None = None
        self._thumbs = QTimer(self)
        self._thumbs.setInterval(0)
        self._thumbs.timeout.connect(self._thumb)
        left = self._left()
        left.setFixedWidth(theme.px(250))
        self.line.addWidget(left)
        middle = QWidget()
        self.stack = QStackedLayout(middle)
        self.stack.addWidget(self._middle())
        text = "每周的图表来自巡查、事项、随访和检查的登记。先导入办公室的表格，或登记几条。"
        self.stack.addWidget(Empty("meeting", "还没有可以展示的内容", text))
        self.line.addWidget(middle, 1)
        self.refresh()

    def _left(self) -> QWidget:
        panel = Panel("例会")
        self.week = QComboBox()
        self.week.setAccessibleName("哪一周")
        for on, title in service.weeks(self.office.today()):
            self.week.addItem(title, on)
        self.week.currentIndexChanged.connect(lambda _place: self.refresh())
        self.list = QListWidget()
        self.list.setAccessibleName("各页要点")
        self.list.setIconSize(QSize(theme.px(THUMB[0]), theme.px(THUMB[1])))
        self.list.setSpacing(theme.px(3))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setFlow(QListWidget.Flow.TopToBottom)
        self.list.setWrapping(False)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemDoubleClicked.connect(lambda _item: self.start_show())
        panel.body.addWidget(self.week)
        panel.body.addWidget(self.list, 1)
        return panel

    def _middle(self) -> QWidget:
        panel = Panel()
        self.title = label("", "title", wrap=True)
        self.show_button = button("放映  F5", self.start_show, kind="primary")
        self.pdf_button = button("导出 PDF 和图片…", self.ask_export)
        self.figures_button = button("看数字", self._toggle, kind="chip")
        self.figures_button.setCheckable(True)
        head = row(spacing=8)
        head.addWidget(self.title, 1)
        for one in (self.figures_button, self.pdf_button, self.show_button):
            head.addWidget(one)
        panel.body.addLayout(head)
        self.large = Large()
        panel.body.addWidget(self.large, 3)
        self.figures_place = QStackedLayout()
        self.figures_holder = QWidget()
        self.figures_holder.setLayout(self.figures_place)
        self.figures_holder.hide()
        panel.body.addWidget(self.figures_holder, 2)
        return panel

    def on(self) -> date:
        """The day the chosen week is told from."""
        on = self.week.currentData()
        return on if isinstance(on, date) else self.office.today()

    def refresh(self) -> None:
        """Collect the week's slides anew, staying on the same one."""
        kept = self.list.currentRow()
        try:
            self.slides = service.slides(self.office, self.on())
        except OfficeError:
            self.slides = []
        self.stack.setCurrentIndex(0 if self.slides else 1)
        self.list.clear()
        blank = QPixmap(theme.px(THUMB[0]), theme.px(THUMB[1]))
        blank.fill(Qt.GlobalColor.white)
        for number, slide in enumerate(self.slides, 1):
            item = QListWidgetItem(QIcon(blank), f"{number}　{slide.title}")
            item.setToolTip(slide.title)
            item.setSizeHint(QSize(theme.px(THUMB[0] + 8), theme.px(THUMB[1] + 50)))
            self.list.addItem(item)
        if self.slides:
            self.list.setCurrentRow(min(max(kept, 0), len(self.slides) - 1))
            self._waiting = list(range(len(self.slides)))
            self._thumbs.start()

    def is_ready(self) -> bool:
        """Whether the small pictures are drawn."""
        return not self._thumbs.isActive()

    def _thumb(self) -> None:
        """Draw one small picture at a time, so that the window stays alive."""
        if not self._waiting or not self.slides:
            self._thumbs.stop()
            return
        place = self._waiting.pop(0)
        item = self.list.item(place)
        if item is not None and place < len(self.slides):
            whole = picture(self.slides[place], 960, 540)
            size = QSize(theme.px(THUMB[0]) * 2, theme.px(THUMB[1]) * 2)
            small = whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            small.setDevicePixelRatio(2)
            item.setIcon(QIcon(small))

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self.slides):
            slide = self.slides[place]
            self.title.setText(f"{place + 1} / {len(self.slides)}")
            self.large.put(slide)
            self._figures(slide)

    def _figures(self, slide: Slide) -> None:
        titles, rows = service.figures(slide)
        while self.figures_place.count():
            old = self.figures_place.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.deleteLater()
        if titles:
            widths = [(title, 200 if place == 0 else 90) for place, title in enumerate(titles)]
            right = () if slide.kind == "table" else range(1, len(titles))
            table = RowsTable("图表数字", widths, right=list(right), spread=True)
            table.show_rows(rows)
            self.figures_place.addWidget(table)

    def _toggle(self) -> None:
        self.figures_holder.setVisible(self.figures_button.isChecked())

    def start_show(self) -> None:
        """F5: the slides over the whole screen, from the chosen one on."""
        if not self.slides:
            raise OfficeError("还没有可以展示的内容", do="请先登记巡查、随访或检查，或导入办公室的表格")
        self.show_window = Show(self.slides, self.list.currentRow())
        self.show_window.closed.connect(self._ended)
        # On the window's own screen (the projector's, when it was moved there), also where nothing manages windows.
        self.show_window.setGeometry(self.screen().geometry())
        self.show_window.showFullScreen()

    def _ended(self, place: int) -> None:
        self.show_window = None
        self.list.setCurrentRow(place)

    def ask_export(self) -> None:
        """Ask for a folder and export into it."""
        folder = dialogs.open_folder(self, "例会图表存到哪个文件夹")
        if folder is not None:
            self.export(folder)

    def export(self, folder: Path) -> None:
        """Write all slides as PNG and one PDF into a folder of their own."""
        on, office = self.on(), self.office
        out = folder / f"例会_{on.isoformat()}"
        if dialogs.guarded(self, lambda: service.export(office, on, out)):
            self.main.say(f"已导出到“{out.name}”文件夹")

    def print_page(self) -> None:
        """Ctrl+P: the slides as PDF."""
        self.ask_export()
