"""文书登记: the list of issued papers with one paper at the side; 发放和悬挂: the list of their copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox

from gridoffice.db.office import Office
from gridoffice.domain import paper_code, paper_copies
from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import looking_up, page_give, page_paper, service
from gridoffice.modules.documents.page_paper import PaperPanel
from gridoffice.modules.documents.page_part import Part
from gridoffice.ui import dialogs, editor
from gridoffice.ui.empty import Empty
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button
from gridoffice.ui.table import ListTable

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class RegisterPart(Part):
    """The register. A code that is scanned into its search box opens the paper and says whether it fits."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        empty = Empty("documents", "还没有签发过文书", "在“做文书”里选一种，看过样张后打印或存成 PDF，就会登记在这里。")
        self.table = ListTable(office, service.PAPERS, empty=empty)
        self.table.search.setPlaceholderText("名称、编号，或扫纸上的码")
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("种类")
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table.add_tool(self.kinds)
        self.panel = PaperPanel(office, window)
        self.recall_button = button("作废…", self.recall, kind="link")
        self.collect_button = button("收回旧的", self.collect, kind="link")
        self.rename_button = button("改名称…", self.rename, kind="link")
        self.strike_button = button("删除登记", self.strike, kind="link")
        for one in (self.collect_button, self.recall_button, self.rename_button, self.strike_button):
            self.table.foot.addWidget(one)
        for text, run in (
            ("收回旧的（可选多份）", self.collect), ("作废…（可选多份）", self.recall), ("改名称…", self.rename),
            ("删除登记", self.strike),
        ):  # fmt: skip
            self.table.on_menu(text, run)
        self.kinds.activated.connect(lambda _place: self._kind())
        self.table.chosen.connect(self._line_chosen)
        self.table.opened.connect(self._opened)
        self.table.search.returnPressed.connect(self._typed)
        self.beside(self.table, self.panel, 310)
        self._line_chosen(None)
        self.refresh()

    def refresh(self) -> None:
        """The list and the chosen paper anew."""
        self._fill_kinds()
        self.table.reload()

    def _fill_kinds(self) -> None:
        kept = self.kinds.currentData()
        known = service.kinds_issued(self.office)
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem("各种文书", None)
        for key in known:
            self.kinds.addItem(KINDS[key].title if key in KINDS else key, key)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kept)))
        self.kinds.blockSignals(False)

    def _kind(self) -> None:
        kind = self.kinds.currentData()
        self.table.set_filters(*((("kind", kind),) if kind else ()))

    def _line_chosen(self, record: Any) -> None:
        self.panel.show_paper(record)
        for one in (self.collect_button, self.recall_button, self.rename_button, self.strike_button):
            one.setEnabled(record is not None)

    def _opened(self, _record: int) -> None:
        if self.side is not None and self.side.isVisible():
            self.panel.print_again()
        else:
            self._toggle()

    def _typed(self) -> None:
        """Enter in the search box: a scanned code opens its paper."""
        text = self.table.search.text()
        if paper_code.read(text) is not None:
            self.table.search.clear()
            self.look_up(text)

    def look_up(self, text: str) -> None:
        """Show the paper of a code or number, and say whether the code fits what was issued."""

        def show() -> None:
            found = looking_up.look_up(self.office, text)
            self.show_record(service.id_of(self.office, found.number))
            fits = "，校验码对得上" if paper_code.read(text) is not None else ""
            self.main.say(f"{found.number} 在登记里{fits}")

        dialogs.guarded(self, show)

    def show_record(self, record: int) -> None:
        """Make a paper the chosen one, whatever the list was narrowed to."""
        self.kinds.setCurrentIndex(0)
        self.table.show_view("", filters=())
        self.table.choose(record)

    # -- what can be done with the selected

    def rename(self) -> None:
        """Edit the chosen line's title."""
        record = self.table.current()
        if record is None:
            return
        shown = service.issued(self.office, record)
        editor.edit(
            self,
            f"文书 {shown.number}",
            (Field("title", "名称", required=True),),
            {"title": shown.title},
            lambda values: service.rename(self.office, record, values["title"]),
            columns=1,
            note=f"{shown.made_on:%Y-%m-%d} 制作，{shown.pages} 页，文件“{shown.file_name}”，指纹 {shown.sha256[:16]}…",
        )

    def recall(self) -> None:
        """Declare the selected papers void."""
        chosen = self.table.selected()
        if chosen:
            told = f"{len(chosen)} 份文书" if len(chosen) > 1 else service.issued(self.office, chosen[0]).number
            page_paper.recall(self, self.office, self.main, chosen, told)

    def collect(self) -> None:
        """The old ones of the selected papers are back."""
        chosen = self.table.selected()
        if chosen:
            page_paper.collect(self, self.office, self.main, chosen)

    def strike(self) -> None:
        """Take the selected lines out of the register."""
        page_paper.strike(self, self.office, self.main, self.table.selected())

    def print_page(self) -> None:
        """Ctrl+P: print the list."""
        self.table.print_button.click()

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self.table.search.setFocus()
        self.table.search.selectAll()


