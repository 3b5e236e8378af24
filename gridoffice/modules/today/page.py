"""The tab 今日: every number opens its list, three short lists of what presses, first steps while the office is new."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gridoffice.core import settings as machine
from gridoffice.core.calendar import chinese, weekday
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.modules.today import service, worker
from gridoffice.modules.today.page_person import Picker
from gridoffice.modules.today.page_room import GAP, Elided, shared_out
from gridoffice.modules.today.service import Group, Line, ShortList
from gridoffice.ui.figure import Figure
from gridoffice.ui.icons import pixmap
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button, clear, label, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

TILE = 92  # pixels at 100 % a figure tile has at least
COLUMN = 350  # and a short list


def _tone(count: Count) -> str:
    """Nothing late is in order, however the module coloured it."""
    return "done" if count.tone in ("late", "soon") and not count.number else count.tone


class TodayPage(Page):
    """What is due or open, from all modules; built anew whenever anything was committed."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, theme.px(4), 0)
        outer.setSpacing(theme.px(12))
        self.picker = Picker(office, self.refresh)
        self.day, self.backup = label("", "quiet"), row()
        # The head stays while all else is laid anew, so that the picker keeps its focus.
        outer.addLayout(row(label("今日", "title"), self.day, self.picker, 1, self.backup, spacing=12))
        self.inside = QVBoxLayout()
        outer.addLayout(self.inside, 1)
        self.inside.setSpacing(theme.px(12))
        self.panes(middle=scrolling(holder))
        self._width = 0
        self._ask()

    def _ask(self) -> None:
        on = self.office.today()
        self.is_empty = service.is_empty(self.office)
        self.whose = None if self.is_empty else self.picker.whose()
        self.told: list[worker.Told] = []
        self.groups: list[service.Group] = []
        self.own: list[worker.WorkerGroup] = []
        if self.is_empty:
            self.lists: list[ShortList] = []
            return
        self.lists = service.short_lists(self.office, on, self.whose)
        if self.whose is None:
            self.groups = service.groups(self.office, on)
            self.told = worker.absent(self.office, on)
        else:
            self.own = worker.groups(self.office, self.whose, on)
            self.told = worker.heading(self.office, self.whose, on)

    def refresh(self) -> None:
        """Ask all modules anew."""
        self.picker.know()
        self._ask()
        self._lay()

    def resizeEvent(self, event: Any) -> None:
        """Lay the tiles anew for the room there is."""
        super().resizeEvent(event)
        if self.width() != self._width:
            self._lay()

    def _lay(self) -> None:
        self._width = self.width()
        clear(self.inside)
        self._head()
        if service.is_sample(self.office):
            self.inside.addLayout(self._sample_note())
        steps = service.first_steps(self.office)
        if self.is_empty or not all(step.is_done for step in steps):
            self.inside.addWidget(self._first_steps(steps))
        for told in self.told:
            self.inside.addWidget(label(told.text, "bad" if told.tone == "late" else "notice", wrap=True))
        if self.groups or self.own:
            self.inside.addLayout(self._tiles())
        if self.lists:
            self.inside.addLayout(self._lists())
        self.inside.addStretch(1)

    def _head(self) -> None:
        on = self.office.today()
        self.day.setText(f"{chinese(on)} {weekday(on)}")
        self.picker.setVisible(not self.is_empty)
        clear(self.backup)
        self.backup.addWidget(self._backup())

    def _backup(self) -> QWidget:
        last = str(machine.get("last_backup"))
        text = f"上次备份 {last}" if last else "还没有备份过"
        made = button(text, partial(self._trigger, "backup"), kind="link", icon="backup")
        made.setToolTip("现在备份，建议存到 U 盘")
        return made

    def _trigger(self, key: str) -> None:
        action = self.main.actions_by_key.get(key)
        if action is not None:
            action.trigger()

    def _sample_note(self) -> Any:
        told = label("这里是虚构的示例乡镇，人和事都不是真的；看熟了可以在“设置”里一步删除。", "notice", wrap=True)
        layout = row(told)
        layout.setStretch(0, 1)
        return layout

    # -- numbers

    def _tiles(self) -> QVBoxLayout:
        shown: list[Group | worker.WorkerGroup] = [*self.groups, *self.own]
        panels = [self._group(group) for group in shown]
        lines = QVBoxLayout()
        lines.setSpacing(theme.px(GAP))
        for line in shared_out(panels, [panel.minimumSizeHint().width() for panel in panels], self._inner()):
            layout = row(*line, spacing=GAP)
            for place, panel in enumerate(line):
                layout.setStretch(place, panel.minimumSizeHint().width())
            lines.addLayout(layout)
        return lines

    def _inner(self) -> int:
        return self._width - theme.px(48)

    def _group(self, group: Group | worker.WorkerGroup) -> QWidget:
        panel = Panel()
        picture = label("")
        picture.setPixmap(pixmap(group.icon, theme.colours.quiet, theme.px(18)))
        panel.body.addLayout(row(picture, label(group.title, "heading"), 1))
        figures = []
        for count in group.counts:
            run = partial(self.main.open, count.module or group.module, count.view, None, self._only(group))
            figure = Figure(count.title, count.number, _tone(count), run)
            inner = figure.layout()
            assert inner is not None
            figure.setMinimumWidth(max(theme.px(TILE), inner.sizeHint().width()))
            figure.setToolTip("，".join(filter(None, (count.title, count.hint))))
            figure.setProperty("count", count.key)
            figures.append(figure)
        need = sum(figure.minimumWidth() + theme.px(8) for figure in figures) + theme.px(28)
        half = -(-len(figures) // 2) if need > self._inner() else len(figures)  # too many for one line: two
        for some in filter(None, (figures[:half], figures[half:])):
            layout = row(*some, spacing=8)
            for place in range(len(some)):
                layout.setStretch(place, 1)
            panel.body.addLayout(layout)
        return panel

    def _only(self, group: Group | worker.WorkerGroup) -> tuple[tuple[str, Any], ...]:
        """The filters of a worker's list."""
        return () if isinstance(group, Group) else (("list", group.listing), (worker.STAFF, self.whose))

    # -- short lists

    def _lists(self) -> QGridLayout:
        columns = max(1, min(len(self.lists), self._inner() // theme.px(COLUMN)))
        grid = QGridLayout()
        grid.setSpacing(theme.px(GAP))
        for place, found in enumerate(self.lists):
            grid.addWidget(self._short(found), place // columns, place % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _short(self, found: ShortList) -> QWidget:
        panel = Panel()
        panel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        every = button(f"全部 {found.number}", partial(self._open_all, found), kind="link")
        if found.number == 0:
            every.hide()
        every.setProperty("list", found.listing)
        panel.body.addLayout(row(label(found.title, "heading"), 1, every))
        panel.body.setSpacing(theme.px(2))
        for line in found.lines:
            panel.body.addWidget(self._line(found, line))
        if not found.lines:
            panel.body.addWidget(label(found.nothing, "quiet"))
        panel.body.addStretch(1)
        return panel

    def _line(self, found: ShortList, line: Line) -> QPushButton:
        made = button("", partial(self._open_one, found, line.id), kind="line-button")
        made.setStyleSheet(
            f"QPushButton {{ border: none; border-top: 1px solid {theme.colours.line}; border-radius: 0;"
            f" background: transparent; padding: 0; min-height: {theme.px(50)}px }}"
            f"QPushButton:hover, QPushButton:focus {{ background: {theme.colours.brand_tint} }}"
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, kind in ((line.text, ""), (line.detail, "quiet")):
            told = Elided(text, kind)
            words.addWidget(told)
        state = pill(line.standing)
        layout = row(words, state)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        for widget in made.findChildren(QWidget):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAccessibleName(f"{line.text} {line.detail} {line.standing.partition('|')[2]}")
        return made

    def _open_all(self, found: ShortList) -> None:
        only = ((worker.STAFF, self.whose),) if self.whose else ()
        self.main.open(found.module, found.view, filters=(("list", found.listing), *only))

    def _open_one(self, found: ShortList, record: int) -> None:
        self.main.open(found.module, record=record, filters=(("list", found.listing),))

    # -- a new office

    def _first_steps(self, steps: list[service.FirstStep]) -> QWidget:
        panel = Panel("欢迎使用网格办，先做这几步" if self.is_empty else "还差几步")
        for step in steps if self.is_empty else [step for step in steps if not step.is_done]:
            sign = label("✓" if step.is_done else "○", "done" if step.is_done else "quiet")
            sign.setFixedWidth(theme.px(20))
            words = {"office": "去填写", "import": "导入表格…", "staff": "看人员", "recovery": "去打印"}
            go = button(words[step.key], partial(self._go, step.key), kind="primary" if step.key == "import" else "")
            if step.is_done:
                go.hide()
            go.setMinimumWidth(theme.px(110))
            panel.body.addLayout(row(sign, label(step.title, "heading"), label(step.hint, "quiet"), 1, go, spacing=12))
        if self.is_empty:
            told = label("还没有表格在手边？放一个虚构的示例乡镇进来，随便改，看熟了一步删除。", "quiet", wrap=True)
            layout = row(told, button("用示例数据看看", self._fill), spacing=12)
            layout.setStretch(0, 1)
            panel.body.addSpacing(theme.px(8))
            panel.body.addLayout(layout)
        return panel

    def _go(self, key: str) -> None:
        if key == "import":
            self._trigger("import")
        elif key == "recovery":
            self.main.open("documents", "recovery")
        else:
            self.main.open("office" if key == "office" else "personnel")

    def _fill(self) -> None:
        from gridoffice.ui import jobs

        jobs.run(
            self.main.worker,
            self,
            "正在放入示例乡镇",
            lambda _progress: service.fill_sample(self.office),
            lambda _done: self.main.say("已放入示例乡镇", undo=True),
        )
