"""What 今日 tells of papers: what must be printed anew or taken back, and certificates that need somebody."""

from __future__ import annotations

from datetime import date

from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import reprints
from gridoffice.domain.certificates import CERTIFICATES
from gridoffice.domain.listing import Query


def counts(office: Office, on: date) -> list[Count]:
    """Nothing while all papers and certificates are in order."""
    found = _reprints(office)
    for view, title, hint in (
        ("soon", "签名证书快到期", "含已到期的，续期后照常签名"),
        ("left", "离岗人员的证书", "请吊销，免得再用它签名"),
    ):
        number = CERTIFICATES.count(office, Query(on=on, view=view))
        if number:
            found.append(
                Count(f"certificates-{view}", title, number, "soon", "documents", f"certificates:{view}", hint)
            )
    return found


def _reprints(office: Office) -> list[Count]:
    """Nothing is made for it here: the answer is asked beside the window after changes (`page_watch`)."""
    known = reprints.known(office)
    found = []
    for state, title, view, hint in (
        (reprints.CHANGED, "文书要重印", "reprint", "人员、电话、网格或照片变了，已发的文书和现在不一样"),
        (reprints.GONE, "文书该收回", "reprint:gone", "网格撤并或人员离岗，已发的文书该收回"),
    ):
        number = known.number(state) if known is not None else 0
        if number:
            found.append(Count(f"reprint-{state}", title, number, "soon", "documents", view, hint))
    return found
