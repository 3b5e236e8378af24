"""Behind 到位率: every log that was owed, by day, grid and person, with what was done; the table is made of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gridoffice.db.office import Office
from gridoffice.forms import logs
from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols.rates import WAYS, Piece, Reckoning, network_titles, staff_names

MEASURES = {"planned": "应走", "done": "已走", "missed": "未走", "late": "补记"}
"""What is counted; late: done, but entered after the day was locked (a part of done)."""
WHOLE_TOWN = "全镇"
NOBODY = "暂缺"


@dataclass(frozen=True)
class Asked:
    """What is asked: a period (both days counted), and perhaps one village, network or kind of log only."""

    first: date
    last: date
    village: str = ""
    network: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Owing:
    """What one rule made owed of one unit by one person in one span, and how much of it was done."""

    first: date
    last: date
    unit_id: int
    unit: str
    village: str
    staff_id: int | None
    staff: str
    rule: Rule
    network: str  # its title
    planned: int
    done: int
    late: int

    @property
    def missed(self) -> int:
        """What is missing."""
        return self.planned - self.done

    def number(self, measure: str) -> int:
        """One of `MEASURES`."""
        return int(getattr(self, measure))

    def each(self, measure: str = "planned") -> Iterator[Owing]:
        """Itself, where it counts for a measure: what is told one by one already."""
        if self.number(measure):
            yield self


@dataclass(frozen=True)
class Sum:
    """What one rule made owed of one unit by one person in the whole period: `Owing`s not told one by one yet."""

    piece: Piece
    unit: str  # as it was called last
    village: str
    staff: str
    network: str
    of: Reckoning = field(repr=False)

    def number(self, measure: str) -> int:
        """One of `MEASURES`."""
        piece = self.piece
        return {
            "planned": piece.planned, "done": piece.done, "missed": piece.planned - piece.done, "late": piece.late,
        }[measure]  # fmt: skip

    def each(self, measure: str = "planned") -> Iterator[Owing]:
        """Span by span, those that count for a measure."""
        if not self.number(measure):
            return
        piece, rule = self.piece, self.piece.rule
        for span, done, late in self.of.each(piece):
            if {"planned": 1, "done": done, "missed": rule.times - done, "late": late}[measure]:
                yield Owing(
                    span.first, span.last, piece.unit_id, self.of.unit_name(piece.unit_id, span.due), self.village,
                    piece.staff_id, self.staff, rule, self.network, rule.times, done, late,
                )  # fmt: skip


def _in_order(parts: Iterable[Sum | Owing], measure: str = "planned") -> tuple[Owing, ...]:
    every = [one for part in parts for one in part.each(measure)]
    return tuple(sorted(every, key=lambda one: (one.last, one.village, one.unit, one.rule.key)))


@dataclass(frozen=True)
class Row:
    """A line of the table: its words and what it is made of."""

    title: str
    parts: tuple[Sum | Owing, ...]

    def number(self, measure: str) -> int:
        """One of `MEASURES`: the sum of its parts."""
        return sum(part.number(measure) for part in self.parts)

    @property
    def percent(self) -> int | None:
        """Done of planned, in per cent; None when nothing was owed."""
        planned = self.number("planned")
        return round(100 * self.number("done") / planned) if planned else None

    def behind(self, measure: str) -> tuple[Owing, ...]:
        """All that a number is the sum of, the earliest first."""
        return _in_order(self.parts, measure)

    def every(self) -> tuple[Owing, ...]:
        """All that was owed, the earliest first."""
        return _in_order(self.parts)


def sums(office: Office, asked: Asked) -> tuple[Sum, ...]:
    """Everything owed in a period within the office's scope; what is not due yet is not owed."""
    with office.read() as session:
        made = Reckoning(session, asked.first, asked.last, office.today(), _rules(asked), late=True)
        names, titles = staff_names(session), network_titles(session)
        tree = made.owed.tree
        scope = set(tree.under(office.scope, made.last)) | {office.scope} if office.scope is not None else None
        found = []
        for piece in made.pieces():
            village = made.village(piece.unit_id) or WHOLE_TOWN
            if (asked.village and village != asked.village) or (scope and piece.unit_id not in scope):
                continue
            unit = made.unit_name(piece.unit_id, made.last_due(piece))
            staff = names.get(piece.staff_id or 0, NOBODY)
            found.append(Sum(piece, unit, village, staff, titles.get(piece.rule.network, piece.rule.network), made))
    return tuple(found)


def owings(office: Office, asked: Asked) -> tuple[Owing, ...]:
    """As `sums`, span by span, the earliest first."""
    return _in_order(sums(office, asked))


def _rules(asked: Asked) -> list[Rule]:
    return [
        rule
        for rule in logs.rules()
        if (not asked.network or rule.network == asked.network) and (not asked.kind or rule.kind == asked.kind)
    ]


def rows(way: str, parts: Sequence[Sum]) -> list[Row]:
    """The parts laid out one way (a key of `WAYS`), the lowest rate first."""
    groups: dict[Any, list[Sum]] = {}
    for part in parts:
        groups.setdefault(_group(way, part), []).append(part)
    found = [Row(_title(way, own), tuple(own)) for own in groups.values()]
    return sorted(found, key=lambda row: (row.percent or 0, -row.number("planned"), row.title))


def _group(way: str, part: Sum) -> Any:
    return {
        "village": part.village,
        "grid": part.piece.unit_id,
        "worker": part.piece.staff_id,
        "network": part.piece.rule.network,
        "kind": part.piece.rule.kind,
    }[way]


def _title(way: str, own: Sequence[Sum]) -> str:
    part = max(own, key=lambda one: one.of.last_due(one.piece))
    return {
        "village": part.village,
        "grid": part.unit,
        "worker": part.staff,
        "network": part.network,
        "kind": part.piece.rule.kind,
    }[way]


def choices(office: Office) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: villages by name, networks in use that have a rule, kinds that have one."""
    with office.read() as session:
        reckoning = Reckoning(session, office.today(), office.today(), office.today())
        titles = network_titles(session)
        used = {rule.network for rule in reckoning.owed.rules}
        villages = dict.fromkeys(reckoning.villages)
        kinds = dict.fromkeys(rule.kind for rule in reckoning.owed.rules)
    return {
        "village": [(name, name) for name in villages],
        "network": [(key, title) for key, title in titles.items() if key in used],
        "kind": [(name, name) for name in kinds],
    }


def head(way: str) -> str:
    """The title of the first column."""
    return WAYS[way]
