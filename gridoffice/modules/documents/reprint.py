"""What must be printed anew: every paper in use is prepared again and compared with what stood on it when issued."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.log import log
from gridoffice.core.progress import Progress, silent
from gridoffice.db.office import Office
from gridoffice.domain import paper_code, paper_facts, paper_parts, reprints
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.paper_copies import PaperCopy
from gridoffice.domain.papers import IssuedPaper, PaperItem
from gridoffice.domain.reprints import CHANGED, FAILED, GONE, Answer, Outdated
from gridoffice.modules.documents import paper, roll
from gridoffice.modules.documents.paper import Made
from gridoffice.modules.documents.recipe import ONLY, Maker, makers

CHUNK = 500
MOST_CHANGES = 40  # told of one part; a handbook of a redrawn township has hundreds
TABLES = frozenset(
    [
        "assignment", "attachment", "grid_level", "grid_past", "grid_unit", "help_entry", "leave", "map_base",
        "map_point", "map_shape", "network", "network_level", "network_role", "office_setting", "organisation",
        "premises", "staff", "work_day",
    ]
)  # fmt: skip
"""What papers are made from where their maker does not say; a change of anything else leaves them as they are."""
REGISTER = frozenset(["issued_paper", "paper_item", "paper_copy"])


@dataclass(frozen=True)
class InUse:
    """A part of a paper in use: what it is, how it was asked for, and where its copies are."""

    item_id: int
    key: str
    title: str
    digest: str
    paper_id: int
    number: str
    kind: str
    maker: str
    options: str
    unit_id: int | None
    made_on: date
    paper: str


Group = tuple[str, str]
"""A maker and what is asked of it as JSON: one preparation for all parts made so."""


@dataclass
class Now:
    """What a preparation gives today: the digest and facts of its parts by key, or why there is none."""

    digests: dict[str, str] = field(default_factory=dict)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    problem: str = ""


class Check:
    """The check of one office; keeps what did not change since the last time. Not for two threads at once."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._now: dict[Group, Now] = {}
        self._day = office.today()
        self._where: dict[int, list[PaperCopy]] = {}
        self._known = {one.name: one for one in makers() if one.is_tracked}

    def own_tables(self) -> frozenset[str]:
        """Tables that some maker names for itself."""
        return frozenset().union(*(one.tables for one in self._known.values()))

    def forget(self, tables: Iterable[str]) -> None:
        """Tables were changed: what is made from them is made again at the next answer."""
        touched = set(tables)
        for group in [one for one in self._now if self._reads(self._known[one[0]]) & touched]:
            del self._now[group]

    @staticmethod
    def _reads(maker: Maker) -> frozenset[str]:
        return maker.tables or TABLES

    def answer(self, progress: Progress = silent) -> Answer:
        """Compare all parts in use; the answer is kept for 今日 too."""
        if self._day != self.office.today():
            self._day = self.office.today()
            self._now.clear()
        used = in_use(self.office, self._known)
        self._where = _copies_out(self.office)
        groups: dict[Group, list[InUse]] = defaultdict(list)
        for one in used:
            groups[(one.maker, _whole(one.options))].append(one)
        found: list[Outdated] = []
        with roll.once():
            for place, (group, parts) in enumerate(groups.items()):
                time.sleep(0)  # the window goes first
                progress(place, len(groups), "正在对照已发的文书")
                found += self._compare(group, parts)
        for gone in set(self._now) - set(groups):
            del self._now[gone]
        answer = Answer(tuple(sorted(found, key=lambda one: (one.kind, one.item_id))), len(used))
        reprints.put(self.office, answer)
        return answer

    def _compare(self, group: Group, parts: list[InUse]) -> list[Outdated]:
        now = self._now.get(group)
        if now is None:
            wanted = {one.key: one.digest for one in parts}
            now = self._now[group] = self._prepare(group, wanted)
        if now.problem:
            gone = _ended(self.office, parts, group)
            return [self._outdated(one, GONE if gone else FAILED, reason=gone or now.problem) for one in parts]
        missing = [one for one in parts if one.key not in now.digests]
        differs = [one for one in parts if one.key in now.digests and one.digest != now.digests[one.key]]
        found = [self._outdated(one, GONE, reason=_why_gone(self.office, one)) for one in missing]
        if not differs:
            return found
        lacking = [one.key for one in differs if one.key not in now.facts]
        if lacking:  # a later issue may have had another digest than the one that was compared first
            again = self._prepare(group, {key: "" for key in lacking})
            now.facts.update(again.facts)
        was = _facts(self.office, [one.item_id for one in differs])
        for one in differs:
            changed = paper_facts.changes(was.get(one.item_id, {}), now.facts.get(one.key, {}))
            words = tuple(change.words for change in changed[:MOST_CHANGES])
            more = len(changed) - MOST_CHANGES
            told = (*words, f"还有 {more} 处") if more > 0 else words
            if told:  # the digest of a view may differ where an older program flattened it in another way
                found.append(self._outdated(one, CHANGED, changes=told))
        return found

    def _outdated(self, one: InUse, state: str, *, changes: tuple[str, ...] = (), reason: str = "") -> Outdated:
        copies = [copy for copy in self._where.get(one.paper_id, ()) if copy.item_key in ("", one.key)]
        return Outdated(
            one.item_id, one.paper_id, one.number, one.kind, one.maker, one.key, one.title, state, one.made_on,
            one.unit_id, one.paper, changes, told_where(copies), reason,
        )  # fmt: skip

    def _prepare(self, group: Group, wanted: Mapping[str, str]) -> Now:
        """Prepare a paper again; the facts are kept of those parts only that differ from `wanted`."""
        try:
            prepared = self._known[group[0]].prepare(self.office, json.loads(group[1]))
        except OfficeError as problem:
            return Now(problem=problem.sentence)
        except Exception:
            log.exception("a paper could not be prepared again: %s", group[0])
            return Now(problem="现在做不出这份文书，请在“文书”页打开它看看。")
        now = Now()
        for item in prepared.items:
            facts = paper_facts.facts(item.view)
            now.digests[item.key] = paper_code.digest(facts)
            if now.digests[item.key] != wanted.get(item.key, now.digests[item.key]):
                now.facts[item.key] = facts
        return now


