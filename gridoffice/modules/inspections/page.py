"""The tab 消防: places, checks and hazards under one switch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QDialog, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.inspections import checks, hazards, page_check, page_forms, places, service
from gridoffice.modules.inspections.bulk import PREMISES_BULK
from gridoffice.modules.inspections.lists import HAZARDS, INSPECTIONS, PREMISES
from gridoffice.modules.inspections.page_panels import SidePanel
from gridoffice.ui import dialogs, output
from gridoffice.ui.empty import Empty
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

LARGE = 130
"""Letters (per cent) from which a list leaves out what also stands beside it, so that the states stay in sight."""
LESS = (frozenset({"owner", "area"}), frozenset({"note"}), frozenset({"found_on"}))

WORDS = {PREMISES.key: "场所", INSPECTIONS.key: "检查", HAZARDS.key: "隐患"}
HINTS = {
    PREMISES.key: "在左边选一个场所，这里显示负责人、检查和隐患。",
    INSPECTIONS.key: "在左边选一次检查，这里显示不合格项和隐患。",
    HAZARDS.key: "在左边选一处隐患，这里可以复查、延期、移送。",
}


class InspectionsPage(Page):
    """One list at the left, what is chosen in it at the right."""

    tables = HAZARDS.tables

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.key = PREMISES.key
        less = LESS if theme.px(100) > LARGE else (frozenset(),) * 3
        self.lists = {
            PREMISES.key: ListTable(
                office, PREMISES, hide=less[0], empty=self._empty("场所", "新增场所", self.new_place)
            ),
            INSPECTIONS.key: ListTable(
                office, INSPECTIONS, hide=less[1], empty=self._empty("检查", "登记检查", self.new)
            ),
            HAZARDS.key: ListTable(
                office,
                HAZARDS,
                view="due",
                hide=less[2],
                empty=Empty("inspections", "这里没有隐患", "检查表里选了“不合格”的项目会自动成为隐患，列在这里。"),
            ),
        }
        self.stack = QStackedWidget()
        self.switch = QButtonGroup(self)
        self.buttons = {}
        for key, table in self.lists.items():
            self.stack.addWidget(table)
            self.buttons[key] = button(WORDS[key], lambda key=key: self.show_list(key), kind="seg")
            self.buttons[key].setCheckable(True)
            self.switch.addButton(self.buttons[key])
            table.chosen.connect(partial(self._chosen, key))
        self.lists[PREMISES.key].set_bulk(PREMISES_BULK)
        self.side = SidePanel(office)
        middle = QWidget()
        body = QVBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        self.new_button = button("登记检查", self.new, kind="primary")
        self.place_button = button("新增场所", self.new_place)
        head = row(
            label("消防", "title"), row(*self.buttons.values(), spacing=0), 1, self.place_button, self.new_button
        )
        body.addLayout(head)
        body.addWidget(label(service.NOTICE, "notice", wrap=True))
        body.addWidget(self.stack, 1)
        self.panes(middle=middle, right=self.side)
        self._connect()
        self.show_list(PREMISES.key)

    def _empty(self, what: str, word: str, run: Callable[[], None]) -> Empty:
        return Empty("inspections", f"这里没有{what}", "换一个筛选条件看看，导入办公室的表格，或：", ((word, run),))

    def _connect(self) -> None:
        opened = {PREMISES.key: "check", INSPECTIONS.key: "open", HAZARDS.key: "recheck"}
        words = {
            PREMISES.key: (("登记检查", "check"), ("修改", "change"), ("删除", "delete")),
            INSPECTIONS.key: (("删除", "delete"),),
            HAZARDS.key: (("登记复查", "recheck"), ("移送", "transfer"), ("修改", "change"), ("删除", "delete")),
        }
        for key, table in self.lists.items():
            table.opened.connect(partial(self._opened, opened[key]))
            for word, act in (("查看", "show"), *words[key]):
                table.on_menu(word, partial(self.do, act))
        self.side.pressed.connect(self.do)
        self.side.asked.connect(self.show_record)

    def _opened(self, act: str, _record: int) -> None:
        self.do(act if self.side.isVisible() else "show")

    @property
    def list(self) -> ListTable:
        """The list in front."""
        return self.lists[self.key]

    def show_list(self, key: str) -> None:
        """Put one of the three lists in front."""
        self.key = key
        self.buttons[key].setChecked(True)
        self.stack.setCurrentWidget(self.lists[key])
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def show_record(self, listing: str, record: int) -> None:
        """Show one record in its list."""
        self.lists[listing].show_view("", filters=())
        self.show_list(listing)
        self.list.choose(record)

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a named view as list:view (hazards:due), or one record of the list named in the filters."""
        wanted = dict(filters).get("list", "")
        kept = tuple(pair for pair in filters if pair[0] != "list")
        if record is not None:
            self.show_record(wanted or PREMISES.key, record)
            return
        key, colon, name = view.partition(":")
        listing = wanted or (key if colon else self.key)
        self.lists[listing].show_view(name if colon else view, filters=kept)
        self.show_list(listing)

    def refresh(self) -> None:
        """Ask the list in front anew; the others ask when they are shown."""
        for table in self.lists.values():
            table.reload()
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def new(self) -> None:
        """A new check, of the chosen place when one is chosen."""
        chosen = self.list.current() if self.key == PREMISES.key else None
        self._check(chosen)

    def new_place(self) -> None:
        """A new place."""
        editor = page_forms.place_editor(self, self.office, None)
        if editor.exec() == QDialog.DialogCode.Accepted:
            self.show_record(PREMISES.key, editor.result_value)
            self.main.say("已新增场所", undo=True)

    def print_page(self) -> None:
        """Print the list in front as it is shown."""
        self.list.print_button.click()

    def find_in_list(self) -> None:
        """To the filter box."""
        self.list.search.setFocus()

    def do(self, act: str) -> None:
        """What a button of the side panel or of the menu asks for."""
        current = self.list.current()
        if current is None:
            return
        acts: dict[tuple[str, str], Callable[[int], None]] = {
            (PREMISES.key, "check"): self._check,
            (PREMISES.key, "change"): lambda key: self._edit(
                page_forms.place_editor(self, self.office, key), "已修改场所"
            ),
            (PREMISES.key, "delete"): self._delete_places,
            (INSPECTIONS.key, "open"): self._open_check,
            (INSPECTIONS.key, "place"): self._place_of,
            (INSPECTIONS.key, "delete"): self._delete_checks,
            (INSPECTIONS.key, "print"): self._print_check,
            (PREMISES.key, "print"): self._print_blank,
            (HAZARDS.key, "recheck"): self._recheck,
            (HAZARDS.key, "extend"): lambda key: self._edit(page_forms.extend(self, self.office, key), "已延期"),
            (HAZARDS.key, "transfer"): lambda key: self._edit(page_forms.transfer(self, self.office, key), "已移送"),
            (HAZARDS.key, "change"): lambda key: self._edit(
                page_forms.hazard_editor(self, self.office, key), "已修改隐患"
            ),
            (HAZARDS.key, "delete"): self._delete_hazards,
        }
        dialogs.guarded(self, lambda: self._aside() if act == "show" else acts[self.key, act](current))

    def _aside(self) -> None:
        """What is chosen in a window of its own, where the right side is folded away."""
        dialog = QDialog(self)
        dialog.setWindowTitle(WORDS[self.key])
        panel = SidePanel(self.office)
        self._fill(panel)
        for signal, run in ((panel.pressed, self.do), (panel.asked, self.show_record)):
            signal.connect(dialog.accept)
            signal.connect(run)
        body = QVBoxLayout(dialog)
        body.addWidget(panel)
        dialog.resize(theme.px(420), theme.px(620))
        dialog.exec()

    def _edit(self, editor: QDialog, told: str) -> None:
        if editor.exec() == QDialog.DialogCode.Accepted:
            self.main.say(told, undo=True)

    def _check(self, place_id: int | None) -> None:
        dialog = page_check.CheckDialog(self, self.office, place_id)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.main.say(dialog.told, undo=True)

    def _open_check(self, check_id: int) -> None:
        place_id = checks.view(self.office, check_id).entry.premises_id
        dialog = page_check.CheckDialog(self, self.office, place_id, check_id)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.main.say(dialog.told, undo=True)

    def _place_of(self, check_id: int) -> None:
        place_id = checks.view(self.office, check_id).entry.premises_id
        if place_id is not None:
            self.show_record(PREMISES.key, place_id)

    def _print_check(self, check_id: int) -> None:
        from gridoffice.modules.inspections import paper

        shown = checks.view(self.office, check_id)
        name = f"{shown.place}_{shown.entry.day:%Y%m%d}_检查记录.pdf"
        output.print_paper(self, name, lambda: paper.draw(paper.filled(self.office, check_id)))

    def _print_blank(self, place_id: int) -> None:
        from gridoffice.modules.inspections import paper

        name = f"{places.view(self.office, place_id).entry.name}_检查表.pdf"
        output.print_paper(self, name, lambda: paper.draw(paper.blank(self.office, place_id)))

    def _recheck(self, hazard_id: int) -> None:
        if not hazards.view(self.office, hazard_id).can_recheck:
            raise OfficeError("这处隐患已经销案", safe="没有改动", do="如果又出现，请登记一次新的检查")
        self._edit(page_forms.recheck(self, self.office, hazard_id), "已登记复查")

    def _delete_places(self, place_id: int) -> None:
        chosen = self.list.selected() or [place_id]
        places.remove(self.office, chosen)
        self.main.say(f"已删除 {len(chosen)} 个场所", undo=True)

    def _delete_checks(self, check_id: int) -> None:
        chosen = self.list.selected() or [check_id]
        number = checks.hazards_number(self.office, chosen)
        if number:
            text = f"这 {len(chosen)} 次检查发现过 {number} 处隐患，会连同复查记录一起删除；删除后可以撤销。"
            if dialogs.ask(self, "连同隐患一起删除？", text, ["不删除", "一起删除"]) != 1:
                return
        checks.remove(self.office, chosen, with_hazards=True)
        self.main.say(f"已删除 {len(chosen)} 次检查", undo=True)

    def _delete_hazards(self, hazard_id: int) -> None:
        chosen = self.list.selected() or [hazard_id]
        hazards.remove(self.office, chosen)
        self.main.say(f"已删除 {len(chosen)} 处隐患", undo=True)

    def _chosen(self, key: str, _record: object) -> None:
        # The lists reload one after the other: only the one in front knows what is still there.
        if key == self.key:
            self._show()

    def _show(self) -> None:
        self._fill(self.side)

    def _fill(self, panel: SidePanel) -> None:
        """Show in a panel what is chosen in the list in front."""
        current = self.list.current()
        if current is None:
            panel.show_nothing(HINTS[self.key])
        elif self.key == PREMISES.key:
            panel.show_place(places.view(self.office, current))
        elif self.key == INSPECTIONS.key:
            panel.show_check(checks.view(self.office, current))
        else:
            panel.show_hazard(hazards.view(self.office, current))
