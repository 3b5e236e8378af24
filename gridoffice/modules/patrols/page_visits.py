"""Households by their visits on the screen: the panel of the chosen one, and the dialog of the intervals."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.patrols import house, visits
from gridoffice.modules.patrols.page_patrol import PatrolPanel, fact
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Fields
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, clear, label, line, row
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

WAIT = 250  # milliseconds between the last key and the question how many would be due


def show_house(panel: PatrolPanel, view: house.HouseView) -> None:
    """A household in the tab's panel: why it is due, what else waits behind its door, its last visits."""
    clear(panel.inside)
    panel.inside.addWidget(label(view.head or f"户 {view.number}", "title", wrap=True))
    panel.inside.addLayout(row(pill(view.standing), label(view.unit, "quiet"), 1))
    panel.inside.addWidget(label(view.why, wrap=True))
    for title, text in (("住址", view.address), ("户编号", view.number), ("网格员", view.worker)):
        if text:
            panel.inside.addLayout(fact(title, text))
    panel.inside.addWidget(line())
    panel.inside.addWidget(label("最近走访" if view.last else "还没有走访记录", "heading"))
    for day, word, who, note in view.last:
        panel.inside.addWidget(label(f"{day.isoformat()}　{word}　{who}".rstrip(), wrap=True))
        if note:
            panel.inside.addWidget(label(note, "quiet", wrap=True))
    panel.inside.addStretch(1)


class RulesDialog(QDialog):
    """走访规则: an interval for each rule; tells how many households become due before anything is saved."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self.setWindowTitle("走访规则")
        self.office = office
        rules = visits.intervals(office)
        fields = [Field(rule.key, rule.title, "number", True, unit="天一次") for rule in rules]
        self.fields = Fields(fields, {rule.key: rule.days for rule in rules}, columns=1)
        self.told = label("", wrap=True)
        self.told.setMinimumHeight(theme.px(44))
        self.save_button = button("保存", self.save, kind="primary", shortcut="Ctrl+S")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(12))
        body.addWidget(label("每户多久走访一次？一户符合几条的，按最前面的一条。", wrap=True))
        body.addWidget(self.fields)
        body.addWidget(self.told)
        body.addLayout(row(1, button("取消", self.reject), self.save_button))
        self.setMinimumWidth(theme.px(440))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.reckon)
        for made in self.fields.inputs.values():
            made.edited.connect(lambda: self._timer.start(WAIT))
        self.reckon()

    def reckon(self) -> None:
        """Say how many households would be due."""
        self._timer.stop()
        try:
            now, then = visits.what_if(self.office, self.fields.values())
        except OfficeError as problem:
            self.told.setText(problem.what)
            return
        more = then - now
        change = f"，比现在{'多' if more > 0 else '少'} {abs(more)} 户" if more else "，和现在一样"
        self.told.setText(f"这样今天应访 {then} 户{change}。现在应访 {now} 户。")

    def save(self) -> None:
        """Keep the intervals."""
        if dialogs.guarded(self, lambda: visits.set_intervals(self.office, self.fields.values())):
            self.accept()
