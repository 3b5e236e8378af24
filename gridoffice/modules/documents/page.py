"""文书: the papers at the left, the chosen one in real pages, the register of issued papers, and verifying."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.documents import paper, service
from gridoffice.modules.documents.page_options import Options
from gridoffice.modules.documents.page_pages import PagesView, print_file
from gridoffice.modules.documents.page_register import Register
from gridoffice.modules.documents.page_signing import CERTIFICATES, Signing
from gridoffice.modules.documents.page_templates import Templates
from gridoffice.modules.documents.recipe import Maker, makers
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.empty import Empty
from gridoffice.ui.icons import icon
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button, label, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

WAIT = 250  # milliseconds between the last change and the preview
SHOW, REGISTER, TEMPLATES = "preview", "register", "templates"


class DocumentsPage(Page):
    """Papers. The preview follows what papers are made from; the register follows what was issued."""

    tables = frozenset(
        [
            "issued_paper",
            "certificate",
            "grid_unit",
            "staff",
            "assignment",
            "attachment",
            "office_setting",
            "network_role",
            "map_base",
            "map_shape",
            "map_point",
            "letter_template",
        ]
    )

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self._folder = tempfile.TemporaryDirectory(prefix="gridoffice-")
        self.destroyed.connect(self._folder.cleanup)
        self.made: paper.Made | None = None
        self.kept: Path | None = None
        self._asked = self._shown = 0
        self._shown_key = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.preview)
        self.left = self._left()
        self.left.setFixedWidth(theme.px(270))
        self.line.addWidget(self.left)
        self.line.addWidget(self._middle(), 1)
        self.choices.setCurrentRow(0)

    # --- left: which paper

    def _left(self) -> QWidget:
        panel = Panel("做什么文书")
        self.choices = QListWidget()
        self.choices.setAccessibleName("文书")
        self.choices.setIconSize(QSize(theme.px(20), theme.px(20)))
        for one in makers():
            item = QListWidgetItem(icon(one.icon), one.title)
            item.setSizeHint(QSize(0, theme.px(40)))
            self.choices.addItem(item)
        self.choices.setFixedHeight(theme.px(41 * min(len(makers()), 6)))
        self.about = label("", "quiet", wrap=True)
        self.options = Options(self.office)
        self.options.changed.connect(self._asked_anew)
        self.issue_button = button("签发并保存…", self.ask_issue, kind="primary", shortcut="Ctrl+S")
        self.choices.currentRowChanged.connect(self._chosen)
        panel.body.addWidget(self.choices)
        panel.body.addWidget(self.about)
        panel.body.addWidget(scrolling(self.options), 1)
        panel.body.addWidget(self.issue_button)
        return panel

    def _chosen(self, place: int) -> None:
        chosen = makers()[place]
        self.about.setText(chosen.about)
        self.issue_button.setText("签章并保存…" if service.KINDS[chosen.kind].is_signed else "编号并保存…")
        self.kept = None
        self.made = None
        self._shown_key = False
        self.options.show_maker(chosen)
        self.show_part(SHOW)
        self._timer.start()

    def _asked_anew(self) -> None:
        """Something else is asked for: what was issued is no longer what is shown."""
        self.kept = None
        self._timer.start()

    def maker(self) -> Maker:
        """The maker of the chosen paper."""
        return makers()[self.choices.currentRow()]

    # --- middle: preview, register, verify

    def _middle(self) -> QWidget:
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        self.parts: dict[str, QPushButton] = {}
        self.stack = QStackedWidget()
        group = QButtonGroup(self)
        self.signing = Signing(self.office, self.main, self.show_part, lambda record: self.show_view("", record))
        self.verify = self.signing.verify
        self.table = Register(self.office, self.main)
        self.templates = Templates(self.office, self.main)
        self.templates.used.connect(self.use_template)
        for key, title, widget in (
            (SHOW, "预览", self._preview()),
            (REGISTER, "文书登记", self.table),
            *self.signing.parts(),
            (TEMPLATES, "文书模板", self.templates),
        ):
            chip = button(title, lambda key=key: self.show_part(key), kind="chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.parts[key] = chip
            self.stack.addWidget(widget)
        body.addLayout(
            row(*self.parts.values(), 1, self.templates.sample_chip, self.table.rename_button, self.table.strike_button)
        )
        body.addWidget(self.stack, 1)
        self.show_part(SHOW)
        return holder

    def _preview(self) -> QWidget:
        panel = Panel()
        self.title = label("", "heading")
        self.notes = label("", "notice", wrap=True)
        self.notes.hide()
        self.open_button = button("打开", self.open_kept)
        self.print_button = button("打印…", self.print_kept, icon="print")
        panel.body.addLayout(row(self.title, 1, self.open_button, self.print_button))
        panel.body.addWidget(self.notes)
        self.view = PagesView()
        self.trouble = Empty("documents", "还不能做这份文书")
        self.pages_stack = QStackedWidget()
        self.pages_stack.addWidget(self.view)
        self.pages_stack.addWidget(self.trouble)
        panel.body.addWidget(self.pages_stack, 1)
        return panel

    def show_part(self, key: str) -> None:
        """Show the preview, the register, or a part about signatures, which needs no choice of papers at the left."""
        self.left.setVisible(key in (SHOW, REGISTER))
        self.parts[key].setChecked(True)
        self.stack.setCurrentIndex(list(self.parts).index(key))
        for one in (self.table.rename_button, self.table.strike_button):
            one.setVisible(key == REGISTER)
        self.templates.sample_chip.hide()
        for part in (self.stack.widget(place) for place in range(self.stack.count())):
            if part is not None:  # a part that is not shown asks for no room
                shown = part is self.stack.currentWidget()
                policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
                part.setSizePolicy(policy, policy)
        if key == TEMPLATES:
            self.templates.reload()

    def show_template(self, key: str) -> None:
        """Open a template of letters in the editor."""
        self.show_part(TEMPLATES)
        self.templates.open(key)

    def use_template(self, kind: str, key: str) -> None:
        """Make a letter from a template."""
        self.show_view(kind)
        field = self.options.fields.get("template")
        if field is not None:
            field.put(key)

    # --- preview and issue

    def preview(self) -> None:
        """Draw the chosen paper beside the window and show its pages."""
        self._timer.stop()
        self._asked += 1
        asked = self._asked
        if self.maker().is_secret and not self._shown_key:
            self._hide_key()
            return
        self.title.setText("正在生成样张……")
        out = Path(self._folder.name) / f"样张-{asked}.pdf"
        office, prepare, asked_for = self.office, self.maker().prepare, self.options.values()
        self.main.worker.do(
            lambda: paper.draft(out, prepare(office, asked_for)),
            lambda made: self._drawn(asked, made),
            lambda bad: self._failed(asked, bad),
        )

    def _hide_key(self) -> None:
        """The key of the file is not put on the screen before somebody asks for it."""
        text = "上面有办公文件的钥匙，别人看到就能打开文件。请确认身后没有人再显示，或直接编号并保存。"
        self._trouble(Empty("sign", "恢复单先不显示", text, (("显示样张", self.show_key),)))
        self.issue_button.setEnabled(self.office.path is not None)

    def show_key(self) -> None:
        """Show the recovery sheet after all."""
        self._shown_key = True
        self.preview()

    def _trouble(self, shown: Empty) -> None:
        """Show words in the place of the pages."""
        self._shown = self._asked
        self.pages_stack.removeWidget(self.trouble)
        self.trouble.deleteLater()
        self.trouble = shown
        self.pages_stack.addWidget(shown)
        self.pages_stack.setCurrentWidget(shown)
        self.title.setText("")
        self.notes.hide()
        for one in (self.open_button, self.print_button):
            one.hide()

    def _drawn(self, asked: int, made: paper.Made) -> None:
        if isValid(self) and asked == self._asked:
            self._shown = asked
            self._show(made)

    def _show(self, made: paper.Made) -> None:
        old, self.made = self.made, made
        self.view.show_file(made.path)
        self.pages_stack.setCurrentIndex(0)
        state = "样张，还没有编号" if made.number == paper.SAMPLE else f"编号 {made.number}"
        self.title.setText(f"{made.title}　共 {made.pages} 页　{state}")
        self.notes.setText("；".join(made.notes))
        self.notes.setVisible(bool(made.notes))
        self.issue_button.setEnabled(True)
        for one in (self.open_button, self.print_button):
            one.setVisible(self.kept is not None)
        if old is not None and old.number == paper.SAMPLE and old.path != made.path:
            old.path.unlink(missing_ok=True)

    def _failed(self, asked: int, problem: Exception) -> None:
        # The page may have gone (other letters, window closed) while the worker was still drawing for it.
        if not isValid(self) or asked != self._asked:
            return
        if not isinstance(problem, OfficeError):
            dialogs.error(problem, self)
        told = problem.sentence if isinstance(problem, OfficeError) else "程序出了错，没有做成。"
        self._trouble(Empty("documents", "还不能做这份文书", told))
        self.issue_button.setEnabled(False)

    def ask_issue(self) -> None:
        """Ask where to, then issue the paper."""
        title = self.made.title if self.made else self.maker().title
        path = dialogs.save_file(self, "保存文书", f"{title}.pdf", "PDF (*.pdf)")
        if path is not None:
            self.issue(path)

    def issue(self, path: Path) -> None:
        """Issue the paper into a file: number, signature, register; then show it."""
        name, office, asked_for = self.maker().name, self.office, self.options.values()

        def done(made: paper.Made) -> None:
            if not isValid(self):
                return
            self._timer.stop()
            self._asked = self._shown = self._asked + 1
            self.kept = made.path
            self._show(made)
            self.main.say(f"已签发 {made.number}，存为“{made.path.name}”")

        jobs.run(self.main.worker, self, "正在签发", lambda _progress: paper.issue(office, name, asked_for, path), done)

    def open_kept(self) -> None:
        """Open the issued file with this desktop's own program."""
        if self.kept is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.kept)))

    def print_kept(self) -> None:
        """Print the issued file."""
        path = self.kept
        if path is not None and dialogs.guarded(self, lambda: print_file(self, path)):
            self.update()

    # --- page

    def refresh(self) -> None:
        """The register anew; the preview too, when what it shows may have changed."""
        self.signing.refresh()
        self.table.reload()
        if self.stack.currentWidget() is self.templates:
            self.templates.reload()
        number = len(self.table.model.ids)
        self.parts[REGISTER].setText(f"文书登记 {number}" if number else "文书登记")

    def is_ready(self) -> bool:
        """Whether the preview is drawn."""
        return not self._timer.isActive() and self._shown == self._asked

    def changed(self, tables: set[str]) -> None:
        """Commits that only touch the register leave the preview alone."""
        super().changed(tables)
        if tables & (self.tables - {"issued_paper", "certificate"}) and self.kept is None:
            self.options.fill()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """A paper by its key, a part of the page, or one line of the register."""
        keys = [one.name for one in makers()]
        part, _, name = view.partition(":")
        if part == CERTIFICATES or dict(filters).get("list") == CERTIFICATES:
            self.show_part(CERTIFICATES)
            self.signing.show_certificates(name, record)
        elif record is not None or dict(filters).get("list") == "papers":
            self.show_part(REGISTER)
            self.table.show_view("")
            if record is not None:
                self.table.choose(record)
        elif view in keys:
            self.choices.setCurrentRow(keys.index(view))
            unit = dict(filters).get("unit")
            if unit:
                self.options.choose_unit(int(unit))
        elif view in self.parts:
            self.show_part(view)

    def new(self) -> None:
        """Ctrl+N: issue the chosen paper."""
        self.show_part(SHOW)
        self.ask_issue()

    def print_page(self) -> None:
        """Ctrl+P: print the register when it is shown, else the issued paper."""
        if self.stack.currentWidget() is self.table:
            self.table.print_button.click()
        elif self.kept is not None:
            self.print_kept()
        else:
            self.ask_issue()

    def find_in_list(self) -> None:
        """To the register's filter box."""
        self.show_part(REGISTER)
        self.table.search.setFocus()
