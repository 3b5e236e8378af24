"""The problems found on a log, a line each: category, handling, words, what was done on the spot, photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from gridoffice.domain import work
from gridoffice.modules.patrols import details
from gridoffice.modules.patrols.entry import Problem
from gridoffice.ui import dialogs
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme


class ProblemLine(QWidget):
    """One problem found: category, handling kind, words, and what was done when it was settled on the spot."""

    def __init__(self, categories: Sequence[str]) -> None:
        super().__init__()
        self.category, self.kind = QComboBox(), QComboBox()
        for word in categories:
            self.category.addItem(word, word)
        for key, word in work.KINDS.items():
            self.kind.addItem(word, key)
        self.text, self.measures = QLineEdit(), QLineEdit()
        self.text.setPlaceholderText("什么问题、在哪里")
        self.measures.setPlaceholderText("怎么处理的")
        self.measures.setEnabled(False)
        self.settled = QCheckBox("当场处理")
        self.settled.toggled.connect(self.measures.setEnabled)
        self.files: list[Path] = []
        self.photo_button = button("照片…", self._choose)
        self.photo_button.setToolTip("这个问题的照片，跟着事项走")
        self.drop = button("删除")
        self.hint = label("", "quiet")
        self.hint.hide()
        names = ("问题类别", "处理方式", "问题", "处理措施")
        for widget, name in zip((self.category, self.kind, self.text, self.measures), names, strict=True):
            widget.setAccessibleName(name)
        self.category.setMinimumWidth(theme.px(124))
        self.kind.setMinimumWidth(theme.px(92))
        layout = row(self.category, self.kind, self.text, self.settled, self.measures, self.photo_button, self.drop)
        layout.setStretch(2, 3)
        layout.setStretch(4, 2)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(2))
        body.addLayout(layout)
        body.addWidget(self.hint)

    def tell(self, text: str) -> None:
        """Say under the line that it may be a case already."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def _choose(self) -> None:
        self.put_files([*self.files, *dialogs.open_files(self, "选照片", "照片 (*.jpg *.jpeg *.png)")])

    def put_files(self, files: Sequence[Path]) -> None:
        """The photos of this problem."""
        self.files = list(dict.fromkeys(files))
        self.photo_button.setText(f"照片 {len(self.files)}" if self.files else "照片…")

    def typed(self) -> dict[str, Any]:
        """What stands in the line, for a draft."""
        return {
            "category": self.category.currentData(),
            "kind": self.kind.currentData(),
            "text": self.text.text(),
            "settled": self.settled.isChecked(),
            "measures": self.measures.text(),
            "photos": [str(file) for file in self.files],
        }

    def put(self, typed: Mapping[str, Any]) -> None:
        """Fill in what was typed."""
        for box, key in ((self.category, "category"), (self.kind, "kind")):
            box.setCurrentIndex(max(0, box.findData(typed.get(key))))
        self.text.setText(typed.get("text", ""))
        self.settled.setChecked(bool(typed.get("settled")))
        self.measures.setText(typed.get("measures", ""))
        self.put_files([file for one in typed.get("photos", ()) if (file := Path(one)).exists()])

    def problem(self) -> Problem:
        """What stands in the line; raises OfficeError for a photo that is none."""
        return Problem(
            photos=details.read_photos(self.files),
            category=self.category.currentData(),
            kind=self.kind.currentData(),
            text=self.text.text().strip(),
            is_settled=self.settled.isChecked(),
            measures=self.measures.text().strip() if self.settled.isChecked() else "",
        )


class ProblemLines(QWidget):
    """The problems of one patrol, as many lines as were found."""

    def __init__(self, alike: Callable[[str, str], str], categories: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self.lines: list[ProblemLine] = []
        self.alike, self.categories = alike, categories
        self.add_button = button("添加问题", self.add, shortcut="Alt+A")
        self.told = label("发现了问题就添加一行，保存后自动成为事项；当场处理的待另一个人核查。", "quiet", wrap=True)
        holder = QWidget()
        self.rows = QVBoxLayout(holder)
        self.rows.setContentsMargins(0, 0, theme.px(8), 0)
        self.rows.setSpacing(theme.px(6))
        self.rows.addStretch(1)
        self.area = scrolling(holder)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        above = row(self.told, self.add_button)
        above.setStretch(0, 1)
        body.addLayout(above)
        body.addWidget(self.area, 1)

    def add(self) -> ProblemLine:
        """A new line at the end."""
        line = ProblemLine(self.categories())
        line.drop.clicked.connect(lambda: self.take_out(line))
        line.text.editingFinished.connect(lambda: line.tell(self.alike(line.category.currentData(), line.text.text())))
        self.lines.append(line)
        self.rows.insertWidget(self.rows.count() - 1, line)
        line.category.setFocus()
        return line

    def take_out(self, line: ProblemLine) -> None:
        """Take a line out again."""
        self.lines.remove(line)
        line.setParent(None)
        line.deleteLater()

    def empty(self) -> None:
        """Take all lines out."""
        for line in list(self.lines):
            self.take_out(line)

    def typed(self) -> list[dict[str, Any]]:
        """All lines, for a draft."""
        return [line.typed() for line in self.lines]

    def put(self, typed: Sequence[Mapping[str, Any]]) -> None:
        """Fill in what was typed."""
        self.empty()
        for one in typed:
            self.add().put(one)

    def problems(self) -> tuple[Problem, ...]:
        """All lines."""
        return tuple(line.problem() for line in self.lines)
