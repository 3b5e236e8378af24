"""What a module declares so that its lists can be taken in: the kind of sheet and how its rows become records."""

from collections.abc import Callable
from dataclasses import dataclass

from gridoffice.core.module import load, modules
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import SheetResult
from gridoffice.exchange.work import Work


@dataclass(frozen=True)
class SheetKind:
    """A kind of sheet. `order`: what must be in before others stands first; `plan` turns a sheet's rows into records.

    The wordings by which a sheet and its columns are recognised are data: `resources/import/synonyms.toml`.
    """

    key: str
    title: str
    order: int
    plan: Callable[[Work, Table, SheetResult], None]


def sheet_kinds() -> dict[str, SheetKind]:
    """Collect the kinds that all modules declare."""
    found = [kind for module in modules() if module.sheets for kind in load(module.sheets)]
    return {kind.key: kind for kind in found}
