"""Many papers at once: all drawn first, then numbered, registered and saved as one step, or nothing at all."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.core.log import log
from gridoffice.core.progress import Progress, silent
from gridoffice.db.office import Office
from gridoffice.domain import papers
from gridoffice.domain.papers import KINDS, Filed, NumberTaken
from gridoffice.modules.documents import paper, series
from gridoffice.modules.documents.recipe import Maker, Prepared, maker

TRIES = 4
LONGEST = 60  # characters of a name in a file's name


@dataclass(frozen=True)
class Wanted:
    """One file of a batch: a maker's key, what is asked of it, and what it is called in the list."""

    maker: str
    title: str
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """What became of one file: where it lies under which number with which notes, or why it was not made."""

    title: str
    path: Path | None = None
    number: str = ""
    pages: int = 0
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class _Ready:
    """A paper that is prepared."""

    wanted: Wanted
    maker: Maker
    prepared: Prepared


@dataclass(frozen=True)
class _Drawn:
    """A paper that is drawn under its number, in a folder of the batch."""

    ready: _Ready
    number: str
    path: Path
    pages: int


def file_name(number: str, kind: str, title: str) -> str:
    """2025-014_张家村_联系卡.pdf: the figures of the number, for what or whom, the kind."""
    figures = "-".join(re.findall(r"\d+", number)) or number
    word = KINDS[kind].title
    place = re.sub(r"\s+", "", title.replace(word, "")).strip("·_－-") or title
    name = f"{figures}_{place[:LONGEST]}_{word}"
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name) + ".pdf"


def issue(
    office: Office, wanted: Sequence[Wanted], folder: Path, progress: Progress = silent, name: str = ""
) -> list[Result]:
    """Issue many papers into a folder; those that cannot be made are told, the others are made.

    Everything is drawn before anything is registered: cancelled by `progress` there is no number, no line and no file.
    Raises OfficeError when the folder cannot be written; then nothing is registered either.
    """
    if not folder.is_dir():
        raise OfficeError(f"文件夹“{folder.name}”打不开", safe="什么也没有登记", do="请另选一个文件夹")
    results: dict[int, Result] = {}
    ready: dict[int, _Ready] = {}
    total = 2 * len(wanted)
    for place, one in enumerate(wanted):
        progress(place, total, f"正在准备 {one.title}")
        made_by = maker(one.maker)
        try:
            ready[place] = _Ready(one, made_by, made_by.prepare(office, one.options))
        except Cancelled:
            raise
        except OfficeError as problem:
            results[place] = Result(one.title, problem=problem.sentence)
        except Exception:
            log.exception("a paper of a batch could not be prepared")
            results[place] = Result(one.title, problem="程序出了错，这一份没有做成。")
    with tempfile.TemporaryDirectory(prefix=".grid-", dir=folder) as draft:
        made = _drawn(office, ready, Path(draft), lambda done, text: progress(len(wanted) + done, total, text), name)
        for place, drawn in made.items():
            out = _place(folder, drawn)
            drawn.path.replace(out)
            notes = drawn.ready.prepared.notes
            results[place] = Result(drawn.ready.wanted.title, out, drawn.number, drawn.pages, notes)
    progress(total, total, "")
    return [results[place] for place in sorted(results)]


def _place(folder: Path, drawn: _Drawn) -> Path:
    """A name that no other file of the folder has."""
    name = file_name(drawn.number, drawn.ready.maker.kind, drawn.ready.prepared.title)
    out, turn = folder / name, 2
    while out.exists():
        out = folder / f"{name.removesuffix('.pdf')}（{turn}）.pdf"
        turn += 1
    return out


def _drawn(
    office: Office, ready: Mapping[int, _Ready], draft: Path, tell: Callable[[int, str], None], name: str
) -> dict[int, _Drawn]:
    """Draw and register all; another computer's number in between makes them be drawn under the next ones."""
    if not ready:
        return {}
    for turn in range(TRIES):
        numbers = _numbers(office, ready)
        made: dict[int, _Drawn] = {}
        for done, (place, one) in enumerate(ready.items()):
            tell(done, f"正在画 {one.wanted.title}")
            data = paper.drawn(office, one.maker.kind, one.prepared, numbers[place])
            path = draft / f"{place}.pdf"
            papers.save(path, data)
            made[place] = _Drawn(one, numbers[place], path, paper.pages_of(path))
        try:
            papers.put(office, name or _told(ready), [line for one in made.values() for line in _filed(office, one)])
            return made
        except NumberTaken:
            if turn == TRIES - 1:
                raise
    return {}


def _numbers(office: Office, ready: Mapping[int, _Ready]) -> dict[int, str]:
    """The first number of each paper; kinds that share a sign share its series."""
    counts: Counter[tuple[str, str]] = Counter()
    asked: dict[tuple[str, str], tuple[str, str]] = {}
    for one in ready.values():
        asked.setdefault(_series(one), (one.maker.kind, one.prepared.sign))
        counts[_series(one)] += _wanted(one.prepared)
    free = {
        key: iter(papers.numbers_for(office, kind, counts[key], sign)) for key, (kind, sign) in asked.items()
    }  # fmt: skip
    found: dict[int, str] = {}
    for place, one in ready.items():
        own = [next(free[_series(one)]) for _ in range(_wanted(one.prepared))]
        found[place] = own[0]
    return found


def _series(one: _Ready) -> tuple[str, str]:
    return KINDS[one.maker.kind].around(0, one.prepared.sign)


def _wanted(prepared: Prepared) -> int:
    """How many numbers a paper takes."""
    return max(len(prepared.items), 1) if prepared.is_numbered_each else 1


def _filed(office: Office, one: _Drawn) -> list[Filed]:
    ready = one.ready
    kind, prepared = ready.maker.kind, ready.prepared
    record = papers.entry(office, kind, one.number, prepared.title, one.path, one.pages, prepared.unit_id)
    record.file_name = file_name(one.number, kind, prepared.title)[:160]
    data = one.path.read_bytes()
    kept = data if paper.is_kept(kind, ready.maker, data) else b""
    origin = paper.origin_of(ready.maker, prepared, ready.wanted.options)
    if prepared.is_numbered_each:
        return series.filed(office, kind, one.number, prepared, one.path, one.pages, origin)
    return [Filed(record, origin, kept)]


def _told(ready: Mapping[int, _Ready]) -> str:
    titles = [one.wanted.title for one in ready.values()]
    return f"制作文书 {len(titles)} 份：{'、'.join(titles[:3])}{'等' if len(titles) > 3 else ''}"
