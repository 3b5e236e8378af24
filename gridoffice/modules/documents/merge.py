"""Letters from a template and those they go to: one each, filled in, numbered, drawn one after the other."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.papers import KINDS, save
from gridoffice.modules.documents import (
    naming,
    placeholders,
    recipients,
    series,
    service,
    template_check,
    template_store,
)
from gridoffice.modules.documents.placeholders import filled
from gridoffice.modules.documents.recipe import ONLY, Item, Options, Prepared
from gridoffice.modules.documents.recipients import Reader, Recipient
from gridoffice.modules.documents.template_parts import lines_from
from gridoffice.modules.documents.templates import EACH, KINDS_OF_LETTERS, ONE, SERIAL, Template
from gridoffice.papers import official
from gridoffice.papers.official_view import PLAIN, Enclosure, OfficialView, Party
from gridoffice.papers.slip import ReplyView

SAMPLE = "样张"
SHOWN = 3
"""So many letters of a large batch are drawn only to be looked at."""
CHUNK = 200


@dataclass(frozen=True)
class Addressed:
    """Who got a letter, as the register keeps it."""

    recipient: str = field(default="", metadata={"word": "收件人"})
    address: str = field(default="", metadata={"word": "住址"})


@dataclass(frozen=True)
class Batch:
    """What is to be written: the template, the office's own values, and the ids it goes to (none: one letter)."""

    template: Template
    values: Mapping[str, str]
    ids: tuple[int, ...]
    numbering: str
    is_duplex: bool

    @property
    def size(self) -> int:
        """How many letters."""
        return len(self.ids) if self.template.is_merged else 1


def office_values(office: Office) -> dict[str, str]:
    """The placeholders that are the same on every letter."""
    day = office.today()
    with office.read() as session:
        told = {key: settings.get(session, key) for key in (
            "name", "issuer", "paper_sign", "service_phone", "supervise_phone", "clinic_phone", "police_phone"
        )}  # fmt: skip
    name = told["name"]
    return {
        "名称": name,
        "落款": told["issuer"] or signer(name),
        "机关代字": told["paper_sign"] or (f"{name[0]}网办" if name else "网办"),
        "日期": chinese(day), "年": str(day.year), "月": str(day.month),
        "经办人": office.user,
        "服务电话": told["service_phone"] or told["supervise_phone"],
        "监督电话": told["supervise_phone"],
        "卫生院电话": told["clinic_phone"],
        "派出所电话": told["police_phone"],
    }  # fmt: skip


def signer(name: str) -> str:
    """Who signs where the office has set nothing else: the grid office, not the township itself."""
    return name if not name or name.endswith(("办", "办公室", "中心", "站")) else f"{name}网格办"


def batch(office: Office, options: Options, template: Template | None = None) -> Batch:
    """What a maker's options ask for; raises OfficeError where the template has mistakes or nobody is found."""
    naming.office_name(office)
    template = template or _template(office, str(options.get("template") or ""))
    bad = [one for one in template_check.check(template) if one.is_bad]
    if bad:
        raise OfficeError(
            f"模板“{template.name}”有 {len(bad)} 处要改：{'；'.join(one.words for one in bad[:3])}",
            safe="没有制作文书", do="请点“改文字”改好再印",
        )  # fmt: skip
    ids: list[int] = []
    if template.is_merged:
        ids = recipients.find(office, template.audience, recipients.asked_from(options))
        ids = _only(template, ids, options)
        if not ids:
            raise OfficeError("没有收件人", safe="没有制作文书", do="请换一个范围，或看看是不是都被跳过了")
    values = office_values(office)
    asked = {key: str(value).strip() for key, value in (options.get("asked") or {}).items()}
    values |= {name: asked.get(name, "") for name in template.asks}
    numbering = str(options.get("numbering") or "") or template.numbering
    return Batch(template, values, tuple(ids), numbering, bool(options.get("duplex")))


def _template(office: Office, key: str) -> Template:
    """The template of a key; of a kind, its first one."""
    if key in KINDS_OF_LETTERS:
        found = template_store.of_kind(office, key)
        if found:
            return found[0]
    return template_store.get(office, key)


def _only(template: Template, ids: list[int], options: Options) -> list[int]:
    only = options.get(ONLY)
    if only is None:
        return ids
    wanted = {str(key).partition("@")[0] for key in only}
    return [one for one in ids if f"{template.audience}:{one}" in wanted]


def letters(office: Office, wanted: Batch, number: str, progress: Progress = silent) -> Iterator[OfficialView]:
    """The letters of a batch in their order, read a few at a time; `number` is the first's."""
    template = wanted.template
    if not template.is_merged:
        yield from [view(template, wanted.values, number)] * template.copies
        return
    reader, place, total = Reader(office, template.audience), 0, wanted.size
    for start in range(0, total, CHUNK):
        for one in reader.read(wanted.ids[start : start + CHUNK]):
            place += 1
            progress(place, total, "")
            own = of_letter(number, wanted.numbering, place, total)
            yield from [view(template, {**wanted.values, **one.values, "序号": str(place)}, own)] * template.copies


