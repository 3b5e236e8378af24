"""How a paper is printed: printer, copies, pages, sides, and whether the printer has paper of its size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gridoffice.core import settings as machine
from gridoffice.core.errors import OfficeError
from gridoffice.papers.preview import PageSize
from gridoffice.ui import printing
from gridoffice.ui.panel import label
from gridoffice.ui.printing import LONG, ONE, SHORT, Able, Job
from gridoffice.ui.theme import theme

SIDES = ((ONE, "单面"), (LONG, "双面，沿长边翻（像书）"), (SHORT, "双面，沿短边翻（像便笺）"))
AGAIN = 3000  # milliseconds between two looks for a printer where there is none
HALF = 640  # a paper wider or higher than this (mm) is for the print shop


class PrintPanel(QWidget):
    """The choices; `changed` tells each change, `problem` is why it cannot be printed now ("" when it can)."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sizes: Sequence[PageSize] = ()
        self.able: Able | None = None
        self.problem = ""
        self.printer = QComboBox()
        self.copies = QSpinBox()
        self.copies.setRange(1, 999)
        self.copies.lineEdit().setTextMargins(theme.px(6), 0, 0, 0)
        self.pages = QLineEdit()
        self.pages.setPlaceholderText("全部；例如 1-3,5")
        self.sides = QComboBox()
        for value, title in SIDES:
            self.sides.addItem(title, value)
        self.fits = QCheckBox("缩到打印机的纸上")
        self.paper = label("", "quiet", wrap=True)
        self.told = label("", "notice", wrap=True)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(4))
        body.addWidget(self.told)  # first: with large letters the rest may be below the edge
        named: tuple[tuple[str, QWidget], ...] = (
            ("打印机", self.printer), ("份数", self.copies), ("页码", self.pages), ("单面还是双面", self.sides),
        )  # fmt: skip
        for title, widget in named:
            body.addWidget(label(title, "quiet"))
            widget.setAccessibleName(title)
            body.addWidget(widget)
            body.addSpacing(theme.px(2))
        for one in (self.paper, self.fits):
            body.addWidget(one)
        self.printer.currentIndexChanged.connect(lambda _place: self._chosen())
        self.copies.valueChanged.connect(lambda _value: self.changed.emit())
        self.pages.textChanged.connect(lambda _text: self._check())
        self.sides.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.fits.toggled.connect(lambda _on: self._check())
        self._again = QTimer(self)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self._look_again)
        self._again.start()
        self.look()

    def _look_again(self) -> None:
        """A printer that was switched on meanwhile appears by itself."""
        if self.isVisible() and not self.printer.count() and printing.printers():
            self.look()

    def look(self) -> None:
        """Look for printers anew, keeping the chosen one."""
        kept = self.printer.currentText() or str(machine.get("printer"))
        names = printing.printers()
        self.printer.blockSignals(True)
        self.printer.clear()
        self.printer.addItems(names)
        self.printer.setCurrentIndex(max(0, self.printer.findText(kept)) if names else -1)
        self.printer.blockSignals(False)
        self.printer.setEnabled(bool(names))
        if not names:
            self.printer.setPlaceholderText("没有找到打印机")
        self._chosen()

    def show_sizes(self, sizes: Sequence[PageSize]) -> None:
        """The pages of the paper that is to be printed."""
        self.sizes = sizes
        self._check()

    def _chosen(self) -> None:
        name = self.printer.currentText()
        self.able = None
        if name:
            try:
                self.able = printing.able(name)
            except OfficeError as problem:
                self.problem = problem.sentence
        has_duplex = self.able is not None and self.able.has_duplex
        self.sides.setEnabled(has_duplex)
        self.sides.setToolTip("" if has_duplex else "这台打印机不会自己翻面；可先印单数页，再把纸翻过来印双数页")
        if not has_duplex:
            self.sides.setCurrentIndex(0)
        self._check()

    def _check(self) -> None:
        """Say what stands in the way, and the way out."""
        names = list(dict.fromkeys(printing.size_name(one) for one in self.sizes))
        self.paper.setText(f"纸张：{'；'.join(names[:3])}{' 等' if len(names) > 3 else ''}" if names else "")
        lacking = self._lacking()
        self.fits.setVisible(bool(lacking) or self.fits.isChecked())
        self.problem = self._problem()
        note = self.problem or (self._no_paper(lacking) if lacking and not self.fits.isChecked() else "")
        self.told.setText(note)
        self.told.setVisible(bool(note))
        self.changed.emit()

    def _lacking(self) -> list[PageSize]:
        able = self.able
        return [one for one in self.sizes if able is not None and not able.has(one)]

    def _problem(self) -> str:
        if not self.printer.currentText():
            return "没有找到打印机。开机、插好线后，几秒钟会自己出现；也可以先“存成 PDF”，拷到能打印的电脑上。"
        if self.able is None:
            return printing.gone(self.printer.currentText()).sentence
        try:
            printing.pages_of(self.pages.text(), len(self.sizes))
        except OfficeError as problem:
            return problem.sentence
        return ""

    def _no_paper(self, lacking: list[PageSize]) -> str:
        name = printing.paper_name(lacking[0])
        if max(lacking[0].width, lacking[0].height) > HALF:
            return f"这台打印机没有 {name} 的纸。请“存成 PDF”送印刷店；勾上“缩到打印机的纸上”可以先印一张看样。"
        return f"这台打印机没有 {name} 的纸。换一台，或勾上“缩到打印机的纸上”；尺寸就不是原来的了。"

    def job(self) -> Job:
        """What is chosen; raises OfficeError when it cannot be printed so. The printer is remembered."""
        name = self.printer.currentText()
        if not name:
            raise printing.gone()
        pages = printing.pages_of(self.pages.text(), len(self.sizes))
        machine.put("printer", name)
        return Job(name, tuple(pages), self.copies.value(), self.sides.currentData(), self.fits.isChecked())
