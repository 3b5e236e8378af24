"""Registers of persons that must not be kept: their words, why, and what is lawful instead (reference 12.2)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import event

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.domain.networks import Network, Role
from gridoffice.domain.saved import SavedView


@dataclass(frozen=True)
class Register:
    """One register: the words it is known by, why it is not kept, the lawful counterpart."""

    title: str
    words: tuple[str, ...]
    reason: str
    instead: str


@lru_cache(maxsize=1)
def registers() -> tuple[Register, ...]:
    """All registers, in the order of reference 12.2."""
    with (paths.resources() / "lists" / "forbidden.toml").open("rb") as file:
        found = tomllib.load(file)["register"]
    return tuple(Register(one["title"], tuple(one["words"]), one["reason"], one["instead"]) for one in found)


def words() -> tuple[str, ...]:
    """Every word of every register."""
    return tuple(word for register in registers() for word in register.words)


@lru_cache(maxsize=4096)
def find(text: str) -> tuple[Register, str] | None:
    """The register a text speaks of and the word that tells so, or None."""
    plain = "".join(narrow(text).upper().split())
    for register in registers():
        for word in register.words:
            if _holds(plain, word.upper()):
                return register, word
    return None


def _holds(text: str, word: str) -> bool:
    """Whether a word stands in a text; a Latin one only by itself."""
    if not word.isascii():
        return word in text
    return re.search(f"(?<![A-Z]){re.escape(word)}(?![A-Z])", text) is not None


def refuse(text: str, what: str) -> None:
    """Raise OfficeError when a kind, label or list of the office's own (`what`, in words) is such a register."""
    found = find(text)
    if found is not None:
        register, word = found
        raise OfficeError(
            f"{what}“{text.strip()}”不能用：不得登记“{word}”这类人员。{register.reason}",
            safe="没有保存",
            do=f"可以这样做：{register.instead}",
        )


OF_PERSONS = frozenset(("residents", "households", "help", "followup", "staff", "services"))
"""Lists of persons: a saved filter of one must not make such a register of it; places may be listed by their kind."""


def _watched(_mapper: object, _connection: object, record: SavedView | Network | Role) -> None:
    if not isinstance(record, SavedView) or record.listing in OF_PERSONS:
        refuse(str(record.title), "名单" if isinstance(record, SavedView) else "责任网和岗位")


for _record in (SavedView, Network, Role):
    for _moment in ("before_insert", "before_update"):
        event.listen(_record, _moment, _watched)
