"""The right side of the tab 事项: one case with its lights, lawful next steps, facts, photos and timeline."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.modules.cases import service
from gridoffice.modules.cases.lights import Light
from gridoffice.modules.cases.service import CaseView, StepLine
from gridoffice.ui.empty import Empty
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

USUAL = 2
"""How many of the lawful next steps stand as wide buttons; the others stand as chips below."""

SIGNS = {"done": "✓", "soon": "●", "late": "!", "quiet": "–"}
"""The sign in a light: colour never stands alone (reference 7.4)."""


def lamp(light: Light) -> QWidget:
    """One light: a round sign in its colour, the step's title, and a word."""
    front, back = theme.colours.tone(light.tone)
    size = theme.px(26)
    sign = QLabel(SIGNS[light.tone])
    sign.setFixedSize(size, size)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setStyleSheet(
        f"color: {front}; background: {back}; border: 1px solid {front}; border-radius: {size // 2}px; font-weight: 700"
    )
    # At large letters five titles stand beside each other only on two lines each.
    parted = f"{light.title[:2]}\n{light.title[2:]}" if theme.zoom > 125 else light.title
    title, word = QLabel(parted), QLabel(light.word)
    word.setWordWrap(True)
    for made, colour, pixels in ((title, theme.colours.text, 12), (word, front, 11)):
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made.setStyleSheet(f"color: {colour}; font-size: {theme.px(pixels)}px")
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(theme.px(2))
    body.addLayout(row(1, sign, 1))
    body.addWidget(title)
    body.addWidget(word)
    holder.setAccessibleName(f"{light.title}：{light.word}")
    return holder


def fact(title: str, text: str) -> QHBoxLayout:
    """A quiet title with its text beside it."""
    name = label(title, "quiet")
    name.setFixedWidth(theme.px(52))
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    layout = row(name)
    layout.addWidget(label(text, wrap=True), 1)
    return layout


class CasePanel(Panel):
    """Shows the chosen case; `pressed` tells which button, `stepped` to which state, `shown` which photo."""

    pressed = Signal(str)
    stepped = Signal(str)
    photo_pressed = Signal(int)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        holder = QWidget()
        self.inside = QVBoxLayout(holder)
        self.inside.setContentsMargins(0, 0, theme.px(4), 0)
        self.inside.setSpacing(theme.px(8))
        self.body.addWidget(scrolling(holder))

    def show_case(self, case: CaseView | None) -> None:
        """Show a case, or what to do when none is chosen."""
        clear(self.inside)
        if case is None:
            self.inside.addWidget(Empty("cases", "还没有选中事项", "在左边选一件，这里显示它的进度和办理记录。"))
            return
        self.inside.addWidget(label(case.entry.title, "title", wrap=True))
        self.inside.addLayout(row(pill(case.standing), label(case.number, "quiet"), 1))
        self.inside.addLayout(row(*(lamp(light) for light in case.lights), spacing=0))
        self._steps(case)
        self.inside.addWidget(line())
        self._facts(case)
        self._photos(case)
        self.inside.addWidget(line())
        self.inside.addWidget(label("办理记录", "heading"))
        for step in reversed(case.steps):
            self.inside.addWidget(self._step(step))
        self.inside.addStretch(1)

    def _steps(self, case: CaseView) -> None:
        usual, others = case.next_steps[:USUAL], case.next_steps[USUAL:]
        for place, (verb, word) in enumerate(usual):
            kind = "primary" if place == 0 and case.state not in work.ENDED else ""
            self.inside.addWidget(button(word, lambda verb=verb: self.stepped.emit(verb), kind=kind))
        if others:
            made = [button(word, lambda verb=verb: self.stepped.emit(verb), kind="chip") for verb, word in others]
            flow = Flow()
            for one in made:
                flow.addWidget(one)
            self.inside.addLayout(flow)
        acts = (("修改", "change"), ("加照片", "photo"), ("删除", "delete"))
        self.inside.addLayout(row(*(button(word, lambda key=key: self.pressed.emit(key)) for word, key in acts)))

    def _facts(self, case: CaseView) -> None:
        entry = case.entry
        limit = f"{chinese(entry.due_on)}" if entry.due_on else "未定"
        pairs = (
            ("网格", case.unit or "未定"),
            ("地点", entry.place),
            ("类别", f"{entry.category} · {work.KINDS.get(entry.kind, entry.kind)}"),
            ("来源", " · ".join(filter(None, (case.source, case.finder)))),
            ("承办人", entry.handler or "还没有派"),
            ("发现", chinese(entry.found_on)),
            ("时限", limit),
            ("结案", chinese(case.closed_on) if case.closed_on else ""),
            ("情况", entry.text),
            ("处理", case.measures),
        )
        for title, text in pairs:
            if text:
                self.inside.addLayout(fact(title, text))
        if case.source_id and case.entry.source == "patrol":
            self.inside.addLayout(row(button("看这次巡查", lambda: self.pressed.emit("source"), kind="link"), 1))

    def _photos(self, case: CaseView) -> None:
        if not case.photos:
            return
        size = QSize(theme.px(76), theme.px(76))
        tiles = []
        for place, photo in enumerate(case.photos[:3], 1):
            picture = QPixmap()
            picture.loadFromData(service.photo(self.office, photo) or b"")
            tile = button("", lambda key=photo: self.photo_pressed.emit(key))
            tile.setFixedSize(size + QSize(theme.px(8), theme.px(8)))
            tile.setStyleSheet("padding: 0")
            tile.setIcon(QIcon(picture))
            tile.setIconSize(size)
            tile.setAccessibleName(f"照片 {place}")
            tiles.append(tile)
        more = [label(f"共 {len(case.photos)} 张", "quiet")] if len(case.photos) > 3 else []
        self.inside.addLayout(row(*tiles, *more, 1))

    def _step(self, step: StepLine) -> QWidget:
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, theme.px(4))
        body.setSpacing(theme.px(1))
        moment = f"{step.at:%Y-%m-%d %H:%M}"
        body.addLayout(row(label(step.action), 1, label(moment, "quiet")))
        told = " · ".join(filter(None, (step.who, step.note)))
        body.addWidget(label(told, "quiet", wrap=True))
        return holder
