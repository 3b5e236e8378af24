"""录入回单: the number scanned or typed, then the rows of the paper by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridoffice.db.office import Office
from gridoffice.modules.patrols import typein, visit_rules
from gridoffice.modules.patrols.typein import Done, TypedRow, TypedSheet
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field, make_input
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

TITLES = ("行", "门牌、户主", "这一户要办的", "结果", "备注", "事项")
WIDTHS = (44, 250, 300, 110, 190, 160)
FINE = "fine"
TONES = {"fine": "done", "wish": "soon", "away": "late", "refused": "late", "moved": "late"}


class PaperRows(QTableWidget):
    """The rows of the paper; keys set results and walk down. `typed` tells row and result, the others the row."""

    typed = Signal(int, str)
    note_wanted = Signal(int)
    case_wanted = Signal(int)
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(TITLES))
        self.setHorizontalHeaderLabels(TITLES)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("路线单各行")
        # A Chinese input method would swallow the letters and figures that are keys here.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        for place, width in enumerate(WIDTHS):
            self.setColumnWidth(place, theme.px(width))
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        results = {one.key: one.name for one in visit_rules.results()}
        self._results: dict[str, str] = {**results, " ": FINE}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and figures set the result, Enter and Backspace walk, F2 a note, S a case, Delete empties."""
        place, key = self.currentRow(), event.key()
        step = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Backspace: -1}.get(Qt.Key(key))
        runs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_F2: lambda: self.note_wanted.emit(place),
            Qt.Key.Key_S: lambda: self.case_wanted.emit(place),
            Qt.Key.Key_Delete: lambda: self.typed.emit(place, ""),
        }
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Save):
            self.save_wanted.emit()
        elif place < 0 or not plain:
            super().keyPressEvent(event)
        elif step is not None:
            self.setCurrentCell(max(0, min(self.rowCount() - 1, place + step)), 0)
        elif event.text() in self._results and event.text():
            self.typed.emit(place, self._results[event.text()])
        elif key in runs:
            runs[key]()
        else:
            super().keyPressEvent(event)


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
        self.table.save_wanted.connect(self.save)
        self.told = label("", "quiet")
        self.save_button = button("保存全部", self.save, kind="primary", shortcut="Ctrl+S")
        self.save_button.setAutoDefault(False)
        close = button("关闭", self.reject)
        close.setAutoDefault(False)
        results = "　".join(f"{one.key} {one.title}" for one in visit_rules.results())
        keys = f"空格 一切正常　{results}　回车 下一行　退格 上一行　F2 备注　S 提交事项　Delete 清空"
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(8))
        body.addLayout(row(label("编号"), self.number, label("走访日期"), self.day))
        body.addWidget(self.title)
        body.addWidget(self.table, 1)
        body.addWidget(label(keys, "quiet", wrap=True))
        body.addLayout(row(self.told, 1, close, self.save_button))
        self.resize(theme.px(1120), min(theme.px(680), max(parent.window().height() - 20, 400)))
        self._show(None)

    def _show(self, sheet: TypedSheet | None) -> None:
        self.sheet, self.rows = sheet, list(sheet.rows) if sheet else []
        is_open = sheet is not None and not sheet.typed
        self.table.setRowCount(len(self.rows))
        for place in range(len(self.rows)):
            self._draw(place)
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

    def _keep(self, place: int, **changes: Any) -> None:
        old = self.rows[place]
        values = {"result": old.result, "note": old.note, "raised": old.raised, **changes}
        new = TypedRow(old.id, old.place, old.title, old.due, values["result"], values["note"], values["raised"])
        if new == old:
            return
        if dialogs.guarded(self, lambda: typein.draft(self.office, new.id, new.result, new.note, new.raised)):
            self.rows[place] = new
            self._draw(place)
            self._tell()

    def _draw(self, place: int) -> None:
        one = self.rows[place]
        result = visit_rules.result_of(one.result)
        texts = (
            str(one.place),
            one.title,
            "；".join(one.due),
            result.title if result else "",
            one.note,
            one.raised[0] if one.raised else "",
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if column == 3 and result:
                item.setForeground(QColor(theme.colours.tone(TONES.get(one.result, "plain"))[0]))
            self.table.setItem(place, column, item)

    def _tell(self) -> None:
        filled = sum(bool(one.result) for one in self.rows)
        self.told.setText(f"已填 {filled} / {len(self.rows)} 行" if self.rows else "")

    def save(self) -> None:
        """Save the sheet whole; the next one can be scanned at once."""
        sheet = self.sheet
        if sheet is None:
            return

        def run() -> None:
            self.result_value = typein.finish(self.office, sheet.id, self.day.value())

        if dialogs.guarded(self, run) and self.result_value is not None:
            done = self.result_value
            self._show(None)
            self.title.setText(
                f"{sheet.number} 已保存：走访 {done.visits} 户，其中帮扶走访 {done.helped} 人，"
                f"新事项 {done.cases} 件；没走访到 {done.missed} 户。请扫下一张。"
            )
            self.number.clear()
            self.number.setFocus()
