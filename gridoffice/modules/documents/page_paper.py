"""The side of the register: one issued paper with its copies, photos, history, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import paper_copies
from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import issued, page_give, service
from gridoffice.modules.documents.issued import Card
from gridoffice.ui import dialogs, editor
from gridoffice.ui.fields import Field
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.paper_dialog import show_paper
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

PHOTO = 84
MOST_COPIES = 12
REASONS = ("内容印错了", "丢失", "破损", "人员或电话变了", "不再使用")


class PaperPanel(Panel):
    """The card of one paper."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.office, self.main = office, window
        self.card: Card | None = None
        holder = QWidget()
        self.inner = QVBoxLayout(holder)
        self.inner.setContentsMargins(0, 0, theme.px(6), 0)
        self.inner.setSpacing(theme.px(6))
        self.body.addWidget(scrolling(holder), 1)
        self.acts = QWidget()
        self._flow = Flow(self.acts)
        self.body.addWidget(self.acts)
        self.show_paper(None)

    def show_paper(self, paper_id: int | None) -> None:
        """Show another paper, or that none is chosen."""
        clear(self.inner)
        clear(self._flow)
        self.card = None
        if paper_id is not None:
            try:
                self.card = issued.read(self.office, paper_id)
            except OfficeError:
                self.card = None
        if self.card is None:
            self.inner.addWidget(label("选一份文书，这里看它发给了谁、挂在哪里、变没变。", "quiet", wrap=True))
            self.inner.addStretch(1)
            return
        self._head(self.card)
        self._copies(self.card)
        self._photos(self.card)
        self._history(self.card)
        self.inner.addStretch(1)
        self._buttons(self.card)

    def _head(self, card: Card) -> None:
        number = label(card.number, "heading")
        self.inner.addLayout(row(number, 1, pill(card.state)))
        self.inner.addWidget(label(card.title, wrap=True))
        kind = KINDS[card.kind].title if card.kind in KINDS else card.kind
        told = [kind, f"第 {card.edition} 版", f"{card.pages} 页", "已签章" if card.is_signed else ""]
        if card.parts > 1:
            told.append(f"含 {card.parts} 份")
        self.inner.addWidget(label(" · ".join(filter(None, told)), "quiet", wrap=True))
        for title, value in card.made_from:
            self.inner.addWidget(label(f"{title}：{value}", "quiet", wrap=True))

    def _copies(self, card: Card) -> None:
        self.inner.addWidget(line())
        out = sum(one.is_out for one in card.copies)
        self.inner.addWidget(label(f"在外 {out} 处" if card.copies else "还没有登记发给谁、挂在哪里", "heading"))
        for one in card.copies[:MOST_COPIES]:
            words = label(f"{one.who}", "" if one.is_out else "quiet", wrap=True)
            mend = button("改", lambda one=one: self._change(one.id), kind="link")
            mend.setAccessibleName(f"修改 {one.who}")
            self.inner.addLayout(row(words, 1, mend))
            self.inner.addWidget(label(one.told, "quiet", wrap=True))
        if len(card.copies) > MOST_COPIES:
            self.inner.addWidget(label(f"还有 {len(card.copies) - MOST_COPIES} 处，见“发放和悬挂”。", "quiet"))

    def _photos(self, card: Card) -> None:
        if not card.photos:
            return
        self.inner.addWidget(label("挂在墙上的样子", "quiet"))
        holder = QWidget()
        flow = Flow(holder)
        for number, small in card.photos:
            picture = QPixmap()
            picture.loadFromData(small)
            made = QPushButton()
            made.setIcon(QIcon(picture))
            made.setIconSize(QSize(theme.px(PHOTO), theme.px(PHOTO)))
            made.setFixedSize(theme.px(PHOTO + 10), theme.px(PHOTO + 10))
            made.setAccessibleName("悬挂照片")
            made.clicked.connect(lambda _checked=False, number=number: self._look(number))
            flow.addWidget(made)
        self.inner.addWidget(holder)

    def _history(self, card: Card) -> None:
        self.inner.addWidget(line())
        for text in card.history:
            self.inner.addWidget(label(text, "quiet", wrap=True))
        if card.newer is not None:
            newer = card.newer[0]
            to = button(f"看 {card.newer[1]} ›", lambda: self.main.open("documents", record=newer), kind="link")
            self.inner.addLayout(row(to, 1))

    def _buttons(self, card: Card) -> None:
        is_valid = not card.state.endswith("作废")
        acts = [
            ("再打一份…", self.print_again, "primary"),
            ("登记发放…", self.give, ""),
            ("加照片…", self.add_photos, ""),
            ("看内容", self.show_facts, ""),
            ("收回", self.collect, ""),
            ("作废…", self.recall, "danger"),
        ]
        if not is_valid:
            acts = [one for one in acts if one[0] not in ("作废…", "登记发放…")]
        if not card.state.endswith("待收回"):
            acts = [one for one in acts if one[0] != "收回"]
        for text, run, kind in acts:
            self._flow.addWidget(button(text, run, kind=kind))

    # -- what can be done

    def _run(self, run: object) -> None:
        if callable(run):
            dialogs.guarded(self, lambda: run())

    def print_again(self) -> None:
        """The same paper once more, under its own number."""
        card = self.card
        if card is None:
            return

        def show() -> None:
            data, note = issued.again(self.office, card.id)
            notes = [note] if note else []
            if card.state.endswith(("作废", "待收回", "已换新")):
                notes.insert(0, "这一份已经不用了，要新的请到“做文书”或“要重印”")
            show_paper(self, f"{card.title}　{card.number}", data, file_name=f"{card.title}.pdf", notes=notes)

        self._run(show)

    def give(self) -> None:
        """Write down who gets it."""
        if self.card is not None:
            paper_id = self.card.id
            self._run(lambda: page_give.give(self, self.office, self.main, paper_id))

    def _change(self, copy_id: int) -> None:
        self._run(lambda: page_give.change(self, self.office, self.main, copy_id))

    def add_photos(self) -> None:
        """Photos of it on the wall."""
        card = self.card
        if card is None:
            return
        paths = dialogs.open_files(self, "挂在墙上的照片", "照片 (*.jpg *.jpeg *.png)")
        if paths and dialogs.guarded(self, lambda: issued.add_photos(self.office, card.id, paths)):
            self.main.say(f"已登记 {len(paths)} 张照片", undo=True)

    def _look(self, number: int) -> None:
        data = issued.photo(self.office, number)
        if data is None:
            return
        dialog = QDialog(self)
        dialog.setWindowTitle("悬挂照片")
        picture = QPixmap()
        picture.loadFromData(data)
        room = self.screen().availableSize() * 0.8
        shown = QLabel()
        shown.setPixmap(
            picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            if picture.width() > room.width() or picture.height() > room.height()
            else picture
        )
        body = QVBoxLayout(dialog)
        body.addWidget(shown)
        gone = button("删除照片", lambda: dialog.done(2), kind="danger")
        close = button("关闭", dialog.reject)
        close.setDefault(True)
        body.addLayout(row(gone, 1, close))
        if dialog.exec() == 2 and dialogs.guarded(self, lambda: issued.remove_photo(self.office, number)):
            self.main.say("已删除照片", undo=True)

    def show_facts(self) -> None:
        """What stood on it when it was issued."""
        card = self.card
        if card is None:
            return
        found = issued.facts(self.office, card.id)
        dialog = QDialog(self)
        dialog.setWindowTitle(f"{card.number} 印的内容")
        body = QVBoxLayout(dialog)
        body.setContentsMargins(*[theme.px(16)] * 4)
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setAccessibleName("印的内容")
        told = []
        for title, facts in found:
            told.append(f"■ {title}")
            told += [f"{where}：{'（图片）' if what.startswith('#') else what}" for where, what in facts.items()]
            told.append("")
        text.setPlainText("\n".join(told) if told else "这种文书不记内容，请看“再打一份”。")
        body.addWidget(label("拿到一张纸时，可以和这里对照：不一样的，就不是登记时印的。", "quiet", wrap=True))
        body.addWidget(text, 1)
        close = button("关闭", dialog.reject, kind="primary")
        close.setDefault(True)
        body.addLayout(row(1, close))
        dialog.resize(theme.px(520), theme.px(480))
        dialog.exec()

    def collect(self) -> None:
        """The old ones are taken back."""
        if self.card is not None:
            collect(self, self.office, self.main, [self.card.id])

    def recall(self) -> None:
        """Declare it void."""
        if self.card is not None:
            recall(self, self.office, self.main, [self.card.id], self.card.number)


