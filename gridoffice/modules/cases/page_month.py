"""时限日历: a month of deadlines with counts, days off by the office's calendar; a day's cases beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gridoffice.core.calendar import WEEKDAYS, chinese, weekday
from gridoffice.db.office import Office
from gridoffice.modules.cases import glance
from gridoffice.modules.cases.glance import DueDay
from gridoffice.modules.cases.page_cards import CaseCard
from gridoffice.ui.panel import Panel, button, clear, label, row, scrolling
from gridoffice.ui.theme import theme

SIDE, MOST = 300, 360


class DayCell(QPushButton):
    """A day: number, 休 or 班, and how many deadlines; arrows go to the next day."""

    walked = Signal(int)

    def __init__(self, day: DueDay, *, is_today: bool, is_chosen: bool) -> None:
        sign = ("班" if day.is_working else "休") if day.name and (day.is_working or day.day.weekday() < 5) else ""
        count = f"{len(day.ids)} 件{'逾期' if day.is_late else '到期'}" if day.ids else ""
        super().__init__(f"{day.day.day}{' ' + sign if sign else ''}\n{count}")
        colours = theme.colours
        tone = "late" if day.is_late else "soon" if day.ids else "quiet"
        front = colours.tone(tone)[0] if day.ids else colours.text if day.is_working else colours.quiet
        back = colours.tone(tone)[1] if day.ids else colours.panel if day.is_working else colours.window
        edge = colours.brand if is_chosen or is_today else colours.line
        self.setStyleSheet(
            f"QPushButton {{ color: {front}; background: {back}; border: {2 if is_chosen else 1}px solid {edge};"
            f" border-radius: {theme.px(6)}px; padding: {theme.px(4)}px; text-align: left;"
            f" min-height: {theme.px(40)}px; min-width: {theme.px(44)}px; font-size: {theme.px(13)}px }}"
            f"QPushButton:focus {{ border: 2px solid {colours.brand} }}"
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        state = day.name or ("工作日" if day.is_working else "休息")
        self.setToolTip(f"{chinese(day.day)} {weekday(day.day)} {state}")
        self.setAccessibleName(f"{chinese(day.day)}，{state}，{count or '没有到期'}{'，今天' if is_today else ''}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by days and weeks."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Month(QWidget):
    """`opened` and `chosen` tell a case."""

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.filters: tuple[tuple[str, Any], ...] = ()
        self.day = office.today()
        self.cells: dict[date, DayCell] = {}
        self.cards: list[CaseCard] = []
        self.heading = label("", "title")
        before = button("‹ 上月", lambda: self.turn(-1))
        after = button("下月 ›", lambda: self.turn(1))
        today = button("今天", lambda: self.show_day(self.office.today()), kind="chip")
        self.grid = QGridLayout()
        self.grid.setSpacing(theme.px(4))
        panel, side = Panel(), Panel()
        panel.body.addLayout(row(before, self.heading, after, today, 1, spacing=12))
        panel.body.addWidget(
            label("按现在在走的时限排；灰底是不上班的日子，“班”是调休上班。点一天看当天到期的事项。", "quiet")
        )
        panel.body.addLayout(self.grid, 1)
        self.day_heading = label("", "heading")
        side.body.addWidget(self.day_heading)
        holder = QWidget()
        self.list = QVBoxLayout(holder)
        self.list.setContentsMargins(0, 0, theme.px(4), 0)
        self.list.setSpacing(theme.px(6))
        side.body.addWidget(scrolling(holder), 1)
        side.setFixedWidth(min(theme.px(SIDE), MOST))
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(12))
        body.addWidget(panel, 1)
        body.addWidget(side)

    def turn(self, months: int) -> None:
        """To another month."""
        first = self.day.replace(day=1)
        self.show_day((first - timedelta(days=1)).replace(day=1) if months < 0 else _next(first))

    def show_day(self, day: date) -> None:
        """Choose a day."""
        self.day = day
        self.reload()
        self.cells[day].setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the month anew."""
        clear(self.grid)
        self.cells.clear()
        self.heading.setText(f"{self.day.year}年{self.day.month}月")
        for place, word in enumerate(WEEKDAYS):
            name = label(word, "quiet")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.grid.addWidget(name, 0, place)
            self.grid.setColumnStretch(place, 1)
        days = glance.month(self.office, self.day.year, self.day.month, self.filters)
        start = days[0].day.weekday()
        for one in days:
            cell = DayCell(one, is_today=one.day == self.office.today(), is_chosen=one.day == self.day)
            cell.clicked.connect(lambda _checked=False, day=one.day: self.show_day(day))
            cell.walked.connect(lambda by, day=one.day: self.show_day(day + timedelta(days=by)))
            place = start + one.day.day - 1
            self.grid.addWidget(cell, 1 + place // 7, place % 7)
            self.cells[one.day] = cell
        for line in range(1, 7):
            self.grid.setRowStretch(line, 1 if line <= 1 + (start + len(days) - 1) // 7 else 0)
        self._list(next(one for one in days if one.day == self.day))

    def _list(self, day: DueDay) -> None:
        clear(self.list)
        name = f" {day.name}" if day.name else ""
        self.day_heading.setText(f"{day.day.month}月{day.day.day}日 {weekday(day.day)}{name} · {len(day.ids)} 件")
        self.cards = []
        for one in glance.cards(self.office, day.ids[: glance.MOST]):
            card = CaseCard(one)
            card.opened.connect(self.opened)
            card.chosen.connect(self.chosen)
            card.stepped.connect(lambda _across, down, card=card: self._go(card, down))
            self.list.addWidget(card)
            self.cards.append(card)
        if not day.ids:
            self.list.addWidget(label("这一天没有到期的事项", "quiet", wrap=True))
        self.list.addStretch(1)

    def _go(self, card: CaseCard, down: int) -> None:
        place = min(max(self.cards.index(card) + down, 0), len(self.cards) - 1)
        self.cards[place].setFocus(Qt.FocusReason.OtherFocusReason)


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
