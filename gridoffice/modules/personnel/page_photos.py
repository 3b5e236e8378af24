"""The match screen for photos of many: whose each file is, how that was told, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.progress import Progress
from gridoffice.db.office import Office
from gridoffice.modules.personnel import photos
from gridoffice.modules.personnel.page_matches import THUMB, WIDTHS, Matches
from gridoffice.modules.personnel.photos import BROKEN, Match, Report
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.empty import Empty
from gridoffice.ui.fields import Field, make_input
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, clear, label, own_key, row
from gridoffice.ui.pill import PillDelegate
from gridoffice.ui.theme import theme

VIEWS = (("", "全部"), ("write", "要写入"), ("look", "请核对"), ("none", "没认出"), ("skip", "跳过"))

KINDS = "照片 (*.jpg *.jpeg *.png *.bmp *.webp *.gif *.tif *.tiff);;所有文件 (*)"


class PhotosDialog(QDialog):
    """Choose files, check whose they are, keep them in one step; nothing is kept before 写入 is pressed."""

    def __init__(self, parent: QWidget, office: Office, worker: jobs.Worker, paths: Sequence[Path] = ()) -> None:
        super().__init__(parent)
        self.office, self.worker = office, worker
        self.told = ""
        self.setWindowTitle("批量放入照片")
        self.setAcceptDrops(True)
        self.model = Matches(photos.people(office))
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label("批量放入照片", "title"))
        text = "文件名里有姓名、手机尾号、证件尾号、工作证号或名册序号就能认人，例如 肖怡_1241.jpg、03 肖英淑.png。"
        body.addWidget(label(text, "quiet", wrap=True))
        self.stack = QStackedWidget()
        self.stack.addWidget(
            Empty("photo", "把照片或照片文件夹拖到这里", "先核对再写入，原来的文件不会改动。",
                  (("选择文件夹…", self.choose_folder), ("选择文件…", self.choose_files)))
        )  # fmt: skip
        self.stack.addWidget(self._checking())
        body.addWidget(self.stack, 1)
        self.sum = label("", "quiet")
        self.write_button = button("写入", self.write, kind="primary")
        self.write_button.setEnabled(False)
        body.addLayout(row(self.sum, 1, button("取消", self.reject), self.write_button))
        room = parent.window().size()
        self.resize(min(theme.px(1180), room.width() - 40), min(theme.px(690), room.height() - 50))
        if paths:
            self.take(paths)

    # -- files

    def choose_folder(self) -> None:
        """A folder, with the folders in it."""
        folder = dialogs.open_folder(self, "选择照片所在的文件夹")
        if folder is not None:
            self.take([folder])

    def choose_files(self) -> None:
        """Some files."""
        files = dialogs.open_files(self, "选择照片", KINDS)
        if files:
            self.take(files)

    def dragEnterEvent(self, event: Any) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Match what was dropped."""
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def take(self, paths: Sequence[Path]) -> None:
        """Match files with people."""
        files = photos.files_in(paths)
        if not files:
            dialogs.tell(self, "没有照片", "这里没有 JPG、PNG 等格式的照片。请换一个文件夹再试。")
            return
        known = list(self.model.people.values())

        def work(progress: Progress) -> list[Match]:
            return photos.match(files, known, progress)

        jobs.run(self.worker, self, "正在认人", work, self.show_matches)

    def show_matches(self, matches: list[Match]) -> None:
        """Show what was matched, what is to be looked at first."""
        self.model.take(matches)
        self.stack.setCurrentIndex(1)
        self._count()
        self.show_view("look" if self.model.number("look") else "none" if self.model.number("none") else "")

    # -- checking

    def _checking(self) -> QWidget:
        page = QWidget()
        both = row(self._list(), self._side(), spacing=12)
        both.setStretch(0, 1)
        page.setLayout(both)
        return page

    def _list(self) -> QWidget:
        panel = Panel()
        holder = QWidget()
        flow = Flow(holder, theme.px(6))
        self.chips = QButtonGroup(self)
        for key, title in VIEWS:
            chip = button(title, lambda key=key: self.show_view(key), kind="chip")
            chip.setCheckable(True)
            chip.setProperty("view", key)
            self.chips.addButton(chip)
            flow.addWidget(chip)
        self.replace = QCheckBox("已有照片的也换掉")
        self.replace.toggled.connect(self._replace)
        panel.body.addLayout(row(holder, 1, self.replace))
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(THUMB[1] + 6))
        self.table.setIconSize(QSize(theme.px(THUMB[0]), theme.px(THUMB[1])))
        for place, width in enumerate(WIDTHS):
            self.table.setColumnWidth(place, theme.px(width))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place in (4, 5):
            self.table.setItemDelegateForColumn(place, PillDelegate(self.table))
        self.table.setAccessibleName("照片和认出的人")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._look())
        own_key(self.table, QKeySequence(Qt.Key.Key_Return), self.confirm)
        own_key(self.table, QKeySequence(Qt.Key.Key_Delete), self.skip)
        panel.body.addWidget(self.table, 1)
        return panel

    def _side(self) -> QWidget:
        panel = Panel()
        panel.setFixedWidth(min(theme.px(280), 380))
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedHeight(theme.px(224))
        panel.body.addWidget(self.picture)
        self.name = label("", "heading", wrap=True)
        panel.body.addWidget(self.name)
        self.people = QVBoxLayout()
        panel.body.addLayout(self.people)
        known = [(one.id, one.words) for one in self.model.people.values()]
        self.picker = make_input(Field("who", "是谁", "pick", choices=known, help="输入姓名或拼音首字母"))
        panel.body.addWidget(label("都不是？自己找人", "quiet"))
        panel.body.addWidget(self.picker)
        self.use = button("用于这个人", self.pick)
        self.leave_out = button("跳过这张", self.skip)
        self.leave_out.setToolTip("跳过这张（Del）")
        panel.body.addLayout(row(self.use, self.leave_out, 1))
        panel.body.addStretch(1)
        return panel

    def show_view(self, view: str) -> None:
        """Show some of the files."""
        self.model.show_view(view)
        for chip in self.chips.buttons():
            key = chip.property("view")
            chip.setText(f"{dict(VIEWS)[key]} {self.model.number(key)}")
            chip.setChecked(key == view)
        if self.model.shown:
            self.table.selectRow(0)
        self._look()

    def _replace(self, on: bool) -> None:
        self.model.replace_existing(on)
        self._count()
        self.show_view(self.model.view)

    def place(self) -> int | None:
        """Which file is chosen."""
        index = self.table.currentIndex()
        return self.model.shown[index.row()] if index.isValid() and index.row() < len(self.model.shown) else None

    def _look(self) -> None:
        clear(self.people)
        place = self.place()
        for widget in (self.use, self.leave_out, self.picker):
            widget.setEnabled(place is not None)
        if place is None:
            self.picture.clear()
            self.name.setText("这里没有照片了" if self.model.all else "")
            return
        one = self.model.all[place]
        shown = self.model.picture(place, (180, 220))
        self.picture.setPixmap(shown) if not shown.isNull() else self.picture.setText("看不出图像")
        self.name.setText(one.path.name)
        self.picker.put(self.model.chosen.get(place))
        for number in one.people[:4]:
            who = self.model.people[number]
            kind = "primary" if len(one.people) == 1 else ""
            made = button(f"是{who.name}", partial(self.decide, number), kind=kind)
            made.setEnabled(one.state != BROKEN)
            made.setAccessibleName(f"是{who.words}")
            self.people.addWidget(made)
            self.people.addWidget(label(who.words.partition("（")[2].rstrip("）"), "quiet", wrap=True))

    def decide(self, staff_id: int | None) -> None:
        """Keep the chosen file for somebody or skip it, and go to the next."""
        place = self.place()
        if place is None:
            return
        row_place = self.table.currentIndex().row()
        self.model.decide(place, staff_id)
        self._count()
        self.show_view(self.model.view)
        if self.model.shown:
            still = place in self.model.shown
            following = min(row_place + 1 if still else row_place, len(self.model.shown) - 1)
            self.table.selectRow(following)
        self.table.setFocus()

    def confirm(self) -> None:
        """Enter: the likeliest person."""
        place = self.place()
        if place is not None and self.model.all[place].people and self.model.all[place].state != BROKEN:
            self.decide(self.model.all[place].people[0])

    def skip(self) -> None:
        """Leave the file out."""
        self.decide(None)

    def pick(self) -> None:
        """Keep it for whoever was found by typing."""
        place = self.place()
        if place is None or self.model.all[place].state == BROKEN:
            return
        try:
            number = self.picker.value()
        except ValueError as error:
            dialogs.tell(self, "没有这个人", str(error))
            return
        if number is not None:
            self.decide(number)

    def _count(self) -> None:
        model = self.model
        words = [
            f"要写入 {len(model.chosen)} 张",
            f"请核对 {model.number('look')} 张",
            f"没认出 {model.number('none')} 张",
        ]
        self.sum.setText("，".join([*words, f"跳过 {model.number('skip')} 张"]))
        self.write_button.setText(f"写入 {len(model.chosen)} 张")
        self.write_button.setEnabled(bool(model.chosen))

    # -- keeping

    def write(self) -> None:
        """Keep all chosen ones in one step."""
        chosen = [(self.model.all[place].path, number) for place, number in sorted(self.model.chosen.items())]

        def work(progress: Progress) -> Report:
            return photos.write(self.office, chosen, progress)

        jobs.run(self.worker, self, "正在放入照片", work, self._done)

    def _done(self, report: Report) -> None:
        self.told = f"已放入 {report.written} 张照片"
        if report.failed:
            names = "、".join(report.failed[:5]) + ("等" if len(report.failed) > 5 else "")
            dialogs.tell(self, self.told, f"{len(report.failed)} 张读不出来，没有放入：{names}。其余的已经写好。")
        self.accept()
