"""Fire checks of premises, the hazards they found and the re-checks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record

OPEN, TRANSFERRED, CLEARED = "open", "transferred", "cleared"
STATES = {OPEN: "整改中", TRANSFERRED: "已移送", CLEARED: "已销案"}


class Inspection(Record):
    """One check of one place: the checklist's answers (pass, fail, na by item) under its key and version."""

    __tablename__ = "inspection"

    premises_id: Mapped[int] = mapped_column(ForeignKey("premises.id"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    inspector: Mapped[str] = mapped_column(String(40), default="")
    second: Mapped[str] = mapped_column(String(40), default="")
    checklist: Mapped[str] = mapped_column(String(30), default="")
    checklist_version: Mapped[int] = mapped_column(Integer, default=0)
    answers: Mapped[Any] = mapped_column(JSON, default=dict)
    result: Mapped[str] = mapped_column(String(10), default="合格")  # 合格 | 不合格
    note: Mapped[str] = mapped_column(Text, default="")


class Hazard(Record):
    """A hazard: what, how grave (G1 on the spot, G2 by a day, G3 tell at once), until when, re-checked by whom."""

    __tablename__ = "hazard"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    premises_id: Mapped[int] = mapped_column(ForeignKey("premises.id"), index=True)
    item: Mapped[str] = mapped_column(String(10), default="")
    text: Mapped[str] = mapped_column(String(200))
    grade: Mapped[str] = mapped_column(String(4), default="G2")
    action: Mapped[str] = mapped_column(String(20), default="限期整改")
    found_on: Mapped[date] = mapped_column(Date, index=True)
    found_by: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(12), default=OPEN, index=True)
    rechecked_on: Mapped[date | None] = mapped_column(Date)
    rechecked_by: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")
