"""The consent sheet of an entry, or a blank one to take along on a visit."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Any

from gridoffice.core import paths
from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.staff import Staff
from gridoffice.modules.residents.help_consent import Entry
from gridoffice.modules.residents.help_file import HelpFile
from gridoffice.papers import consent

WRITE = "＿＿＿＿＿＿＿＿　电话＿＿＿＿＿＿＿＿"
KEYS = frozenset(("title", "lead", "points", "guardian", "consent"))


def _texts() -> dict[str, Any]:
    own = paths.data() / "forms" / "papers" / "consent.toml"
    place = own if own.is_file() else paths.forms() / "papers" / "consent.toml"
    try:
        found = tomllib.loads(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OfficeError("文书用语文件“consent.toml”读不出来", do=f"请改正或删掉它再试（{error}）") from error
    if set(found) != KEYS or not isinstance(found["points"], list):
        raise OfficeError("文书用语文件“consent.toml”里的项目不对", do="请照自带的文件改正")
    return found


def sheet(office: Office, shown: HelpFile | None, entry: Entry, basis: str, person: str = "") -> bytes:
    """The sheet for an entry that is kept or being written (`shown` None: perhaps without a person)."""
    texts = _texts()
    with office.read() as session:
        name = settings.get(session, "name") or "网格办"
        phone = settings.get(session, "service_phone") or settings.get(session, "supervise_phone")
        worker = session.get(Staff, entry.contact_id) if entry.contact_id else None
    contact = f"{worker.name}　{worker.phone}".strip() if worker is not None else WRITE
    told = {"office": name, "contact": contact, "phone": phone or "＿＿＿＿＿＿＿＿＿＿＿＿"}
    return consent.draw(
        consent.ConsentView(
            office=name,
            title=texts["title"],
            lead=texts["lead"],
            facts=_facts(shown.name if shown is not None else person, entry, basis),
            points=tuple(str(point).format(**told) for point in texts["points"]),
            consent=texts["consent"],
            guardian=texts["guardian"],
            number=shown.code if shown is not None else "",
            made=f"制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}",
        )
    )


def _facts(person: str, entry: Entry, basis: str) -> tuple[tuple[str, str], ...]:
    until = f"{chinese(entry.until)}（不超过 12 个月）" if entry.until else ""
    every = f"每 {entry.interval_days} 天左右" if entry.interval_days else "定期"
    visits = f"{every}走访一次，了解情况，帮助联系办理"
    return (
        ("姓名", person),
        ("帮扶类别", entry.kind),
        ("依据", basis),
        ("为了什么", entry.purpose),
        ("收什么", entry.scope),
        ("怎么做", visits),
        ("到什么时候", until),
    )
