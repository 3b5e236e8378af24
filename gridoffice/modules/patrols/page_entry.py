"""The quick entry of a patrol: last values, standard phrases by number, the problems found as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.forms import logs
from gridoffice.modules.patrols import service
from gridoffice.modules.patrols.entry import Entry, Problem, read_time
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme


def _kinds() -> list[str]:
    return [kind.title for kind in logs.kinds()]


def _phrases(title: str) -> tuple[str, ...]:
    kind = logs.kind_of(title) or logs.kinds()[0]
    return kind.phrases


class ProblemLine(QWidget):
    """One problem found: category, handling kind, words, and what was done when it was settled on the spot."""

    def __init__(self) -> None:
        super().__init__()
        self.category, self.kind = QComboBox(), QComboBox()
        for word in work.CATEGORIES:
            self.category.addItem(word, word)
        for key, word in work.KINDS.items():
            self.kind.addItem(word, key)
        self.text, self.measures = QLineEdit(), QLineEdit()
        self.text.setPlaceholderText("什么问题、在哪里")
        self.measures.setPlaceholderText("怎么处理的")
        self.measures.setEnabled(False)
        self.settled = QCheckBox("当场处理")
        self.settled.toggled.connect(self.measures.setEnabled)
        self.drop = button("删除")
        names = ("问题类别", "处理方式", "问题", "处理措施")
        for widget, name in zip((self.category, self.kind, self.text, self.measures), names, strict=True):
            widget.setAccessibleName(name)
        self.category.setMinimumWidth(theme.px(124))
        self.kind.setMinimumWidth(theme.px(92))
        layout = row(self.category, self.kind, self.text, self.settled, self.measures, self.drop)
        layout.setStretch(2, 3)
        layout.setStretch(4, 2)
        self.setLayout(layout)

    def problem(self) -> Problem:
        """What stands in the line."""
        return Problem(
            category=self.category.currentData(),
            kind=self.kind.currentData(),
            text=self.text.text().strip(),
            is_settled=self.settled.isChecked(),
            measures=self.measures.text().strip() if self.settled.isChecked() else "",
        )


class ProblemLines(QWidget):
    """The problems of one patrol, as many lines as were found."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ProblemLine] = []
        self.add_button = button("添加问题", self.add, shortcut="Alt+A")
        self.told = label("发现了问题就添加一行，保存后自动成为事项；当场处理的待另一个人核查。", "quiet")
        holder = QWidget()
        self.rows = QVBoxLayout(holder)
        self.rows.setContentsMargins(0, 0, theme.px(8), 0)
        self.rows.setSpacing(theme.px(6))
        self.rows.addStretch(1)
        self.area = scrolling(holder)
        self.area.hide()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(row(label("发现的问题", "heading"), self.told, 1, self.add_button))
        body.addWidget(self.area)

    def add(self) -> ProblemLine:
        """A new line at the end."""
        line = ProblemLine()
        line.drop.clicked.connect(lambda: self.take_out(line))
        self.lines.append(line)
        self.rows.insertWidget(self.rows.count() - 1, line)
        self._fit()
        line.category.setFocus()
        return line

    def take_out(self, line: ProblemLine) -> None:
        """Take a line out again."""
        self.lines.remove(line)
        line.setParent(None)
        line.deleteLater()
        self._fit()

    def _fit(self) -> None:
        self.area.setVisible(bool(self.lines))
        self.area.setFixedHeight(theme.px(44) * min(3, len(self.lines)) + theme.px(6))

    def problems(self) -> tuple[Problem, ...]:
        """All lines."""
        return tuple(line.problem() for line in self.lines)


