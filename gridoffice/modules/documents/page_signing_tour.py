"""Pictures of signing for the tour: certificates, files to sign, verdicts of whole, changed and foreign papers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gridoffice.modules.documents import certificates, paper, service, signing

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


def tour(window: MainWindow, grab: Callable[[QWidget, str], None]) -> None:
    """Certificates of three people and a revoked one; a board that two of them signed, then with a changed byte."""
    office = window.office
    ids = [
        certificates.make(office, name, role)
        for name, role in (("周明华", "编制"), ("李秀兰", "审核"), ("王䶮", "批准"))
    ]
    gone = certificates.make(office, "陈立", "经办")
    certificates.revoke(office, gone, "left", datetime.now() - timedelta(days=3))
    page: Any = window.open("documents", view="certificates")
    page.signing.certificates.table.choose(ids[0])
    grab(window, "页面/52-签名证书")
    villages = service.villages(office)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = paper.board(office, villages[0].name, folder / f"{villages[0].name}公示牌.pdf")
        both = folder / f"{villages[0].name}公示牌_会签.pdf"
        both.write_bytes(signing.sign_paper(office, made.path.read_bytes(), ids=ids[:2]))
        torn = bytearray(both.read_bytes())
        torn[len(torn) // 3] ^= 1
        changed = folder / f"{villages[0].name}公示牌_转发.pdf"
        changed.write_bytes(bytes(torn))
        page.show_part("sign")
        page.signing.sign.clear()
        page.signing.sign.add([made.path, both])
        grab(window, "页面/53-签名")
        page.show_part("verify")
        page.verify.check_all([both])
        grab(window, "页面/54-签名验证-完整")
        page.verify.check_all([changed])
        grab(window, "页面/55-签名验证-改动过")
        page.signing.sign.clear()
        page.verify.ask()
    page.show_part("preview")
