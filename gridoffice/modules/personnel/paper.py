"""The hand-over list on paper: what a leaver hands over, for 移交人, 接交人 and 监交人 to sign."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.domain import papers, settings
from gridoffice.modules.personnel.handover import Rehearsal
from gridoffice.papers import parts, preview
from gridoffice.papers.views import PartsView, PartView

DRAFT = "草稿"
"""Stands where the number goes before it is done."""

SIGNERS = ("移交人", "接交人", "监交人")
DECLARATION = "以上事项、物品和资料已逐项当面点清，移交人与接交人核对无误。本清单一式三份，双方和网格办各存一份。"


def view(office: Office, told: Rehearsal, number: str) -> PartsView:
    """The list as it will be drawn."""
    with office.read() as session:
        name = settings.get(session, "name")
    facts = [
        ("移交人", f"{told.name}{f'（{told.post}）' if told.post else ''}"),
        ("接交人", "、".join(told.takers) or "—"),
        ("最后工作日", chinese(told.last_day)),
        ("制表日期", chinese(office.today())),
    ]
    sections = [PartView(one.title, one.columns, one.rows, one.note) for one in told.sections]
    return PartsView(
        title=f"{name}网格工作移交清单",
        number=number,
        facts=tuple(facts),
        parts=tuple(sections) or (PartView("岗位和责任区", (), (), "名下没有岗位和未办结的事"),),
        remarks=told.notes,
        declaration=DECLARATION,
        signers=SIGNERS,
        footer=f"{name} · 内部资料，注意保管 · 制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}",
    )


def title(told: Rehearsal) -> str:
    """What the register calls it."""
    return f"{told.name}移交清单（接交人 {'、'.join(told.takers) or '—'}）"


def draft(office: Office, told: Rehearsal) -> bytes:
    """The list before anything is done: without a number."""
    return parts.draw(view(office, told, DRAFT))


def issue(office: Office, told: Rehearsal, out: Path) -> str:
    """Draw the list under its next number, save it, put it into the register; the number."""

    def write(number: str) -> str:
        papers.save(out, parts.draw(view(office, told, number)))
        papers.register(office, "handover", number, title(told), out, len(preview.sizes(out)))
        return number

    return papers.numbered(office, "handover", write)