def recall(parent: QWidget, office: Office, window: MainWindow, paper_ids: list[int], told: str) -> None:
    """Ask for the reason and declare papers void."""
    fields = (Field("reason", "原因", "choice", required=True, choices=[(one, one) for one in REASONS], is_open=True),)

    def save(values: dict[str, object]) -> None:
        paper_copies.recall(office, paper_ids, str(values["reason"] or ""))

    note = "作废后不能再发；已经发出、挂出的会列在“待收回”。可以撤销。"
    if editor.edit(parent, f"作废 {told}", fields, {"reason": REASONS[0]}, save, columns=1, note=note):
        window.say(f"已作废 {len(paper_ids)} 份", undo=True)


def collect(parent: QWidget, office: Office, window: MainWindow, paper_ids: list[int]) -> None:
    """Write down that the old ones are back."""
    found: list[int] = []
    if dialogs.guarded(parent, lambda: found.append(paper_copies.collect(office, paper_ids))):
        window.say(f"已登记收回 {found[0]} 份" if found[0] else "没有要收回的", undo=bool(found[0]))


def strike(parent: QWidget, office: Office, window: MainWindow, paper_ids: list[int]) -> None:
    """Take lines out of the register."""
    if paper_ids and dialogs.guarded(parent, lambda: service.strike(office, paper_ids)):
        window.say(f"已删除 {len(paper_ids)} 条登记，文件还在原处", undo=True)
