"""Standard phrases under a form's text: a chip each, Alt+1 … Alt+9 put one in where one writes."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit

from gridoffice.db.office import Office
from gridoffice.domain import phrases
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import LinesInput
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import button


def offer(editor: Editor, office: Office, verb: str, category: str, key: str = "note") -> None:
    """Put the phrases of a step and category under an editor's form; a pressed one goes into its field `key`."""
    made = editor.form.inputs.get(key)
    found = phrases.of_office(office, verb, category)
    if not isinstance(made, LinesInput) or not found:
        return
    flow = Flow()
    for place, words in enumerate(found, 1):
        chip = button(f"{place} {words}", lambda words=words: insert(made.inner, words), kind="chip")
        chip.setToolTip(f"写进“{made.field.title}”（Alt+{place}）")
        QShortcut(QKeySequence(f"Alt+{place}"), editor, lambda words=words: insert(made.inner, words))
        flow.addWidget(chip)
    editor.under.addLayout(flow)
    editor.resize(editor.width(), editor.height() + flow.heightForWidth(editor.width() - 40))


def insert(lines: QPlainTextEdit, words: str) -> None:
    """Put words in where the cursor stands, parted from what stands before."""
    before = lines.toPlainText()[: lines.textCursor().position()].rstrip()
    lines.insertPlainText(f"，{words}" if before and before[-1] not in "，。；：" else words)
    lines.setFocus()
