"""查漏补缺: all rules together, asked for counts and rows."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import grid_size
from gridoffice.domain.people import Resident
from gridoffice.modules.grids.gap_people import PERSONS, RESIDENTS
from gridoffice.modules.grids.gap_rules import MISSING, UNITS, Ask, Found, Rule

RULES: tuple[Rule, ...] = (*MISSING, *PERSONS, *UNITS, *RESIDENTS)
SHOWN = 1000
"""So many findings of a rule are shown, printed and exported; the rest is counted."""


@dataclass(frozen=True)
class Counted:
    """A rule with its number of findings; None: not counted yet."""

    rule: Rule
    number: int | None


def rule(key: str) -> Rule:
    """A rule by its key."""
    return next(one for one in RULES if one.key == key)


def _ask(office: Office, session: Session) -> Ask:
    return Ask(office.day(), office.scope, grid_size.preset(session), grid_size.most_posts(session))


_kept: WeakKeyDictionary[Office, dict[tuple[str, int | None], tuple[int, int]]] = WeakKeyDictionary()
"""Numbers of the slow rules by rule and scope, with the last step of work that touched what they look at."""


def _number(office: Office, session: Session, one: Rule, ask: Ask) -> int:
    """A rule's number; a slow one is counted anew only after residents were changed."""
    if one.is_quick:
        return one.count(session, ask)
    touched = AuditUnit.tables.like(f"%{Resident.__tablename__}%")
    last = session.scalar(select(func.max(AuditUnit.id)).where(touched)) or 0
    kept = _kept.setdefault(office, {})
    known = kept.get((one.key, ask.scope))
    if known is None or known[0] != last:
        known = (last, one.count(session, ask))
        kept[(one.key, ask.scope)] = known
    return known[1]


def counted(office: Office, *, quick_only: bool = False) -> list[Counted]:
    """Every rule with its number; the slow ones are left open when only the quick are wanted."""
    with office.read() as session:
        ask = _ask(office, session)
        return [
            Counted(one, _number(office, session, one, ask) if one.is_quick or not quick_only else None)
            for one in RULES
        ]  # fmt: skip


def found(office: Office, key: str, most: int = SHOWN) -> list[Found]:
    """The first findings of a rule."""
    with office.read() as session:
        return rule(key).found(session, _ask(office, session), most)


def pressing(office: Office) -> int:
    """How many findings of the quick rules are wrong, for 今日."""
    return sum(one.number or 0 for one in counted(office, quick_only=True) if one.rule.tone == "late")
