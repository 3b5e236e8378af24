"""The one QApplication: Chinese words, bundled letters, this machine's looks; without a display it draws in memory."""

from __future__ import annotations

import logging
import os
import sys

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    Qt,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gridoffice.core.log import log
from gridoffice.ui import theme as looks


def _note(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's own remarks go to the log, not to the clerk's console."""
    worst = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    log.log(logging.ERROR if kind in worst else logging.DEBUG, "Qt: %s", text)


def application() -> QApplication:
    """The QApplication with Chinese words, bundled letters and this machine's looks; one per process."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    qInstallMessageHandler(_note)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("网格办")
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    looks.start(app)
    return app
