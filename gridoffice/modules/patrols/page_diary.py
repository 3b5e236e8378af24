"""打印民情日记: for whom, which days, which paper, or blank pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from gridoffice.db.office import Office
from gridoffice.modules.patrols import diary, service
from gridoffice.modules.patrols.spans import around
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit
from gridoffice.ui.fields import Field
from gridoffice.ui.output import show


def print_diary(parent: QWidget, office: Office) -> None:
    """Ask for worker, days and size, then write the diary, register it, and open it for printing."""
    staff = [(choice.id, choice.text) for choice in service.staff_choices(office)]
    first, last = around("week", office.today())
    fields = [
        Field("staff_id", "人员", "pick", choices=staff, help="空着是全部人员"),
        Field("size", "纸张", "choice", required=True, choices=[("A4", "A4"), ("A5", "A5")]),
        Field("first", "从", "date", required=True),
        Field("last", "到", "date", required=True),
        Field("blank", "空白页数", "number", help="填了只印空白页"),
    ]

    def keep(values: dict[str, Any]) -> None:
        path: Path | None = dialogs.save_file(parent, "打印民情日记（存成 PDF 后打开）", "民情日记.pdf", "PDF (*.pdf)")
        if path is not None:
            blank = max(0, values["blank"] or 0)
            diary.issue(
                office, path, values["first"], values["last"], values["staff_id"], size=values["size"], blank=blank
            )
            show(path)

    edit(parent, "打印民情日记", fields, {"size": "A4", "first": first, "last": last}, keep)
