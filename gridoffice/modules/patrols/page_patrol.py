"""The right side of the tab 巡查: one patrol with its cases, or one grid with its last patrols."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese, weekday
from gridoffice.modules.patrols.details import Picture
from gridoffice.modules.patrols.entry import Line
from gridoffice.modules.patrols.service import GridView, PatrolView
from gridoffice.ui.empty import Empty
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme


def fact(title: str, text: str) -> QHBoxLayout:
    """A quiet title with its text beside it."""
    name = label(title, "quiet")
    name.setFixedWidth(theme.px(52))
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    layout = row(name)
    layout.addWidget(label(text, wrap=True), 1)
    return layout


def _line(one: Line) -> str:
    at = f"{one.at:%H:%M} " if one.at else ""
    return at + "，".join(filter(None, (one.kind, one.whom, one.text, one.measures, one.result)))


class PatrolPanel(Panel):
    """Shows what is chosen; `pressed` tells which button, the other signals which record to go to."""

    pressed = Signal(str)
    case_pressed = Signal(int)
    patrol_pressed = Signal(int)
    photo_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        holder = QWidget()
        self.inside = QVBoxLayout(holder)
        self.inside.setContentsMargins(0, 0, theme.px(4), 0)
        self.inside.setSpacing(theme.px(8))
        self.body.addWidget(scrolling(holder))

    def show_nothing(self) -> None:
        """Say what stands here when something is chosen."""
        clear(self.inside)
        self.inside.addWidget(Empty("patrols", "还没有选中", "在左边选一条，这里显示它的情况。"))

    def show_patrol(self, patrol: PatrolView) -> None:
        """A patrol: when, who, how long, what was seen, the cases that came of it."""
        clear(self.inside)
        entry = patrol.entry
        self.inside.addWidget(label(patrol.unit or "未定网格", "title", wrap=True))
        state = pill(f"soon|发现 {patrol.found} 个问题") if patrol.found else pill("done|没有发现问题")
        self.inside.addLayout(row(state, label(entry.kind, "quiet"), 1))
        if patrol.is_locked:
            self.inside.addWidget(label("这一天已经锁定，只能补记", "notice", wrap=True))
        acts = (("补记", "supplement"),) if patrol.is_locked else (("修改", "change"), ("删除", "delete"))
        self.inside.addLayout(row(*(button(word, lambda key=key: self.pressed.emit(key)) for word, key in acts)))
        spent = f"（{patrol.minutes} 分钟）" if patrol.minutes else ""
        second = f"，{entry.start2:%H:%M}—{entry.end2:%H:%M}" if entry.start2 and entry.end2 else ""
        clock = f"{entry.start:%H:%M}—{entry.end:%H:%M}{second}{spent}" if entry.start and entry.end else "没有登记"
        pairs = (
            ("日期", f"{chinese(entry.day)} {weekday(entry.day)}"),
            ("时间", clock),
            ("网格员", patrol.worker or "没有登记"),
            ("陪同", entry.companions),
            ("天气", entry.weather),
            ("路线", entry.route),
            ("走访", f"{entry.households} 户" if entry.households else "没有入户"),
            ("到户", "\n".join(patrol.houses)),
            ("情况", entry.text),
            ("表单", "\n".join(f"{title}：{text}" for title, text in patrol.answers)),
            ("条目", "\n".join(_line(one) for one in entry.lines)),
            *(("补记", f"{one.at:%Y-%m-%d} {one.who}：{one.text}") for one in patrol.additions),
        )
        for title, text in pairs:
            if text:
                self.inside.addLayout(fact(title, text))
        if patrol.pictures:
            self.inside.addLayout(fact("照片", f"{len(patrol.pictures)} 张，点开看大图"))
            self.inside.addLayout(self._pictures(patrol.pictures))
        if patrol.cases:
            self.inside.addWidget(line())
            self.inside.addWidget(label(f"发现的事项 {len(patrol.cases)} 件", "heading"))
        for case in patrol.cases:
            self._link(f"{case.number}　{case.title}", lambda key=case.id: self.case_pressed.emit(key))
            self.inside.addLayout(row(pill(case.standing), 1))
        self.inside.addStretch(1)

    def _pictures(self, found: tuple[Picture, ...]) -> Flow:
        """The small pictures beside each other; one pressed is shown large."""
        flow = Flow(spacing=theme.px(6))
        for one in found:
            made = button("", lambda key=one.id: self.photo_pressed.emit(key), kind="plain")
            pixmap = QPixmap()
            pixmap.loadFromData(one.small)
            made.setIcon(QIcon(pixmap))
            made.setIconSize(QSize(theme.px(84), theme.px(84)))
            made.setToolTip(one.name)
            made.setAccessibleName(f"照片 {one.name}")
            flow.addWidget(made)
        return flow

    def show_grid(self, grid: GridView) -> None:
        """A grid: who walks it, how long ago, its last patrols."""
        clear(self.inside)
        self.inside.addWidget(label(grid.name, "title", wrap=True))
        self.inside.addLayout(row(pill(grid.since), label(grid.village, "quiet"), 1))
        self.inside.addWidget(button("登记巡查", lambda: self.pressed.emit("new"), kind="primary"))
        self.inside.addLayout(fact("网格员", grid.worker or "还没有安排"))
        self.inside.addLayout(fact("累计", f"{grid.walks} 次"))
        self.inside.addWidget(line())
        self.inside.addWidget(label("最近巡查" if grid.last else "还没有巡查记录", "heading"))
        for patrol_id, day, kind, found in grid.last:
            link = button(day.isoformat(), lambda key=patrol_id: self.patrol_pressed.emit(key), kind="link")
            told = f"{kind} · {found} 个问题" if found else kind
            self.inside.addLayout(row(link, label(told, "quiet"), 1))
        self.inside.addStretch(1)

    def _link(self, text: str, run: object) -> None:
        made = button("", run, kind="link")
        room = min(theme.px(250), 300)  # the pane at the right grows less than the letters
        made.setText(made.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        made.setToolTip(text)
        self.inside.addLayout(row(made, 1))
