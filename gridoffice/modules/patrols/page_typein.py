"""录入回单: the number scanned or typed, then the rows of the paper by keys alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.patrols import page_things, typein, typein_save, visit_rules
from gridoffice.modules.patrols.page_paper import FINE, PaperRows
from gridoffice.modules.patrols.typein import Thing, TypedRow, TypedSheet
from gridoffice.modules.patrols.typein_save import Done
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field, make_input
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class TypeInDialog(QDialog):
    """One sheet after the other: number, rows, Ctrl+S; `done` keeps what came of the last."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self.setWindowTitle("录入回单")
        self.office = office
        self.sheet: TypedSheet | None = None
        self.rows: list[TypedRow] = []
        self.result_value: Done | None = None
        self.number = QLineEdit()
        self.number.setPlaceholderText("扫单子右上角的码，或输入编号后按回车，例如 LX2026-001")
        self.number.setAccessibleName("路线单编号")
        self.number.returnPressed.connect(self.look_up)
        self.day = make_input(Field("day", "走访日期", "date", True))
        self.day.setMaximumWidth(theme.px(150))
        self.title = label("", "heading", wrap=True)
        self.table = PaperRows()
        self.table.typed.connect(self.put)
        self.table.note_wanted.connect(self.ask_note)
        self.table.case_wanted.connect(self.ask_case)
        self.table.things_wanted.connect(self.ask_things)
        self.table.save_wanted.connect(self.save)
        self.told = label("", "quiet")
        self.save_button = button("保存全部", self.save, kind="primary", shortcut="Ctrl+S")
        self.save_button.setAutoDefault(False)
        close = button("关闭", self.reject)
        close.setAutoDefault(False)
        results = "　".join(f"{one.key} {one.title}" for one in visit_rules.results())
        keys = f"空格 一切正常　{results}　回车 下一行　退格 上一行　F2 备注　F4 办结　S 提交事项　Delete 清空"
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(8))
        body.addLayout(row(label("编号"), self.number, label("走访日期"), self.day))
        body.addWidget(self.title)
        body.addWidget(self.table, 1)
        body.addWidget(label(keys, "quiet", wrap=True))
        body.addLayout(row(self.told, 1, close, self.save_button))
        self.resize(
            min(theme.px(1120), max(parent.window().width() - 20, 600)),
            min(theme.px(680), max(parent.window().height() - 20, 400)),
        )
        self._show(None)

    def _show(self, sheet: TypedSheet | None) -> None:
        self.sheet, self.rows = sheet, list(sheet.rows) if sheet else []
        is_open = sheet is not None and not sheet.typed
        self.table.setRowCount(len(self.rows))
        for place in range(len(self.rows)):
            self.table.draw(place, self.rows[place])
        self.table.setEnabled(is_open)
        self.save_button.setEnabled(is_open)
        self.day.setEnabled(is_open)
        if sheet is None:
            self.title.setText("录入的内容一行一存，中途关机也只丢正在填的一行。")
        else:
            more = f"{sheet.typed}要改的话，先用“撤销”收回那次录入。" if sheet.typed else sheet.title
            self.title.setText(more if sheet.typed else f"{sheet.number}　{more}")
            self.day.put(sheet.day)
        self._tell()

    def open_sheet(self, sheet_id: int) -> None:
        """Show a sheet that is known."""
        self.number.setText(typein.view(self.office, sheet_id).number)
        self.look_up()

    def look_up(self) -> None:
        """Find the sheet of the number and put the keys into its first empty row."""
        if not self.number.text().strip():
            return
        if not dialogs.guarded(self, lambda: self._show(typein.find(self.office, self.number.text()))):
            self.number.selectAll()
            return
        if self.sheet is not None and not self.sheet.typed:
            first = next((place for place, one in enumerate(self.rows) if not one.result), 0)
            self.table.setFocus()
            self.table.setCurrentCell(first, 0)
        else:
            self.number.selectAll()

    def put(self, place: int, result: str) -> None:
        """A row's result."""
        self._keep(place, result=result)

    def ask_note(self, place: int) -> None:
        """A row's note."""
        one = self.rows[place]
        dialog = QInputDialog(self)
        dialog.setWindowTitle(f"第 {one.place} 行备注")
        dialog.setLabelText(one.title)
        dialog.setTextValue(one.note)
        dialog.setOkButtonText("确定")
        dialog.setCancelButtonText("取消")
        dialog.resize(theme.px(460), dialog.sizeHint().height())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._keep(place, note=dialog.textValue().strip())

    def ask_case(self, place: int) -> None:
        """A case to be raised at this door; it is collected when the sheet is saved."""
        one = self.rows[place]
        kinds = [(word, word) for word in typein.kinds_of_case(self.office)]
        fields = [Field("title", "事项", "text", True), Field("category", "类别", "choice", True, kinds)]
        values = {"title": one.raised[0], "category": one.raised[1]} if one.raised else {"category": "民生服务"}

        def save(asked: dict[str, Any]) -> None:
            self._keep(place, result=one.result or "wish", raised=(asked["title"], asked["category"]))

        Editor(self, f"提交事项：第 {one.place} 行 {one.title}", fields, values, save, columns=1).exec()

    def ask_things(self, place: int) -> None:
        """What came of each thing due behind this door, with a short line; what is refused says so at once."""
        one = self.rows[place]
        if not any(thing.kind and thing.kind.outcomes for thing in one.things):
            dialogs.toast(self, "这一户没有另外要办的")
            return
        made = page_things.editor(self, one, lambda things: self._put_things(place, things))
        made.exec()

    def _put_things(self, place: int, things: tuple[Thing, ...]) -> None:
        assert self.sheet is not None
        one = self.rows[place]
        is_met = (found := visit_rules.result_of(one.result)) is not None and found.is_visit
        typed = replace(one, things=things, result=one.result if is_met else FINE)
        typein_save.rehearse(self.office, self.sheet.id, typed, self.day.value() or self.office.today())
        self._keep(place, things=things, result=typed.result)

    def _keep(self, place: int, **changes: Any) -> None:
        old = self.rows[place]
        new = replace(old, **changes)
        if new != old and dialogs.guarded(self, lambda: typein.draft(self.office, new)):
            self.rows[place] = new
            self.table.draw(place, new)
            self._tell()

    def _tell(self) -> None:
        filled = sum(bool(one.result) for one in self.rows)
        self.told.setText(f"已填 {filled} / {len(self.rows)} 行" if self.rows else "")

    def save(self) -> None:
        """Save the sheet whole; the next one can be scanned at once."""
        sheet = self.sheet
        if sheet is None:
            return

        def run() -> None:
            self.result_value = typein_save.finish(self.office, sheet.id, self.day.value())

        if dialogs.guarded(self, run) and self.result_value is not None:
            self._show(None)
            self.title.setText(f"{sheet.number} 已保存：{self.result_value.words}。请扫下一张。")
            self.number.clear()
            self.number.setFocus()
