"""Which issued papers no longer show what holds today: the last answer, for 今日 and for panels of units and persons.

Asking means making every paper again without printing it; the module of papers does it beside the window when
something was changed (`modules/documents/reprint.py`) and puts the answer here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from gridoffice.db.office import Office
from gridoffice.domain import paper_parts

CHANGED, GONE, FAILED = "changed", "gone", "failed"
"""Printed anew; to be taken back and not printed any more; cannot be made just now."""


@dataclass(frozen=True)
class Outdated:
    """A part of an issued paper that is no longer as printed.

    `changes`: what is different in words (第2网格 网格员 电话：13800001234 → 13900001234); `where`: who has it and
    where it hangs; `reason`: why it cannot or need not be printed.
    """

    item_id: int
    paper_id: int
    number: str
    kind: str
    maker: str
    key: str
    title: str
    state: str
    made_on: date
    unit_id: int | None = None
    paper: str = ""  # what the paper is called that the part is of
    changes: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    reason: str = ""

    @property
    def name(self) -> str:
        """What it is called in a list: 张建国联系卡, 云溪镇网格工作手册 · 通讯录."""
        is_own = paper_parts.is_own(self.key) or not self.paper or self.title.startswith(self.paper)
        return self.title if is_own else f"{self.paper} · {self.title}"

    @property
    def sheet(self) -> tuple[int, str]:
        """What is counted as one: a card or board by itself, the chapters of one book together."""
        return self.paper_id, self.key if paper_parts.is_own(self.key) else ""


@dataclass(frozen=True)
class Answer:
    """All outdated parts, the paper's order kept, and how many parts in use were compared."""

    parts: tuple[Outdated, ...] = ()
    compared: int = 0

    @property
    def to_print(self) -> tuple[Outdated, ...]:
        """Those to print anew."""
        return tuple(one for one in self.parts if one.state == CHANGED)

    @property
    def to_take_back(self) -> tuple[Outdated, ...]:
        """Those whose unit or worker is gone."""
        return tuple(one for one in self.parts if one.state == GONE)

    def number(self, *states: str) -> int:
        """How many papers that is, the chapters of a book being one."""
        return len({one.sheet for one in self.parts if one.state in states})


_KNOWN: WeakKeyDictionary[Office, Answer] = WeakKeyDictionary()


def put(office: Office, answer: Answer) -> None:
    """Keep the newest answer."""
    _KNOWN[office] = answer


def known(office: Office) -> Answer | None:
    """The newest answer; None before it was first asked."""
    return _KNOWN.get(office)


def concerning(
    office: Office, *, units: Iterable[int] = (), staff: Iterable[int] = (), names: Iterable[str] = ()
) -> list[Outdated]:
    """The outdated parts of some units or workers, or on which somebody of these names has changed."""
    answer = known(office)
    if answer is None:
        return []
    keys = {f"unit:{one}" for one in units} | {f"staff:{one}" for one in staff}
    wanted = set(units)
    said = [name for name in names if name]
    return [
        one
        for one in answer.parts
        if one.key in keys or one.unit_id in wanted or any(name in told for name in said for told in one.changes)
    ]
