"""Where templates are kept: shipped files, the office's own files, and records of its own, which win."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.papers import KINDS, save
from gridoffice.modules.documents import template_check
from gridoffice.modules.documents.model import LetterTemplate
from gridoffice.modules.documents.templates import KINDS_OF_LETTERS, Template, checked, read, write

SAFE = "模板没有改动"
FOLDER = "letters"


@dataclass(frozen=True)
class Entry:
    """A template as the list shows it: `is_own` it was written or changed here, `is_newer` a newer one is shipped."""

    template: Template
    is_own: bool
    is_changed: bool  # own, and there is a shipped one it came from
    is_newer: bool


@lru_cache(maxsize=200)
def _file(path: str, _changed: int, origin: str) -> Template:
    place = Path(path)
    try:
        return read(place.read_text("utf-8"), place.name, origin)
    except (OSError, UnicodeDecodeError) as error:
        raise OfficeError(f"信件模板“{place.name}”读不出来", do=f"请检查这个文件（{error}）") from error


def _files() -> tuple[dict[str, Template], list[str]]:
    """Templates in files by key, an office's own where its version is not lower; and sentences about broken ones."""
    found: dict[str, Template] = {}
    broken: list[str] = []
    for origin, folder in (("shipped", paths.forms()), ("file", paths.data() / "forms")):
        for place in sorted((folder / "papers" / FOLDER).glob("*.toml")):
            try:
                one = _file(str(place), place.stat().st_mtime_ns, origin)
            except OfficeError as error:
                broken.append(error.sentence)
                continue
            if one.key not in found or one.version >= found[one.key].version:
                found[one.key] = one
    return found, broken


def entries(office: Office) -> tuple[list[Entry], list[str]]:
    """Every template, by kind and name, and what is to be told of files that cannot be read."""
    files, broken = _files()
    found = {key: Entry(one, one.origin == "file", False, False) for key, one in files.items()}
    with office.read() as session:
        records = session.scalars(select(LetterTemplate)).all()
    for record in records:
        try:
            own = read(record.content, record.name, "own")
        except OfficeError as error:
            broken.append(error.sentence)
            continue
        file = files.get(record.key)
        found[record.key] = Entry(own, True, file is not None, file is not None and file.version > record.base)
    order = {kind: place for place, kind in enumerate(KINDS_OF_LETTERS)}
    key = lambda one: (order[one.template.kind], one.is_own and not one.is_changed, one.template.key)  # noqa: E731
    return sorted(found.values(), key=key), broken


def of_kind(office: Office, kind: str) -> list[Template]:
    """The templates of a kind, the office's own last."""
    return [one.template for one in entries(office)[0] if one.template.kind == kind]


def get(office: Office, key: str) -> Template:
    """A template by its key; raises OfficeError when there is none."""
    with office.read() as session:
        record = _record(session, key)
    if record is not None:
        return read(record.content, record.name, "own")
    found, _broken = _files()
    if key not in found:
        raise OfficeError("这个模板已经不在了", safe="没有制作文书", do="请另选一个模板")
    return found[key]


def _record(session: Session, key: str) -> LetterTemplate | None:
    return session.scalars(select(LetterTemplate).where(LetterTemplate.key == key)).first()


def shipped(key: str) -> Template | None:
    """The template of a key as it lies in a file."""
    return _files()[0].get(key)


def put(office: Office, template: Template) -> Template:
    """Keep a template as the office's own, one version higher; mistakes in it are kept too, they only bar printing.

    Raises OfficeError for words beyond the office's powers, and for a name that another template has.
    """
    _refuse(template)
    name = template.name
    with office.unit(f"保存信件模板：{name}") as session:
        _only_one(session, template)
        record = _record(session, template.key)
        file = shipped(template.key)
        before = record.template_version if record is not None else file.version if file is not None else 0
        kept = replace(checked(template, name), version=before + 1, origin="own")
        if record is None:
            record = LetterTemplate(key=kept.key, base=file.version if file is not None else 0)
            session.add(record)
        record.name, record.kind = name[:60], kept.kind
        record.template_version, record.content = kept.version, write(kept)
    return kept


def _refuse(template: Template) -> None:
    if not template.name.strip():
        raise OfficeError("模板还没有名称", safe=SAFE, do="请起个名字，方便以后找")
    bad = next((one for one in template_check.check(template) if "没有这项职权" in one.what), None)
    if bad is not None:
        raise OfficeError(f"{bad.where}{bad.what}", safe=SAFE, do=bad.do)


def _only_one(session: Session, template: Template) -> None:
    wanted = select(LetterTemplate).where(LetterTemplate.name == template.name, LetterTemplate.key != template.key)
    if session.scalars(wanted).first() is not None:
        raise OfficeError(f"已经有叫“{template.name}”的模板", safe=SAFE, do="请换个名字")


def copy(office: Office, template: Template, name: str) -> Template:
    """Keep a copy under another name and a key of its own."""
    return put(office, replace(template, key=f"own_{secrets.token_hex(5)}", name=name, version=0))


def blank(kind: str) -> Template:
    """An empty template of a kind, not kept yet."""
    title = KINDS[kind].title
    return Template(f"own_{secrets.token_hex(5)}", 0, kind, f"新的{title}", title, "")


def remove(office: Office, key: str) -> None:
    """Give up the office's own template; where one is shipped under this key, that is there again."""
    with office.unit("删除信件模板") as session:
        record = _record(session, key)
        if record is None:
            raise OfficeError("自带的模板不能删除", safe=SAFE, do="不想用它，不选它就行")
        word = "恢复自带的信件模板" if shipped(key) is not None else "删除信件模板"
        session.info["unit"].record.name = f"{word}：{record.name}"
        session.delete(record)


def save_file(template: Template, out: Path) -> None:
    """Write a template into a file, for another office."""
    save(out, write(template).encode("utf-8"))


def load_file(office: Office, path: Path) -> Template:
    """Take a template from a file as the office's own; under its own key, unless another one stands there."""
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OfficeError(f"“{path.name}”读不出来", safe=SAFE, do="请选从“导出”得到的 .toml 文件") from error
    template = read(content, path.name, "own")
    with office.read() as session:
        is_taken = _record(session, template.key) is not None
        names = set(session.scalars(select(LetterTemplate.name)))
    if shipped(template.key) is not None or is_taken:
        template = replace(template, key=f"own_{secrets.token_hex(5)}")
    name, number = template.name, 1
    while name in names:
        number += 1
        name = f"{template.name}（{number}）"
    return put(office, replace(template, name=name))
