"""What 今日 tells of papers: certificates that end soon, and those whose holder works here no more."""

from __future__ import annotations

from datetime import date

from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain.certificates import CERTIFICATES
from gridoffice.domain.listing import Query


def counts(office: Office, on: date) -> list[Count]:
    """Nothing while every certificate is in order."""
    found = []
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
