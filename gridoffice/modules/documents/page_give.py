"""登记发放: who gets copies of a paper and where it hangs; its owners are proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import paper_copies
from gridoffice.domain.paper_copies import Handing
from gridoffice.modules.documents import issued, service
from gridoffice.ui import dialogs, editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


def give_number(parent: QWidget, office: Office, window: MainWindow, number: str) -> None:
    """Ask for the receivers of the paper with a number."""
    dialogs.guarded(parent, lambda: give(parent, office, window, service.id_of(office, number)))


def give(parent: QWidget, office: Office, window: MainWindow, paper_id: int) -> None:
    """Ask for the receivers of a paper: its owners as a list to tick, else one by one."""
    found = issued.proposals(office, paper_id)
    if found:
        dialog = GiveDialog(parent, office, paper_id, found)
        if dialog.exec():
            window.say(f"已登记 {dialog.given} 份", undo=True)
        elif dialog.is_other:
            one_more(parent, office, window, paper_id)
    else:
        one_more(parent, office, window, paper_id)


class GiveDialog(QDialog):
    """The proposed receivers or places, each with a tick."""

    def __init__(self, parent: QWidget, office: Office, paper_id: int, found: list[Handing]) -> None:
        super().__init__(parent)
        self.office, self.paper_id, self.found = office, paper_id, found
        self.given = 0
        self.is_other = False
        self.setWindowTitle("登记发放")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(18)] * 4)
        body.setSpacing(theme.px(8))
        hangs = all(one.place for one in found)
        body.addWidget(label("挂在哪里" if hangs else "发给谁", "heading"))
        told = "勾上已经挂出的，地点可以双击改写。" if hangs else "勾上已经发到本人手里的。"
        body.addWidget(label(f"{told}以后信息有变，程序会告诉您要收回哪几份。", "quiet", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName("领用人和地点")
        for one in found:
            beside = f"　{one.item_title}" if one.item_title and one.receiver else ""
            item = QListWidgetItem(one.place or f"{one.receiver}{beside}")
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if one.place else flags)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        body.addWidget(self.list, 1)
        self.signed = QCheckBox("都已签收")
        if not hangs:
            body.addWidget(self.signed)
        self.go_button = button("登记", self._go, kind="primary")
        self.go_button.setDefault(True)
        body.addLayout(row(button("发给别人…", self._other), 1, button("取消", self.reject), self.go_button))
        self.resize(theme.px(440), min(theme.px(460), self.screen().availableSize().height() - theme.px(60)))

    def _other(self) -> None:
        self.is_other = True
        self.reject()

    def _go(self) -> None:
        signed = self.office.today() if self.signed.isChecked() else None
        wanted = []
        for place, one in enumerate(self.found):
            item = self.list.item(place)
            if item.checkState() != Qt.CheckState.Checked:
                continue
            where = item.text().strip() if one.place else ""
            wanted.append(
                Handing(one.receiver, one.staff_id, one.item_key, one.item_title, 1, None, signed, where, one.unit_id)
            )
        if not wanted:
            dialogs.error(OfficeError("还没有勾选", safe="没有登记", do="请勾上已发出的，或点“取消”"), self)
        elif dialogs.guarded(self, lambda: paper_copies.hand_out(self.office, self.paper_id, wanted)):
            self.given = len(wanted)
            self.accept()


def _fields(office: Office) -> tuple[Field, ...]:
    people = [(f"s{one}", name) for one, name in issued.staff(office)]
    units = [(one.id, one.name) for one in service.places(office)]
    return (
        Field("receiver", "领用人", "choice", choices=people, is_open=True, help="选一个人，或直接写名字、单位"),
        Field("copies", "份数", "number", required=True),
        Field("place", "挂在哪里", help="如 村委会东墙；发给人的不填"),
        Field("unit_id", "所在网格", "pick", choices=units),
        Field("given_on", "日期", "date", required=True),
        Field("signed_on", "签收日期", "date", help="还没有签收就空着"),
        Field("note", "备注"),
    )


def _values(one: Handing) -> dict[str, Any]:
    return {
        "receiver": f"s{one.staff_id}" if one.staff_id else one.receiver,
        "copies": one.copies, "place": one.place, "unit_id": one.unit_id, "given_on": one.given_on,
        "signed_on": one.signed_on, "note": one.note,
    }  # fmt: skip


def _handing(office: Office, values: dict[str, Any], was: Handing) -> Handing:
    told = str(values.get("receiver") or "")
    staff_id = int(told[1:]) if told[:1] == "s" and told[1:].isdigit() else None
    return Handing(
        issued.name_of(office, staff_id) if staff_id else told, staff_id, was.item_key, was.item_title,
        int(values.get("copies") or 0), values.get("given_on"), values.get("signed_on"),
        str(values.get("place") or ""), values.get("unit_id"), str(values.get("note") or ""),
    )  # fmt: skip


def one_more(parent: QWidget, office: Office, window: MainWindow, paper_id: int) -> None:
    """Enter one receiver or place."""
    blank = Handing(given_on=office.today())

    def save(values: dict[str, Any]) -> None:
        paper_copies.hand_out(office, paper_id, [_handing(office, values, blank)])

    number = service.issued(office, paper_id).number
    if editor.edit(parent, f"登记发放 {number}", _fields(office), _values(blank), save, columns=1):
        window.say("已登记发放", undo=True)


def change(parent: QWidget, office: Office, window: MainWindow, copy_id: int) -> None:
    """Mend one entry."""
    was = issued.handing(office, copy_id)

    def save(values: dict[str, Any]) -> None:
        paper_copies.change(office, copy_id, _handing(office, values, was))

    note = was.item_title
    if editor.edit(parent, "修改发放登记", _fields(office), _values(was), save, columns=1, note=note):
        window.say("已修改", undo=True)
