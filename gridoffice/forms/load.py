"""Reading forms from TOML, strictly; the office's own forms win by a higher version."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.forms.rules import COMPUTED, RULES
from gridoffice.forms.schema import KINDS, Checklist, Form, Item, Place, Programme, Section, Subject

FOLDERS = {"programme": "programmes", "checklist": "checklists", "subject": "subjects"}
ITEM_KEYS = frozenset(entry.name for entry in fields(Item)) - {"grades"}
SECTION_KEYS = frozenset(["key", "title", "help", "items"])
FORM_KEYS = frozenset(["key", "version", "kind", "title", "help", "source", "programme", "sections"])
PROGRAMME_KEYS = frozenset(["key", "title", "rule", "figures", "outcomes", "basis", "order"])
SUBJECT_KEYS = frozenset(entry.name for entry in fields(Subject)) | {"kind"}
GRADES = ("G1", "G2", "G3")
Made = TypeVar("Made", Form, Subject)


class FormError(OfficeError):
    """A form that cannot be used: names file, section, item and key."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            f"表单文件 {where}：{what}", safe="其他表单不受影响", do="请改正这个文件，或把它移出 forms 文件夹"
        )


def only(where: str, table: Any, known: frozenset[str], needed: tuple[str, ...]) -> Mapping[str, Any]:
    """The table, when it has the needed keys and none that is not known."""
    if not isinstance(table, dict):
        raise FormError(where, "这里应当是一个表")
    for key in table:
        if key not in known:
            raise FormError(where, f"不认识的键“{key}”")
    for key in needed:
        if key not in table:
            raise FormError(where, f"缺少键“{key}”")
    return table


def listed(where: str, table: Mapping[str, Any], key: str) -> list[Any]:
    """The list under a key, empty when it is not there; raises FormError."""
    value = table.get(key, [])
    if not isinstance(value, list):
        raise FormError(where, f"键“{key}”应当是一个列表")
    return value


def _pairs(where: str, table: Mapping[str, Any], key: str) -> tuple[tuple[Any, str], ...]:
    pairs = listed(where, table, key)
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str)):
            raise FormError(where, f'键“{key}”应当写成 [[代码, "文字"], …]')
    codes = [pair[0] for pair in pairs]
    if len(set(codes)) != len(codes):
        raise FormError(where, f"键“{key}”里有重复的代码")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _item(where: str, table: Any) -> Item:
    name = table.get("key", "？") if isinstance(table, dict) else "？"
    where = f"{where}，项目 {name}"
    known = only(where, table, ITEM_KEYS, ("key", "title", "kind"))
    if known["kind"] not in KINDS:
        raise FormError(where, f"键“kind”的值“{known['kind']}”不是 {'、'.join(KINDS)} 之一")
    if known.get("computed", "bmi") not in COMPUTED:
        raise FormError(where, f"键“computed”的值“{known['computed']}”不是 {'、'.join(COMPUTED)} 之一")
    choices = _pairs(where, known, "choices")
    if (known["kind"] in ("choice", "multi")) != bool(choices):
        raise FormError(where, "键“choices”只用于 choice 和 multi，并且必须填写")
    parts = tuple(listed(where, known, "parts"))
    if (known["kind"] == "bp") != (len(parts) == 2):
        raise FormError(where, "键“parts”只用于 bp，写两个数值的键")
    grades = tuple(known.get("grade", "").split("/")) if known.get("grade") else ()
    if any(grade not in GRADES for grade in grades):
        raise FormError(where, f"键“grade”的值“{known['grade']}”不是 G1、G2、G3")
    plain = {key: value for key, value in known.items() if key not in ("choices", "parts", "limits", "when", "grade")}
    return Item(
        **plain,
        choices=choices,
        parts=parts,
        limits=tuple((low, high) for low, high in listed(where, known, "limits")),
        when=_when(where, known),
        grade=grades[0] if grades else "",
        grades=grades,
    )


def _when(where: str, table: Mapping[str, Any]) -> tuple[str, Any] | None:
    if "when" not in table:
        return None
    when = only(f"{where}，键 when", table["when"], frozenset(["item", "is"]), ("item", "is"))
    return when["item"], when["is"]


def _section(where: str, table: Any) -> Section:
    name = table.get("key", "？") if isinstance(table, dict) else "？"
    where = f"{where}，栏 {name}"
    known = only(where, table, SECTION_KEYS, ("key", "title", "items"))
    items = tuple(_item(where, item) for item in listed(where, known, "items"))
    return Section(known["key"], known["title"], items, known.get("help", ""))


def _programme(where: str, table: Any) -> Programme:
    where = f"{where}，programme"
    known = only(where, table, PROGRAMME_KEYS, ("key", "title", "rule", "figures", "outcomes"))
    if known["rule"] not in RULES:
        raise FormError(where, f"键“rule”的值“{known['rule']}”不是 {'、'.join(RULES)} 之一")
    return Programme(
        known["key"],
        known["title"],
        known["rule"],
        known["figures"],
        _pairs(where, known, "outcomes"),
        known.get("basis", ""),
        known.get("order", 50),
    )


def form_from(where: str, table: Mapping[str, Any]) -> Form:
    """A form from parsed TOML; `where` names the file in errors. Raises FormError."""
    known = only(where, table, FORM_KEYS, ("key", "version", "kind", "title", "sections"))
    sections = tuple(_section(where, section) for section in listed(where, known, "sections"))
    if not isinstance(known["version"], int) or known["kind"] not in ("programme", "checklist", "log"):
        raise FormError(where, "键“version”应当是整数，键“kind”是 programme、checklist 或 log")
    form = Form(
        key=known["key"],
        version=known["version"],
        title=known["title"],
        kind=known["kind"],
        sections=sections,
        help=known.get("help", ""),
        source=known.get("source", ""),
        programme=_programme(where, known["programme"]) if "programme" in known else None,
    )
    if (form.kind == "programme") != (form.programme is not None):
        raise FormError(where, 'kind = "programme" 的表单要有 [programme]，其他的没有')
    _distinct(where, form)
    return form


