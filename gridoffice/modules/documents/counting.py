"""The papers' numbers on 今日: what must be printed anew or taken back, as far as it was asked."""

from __future__ import annotations

from datetime import date

from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import reprints


def counts(office: Office, _on: date) -> list[Count]:
    """Nothing is made for it here: the answer is asked beside the window after changes (`page_watch`)."""
    known = reprints.known(office)
    if known is None:
        return []
    number, back = known.number(reprints.CHANGED), known.number(reprints.GONE)
    found = []
    if number:
        hint = "人员、电话、网格或照片变了，已发的文书和现在不一样"
        found.append(Count("reprint", "文书要重印", number, "soon", "documents", "reprint", hint))
    if back:
        hint = "网格撤并或人员离岗，已发的文书该收回"
        found.append(Count("take_back", "文书该收回", back, "soon", "documents", "reprint:gone", hint))
    return found