class CopiesPart(Part):
    """Who has which paper and where it hangs; several are signed for or taken back at once."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        empty = Empty("documents", "还没有登记发放", "签发文书后点“登记发放”，写下发给了谁、挂在哪里。")
        self.table = ListTable(office, service.COPIES, view="out", empty=empty)
        self.table.search.setPlaceholderText("领用人、地点、文书、编号")
        self.acts = [
            button("收回", self.take_back, kind="link"),
            button("签收", self.sign_for, kind="link"),
            button("改…", self.change, kind="link"),
            button("删除", self.remove, kind="link"),
        ]
        for one in self.acts:
            self.table.foot.addWidget(one)
        for text, run in (
            ("收回（可选多份）", self.take_back), ("签收（可选多份）", self.sign_for), ("看这份文书", self.show_paper),
            ("删除这条登记", self.remove),
        ):  # fmt: skip
            self.table.on_menu(text, run)
        self.table.opened.connect(lambda _one: self.change())
        self.table.chosen.connect(self._chosen)
        self.line.addWidget(self.table, 1)
        self._chosen(None)

    def refresh(self) -> None:
        """The list anew."""
        self.table.reload()

    def _chosen(self, record: Any) -> None:
        for one in self.acts:
            one.setEnabled(record is not None)

    def take_back(self) -> None:
        """The selected copies came back."""
        self._mark(paper_copies.take_back, "收回")

    def sign_for(self) -> None:
        """The selected copies were signed for."""
        self._mark(paper_copies.sign_for, "签收")

    def _mark(self, act: Any, word: str) -> None:
        chosen = self.table.selected()
        found: list[int] = []
        if chosen and dialogs.guarded(self, lambda: found.append(act(self.office, chosen))):
            told = f"已登记{word} {found[0]} 处" if found[0] else f"选中的都已经{word}过了"
            self.main.say(told, undo=bool(found[0]))

    def change(self) -> None:
        """Mend the chosen entry."""
        record = self.table.current()
        if record is not None:
            dialogs.guarded(self, lambda: page_give.change(self, self.office, self.main, record))

    def show_paper(self) -> None:
        """The paper of the chosen copy."""
        record = self.table.current()
        if record is not None:
            self.main.open("documents", record=service.paper_of_copy(self.office, record))

    def remove(self) -> None:
        """Strike the selected entries."""
        chosen = self.table.selected()
        if chosen and dialogs.guarded(self, lambda: paper_copies.remove(self.office, chosen)):
            self.main.say(f"已删除 {len(chosen)} 条发放登记", undo=True)

    def print_page(self) -> None:
        """Ctrl+P: print the list."""
        self.table.print_button.click()

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self.table.search.setFocus()
