"""Behind 到位率: every log that was owed, by day, grid and person, with what was done; the table is made of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gridoffice.db.office import Office
from gridoffice.forms import logs
from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols.rates import WAYS, Reckoning, Walks, network_titles, staff_names

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


@dataclass(frozen=True)
class Row:
    """A line of the table: its words and what it is made of."""

    title: str
    parts: tuple[Owing, ...]

    def number(self, measure: str) -> int:
        """One of `MEASURES`: the sum of its parts."""
        return sum(part.number(measure) for part in self.parts)

    @property
    def percent(self) -> int | None:
        """Done of planned, in per cent; None when nothing was owed."""
        planned = self.number("planned")
        return round(100 * self.number("done") / planned) if planned else None

    def behind(self, measure: str) -> tuple[Owing, ...]:
        """The parts that a number is the sum of."""
        return tuple(part for part in self.parts if part.number(measure))


def owings(office: Office, asked: Asked) -> tuple[Owing, ...]:
    """Everything owed in a period within the office's scope, the earliest first; what is not due yet is not owed."""
    with office.read() as session:
        reckoning = Reckoning(session, asked.first, asked.last, office.today(), _rules(asked))
        in_time = Walks(session, reckoning.owed, reckoning.begin, reckoning.last, in_time=True)
        names, titles = staff_names(session), network_titles(session)
        tree = reckoning.owed.tree
        scope = set(tree.under(office.scope, reckoning.last)) | {office.scope} if office.scope is not None else None
        found = []
        for rule in reckoning.owed.rules:
            for span in reckoning.spans[rule.every]:
                for debt in reckoning.owed.debts(rule, span.due):
                    village = reckoning.village(debt.unit_id) or WHOLE_TOWN
                    if (asked.village and village != asked.village) or (scope and debt.unit_id not in scope):
                        continue
                    done = reckoning.walks.count(rule, debt, span)
                    late = done - in_time.count(rule, debt, span)
                    unit = reckoning.unit_name(debt.unit_id, span.due)
                    staff = names.get(debt.staff_id or 0, NOBODY)
                    title = titles.get(rule.network, rule.network)
                    found.append(
                        Owing(
                            span.first, span.last, debt.unit_id, unit, village, debt.staff_id, staff, rule, title,
                            rule.times, done, late,
                        )
                    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.last, one.village, one.unit, one.rule.key)))


def _rules(asked: Asked) -> list[Rule]:
    return [
        rule
        for rule in logs.rules()
        if (not asked.network or rule.network == asked.network) and (not asked.kind or rule.kind == asked.kind)
    ]


def rows(way: str, parts: Sequence[Owing]) -> list[Row]:
    """The parts laid out one way (a key of `WAYS`), the lowest rate first."""
    groups: dict[Any, list[Owing]] = {}
    for part in parts:
        groups.setdefault(_group(way, part), []).append(part)
    found = [Row(_title(way, own[-1]), tuple(own)) for own in groups.values()]
    return sorted(found, key=lambda row: (row.percent or 0, -row.number("planned"), row.title))


def _group(way: str, part: Owing) -> Any:
    return {
        "village": part.village,
        "grid": part.unit_id,
        "worker": part.staff_id,
        "network": part.rule.network,
        "kind": part.rule.kind,
    }[way]


def _title(way: str, part: Owing) -> str:
    return {
        "village": part.village,
        "grid": part.unit,
        "worker": part.staff,
        "network": part.network,
        "kind": part.rule.kind,
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