def _whole(options: str) -> str:
    """What was asked of a paper without the choice of parts, always written in the same way."""
    try:
        found = json.loads(options or "{}")
    except ValueError:
        found = {}
    return json.dumps({key: value for key, value in sorted(found.items()) if key != ONLY}, ensure_ascii=False)


def in_use(office: Office, known: Mapping[str, Any]) -> list[InUse]:
    """The newest issue of each part that is not recalled and whose copies are not all taken back."""
    wanted = (
        select(
            PaperItem.id, PaperItem.key, PaperItem.title, PaperItem.digest, IssuedPaper.id, IssuedPaper.number,
            IssuedPaper.kind, IssuedPaper.maker, IssuedPaper.options, IssuedPaper.unit_id, IssuedPaper.made_on,
            IssuedPaper.title,
        )
        .join(IssuedPaper, PaperItem.paper_id == IssuedPaper.id)
        .where(PaperItem.replaced_by.is_(None), PaperItem.collected_on.is_(None), IssuedPaper.recalled_on.is_(None))
        .where(IssuedPaper.maker.in_(sorted(known)), PaperItem.facts != "")
        .order_by(PaperItem.id)
    )  # fmt: skip
    with office.read() as session:
        found = [InUse(*tuple(row)) for row in session.execute(wanted).all()]
        back = _taken_back(session)
    return [one for one in found if not _is_back(back, one)]


def _taken_back(session: Session) -> dict[tuple[int, str], bool]:
    """Whether all copies of a paper or part are taken back, for those that have copies written down."""
    found: dict[tuple[int, str], bool] = {}
    for paper_id, key, returned in session.execute(
        select(PaperCopy.paper_id, PaperCopy.item_key, PaperCopy.returned_on)
    ):
        found[(paper_id, key)] = found.get((paper_id, key), True) and returned is not None
    return found


