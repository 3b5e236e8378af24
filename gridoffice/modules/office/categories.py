"""Changing the categories of cases: add, rename or join, put elsewhere, stop offering; cases at hand may follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import categories, phrases, work
from gridoffice.domain.categories import Category, Sub
from gridoffice.domain.work import Case

SAFE = "没有改动"
LAST = "其他"
"""Where a case without a category counts; it stays."""

FOLLOW = {"all": "都跟着改", "open": "只改未办结的", "": "都不改，只管以后的"}
"""What becomes of the cases that have the old word."""


@dataclass(frozen=True)
class Use:
    """How many cases have a category or subcategory."""

    open: int = 0
    closed: int = 0

    @property
    def words(self) -> str:
        """未办结 3 件、已结案 20 件; "" for none."""
        told = ((self.open, "未办结"), (self.closed, "已结案"))
        return "、".join(f"{word} {number:,} 件" for number, word in told if number)


@dataclass(frozen=True)
class Line:
    """A line of the tree: category, subcategory ("" for the category itself), whether it is offered, its cases."""

    title: str
    sub: str
    is_off: bool
    use: Use


def lines(office: Office) -> list[Line]:
    """The whole tree, line by line: each category, then what stands below it."""
    with office.read() as session:
        found, used = categories.whole(session), _used(session)
    made: list[Line] = []
    for one in found:
        whole = [use for (title, _sub), use in used.items() if title == one.title]
        of_all = Use(sum(use.open for use in whole), sum(use.closed for use in whole))
        made.append(Line(one.title, "", one.is_off, of_all))
        made += [Line(one.title, sub.title, sub.is_off, used.get((one.title, sub.title), Use())) for sub in one.subs]
    return made


def _used(session: Session) -> dict[tuple[str, str], Use]:
    wanted = select(Case.category, Case.subcategory, Case.state, func.count()).group_by(
        Case.category, Case.subcategory, Case.state
    )
    found: dict[tuple[str, str], Use] = {}
    for title, sub, state, number in session.execute(wanted):
        known, is_ended = found.get((title, sub), Use()), state in work.ENDED
        found[title, sub] = Use(known.open + (0 if is_ended else number), known.closed + (number if is_ended else 0))
    return found


def use(office: Office, title: str, sub: str = "") -> Use:
    """How many cases have a category, or a subcategory of it."""
    return next((line.use for line in lines(office) if (line.title, line.sub) == (title, sub)), Use())


def add(office: Office, title: str, sub: str = "") -> None:
    """Add a category, or a subcategory of one. Raises OfficeError, also for a register of reference 12.2."""
    title, sub = title.strip(), sub.strip()
    if not title:
        raise OfficeError("没有写类别", safe="没有保存", do="例如“市政设施”")
    categories.check(title, sub)
    with office.unit(f"增加事项类别：{_name(title, sub)}") as session:
        found = categories.whole(session)
        if _find(found, title, sub) is not None:
            raise OfficeError(f"已经有“{sub or title}”了", safe="没有保存", do="停用的可以重新启用")
        categories.keep(session, categories.added(found, title, sub))


def rename(office: Office, title: str, sub: str, new: str, follow: str = "all", *, join: bool = False) -> None:
    """Give a category or subcategory another name; `join`: into one of that name that is there. Raises OfficeError."""
    new = new.strip()
    if not new:
        raise OfficeError("没有写新名称", safe=SAFE, do="请写名称")
    if new == (sub or title):
        return
    categories.check(new)
    _keep_last(title, sub, "改名")
    old, made = (title, sub), (title, new) if sub else (new, "")
    with office.unit(f"事项类别改名：{_name(*old)} → {new}") as session:
        found = categories.whole(session)
        _there(found, *old)
        if _find(found, *made) is not None and not join:
            raise OfficeError(f"已经有“{new}”了", safe=SAFE, do="要并到一起，请确认合成一类")
        categories.keep(session, _renamed(found, *old, new))
        _follow(session, old, made, follow)


def move(office: Office, title: str, sub: str, to: str, follow: str = "all") -> None:
    """Put a subcategory below another category, to one of its name that may be there. Raises OfficeError."""
    with office.unit(f"小类“{sub}”从“{title}”移到“{to}”") as session:
        found = categories.whole(session)
        _there(found, title, sub)
        if _find(found, to, "") is None or to == title or not sub:
            raise OfficeError("没有选移到哪一类", safe=SAFE, do="请选另一个类别")
        left = _without(found, title, sub)
        categories.keep(session, categories.added(left, to, sub))
        _follow(session, (title, sub), (to, sub), follow)


def shift(office: Office, title: str, sub: str, by: int) -> None:
    """Put a line one place up (-1) or down (1) among its like; at the end nothing happens."""
    with office.unit(f"事项类别排序：{_name(title, sub)}") as session:
        found = categories.whole(session)
        if sub:
            made = tuple(replace(one, subs=_shifted(one.subs, sub, by)) if one.title == title else one for one in found)
        else:
            made = _shifted(found, title, by)
        if made != found:
            categories.keep(session, made)


def switch(office: Office, title: str, sub: str, is_off: bool) -> None:
    """Stop offering a category or subcategory, or offer it again; cases keep their words. Raises OfficeError."""
    _keep_last(title, sub, "停用")
    with office.unit(f"{'停用' if is_off else '启用'}事项类别：{_name(title, sub)}") as session:
        found = categories.whole(session)
        _there(found, title, sub)
        categories.keep(
            session,
            (
                one
                if one.title != title
                else replace(one, is_off=is_off)
                if not sub
                else replace(one, subs=tuple(replace(s, is_off=is_off) if s.title == sub else s for s in one.subs))
                for one in found
            ),
        )


def _name(title: str, sub: str) -> str:
    return f"{title}／{sub}" if sub else title


def _keep_last(title: str, sub: str, what: str) -> None:
    if title == LAST and not sub:
        raise OfficeError(f"“{LAST}”不能{what}", safe=SAFE, do="没有分类的事项都算在这里")


def _find(found: Iterable[Category], title: str, sub: str) -> Category | Sub | None:
    one = next((one for one in found if one.title == title), None)
    return one if one is None or not sub else next((s for s in one.subs if s.title == sub), None)


def _there(found: Iterable[Category], title: str, sub: str) -> None:
    if _find(found, title, sub) is None:
        raise OfficeError(f"“{_name(title, sub)}”已经不在了", safe=SAFE, do="可能刚被改动，请刷新后再试")


def _without(found: Iterable[Category], title: str, sub: str) -> list[Category]:
    return [
        replace(one, subs=tuple(s for s in one.subs if s.title != sub)) if one.title == title else one for one in found
    ]


def _renamed(found: Iterable[Category], title: str, sub: str, new: str) -> tuple[Category, ...]:
    """With the new name; what is joined keeps the place of the one that was there."""
    made: dict[str, Category] = {}
    for one in found:
        if one.title == title and sub:
            subs: dict[str, Sub] = {}
            for known in one.subs:
                named = replace(known, title=new) if known.title == sub else known
                subs.setdefault(named.title, named)
            one = replace(one, subs=tuple(subs.values()))
        elif one.title == title:
            one = replace(one, title=new)
        there = made.get(one.title)
        if there is not None:
            titles = {s.title for s in there.subs}
            one = replace(there, subs=(*there.subs, *(s for s in one.subs if s.title not in titles)))
        made[one.title] = one
    return tuple(made.values())


T = TypeVar("T", Category, Sub)


def _shifted(found: tuple[T, ...], title: str, by: int) -> tuple[T, ...]:
    made = list(found)
    place = next((place for place, one in enumerate(made) if one.title == title), -1)
    if place < 0 or not 0 <= place + by < len(made):
        return found
    made.insert(place + by, made.pop(place))
    return tuple(made)


def _follow(session: Session, old: tuple[str, str], new: tuple[str, str], follow: str) -> None:
    """Cases with the old words get the new ones, and so do the phrases of a renamed category."""
    if not old[1]:
        _take_phrases(session, old[0], new[0])
    if not follow:
        return
    wanted = select(Case.id).where(Case.category == old[0])
    wanted = wanted.where(Case.subcategory == old[1]) if old[1] else wanted
    wanted = wanted.where(work.is_open()) if follow == "open" else wanted
    changed = {"category": new[0]} | ({"subcategory": new[1]} if new[1] else {})
    rows = [{"id": number, **changed} for number in session.scalars(wanted)]
    session.info["unit"].bulk_update(Case.__table__, rows)


def _take_phrases(session: Session, old: str, new: str) -> None:
    """Phrases of a category go over to its new name, where that has none of its own."""
    own = phrases.own(session)
    made = {key: texts for key, texts in own.items() if key[1] != old}
    for step in phrases.STEPS:
        texts = phrases.of(session, step, old)
        if texts and not phrases.of(session, step, new):
            made[step, new] = texts
    if made != own:
        phrases.keep(session, made)
