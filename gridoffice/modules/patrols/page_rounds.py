"""Rounds on the screen: make route sheets of the chosen households, print them, take them back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.patrols import round_paper, rounds, service, typein
from gridoffice.modules.patrols.page_patrol import PatrolPanel, fact
from gridoffice.modules.patrols.rounds import Round
from gridoffice.ui import dialogs, output
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, clear, label, line, row
from gridoffice.ui.pill import pill

MANY = 200
"""Sheets of one file at most: all workers of a township."""


def make_dialog(parent: QWidget, office: Office, household_ids: Sequence[int], staff_id: int | None) -> Editor:
    """The dialog that makes sheets of some households: for whom and for which day; `result_value` are their ids."""
    people = [(one.id, one.text) for one in service.staff_choices(office)]
    fields = [Field("staff_id", "网格员", "pick", True, people), Field("day", "走访日期", "date", True)]

    def save(asked: dict[str, Any]) -> list[int]:
        return rounds.make(office, [Round(asked["staff_id"], asked["day"], tuple(household_ids))])

    values = {"staff_id": staff_id, "day": office.today()}
    note = f"{len(household_ids)} 户按门牌排好，每张最多 {rounds.MOST} 户。"
    return Editor(parent, "做路线单", fields, values, save, columns=1, note=note)


def print_sheets(parent: QWidget, office: Office, sheet_ids: Sequence[int]) -> Path | None:
    """Write the papers of some sheets, several as one file; where it lies, None when it was left."""
    number = typein.view(office, sheet_ids[0]).number
    name = f"{number}.pdf" if len(sheet_ids) == 1 else f"{number}等{len(sheet_ids)}张路线单.pdf"
    path: Path | None = dialogs.save_file(parent, "打印路线单（存成 PDF 后打开）", name, "PDF (*.pdf)")
    if path is None:
        return None

    def run(path: Path = path) -> None:
        round_paper.issue(office, sheet_ids, path)
        output.show(path)

    return path if dialogs.guarded(parent, run) else None


def which(parent: QWidget, chosen: Sequence[int], listed: Sequence[int]) -> Sequence[int]:
    """Ask whether the chosen sheets or all of the list are to be printed; none when it was left."""
    if len(chosen) > 1 or len(listed) < 2:
        return chosen
    few = listed[:MANY]
    told = f"名单里有 {len(listed)} 张路线单。全部打印的话做成一个文件，一张接一张，每张从新的一页开始。"
    words = ["只打印选中的这一张", f"{len(few)} 张全部打印", "取消"]
    return (chosen, few, ())[dialogs.ask(parent, "打印哪些路线单？", told, words)]


def show_sheet(panel: PatrolPanel, office: Office, sheet_id: int) -> None:
    """A sheet in the tab's panel: its doors and what was typed."""
    try:
        sheet = typein.view(office, sheet_id)
    except OfficeError:  # taken back a moment ago, while the list is still asked anew
        panel.show_nothing()
        return
    clear(panel.inside)
    panel.inside.addWidget(label(sheet.number, "title"))
    panel.inside.addLayout(row(pill("done|已录入" if sheet.typed else "soon|还没有录入"), 1))
    acts = [("打印", "print_round")] + ([] if sheet.typed else [("录入", "type_round"), ("作废", "drop_round")])
    panel.inside.addLayout(row(*(button(word, lambda key=key: panel.pressed.emit(key)) for word, key in acts), 1))
    panel.inside.addLayout(fact("日期", chinese(sheet.day)))
    panel.inside.addWidget(label(sheet.typed or sheet.title, wrap=True))
    panel.inside.addWidget(line())
    # In one label: forty that break their lines would press each other flat.
    panel.inside.addWidget(label("\n".join(f"{one.place}　{one.title[:18]}" for one in sheet.rows)))
    panel.inside.addStretch(1)
