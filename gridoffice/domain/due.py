"""The one definition of due, overdue and ended, used by lists, counts, charts and prints alike (X14)."""

from __future__ import annotations

from datetime import date, timedelta

SOON_DAYS = 7


def state(due: date | None, on: date, *, ended: bool = False) -> str:
    """ "tone|word" of a due day: ended, no day, overdue, due today, due within seven days, later."""
    if ended:
        return "quiet|已结束"
    if due is None:
        return "quiet|未定"
    if due < on:
        return f"late|逾期 {(on - due).days} 天"
    if due == on:
        return "soon|今天到期"
    if due <= on + timedelta(days=SOON_DAYS):
        return f"soon|还有 {(due - on).days} 天"
    return f"plain|{due.isoformat()}"
