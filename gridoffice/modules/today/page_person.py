"""The picker at the head of 今日: the whole office's, or one worker's; remembered on this machine."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gridoffice.core import settings as machine
from gridoffice.db.office import Office
from gridoffice.modules.today import worker
from gridoffice.ui.fields import Field, Input, make_input
from gridoffice.ui.panel import button, row
from gridoffice.ui.theme import theme

KEY = "today_of"


class Picker(QWidget):
    """全办, or a worker found by typing; `changed` is called when another was chosen."""

    def __init__(self, office: Office, changed: Callable[[], None]) -> None:
        super().__init__()
        self.office, self._changed = office, changed
        self.all_button = button("全办", self.show_all, kind="chip", shortcut="Alt+0")
        self.all_button.setCheckable(True)
        self.people = worker.people(office)
        self.input: Input = self._made()
        self.line = row(self.all_button, self.input)
        self.setLayout(self.line)
        focus = QShortcut(QKeySequence("Alt+P"), self)
        focus.activated.connect(lambda: self.input.setFocus())
        self.mark()

    def _made(self) -> Input:
        made = make_input(Field("who", "某人的今日", "pick", choices=self.people, help="看某人的：姓名或拼音首字母"))
        made.setFixedWidth(min(theme.px(250), 360))
        made.inner.setToolTip("只看一个人的今日，含代班（Alt+P）")
        made.put(self.whose())
        made.edited.connect(self._picked)
        return made

    def know(self) -> None:
        """Offer who is in service now."""
        people = worker.people(self.office)
        if people != self.people:
            self.people = people
            old, self.input = self.input, self._made()
            self.line.replaceWidget(old, self.input)
            old.hide()
            old.deleteLater()
        self.mark()

    def whose(self) -> int | None:
        """Whose 今日 is shown; None: the whole office's."""
        number, _, name = str(machine.get(KEY)).partition("|")
        if number.isdigit() and worker.is_known(self.office, int(number), name):
            return int(number)
        return None

    def _picked(self) -> None:
        try:
            number = self.input.value()
        except ValueError:
            return  # still being typed
        if number is None or number == self.whose():
            return
        name = dict(self.people)[number].partition("（")[0]
        machine.put(KEY, f"{number}|{name}")
        self.mark()
        self._changed()

    def show_all(self) -> None:
        """The whole office's again."""
        machine.put(KEY, "")
        self.input.put(None)
        self.mark()
        self._changed()

    def mark(self) -> None:
        """Show which is in force."""
        self.all_button.setChecked(self.whose() is None)
