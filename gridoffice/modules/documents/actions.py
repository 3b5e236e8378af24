"""What lists and the search offer: a letter to the chosen households, people, premises, organisations or workers."""

from __future__ import annotations

from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Action
from gridoffice.modules.documents import recipients
from gridoffice.modules.documents.templates import MERGED

WORD = "写信、发通知…"


def write_many(audience: str, window: Any, ids: list[int]) -> None:
    """Choose a letter for the selected ones, and show it; residents are written to by household, each once."""
    from gridoffice.modules.documents.page_write import choose

    if audience == "residents":
        audience, ids = "households", recipients.homes_of(window.office, ids)
    if not ids:
        raise OfficeError("选中的人还没有编入户", safe="没有制作文书", do="请先在“居民”里把他们编入户")
    choose(window, audience, ids)


def _action(audience: str) -> Action:
    return Action(
        f"write_{audience}", audience, WORD, lambda window, one: write_many(audience, window, [one]), icon="documents",
        run_many=lambda window, ids: write_many(audience, window, ids),
    )  # fmt: skip


ACTIONS = tuple(_action(audience) for audience in MERGED)
