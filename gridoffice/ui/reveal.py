"""Looking at a full number for a reason: the question, the note in the access log, the record open for a while."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain import reasons
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Fields
from gridoffice.ui.fields import LinesInput, TextInput
from gridoffice.ui.mask import Record, mask
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

KEY = "Ctrl+R"
LONGEST = 40


class ReasonDialog(QDialog):
    """Asks why: one of a short list (keys 1 to 9) or typed; `reason` is what was said."""

    def __init__(self, parent: QWidget | None, title: str, text: str, choices: Sequence[str], go: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.reason = ""
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(8))
        body.addWidget(label(title, "title"))
        body.addWidget(label(text, wrap=True))
        self.group = QButtonGroup(self)
        for place, choice in enumerate(choices, 1):
            made = QRadioButton(f"{place}  {choice}")
            made.setProperty("reason", choice)
            self.group.addButton(made, place)
            body.addWidget(made)
            QShortcut(QKeySequence(str(place)), self, partial(self._take, place))
        self.other = QLineEdit()
        self.other.setPlaceholderText("其他原因，直接填写")
        self.other.setAccessibleName("其他原因")
        self.other.setMaxLength(LONGEST)
        self.other.textEdited.connect(lambda _text: self._typed())
        body.addWidget(self.other)
        body.addWidget(label("谁在什么时候看了谁、为什么，会记入“设置 → 查看记录”，不能删改。", "quiet", wrap=True))
        self.go_button = button(go, self._go, kind="primary")
        self.go_button.setDefault(True)
        self.go_button.setEnabled(False)
        body.addLayout(row(1, button("取消", self.reject), self.go_button))
        self.group.idClicked.connect(lambda _place: self._chosen())
        self.setMinimumWidth(theme.px(440))
        if self.group.buttons():
            self.group.buttons()[0].setFocus()

    def _take(self, place: int) -> None:
        self.group.button(place).setChecked(True)
        self._chosen()

    def _chosen(self) -> None:
        self.other.clear()
        self.go_button.setEnabled(True)
        self.go_button.setFocus()

    def _typed(self) -> None:
        checked = self.group.checkedButton()
        if checked is not None:
            self.group.setExclusive(False)
            checked.setChecked(False)
            self.group.setExclusive(True)
        self.go_button.setEnabled(len(self.other.text().strip()) >= 2)

    def _go(self) -> None:
        checked = self.group.checkedButton()
        self.reason = self.other.text().strip() or (str(checked.property("reason")) if checked is not None else "")
        if self.reason:
            self.accept()


def ask_reason(parent: QWidget | None, title: str, text: str, choices: Sequence[str], go: str) -> str:
    """Ask for a reason; "" when it was left."""
    dialog = ReasonDialog(parent, title, text, choices, go)
    return dialog.reason if dialog.exec() else ""


def reveal(parent: QWidget, office: Office, record: Record, subject: str) -> bool:
    """Show a record's numbers in full for the set time after a reason was given; pressed again it hides them.

    `subject` is who it is, in words without the number: 居民 李秀兰. True when they are shown now.
    """
    if mask.is_projected:
        dialogs.toast(parent, "投影模式下不显示完整号码，请先按 F11 退出投影模式")
        return False
    if mask.is_revealed(record):
        mask.conceal()
        return False
    seconds = reasons.open_seconds(office)
    told = f"{subject}的完整号码会显示 {_spoken(seconds)}，或到您看下一个人为止。请说明原因："
    reason = ask_reason(parent, "查看完整号码", told, reasons.reveal_reasons(), "查看")
    if not reason or not dialogs.guarded(parent, lambda: office.note_look("reveal", subject, reason)):
        return False
    mask.reveal(record, seconds)
    return True


def _spoken(seconds: float) -> str:
    return f"{seconds / 60:g} 分钟" if seconds >= 60 else f"{seconds:g} 秒"


def guarding(
    office: Office, record: Record, subject: str, kinds: Sequence[str] = ("id", "phone", "multiline")
) -> Callable[[QWidget, Fields], None]:
    """What hides the numbers in an editor of a kept record; the eye or Ctrl+R asks for a reason and shows them."""

    def guard(dialog: QWidget, form: Fields) -> None:
        def ask() -> None:
            reveal(dialog, office, record, subject)

        for made in form.inputs.values():
            if isinstance(made, TextInput | LinesInput) and made.field.kind in kinds:
                made.veil.guard(record, ask)
        shortcut = QShortcut(QKeySequence(KEY), dialog)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(ask)

    return guard


def eye(
    parent: QWidget, office: Office, record: Record, subject: str, then: Callable[[], object] | None = None
) -> QPushButton:
    """A small button that shows a record's full numbers for a reason, or hides them again."""

    def press() -> None:
        reveal(parent, office, record, subject)
        if then is not None:
            then()

    is_open = mask.is_revealed(record)
    made = button("遮住号码" if is_open else "看完整号码", press, kind="link", icon="eye")
    made.setToolTip("需要说明原因，会记入查看记录（Ctrl+R）")
    return made
