"""Pictures of the help list, its forms, what is to be destroyed, and the projector's mask."""

from __future__ import annotations

from typing import Any

from gridoffice.modules.residents import destroying, help
from gridoffice.modules.residents.page_help_forms import HelpEditor
from gridoffice.ui import dialogs
from gridoffice.ui.mask import mask


def tour(window: Any, grab: Any) -> None:
    """Help list, entry, what waits to be destroyed with its question, 居民 and 人员 for the projector."""
    page = window.open("residents", "help:active")
    grab(window, "页面/41-帮扶名单")
    residents = help.find_people(window.office, "王", 1)
    editor = HelpEditor(page, window.office, help.proposal(window.office, residents[0][0] if residents else None))
    editor.resize(920, 680)
    editor.show()
    grab(editor, "页面/42-登记帮扶")
    editor.close()
    editor.deleteLater()
    window.open("residents", "help:over")
    grab(window, "页面/43-待销毁")
    warning = destroying.warning(window.office)
    question = dialogs.Message(page, "销毁 3 条帮扶记录？", [warning], ["不销毁", "销毁，不能撤销"])
    question.show()
    grab(question, "页面/44-销毁之前")
    question.close()
    question.deleteLater()
    mask.project(True)
    try:
        window.open("residents", "residents:")
        grab(window, "页面/45-投影模式-居民")
        window.open("personnel")
        grab(window, "页面/46-投影模式-人员")
    finally:
        mask.project(False)
