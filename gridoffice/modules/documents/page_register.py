"""文书登记: the list of issued papers, with titles to mend and lines to strike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridoffice.db.office import Office
from gridoffice.modules.documents import service
from gridoffice.ui import dialogs, editor
from gridoffice.ui.empty import Empty
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button
from gridoffice.ui.table import ListTable

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class Register(ListTable):
    """The register; its two buttons stand where the page puts them."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        empty = Empty("documents", "还没有签发过文书", "在左边选一种文书，看过样张后签发，就会登记在这里。")
        super().__init__(office, service.PAPERS, empty=empty)
        self.main = window
        self.search.setPlaceholderText("筛选 名称、编号、文件指纹")
        self.rename_button = button("改名称…", self.rename)
        self.strike_button = button("删除登记", self.strike, kind="danger")
        self.on_menu("删除登记", self.strike)
        self.opened.connect(lambda _id: self.rename())
        self.chosen.connect(self._line_chosen)
        self._line_chosen(None)

    def _line_chosen(self, record: object) -> None:
        for one in (self.rename_button, self.strike_button):
            one.setEnabled(record is not None)

    def rename(self) -> None:
        """Edit the chosen line's title."""
        record = self.current()
        if record is None:
            return
        line = service.issued(self.office, record)
        editor.edit(
            self,
            f"文书 {line.number}",
            (Field("title", "名称", required=True),),
            {"title": line.title},
            lambda values: service.rename(self.office, record, values["title"]),
            columns=1,
            note=f"{line.made_on:%Y-%m-%d} 制作，{line.pages} 页，文件“{line.file_name}”，指纹 {line.sha256[:16]}…",
        )

    def strike(self) -> None:
        """Take the selected lines out of the register."""
        chosen = self.selected()
        if chosen and dialogs.guarded(self, lambda: service.strike(self.office, chosen)):
            self.main.say(f"已删除 {len(chosen)} 条登记，文件还在原处", undo=True)