class PatrolEditor(Editor):
    """The entry of a patrol; `result_value` is its id."""

    def __init__(self, parent: QWidget, office: Office, title: str, entry: Entry, patrol: Any = None) -> None:
        self.office, self.entry, self.patrol = office, entry, patrol
        fields = self._fields()
        super().__init__(parent, title, fields, self._values(entry), self._keep)
        self.lines = ProblemLines()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 2, self.lines)
        self.form.inputs["unit_id"].edited.connect(self._put_worker)
        self.form.inputs["phrase"].edited.connect(self._put_phrase)
        self.resize(theme.px(880), theme.px(600))
        screen = self.screen().availableGeometry()
        self.resize(min(self.width(), screen.width() - 40), min(self.height(), screen.height() - 60))

    def _fields(self) -> list[Field]:
        units = [(choice.id, choice.text) for choice in service.unit_choices(self.office)]
        staff = [(c.id, f"{c.text}（{c.detail}）" if c.detail else c.text) for c in service.staff_choices(self.office)]
        phrases = [(phrase, f"{place} {phrase}") for place, phrase in enumerate(_phrases(self.entry.kind), 1)]
        return [
            Field("unit_id", "网格", "pick", required=True, choices=units),
            Field("staff_id", "网格员", "pick", required=True, choices=staff),
            Field("day", "日期", "date", required=True),
            Field("kind", "类型", "choice", required=True, is_open=True, choices=[(word, word) for word in _kinds()]),
            Field("start", "开始时间", "time", required=True, help="8:30 或 0830"),
            Field("end", "结束时间", "time", required=True, help="10:05 或 1005"),
            Field("households", "走访户数", "number", help="没有走访就空着"),
            Field("phrase", "常用语", "pick", choices=phrases, help="输入 1—7 或拼音首字母，写进“情况”"),
            Field("text", "情况", "multiline", help="沿什么路线、看了什么、做了什么"),
        ]

    @staticmethod
    def _values(entry: Entry) -> dict[str, Any]:
        values = {key: getattr(entry, key) for key in ("unit_id", "staff_id", "day", "kind", "text")}
        clocks = {key: f"{moment:%H:%M}" if (moment := getattr(entry, key)) else "" for key in ("start", "end")}
        return {**values, **clocks, "households": entry.households or None}

    def _put_worker(self) -> None:
        try:
            unit = self.form.inputs["unit_id"].value()
        except ValueError:
            return
        worker = service.worker_of(self.office, unit) if unit else None
        if worker is not None:
            self.form.inputs["staff_id"].put(worker)

    def _put_phrase(self) -> None:
        chosen, text = self.form.inputs["phrase"], self.form.inputs["text"]
        try:
            phrase = chosen.value()
        except ValueError:
            return
        if phrase:
            text.put(f"{text.value()}{phrase}")
            chosen.put(None)

    def _keep(self, values: dict[str, Any]) -> int:
        made = replace(
            self.entry,
            day=values["day"],
            start=read_time(values["start"] or ""),
            end=read_time(values["end"] or ""),
            unit_id=values["unit_id"],
            staff_id=values["staff_id"],
            kind=values["kind"],
            households=values["households"] or 0,
            text=values["text"],
            problems=self.lines.problems(),
        )
        if self.patrol is None:
            return service.record(self.office, made)
        service.change(self.office, self.patrol.id, made, self.patrol.version)
        return int(self.patrol.id)

    def reject(self) -> None:
        """Leave; problems already typed are asked about like any change of the form."""
        if not self.lines.lines or self.form.is_changed():
            super().reject()
            return
        choice = dialogs.ask(self, "还没有保存", "刚才填写的问题要保存吗？", ["保存", "不保存", "继续填写"])
        if choice == 0:
            self.save()
        elif choice == 1:
            QDialog.reject(self)


def new_patrol(parent: QWidget, office: Office, unit_id: int | None = None) -> PatrolEditor:
    """The entry of a new patrol, begun from the last one or for a grid."""
    entry = service.proposal(office)
    if unit_id is not None:
        entry = replace(entry, unit_id=unit_id, staff_id=service.worker_of(office, unit_id) or entry.staff_id)
    return PatrolEditor(parent, office, "登记巡查", entry)


def change_patrol(parent: QWidget, office: Office, patrol_id: int) -> PatrolEditor:
    """The entry of a patrol that is there."""
    patrol = service.view(office, patrol_id)
    return PatrolEditor(parent, office, "修改巡查", patrol.entry, patrol)
