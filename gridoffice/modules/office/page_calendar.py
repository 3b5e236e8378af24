"""The settings' section 工作日历: the months of a year, days off and worked Saturdays, changed by a click or a key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QInputDialog, QMenu, QPushButton, QWidget

from gridoffice.core.calendar import WEEKDAYS, chinese, weekday
from gridoffice.domain.workdays import HOLIDAY, WORKDAY
from gridoffice.modules.office import limits
from gridoffice.modules.office.limits import Day
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui.panel import Panel, button, clear, label, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page

ACROSS = 3
CELL = 30


class DayButton(QPushButton):
    """A day: its number, 休 or 班 where it is no ordinary day, a dot where the office set it."""

    def __init__(self, day: Day, is_today: bool) -> None:
        sign = ("班" if day.is_working else "休") if day.name and (day.is_working or day.day.weekday() < 5) else ""
        super().__init__(f"{day.day.day}{sign}{'·' if day.is_own else ''}")
        colours = theme.colours
        front = colours.text if day.is_working else colours.late
        back = colours.soon_tint if day.is_working and day.name else colours.late_tint if sign else "transparent"
        edge = f"2px solid {colours.brand}" if is_today else "1px solid transparent"
        self.setStyleSheet(
            f"QPushButton {{ color: {front}; background: {back}; border: {edge}; border-radius: 4px; padding: 0;"
            f" min-height: {theme.px(CELL)}px; min-width: {theme.px(CELL)}px; font-size: {theme.px(12)}px }}"
            f"QPushButton:focus {{ border: 2px solid {colours.brand} }}"
        )
        state = day.name or "工作日"
        self.setToolTip(f"{chinese(day.day)} {weekday(day.day)} {state}")
        self.setAccessibleName(f"{chinese(day.day)}，{state}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class CalendarSection(Section):
    """The year's days off and worked weekends."""

    key, title, icon = "calendar", "工作日历", "today"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.year = self.office.today().year
        panel = Panel()
        self.heading = label("", "title")
        head = row(
            button("‹ 上一年", lambda: self.turn(-1)),
            self.heading,
            button("下一年 ›", lambda: self.turn(1)),
            1,
            spacing=12,
        )
        panel.body.addLayout(head)
        self.source = label("", "quiet", wrap=True)
        panel.body.addWidget(self.source)
        told = "点一天可以改成放假或上班；红字是不上班的日子，“班”是调休上班，“·”是本办公室改过的。"
        panel.body.addWidget(label(told, "quiet", wrap=True))
        holder = QWidget()
        self.months = QGridLayout(holder)
        self.months.setContentsMargins(0, 0, theme.px(8), 0)
        self.months.setHorizontalSpacing(theme.px(24))
        self.months.setVerticalSpacing(theme.px(14))
        panel.body.addWidget(scrolling(holder), 1)
        self.body.addWidget(panel)
        self.days: dict[date, DayButton] = {}

    def turn(self, years: int) -> None:
        """To another year."""
        self.year += years
        self.refresh()

    def refresh(self) -> None:
        """Show the year."""
        focused = next((day for day, made in self.days.items() if made.hasFocus()), None)
        self.heading.setText(f"{self.year}年")
        text, is_final = limits.source(self.year)
        self.source.setText(text if is_final else f"{text}。请按当年的放假通知把放假和调休补上。")
        self.source.setObjectName("quiet" if is_final else "notice")
        self.source.style().polish(self.source)
        clear(self.months)
        self.days.clear()
        across = ACROSS if self.width() > theme.px(900) or not self.isVisible() else 2
        for number in range(1, 13):
            self.months.addWidget(self._month(number), (number - 1) // across, (number - 1) % across)
        if focused in self.days:
            self.days[focused].setFocus()

    def _month(self, number: int) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(2))
        grid.addWidget(label(f"{number}月", "heading"), 0, 0, 1, 7)
        for place, word in enumerate(WEEKDAYS):
            name = label(word, "quiet")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(name, 1, place)
        days = limits.month(self.office, self.year, number)
        first = days[0].day.weekday()
        for day in days:
            made = DayButton(day, day.day == self.office.today())
            made.clicked.connect(lambda _checked=False, day=day: self._menu(day))
            self.days[day.day] = made
            place = first + day.day.day - 1
            grid.addWidget(made, 2 + place // 7, place % 7)
        grid.setRowStretch(9, 1)
        return holder

    def _menu(self, day: Day) -> None:
        menu = QMenu(self)
        menu.addAction(f"{chinese(day.day)} {weekday(day.day)} {day.name or '工作日'}").setEnabled(False)
        if day.is_working:
            menu.addAction("改为放假…", lambda: self.name_and_set(day.day))
        else:
            menu.addAction("改为上班", lambda: self.set(day.day, WORKDAY))
        if day.is_own:
            menu.addAction("恢复原样", lambda: self.set(day.day, ""))
        made = self.days[day.day]
        menu.exec(made.mapToGlobal(made.rect().bottomLeft()))

    def name_and_set(self, day: date) -> None:
        """Make a day a holiday under a name."""
        name, is_given = QInputDialog.getText(self, "放假", f"{chinese(day)} 因为什么放假：", text="放假")
        if is_given:
            self.set(day, HOLIDAY, name.strip() or "放假")

    def set(self, day: date, kind: str, name: str = "") -> None:
        """Set a day; the cases that run follow, which is told and can be undone."""
        done: list[str] = []

        def keep() -> None:
            found = limits.set_day(self.office, day, kind, name)
            moved = f"，{len(found.shifts)} 件事项的时限随着改了" if found.shifts else ""
            done.append(f"工作日历已修改{moved}")

        if dialogs.guarded(self, keep):
            self.main.say(done[0], undo=True)
            self.refresh()
