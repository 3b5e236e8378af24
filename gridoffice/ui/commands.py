"""The window's commands, and what is made of all commands: menus, shortcuts, and why one cannot be done just now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gridoffice.core.module import Command, load
from gridoffice.ui import theme as looks
from gridoffice.ui.mask import mask

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

MENUS = ("文件", "编辑", "查看", "帮助")


def _look(name: str, _window: Any) -> None:
    looks.choose(name=name)


def _project(_window: Any) -> None:
    mask.project(not mask.is_projected)


def _tab(key: str, window: Any) -> None:
    window.show_tab(key)


def _nothing_undone(window: Any) -> str:
    return "" if window.office.undo_text() else "没有可以撤销的"


def _nothing_redone(window: Any) -> str:
    return "" if window.office.redo_text() else "没有撤销过的可以重做"


def _is_today(window: Any) -> str:
    return "" if window.office.as_of else "现在看的就是今天"


def _is_all(window: Any) -> str:
    return "" if window.office.scope is not None else "现在看的就是全部"


def _lacks(method: str) -> Any:
    """Refuses where the page in front has nothing of its own for a standard command."""
    from gridoffice.ui.page import Page

    def refused(window: Any) -> str:
        page = window.page()
        has = page is not None and getattr(type(page), method) is not getattr(Page, method)
        return "" if has else "这一页没有这个功能"

    return refused


def of_window(window: MainWindow) -> list[Command]:
    """What the window itself can do, then what the modules add, 退出 last."""
    found = [
        Command("undo", "撤销", lambda window: window.undo(), shortcut="Ctrl+Z", menu="编辑", icon="undo",
                refused=_nothing_undone, is_writing=True),
        Command("redo", "重做", lambda window: window.redo(), shortcut="Ctrl+Shift+Z", menu="编辑", icon="redo",
                refused=_nothing_redone, is_writing=True),
        Command("new", "新建", lambda window: window.on_page("new"), shortcut="Ctrl+N", menu="编辑", icon="add",
                refused=_lacks("new"), is_writing=True),
        Command("find", "查找名单", lambda window: window.on_page("find_in_list"), shortcut="Ctrl+F", menu="编辑",
                refused=_lacks("find_in_list")),
        Command("search", "全部搜索", lambda window: window.finder.start(), shortcut="Ctrl+K", menu="编辑",
                icon="search"),
        Command("print", "打印名单…", lambda window: window.on_page("print_page"), shortcut="Ctrl+P", menu="文件",
                icon="print", refused=_lacks("print_page")),
        Command("larger", "放大字号", lambda _window: looks.step_zoom(1), shortcut="Ctrl++", menu="查看"),
        Command("smaller", "缩小字号", lambda _window: looks.step_zoom(-1), shortcut="Ctrl+-", menu="查看"),
        Command("normal", "标准字号", lambda _window: looks.choose(zoom=100), shortcut="Ctrl+0", menu="查看"),
    ]  # fmt: skip
    for name, title in looks.TITLES.items():
        found.append(Command(f"theme-{name}", f"外观：{title}", partial(_look, name), menu="查看"))
    found += [
        Command("day", "看过去某一天…", lambda window: window.standpoint.days.drop(), shortcut="Ctrl+D", menu="查看"),
        Command("now", "回到今天", lambda window: window.standpoint.now(), shortcut="Ctrl+Shift+D", menu="查看",
                refused=_is_today),
        Command("scope", "只看一片…", lambda window: window.standpoint.scopes.drop(), shortcut="Ctrl+G", menu="查看"),
        Command("everything", "范围放开，看全部", lambda window: window.standpoint.everything(),
                shortcut="Ctrl+Shift+G", menu="查看", refused=_is_all),
        Command("user", "换人使用…", lambda window: window.standpoint.users.drop(), shortcut="Ctrl+U", menu="文件"),
        Command("project", "投影模式：遮住所有号码", _project, shortcut="F11", menu="查看", icon="eye"),
        Command("full", "全屏", lambda window: window.toggle_full(), shortcut="F12", menu="查看"),
        Command("help", "帮助", lambda window: window.show_help(), shortcut="F1", menu="帮助", icon="question"),
        Command("keys", "快捷键", lambda window: window.show_keys(), shortcut="Ctrl+/", menu="帮助"),
        Command("about", "关于", lambda window: window.about(), menu="帮助"),
    ]  # fmt: skip
    for place, module in enumerate(window.modules, 1):
        keys = f"Ctrl+{place}" if place < 10 else ""
        text = f"到“{module.title}”页"
        found.append(Command(f"tab-{module.key}", text, partial(_tab, module.key), module.icon, keys))
    for module in window.modules:
        found += load(module.commands) if module.commands else ()
    found.append(Command("quit", "退出", lambda window: window.close(), shortcut="Ctrl+Q", menu="文件"))
    return found


def why_not(window: MainWindow, command: Command) -> str:
    """Why a command cannot be done just now, "" when it can."""
    if command.is_writing and window.office.as_of is not None:
        return "正在看过去的一天，只能看不能改"
    return command.refused(window) if command.refused is not None else ""


class Menus:
    """The menus and shortcuts of a window, made from its commands."""

    def __init__(self, window: MainWindow) -> None:
        self.main = window
        self.actions: dict[str, QAction] = {}
        self._commands = {command.key: command for command in window.commands}
        menus = {title: window.menuBar().addMenu(title) for title in MENUS}
        for command in window.commands:
            self.actions[command.key] = self._action(command, menus.get(command.menu))
        for menu in menus.values():
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(partial(self._look, menu))
            menu.aboutToHide.connect(partial(self._free, menu))

    def _action(self, command: Command, menu: QMenu | None) -> QAction:
        action = QAction(command.text, self.main)
        action.setData(command.key)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(partial(self.main.run, command))
        if menu is not None:
            menu.addAction(action)
        else:
            self.main.addAction(action)
        return action

    def _look(self, menu: QMenu) -> None:
        """Grey out what cannot be done, with the reason as its tip."""
        self.tell_undo()
        for action in menu.actions():
            command = self._commands.get(str(action.data()))
            reason = why_not(self.main, command) if command is not None else ""
            action.setEnabled(not reason)
            action.setToolTip(reason or action.text())

    @staticmethod
    def _free(menu: QMenu) -> None:
        # A disabled action would swallow its shortcut without a word; pressed, the key tells the reason.
        for action in menu.actions():
            action.setEnabled(True)

    def tell_undo(self) -> None:
        """Name in the menu what would be undone and done again."""
        office = self.main.office
        for key, word, text in (("undo", "撤销", office.undo_text()), ("redo", "重做", office.redo_text())):
            self.actions[key].setText(f"{word}：{text}" if text else word)
