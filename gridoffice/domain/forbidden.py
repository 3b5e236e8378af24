"""Registers of persons that must not be kept: their words, why, and what is lawful instead (reference 12.2)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow


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


def find(text: str) -> tuple[Register, str] | None:
    """The register a text speaks of and the word that tells so, or None."""
    plain = "".join(narrow(text).upper().split())
    for register in registers():
        for word in register.words:
            if word.upper() in plain:
                return register, word
    return None


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
