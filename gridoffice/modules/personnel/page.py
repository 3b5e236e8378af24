"""人员: the roster, and the personnel card of whoever is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.personnel import service
from gridoffice.modules.personnel.lists import STAFF
from gridoffice.ui import dialogs, reveal
from gridoffice.ui.editor import edit
from gridoffice.ui.empty import Empty
from gridoffice.ui.fields import Field
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.person import photo
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

TITLES = {"phone": "手机", "post": "岗位", "sex": "性别", "born": "出生日期", "education": "学历", "since": "任职时间"}


class PersonnelPage(Page):
    """The roster and the card."""

    tables = frozenset({"staff", "assignment", "grid_unit", "attachment"})
    is_dated = True

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.card: service.PersonnelCard | None = None
        empty = Empty(
            "personnel", "这里还没有人员", "用“文件 → 导入…”放入花名册，或点“新建人员”。", (("新建人员", self.new),)
        )
        self.list = ListTable(office, STAFF, view="workers", empty=empty)
        self.list.add_tool(button("新建人员", self.new, kind="primary", icon=""))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _number: self.edit())
        self.list.on_menu("编辑", self.edit)
        self.list.on_menu("删除", self.delete)
        self.right = Panel()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(6))
        holder = QWidget()
        holder.setLayout(self.body)
        self.right.body.addWidget(scrolling(holder))
        self.panes(middle=self.list, right=self.right)
        self.list.choose_first()
        if self.card is None:
            self._choose(None)

    def refresh(self) -> None:
        """Ask the list anew; the card follows."""
        self.list.reload()
        if not self.list.model.ids and not self.list.search.text() and self.list.view_key == "workers":
            self.list.show_view("")

    def _choose(self, staff_id: int | None) -> None:
        self.card = service.card(self.office, staff_id) if staff_id is not None else None
        clear(self.body)
        if self.card is None:
            self.body.addWidget(label("选一个人，这里显示他的卡片。", "quiet", wrap=True))
            self.body.addStretch(1)
            return
        self._show(self.card)

    def _show(self, card: service.PersonnelCard) -> None:
        self.body.addLayout(row(photo(card.photo, 100), 1))
        self.body.addWidget(label(card.name, "title"))
        if not card.is_active:
            self.body.addWidget(label("已离岗", "notice"))
        for key, title in TITLES.items():
            value = card.values.get(key)
            self.body.addLayout(row(label(title, "quiet"), 1, label(str(value) if value else "—")))
        self.body.addWidget(line())
        self.body.addWidget(label("现在负责", "heading"))
        for post in card.posts:
            since = f"（{post.start} 起）" if post.start else ""
            self.body.addWidget(label(f"{post.unit} {post.role_title}{since}", wrap=True))
        if not card.posts:
            self.body.addWidget(label("没有责任区。在网格页可以指定。", "quiet", wrap=True))
        for partner in card.partners:
            self.body.addWidget(label(f"搭档 {partner}", "quiet", wrap=True))
        if card.former:
            self.body.addWidget(label("以前负责", "heading"))
            for unit, title, start, end in card.former:
                self.body.addWidget(label(f"{unit} {title}，{start or '…'} 至 {end}", "quiet", wrap=True))
        self.body.addWidget(line())
        self.body.addLayout(
            row(button("编辑", self.edit, kind="primary", shortcut="F2"), button("换照片…", self.photo), 1)
        )
        leave = button("离岗", self.leave) if card.is_active else button("返岗", self.come_back)
        self.body.addLayout(row(leave, button("删除", self.delete, kind="danger"), 1))
        self.body.addStretch(1)

    def _fields(self) -> tuple[Field, ...]:
        posts = [(post, post) for post in service.POSTS]
        schools = [(word, word) for word in ("小学", "初中", "高中", "中专", "大专", "本科", "研究生")]
        return (
            Field("name", "姓名", required=True),
            Field("phone", "手机", "phone"),
            Field("post", "岗位", "choice", choices=posts, is_open=True),
            Field("unit_id", "所属", "pick", choices=service.units(self.office)),
            Field("id_number", "证件号", "id", help="可不填；填了会自动得出性别和生日"),
            Field("sex", "性别", "choice", choices=(("男", "男"), ("女", "女"))),
            Field("born", "出生日期", "date"),
            Field("education", "学历", "choice", choices=schools, is_open=True),
            Field("since", "任职时间", "date"),
            Field("note", "备注", "multiline"),
        )

    # -- commands

    def new(self) -> None:
        """Enter a person."""
        made: list[int] = []

        def save(values: dict[str, Any]) -> None:
            made.append(service.create(self.office, values))

        if edit(self, "新建人员", self._fields(), {}, save):
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
        if edit(self, f"编辑 {card.name}", self._fields(), card.values, save, guard=guard):
            self.main.say("已保存", undo=True)

    def photo(self) -> None:
        """Choose a photo file."""
        card = self.card
        if card is None:
            return
        files = dialogs.open_files(self, "选择照片", "照片 (*.jpg *.jpeg *.png)")
        if files and dialogs.guarded(self, lambda: service.set_photo(self.office, card.id, files[0])):
            self.main.say(f"已换 {card.name} 的照片", undo=True)

    def leave(self) -> None:
        """The person leaves; posts end."""
        card = self.card
        if card is not None and dialogs.guarded(self, lambda: service.leave(self.office, card.id)):
            self.main.say(f"{card.name} 已离岗，责任区已空出", undo=True)

    def come_back(self) -> None:
        """The person works again."""
        card = self.card
        if card is not None and dialogs.guarded(self, lambda: service.come_back(self.office, card.id)):
            self.main.say(f"{card.name} 已返岗", undo=True)

    def delete(self) -> None:
        """Delete the chosen card; undo brings it back."""
        card = self.card
        if card is not None and dialogs.guarded(self, lambda: service.delete(self.office, card.id)):
            self.main.say(f"已删除 {card.name}", undo=True)

    def print_page(self) -> None:
        """Print the roster as it is seen."""
        self.list.print_out()

    def find_in_list(self) -> None:
        """To the filter box."""
        self.list.search.setFocus()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """A view of the roster, or one card."""
        if record is not None:
            if record not in self.list.model.ids:
                self.list.show_view("", filters=())
            self.list.choose(record)
            return
        self.list.show_view(view, filters=filters)