def _distinct(where: str, form: Form) -> None:
    """Refuse the same key twice, and a `when` that names no item."""
    keys = [key for item in form.items for key in item.keys]
    for key in keys:
        if keys.count(key) > 1:
            raise FormError(where, f"项目的键“{key}”出现了两次")
    for item in form.items:
        if item.when and item.when[0] not in keys:
            raise FormError(f"{where}，项目 {item.key}", f"键“when”里的项目“{item.when[0]}”不存在")


def subject_from(where: str, table: Mapping[str, Any]) -> Subject:
    """A subject from parsed TOML; `where` names the file in errors. Raises FormError."""
    needed = ("key", "version", "kind", "title", "library", "deadlines", "checklists", "places")
    known = only(where, table, SUBJECT_KEYS, needed)
    checklists = tuple(
        Checklist(**only(f"{where}，checklists", entry, frozenset(["key", "title", "letters"]), ("key", "title")))
        for entry in listed(where, known, "checklists")
    )
    place_keys = frozenset(["kind", "group", "checklist", "every_days", "size"])
    places = tuple(
        Place(**only(f"{where}，places", entry, place_keys, ("kind", "group", "checklist", "every_days")))
        for entry in listed(where, known, "places")
    )
    for place in places:
        if place.checklist not in {checklist.key for checklist in checklists}:
            raise FormError(f"{where}，places，{place.kind}", f"没有检查表“{place.checklist}”")
    plain = {key: value for key, value in known.items() if key not in ("kind", "checklists", "places")}
    return Subject(**plain, checklists=checklists, places=places)


def _newest(kind: str, own: Path, build: Callable[[str, Mapping[str, Any]], Made]) -> dict[str, Made]:
    """All of a kind by key: shipped ones, and the office's own where their version is higher."""
    found: dict[str, Made] = {}
    for folder in (paths.forms() / FOLDERS[kind], own / FOLDERS[kind]):
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            made = build(f"{FOLDERS[kind]}/{file.name}", parsed(file))
            if made.key not in found or made.version > found[made.key].version:
                found[made.key] = made
    return found


def parsed(file: Path) -> dict[str, Any]:
    """What a TOML file holds; raises FormError."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise FormError(f"{file.parent.name}/{file.name}", f"读不出来（{error}）") from error


@lru_cache(maxsize=16)
def _forms(kind: str, own: Path) -> dict[str, Form]:
    return _newest(kind, own, form_from)


@lru_cache(maxsize=4)
def _subjects(own: Path) -> dict[str, Subject]:
    return _newest("subject", own, subject_from)


def own() -> Path:
    """The folder on this machine where the office's own forms lie."""
    return paths.data() / "forms"


def all_forms(kind: str) -> tuple[Form, ...]:
    """All forms of a kind (programme or checklist), by key."""
    return tuple(form for _, form in sorted(_forms(kind, own()).items()))


def form(key: str) -> Form:
    """A programme's form, a library, or a checklist cut from one; raises OfficeError when there is none."""
    for kind in ("programme", "checklist"):
        if key in _forms(kind, own()):
            return _forms(kind, own())[key]
    for about in _subjects(own()).values():
        if any(entry.key == key for entry in about.checklists):
            return checklist(about.key, key)
    raise OfficeError(f"没有表单“{key}”", do="请检查 forms 文件夹里的文件")


@lru_cache(maxsize=16)
def _programmes(home: Path) -> tuple[Programme, ...]:
    found = (form.programme for form in _forms("programme", home).values() if form.programme)
    return tuple(sorted(found, key=lambda programme: (programme.order, programme.key)))


def known(key: str) -> Form | None:
    """The form of a key, None when the office no longer has it: what was answered under it must still open."""
    try:
        return form(key)
    except FormError:
        raise
    except OfficeError:
        return None


def programmes() -> tuple[Programme, ...]:
    """All follow-up programmes in the order they are offered."""
    return _programmes(own())


def programme_form(key: str) -> Form:
    """The follow-up sheet of a programme; raises OfficeError when there is none."""
    for found in all_forms("programme"):
        if found.programme and found.programme.key == key:
            return found
    raise OfficeError(f"没有随访方案“{key}”", do="请检查 forms/programmes 文件夹")


def subject(key: str) -> Subject:
    """A subject by key; raises OfficeError when there is none."""
    try:
        return _subjects(own())[key]
    except KeyError as error:
        raise OfficeError(f"没有检查线条“{key}”", do="请检查 forms/subjects 文件夹") from error


@lru_cache(maxsize=64)
def _cut(_home: Path, about: str, key: str) -> Form:
    found = subject(about)
    wanted = next((entry for entry in found.checklists if entry.key == key), None)
    if wanted is None:
        raise OfficeError(f"没有检查表“{key}”", do="请检查 forms/subjects 文件夹")
    library = form(found.library)
    letters = set(wanted.letters) | {"A"}
    sections = tuple(
        replace(section, items=kept)
        for section in library.sections
        if (kept := tuple(item for item in section.items if letters & set(item.places)))
    )
    return replace(library, key=wanted.key, title=wanted.title, sections=sections)


def checklist(about: str, key: str) -> Form:
    """The items for one checklist of a subject, under the library's version (reference 5.3: A counts for all)."""
    return _cut(own(), about, key)
