"""打印全部: many papers at once into a folder or to the printer, with progress, cancel and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gridoffice.core import settings as machine
from gridoffice.core.progress import Progress
from gridoffice.db.office import Office
from gridoffice.domain import paper_copies
from gridoffice.domain.paper_copies import Handing
from gridoffice.modules.documents import batch, issued, service
from gridoffice.modules.documents.batch import Result, Wanted
from gridoffice.modules.documents.recipe import Maker
from gridoffice.papers import preview
from gridoffice.ui import dialogs, jobs, printing
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.paper_print import PrintPanel
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class BatchDialog(QDialog):
    """The list of a batch; `results` are what became of each that was ticked."""

    def __init__(
        self, parent: QWidget, office: Office, window: MainWindow, title: str, wanted: Sequence[Wanted],
        notes: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self.office, self.main, self.wanted, self.title = office, window, tuple(wanted), title
        self.results: list[Result] = []
        self.folder: Path | None = None
        self._draft: TemporaryDirectory[str] | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(18)] * 4)
        body.setSpacing(theme.px(8))
        self.heading = label(title, "heading", wrap=True)
        self.told = label("全部画好后才一起编号、登记；中途取消就什么也不留下。", "quiet", wrap=True)
        body.addWidget(self.heading)
        body.addWidget(self.told)
        for note in notes:
            body.addWidget(label(note, "notice", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName("要做的文书")
        for one in self.wanted:
            item = QListWidgetItem(one.title)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.printer = PrintPanel()
        self.printer.pages.setEnabled(False)
        self.printer.pages.setPlaceholderText("每份都印全部页")
        middle = row(spacing=14)
        middle.addWidget(self.list, 1)
        self.side = scrolling(self.printer)
        self.side.setFixedWidth(max(theme.px(230), self.printer.minimumSizeHint().width() + theme.px(16)))
        middle.addWidget(self.side)
        body.addLayout(middle, 1)
        self.all_button = button("全选", lambda: self._tick(True), kind="link")
        self.none_button = button("全不选", lambda: self._tick(False), kind="link")
        self.save_button = button("存到文件夹…", self.ask_folder, kind="primary", shortcut="Ctrl+S")
        self.print_button = button("打印", self.print_all, icon="print", shortcut="Ctrl+P")
        self.folder_button = button("打开文件夹", self.open_folder)
        self.folder_button.hide()
        self.give_button = button("都登记为已发出、已挂出", self.give_all)
        self.give_button.setToolTip("卡和手册发给本人，公示牌挂在各自的公示栏；可以在“发放和悬挂”里改")
        self.give_button.hide()
        self.close_button = button("关闭", self.reject)
        body.addLayout(
            row(self.all_button, self.none_button, 1, self.close_button, self.give_button, self.folder_button,
                self.print_button, self.save_button)
        )  # fmt: skip
        self.printer.changed.connect(self._tell)
        room = self.screen().availableSize()
        self.resize(min(theme.px(760), room.width() - 40), min(theme.px(560), room.height() - 60))
        self._tell()

    @classmethod
    def of_maker(
        cls, parent: QWidget, office: Office, window: MainWindow, maker: Maker, options: Mapping[str, Any]
    ) -> None:
        """Show the batch of a maker."""
        if maker.each is None:
            return
        each = maker.each

        def show() -> None:
            wanted = [Wanted(maker.name, title, asked) for title, asked in each(office, options)]
            if not wanted:
                dialogs.tell(parent, "没有要做的", f"{maker.title}现在一份也没有可做的。")
                return
            title = f"{maker.title}：{maker.each_title or '一批'}，共 {len(wanted)} 份"
            cls(parent, office, window, title, wanted).exec()

        dialogs.guarded(parent, show)

    def showEvent(self, event: Any) -> None:
        """Look for printers again."""
        super().showEvent(event)
        QTimer.singleShot(0, self.printer.look)

    def _tick(self, on: bool) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._tell()

    def ticked(self) -> list[Wanted]:
        """What is ticked."""
        state = Qt.CheckState.Checked
        return [one for place, one in enumerate(self.wanted) if self.list.item(place).checkState() == state]

    def _tell(self) -> None:
        number = len(self.ticked()) if not self.results else 0
        self.save_button.setText(f"存到文件夹…（{number} 份）" if number else "存到文件夹…")
        self.save_button.setEnabled(number > 0)
        self.print_button.setEnabled(number > 0 and not self.printer.problem)

    # -- doing it

    def ask_folder(self) -> None:
        """Ask for the folder, then make them."""
        folder = dialogs.open_folder(self, "存到哪个文件夹")
        if folder is not None:
            machine.put("paper_folder", str(folder))
            self.save_in(folder)

    def save_in(self, folder: Path) -> None:
        """Make what is ticked in a folder."""
        self.folder = folder
        self._make(folder, self._done)

    def print_all(self) -> None:
        """Make what is ticked, then send each to the printer."""
        self._draft = TemporaryDirectory(prefix="gridoffice-")
        self._make(Path(self._draft.name), self._print)

    def _make(self, folder: Path, then: Any) -> None:
        office, wanted = self.office, self.ticked()

        def work(progress: Progress) -> list[Result]:
            return batch.issue(office, wanted, folder, progress)

        jobs.run(self.main.worker, self, "正在做文书", work, then)

    def _print(self, results: list[Result]) -> None:
        files = [one for one in results if one.path is not None]
        if not files:
            self._done(results)
            return
        self.printer.show_sizes(preview.sizes(files[0].path) if files[0].path is not None else ())

        def send() -> None:
            job = self.printer.job()
            whole = printing.Job(job.printer, (), job.copies, job.sides, job.fits)
            printers = [printing.printer_for(whole, one.title) for one in files]

            def work(progress: Progress) -> int:
                sent = 0
                for place, (one, printer) in enumerate(zip(files, printers, strict=True)):
                    progress(place, len(files), f"正在打印 {one.title}")
                    assert one.path is not None
                    sent += printing.send(one.path, whole, printer)
                return sent

            jobs.run(self.main.worker, self, "正在打印", work, lambda pages: self._done(results, pages))

        if not dialogs.guarded(self, send):
            self._done(results)

    def _done(self, results: list[Result], pages: int = 0) -> None:
        """Show what became of each."""
        self.results = results
        made = [one for one in results if one.path is not None]
        self.list.blockSignals(True)
        self.list.clear()
        for one in sorted(results, key=lambda one: one.path is not None):
            text = f"{one.number}　{one.title}　{one.pages} 页" if one.path else f"没有做成：{one.title}　{one.problem}"
            notes = f"　（{'；'.join(one.notes)}）" if one.notes else ""
            item = QListWidgetItem(f"{'✓' if one.path else '✗'} {text}{notes}")
            tone = "late" if one.path is None else "soon" if one.notes else "text"
            item.setForeground(QColor(theme.colours.text if tone == "text" else theme.colours.tone(tone)[0]))
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.blockSignals(False)
        lost = len(results) - len(made)
        printed = f"，{pages} 页已送打印机" if pages else ""
        self.heading.setText(f"做好 {len(made)} 份{printed}{f'，{lost} 份没有做成' if lost else ''}")
        where = f"存在“{self.folder}”。" if self.folder is not None else ""
        self.told.setText(f"{where}都已登记；Ctrl+Z 可以一次撤销这一批。" if made else "什么也没有登记。")
        self.folder_button.setVisible(self.folder is not None and bool(made))
        self.give_button.setVisible(any(self._proposed().values()))
        for one_button in (self.save_button, self.print_button, self.all_button, self.none_button):
            one_button.hide()
        self.side.hide()
        if self._draft is not None:
            self._draft.cleanup()
            self._draft = None

    def _proposed(self) -> dict[int, list[Handing]]:
        """Whom each paper that was made is probably for."""
        numbers = [one.number for one in self.results if one.path is not None]
        papers = [service.id_of(self.office, number) for number in numbers]
        return {one: issued.proposals(self.office, one) for one in papers}

    def give_all(self) -> None:
        """Write them all down as given to their owners and hung in their places."""
        found: list[int] = []
        if dialogs.guarded(self, lambda: found.append(paper_copies.hand_out_many(self.office, self._proposed()))):
            self.give_button.setEnabled(False)
            self.told.setText(f"已登记发放 {found[0]} 处，地点可以在“发放和悬挂”里改；Ctrl+Z 可以撤销。")

    def open_folder(self) -> None:
        """Show the files in this desktop's own program."""
        if self.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))
