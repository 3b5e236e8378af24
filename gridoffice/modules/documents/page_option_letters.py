"""What a letter is asked for: its template, the blanks to fill in, to whom it goes, how it is numbered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import recipients, template_store
from gridoffice.modules.documents.page_option import OptionField, UnitField, combo
from gridoffice.modules.documents.recipe import Option
from gridoffice.modules.documents.templates import NUMBERING, Template
from gridoffice.ui.panel import button, clear, label, row
from gridoffice.ui.theme import theme

WAIT = 500  # milliseconds after the last key before a typed word counts


class LetterField(OptionField):
    """The template of one kind (`option.default`), its blanks, and those it goes to."""

    def build(self) -> None:
        """The template at the top; what else it needs stands under it."""
        self.template: Template | None = None
        self.ids: list[int] | None = None
        self.left_out: list[int] = []
        self.typed: dict[str, str] = {}
        self.asked: dict[str, QLineEdit] = {}
        self.inner = combo("模板")
        self.body.addWidget(self.inner)
        self.edit_button = button("改文字…", self.edit, kind="link")
        self.check_button = button("核对收件人…", self.check, kind="link")
        self.body.addLayout(row(self.edit_button, self.check_button, 1))
        self.more = QWidget()
        self.more_body = QVBoxLayout(self.more)
        self.more_body.setContentsMargins(0, 0, 0, 0)
        self.more_body.setSpacing(theme.px(4))
        self.body.addWidget(self.more)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT)
        self._later.timeout.connect(self.changed)
        self.inner.currentIndexChanged.connect(lambda _place: self._chosen())
        self.fill()

    def fill(self) -> None:
        """Offer the templates there are now, keeping the chosen one and what was filled in."""
        kept = self.inner.currentData()
        found = template_store.of_kind(self.office, str(self.option.default))
        with QSignalBlocker(self.inner):
            self.inner.clear()
            for one in found:
                self.inner.addItem(one.name, one.key)
            self.inner.setCurrentIndex(max(self.inner.findData(kept), 0))
        self._show(next((one for one in found if one.key == self.inner.currentData()), None))

    def _chosen(self) -> None:
        found = template_store.of_kind(self.office, str(self.option.default))
        chosen = next((one for one in found if one.key == self.inner.currentData()), None)
        if chosen is None or self.template is None or chosen.audience != self.template.audience:
            self.ids, self.left_out = None, []  # others than those who were picked
        self._show(chosen)
        self.changed.emit()

    def _show(self, template: Template | None) -> None:
        """The inputs a template needs."""
        unit = self.unit.values()["unit"] if self.template is not None and self.template.is_merged else None
        word = self.word.text() if self.template is not None and self.template.is_merged else ""
        self.template = template
        clear(self.more_body)
        self.asked = {}
        if template is None:
            return
        for name, sample in template.asks.items():
            made = QLineEdit(self.typed.get(name, ""))
            made.setPlaceholderText(f"例：{sample}")
            made.setToolTip(f"{name}，例如 {sample}")
            made.setAccessibleName(name)
            made.textChanged.connect(lambda text, name=name: self._wrote(name, text))
            self.asked[name] = made
            self.more_body.addWidget(label(name, "quiet"))
            self.more_body.addWidget(made)
        self.check_button.setVisible(template.is_merged)
        if template.is_merged:
            self._recipients(template, unit, word)

    def _recipients(self, template: Template, unit: Any, word: str) -> None:
        self.unit = UnitField(self.office, Option("unit", "发给哪里", "unit", levels=(VILLAGE, GRID)))
        self.unit.put(unit)
        self.unit.changed.connect(self._narrowed)
        self.view = combo("哪一类")
        for key, title in recipients.views(template.audience):
            self.view.addItem(title, key)
        self.view.setCurrentIndex(max(self.view.findData(template.view), 0))
        self.view.currentIndexChanged.connect(lambda _place: self._narrowed())
        self.word = QLineEdit(word)
        self.word.setPlaceholderText("只要住址里有这些字的，例如 三组")
        self.word.setAccessibleName("住址里的字")
        self.word.setClearButtonEnabled(True)
        self.word.textChanged.connect(lambda _text: self._typed_word())
        self.numbering = combo("编号")
        for key, title in NUMBERING.items():
            self.numbering.addItem(title, key)
        self.numbering.setCurrentIndex(max(self.numbering.findData(template.numbering), 0))
        self.numbering.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.more_body.addWidget(self.unit)
        if self.view.count() > 1:
            self.more_body.addWidget(self.view)
        if template.audience != "staff":
            self.more_body.addWidget(self.word)
        self.more_body.addWidget(self.numbering)
        self.numbering.setVisible(bool(template.number))
        self.picked = label("", "quiet", wrap=True)
        self.all_button = button("改为全部都发", self._everybody, kind="link")
        self.more_body.addWidget(self.picked)
        self.more_body.addLayout(row(self.all_button, 1))
        self._tell_picked()

    def _wrote(self, name: str, text: str) -> None:
        self.typed[name] = text
        self._later.start()

    def _narrowed(self) -> None:
        """Another range: what was picked by hand belongs to the old one."""
        self.ids, self.left_out = None, []
        self._tell_picked()
        self.changed.emit()

    def _typed_word(self) -> None:
        self.ids, self.left_out = None, []
        self._tell_picked()
        self._later.start()

    def write_to(self, ids: list[int]) -> None:
        """Write to just these, wherever they live."""
        if self.template is None or not self.template.is_merged:
            return
        with QSignalBlocker(self.unit), QSignalBlocker(self.view), QSignalBlocker(self.word):
            self.unit.put(None)
            self.view.setCurrentIndex(0)
            self.word.clear()
        self.ids, self.left_out = list(ids), []
        self._tell_picked()
        self.changed.emit()

    def _everybody(self) -> None:
        """Take back that only some were picked."""
        self.ids, self.left_out = None, []
        self._tell_picked()
        self.changed.emit()

    def _tell_picked(self) -> None:
        told = [f"只发给选好的 {len(self.ids):,} 个"] if self.ids is not None else []
        told += [f"跳过 {len(self.left_out):,} 个"] if self.left_out else []
        self.picked.setText("，".join(told))
        self.picked.setVisible(bool(told))
        self.all_button.setVisible(bool(told))

    def values(self) -> dict[str, Any]:
        """The template's key, the blanks, the recipients and the numbering."""
        template = self.template
        if template is None:
            return {self.option.key: ""}
        found: dict[str, Any] = {
            self.option.key: template.key,
            "asked": {name: made.text().strip() for name, made in self.asked.items()},
        }
        if template.is_merged:
            found["recipients"] = {
                "unit": self.unit.values()["unit"],
                "view": self.view.currentData() or "", "text": self.word.text().strip(),
                "ids": self.ids, "left_out": list(self.left_out),
            }  # fmt: skip
            found["numbering"] = self.numbering.currentData()
        return found

    def put(self, value: Any) -> None:
        """Choose a template by its key."""
        place = self.inner.findData(value)
        if place >= 0 and place != self.inner.currentIndex():
            with QSignalBlocker(self.inner):
                self.inner.setCurrentIndex(place)
            self._chosen()

    def edit(self) -> None:
        """Open the template in the editor."""
        page = self._page()
        if page is not None and self.template is not None:
            page.show_template(self.template.key)

    def check(self) -> None:
        """Show who will get it, who lacks what, and let some be left out."""
        from gridoffice.modules.documents.page_recipients import Recipients

        if self.template is None:
            return
        asked = recipients.asked_from(self.values())
        dialog = Recipients(self, self.office, self.template, replace(asked, left_out=()), self.left_out, self.values())
        if dialog.exec():
            self.left_out = dialog.left_out()
            self._tell_picked()
            self.changed.emit()

    def _page(self) -> Any:
        """The page this stands on."""
        widget: QWidget | None = self
        while widget is not None and not hasattr(widget, "show_template"):
            widget = widget.parentWidget()
        return widget


LETTER_FIELDS = {"letter": LetterField}
"""The fields of letters."""
