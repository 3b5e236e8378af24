"""The parts of 文书 about signatures: signing files, checking files, certificates; and how they lead to each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gridoffice.db.office import Office
from gridoffice.modules.documents import signing
from gridoffice.modules.documents.page_certificates import Certificates
from gridoffice.modules.documents.page_sign import SignFiles
from gridoffice.modules.documents.page_verify import Verify
from gridoffice.ui import dialogs

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

SIGN, VERIFY, CERTIFICATES = "sign", "verify", "certificates"


class Signing:
    """The three parts. `show` shows a part of the page by its key, `register` one line of the register."""

    def __init__(
        self, office: Office, window: MainWindow, show: Callable[[str], object], register: Callable[[int], object]
    ) -> None:
        self.office = office
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

    def sign_lines(self, paper_ids: list[int]) -> None:
        """Sign papers of the register once more: their kept files go into a folder, then to the list of files."""
        folder = dialogs.open_folder(self.sign, "把要签名的文书存到哪个文件夹")
        if folder is None or not paper_ids:
            return
        written, missing = signing.from_register(self.office, paper_ids, folder)
        if written:
            self._show(SIGN)
            self.sign.add(written)
        if missing:
            told = f"{'、'.join(missing[:5])}{'等' if len(missing) > 5 else ''}没有留存文件（太大，或按规定不留）。"
            dialogs.tell(self.sign, f"{len(missing)} 份没有留存的文件", f"{told}请从保存它的地方拖到“签名”里。")

    def refresh(self) -> None:
        """Certificates and who can sign anew."""
        self.sign.refresh()
        self.certificates.refresh()

    def show_certificates(self, view: str, record: int | None) -> None:
        """A view of the list of certificates, or one of them."""
        self.certificates.table.show_view(view)
        if record is not None:
            self.certificates.table.choose(record)
