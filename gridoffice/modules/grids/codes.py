"""Grid codes: what is proposed for new units and for units under another parent (reference 8.2), and what is taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.domain.grids import GRID, GridUnit, children, subtree

SPECIAL = "special"
FIRST_SPECIAL = 51
"""Special grids (markets, campuses, factories) are numbered from 51 (reference 8.2)."""
FIRST_MERGED = 601
"""The last three figures of a merged village's code count from here (reference 8.2)."""
WIDTHS = (2, 3)


def taken(session: Session) -> set[str]:
    """All codes units hold now."""
    return {code for code in session.scalars(select(GridUnit.code)) if code}


def refuse_taken(session: Session, codes: Mapping[int, str | None]) -> None:
    """Raise OfficeError for a code that is given twice, or that another unit holds and keeps."""
    seen: set[str] = set()
    for code in filter(None, codes.values()):
        if code in seen:
            raise OfficeError(f"编码 {code} 写了两次", safe="没有改动", do="请给每个网格不同的编码")
        seen.add(code)
    if not seen:
        return
    for other in session.scalars(select(GridUnit).where(GridUnit.code.in_(seen))):
        if other.id not in codes:
            raise OfficeError(f"编码 {other.code} 已经是“{other.name}”的", safe="没有改动", do="请换一个编码")


def width_under(session: Session, parent: GridUnit) -> int:
    """How many figures the sequence has under a parent: as its units have it, else two (reference 8.2: 2 or 3)."""
    if parent.code:
        for code in session.scalars(select(GridUnit.code).where(GridUnit.parent_id == parent.id)):
            if code and code.startswith(parent.code) and len(code) - len(parent.code) in WIDTHS:
                return len(code) - len(parent.code)
    return WIDTHS[0]


def stem_under(session: Session, parent: GridUnit) -> tuple[str, int]:
    """What codes under a parent begin with, and how many figures follow; "" when none can be proposed."""
    if parent.code:
        return parent.code, width_under(session, parent)
    known = session.scalars(select(GridUnit.code).where(GridUnit.parent_id == parent.id)).all()
    numbered = [code for code in known if code and len(code) > 2 and code[-2:].isdigit()]
    return (max(numbered)[:-2], 2) if numbered else ("", 2)


def propose(
    session: Session,
    parent: GridUnit,
    kinds: Collection[str],
    *,
    free: Collection[str] = (),
    more: Collection[str] = (),
) -> list[str]:
    """Codes for new units of some kinds under a parent, in order; "" where none can be made.

    The number after the highest one in use goes first; `free` are codes about to be given up, which may come again,
    `more` such as are about to be taken.
    """
    if parent.level + 1 < GRID:
        return [""] * len(kinds)
    stem, width = stem_under(session, parent)
    used = (taken(session) - set(free)) | set(more)
    numbers = [
        int(code[len(stem) :]) for code in used if code.startswith(stem) and _is_number(code[len(stem) :], width)
    ]
    return [_next(stem, width, numbers, kind) for kind in kinds]


def _is_number(text: str, width: int) -> bool:
    return len(text) == width and text.isascii() and text.isdigit()


def _next(stem: str, width: int, numbers: list[int], kind: str) -> str:
    """The next free code of a kind; the number is then noted as used."""
    if not stem:
        return ""
    special = kind == SPECIAL
    mine = [number for number in numbers if (number >= FIRST_SPECIAL) == special]
    number = max(mine, default=FIRST_SPECIAL - 1 if special else 0) + 1
    if not special and number >= FIRST_SPECIAL and width == 2:
        number = next((n for n in range(1, FIRST_SPECIAL) if n not in numbers), number)
    if number >= 10**width:
        return ""
    numbers.append(number)
    return f"{stem}{number:0{width}d}"


def merged_village(session: Session, code: str) -> str:
    """The code proposed for a village merged of others: the township's nine figures and 601 onwards; "" without one."""
    stem = code[:9]
    if len(code) != 12 or not code.isdigit():
        return ""
    used = taken(session)
    return next((f"{stem}{n}" for n in range(FIRST_MERGED, 1000) if f"{stem}{n}" not in used), "")


def under_new_parent(session: Session, unit: GridUnit, parent: GridUnit) -> dict[int, str]:
    """Codes proposed for a unit that goes below another parent, and for all under it whose codes begin with its own."""
    if not unit.code or unit.level < GRID:
        return {}
    old_stem = session.get_one(GridUnit, unit.parent_id).code if unit.parent_id else None
    if not old_stem or not unit.code.startswith(old_stem) or parent.code is None or parent.id == unit.parent_id:
        return {}
    new = propose(session, parent, [unit.kind])[0]
    return below_new_code(session, unit, new) if new else {}


def below_new_code(session: Session, unit: GridUnit, new: str) -> dict[int, str]:
    """The codes of a unit and of all standing under it when the unit's own becomes another."""
    old = unit.code
    found = {unit.id: new}
    if not old:
        return found
    below = select(GridUnit).where(GridUnit.id.in_(select(subtree(unit.id).c.id)), GridUnit.id != unit.id)
    for one in session.scalars(below.where(GridUnit.end.is_(None))):
        if one.code and one.code.startswith(old):
            found[one.id] = new + one.code[len(old) :]
    return found


def renumbered(session: Session, parents: Sequence[int], stem: str) -> dict[int, str]:
    """Codes of all grids under some parents that become one with this code: numbered through in their order."""
    found: dict[int, str] = {}
    numbers: list[int] = []
    if not stem:
        return found
    for parent in parents:
        for unit in children(session, parent):
            code = _next(stem, WIDTHS[0], numbers, unit.kind)
            found |= below_new_code(session, unit, code) if code else {}
    return found
