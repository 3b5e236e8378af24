"""The tab 事项: the list of cases, the chosen one with its lights, and only the lawful steps as buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.modules.cases import page_forms, service
from gridoffice.modules.cases.lists import CASES
from gridoffice.modules.cases.page_case import CasePanel
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


LARGE = 130
"""Letters (per cent) from which the list leaves out what also stands beside it, so that the state stays in sight."""
LESS = frozenset({"kind", "found"})


class CasesPage(Page):
    """Cases at the left, the chosen one at the right; on a narrow window it opens beside the list as a dialog."""

    tables = CASES.tables | {"attachment"}

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        empty = Empty(
            "cases",
            "这里没有事项",
            "巡查发现的问题会自动成为事项；群众反映和上级交办的在这里登记。",
            (("登记事项", self.new),),
        )
        less = LESS if theme.px(100) > LARGE else frozenset()
        self.list = ListTable(office, CASES, view="open", empty=empty, hide=less)
        self.list.search.setPlaceholderText("筛选 事项、编号、网格、承办人")
        self.case = CasePanel(office)
        self.narrowed = button("", lambda: self.show_view(self.list.view_key))
        self.narrowed.setToolTip("不再只看这个网格")
        self.narrowed.hide()
        self.new_button = button("登记事项", self.new, kind="primary")
        self.new_button.setToolTip("登记事项（Ctrl+N）")
        middle = QWidget()
        body = QVBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        body.addLayout(row(label("事项", "title"), self.narrowed, 1, self.new_button))
        body.addWidget(self.list, 1)
        self.panes(middle=middle, right=self.case)
        self.list.chosen.connect(lambda _record: self._show())
        self.list.opened.connect(self.open_case)
        for word, key in (("修改", "change"), ("加照片", "photo"), ("删除", "delete")):
            self.list.on_menu(word, partial(self.do, key))
        self._connect(self.case)
        self.list.choose_first()
        self._show()

    def _connect(self, panel: CasePanel) -> None:
        panel.pressed.connect(self.do)
        panel.stepped.connect(self.step)
        panel.photo_pressed.connect(self._enlarge)

    def refresh(self) -> None:
        """Ask the list anew and show the chosen case again."""
        self.list.reload()
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a named view, or one case."""
        kept = tuple(pair for pair in filters if pair[0] != "list")
        self.list.show_view("" if record is not None else view, filters=kept)
        unit = dict(kept).get("unit")
        self.narrowed.setVisible(unit is not None)
        if unit is not None:
            self.narrowed.setText(f"只看 {service.unit_name(self.office, unit)}  ✕")
        if record is not None:
            self.list.choose(record)
        else:
            self.list.choose_first()

    def new(self, unit: int | None = None) -> None:
        """Ctrl+N: take a new case in, perhaps in a unit."""
        editor = page_forms.new_case(self, self.office, unit)
        if editor.exec() == QDialog.DialogCode.Accepted:
            self.show_view("", editor.result_value)
            self.main.say("已登记事项", undo=True)

    def print_page(self) -> None:
        """Print the list as it is shown."""
        self.list.print_button.click()

    def find_in_list(self) -> None:
        """To the filter box."""
        self.list.search.setFocus()

    def open_case(self, case_id: int) -> None:
        """Edit the case; where its panel is folded away, show that first."""
        if self.case.isVisible():
            self.do("change")
            return
        dialog = QDialog(self)
        dialog.setWindowTitle("事项")
        dialog.resize(theme.px(380), min(theme.px(640), self.height()))
        panel = CasePanel(self.office)
        panel.show_case(service.view(self.office, case_id))
        # Every button leads on to a dialog of its own; the panel goes first, for what it shows will have changed.
        for signal in (panel.pressed, panel.stepped, panel.photo_pressed):
            signal.connect(lambda _what: dialog.accept())
        self._connect(panel)
        body = QVBoxLayout(dialog)
        body.addWidget(panel)
        dialog.exec()

    def do(self, key: str) -> None:
        """What a button of the panel or the menu asks for."""
        current = self.list.current()
        if current is None:
            return
        acts: dict[str, Callable[[int], None]] = {
            "change": self._change,
            "photo": self._photo,
            "delete": self._delete,
            "source": self._source,
        }
        dialogs.guarded(self, lambda: acts[key](current))

    def step(self, new: str) -> None:
        """Take the chosen case a lawful step on."""
        current = self.list.current()
        if current is not None:
            dialogs.guarded(self, lambda: self._step(current, new))

    def _step(self, case_id: int, new: str) -> None:
        case = service.view(self.office, case_id)
        if page_forms.step_editor(self, self.office, case, new).exec() == QDialog.DialogCode.Accepted:
            self.main.say(f"{case.number} {work.STATES[service.view(self.office, case_id).state]}", undo=True)

    def _change(self, case_id: int) -> None:
        case = service.view(self.office, case_id)
        if page_forms.change_case(self, self.office, case).exec() == QDialog.DialogCode.Accepted:
            self.main.say(f"已修改 {case.number}", undo=True)

    def _photo(self, case_id: int) -> None:
        files = dialogs.open_files(self, "选择照片", "照片 (*.jpg *.jpeg *.png)")
        for file in files:
            service.add_photo(self.office, case_id, file.name, file.read_bytes())
        if files:
            self.main.say(f"已添加 {len(files)} 张照片", undo=True)

    def _enlarge(self, attachment_id: int) -> None:
        data = service.photo(self.office, attachment_id, is_small=False)
        if data is not None:
            page_forms.PhotoView(self, data).exec()

    def _source(self, case_id: int) -> None:
        case = service.view(self.office, case_id)
        self.main.open("patrols", record=case.source_id, filters=(("list", "patrols"),))

    def _delete(self, case_id: int) -> None:
        chosen = self.list.selected() or [case_id]
        service.remove(self.office, chosen)
        self.main.say(f"已删除 {len(chosen)} 件事项", undo=True)

    def _show(self) -> None:
        current = self.list.current()
        self.case.show_case(service.view(self.office, current) if current is not None else None)
