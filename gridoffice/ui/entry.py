"""What stands under the search box: a heading, or a line that does something; its painting is loaded later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gridoffice.ui.pill import parts


@dataclass(frozen=True)
class Entry:
    """One line under the search box. Without `run` it is a heading; `actions` are offered by Tab."""

    title: str
    beside: str = ""
    under: str = ""
    state: str = ""  # "tone|word"
    keys: str = ""
    icon: str = ""
    run: Callable[[], object] | None = None
    actions: tuple[Entry, ...] = ()
    refused: str = ""  # why it cannot be done just now
    record: tuple[str, int] | None = None  # list and id, to be remembered when it is opened

    @property
    def text(self) -> str:
        """All words, for a screen reader."""
        words = (self.title, self.beside, self.under, parts(self.state)[1] if self.state else "", self.refused)
        return "　".join(word for word in (*words, self.keys) if word)
