"""The day that is looked at: the choice of a past day, and the amber banner while one is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese, weekday
from gridoffice.core.errors import OfficeError
from gridoffice.core.typed_day import read_past_day
from gridoffice.db.office import Office
from gridoffice.domain import past
from gridoffice.ui.drop import Drop
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import button, clear, label, row
from gridoffice.ui.theme import theme


class DayDrop(Drop):
    """Type a day, take one of those people ask for, or one from the calendar."""

    def __init__(self, window: QWidget, anchor: QWidget, office: Office, look: Callable[[date | None], object]) -> None:
        super().__init__(window, anchor, 380)
        self.office, self._look = office, look
        self.body.addWidget(label("看哪一天的网格和责任人", "heading"))
        self.box = QLineEdit()
        self.box.setPlaceholderText("2026-05-03、0503、-30、上月末")
        self.box.setAccessibleName("看哪一天")
        self.box.returnPressed.connect(self._typed)
        self.go = button("看这一天", self._typed, kind="primary")
        self.body.addLayout(row(self.box, self.go))
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.picks = Flow(spacing=theme.px(6))
        self.body.addLayout(self.picks)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName("日历")
        self.calendar.activated.connect(lambda day: self.choose(day.toPython()))
        self.calendar.clicked.connect(lambda day: self.choose(day.toPython()))
        self.body.addWidget(self.calendar)

    def begin(self) -> None:
        """Offer the days anew."""
        today = self.office.today()
        self.box.setText("")
        self.problem.hide()
        clear(self.picks)
        for word, day in past.picks(self.office, today):
            made = button(word, partial(self.choose, day), kind="chip")
            made.setToolTip(chinese(day))
            self.picks.addWidget(made)
        if self.office.as_of is not None:
            self.picks.addWidget(button("回到今天", partial(self.choose, None), kind="chip"))
        shown = self.office.day()
        self.calendar.setMaximumDate(QDate(today.year, today.month, today.day))
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))

    def first(self) -> QWidget:
        """The box to type in."""
        return self.box

    def _typed(self) -> None:
        try:
            day = read_past_day(self.box.text(), self.office.today())
        except ValueError as error:
            self._refuse(str(error))
            return
        if day is None:
            self._refuse("请写一个日期，例如 2026-05-03、0503、-30、上月末。")
            return
        self.choose(day)

    def choose(self, day: date | None) -> None:
        """Look at a day, or say in the panel why that cannot be."""
        try:
            self._look(day)
        except OfficeError as error:
            self._refuse(error.sentence)
            return
        self.leave()

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        self.place()
        self.box.setFocus()
        self.box.selectAll()


class Banner(QFrame):
    """The amber strip across the window while a past day is shown."""

    def __init__(self, back: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("past")
        self.text = label("", "pasttext", wrap=True)
        self.back = button("回到今天  Esc", back, kind="pastback")
        line = QVBoxLayout(self)
        line.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        across = row(self.text, self.back, spacing=16)
        across.setStretch(0, 1)
        line.addLayout(across)
        self.hide()

    def tell(self, day: date | None, title: str, is_dated: bool) -> None:
        """Say what the page in front shows; nothing for today."""
        self.setVisible(day is not None)
        if day is None:
            return
        then = f"{chinese(day)}（{weekday(day)}）"
        if is_dated:
            self.text.setText(f"正在看 <b>{then}</b>的网格和责任人，只能看不能改")
        else:
            self.text.setText(f"正在看 <b>{then}</b>：网格和人员是那天的，“{title}”页仍是今天的记录；只能看不能改")
