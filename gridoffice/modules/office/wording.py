"""Changing the standard phrases of the closed loop's forms, and where cases come from."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import categories, forbidden, phrases, sources
from gridoffice.domain.sources import FOUND, LONGEST, Source
from gridoffice.domain.work import Case

SAFE = "没有改动"
EVERY = "每一类都用"
"""The words of phrases that belong to no category."""


def texts(office: Office, step: str, category: str) -> tuple[str, ...]:
    """The phrases of exactly this step and category ("" for every one)."""
    with office.read() as session:
        return phrases.of(session, step, category)


def is_own(office: Office, step: str, category: str) -> bool:
    """Whether the office set these phrases itself."""
    with office.read() as session:
        return (step, category) in phrases.own(session)


def set_texts(office: Office, step: str, category: str, lines: list[str]) -> None:
    """Set the phrases of a step and category, a line each; raises OfficeError, also for a register of ref. 12.2."""
    found = tuple(dict.fromkeys(filter(None, (line.strip() for line in lines))))
    if len(found) > phrases.MOST:
        raise OfficeError(f"最多 {phrases.MOST} 句，现在有 {len(found)} 句", safe=SAFE, do="Alt+1 到 Alt+9 只能选九句")
    for text in found:
        forbidden.refuse(text, "用语")
        if len(text) > phrases.LONGEST:
            raise OfficeError(f"“{text[:12]}…”太长（最多 {phrases.LONGEST} 字）", safe=SAFE, do="请缩短")
    with office.unit(f"修改常用语：{_name(step, category)}") as session:
        own = phrases.own(session)
        if found == phrases.shipped().get((step, category), ()):
            own.pop((step, category), None)
        else:
            own[step, category] = found
        if own != phrases.own(session):
            phrases.keep(session, own)


def restore(office: Office, step: str, category: str) -> None:
    """Back to the phrases that came with the program."""
    with office.unit(f"常用语恢复自带的：{_name(step, category)}") as session:
        own = phrases.own(session)
        if own.pop((step, category), None) is not None:
            phrases.keep(session, own)


def titles(office: Office) -> list[str]:
    """The categories that are offered."""
    return list(categories.of_office(office))


def _name(step: str, category: str) -> str:
    return f"{phrases.STEPS[step]} · {category or EVERY}"


def all_sources(office: Office) -> list[tuple[Source, int]]:
    """Every source with how many cases came from it."""
    with office.read() as session:
        counted: dict[str, int] = {
            key: number for key, number in session.execute(select(Case.source, func.count()).group_by(Case.source))
        }
        return [(one, counted.get(one.key, 0)) for one in sources.whole(session)]


def _check(title: str) -> str:
    title = title.strip()
    if not title:
        raise OfficeError("没有写来源", safe=SAFE, do="例如“村民代表会”")
    if len(title) > LONGEST:
        raise OfficeError(f"来源最多 {LONGEST} 个字", safe=SAFE, do="请缩短")
    forbidden.refuse(title, "来源")
    return title


def add_source(office: Office, title: str) -> None:
    """Add a source of the office's own; raises OfficeError."""
    title = _check(title)
    with office.unit(f"增加事项来源：{title}") as session:
        found = sources.whole(session)
        if any(title in (one.title, one.key) for one in found):
            raise OfficeError(f"已经有“{title}”了", safe=SAFE, do="停用的可以重新启用")
        sources.keep(session, (*found, Source(title, title)))


def rename_source(office: Office, key: str, title: str) -> None:
    """Other words for a source; every case from it shows them. Raises OfficeError."""
    title = _check(title)
    with office.unit(f"事项来源改名：{title}") as session:
        found = sources.whole(session)
        if any(one.title == title and one.key != key for one in found):
            raise OfficeError(f"已经有“{title}”了", safe=SAFE, do="请换一个名称")
        sources.keep(session, (replace(one, title=title) if one.key == key else one for one in found))


def switch_source(office: Office, key: str, is_off: bool) -> None:
    """Stop offering a source, or offer it again; raises OfficeError for those the program itself sets."""
    with office.unit(f"{'停用' if is_off else '启用'}事项来源") as session:
        found = sources.whole(session)
        title = next((one.title for one in found if one.key == key), key)
        if key in FOUND and is_off:
            raise OfficeError(f"“{title}”由程序自己登记，不能停用", safe=SAFE, do="可以改名")
        session.info["unit"].record.name += f"：{title}"
        sources.keep(session, (replace(one, is_off=is_off) if one.key == key else one for one in found))


def shift_source(office: Office, key: str, by: int) -> None:
    """Put a source one place up (-1) or down (1)."""
    with office.unit("事项来源排序") as session:
        found = list(sources.whole(session))
        place = next((place for place, one in enumerate(found) if one.key == key), -1)
        if place >= 0 and 0 <= place + by < len(found):
            found.insert(place + by, found.pop(place))
            sources.keep(session, found)
