"""文书: making papers, what must be printed anew, the register of issued ones, who has them, and verifying."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain import reprints
from gridoffice.domain.reprints import CHANGED, GONE
from gridoffice.modules.documents.page_make import MakePart
from gridoffice.modules.documents.page_options import Options
from gridoffice.modules.documents.page_part import Part
from gridoffice.modules.documents.page_register import CopiesPart, RegisterPart
from gridoffice.modules.documents.page_reprint import ReprintPart
from gridoffice.modules.documents.page_signing import CERTIFICATES, Signing
from gridoffice.modules.documents.page_templates import Templates
from gridoffice.modules.documents.recipe import makers
from gridoffice.modules.documents.reprint import REGISTER as REGISTER_TABLES
from gridoffice.modules.documents.reprint import TABLES as MADE_FROM
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

SHOW, REPRINT, REGISTER, COPIES = "preview", "reprint", "register", "copies"
TEMPLATES = "templates"


class DocumentsPage(Page):
    """Papers. The preview follows what papers are made from; the lists follow what was issued."""

    tables = MADE_FROM | REGISTER_TABLES | {"letter_template", "certificate"}

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.make = MakePart(office, window)
        self.reprint = ReprintPart(office, window)
        self.register = RegisterPart(office, window)
        self.copies = CopiesPart(office, window)
        self.signing = Signing(office, window, self.show_part, lambda record: self.show_view("", record))
        self.verify = self.signing.verify
        lines = self.register.table
        lines.on_menu("再签名…（可选多份）", lambda: self.signing.sign_lines(lines.selected()))
        self.templates = Templates(office, window)
        self.templates.used.connect(self.use_template)
        self.parts: dict[str, QPushButton] = {}
        self.stack = QStackedWidget()
        self._build()
        self.reprint.counted.connect(self._count)
        self._count_known()
        self.show_part(SHOW)
        self.make.choose(makers()[0].name)

    def _build(self) -> None:
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        group = QButtonGroup(self)
        shown: tuple[tuple[str, str, QWidget], ...] = (
            (SHOW, "做文书", self.make),
            (REPRINT, "要重印", self.reprint),
            (REGISTER, "文书登记", self.register),
            (COPIES, "发放和悬挂", self.copies),
            *self.signing.parts(),
            (TEMPLATES, "文书模板", self.templates),
        )
        for key, title, widget in shown:
            chip = button(title, lambda key=key: self.show_part(key), kind="chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.parts[key] = chip
            self.stack.addWidget(widget)
        openers = [one.opener for one in (self.make, self.reprint, self.register)]
        body.addLayout(row(*self.parts.values(), 1, *openers, self.templates.sample_chip))
        body.addWidget(self.stack, 1)
        self.line.addWidget(holder, 1)

    def show_part(self, key: str) -> None:
        """Show a part of the tab."""
        self.parts[key].setChecked(True)
        self.stack.setCurrentIndex(list(self.parts).index(key))
        for place in range(self.stack.count()):  # a part that is not shown asks for no room, nor for its opener
            widget, is_shown = self.stack.widget(place), place == self.stack.currentIndex()
            assert widget is not None
            policy = QSizePolicy.Policy.Preferred if is_shown else QSizePolicy.Policy.Ignored
            widget.setSizePolicy(policy, policy)
            if isinstance(widget, Part):
                widget.opener.hide()
        self.templates.sample_chip.hide()
        shown = self.stack.currentWidget()
        if isinstance(shown, Part):
            shown.fold()
        elif shown is self.templates:
            self.templates.reload()

    def show_template(self, key: str) -> None:
        """Open a template of letters in the editor."""
        self.show_part(TEMPLATES)
        self.templates.open(key)

    def use_template(self, kind: str, key: str) -> None:
        """Make a letter from a template."""
        self.show_view(kind)
        field = self.options.fields.get("template")
        if field is not None:
            field.put(key)

    def _part(self) -> Part | None:
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Part) else None

    # -- counts

    def _count(self, number: int) -> None:
        self.parts[REPRINT].setText(f"要重印 {number}" if number else "要重印")

    def _count_known(self) -> None:
        known = reprints.known(self.office)
        self._count(known.number(CHANGED, GONE) if known is not None else 0)
        number = len(self.register.table.model.ids)
        self.parts[REGISTER].setText(f"文书登记 {number}" if number else "文书登记")

    # -- what the page is asked for by its parts' names

    @property
    def options(self) -> Options:
        """The fields of the chosen paper."""
        return self.make.options

    def issue(self, path: Path) -> None:
        """Issue the chosen paper into a file."""
        self.make.issue(path)

    # -- page

    def refresh(self) -> None:
        """The lists anew; the preview by itself, when what it shows may have changed."""
        self.signing.refresh()
        self.register.refresh()
        self.copies.refresh()
        if self.stack.currentWidget() is self.templates:
            self.templates.reload()
        self._count_known()

    def is_ready(self) -> bool:
        """Whether everything shown is drawn."""
        part = self._part()
        return part is None or part.is_ready()

    def changed(self, tables: set[str]) -> None:
        """Commits that only touch the register leave the preview alone."""
        super().changed(tables)
        if tables & (self.tables - REGISTER_TABLES - {"certificate"}):
            self.make.fill()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """A paper by its maker's key, a part of the page, one line of the register, or a scanned code."""
        asked = dict(filters)
        part, _, name = view.partition(":")
        if part == CERTIFICATES or asked.get("list") == CERTIFICATES:
            self.show_part(CERTIFICATES)
            self.signing.show_certificates(name, record)
        elif record is not None and asked.get("list") == "paper_copies":
            self.show_part(COPIES)
            self.copies.table.show_view("", filters=())
            self.copies.table.choose(record)
        elif record is not None or asked.get("list") == "papers":
            self.show_part(REGISTER)
            self.register.show_record(record) if record is not None else self.register.table.show_view("")
        elif view == "code":
            self.show_part(REGISTER)
            self.register.look_up(str(asked.get("code", "")))
        elif view in [one.name for one in makers()]:
            self.show_part(SHOW)
            self.make.choose(view)
            if asked.get("unit"):
                self.options.choose_unit(int(asked["unit"]))
        else:
            self._show_list(view)

    def _show_list(self, view: str) -> None:
        """A part by its key, perhaps with a view of its list: register:to_return."""
        key, _, inner = view.partition(":")
        if key in self.parts:
            self.show_part(key)
            if key == REGISTER and inner:
                self.register.table.show_view(inner, filters=())
            elif key == REPRINT and inner:
                self.reprint.show_state(inner)
            elif key == COPIES and inner:
                self.copies.table.show_view(inner, filters=())

    def new(self) -> None:
        """Ctrl+N: make a paper."""
        self.show_part(SHOW)
        self.make.find_in_list()

    def print_page(self) -> None:
        """Ctrl+P: what the part in front prints."""
        part = self._part()
        if part is not None:
            part.print_page()

    def find_in_list(self) -> None:
        """Ctrl+F: the search box of the part in front."""
        part = self._part()
        if part is not None:
            part.find_in_list()
        else:
            self.verify.number.setFocus()
