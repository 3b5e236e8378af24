"""The right side of the tab 事项: one case with its lights, why they are so, lawful next steps, facts and story."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.cases import page_letters
from gridoffice.modules.cases.details import details
from gridoffice.modules.cases.page_blocks import chips, facts, happening, head, lamp, photos, verbs, warn
from gridoffice.modules.cases.service import CaseView
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import Panel, clear, label, line, row, scrolling
from gridoffice.ui.theme import theme


class CasePanel(Panel):
    """Shows the chosen case; `pressed` tells which act ("change", "enlarge:12"), `stepped` which verb."""

    pressed = Signal(str)
    stepped = Signal(str)

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
        about = details(self.office, case.id) if case is not None else None
        if case is None or about is None:
            self.inside.addWidget(Empty("cases", "还没有选中事项", "在左边选一件，这里显示它的进度和办理记录。"))
            return
        self.inside.addWidget(label(case.entry.title, "title", wrap=True))
        self.inside.addLayout(head(case, about))
        self.inside.addLayout(row(*(lamp(light) for light in case.lights), spacing=0))
        warn(self.inside, about, self.pressed.emit)
        verbs(self.inside, case, self.stepped.emit)
        words = (("打开", "open"), ("修改", "change"), ("加照片", "photo"), ("删除", "delete"))
        self.inside.addLayout(chips(words, self.pressed.emit))
        papers = page_letters.due(self.office, case.id)
        if papers:
            self.inside.addLayout(chips(papers, self.pressed.emit))
        self.inside.addWidget(line())
        facts(self.inside, case, about, self.pressed.emit)
        photos(self.inside, self.office, about, self.pressed.emit)
        self.inside.addWidget(line())
        self.inside.addWidget(label("办理记录", "heading"))
        for told in reversed(about.story):
            self.inside.addWidget(happening(told))
        self.inside.addStretch(1)
