"""给选中的写什么: the letters that the selected ones of a list can be sent, one of them chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import recipients, template_store
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.modules.documents.page_option_letters import LetterField
from gridoffice.modules.documents.templates import Template
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class Letters(QDialog):
    """The templates of an audience; `chosen` is the one that was taken."""

    def __init__(self, parent: QWidget, templates: list[Template], number: int) -> None:
        super().__init__(parent)
        word = recipients.WORDS.get(templates[0].audience, "份")
        self.setWindowTitle(f"给选中的 {number:,} {word}写什么")
        self.templates = templates
        self.list = QListWidget()
        self.list.setAccessibleName("写什么")
        for one in templates:
            item = QListWidgetItem(f"{KINDS[one.kind].title}　{one.name}")
            item.setToolTip(one.about)
            item.setSizeHint(QSize(0, theme.px(36)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.about = label("", "quiet", wrap=True)
        self.list.currentRowChanged.connect(lambda place: self.about.setText(self.templates[place].about))
        self.about.setText(templates[0].about)
        done = button("下一步", self.accept, kind="primary")
        done.setDefault(True)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(self.list, 1)
        body.addWidget(self.about)
        body.addLayout(row(1, button("取消", self.reject), done))
        self.resize(theme.px(480), theme.px(420))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> Template:
        """The template that is marked."""
        return self.templates[self.list.currentRow()]


def choose(window: MainWindow, audience: str, ids: list[int]) -> None:
    """Ask for the letter and show it with just these recipients; raises OfficeError when there is none."""
    found = [one.template for one in template_store.entries(window.office)[0] if one.template.audience == audience]
    if not found:
        raise OfficeError("还没有给这些人的信件模板", safe="没有制作文书", do="请在“文书 → 文书模板”里新建一个")
    dialog = Letters(window, found, len(ids))
    if not dialog.exec():
        return
    page = window.open("documents")
    if isinstance(page, DocumentsPage):
        page.use_template(dialog.chosen.kind, dialog.chosen.key)
        field = page.options.fields.get("template")
        if isinstance(field, LetterField):
            field.write_to(ids)