def of_letter(first: str, numbering: str, place: int, total: int) -> str:
    """The number of one letter of a batch: the same, the same with 之12, or its own."""
    if first == SAMPLE or total == 1 or numbering == ONE:
        return first
    if numbering == SERIAL:
        return f"{first}之{place}"
    return series.later(first, place - 1)


def view(template: Template, values: Mapping[str, str], number: str) -> OfficialView:
    """One letter, filled in."""
    known = {**values, "文号": number if template.number else ""}

    def told(text: str) -> str:
        return tidy(filled(text, known))

    reply = template.reply
    return OfficialView(
        head=template.head, mark=told(template.mark), title=told(template.title),
        number=number if template.number else "", addressee=told(template.addressee).rstrip("：:"),
        paragraphs=tuple(told(text) for text in template.paragraphs), signer=told(template.signer),
        day=known.get("日期", ""), approver=told(template.approver), urgency=template.urgency,
        attachments=tuple(told(text) for text in (*template.attachments, *_titles(template))),
        enclosures=tuple(
            Enclosure(told(one.title), tuple(told(line) for line in lines_from(one.text)))
            for one in template.enclosures
        ),
        note=told(template.note).strip("（）"),
        attendance=tuple((word, told(names)) for word, names in template.attendance),
        copies_to=told(template.copies_to),
        printer="" if template.head == PLAIN else told(template.printer or "{落款}"),
        printed_on=known.get("日期", ""),
        parties=tuple(Party(one.role, _name(one.name, known), one.lines) for one in template.parties),
        reply=ReplyView(
            told(reply.title), number if template.number else "", told(reply.to), told(reply.text),
            tuple(told(line) for line in reply.lines), told(reply.sender),
        ) if reply is not None else None,
        fits=template.fits,
    )  # fmt: skip


def _titles(template: Template) -> tuple[str, ...]:
    """Printed 附件 are named in the 附件说明 too, unless somebody wrote it there."""
    return tuple(one.title for one in template.enclosures if one.title not in template.attachments)


def _name(text: str, known: Mapping[str, str]) -> str:
    """A party's name, "" where it is not known: there is a line to write on then."""
    return "" if text and not "".join(known.get(one, "") for one in placeholders.names_in(text)) and "{" in text else (
        tidy(filled(text, known))
    )  # fmt: skip


def tidy(text: str) -> str:
    """No double stop where a filled-in text brought its own."""
    for stop in ("。。", "；。", "，。", "！。", "，，", "：："):
        text = text.replace(stop, "！" if stop == "！。" else stop[-1])
    return text


@dataclass(frozen=True)
class Lack:
    """Recipients for whom something that the letter says is not known."""

    recipient: Recipient
    names: tuple[str, ...]


def lacks(office: Office, wanted: Batch) -> list[Lack]:
    """Who lacks what the letter says; for these there will be a line to write on."""
    if not wanted.template.is_merged:
        return []
    named = list(dict.fromkeys(
        name for _key, _line, text in template_check.texts(wanted.template) for name in placeholders.names_in(text)
    ))  # fmt: skip
    needed = [
        name for name in named
        if name in placeholders.KNOWN and placeholders.KNOWN[name].of and placeholders.KNOWN[name].is_needed
    ]  # fmt: skip
    if "称呼" in needed:
        needed.append("收件人")
    if not needed:
        return []
    reader, found = Reader(office, wanted.template.audience), []
    for start in range(0, wanted.size, CHUNK):
        for one in reader.read(wanted.ids[start : start + CHUNK]):
            missing = one.lacking(needed)
            if missing:
                found.append(Lack(one, missing))
    return found


def each(office: Office, options: Options) -> list[tuple[str, dict[str, Any]]]:
    """A file for each village, or for each grid of the village asked for, where somebody is to be written to.

    Raises OfficeError where the letter goes to nobody in particular.
    """
    template = _template(office, str(options.get("template") or ""))
    if not template.is_merged:
        raise OfficeError(
            f"“{template.name}”不分收件人，做一份就够",
            safe="没有制作文书",
            do="请直接打印，要几份印几份；或换一个群发的模板",
        )
    asked = dict(options.get("recipients") or {})
    units = service.grids_of(office, int(asked["unit"])) if asked.get("unit") else service.villages(office)
    found = []
    for unit in units:
        own = {**options, "recipients": {**asked, "unit": unit.id}}
        if recipients.find(office, template.audience, recipients.asked_from(own)):
            found.append((f"{unit.name}_{KINDS[template.kind].title}", own))
    return found


