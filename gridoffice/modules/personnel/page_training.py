"""A training and its roll: one entered for many people at once, by mouse or by the keys 1, 2, 3, 0."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.personnel import training
from gridoffice.modules.personnel.lists_training import ABSENT, ATTENDED, EXCUSED, PRESENT
from gridoffice.modules.personnel.page_roll import Roll
from gridoffice.ui.editor import Fields
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, label, own_key, row
from gridoffice.ui.pill import PillDelegate
from gridoffice.ui.theme import theme

KEYS = ((PRESENT, "1"), (EXCUSED, "2"), (ABSENT, "3"), ("", "0"))
"""Keys that mark the chosen rows; 0 takes them off the list."""


class TrainingDialog(QDialog):
    """A training at the left, everybody in service at the right."""

    def __init__(
        self, parent: QWidget, office: Office, training_id: int | None = None, staff_ids: tuple[int, ...] = ()
    ) -> None:
        super().__init__(parent)
        self.office, self.training_id = office, training_id
        self.made: int | None = None
        title = "修改培训" if training_id else "登记培训"
        self.setWindowTitle(title)
        values: dict[str, Any] = {"day": office.today(), "hours": 2.0}
        if training_id:
            values = training.values(office, training_id)
        self.form = Fields(self._fields(), values, columns=1)
        self.roll = Roll(training.invited(office, training_id, values["day"]))
        self.roll.states |= {number: PRESENT for number in staff_ids}
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(title, "title"))
        self.form.setMinimumWidth(theme.px(330))
        both = row(self.form, self._list(), spacing=20)
        both.setStretch(1, 1)
        body.addLayout(both, 1)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.save_button = button("保存", self.save, kind="primary", shortcut="Ctrl+S")
        feet: list[Any] = [1, button("取消", self.reject), self.save_button]
        if training_id:
            feet.insert(0, button("删除", self.remove, kind="danger"))
        body.addLayout(row(*feet))
        self.resize(theme.px(940), theme.px(600))
        self._count()

    def _fields(self) -> tuple[Field, ...]:
        return (
            Field("day", "日期", "date", required=True),
            Field("title", "学习内容", required=True),
            Field("method", "方式", "choice", choices=[(way, way) for way in training.METHODS], is_open=True),
            Field("hours", "学时", "decimal", unit="小时"),
            Field("place", "地点"),
            Field("note", "备注", "multiline"),
        )

    def _list(self) -> QWidget:
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        self.search = QLineEdit()
        self.search.setPlaceholderText("筛选 姓名、拼音首字母、所属")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.roll.narrow)
        every = button("全部参加", lambda: self.mark_all(PRESENT))
        every.setToolTip("下面列出的人都记为参加，再改个别人")
        body.addLayout(row(self.search, every))
        self.table = QTableView()
        self.table.setModel(self.roll)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setItemDelegateForColumn(2, PillDelegate(self.table))
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setAccessibleName("参加培训的人")
        body.addWidget(self.table, 1)
        marks = []
        for state, key in KEYS:
            word = ATTENDED.get(state, "不列入")
            marks.append(button(f"{word} {key}", partial(self.mark, state)))
            own_key(self.table, QKeySequence(key), partial(self.mark, state))
        self.total = label("", "quiet")
        body.addLayout(row(label("选中的人：", "quiet"), *marks, 1))
        body.addWidget(self.total)
        return holder

    def mark(self, state: str) -> None:
        """Mark the chosen people and go on to the next."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        self.roll.mark(rows, state)
        self._count()
        if len(rows) == 1 and rows[0] + 1 < self.roll.rowCount():
            self.table.selectRow(rows[0] + 1)

    def mark_all(self, state: str) -> None:
        """Mark everybody shown."""
        self.roll.mark(list(range(self.roll.rowCount())), state)
        self._count()

    def _count(self) -> None:
        numbers = [(word, sum(1 for one in self.roll.states.values() if one == key)) for key, word in ATTENDED.items()]
        self.total.setText("，".join(f"{word} {number} 人" for word, number in numbers))

    def save(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            self.made = training.record(self.office, self.form.values(), self.roll.states, self.training_id)
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            return
        self.accept()

    def remove(self) -> None:
        """Take the training out; undo brings it back."""
        if self.training_id is not None:
            training.remove(self.office, self.training_id)
            self.accept()
