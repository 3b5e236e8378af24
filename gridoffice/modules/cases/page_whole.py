"""One case on the whole page: at the left what is to be done and what gathers about it, at the right its story."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese, weekday
from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.modules.cases import page_letters
from gridoffice.modules.cases.details import Details, Item, details
from gridoffice.modules.cases.page_blocks import chips, facts, happening, head, lamp, photos, verbs, warn
from gridoffice.modules.cases.service import CaseView
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

WIDE = 400


class WholeCase(QWidget):
    """`pressed` tells which act, `stepped` which verb, `left` that one goes back (Esc)."""

    pressed = Signal(str)
    stepped = Signal(str)
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.case: CaseView | None = None
        self.newest_first = False
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        self.back_button = button("‹ 返回", self.left.emit)
        self.back_button.setToolTip("返回（Esc）")
        self.title, self.standing = label("", "title", wrap=True), QHBoxLayout()
        self.change_button = button("修改", lambda: self.pressed.emit("change"))
        self.print_button = button("打印", lambda: self.pressed.emit("print"))
        self.print_button.setToolTip("打印办理过程（Ctrl+P）")
        self.more_button = button("合并重复", lambda: self.pressed.emit("merge"))
        top = row(self.back_button, self.title, self.change_button, self.more_button, self.print_button)
        top.setStretch(1, 1)
        body.addLayout(top)
        body.addLayout(self.standing)
        self.doing, self.around, self.story = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(12))
        for layout, weight in ((self.doing, 3), (self.around, 3), (self.story, 4)):
            columns.addWidget(_column(layout), weight)
        body.addLayout(columns, 1)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)

    def show_case(self, case: CaseView) -> None:
        """Show a case; the focus stays where it was, or begins at the usual next step."""
        about = details(self.office, case.id)
        if about is None:
            self.left.emit()
            return
        self.case = case
        self.title.setText(case.entry.title)
        clear(self.standing)
        self.standing.addLayout(head(case, about))
        for layout in (self.doing, self.around, self.story):
            clear(layout)
        self._do(case, about)
        self._around(case, about)
        self._tell(about)

    def _do(self, case: CaseView, about: Details) -> None:
        body = self.doing
        body.addLayout(row(*(lamp(light) for light in case.lights), spacing=0))
        warn(body, about, self.pressed.emit)
        verbs(body, case, self.stepped.emit)
        body.addWidget(line())
        facts(body, case, about, self.pressed.emit)
        body.addStretch(1)

    def _around(self, case: CaseView, about: Details) -> None:
        is_open = case.state not in work.ENDED
        runs = bool(about.why)
        acts = [("申请延期", "ask")] if runs and about.pending is None else []
        self._section("延期", about.extensions, acts)
        acts = [("取消督办", "lift")] if about.supervision else [("登记督办", "supervise")]
        told = (Item(0, about.supervision, "", "late"),) if about.supervision else ()
        self._section("督办", told, acts if is_open else [])
        self._section("分办任务", about.tasks, [("分办任务", "task")] if is_open else [],
                      (("完成", "finish"), ("删除", "untask")))  # fmt: skip
        calls = [("登记联系", "contact"), ("登记回访", "callback")]
        self._section("联系记录", about.contacts, calls)
        self.around.addWidget(label("照片", "heading"))
        photos(self.around, self.office, about, self.pressed.emit, 4)
        self.around.addLayout(
            chips((("加处理前", "before"), ("加处理后", "after"), ("加其他", "photo")), self.pressed.emit)
        )
        told = (Item(0, "已在村图上标出"),) if about.is_on_map else ()
        self._section("图上位置", told, [("看位置" if about.is_on_map else "在图上标", "map")])
        self._section("关联户", about.households, [("关联一户", "link")], (("看", "house"), ("取消", "unlink")), True)
        made = page_letters.acts(self.office, case.id)
        if about.papers or made:
            self._section("文书", about.papers, made, (("登记回执", "answer"),))
        self.around.addStretch(1)

    def _section(self, title: str, items: Sequence[Item], acts: Sequence[tuple[str, str]],
                 own: Sequence[tuple[str, str]] = (), always: bool = False) -> None:  # fmt: skip
        body = self.around
        body.addWidget(label(f"{title} {len(items)}" if items else title, "heading"))
        for item in items:
            inside = QVBoxLayout()
            inside.setSpacing(theme.px(1))
            toned = item.tone not in ("plain", "quiet")
            inside.addWidget(pill(f"{item.tone}|{item.text}") if toned else label(item.text, wrap=True))
            if item.detail:
                inside.addWidget(label(item.detail, "quiet", wrap=True))
            body.addLayout(inside)
            if own and (item.is_open or always):
                body.addLayout(chips([(word, f"{key}:{item.id}") for word, key in own], self.pressed.emit))
        if acts:
            body.addLayout(chips(acts, self.pressed.emit))

    def _tell(self, about: Details) -> None:
        self.order_button = button("最新的在上" if not self.newest_first else "从头看起", self._turn, kind="link")
        self.story.addLayout(row(label("办理过程", "heading"), 1, self.order_button))
        told = reversed(about.story) if self.newest_first else about.story
        day = None
        for one in told:
            if one.at.date() != day:
                day = one.at.date()
                self.story.addWidget(label(f"{chinese(day)} {weekday(day)}", "quiet"))
            self.story.addWidget(happening(one, "%H:%M"))
        self.story.addStretch(1)

    def _turn(self) -> None:
        self.newest_first = not self.newest_first
        if self.case is not None:
            self.show_case(self.case)
            self.order_button.setFocus()


def _column(layout: QVBoxLayout) -> Panel:
    panel, holder = Panel(), QWidget()
    layout.setContentsMargins(0, 0, theme.px(4), 0)
    layout.setSpacing(theme.px(8))
    holder.setLayout(layout)
    panel.body.addWidget(scrolling(holder))
    return panel