def _is_back(back: Mapping[tuple[int, str], bool], one: InUse) -> bool:
    known = [back[key] for key in ((one.paper_id, ""), (one.paper_id, one.key)) if key in back]
    return bool(known) and all(known)


def _facts(office: Office, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    with office.read() as session:
        for start in range(0, len(ids), CHUNK):
            some = select(PaperItem.id, PaperItem.facts).where(PaperItem.id.in_(ids[start : start + CHUNK]))
            found.update({one: paper_facts.kept(text) for one, text in session.execute(some)})
    return found


def _copies_out(office: Office) -> dict[int, list[PaperCopy]]:
    """The copies that are out, by paper."""
    found: dict[int, list[PaperCopy]] = defaultdict(list)
    with office.read() as session:
        for copy in session.scalars(select(PaperCopy).where(PaperCopy.returned_on.is_(None)).order_by(PaperCopy.id)):
            found[copy.paper_id].append(copy)
    return found


def told_where(copies: Iterable[PaperCopy]) -> tuple[str, ...]:
    """Who has copies and where they hang: 挂在 村委会东墙, 张建国 2 份."""
    return tuple(f"挂在 {copy.place}" if copy.place else f"{copy.receiver} {copy.copies} 份" for copy in copies)


def _ended(office: Office, parts: Sequence[InUse], group: Group) -> str:
    """Why a paper that cannot be made any more need not be: its unit has ended; "" when that is not it."""
    unit_id = json.loads(group[1]).get("unit") or parts[0].unit_id
    return _unit_gone(office, int(unit_id)) if unit_id else ""


def _unit_gone(office: Office, unit_id: int) -> str:
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        if unit is None:
            return "这个网格已经删除，该收回，不用重印"
        if unit.end is not None:
            return f"{unit.name} 已撤并，该收回，不用重印"
    return ""


def _why_gone(office: Office, one: InUse) -> str:
    kind, _, number = one.key.partition(":")
    if kind == "unit" and number.partition(":")[0].isdigit():
        told = _unit_gone(office, int(number.partition(":")[0]))
        if told:
            return told
    if kind == "staff":
        return "这个人已离岗，或不在这个范围了，该收回，不用重印"
    return "这份文书现在不需要了，该收回，不用重印"


# -- printing just those


@dataclass(frozen=True)
class Job:
    """One file that prints some outdated parts anew: its maker, what is asked of it, and a title."""

    maker: str
    options: dict[str, Any]
    title: str
    parts: tuple[Outdated, ...]


def jobs(office: Office, wanted: Sequence[Outdated]) -> list[Job]:
    """The files for some parts: parts that came from one paper are printed together, and only they."""
    with office.read() as session:
        papers = {one.paper_id for one in wanted}
        asked = {one: session.get_one(IssuedPaper, one).options for one in papers}
    groups: dict[Group, list[Outdated]] = defaultdict(list)
    for one in wanted:
        if one.state == CHANGED:
            groups[(one.maker, _whole(asked[one.paper_id]))].append(one)
    found = []
    for (name, options), parts in groups.items():
        told = {**json.loads(options), ONLY: [one.key for one in parts]}
        names = list(dict.fromkeys(one.title.rpartition(" · ")[2] for one in parts))
        head = parts[0].name if len(parts) == 1 else f"{parts[0].name}等 {len(parts)} 份"
        title = head if paper_parts.is_own(parts[0].key) else f"{parts[0].paper} · {'、'.join(names[:4])}"
        found.append(Job(name, told, title, tuple(parts)))
    return found


def print_again(office: Office, job: Job, out: Path) -> Made:
    """Issue the parts of a job anew; the old ones then stand as to be taken back."""
    return paper.issue(office, job.maker, job.options, out)


def check(office: Office, progress: Progress = silent) -> Answer:
    """Compare everything once, keeping nothing but the answer."""
    return Check(office).answer(progress)
