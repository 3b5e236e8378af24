"""Menu entries of the office: import, backup, restore, settings. Their windows are loaded when they are used."""

from __future__ import annotations

from typing import Any

from gridoffice.core.module import Command


def take_in(window: Any) -> None:
    """Open the import."""
    from gridoffice.modules.office.page_import import ImportDialog

    ImportDialog(window, window.office, window.worker).exec()


def backup(window: Any) -> None:
    """Ask where to and back up."""
    from gridoffice.modules.office.page_safety import ask_backup

    ask_backup(window)


def restore(window: Any) -> None:
    """Ask for a backup, show what lies in it, and restore it."""
    from gridoffice.modules.office.page_safety import ask_restore

    ask_restore(window)


COMMANDS = (
    Command("import", "导入…", take_in, icon="import", shortcut="Ctrl+I", menu="文件"),
    Command("backup", "备份…", backup, icon="backup", menu="文件"),
    Command("restore", "用备份恢复…", restore, icon="backup", menu="文件"),
    Command("settings", "设置", lambda window: window.open("office"), icon="office", shortcut="Ctrl+,", menu="文件"),
)
