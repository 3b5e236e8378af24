"""From where the office is looked at: the day, the scope and who is at work, with their choices and keys."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from gridoffice.core import settings as machine
from gridoffice.core.calendar import chinese
from gridoffice.domain import past, scope
from gridoffice.ui import dialogs
from gridoffice.ui.past import Banner, DayDrop
from gridoffice.ui.reach import ScopeDrop, UserDrop
from gridoffice.ui.tabs import AltWatch, Corner

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class Standpoint:
    """Owns the three choices beside the menus and the banner; tells the pages when one of them changed."""

    def __init__(self, window: MainWindow) -> None:
        self.main, self.office = window, window.office
        self.office.scope = scope.kept(self.office, str(machine.get("scope")))
        self.corner = Corner()
        window.menuBar().setNativeMenuBar(False)  # a menu bar outside the window has no corner
        window.menuBar().setCornerWidget(self.corner, Qt.Corner.TopRightCorner)
        self.banner = Banner(self.now)
        self.alt = AltWatch(window, window.bar.tabs)
        self.days = DayDrop(window, self.corner.day, self.office, self.look_at)
        self.scopes = ScopeDrop(window, self.corner.scope, self.office, self.limit)
        self.users = UserDrop(window, self.corner.user, self.office, lambda: scope.workers(self.office), self.call)
        self.corner.day.clicked.connect(self.days.drop)
        self.corner.scope.clicked.connect(self.scopes.drop)
        self.corner.user.clicked.connect(self.users.drop)
        self._escape = QShortcut(QKeySequence("Esc"), window, self.now)
        self._escape.setEnabled(False)

    def look_at(self, day: date | None) -> None:
        """Show tree and people of a past day, or (None) of today; raises OfficeError for a day to come."""
        today = self.office.today()
        if day is not None:
            past.check(day, today)
        self.office.as_of = None if day == today else day
        self._escape.setEnabled(self.office.as_of is not None)
        self.again()

    def now(self) -> None:
        """Back to today."""
        if self.office.as_of is not None:
            self.look_at(None)
            self.main.say("已回到今天")

    def limit(self, unit: int | None) -> None:
        """Limit lists, counts and search to a unit's subtree; kept on this machine."""
        if unit == self.office.scope:
            return
        self.office.scope = unit
        machine.put("scope", f"{scope.name_of(self.office)}|{unit}" if unit is not None else "")
        self.again()

    def everything(self) -> None:
        """Back to the whole office."""
        if self.office.scope is not None:
            self.limit(None)
            self.main.say("范围已放开，名单、数字和搜索看全部")

    def call(self, name: str) -> None:
        """From now on changes are logged under this name; kept on this machine."""
        self.office.user = name
        machine.put("user", name)
        self.tell()
        self.main.say(f"现在由 {name} 使用")

    def again(self) -> None:
        """Everything on the screen is asked anew."""
        self.tell()
        for page in list(self.main.pages.values()):
            if page.isVisible():
                dialogs.guarded(self.main, page.refresh)
            else:
                page.is_stale = True
        self.main.update_counts()

    def tell(self) -> None:
        """Show in corner and banner what holds."""
        day, unit = self.office.as_of, self.office.scope
        name = scope.name(self.office, unit)
        self.corner.tell(
            name, unit is not None, chinese(day) if day else "今天", day is not None, self.office.user or "没有写姓名"
        )
        self.main.menuBar().setCornerWidget(self.corner, Qt.Corner.TopRightCorner)  # it measures only what is new
        self.corner.show()
        page = self.main.page()
        title = next((module.title for module in self.main.modules if module.key == self.main.current), "")
        self.banner.tell(day, title, page is not None and page.is_dated)

    def stop(self) -> None:
        """The window is closed."""
        for one in (self.days, self.scopes, self.users):
            one.hide()