def prepare(office: Office, options: Options, template: Template | None = None) -> Prepared:
    """A batch of letters, known but for its number; a sample shows the first few only."""
    wanted = batch(office, options, template)
    reader = Reader(office, wanted.template.audience) if wanted.template.is_merged else None
    found = reader.read(wanted.ids) if reader is not None else []
    title = filled(wanted.template.title.replace("\n", ""), _first(wanted, found))
    if wanted.template.is_merged:
        title = f"{wanted.template.name}　{recipients.count_words(wanted.template, wanted.size)}"
    unit = recipients.asked_from(options).unit if wanted.template.is_merged else None
    sign = filled(wanted.template.number, wanted.values) if wanted.template.number else ""
    is_each = wanted.template.is_merged and wanted.numbering == EACH
    return Prepared(
        title,
        _drawer(office, wanted, title),
        _items(office, wanted, found),
        _notes(office, wanted),
        unit,
        sign=sign,
        is_numbered_each=is_each,
        draw_telling=lambda number, progress: drawn(office, wanted, number, title, progress),
    )


def _drawer(office: Office, wanted: Batch, title: str) -> Callable[[str], bytes]:
    def draw(number: str) -> bytes:
        some = wanted if number != SAMPLE else Batch(
            wanted.template, wanted.values, wanted.ids[:SHOWN], wanted.numbering, wanted.is_duplex
        )  # fmt: skip
        return drawn(office, some, number, title)

    return draw


def drawn(office: Office, wanted: Batch, number: str, title: str, progress: Progress = silent) -> bytes:
    """The letters of a batch as one PDF."""
    out = io.BytesIO()
    write(office, wanted, number, title, out, progress)
    return out.getvalue()


def write(office: Office, wanted: Batch, number: str, title: str, out: BinaryIO, progress: Progress = silent) -> None:
    """Write the letters of a batch into a file, page by page."""
    views = letters(office, wanted, number, progress)
    official.draw(views, title=title, author=wanted.values["落款"], out=out, is_duplex=wanted.is_duplex)


def _first(wanted: Batch, found: Sequence[Recipient]) -> dict[str, str]:
    return {**wanted.values, **(found[0].values if found else {})}


def _items(office: Office, wanted: Batch, found: Sequence[Recipient]) -> tuple[Item, ...]:
    """Who got it, one part each; a letter of another day is another letter."""
    day = office.today().isoformat()
    if not wanted.template.is_merged:
        return (Item(f"{wanted.template.key[:30]}@{day}", wanted.template.name, Addressed(wanted.template.addressee)),)
    return tuple(
        Item(
            f"{wanted.template.audience}:{one.id}@{day}:{wanted.template.key[:24]}", one.title,
            Addressed(one.values.get("收件人", ""), one.values.get("住址", "")),
        )
        for one in found
    )  # fmt: skip


def _notes(office: Office, wanted: Batch) -> tuple[str, ...]:
    notes = [one.words for one in template_check.check(wanted.template)]
    empty = [name for name in wanted.template.asks if not wanted.values.get(name)]
    if empty:
        notes.append(f"“{'”“'.join(empty)}”没有填，印成横线")
    settings_of = {"服务电话", "监督电话", "卫生院电话", "派出所电话"}
    named = {name for _k, _l, text in template_check.texts(wanted.template) for name in placeholders.names_in(text)}
    unset = [name for name in placeholders.KNOWN if name in settings_of & named and not wanted.values.get(name)]
    if unset:
        notes.append(f"设置里还没有{'、'.join(unset)}，印成横线")
    if wanted.template.is_merged and wanted.size > SHOWN:
        notes.append(f"样张只显示前 {SHOWN} 份，签发时印 {wanted.size:,} 份")
    missing = lacks(office, wanted)
    by_name: dict[str, int] = {}
    for one in missing:
        for name in one.names:
            by_name[name] = by_name.get(name, 0) + 1
    word = recipients.WORDS.get(wanted.template.audience, "份")
    told = "，".join(f"{number} {word}没有{name}" for name, number in by_name.items() if name != "收件人")
    if told:
        notes.append(f"{told}：印成横线，可在“核对收件人”里跳过")
    return tuple(notes)


def sample(office: Office, template: Template, out: Path) -> Path:
    """Draw a template with samples in the place of what is filled in, mistakes as they are."""
    values = placeholders.samples(template.audience, template.asks) | {
        key: value for key, value in office_values(office).items() if value
    }  # fmt: skip
    sign = filled(template.number, values)
    number = f"{sign}〔{values['年']}〕1号" if sign else ""
    save(out, official.draw([view(template, values, number)], title=template.name, author=values.get("落款", "")))
    return out
