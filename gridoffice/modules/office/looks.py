"""Who looked at, printed or saved full numbers, and what was destroyed: two lists nobody can change (F89, F92)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from gridoffice.db.audit import Look
from gridoffice.domain.help import Destruction
from gridoffice.domain.listing import Column, Listing, View, chosen

KINDS = {"reveal": "看", "print": "打印", "export": "导出"}


def _moment(value: datetime, _on: date) -> str:
    return f"{value:%Y-%m-%d %H:%M}"


def _since(days: int) -> Any:
    return lambda on: Look.at >= datetime.combine(on - timedelta(days=days), datetime.min.time())


def _kind(key: str) -> Any:
    return lambda _on: Look.kind == key


LOOKS = Listing(
    key="looks",
    title="查看记录",
    base=chosen(Look),
    id=Look.id,
    columns=(
        Column("at", "时间", Look.at, 140, "date", show=_moment),
        Column("who", "谁", Look.who, 90),
        Column("kind", "做了什么", Look.kind, 84, show=lambda value, _on: KINDS.get(value, str(value))),
        Column("subject", "看了谁（什么）", Look.subject, 240),
        Column("reason", "为什么", Look.reason, 200),
    ),
    views=(
        View("", "全部"),
        View("today", "今天", _since(0)),
        View("month", "近 30 天", _since(30)),
        View("reveal", "看", _kind("reveal")),
        View("print", "打印", _kind("print")),
        View("export", "导出", _kind("export")),
    ),
    names=(Look.who, Look.subject, Look.reason),
    order=(Look.id.desc(),),
    tables=frozenset(["*"]),
    module="office",
)
"""Every look at full numbers, the newest first; neither undone nor deleted (PIPL 51; reference 12.1, art. 28)."""

DESTRUCTIONS = Listing(
    key="destructions",
    title="销毁记录",
    base=chosen(Destruction),
    id=Destruction.id,
    columns=(
        Column("day", "日期", Destruction.day, 110, "date"),
        Column("what", "销毁了什么", Destruction.what, 180),
        Column("number", "条数", Destruction.number, 70, "number"),
        Column("ground", "依据", Destruction.ground, 260),
        Column("who", "谁办的", Destruction.who, 100),
    ),
    names=(Destruction.what, Destruction.ground, Destruction.who),
    order=(Destruction.id.desc(),),
    tables=frozenset({"destruction"}),
    module="office",
)
"""That something was destroyed, never what stood in it (PIPL 19, 47; reference 12.1)."""
