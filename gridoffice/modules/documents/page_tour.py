"""Pictures of the letters' screens for the tour: template editor, a mistake in it, a merged letter, its recipients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from gridoffice.modules.documents import page_register_tour, page_signing_tour, recipients
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.modules.documents.page_option_letters import LetterField
from gridoffice.modules.documents.page_recipients import Recipients

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Grab = Callable[[QWidget, str], None]


def tour(window: MainWindow, grab: Grab) -> None:
    """The letters' screens, changing nothing; then signing, with a few certificates of its own."""
    page = window.open("documents", view="letter_open")
    assert isinstance(page, DocumentsPage)
    _wait(page.is_ready)
    grab(window, "页面/95-文书-一封信")
    page.use_template("letter_tell", "tell_premises")
    _wait(page.is_ready)
    grab(window, "页面/96-文书-告知书群发")
    _recipients(page, grab)
    page.show_template("notice_season")
    editor = page.templates
    _wait(editor.is_ready)
    grab(window, "页面/97-文书模板")
    editor.form.change("节日", "节曰")
    _wait(editor.is_ready)
    grab(window, "页面/98-文书模板-有错")
    editor.form.change("节曰", "节日")
    for part, name in (("number", "文号和落款"), ("signed", "签字和回执"), ("enclosed", "附件和填空")):
        editor.form.show_part(part)
        grab(window, f"页面/99-文书模板-{name}")
    editor.form.show_part("text")
    page.show_part("preview")
    page_signing_tour.tour(window, grab)
    page_register_tour.tour(window, grab)


def _recipients(page: DocumentsPage, grab: Grab) -> None:
    field = page.options.fields.get("template")
    if not isinstance(field, LetterField) or field.template is None:
        return
    values = field.values()
    dialog = Recipients(field, page.office, field.template, recipients.asked_from(values), [], values)
    dialog.show()
    QApplication.processEvents()
    grab(dialog, "窗口/95-核对收件人")
    dialog.close()


def _wait(is_ready: Callable[[], bool], tries: int = 400) -> None:
    """Until something is drawn."""
    from PySide6.QtCore import QThread

    for _ in range(tries):
        QApplication.processEvents()
        if is_ready():
            return
        QThread.msleep(20)
