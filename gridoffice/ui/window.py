"""The main window: tabs that load when first shown, status line, undo."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core import settings as machine
from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Command, Module, counts, load, modules
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.ui import commands, dialogs
from gridoffice.ui import theme as looks
from gridoffice.ui.finder import Finder
from gridoffice.ui.help import Help
from gridoffice.ui.jobs import Worker
from gridoffice.ui.mask import mask, project_in_dialogs
from gridoffice.ui.page import Page
from gridoffice.ui.standpoint import Standpoint
from gridoffice.ui.tabs import TopBar
from gridoffice.ui.theme import theme


class MainWindow(QMainWindow):
    """The office on the screen. `open` shows a tab, a view of its list, or one record."""

    committed = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.worker = Worker(self)
        self.modules: tuple[Module, ...] = modules()
        self.pages: dict[str, Page] = {}
        self.current = ""
        name = self._office_name()
        self.bar = TopBar(name, self.modules)
        self.bar.shown.connect(self.show_tab)
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        self.stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.standpoint = Standpoint(self)
        body.addWidget(self.bar)
        body.addWidget(self.standpoint.banner)
        body.addWidget(self.stack, 1)
        self.setCentralWidget(holder)
        self.finder = Finder(self, self.bar.search)
        self._menus()
        self.help = Help(self)
        self.standpoint.tell()
        self._status()
        mask.changed.connect(self._masked)
        self._masked()
        project_in_dialogs()
        self.committed.connect(self._changed)
        self._end = office.changed.subscribe(self.committed.emit)
        looks.theme.changed.connect(self._rebuild)
        self.setWindowTitle(f"{name} · 网格办")
        self.resize(1366, 740)
        self._restore()
        for module in self.modules:
            if module.starts:
                load(module.starts)(self)
        self.stack.setFocus()  # else the first button of the bar has the frame of what was chosen

    # -- tabs

    def show_tab(self, key: str) -> Page:
        """Show a tab, building its page when it is first shown."""
        if key not in self.pages:
            module = next(module for module in self.modules if module.key == key)
            page = load(module.page)(self.office, self)
            self.pages[key] = page
            self.stack.addWidget(self._framed(page))
        self.current = key
        self.bar.mark(key)
        self.stack.setCurrentWidget(self._frame(self.pages[key]))
        self.standpoint.tell()
        return self.pages[key]

    @staticmethod
    def _framed(page: Page) -> QScrollArea:
        """A page in a frame that scrolls where large letters need more room than the screen has."""
        frame = QScrollArea()
        frame.setObjectName("stack")
        frame.setWidgetResizable(True)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame.setWidget(page)
        return frame

    @staticmethod
    def _frame(page: Page) -> QScrollArea:
        viewport = page.parentWidget()
        frame = viewport.parentWidget() if viewport is not None else None
        assert isinstance(frame, QScrollArea)
        return frame

    def open(
        self, module: str, view: str | None = None, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()
    ) -> Page:
        """Show a tab with a named view of its list, filters, one record, or a saved filter (view "saved:3")."""
        page = self.show_tab(module)
        if view is not None and view.startswith("saved:"):
            from gridoffice.ui.views_menu import show_saved

            show_saved(page, view)
            return page
        if view is not None or record is not None or filters:
            page.show_view(view or "", record, filters)
        return page

    def page(self) -> Page | None:
        """The page in front."""
        return self.pages.get(self.current)

    # -- commands

    def _menus(self) -> None:
        self.commands = commands.of_window(self)
        self.menus = commands.Menus(self)
        self.actions_by_key = self.menus.actions
        QShortcut(QKeySequence("Ctrl+="), self, lambda: looks.step_zoom(1))

    def run(self, command: Command, *_args: object) -> None:
        """Run a command; what goes wrong is shown, and so is why it cannot be done just now."""
        reason = commands.why_not(self, command)
        if reason and command.is_writing and self.office.as_of is not None:
            dialogs.error(
                OfficeError(reason, safe="没有改动任何内容", do="请先回到今天，再做这一步", offer="now"), self
            )
        elif reason:
            self.say(reason)
        else:
            dialogs.guarded(self, lambda: command.run(self))

    def on_page(self, what: str) -> None:
        """Call one of the page's own standard commands."""
        page = self.page()
        if page is not None:
            getattr(page, what)()

    # -- undo, status

    def undo(self) -> None:
        """Undo the last unit, wherever it was done."""
        name = self.office.undo()
        self.say(f"已撤销：{name}" if name else "没有可以撤销的")

    def redo(self) -> None:
        """Do the undone unit again."""
        name = self.office.redo()
        self.say(f"已重做：{name}" if name else "没有可以重做的")

    def say(self, text: str, *, undo: bool = False) -> None:
        """A short note at the foot of the window."""
        dialogs.toast(self, text, (lambda: dialogs.guarded(self, self.undo)) if undo else None)

    def _status(self) -> None:
        self.saved, self.undoable, self.backed = QLabel("已打开"), QLabel(), QLabel()
        for widget in (self.saved, self.undoable, self.backed):
            widget.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
            self.statusBar().addWidget(widget)
        self.projected = QLabel("● 投影模式：号码已遮住，F11 退出")
        self.projected.setObjectName("soon")
        self.projected.setContentsMargins(0, 0, theme.px(14), 0)
        self.statusBar().addPermanentWidget(self.projected)
        self.statusBar().setSizeGripEnabled(False)
        self.update_status()

    def update_status(self) -> None:
        """Say what undo would undo and when the last backup was made."""
        text = self.office.undo_text()
        short = text if not text or len(text) <= 40 else f"{text[:39].rstrip('、，：')}…"
        self.undoable.setText(f"撤销：{short}  Ctrl+Z" if text else "")
        last = machine.get("last_backup")
        self.backed.setText(f"上次备份 {last}" if last else "还没有备份")

    def _changed(self, tables: set[str]) -> None:
        self.saved.setText(f"已保存 {datetime.now():%H:%M}")
        self.update_status()
        if "office_setting" in tables:
            self.bar.rename(self._office_name())
            self.setWindowTitle(f"{self._office_name()} · 网格办")
        for page in list(self.pages.values()):
            dialogs.guarded(self, partial(page.changed, tables))
        self.update_counts()

    def update_counts(self) -> None:
        """Put what is open behind the tabs' titles; 今日 gets the number of late things."""
        late = 0
        for count in counts(self.office, self.office.today()):
            if count.tone == "late":
                late += count.number
        self.bar.count("today", late)

    def _masked(self) -> None:
        self.projected.setVisible(mask.is_projected)

    def _office_name(self) -> str:
        with self.office.read() as session:
            return settings.get(session, "name") or "网格办"

    # -- looks

    def _rebuild(self) -> None:
        """Colours or letters changed: build the open pages anew, the front one at once."""
        for page in self.pages.values():
            frame = self._frame(page)
            self.stack.removeWidget(frame)
            frame.deleteLater()
        self.pages.clear()
        self.bar.looks_changed()
        self.standpoint.tell()
        if self.current:
            self.show_tab(self.current)

    def toggle_full(self) -> None:
        """Full screen and back."""
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def show_keys(self) -> None:
        """Every shortcut on one sheet."""
        from gridoffice.ui.keys import KeySheet

        KeySheet(self).exec()

    def show_help(self, key: str = "") -> None:
        """F1: the paragraph for what has the focus, or a named one."""
        self.help.show_topic(key)

    def about(self) -> None:
        """What program this is."""
        from gridoffice import __version__

        path = self.office.path
        text = f"网格办 {__version__}\n办公文件：{path or 'PostgreSQL'}\n许可：Apache-2.0；字体与程序库许可见 NOTICE。"
        dialogs.tell(self, "关于", text)

    def _restore(self) -> None:
        kept = str(machine.get("window"))
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    def closeEvent(self, event: Any) -> None:
        """Remember the window's place; end the worker and the listening."""
        machine.put("window", bytes(self.saveGeometry().toBase64().data()).decode())
        looks.theme.changed.disconnect(self._rebuild)
        mask.changed.disconnect(self._masked)
        mask.conceal()
        self._end()
        self.finder.stop()
        self.help.stop()
        self.standpoint.stop()
        self.worker.stop()
        super().closeEvent(event)
