"""人员: the roster as table or card wall, leave, training and things handed out, and the card of whoever is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QDialog, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain.listing import Listing
from gridoffice.modules.personnel import kept, leaves, leaving, page_forms, service
from gridoffice.modules.personnel.bulk import STAFF_BULK
from gridoffice.modules.personnel.card import Work
from gridoffice.modules.personnel.lists_kept import KEPT
from gridoffice.modules.personnel.lists_leave import LEAVES
from gridoffice.modules.personnel.lists_training import TRAININGS
from gridoffice.modules.personnel.page_card import CardPanel
from gridoffice.modules.personnel.page_crop import CropDialog
from gridoffice.modules.personnel.page_leaving import LeavingDialog
from gridoffice.modules.personnel.page_photos import PhotosDialog
from gridoffice.modules.personnel.page_roster import Roster
from gridoffice.modules.personnel.page_training import TrainingDialog
from gridoffice.ui import dialogs, reveal
from gridoffice.ui.editor import edit
from gridoffice.ui.empty import Empty
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

WIDTH = (300, 386, 460)
"""Width of the card: at least and usually (at 100 %), and the most large letters make of it."""
SHOWN = (("staff", "名册"), ("wall", "卡片墙"), ("leaves", "请假"), ("trainings", "培训"), ("handed_out", "领用"))
PICTURES = "照片 (*.jpg *.jpeg *.png *.bmp *.webp)"


class PersonnelPage(Page):
    """The lists and the card."""

    tables = frozenset(
        {"staff", "assignment", "grid_unit", "attachment", "leave", "training", "attendance", "handed_out"}
        | {"case_file", "enrolment", "hazard", "help_entry", "resident"}
    )
    is_dated = True

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.key = "staff"
        empty = Empty(
            "personnel", "这里还没有人员", "用“文件 → 导入…”放入花名册，或点“新建人员”。", (("新建人员", self.new),)
        )
        self.list = Roster(office, empty)
        self.list.set_bulk(STAFF_BULK)
        self.others = {
            listing.key: self._list(listing, view, words, getattr(self, run))
            for listing, view, words, run in (
                (LEAVES, "now", ("没有人请假", "有人请假时在这里登记，B岗自动接手。", "登记请假…"), "leave"),
                (TRAININGS, "year", ("还没有培训", "一次培训可以给许多人一起登记。", "登记培训…"), "training"),
                (KEPT, "out", ("没有领用的物品", "钥匙、工作证发给谁，在这里登记。", "登记领用…"), "thing"),
            )
        }
        self.right = CardPanel()
        self.panes(middle=self._middle(), right=self.right)
        self.right.setFixedWidth(max(min(theme.px(WIDTH[1]), WIDTH[2]), theme.px(WIDTH[0]) if theme.zoom <= 125 else 0))
        self._connect()
        self.list.choose_first()
        if self.card is None:
            self._choose(None)

    @property
    def card(self) -> service.PersonnelCard | None:
        """The card shown."""
        return self.right.card

    def _list(self, listing: Listing, view: str, words: tuple[str, str, str], run: Callable[[], None]) -> ListTable:
        title, text, word = words
        made = ListTable(self.office, listing, view=view, empty=Empty("personnel", title, text, ((word, run),)))
        made.add_tool(button(word, run, kind="primary"))
        return made

    def _middle(self) -> QWidget:
        middle = QWidget()
        body = QVBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        self.segments = QButtonGroup(self)
        made = []
        for place, (key, title) in enumerate(SHOWN, 1):
            one = button(title, partial(self.show_list, key), kind="seg", shortcut=f"Alt+{place}")
            one.setCheckable(True)
            one.setChecked(key == self.key)
            one.setProperty("list", key)
            self.segments.addButton(one)
            made.append(one)
        photos = button("批量放入照片…", self.photos)
        photos.setToolTip("按文件名认人，先核对再写入")
        new = button("新建人员", self.new, kind="primary")
        body.addLayout(row(label("人员", "title"), row(*made, spacing=0), 1, photos, new, spacing=12))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        for table in self.others.values():
            self.stack.addWidget(table)
        body.addWidget(self.stack, 1)
        return middle

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _number: self.edit())
        for word, run in (
            ("编辑", self.edit),
            ("请假…", self.leave),
            ("离岗移交…", self.leaving),
            ("删除", self.delete),
        ):
            self.list.on_menu(word, run)
        for key, table in self.others.items():
            table.opened.connect(partial(self.touch, key))
        # Beside a leave or a thing stands the card of whose it is.
        self.others["leaves"].chosen.connect(lambda number: self._whose(number, leaves.whose))
        self.others["handed_out"].chosen.connect(lambda number: self._whose(number, kept.whose))
        self.others["leaves"].on_menu("提前销假…", partial(self._on_current, "leaves", self.end_leave))
        self.others["leaves"].on_menu("删除", partial(self._on_current, "leaves", self.remove_leave))
        self.others["handed_out"].on_menu("今天交回", partial(self._on_selected, self.give_back))
        self.others["handed_out"].on_menu("删除", partial(self._on_current, "handed_out", self.remove_thing))
        self.right.pressed.connect(lambda key: getattr(self, key)())
        self.right.opened.connect(self.open_work)
        self.right.touched.connect(self.touch)

    # -- showing

    def refresh(self) -> None:
        """Ask the lists anew; the card follows."""
        for table in (self.list, *self.others.values()):
            table.reload()
        if not self.list.model.ids and not self.list.search.text() and self.list.view_key == "workers":
            self.list.show_view("")

    def show_list(self, key: str) -> None:
        """Roster, wall, leave, training or things; the choice of table or wall is this machine's."""
        self.key = key
        for one in self.segments.buttons():
            one.setChecked(one.property("list") == key)
        self.stack.setCurrentWidget(self.others.get(key, self.list))
        if key in ("staff", "wall"):
            self.list.show_wall(key == "wall")

    def _whose(self, number: int | None, ask: Callable[[Office, int], int | None]) -> None:
        if number is not None and self.key in self.others:
            self._choose(ask(self.office, number))

    def _choose(self, staff_id: int | None) -> None:
        self.right.show_card(service.card(self.office, staff_id) if staff_id is not None else None)

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """A view of the roster, of another list as list:view (leaves:now), or one card or record."""
        wanted = str(dict(filters).get("list", ""))
        kept_filters = tuple(pair for pair in filters if pair[0] != "list")
        key, colon, name = view.partition(":")
        key = wanted if wanted in self.others else key if colon else ""
        if key in self.others:
            self.show_list(key)
            table = self.others[key]
            if record is not None:
                table.show_view("", filters=())
                table.choose(record)
            else:
                table.show_view(name if colon else view, filters=kept_filters)
            return
        if self.key not in ("staff", "wall"):
            self.show_list("staff")
        if record is not None:
            if record not in self.list.model.ids:
                self.list.show_view("", filters=())
            self.list.choose(record)
            return
        self.list.show_view(view, filters=kept_filters)

    def open_work(self, work: Work) -> None:
        """The list of one kind of work of whoever is shown."""
        if self.card is not None and work.module:
            self.main.open(work.module, work.view, filters=(("list", work.listing), ("staff", self.card.id)))

    def touch(self, kind: str, number: int) -> None:
        """Open a leave, training, thing, unit or the term book."""
        if kind == "unit":
            self.main.open("grids", record=number)
        elif kind == "book":
            self.main.open("grids", filters=(("term_book", number),))
        elif kind in ("leave", "leaves"):
            self._run(page_forms.LeaveEditor(self, self.office, leave_id=number), "已修改请假")
        elif kind in ("training", "trainings"):
            self._run(TrainingDialog(self, self.office, number), "已修改培训")
        else:
            self._run(page_forms.thing_editor(self, self.office, thing_id=number), "已修改领用")

    def _run(self, dialog: QDialog, told: str) -> None:
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.main.say(told, undo=True)

    def _on_current(self, key: str, run: Callable[[int], object]) -> None:
        current = self.others[key].current()
        if current is not None:
            dialogs.guarded(self, lambda: run(current))

    def _on_selected(self, run: Callable[[list[int]], object]) -> None:
        chosen = self.others["handed_out"].selected()
        if chosen:
            dialogs.guarded(self, lambda: run(chosen))

    # -- commands

    def new(self) -> None:
        """Enter a person."""
        made: list[int] = []

        def save(values: dict[str, Any]) -> None:
            made.append(service.create(self.office, values))

        if edit(self, "新建人员", page_forms.person_fields(self.office), {}, save):
            if self.key not in ("staff", "wall"):
                self.show_list("staff")
            self.list.show_view("")
            self.list.choose(made[-1])
            self.main.say("已新建。到网格页可以指定责任区。", undo=True)

    def edit(self) -> None:
        """Edit the chosen person."""
        card = self.card
        if card is None:
            return

        def save(values: dict[str, Any]) -> None:
            service.update(self.office, card.id, values, card.version)

        guard = reveal.guarding(self.office, ("staff", card.id), f"人员 {card.name}", ("id",))
        if edit(self, f"编辑 {card.name}", page_forms.person_fields(self.office), card.values, save, guard=guard):
            self.main.say("已保存", undo=True)

    def photo(self) -> None:
        """Choose a photo file and cut it to the frame."""
        card = self.card
        if card is None:
            return
        files = dialogs.open_files(self, "选择照片", PICTURES)
        if files:
            dialogs.guarded(self, lambda: self._crop(card.id, card.name, files[0].name, *service.read_photo(files[0])))

    def recrop(self) -> None:
        """Cut the photo anew from its original."""
        card = self.card
        found = service.original_photo(self.office, card.id) if card is not None else None
        if card is not None and found is not None:
            name, upright = found
            dialogs.guarded(self, lambda: self._crop(card.id, card.name, name, None, upright))

    def _crop(self, staff_id: int, name: str, file: str, original: bytes | None, upright: bytes) -> None:
        dialog = CropDialog(self, upright, f"{name} 的照片")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            service.keep_photo(self.office, staff_id, file, original, dialog.result_bytes)
            self.main.say(f"已换 {name} 的照片", undo=True)

    def photos(self) -> None:
        """Photos of many by their file names, checked on a screen before they are kept."""
        dialog = PhotosDialog(self, self.office, self.main.worker)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.main.say(dialog.told, undo=True)

    def leave(self) -> None:
        """Enter a leave, of the chosen person when the roster is in front."""
        chosen = self.card.id if self.card is not None and self.card.is_active else None
        self._run(page_forms.LeaveEditor(self, self.office, chosen), "已登记请假，到期自动恢复")

    def end_leave(self, leave_id: int) -> None:
        """The person is back early."""
        self._run(page_forms.back_editor(self, self.office, leave_id), "已提前销假")

    def remove_leave(self, leave_id: int) -> None:
        """Take a leave out; undo brings it back."""
        self.main.say(f"已删除 {leaves.remove(self.office, leave_id)} 的请假", undo=True)

    def training(self) -> None:
        """Enter a training; who is selected in the roster is on its list."""
        chosen = tuple(self.list.selected()) if self.key == "staff" else ()
        self._run(TrainingDialog(self, self.office, staff_ids=chosen), "已登记培训")

    def thing(self) -> None:
        """Hand something out."""
        chosen = self.card.id if self.card is not None else None
        self._run(page_forms.thing_editor(self, self.office, chosen), "已登记领用")

    def give_back(self, things: list[int]) -> None:
        """Some things came back today."""
        kept.give_back(self.office, things)
        self.main.say(f"已交回 {len(things)} 件", undo=True)

    def remove_thing(self, thing_id: int) -> None:
        """Take an entry out; undo brings it back."""
        self.main.say(f"已删除领用：{kept.remove(self.office, thing_id)}", undo=True)

    def leaving(self) -> None:
        """The person leaves for good: who takes over, rehearsal, one step, the list to sign."""
        card = self.card
        if card is not None and card.is_active:
            LeavingDialog(self, self.office, card.id, self.main.say).exec()

    def come_back(self) -> None:
        """The person works again."""
        card = self.card
        if card is not None and dialogs.guarded(self, lambda: leaving.come_back(self.office, card.id)):
            self.main.say(f"{card.name} 已返岗", undo=True)

    def delete(self) -> None:
        """Delete the chosen card; undo brings it back."""
        card = self.card
        if card is not None and dialogs.guarded(self, lambda: service.delete(self.office, card.id)):
            self.main.say(f"已删除 {card.name}", undo=True)

    def print_page(self) -> None:
        """Print the list in front as it is seen."""
        self.others.get(self.key, self.list).print_out()

    def find_in_list(self) -> None:
        """To the filter box of the list in front."""
        self.others.get(self.key, self.list).search.setFocus()
