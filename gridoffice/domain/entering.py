"""Tables typed or pasted by hand (F78): which columns, how rows are judged, how the right ones are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridoffice.db.office import Office

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass(frozen=True)
class SheetColumn:
    """A column: its key is the field's name in the import's wordings, so that the same headings are recognised."""

    key: str
    title: str
    width: int = 110
    is_private: bool = False  # shown masked while the projector's mask is on
    options: Callable[[Office], Sequence[str]] | None = None  # words offered while typing


@dataclass(frozen=True)
class TypedRow:
    """A row as it stands in the grid: texts by column, and the record it was opened from, if any."""

    cells: Mapping[str, str]
    record: int | None = None


@dataclass(frozen=True)
class Judged:
    """What a row is: new, changed, same or wrong; reasons by column; the record and its old texts; what is written."""

    state: str
    faults: Mapping[str, str] = field(default_factory=dict)
    record: int | None = None
    old: Mapping[str, str] = field(default_factory=dict)  # of the cells that change
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class EntrySheet:
    """A kind of table. `kind` names the import's wordings; `load` gives rows of records that are there."""

    title: str
    noun: str
    kind: str
    columns: tuple[SheetColumn, ...]
    judge: Callable[[Office, Sequence[TypedRow]], list[Judged]]
    write: Callable[[Office, Sequence[Judged]], None]
    load: Callable[[Office, Sequence[int]], list[TypedRow]]


def is_blank(row: TypedRow) -> bool:
    """Whether nothing stands in a row."""
    return row.record is None and not any(text.strip() for text in row.cells.values())
