"""The right side of the tab 消防: one place, one check, one hazard with its next steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.inspections.checks import Check
from gridoffice.modules.inspections.hazards import Shown
from gridoffice.modules.inspections.lists import PASSED
from gridoffice.modules.inspections.places import Place
from gridoffice.ui.empty import Empty
from gridoffice.ui.mask import Masked, mask
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.reveal import eye
from gridoffice.ui.theme import theme


def fact(title: str, text: str) -> QHBoxLayout:
    """A quiet title with its text beside it."""
    name = label(title, "quiet")
    name.setFixedWidth(theme.px(56))
    told = label(text, wrap=True)
    layout = row(name)
    layout.addWidget(told, 1)
    return layout


class SidePanel(Panel, Masked):
    """Shows what is chosen; tells which button was pressed, and which record is to be opened elsewhere."""

    pressed = Signal(str)
    asked = Signal(str, int)  # list, id

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self._place: Place | None = None
        holder = QWidget()
        self.inside = QVBoxLayout(holder)
        self.inside.setContentsMargins(0, 0, theme.px(4), 0)
        self.inside.setSpacing(theme.px(8))
        self.body.addWidget(scrolling(holder))

    def remask(self) -> None:
        """What is hidden changed: show the same place anew."""
        if self._place is not None:
            self.show_place(self._place)

    def show_nothing(self, text: str) -> None:
        """Say what to do when nothing is chosen."""
        clear(self.inside)
        self._place = None
        self.inside.addWidget(Empty("inspections", "还没有选中", text))

    def show_place(self, place: Place) -> None:
        """A place: who is in charge, how often it is checked, its hazards and last checks."""
        clear(self.inside)
        self._place = place
        entry = place.entry
        self.inside.addWidget(label(entry.name, "title", wrap=True))
        self.inside.addLayout(row(pill(f"brand|{entry.kind}"), label(entry.number, "quiet"), 1))
        self._act("登记检查", "check", primary=True)
        blank = self._button("打印检查表", "print")
        self.inside.addLayout(row(blank, self._button("修改", "change"), self._button("删除", "delete")))
        size = "，".join(
            text
            for text in (
                f"{entry.area:g} ㎡" if entry.area is not None else "",
                f"{entry.floors} 层" if entry.floors is not None else "",
                f"灭火器 {entry.extinguishers} 具" if entry.extinguishers is not None else "",
            )
            if text
        )
        self._facts(
            ("网格", place.unit or "未定"),
            ("地址", entry.address),
            ("负责人", entry.owner or "没有登记"),
            ("电话", mask.phone(entry.phone, ("premises", place.id)) or "没有登记"),
            ("规模", size),
            ("检查", place.rule),
            ("备注", mask.note(entry.note, ("premises", place.id))),
        )
        if entry.phone:
            subject = f"场所 {entry.name}"
            self.inside.addLayout(row(eye(self, self.office, ("premises", place.id), subject), 1))
        if place.hazards:
            self.inside.addWidget(line())
            self.inside.addWidget(label("隐患", "heading"))
            for hazard in place.hazards:
                self._link(hazard.text, "hazards", hazard.id)
                self.inside.addLayout(row(pill(hazard.standing), 1))
        self.inside.addWidget(line())
        self.inside.addWidget(label("最近检查" if place.checks else "还没有检查记录", "heading"))
        for check in place.checks:
            day = button(check.day.isoformat(), lambda key=check.id: self.asked.emit("inspections", key), kind="link")
            tone = "done" if check.result == PASSED else "late"
            self.inside.addLayout(row(day, pill(f"{tone}|{check.result}"), label(check.inspector, "quiet"), 1))
        self.inside.addStretch(1)

    def show_check(self, check: Check) -> None:
        """A check: who, when, what failed, the hazards that came of it."""
        clear(self.inside)
        self._place = None
        entry = check.entry
        self.inside.addWidget(label(check.place, "title", wrap=True))
        tone = "done" if check.result == PASSED else "late"
        self.inside.addLayout(row(pill(f"{tone}|{check.result}"), label(check.kind, "quiet"), 1))
        self._act("打开检查", "open", primary=True)
        self.inside.addLayout(
            row(self._button("看场所", "place"), self._button("打印", "print"), self._button("删除", "delete"))
        )
        self._facts(
            ("日期", chinese(entry.day)),
            ("检查人", "、".join(name for name in (entry.inspector, entry.second) if name) or "没有登记"),
            ("说明", entry.note),
        )
        if check.failed:
            self.inside.addWidget(line())
            self.inside.addWidget(label("不合格项", "heading"))
            for text in check.failed:
                self.inside.addWidget(label(text, wrap=True))
        if check.hazards:
            self.inside.addWidget(line())
            self.inside.addWidget(label(f"发现隐患 {len(check.hazards)} 处", "heading"))
            for key, text in check.hazards:
                self._link(text, "hazards", key)
        self.inside.addStretch(1)

    def show_hazard(self, hazard: Shown) -> None:
        """A hazard: how grave, until when, its story, what may be done next."""
        clear(self.inside)
        self._place = None
        self.inside.addWidget(label(hazard.text, "title", wrap=True))
        self.inside.addLayout(row(pill(hazard.standing), pill(hazard.grade_words), 1))
        if hazard.can_recheck:
            self._act("登记复查", "recheck", primary=True)
        if hazard.can_transfer:
            extend = self._button("延期", "extend")
            extend.setEnabled(hazard.can_extend)
            extend.setToolTip("" if hazard.can_extend else "已经延期过一次，请移送")
            self.inside.addLayout(row(extend, self._button("移送", "transfer")))
            self.inside.addLayout(row(self._button("修改", "change"), self._button("删除", "delete")))
        self._link(hazard.place, "premises", hazard.premises_id)
        self._facts(
            ("网格", hazard.unit or "未定"),
            ("负责人", hazard.owner),
            ("发现", f"{chinese(hazard.found_on)} {hazard.found_by}"),
            ("处理", hazard.action),
            ("期限", chinese(hazard.due_on) if hazard.due_on else "没有定"),
            ("依据", hazard.basis),
            ("复查", hazard.rechecked),
            ("重复", f"这个场所此前有过 {hazard.repeats} 次同样的隐患" if hazard.repeats else ""),
        )
        if hazard.note:
            self.inside.addWidget(line())
            self.inside.addWidget(label("办理经过", "heading"))
            for text in hazard.note.splitlines():
                self.inside.addWidget(label(text, wrap=True))
        self.inside.addStretch(1)

    def _facts(self, *facts: tuple[str, str]) -> None:
        for title, text in facts:
            if text:
                self.inside.addLayout(fact(title, text))

    def _button(self, word: str, key: str) -> QWidget:
        return button(word, lambda: self.pressed.emit(key))

    def _act(self, word: str, key: str, *, primary: bool) -> None:
        self.inside.addWidget(button(word, lambda: self.pressed.emit(key), kind="primary" if primary else ""))

    def _link(self, text: str, listing: str, record: int) -> None:
        self.inside.addWidget(button(text, lambda: self.asked.emit(listing, record), kind="link"))
