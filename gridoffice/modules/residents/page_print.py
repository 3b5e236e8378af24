"""Printing 一户一档: which households, masked or with a reason, saved as one PDF and opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QRadioButton, QVBoxLayout

from gridoffice.domain import papers, reasons
from gridoffice.modules.residents import households, paper
from gridoffice.ui import dialogs, jobs, output, reveal
from gridoffice.ui.mask import mask
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage


class PrintDialog(QDialog):
    """Asks which households and whether with whole numbers. `ids` and `is_whole` are what was chosen."""

    def __init__(self, page: ResidentsPage, choices: Sequence[tuple[str, Sequence[int]]]) -> None:
        super().__init__(page)
        self.ids: Sequence[int] = ()
        self.is_whole = False
        self.choices = choices
        self.setWindowTitle("打印一户一档")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(8))
        body.addWidget(label("打印一户一档", "title"))
        body.addWidget(label("每户一张 A4，按网格排好，前面带目录，存成一个 PDF。", "quiet", wrap=True))
        self.group = QButtonGroup(self)
        for place, (words, ids) in enumerate(choices):
            made = QRadioButton(f"{words}（{len(ids):,} 户）")
            made.setChecked(place == 0)
            self.group.addButton(made, place)
            body.addWidget(made)
        self.whole = QCheckBox("印完整的证件号和电话（要说明用途，会记入查看记录）")
        body.addSpacing(theme.px(6))
        body.addWidget(self.whole)
        self.go_button = button("打印…", self._go, kind="primary")
        self.go_button.setDefault(True)
        body.addSpacing(theme.px(6))
        body.addLayout(row(1, button("取消", self.reject), self.go_button))
        self.setMinimumWidth(theme.px(460))

    def _go(self) -> None:
        self.ids = self.choices[self.group.checkedId()][1]
        self.is_whole = self.whole.isChecked()
        self.accept()


def print_households(page: ResidentsPage, choices: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Ask and print; an empty choice is left out."""
    offered = [(words, ids) for words, ids in choices if ids]
    if not offered:
        dialogs.tell(page, "没有可印的户", "请先在名单里选一户，或换一个筛选条件。")
        return
    dialog = PrintDialog(page, offered)
    if not dialog.exec():
        return
    reason = ""
    if dialog.is_whole:
        reason = _reason(page, len(dialog.ids))
        if not reason:
            return
    first = households.household(page.office, dialog.ids[0])
    head = first.head.name if first and first.head else ""
    name = paper.file_name(dialog.ids, first.number if first else "", head)
    path = dialogs.save_file(page, "打印一户一档（存成 PDF 后打开）", name, "PDF (*.pdf)")
    if path is not None:
        _make(page, dialog.ids, path, reason)


def _reason(page: ResidentsPage, number: int) -> str:
    if mask.is_projected:
        dialogs.toast(page, "投影模式下不能输出完整号码，请先按 F11 退出投影模式")
        return ""
    told = f"{number:,} 户的一户一档会印上完整的证件号和电话。纸要有人保管，用完销毁。请说明用途："
    return reveal.ask_reason(page, "打印完整号码", told, reasons.output_reasons(), "打印")


def _make(page: ResidentsPage, ids: Sequence[int], path: Path, reason: str) -> None:
    office = page.office

    def done(number: str) -> None:
        page.main.say(f"{papers.KINDS[paper.KIND].title} {number} 已登记，存成 {path.name}")
        output.show(path)

    jobs.run(
        page.main.worker, page, "正在制作一户一档",
        lambda progress: paper.issue(office, ids, path, reason=reason, progress=progress), done,
    )  # fmt: skip
