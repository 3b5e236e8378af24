"""文件 → 导入…: choose files, see in a dry run what they bring, take them in as one batch, undo it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core.progress import Progress
from gridoffice.db.office import Office
from gridoffice.exchange import plan as importing
from gridoffice.exchange.plan import Plan
from gridoffice.modules.office.page_import_rows import (
    COUNTS,
    SHEETS,
    changed_rows,
    error_copies,
    notice_rows,
    sheet_rows,
    wrong_rows,
)
from gridoffice.ui import dialogs, jobs, reveal
from gridoffice.ui.figure import Figure, holder
from gridoffice.ui.icons import pixmap
from gridoffice.ui.mask import Masked, mask
from gridoffice.ui.panel import Panel, button, clear, label, row
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme

KINDS = "表格和照片 (*.xlsx *.xls *.xlsm *.csv *.txt *.jpg *.jpeg *.png);;所有文件 (*)"
TABS = ("有错的行", "将要改动", "提示")
SHORT = ("新增", "改动", "相同", "修正", "有错")


class ImportDialog(QDialog, Masked):
    """Three steps in one window: files, dry run, done. Nothing is written before 写入 is pressed."""

    def __init__(self, parent: QWidget | None, office: Office, worker: jobs.Worker, paths: Sequence[Path] = ()) -> None:
        super().__init__(parent)
        self.office, self.worker = office, worker
        self.paths: list[Path] = []
        self.plan: Plan | None = None
        self.setWindowTitle("导入")
        self.setAcceptDrops(True)
        self.stack = QStackedWidget()
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(12))
        self.title = label("导入办公室的表格和照片", "title")
        self.hint = label("", "quiet", wrap=True)
        body.addWidget(self.title)
        body.addWidget(self.hint)
        body.addWidget(self.stack, 1)
        self.stack.addWidget(self._choosing())
        self.stack.addWidget(self._trying())
        self.foot = row(spacing=8)
        body.addLayout(self.foot)
        self._fit()
        self.to_files()
        if paths:
            self.add(paths)

    def _fit(self) -> None:
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else self.screen().availableSize()
        self.resize(min(theme.px(1080), room.width() - 40), min(theme.px(680), room.height() - 60))

    # --- step one: files

    def _choosing(self) -> QWidget:
        panel = Panel()
        panel.body.addStretch(1)
        picture = label("")
        picture.setPixmap(pixmap("import", theme.colours.brand, theme.px(56)))
        big = label("把表格和照片文件夹拖到这里", "heading")
        small = label("可以一次放入多个文件：网格划分、网格员、居民、巡查、随访、场所、检查，顺序随意", "quiet")
        for one in (picture, big, small):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            panel.body.addWidget(one)
        files = button("选择文件…", self.choose_files)
        folder = button("选择文件夹…", self.choose_folder)
        panel.body.addLayout(row(1, files, folder, 1))
        self.list = QListWidget()
        self.list.setAccessibleName("已选的文件")
        self.list.setMaximumHeight(theme.px(190))
        panel.body.addSpacing(theme.px(8))
        panel.body.addWidget(self.list)
        panel.body.addStretch(1)
        return panel

    def to_files(self) -> None:
        """Back to the choice of files."""
        self.plan = None
        mask.looked_at(("import", -1))
        self.title.setText("导入办公室的表格和照片")
        self.hint.setText("原来的文件不会改动。先试着读一遍，给您看会新增、改动多少、哪些行有错，您确认后才写入。")
        self.stack.setCurrentIndex(0)
        self.next_button = button("试读", self.try_out, kind="primary")
        self._buttons(button("清空", self.forget), 1, button("取消", self.reject), self.next_button)
        self._listed()

    def choose_files(self) -> None:
        """Choose files in a dialog."""
        self.add(dialogs.open_files(self, "选择要导入的文件", KINDS))

    def choose_folder(self) -> None:
        """Choose a folder of photos or files in a dialog."""
        folder = dialogs.open_folder(self, "选择照片或表格所在的文件夹")
        self.add([folder] if folder else [])

    def add(self, paths: Sequence[Path]) -> None:
        """Put files and folders on the list."""
        self.paths += [path for path in paths if path not in self.paths]
        self._listed()

    def forget(self) -> None:
        """Take everything off the list."""
        self.paths = []
        self._listed()

    def _listed(self) -> None:
        self.list.clear()
        self.list.addItems([f"{path.name}　{'（文件夹）' if path.is_dir() else ''}" for path in self.paths])
        self.list.setVisible(bool(self.paths))
        self.next_button.setEnabled(bool(self.paths))

    def dragEnterEvent(self, event: Any) -> None:
        """Take files, nothing else."""
        if self.stack.currentIndex() == 0 and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Put the dropped files on the list."""
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # --- step two: dry run

    def _trying(self) -> QWidget:
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(12))
        self.figures = QVBoxLayout()
        body.addLayout(self.figures)
        self.sheets = RowsTable(
            "表格",
            [("文件", 200), ("工作表", 140), ("种类", 110)] + [(word, 74) for word in SHORT] + [("说明", 130)],
            right=range(3, 8),
            tones={3: "done", 4: "soon", 7: "late"},
        )
        self.wrong = RowsTable(
            "有错的行",
            [("工作表", 120), ("行", 60), ("列", 120), ("内容", 190), ("原因", 420)],
            right=[1],
            tones={4: "late"},
        )
        self.changes = RowsTable(
            "将要改动", [("工作表", 130), ("行", 60), ("谁", 130), ("哪一项", 110), ("从 → 到", 300)], right=[1]
        )
        self.notices = RowsTable("提示", [("文件", 240), ("提示", 500)])
        self.top = Panel()
        self.top.body.addWidget(self.sheets)
        body.addWidget(self.top, 2)
        self.tables = QStackedWidget()
        panel = Panel()
        self.chips = [
            button(word, lambda place=place: self.show_table(place), kind="chip") for place, word in enumerate(TABS)
        ]
        group = QButtonGroup(self)
        for chip, table in zip(self.chips, (self.wrong, self.changes, self.notices), strict=True):
            chip.setCheckable(True)
            group.addButton(chip)
            self.tables.addWidget(table)
        self.eye = button("看完整号码", self.reveal, kind="link", icon="eye")
        self.eye.setToolTip("需要说明原因，会记入查看记录（Ctrl+R）")
        QShortcut(QKeySequence(reveal.KEY), self, self.reveal)
        panel.body.addLayout(row(*self.chips, 1, self.eye))
        panel.body.addWidget(self.tables, 1)
        body.addWidget(panel, 3)
        return page

    def reveal(self) -> None:
        """Show the numbers of the persons in the files in full, for a reason."""
        if self.plan is not None:
            reveal.reveal(self, self.office, SHEETS, f"导入的表格 {'、'.join(path.name for path in self.paths)}")

    def remask(self) -> None:
        """What is hidden changed: show the rows anew."""
        if self.plan is not None:
            place = self.tables.currentIndex()
            self._fill(self.plan)
            self.show_table(place)
        self.eye.setText("遮住号码" if mask.is_revealed(SHEETS) else "看完整号码")

    def show_table(self, place: int) -> None:
        """Show the wrong rows (0), the changes (1) or the notices (2)."""
        self.tables.setCurrentIndex(place)
        self.chips[place].setChecked(True)

    def try_out(self) -> None:
        """Read the files without writing anything."""
        paths, office = list(self.paths), self.office

        def work(progress: Progress) -> Plan:
            return importing.plan(office, paths, progress=progress)

        jobs.run(self.worker, self, "正在试读", work, self.show_plan)

    def show_plan(self, made: Plan) -> None:
        """Show what a dry run found."""
        self.plan = made
        self._fill(made)
        self.title.setText("试读结果：还没有写入任何内容")
        rows = made.total("new") + made.total("changed")
        wrong = made.total("wrong")
        told = "有错的行不写入，其余照常导入；改正后再导入一次即可。" if wrong else "没有发现错误。"
        self.hint.setText(told + "整次导入是一批，写入后随时可以撤销。")
        self.stack.setCurrentIndex(1)
        self.write_button = button(f"写入 {rows:,} 条", self.write, kind="primary")
        self.write_button.setEnabled(made.changes_anything)
        if not made.changes_anything:
            self.write_button.setText("没有需要写入的内容")
        tools: list[Any] = [self._save_button()] if wrong else []
        self._buttons(*tools, 1, button("返回选择文件", self.to_files), button("取消", self.reject), self.write_button)

    def _fill(self, made: Plan) -> None:
        clear(self.figures)
        tiles = [Figure(word, made.total(key), tone if made.total(key) else "") for key, word, tone in COUNTS]
        self.figures.addWidget(holder(*tiles, Figure("张照片", made.photos.matched, "")))
        rows = sheet_rows(made)
        self.sheets.show_rows(rows)
        self.top.setMaximumHeight(theme.px(72) + theme.px(34) * len(rows))
        wrong, changes = wrong_rows(made), changed_rows(made)
        self.wrong.show_rows(wrong)
        self.changes.show_rows(changes)
        notices = notice_rows(made)
        self.notices.show_rows(notices)
        counts = (len(wrong), len(changes), len(notices))
        for place, (word, number) in enumerate(zip(TABS, counts, strict=True)):
            self.chips[place].setText(f"{word} {number:,}")
        self.show_table(next((place for place, number in enumerate(counts) if number), 0))

    # --- step three: writing

    def write(self) -> None:
        """Write the dry run as one batch."""
        made, office = self.plan, self.office
        if made is None:
            return

        def work(progress: Progress) -> Plan:
            return importing.apply(office, made, progress=progress)

        jobs.run(self.worker, self, "正在写入", work, self.show_done)

    def show_done(self, made: Plan) -> None:
        """Show what was written, with its undo."""
        self.plan = made
        self._fill(made)
        self.title.setText("导入完成")
        self.hint.setText(
            f"新增 {made.total('new'):,} 条、改动 {made.total('changed'):,} 条，照片 {made.photos.matched:,} 张；"
            f"{made.total('wrong'):,} 行有错，没有写入。批次 {made.batch}，可以在“设置 → 导入记录”里撤销。"
        )
        tools: list[Any] = [self._save_button()] if made.total("wrong") else []
        self.undo_button = button("撤销这次导入", self.undo, kind="danger")
        self._buttons(*tools, self.undo_button, 1, button("完成", self.accept, kind="primary"))

    def undo(self) -> None:
        """Undo the batch just written."""
        if self.plan is not None and self.plan.batch is not None:
            batch = self.plan.batch
            if dialogs.guarded(self, lambda: self.office.undo(batch)):
                self.paths = []
                self.to_files()
                self.title.setText("已撤销这次导入")

    def _save_button(self) -> QWidget:
        return button("导出错误表…", self.save_errors)

    def save_errors(self) -> None:
        """Save copies of the office's own sheets with the wrong cells marked and the reasons beside them."""
        folder = dialogs.open_folder(self, "错误表存到哪个文件夹")
        if folder is not None and self.plan is not None:
            self.write_errors(folder)

    def write_errors(self, folder: Path) -> None:
        """As `save_errors`, with the folder given."""
        made = self.plan
        if made is not None and dialogs.guarded(self, lambda: error_copies(made, folder)):
            dialogs.toast(self, f"错误表已存到“{folder.name}”")

    def _buttons(self, *items: Any) -> None:
        clear(self.foot)
        for item in items:
            if isinstance(item, int):
                self.foot.addStretch(item)
            else:
                self.foot.addWidget(item)
