"""A merged batch as files, one for each letter, with names that sort and tell: 2025-014_张建国_一封信.pdf."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from gridoffice.core.errors import OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.db.office import Office
from gridoffice.domain import paper_code, paper_facts, papers
from gridoffice.domain.papers import KINDS, Origin, Part
from gridoffice.modules.documents import merge, series
from gridoffice.modules.documents.recipe import Options, Prepared
from gridoffice.modules.documents.templates import EACH
from gridoffice.papers import official

UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
LONGEST = 40  # characters of a name inside a file's name


@dataclass(frozen=True)
class Saved:
    """What was saved: how many files, the first one's name, under which number."""

    files: int
    first: str
    number: str


def save_each(office: Office, kind: str, options: Options, folder: Path, progress: Progress = silent) -> Saved:
    """Draw a batch, each letter into a file of its own, and register it; when cancelled nothing is left behind.

    The files are drawn beside the folder and moved in at the end. Raises OfficeError.
    """
    prepared, wanted = merge.prepare(office, options), merge.batch(office, options)
    if not folder.is_dir():
        raise OfficeError(f"没有“{folder.name}”这个文件夹", safe="没有制作文书", do="请另选一个文件夹")

    def write(number: str) -> Saved:
        with tempfile.TemporaryDirectory(prefix="gridoffice-") as place:
            made = _draw(office, kind, prepared, wanted, number, Path(place), progress)
            whole = _whole(made, Path(place))
            parts = tuple(
                Part(item.key, item.title, "", paper_code.digest(paper_facts.facts(item.view)))
                for item in prepared.items
            )
            origin = Origin(kind, json.dumps(dict(options), ensure_ascii=False), parts)
            if prepared.is_numbered_each:
                series.register(office, kind, number, prepared, whole, len(made), origin)
            else:
                papers.register(office, kind, number, prepared.title, whole, len(made), prepared.unit_id, origin=origin)
            _move(made, folder)
        return Saved(len(made), made[0].name, number)

    return papers.numbered(office, kind, write, prepared.sign)


def _draw(
    office: Office, kind: str, prepared: Prepared, wanted: merge.Batch, number: str, place: Path, progress: Progress
) -> list[Path]:
    used: Counter[str] = Counter()
    made: list[Path] = []
    copies = wanted.template.copies
    views = merge.letters(office, wanted, number)
    for count, item in enumerate(prepared.items, 1):
        progress(count, len(prepared.items), "")
        some = [next(views) for _ in range(copies)]
        name = name_of(number, wanted.numbering, count, item.title, KINDS[kind].title)
        used[name] += 1
        path = place / (f"{name}.pdf" if used[name] == 1 else f"{name}({used[name]}).pdf")
        path.write_bytes(official.draw(some, title=some[0].title, author=wanted.values["落款"]))
        made.append(path)
    return made


def name_of(number: str, numbering: str, count: int, title: str, kind: str) -> str:
    """2025-014_张建国_一封信: the year, the number (with the serial where all have the same), who, what."""
    own = series.later(number, count - 1) if numbering == EACH else number
    found = re.search(r"〔(\d{4})〕(\d+)号", own)
    head = f"{found.group(1)}-{int(found.group(2)):03d}" if found else "信"
    serial = "" if numbering == EACH else f"-{count:03d}"
    return f"{head}{serial}_{UNSAFE.sub('', title)[:LONGEST]}_{kind}"


def _whole(made: list[Path], place: Path) -> Path:
    """One file that stands for all in the register: the names and digests of the letters."""
    told = place / "目录.txt"
    told.write_text("\n".join(f"{papers.digest(one)} {one.name}" for one in made), "utf-8")
    return told


def _move(made: list[Path], folder: Path) -> None:
    for path in made:
        try:
            shutil.move(str(path), folder / path.name)
        except OSError as error:
            raise OfficeError(
                f"“{path.name}”没有写成",
                safe="文号已登记，写好的文件都在文件夹里",
                do=f"请检查磁盘空间，再从文书登记里重印（{error.strerror}）",
            ) from error
