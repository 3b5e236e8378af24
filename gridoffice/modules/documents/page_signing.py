"""The parts of 文书 about signatures: signing files, checking files, certificates; and how they lead to each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gridoffice.db.office import Office
from gridoffice.modules.documents.page_certificates import Certificates
from gridoffice.modules.documents.page_sign import SignFiles
from gridoffice.modules.documents.page_verify import Verify

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

SIGN, VERIFY, CERTIFICATES = "sign", "verify", "certificates"


class Signing:
    """The three parts. `show` shows a part of the page by its key, `register` one line of the register."""

    def __init__(
        self, office: Office, window: MainWindow, show: Callable[[str], object], register: Callable[[int], object]
    ) -> None:
        self.sign = SignFiles(office, window)
        self.verify = Verify(office, window)
        self.certificates = Certificates(office, window)
        self.verify.wanted.connect(register)
        self._show = show
        self.verify.trusting.connect(self._trust)
        self.sign.arranging.connect(lambda: show(CERTIFICATES))

    def _trust(self) -> None:
        self._show(CERTIFICATES)
        self.certificates.trust()

    def parts(self) -> tuple[tuple[str, str, QWidget], ...]:
        """Key, title and widget of each."""
        return (
            (SIGN, "签名", self.sign),
            (VERIFY, "签名验证", self.verify),
            (CERTIFICATES, "签名证书", self.certificates),
        )

    def refresh(self) -> None:
        """Certificates and who can sign anew."""
        self.sign.refresh()
        self.certificates.refresh()

    def show_certificates(self, view: str, record: int | None) -> None:
        """A view of the list of certificates, or one of them."""
        self.certificates.table.show_view(view)
        if record is not None:
            self.certificates.table.choose(record)
