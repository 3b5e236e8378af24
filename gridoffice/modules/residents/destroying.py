"""Destroying what ended on the help list, with a record of it that holds no content (PIPL 19, 47; reference 12.1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.destroy import Destroyed, destroy, sweep
from gridoffice.db.office import Office
from gridoffice.domain.help import ENDED, WITHDRAWN, Destruction, HelpEntry
from gridoffice.domain.people import Resident
from gridoffice.modules.residents.lists_help import is_over

WHAT = "自愿帮扶名单"
BACKUPS = 3
"""So many backups at most should be kept: older ones still hold what was destroyed [design]."""


def warning(office: Office) -> str:
    """What must be known before: it cannot be undone, what stays, what backups hold."""
    return (
        "不能撤销，也找不回来：记录、走访、同意书扫描件，以及操作记录里写过的内容都会抹掉，"
        "只留一条“哪天销毁了几条、为什么”。\n\n"
        f"以前做的备份里还有旧内容：销毁后请马上再备份一次，把 {office.today().isoformat()} 以前的备份删掉，"
        f"以后备份最多留 {BACKUPS} 份。纸质同意书请按规定粉碎。"
    )


def over(office: Office) -> list[int]:
    """Ids of everything that ended, was withdrawn or is past its end."""
    with office.read() as session:
        return list(session.scalars(select(HelpEntry.id).where(is_over(office.today())).order_by(HelpEntry.id)))


def destroy_ended(office: Office, ids: Sequence[int]) -> Destroyed:
    """Destroy ended entries: rows, visits, scans, and what the log kept of them; cannot be undone.

    Raises OfficeError when one of them still holds: first it is withdrawn or ends.
    """
    if not ids:
        raise OfficeError("没有到期待销毁的记录", safe="没有改动任何内容")
    with office.unit(f"销毁到期的帮扶记录 {len(ids)} 条") as session:
        found = session.execute(
            select(HelpEntry, Resident.name)
            .join(Resident, Resident.id == HelpEntry.resident_id)
            .where(HelpEntry.id.in_(list(ids)), is_over(office.today()))
        ).all()
        if len(found) != len(set(ids)):
            raise OfficeError("其中有还在帮扶期内的记录", safe="没有销毁任何内容", do="要提前结束，请先“撤回”")
        grounds = sorted({_ground(entry) for entry, _name in found})
        names = [name for _entry, name in found] + [_guardian(entry.consent_by) for entry, _name in found]
        session.add(
            Destruction(
                day=office.today(), what=WHAT, number=len(found), ground="、".join(grounds)[:120], who=office.user
            )
        )
        session.flush()
        session.expunge_all()
        done = destroy(session.info["unit"], "help_entry", ids, names, "帮扶")
    sweep(office)
    return done


def _ground(entry: HelpEntry) -> str:
    if entry.state == WITHDRAWN:
        return "本人撤回同意"
    return "帮扶已结束" if entry.state == ENDED else "同意到期"


def _guardian(consent_by: str) -> str:
    return consent_by.removeprefix("监护人 ").partition("（")[0] if consent_by.startswith("监护人 ") else ""
