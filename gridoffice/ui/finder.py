"""Search over everything: one box for records, commands, settings and help; Enter opens, Tab acts, Esc leaves.

Records are asked for beside the window, one question at a time: what was typed last is asked next, and the answer to
an older text never replaces a newer one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from gridoffice.core import settings as machine
from gridoffice.domain.scope import name_of
from gridoffice.ui import offers
from gridoffice.ui.drop import Drop
from gridoffice.ui.entry import Entry
from gridoffice.ui.hit_list import HitList
from gridoffice.ui.jobs import Worker
from gridoffice.ui.panel import label
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.db.office import Office
    from gridoffice.domain.search import Group
    from gridoffice.ui.window import MainWindow

WAIT = 90  # milliseconds between the last key and the question
SETTLE = 0.08  # seconds after an input method gave its word in which an Enter still belongs to it
WIDE = 700
RECENT = 8
FOOT = "↑↓ 选择　Enter 打开　Tab 更多操作　Esc 关闭　　> 找命令　? 找帮助"
ACTS = "↑↓ 选择　Enter 执行　← 返回　Esc 关闭"


def _search(office: Office, text: str) -> list[Group]:
    from gridoffice.domain import search  # with all it asks: imported when somebody searches, not when the window opens

    return search.search(office, text)


def _paper_code(text: str) -> Any:
    from gridoffice.domain import paper_code

    return paper_code.read(text)


def _show_all(window: MainWindow, module: str, listing: str, text: str) -> None:
    from gridoffice.ui.lookup import show_all

    show_all(window, module, listing, text)


class Finder(Drop):
    """The list under the search box."""

    def __init__(self, window: MainWindow, box: QLineEdit) -> None:
        super().__init__(window, box, WIDE)
        self.main, self.box = window, box
        self.body.setContentsMargins(*[theme.px(6)] * 4)
        self.list = HitList()
        self.list.pressed_entry.connect(self._open)
        self.foot = label(FOOT, "quiet")
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.foot)
        self.worker = Worker(self)
        self.shown = ""  # the text whose answer is shown
        self.texts: list[str] = []  # looked for in this session: may be names, so they are never written down
        self._asking, self._is_warm = False, False
        self._enters = False  # Enter was pressed before the answer came
        self._before_acts: list[Entry] | None = None
        self._composing = ""
        self._composed = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_up)
        box.textEdited.connect(self._typed)
        box.installEventFilter(self)

    # -- opening and leaving

    def start(self) -> None:
        """Ctrl+K: to the box, its text chosen; what was found last, or what was opened lately."""
        if QApplication.focusWidget() is not self.box:
            self._before = QApplication.focusWidget()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self._before_acts = None
        if not self._is_warm:
            # The first question of a day has its SQL put together; that is done while the first letters are typed.
            self._is_warm = True
            self.worker.do(partial(_search, self.main.office, "aa"), lambda _found: None, lambda _bad: None)
        self.look_up()

    def leave(self) -> None:
        """Close; the focus goes back."""
        self._enters, self._before_acts = False, None
        super().leave()

    def stop(self) -> None:
        """End the thread that asks."""
        self._timer.stop()
        self.worker.stop()

    def place(self) -> None:
        """As high as the hits need."""
        super().place()
        margins = self.body.contentsMargins()
        foot = self.foot.sizeHint().height() + self.body.spacing() + margins.top() + margins.bottom()
        room = self._window.height() - self.y() - theme.px(16)
        self.setFixedHeight(min(self.list.needed() + foot + theme.px(6), room))

    # -- asking

    def _typed(self, _text: str) -> None:
        self._enters, self._before_acts = False, None
        self._timer.start(WAIT)

    def look_up(self) -> None:
        """Look up what stands in the box."""
        self._timer.stop()
        text = self.box.text().strip()
        if text[:1] in (">", "》", "＞"):
            self._show(text, self._commands(text[1:]))
        elif text[:1] in ("?", "？"):
            self._show(text, self._helps(text[1:]))
        elif _paper_code(text) is not None:
            self._show(text, [self._scanned(text)])
        elif not text:
            self._show(text, self._recent())
        elif not self._asking:
            self._asking = True
            self.worker.do(partial(_search, self.main.office, text), partial(self._answer, text), self._fail)

    def _answer(self, text: str, groups: list[Group]) -> None:
        self._asking = False
        if text != self.box.text().strip():
            if not self._timer.isActive():
                self.look_up()  # the newer text waited for this one
            return
        if self._before_acts is not None and text == self.shown:
            return  # somebody is choosing what to do with a hit of this very text
        self._show(text, [*self._records(groups, text), *self._rest(text, len(groups))])

    def _fail(self, problem: Exception) -> None:
        self._asking = False
        self._show(self.box.text().strip(), [Entry(f"没有查成：{problem}")])

    # -- entries

    def _records(self, groups: list[Group], text: str) -> list[Entry]:
        entries = []
        for group in groups:
            entries.append(Entry(group.title, beside=f"共 {group.count}"))
            entries += [offers.of_hit(self.main, hit, group.icon) for hit in group.hits]
            if group.total > len(group.hits):
                run = partial(_show_all, self.main, group.module, group.listing, text)
                entries.append(Entry(f"看全部 {group.count} 条", beside=f"在“{group.title}”里", icon="right", run=run))
        return entries

    def _rest(self, text: str, groups: int) -> list[Entry]:
        """Commands, settings and help that fit, behind the records; all of them where there is no record."""
        some = offers.SOME if not groups else 3
        parts = (
            ("命令", offers.commands(self.main, text)),
            ("名单", offers.views(self.main, text)),
            ("设置", offers.places(self.main, text)),
            ("帮助", offers.helps(self.main, text)),
        )
        entries = []
        for title, found in parts:
            if found and len(text) > 1:
                entries += [Entry(title), *found[:some]]
        if not groups and not entries:
            scope = "；现在只看一片，可能在别处（Ctrl+Shift+G 看全部）" if self.main.office.scope is not None else ""
            return [Entry(f"没有找到“{text}”；可以输姓名、拼音首字母、电话尾号、地址{scope}")]
        return entries

    def _scanned(self, text: str) -> Entry:
        """The code of a paper, as a scanner types it: Enter opens the paper in the register."""
        code = _paper_code(text)
        number = code.number if code is not None else ""
        opens = partial(self.main.open, "documents", "code", None, (("code", text),))
        under = "打开登记，并核对纸上的内容是不是登记时的"
        return Entry(f"文书 {number}", "扫到的码", under, icon="documents", run=opens)

    def _commands(self, text: str) -> list[Entry]:
        found = [*offers.commands(self.main, text), *offers.places(self.main, text)]
        return [Entry("命令", beside=f"共 {len(found)}"), *found] if found else [Entry(f"没有叫“{text.strip()}”的命令")]

    def _helps(self, text: str) -> list[Entry]:
        found = offers.helps(self.main, text)
        return [Entry("帮助", beside=f"共 {len(found)}"), *found] if found else [Entry(f"没有讲“{text.strip()}”的帮助")]

    def _recent(self) -> list[Entry]:
        entries: list[Entry] = []
        icons = {module.key: module.icon for module in self.main.modules}
        from gridoffice.domain import search

        hits = search.recall(self.main.office, self._kept())
        if hits:
            entries += [Entry("最近打开"), *(offers.of_hit(self.main, hit, icons[hit.module]) for hit in hits)]
        if self.texts:
            entries.append(Entry("最近搜索"))
            entries += [Entry(text, icon="search", run=partial(self._again, text)) for text in self.texts]
        return entries or [Entry("输姓名、拼音首字母、电话尾号、地址、编号；> 找命令，? 找帮助")]

    def _again(self, text: str) -> None:
        self.box.setText(text)
        self.start()

    def _kept(self) -> list[tuple[str, int]]:
        """Records lately opened; this machine keeps no more of them than list and id."""
        where, _, records = str(machine.get("recent")).rpartition("|")
        if where != name_of(self.main.office):
            return []
        pairs = (one.partition(":") for one in records.split())
        return [(key, int(number)) for key, _, number in pairs if number.isdigit()]

    def _remember(self, record: tuple[str, int]) -> None:
        kept = [record, *(one for one in self._kept() if one != record)][:RECENT]
        records = " ".join(f"{key}:{number}" for key, number in kept)
        machine.put("recent", f"{name_of(self.main.office)}|{records}")
        text = self.box.text().strip()
        if text and text[0] not in ">》＞?？":
            self.texts = [text, *(one for one in self.texts if one != text)][:5]

    # -- the list

    def _show(self, text: str, entries: list[Entry]) -> None:
        self.shown, self._before_acts = text, None
        self.foot.setText(FOOT)
        self._fill(entries)
        if self.box.hasFocus() or self.isVisible():
            self.show()
            self.raise_()
        if self._enters:
            self._enters = False
            self._open()

    def _fill(self, entries: list[Entry]) -> None:
        self.list.fill(entries)
        self.place()

    def _open(self, entry: Entry | None = None) -> None:
        entry = entry or self.list.current()
        if entry is None or entry.run is None:
            return
        if entry.record is not None:
            self._remember(entry.record)
        is_again = isinstance(entry.run, partial) and entry.run.func == self._again
        if not is_again:
            self.leave()
        entry.run()

    def act(self) -> None:
        """Tab: what can be done with the chosen hit."""
        entry = self.list.current()
        if entry is None or not entry.actions:
            return
        self._before_acts = self.list.entries()
        self._place_before = self.list.currentRow()
        self.foot.setText(ACTS)
        self._fill([Entry(f"{entry.title}：可以做什么", beside=entry.beside), *entry.actions])

    def _back(self) -> None:
        entries, self._before_acts = self._before_acts, None
        self.foot.setText(FOOT)
        self._fill(entries or [])
        self.list.setCurrentRow(self._place_before)

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the hits, Enter opens, Tab acts, Esc closes; an input method's own keys are its own."""
        if watched is self.box:
            kind = event.type()
            if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
                self._compose(event)
            elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape and self.isVisible():
                    event.accept()
                    return True
            elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            elif kind == QEvent.Type.MouseButtonPress and not self.isVisible():
                QTimer.singleShot(0, self.look_up)
        return super().eventFilter(watched, event)

    def _compose(self, event: QInputMethodEvent) -> None:
        if self._composing and not event.preeditString():
            self._composed = monotonic()
            self._timer.start(WAIT)
        self._composing = event.preeditString()

    def _key(self, event: QKeyEvent) -> bool:
        if self._composing:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        if not self.isVisible():
            if key == Qt.Key.Key_Down:
                self.look_up()
            return key == Qt.Key.Key_Down
        act = self._keys(key, event.modifiers())
        if act is not None:
            act()
        return act is not None

    def _keys(self, key: int, held: Any) -> Callable[[], object] | None:
        """What a key does while hits are shown; None: it is the box's own."""
        moves: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Down: partial(self.list.step, 1),
            Qt.Key.Key_Up: partial(self.list.step, -1),
            Qt.Key.Key_PageDown: partial(self.list.group, 1),
            Qt.Key.Key_PageUp: partial(self.list.group, -1),
            Qt.Key.Key_Escape: self._escape,
        }
        is_acting = self._before_acts is not None
        if key == Qt.Key.Key_Tab and not held:
            return self.act
        if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Left and is_acting):
            return self._back if is_acting else self.leave
        at_end = self.box.cursorPosition() == len(self.box.text()) and not self.box.hasSelectedText()
        if key == Qt.Key.Key_Right and (at_end and not is_acting):
            return self.act
        return moves.get(Qt.Key(key))

    def _escape(self) -> None:
        if self._before_acts is not None:
            self._back()
        else:
            self.leave()

    def _enter(self) -> None:
        if monotonic() - self._composed < SETTLE:
            return  # this Enter took the word from the candidate window
        is_answered = self.shown == self.box.text().strip() and not self._timer.isActive() and self.isVisible()
        if is_answered or self._before_acts is not None:
            self._open()
        else:
            self._enters = True
            self.look_up()
