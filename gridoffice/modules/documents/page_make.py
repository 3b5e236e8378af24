"""做文书: the papers at the left, real pages in the middle, what is asked of it and what to do with it at the right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from gridoffice.core import settings as machine
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.documents import lacking, paper, service
from gridoffice.modules.documents.lacking import Lack
from gridoffice.modules.documents.page_batch import BatchDialog
from gridoffice.modules.documents.page_issue import PRINT, SAVE, IssueDialog
from gridoffice.modules.documents.page_makers import MakerList
from gridoffice.modules.documents.page_notes import Notes
from gridoffice.modules.documents.page_options import Options
from gridoffice.modules.documents.page_part import Part
from gridoffice.modules.documents.paper import Made
from gridoffice.modules.documents.recipe import Maker
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import Panel, button, label, row, scrolling
from gridoffice.ui.paper_dialog import print_out
from gridoffice.ui.paper_view import PaperView
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

SIDE = (270, 340, 400)  # the side's least and most width at 100 %, and the most that large letters make of the least
WAIT = 250  # milliseconds between the last change and the preview


@dataclass(frozen=True)
class Sample:
    """A paper drawn to be looked at, and what should be known of it."""

    title: str
    data: bytes
    lacks: tuple[Lack, ...]


class MakePart(Part):
    """Making papers. `issued` tells the number of each paper that was issued."""

    issued = Signal(str)

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self._folder = TemporaryDirectory(prefix="gridoffice-")
        self.destroyed.connect(self._folder.cleanup)
        self.sample: Sample | None = None
        self.made: Made | None = None  # what was issued last, while it is shown
        self._asked = self._shown = 0
        self._shown_key = False
        self._printing: IssueDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.preview)
        self.choices = MakerList()
        self.choices.setFixedWidth(min(theme.px(200), 270))
        self.line.addWidget(self.choices)
        side = self._side()  # first: the preview's buttons follow what is chosen there
        self.beside(self._preview(), side, SIDE[0])
        self.choices.chosen.connect(self._chosen)

    # -- the parts

    def _side(self) -> QWidget:
        panel = Panel()
        self.heading = label("", "heading", wrap=True)
        self.about = label("", "quiet", wrap=True)
        self.notes = Notes(self.open_person)
        self.options = Options(self.office)
        self.options.changed.connect(self._asked_anew)
        self.print_button = button("打印…", self.ask_print, kind="primary")
        self.print_button.setToolTip("打印（Ctrl+P）")
        self.issue_button = button("存成 PDF…", self.ask_issue, shortcut="Ctrl+S")
        self.batch_button = button("", self.ask_batch)
        self.give_button = button("登记发放…", self.give)
        self.give_button.hide()
        self.asked = holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, theme.px(6), 0)
        inner.setSpacing(theme.px(8))
        for one in (self.heading, self.about, self.options, self.notes):
            inner.addWidget(one)
        inner.addStretch(1)
        panel.body.addWidget(scrolling(holder), 1)
        panel.body.addWidget(self.give_button)
        both = row()
        both.addWidget(self.print_button, 1)
        both.addWidget(self.issue_button, 1)
        panel.body.addLayout(both)
        panel.body.addWidget(self.batch_button)
        return panel

    def _preview(self) -> QWidget:
        panel = Panel()
        self.title = label("", "heading")
        self.open_button = button("打开", self.open_kept)
        panel.body.addLayout(row(self.title, 1, self.open_button))
        self.view = PaperView()
        self.destroyed.connect(self.view.stop)
        self.trouble = Empty("documents", "还不能做这份文书")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.trouble)
        panel.body.addWidget(self.pages, 1)
        self.open_button.hide()
        return panel

    # -- what is asked for

    def maker(self) -> Maker:
        """The maker of the chosen paper."""
        return self.choices.maker()

    def choose(self, name: str) -> None:
        """Choose a paper by its maker's key."""
        self.choices.choose(name)

    def _chosen(self, chosen: Maker) -> None:
        self.heading.setText(chosen.title)
        self.about.setText(chosen.about)
        self.batch_button.setText(f"{chosen.each_title or '一批'}，全部做…")
        self.batch_button.setVisible(chosen.each is not None)
        self.made = self.sample = None
        self._shown_key = False
        self.options.show_maker(chosen)
        QTimer.singleShot(0, self, self._widen)  # new fields count from the moment they are shown
        self._timer.start()

    def _widen(self) -> None:
        """The side is as wide as the fields of this paper need, within bounds."""
        if self.side is not None:
            self.asked.ensurePolished()
            edges = 2 * theme.px(14) + theme.px(16)  # the panel's margins and a scroll bar
            wanted = self.asked.minimumSizeHint().width() + edges
            self.side.setFixedWidth(max(min(theme.px(SIDE[0]), SIDE[2]), min(wanted, max(theme.px(SIDE[1]), SIDE[2]))))
            self.fold()

    def _asked_anew(self) -> None:
        """Something else is asked for: what was issued is no longer what is shown."""
        self.made = None
        self._timer.start()

    def fill(self) -> None:
        """Offer what there is now; the preview follows, unless an issued paper is shown."""
        if self.made is None:
            self.options.fill()

    # -- preview

    def preview(self) -> None:
        """Draw the chosen paper beside the window and show its pages."""
        self._timer.stop()
        self._asked += 1
        asked = self._asked
        if self.maker().is_secret and not self._shown_key:
            self._hide_key()
            return
        self.title.setText("正在生成样张……")
        office, prepare, asked_for = self.office, self.maker().prepare, self.options.values()

        def work() -> Sample:
            prepared = prepare(office, asked_for)
            return Sample(prepared.title, prepared.draw(paper.SAMPLE), lacking.of(office, prepared))

        self.main.worker.do(work, lambda found: self._drawn(asked, found), lambda bad: self._failed(asked, bad))

    def _hide_key(self) -> None:
        """The key of the file is not put on the screen before somebody asks for it."""
        text = "上面有办公文件的钥匙，别人看到就能打开文件。请确认身后没有人再显示，或直接编号并保存。"
        self._trouble(Empty("sign", "恢复单先不显示", text, (("显示样张", self.show_key),)))
        self._able(self.office.path is not None)

    def show_key(self) -> None:
        """Show the recovery sheet after all."""
        self._shown_key = True
        self.preview()

    def _trouble(self, shown: Empty) -> None:
        """Show words in the place of the pages."""
        self._shown = self._asked
        self.pages.removeWidget(self.trouble)
        self.trouble.deleteLater()
        self.trouble = shown
        self.pages.addWidget(shown)
        self.pages.setCurrentWidget(shown)
        self.title.setText("")
        self.view.show_file(None)
        self.notes.show_notes(())
        self.open_button.hide()
        self.give_button.hide()

    def _drawn(self, asked: int, found: Sample) -> None:
        # The page may have gone (other letters, window closed) while the worker was still drawing for it.
        if not isValid(self) or asked != self._asked:
            return
        self._shown = asked
        is_same = self.sample is not None and self.sample.title == found.title
        self.sample = found
        self._show(found.data, found.title, "样张，还没有编号", keep_place=is_same)
        self.notes.show_notes(found.lacks)

    def _show(self, data: bytes, title: str, state: str, *, keep_place: bool = False) -> None:
        self.view.show_file(data, keep_place=keep_place)
        self.pages.setCurrentWidget(self.view)
        self.title.setText(f"{title}　{state}")
        self._able(True)
        self.open_button.setVisible(self.made is not None and self._is_saved())
        self.give_button.setVisible(self.made is not None)

    def _is_saved(self) -> bool:
        return (
            self.made is not None and self.made.path.exists() and Path(self._folder.name) not in self.made.path.parents
        )

    def _able(self, on: bool) -> None:
        for one in (self.print_button, self.issue_button, self.batch_button):
            one.setEnabled(on)

    def _failed(self, asked: int, problem: Exception) -> None:
        if not isValid(self) or asked != self._asked:
            return
        if not isinstance(problem, OfficeError):
            dialogs.error(problem, self)
        told = problem.sentence if isinstance(problem, OfficeError) else "程序出了错，没有做成。"
        self._trouble(Empty("documents", "还不能做这份文书", told))
        self._able(False)
        self.batch_button.setEnabled(self.maker().each is not None and isinstance(problem, OfficeError))

    # -- issue

    def ask_issue(self) -> None:
        """Ask where to, then issue the paper."""
        title = self.sample.title if self.sample else self.maker().title
        folder = str(machine.get("paper_folder"))
        name = str(Path(folder) / f"{title}.pdf") if folder and Path(folder).is_dir() else f"{title}.pdf"
        path = dialogs.save_file(self, "存成 PDF", name, "PDF (*.pdf)")
        if path is not None:
            machine.put("paper_folder", str(path.parent))
            self.issue(path)

    def issue(self, path: Path) -> None:
        """Issue the paper into a file: number, signature, register; then show it."""
        self._issue(path, lambda made: self.main.say(f"已签发 {made.number}，存为“{made.path.name}”", undo=True))

    def _issue(self, path: Path, then: Any) -> None:
        name, office, asked_for = self.maker().name, self.office, self.options.values()
        self.options.remember()

        def done(made: Made) -> None:
            if not isValid(self):
                return
            self._timer.stop()
            self._asked = self._shown = self._asked + 1
            self.made = made
            self._show(made.path.read_bytes(), made.title, f"编号 {made.number}", keep_place=True)
            self.issued.emit(made.number)
            then(made)

        jobs.run(
            self.main.worker, self, "正在签发", lambda told: paper.issue(office, name, asked_for, path, told), done
        )

    def ask_print(self) -> None:
        """Ask for the printer, then issue the paper and print it; an issued one that is shown is printed again."""
        if self.made is not None:
            self._print_again(self.made)
            return
        kind = service.KINDS[self.maker().kind]
        title = self.sample.title if self.sample else self.maker().title
        lacks = self.sample.lacks if self.sample else ()
        dialog = IssueDialog(self, title, self.view.pages.sizes, lacks, self.open_person, is_signed=kind.is_signed)
        answer = dialog.exec()
        if answer == SAVE:
            self.ask_issue()
        elif answer == PRINT:
            path = Path(self._folder.name) / "文书.pdf"
            self._issue(path, lambda made: self._send(dialog, made))
        else:
            dialog.deleteLater()

    def _send(self, dialog: IssueDialog, made: Made) -> None:
        data = made.path.read_bytes()
        made.path.unlink(missing_ok=True)  # the office keeps it, the disk need not
        self.open_button.hide()

        def sent(pages: int) -> None:
            self.main.say(f"已签发 {made.number}，{pages} 页已送到打印机", undo=True)
            dialog.deleteLater()

        dialogs.guarded(self, lambda: print_out(self, data, dialog.printer, made.title, sent))

    def _print_again(self, made: Made) -> None:
        from gridoffice.ui.paper_dialog import show_paper

        document = self.view.pages.document
        if document is not None:
            show_paper(self, f"{made.title}　编号 {made.number}", document.bytes(), file_name=f"{made.title}.pdf")

    def ask_batch(self) -> None:
        """All of a kind at once: each village, each worker …"""
        chosen = self.maker()
        if chosen.each is not None:
            self.options.remember()
            asked = self.options.values()
            BatchDialog.of_maker(self, self.office, self.main, chosen, asked)

    def give(self) -> None:
        """Write down who gets the paper that was issued."""
        from gridoffice.modules.documents.page_give import give_number

        if self.made is not None:
            give_number(self, self.office, self.main, self.made.number)

    def open_kept(self) -> None:
        """Open the issued file with this desktop's own program."""
        if self.made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made.path)))

    def open_person(self, staff_id: int) -> None:
        """The card of a person, to mend what is missing."""
        self.main.open("personnel", record=staff_id, filters=(("list", "staff"),))

    # -- part

    def is_ready(self) -> bool:
        """Whether the preview is drawn."""
        is_drawn = self.view.is_ready() or self.pages.currentWidget() is not self.view
        return not self._timer.isActive() and self._shown == self._asked and is_drawn

    def print_page(self) -> None:
        """Ctrl+P: print the paper."""
        if self.print_button.isEnabled():
            self.print_button.click()

    def find_in_list(self) -> None:
        """Ctrl+F: look for a paper."""
        self.choices.search.setFocus()
        self.choices.search.selectAll()
