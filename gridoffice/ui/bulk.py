"""批量修改: choose what to change in the selected records, see what it would do, do it in one undoable step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from gridoffice.core.progress import Progress, silent
from gridoffice.domain import bulk as rules
from gridoffice.domain.bulk import Bulk, BulkField, Rehearsal
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.fields import Field, Input, make_input
from gridoffice.ui.panel import button, clear, label, row
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.table import ListTable

MANY = 2000  # records from which it is done beside the window, with progress and 取消
SHOWN = 200  # lines of a rehearsal


class BulkDialog(QDialog):
    """The dialog; it stays open until something was changed or it is left."""

    def __init__(self, table: ListTable, bulk: Bulk) -> None:
        super().__init__(table)
        self.table, self.bulk, self.office = table, bulk, table.office
        self.rehearsal: Rehearsal | None = None
        self.input: Input | None = None
        self.setWindowTitle("批量修改")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(f"批量修改{table.listing.title}", "title"))
        body.addLayout(row(*self._whose(), 1, spacing=16))
        self.what = QComboBox()
        self.what.setAccessibleName("改什么")
        self.what.addItems([field.title for field in bulk.fields])
        self.what.currentIndexChanged.connect(self._put_input)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(1, 1)
        self.holder = QVBoxLayout()
        grid.addWidget(label("改什么"), 0, 0)
        grid.addWidget(self.what, 0, 1)
        grid.addWidget(label("改成"), 1, 0)
        grid.addLayout(self.holder, 1, 1)
        body.addLayout(grid)
        self.hint = label("", "quiet", wrap=True)
        body.addWidget(self.hint)
        self.told = label("", wrap=True)
        body.addWidget(self.told)
        columns = (("姓名" if bulk.label == "name" else "记录", 120), ("现在", 150), ("改成", 150), ("结果", 200))
        self.rows = RowsTable("试改结果", columns, spread=True)
        self.rows.hide()
        body.addWidget(self.rows, 1)
        self.blank = QWidget()
        body.addWidget(self.blank, 1)
        self.try_button = button("试改", self.rehearse, kind="primary")
        self.do_button = button("修改", self.apply, kind="primary")
        self.do_button.hide()
        body.addLayout(row(1, button("取消", self.reject), self.try_button, self.do_button))
        self.try_button.setDefault(True)
        self._put_input()
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(680), room.width() - 40), min(theme.px(520), room.height() - 80))

    def _whose(self) -> list[QWidget]:
        selected = self.table.selected_count()
        total = len(self.table.model.ids)
        self.only = QRadioButton(f"选中的 {selected:,} {self.bulk.noun}")
        self.all = QRadioButton(f"全部符合的 {total:,} {self.bulk.noun}")
        self.only.setChecked(True)
        self.all.setVisible(total != selected)
        group = QButtonGroup(self)
        for one in (self.only, self.all):
            group.addButton(one)
            one.toggled.connect(self._forget)
        return [self.only, self.all]

    @property
    def field(self) -> BulkField:
        """What is to be changed."""
        return self.bulk.fields[self.what.currentIndex()]

    def ids(self) -> Sequence[int]:
        """Whom it concerns."""
        return list(self.table.model.ids) if self.all.isChecked() else self.table.selected()

    def _put_input(self) -> None:
        clear(self.holder)
        field = self.field
        self.options = list(field.choices(self.office))
        required = field.is_required and field.kind != "multi"
        shown = Field(field.key, field.title, field.kind, required, self.options, is_open=field.is_open)
        self.input = make_input(shown)
        self.input.edited.connect(self._forget)
        self.holder.addWidget(self.input)
        self.hint.setText(field.help)
        self.hint.setVisible(bool(field.help))
        self._forget()

    def _forget(self) -> None:
        """What was tried holds no longer."""
        self.rehearsal = None
        if hasattr(self, "do_button"):
            self.told.setText("先试改：逐条检查，看清楚会改哪些、哪些不能改，再写入。")
            self.rows.hide()
            self.blank.show()
            self.do_button.hide()
            self.try_button.show()
            self.try_button.setDefault(True)

    def _value(self) -> Any:
        assert self.input is not None
        value = self.input.value()
        if value in (None, "", []):
            raise ValueError(f"“{self.field.title}”还没有填")
        return value

    def _run(self, work: Callable[[Progress], Rehearsal], then: Callable[[Rehearsal], None], title: str) -> None:
        """Do something with every record: at once, or beside the window when they are many."""
        worker = getattr(self.table.window(), "worker", None)
        number = len(self.table.model.ids) if self.all.isChecked() else self.table.selected_count()
        if worker is not None and number > MANY:
            jobs.run(worker, self, title, work, then)
        else:
            dialogs.guarded(self, lambda: then(work(silent)))

    def rehearse(self) -> None:
        """Look what it would do."""
        try:
            value = self._value()
        except ValueError as error:
            self.told.setText(str(error))
            return
        ids = self.ids()
        work = partial(rules.rehearse, self.office, self.bulk, self.field, value, ids)
        self._run(lambda progress: work(progress=progress), self.show_rehearsal, "试改")

    def show_rehearsal(self, found: Rehearsal) -> None:
        """Tell what it would do, refused ones first."""
        self.rehearsal = found
        noun, number = self.bulk.noun, len(found.changed)
        parts = [f"将改 {number:,} {noun}"]
        if found.same:
            parts.append(f"{found.same:,} {noun}本来就是这样")
        if found.refused:
            parts.append(f"{len(found.refused):,} {noun}不能改，原因写在下面")
        self.told.setText("，".join(parts) + "。")
        lines = [(one.label, "", "", one.reason) for one in found.refused[:SHOWN]]
        for one in found.changed[: SHOWN - len(lines)]:
            before, after = (self._words(values) for values in (one.before, one.after))
            lines.append((one.label, before, after, "将改"))
        self.rows.show_rows(lines)
        self.rows.setVisible(bool(lines))
        self.blank.setVisible(not lines)
        self.do_button.setText(f"改 {number:,} {noun}")
        self.do_button.setVisible(bool(number))
        self.try_button.setVisible(not number)
        self.do_button.setDefault(True)
        self.do_button.setFocus()

    def _words(self, values: Any) -> str:
        return "，".join(rules.words_of(self.field, value, self.options) for value in values.values())

    def apply(self) -> None:
        """Do it, as one step."""
        value, ids = self._value(), self.ids()
        words = rules.words_of(self.field, value, self.options)
        work = partial(rules.apply, self.office, self.bulk, self.field, value, ids, words)
        self._run(lambda progress: work(progress=progress), self._done, "批量修改")

    def _done(self, found: Rehearsal) -> None:
        self.accept()
        left = f"，{len(found.refused):,} {self.bulk.noun}没有改" if found.refused else ""
        window: Any = self.table.window()
        told = f"已改 {len(found.changed):,} {self.bulk.noun}的{self.field.title}{left}"
        window.say(told, undo=True) if hasattr(window, "say") else dialogs.toast(self.table, told)
