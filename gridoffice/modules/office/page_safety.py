"""Sections of the settings page for the file itself: backup, restore, passphrase, recovery sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.core import settings as machine
from gridoffice.core.progress import Progress
from gridoffice.db.store import Locked
from gridoffice.modules.office import safekeeping
from gridoffice.modules.office.page_section import Section
from gridoffice.modules.office.safekeeping import Inside
from gridoffice.ui import dialogs, editor, jobs
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import Panel, button, clear, label, row
from gridoffice.ui.pill import pill
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page

FILES = "办公文件 (*.office);;所有文件 (*)"


def ask_backup(window: Any) -> None:
    """Ask for a folder and back up into it."""
    folder = dialogs.open_folder(window, "备份存到哪个文件夹（建议用 U 盘或另一块硬盘）")
    if folder is not None:
        back_up(window, folder)


def back_up(window: Any, folder: Path) -> None:
    """Back up into a folder beside the window, and remember when."""
    office = window.office

    def work(progress: Progress) -> Path:
        progress(0, 0, "正在备份并核对")
        return safekeeping.backup(office, folder)

    def done(made: Path) -> None:
        machine.put("last_backup", f"{datetime.now():%Y-%m-%d %H:%M}")
        window.update_status()
        window.say(f"已备份到“{made.name}”，并打开核对过")
        page = window.page()
        if page is not None:
            page.refresh()

    jobs.run(window.worker, window, "正在备份", work, done)


def ask_restore(window: Any) -> None:
    """Ask for a backup, look into it, show it beside what is there now, and restore it when told to."""
    chosen = dialogs.open_files(window, "选择备份", FILES)
    if chosen:
        seen = look(window, chosen[0])
        if seen is not None and RestoreDialog(window, seen, safekeeping.inside(window.office)).exec():
            put_back(window, seen)


def look(window: Any, path: Path) -> Inside | None:
    """Look into a backup, asking for passphrase or recovery words when this machine has no key for it."""
    try:
        return safekeeping.look(path)
    except Locked:
        pass
    found: list[Inside] = []

    def opened(values: dict[str, Any]) -> None:
        words, phrase = values["words"], values["passphrase"]
        found.append(safekeeping.look(path, passphrase=phrase or None, words=None if phrase else words or ""))

    fields = (
        Field("passphrase", "口令", "password", help="备份时用的口令"),
        Field("words", "恢复字", help="恢复单上的 24 个字，可以连着写"),
    )
    editor.edit(
        window, f"打开备份 {path.name}", fields, {}, opened, columns=1, note="本机没有这份备份的钥匙，请填其中一项。"
    )
    return found[0] if found else None


class RestoreDialog(QDialog):
    """What lies in a backup beside what is there now."""

    def __init__(self, parent: QWidget, backup: Inside, now: Inside) -> None:
        super().__init__(parent)
        self.setWindowTitle("用备份恢复")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(12))
        body.addWidget(label(f"用“{backup.path.name}”恢复？", "title"))
        told = f"备份里最后一次修改是 {_when(backup)}，现在的文件是 {_when(now)}。"
        body.addWidget(label(told, wrap=True))
        table = RowsTable(
            "对照", [("名单", 200), ("备份里", 110), ("现在", 110), ("差别", 140)], right=(1, 2), tones={3: "late"}
        )
        have = dict(now.counts)
        table.show_rows(
            [(what, f"{n:,}", f"{have.get(what, 0):,}", _gap(n, have.get(what, 0))) for what, n in backup.counts]
        )
        body.addWidget(table, 1)
        body.addWidget(label("恢复后，现在的文件会改名留在旁边，不会丢。", "notice", wrap=True))
        self.go = button("用它恢复", self.accept, kind="primary")
        body.addLayout(row(1, button("取消", self.reject), self.go))
        self.resize(theme.px(600), theme.px(560))


def _when(seen: Inside) -> str:
    return f"{seen.last_at:%Y-%m-%d %H:%M}" if seen.last_at else "空的"


def _gap(then: int, now: int) -> str:
    if then == now:
        return ""
    return f"会少 {now - then:,} 条" if then < now else f"会多 {then - now:,} 条"


def put_back(window: Any, seen: Inside) -> None:
    """Restore beside the window; every page reads anew by itself."""
    office = window.office

    def done(aside: Path | None) -> None:
        window.say(f"已恢复。原来的文件改名为“{aside.name}”" if aside else "已恢复")

    jobs.run(window.worker, window, "正在恢复", lambda _progress: safekeeping.restore(office, seen), done)


class BackupSection(Section):
    """When the last backup was made, and making or restoring one."""

    key, title, icon = "backup", "备份与恢复", "backup"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("备份与恢复")
        self.state = label("", wrap=True)
        self.pills = QVBoxLayout()
        panel.body.addLayout(self.pills)
        panel.body.addWidget(self.state)
        panel.body.addSpacing(theme.px(8))
        self.backup_button = button("立即备份…", lambda: ask_backup(self.main), kind="primary")
        self.restore_button = button("用备份恢复…", lambda: ask_restore(self.main))
        panel.body.addLayout(row(self.backup_button, self.restore_button, 1))
        panel.body.addSpacing(theme.px(12))
        for text in (
            "备份是整个办公文件的一份完整拷贝，连同照片，和原文件一样加密；做完会自动打开核对一遍。",
            "请至少每周备份一次，存到 U 盘或另一块硬盘，和恢复单分开放。",
            "恢复前先给您看备份里有什么、会多哪些会少哪些；现在的文件改名留在旁边。",
        ):
            panel.body.addWidget(label(f"·　{text}", "quiet", wrap=True))
        panel.body.addStretch(1)
        self.body.addWidget(panel)

    def refresh(self) -> None:
        """Say where the file lies and when it was last backed up."""
        clear(self.pills)
        last = str(machine.get("last_backup"))
        state = "late|还没有备份过"
        if last:
            days = (self.office.today() - datetime.fromisoformat(last).date()).days
            state = f"done|上次备份 {last}" if days <= 7 else f"soon|上次备份 {last}，已过 {days} 天"
        self.pills.addLayout(row(pill(state), 1))
        path = self.office.path
        size = f"（{path.stat().st_size / 1e6:,.1f} MB）" if path and path.exists() else ""
        self.state.setText(
            f"办公文件：{path}{size}" if path else "这个办公室用的是 PostgreSQL 数据库，请在服务器上备份。"
        )
        for one in (self.backup_button, self.restore_button):
            one.setEnabled(path is not None)


class KeySection(Section):
    """How the file is opened: a key kept on this machine, or a passphrase; and the recovery sheet."""

    key, title, icon = "key", "口令与恢复单", "sign"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("口令")
        self.pills = QVBoxLayout()
        self.told = label("", "quiet", wrap=True)
        self.set_button = button("改用口令…", self.ask_passphrase)
        self.keep_button = button("改回由本机保管", self.keep_here)
        panel.body.addLayout(self.pills)
        panel.body.addWidget(self.told)
        panel.body.addLayout(row(self.set_button, self.keep_button, 1))
        sheet = Panel("恢复单")
        text = (
            "电脑坏了或忘了口令，凭恢复单上的 24 个字仍能打开办公文件。请打印一份锁进柜子，不要存在电脑里；"
            "换过口令后要重新打印，旧的作废。"
        )
        sheet.body.addWidget(label(text, "quiet", wrap=True))
        self.sheet_button = button("打印恢复单…", self.to_sheet, kind="primary")
        sheet.body.addLayout(row(self.sheet_button, 1))
        self.body.addWidget(panel)
        self.body.addWidget(sheet)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Say how the file is opened now."""
        clear(self.pills)
        is_file = self.office.path is not None
        phrase = is_file and safekeeping.has_passphrase(self.office)
        state = "done|打开时要输入口令" if phrase else "plain|钥匙由这台电脑保管"
        self.pills.addLayout(row(pill(state if is_file else "plain|由数据库服务器管理"), 1))
        self.told.setText(
            "每次打开都要输入口令；别人拿走文件或用这台电脑也打不开。"
            if phrase
            else "打开时不用输入口令；能登录这个电脑账户的人就能打开。文件被拷走，在别的电脑上打不开。"
        )
        self.set_button.setText("更换口令…" if phrase else "改用口令…")
        self.keep_button.setVisible(phrase)
        for one in (self.set_button, self.sheet_button):
            one.setEnabled(is_file)

    def ask_passphrase(self) -> None:
        """Ask twice for a new passphrase and change to it."""
        fields = (
            Field("new", "新口令", "password", required=True, help=f"至少 {safekeeping.SHORTEST} 个字符，可以用汉字"),
            Field("again", "再输一次", "password", required=True),
        )
        note = "记不住口令、又没有新的恢复单，办公文件就打不开了。改完请马上重印恢复单。"
        if editor.edit(self, "改用口令", fields, {}, self._set, columns=1, note=note):
            self._changed("口令已改，请重印恢复单")

    def _set(self, values: dict[str, Any]) -> None:
        safekeeping.set_passphrase(self.office, values["new"], values["again"])

    def keep_here(self) -> None:
        """Go back to a key kept on this machine."""
        if dialogs.guarded(self, lambda: safekeeping.keep_key_here(self.office)):
            self._changed("钥匙已改由本机保管，请重印恢复单")

    def _changed(self, text: str) -> None:
        self.refresh()
        self.main.say(text)

    def to_sheet(self) -> None:
        """To the recovery sheet among the papers."""
        self.main.open("documents", view="recovery")
