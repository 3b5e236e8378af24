"""What the search offers besides records: commands, buttons of the page, tabs, and what to do with a found record."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from gridoffice.core.module import Action, Command, load
from gridoffice.core.text import narrow, pinyin
from gridoffice.domain.guide import Topic, topics
from gridoffice.ui.commands import why_not
from gridoffice.ui.entry import Entry

if TYPE_CHECKING:
    from gridoffice.domain.search import Hit
    from gridoffice.ui.window import MainWindow

SOME = 6
SKIPPED = frozenset({"tab", "chip", "seg", "corner", "figure", "pastback"})
"""Kinds of buttons that are views or places, not acts."""


@lru_cache(maxsize=2000)
def _keys(text: str) -> tuple[str, str, str]:
    full, initials = pinyin(text.replace("…", ""))
    return text.lower(), full, initials


def tier(text: str, words: list[str], also: str = "") -> int | None:
    """How well typed words fit a wording: 0 equal, 1 from the front, 2 within; None when one is not there."""
    if not words:
        return 2
    low, full, initials = _keys(text)
    if len(words) == 1:
        word = words[0]
        if word in (low.rstrip("…"), full, initials):
            return 0
        if any(key.startswith(word) for key in (low, full, initials)):
            return 1
    heard = " ".join((low, full, initials, also.lower()))
    return 2 if all(word in heard for word in words) else None


def commands(window: MainWindow, text: str) -> list[Entry]:
    """Commands of the window, the modules and the page, then the buttons of the page, that fit; best first."""
    words = narrow(text).lower().split()
    page = window.page()
    known: list[Command] = [*window.commands, *(page.commands() if page is not None else ())]
    found: list[tuple[int, Entry]] = []
    for command in known:
        fits = tier(command.text, words, command.menu)
        if fits is not None and command.key != "search":
            found.append((fits, of_command(window, command)))
    texts = {entry.title for _, entry in found}
    for made in _buttons(window):
        fits = tier(made.text(), words)
        if fits is not None and made.text() not in texts:
            texts.add(made.text())
            found.append((fits, _of_button(window, made)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def places(window: MainWindow, text: str) -> list[Entry]:
    """Parts of pages, settings above all, that fit."""
    words = narrow(text).lower().split()
    found = []
    for module in window.modules:
        for view, title, also in load(module.places) if module.places else ():
            fits = tier(title, words, also)
            if fits is not None:
                run = partial(window.open, module.key, view)
                found.append((fits, Entry(title, beside=module.title, under=also, icon=module.icon, run=run)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def views(window: MainWindow, text: str) -> list[Entry]:
    """Views of the modules' lists that fit: 督办 finds 建议督办 and 督办中."""
    words = narrow(text).lower().split()
    found = []
    for module in window.modules:
        for listing in load(module.listings) if module.listings else ():
            for view in listing.views:
                fits = tier(view.title, words, listing.title) if view.key and words else None
                if fits is not None and any(word in " ".join(_keys(view.title)) for word in words):
                    run = partial(_open_view, window, module.key, listing.key, view.key)
                    found.append((fits, Entry(view.title, beside=listing.title, icon=module.icon, run=run)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _open_view(window: MainWindow, module: str, listing: str, view: str) -> None:
    from gridoffice.ui.views_menu import show_list

    show_list(window.show_tab(module), listing, view)


def of_command(window: MainWindow, command: Command) -> Entry:
    """A command as an entry, with its key and why it cannot be done just now."""
    return Entry(
        command.text,
        beside=command.menu,
        keys=command.shortcut,
        icon=command.icon or "right",
        run=partial(window.run, command),
        refused=why_not(window, command),
    )


def _buttons(window: MainWindow) -> list[QPushButton]:
    page = window.page()
    if page is None:
        return []
    found = [made for made in page.findChildren(QPushButton) if made.isVisible() and made.text().strip()]
    return [made for made in found if made.objectName() not in SKIPPED and made.menu() is None]


def _of_button(window: MainWindow, made: QPushButton) -> Entry:
    title = next((module.title for module in window.modules if module.key == window.current), "")
    refused = "" if made.isEnabled() else made.toolTip() or "现在不能用，先在名单里选一条"
    keys = made.shortcut().toString()
    return Entry(made.text(), beside=f"“{title}”页上的按钮", keys=keys, icon="right", run=partial(_press, made),
                 refused=refused)  # fmt: skip


def _press(made: QAbstractButton) -> None:
    if made.isEnabled():
        made.click()


def helps(window: MainWindow, text: str) -> list[Entry]:
    """Help paragraphs that fit; best first."""
    words = narrow(text).lower().split()
    found = []
    for topic in topics():
        fits = tier(topic.title, words, f"{topic.words} {topic.text if words and not text.isascii() else ''}")
        if fits is not None:
            found.append((fits, of_topic(window, topic)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def of_topic(window: MainWindow, topic: Topic) -> Entry:
    """A help paragraph as an entry."""
    return Entry(
        topic.title, beside="帮助", under=topic.first, icon="question", run=partial(window.show_help, topic.key)
    )


def of_hit(window: MainWindow, hit: Hit, icon: str) -> Entry:
    """A found record as an entry with what can be done with it."""
    opens = partial(open_record, window, hit.listing, hit.module, hit.id)
    actions = [Entry("打开", icon=icon, run=opens, record=(hit.listing, hit.id))]
    for action in actions_of(window, hit.listing):
        actions.append(_of_action(window, action, hit))
    line = "　".join(word for word in (hit.title, hit.beside, hit.under) if word)
    actions.append(Entry("复制这一行", icon="export", run=partial(QApplication.clipboard().setText, line)))
    return Entry(hit.title, hit.beside, hit.under, hit.state, icon=icon, run=opens, actions=tuple(actions),
                 record=(hit.listing, hit.id))  # fmt: skip


def open_record(window: MainWindow, listing: str, module: str, number: int) -> None:
    """Show a record in its tab."""
    window.open(module, record=number, filters=(("list", listing),))


def actions_of(window: MainWindow, listing: str) -> list[Action]:
    """What the modules offer for a record of a list, in tab order."""
    found: list[Action] = [action for module in window.modules if module.actions for action in load(module.actions)]
    return [action for action in found if action.listing == listing]


def _of_action(window: MainWindow, action: Action, hit: Hit) -> Entry:
    command = Command(action.key, action.text, lambda found: action.run(found, hit.id), is_writing=action.is_writing)
    run: Any = partial(window.run, command)
    return Entry(action.text, icon=action.icon or "right", run=run, refused=why_not(window, command),
                 record=(hit.listing, hit.id))  # fmt: skip
