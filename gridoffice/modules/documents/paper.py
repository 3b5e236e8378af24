"""The office's papers: drawn from public views, signed where they must be, numbered and put into the register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gridoffice.core.progress import Progress, silent
from gridoffice.db.office import Office
from gridoffice.domain import paper_code, paper_facts, paper_parts, papers
from gridoffice.domain.listing import Listing, Query
from gridoffice.domain.papers import KINDS, Origin, Part, save
from gridoffice.modules.documents import certificates, public_map, series, service, signing, verifying
from gridoffice.modules.documents.makers import lists
from gridoffice.modules.documents.recipe import Item, Maker, Options, Prepared, maker
from gridoffice.modules.documents.verifying import Verdict

SAMPLE = "样张"
"""Stands where the number goes on a paper that is only looked at."""

KEPT_LIMIT = 3_000_000
"""Bytes up to which a paper's file is kept; a larger one is made anew when it is wanted again."""


@dataclass(frozen=True)
class Made:
    """A paper that was made: where, under which number, how many pages, and what the office should know of it."""

    path: Path
    number: str
    title: str
    pages: int
    notes: tuple[str, ...] = ()


def identity(office: Office) -> bytes:
    """The office's own signing certificate with its key as one blob (PKCS#12), made on first use."""
    from gridoffice.papers import sign

    return sign.identity_of(certificates.pair(office, signing.for_roles(office, ())[0]))


def issue(office: Office, name: str, options: Options, out: Path, progress: Progress = silent) -> Made:
    """Prepare a maker's paper, draw it under its next number, sign it where it is signed, save it, and register it."""
    made_by = maker(name)
    return keep(office, made_by.kind, made_by.prepare(office, options), out, made_by, options, progress)


def keep(
    office: Office,
    kind: str,
    prepared: Prepared,
    out: Path,
    made_by: Maker | None = None,
    options: Options | None = None,
    progress: Progress = silent,
) -> Made:
    """Draw what was prepared under its next number, sign it where its kind is signed, save it, and register it."""
    origin = origin_of(made_by, prepared, options or {}) if made_by is not None else None

    def write(number: str) -> Made:
        data = drawn(office, kind, prepared, number, progress)
        save(out, data)
        pages = pages_of(out)
        kept = data if is_kept(kind, made_by, data) else b""
        if prepared.is_numbered_each and origin is not None:
            series.register(office, kind, number, prepared, out, pages, origin)
        else:
            papers.register(
                office, kind, number, prepared.title, out, pages, prepared.unit_id, origin=origin, data=kept
            )
        return Made(out, number, prepared.title, pages, prepared.notes)

    return papers.numbered(office, kind, write, prepared.sign)


def drawn(office: Office, kind: str, prepared: Prepared, number: str, progress: Progress = silent) -> bytes:
    """A paper under its number, signed where its kind is signed."""
    telling = prepared.draw_telling
    data = prepared.draw(number) if telling is None else telling(number, progress)
    if not service.KINDS[kind].is_signed:
        return data
    return signing.sign_paper(office, data, kind, place=prepared.seal)


def is_kept(kind: str, made_by: Maker | None, data: bytes) -> bool:
    """Whether the file stays in the office, so that exactly this paper can be printed again.

    Papers the public or the workers hold; never the key of the office, nor lists and files of residents, which must be
    destroyed with their records (reference 12.4).
    """
    is_open = KINDS[kind].is_public or (made_by is not None and made_by.is_tracked)
    return is_open and not (made_by is not None and made_by.is_secret) and len(data) <= KEPT_LIMIT


def origin_of(made_by: Maker, prepared: Prepared, options: Options) -> Origin:
    """What the register keeps of where a paper came from; what stood on it only where it is compared later."""
    variant, scope = made_by.variant(options), made_by.scope(options)
    parts = tuple(
        _part(item, variant if paper_parts.is_own(item.key) else f"{variant} {scope}".strip(), made_by.is_tracked)
        for item in prepared.items
    )
    return Origin(made_by.name, json.dumps(dict(options), ensure_ascii=False), parts)


def _part(item: Item, variant: str, is_tracked: bool) -> Part:
    facts = paper_facts.facts(item.view)
    kept = paper_facts.keep(facts) if is_tracked else ""
    return Part(item.key, item.title, kept, paper_code.digest(facts), variant)


def draft(out: Path, prepared: Prepared) -> Made:
    """Draw a paper only to look at it: no number, no signature, no line in the register."""
    save(out, prepared.draw(SAMPLE))
    return Made(out, SAMPLE, prepared.title, pages_of(out), prepared.notes)


def pages_of(path: Path) -> int:
    """How many pages a finished file has."""
    from gridoffice.papers import preview

    return len(preview.sizes(path))


def _village(office: Office, name: str | None) -> int | None:
    return service.village(office, name).id if name else None


def cards(
    office: Office, out: Path, *, village: str | None = None, unit: int | None = None, heads: bool = False
) -> Made:
    """Issue contact cards as a PDF, ten to an A4 page, backs behind fronts."""
    return issue(office, "cards", {"unit": _village(office, village) or unit, "heads": heads}, out)


def handbook(office: Office, out: Path, *, village: str | None = None, log_pages: int = 12) -> Made:
    """Issue the signed work handbook."""
    return issue(office, "handbook", {"unit": _village(office, village), "log_pages": log_pages}, out)


def board(office: Office, village: str, out: Path) -> Made:
    """Issue a village's signed notice board."""
    return issue(office, "board", {"unit": _village(office, village)}, out)


def map_of(office: Office, name: str, out: Path, *, size: str = "A4", points: str = public_map.ALL) -> Made:
    """Issue the map of a unit by its name (村 may be left out of a village's)."""
    return issue(office, "map", {"unit": service.unit(office, name).id, "size": size, "points": points}, out)


def list_pdf(office: Office, listing: Listing, query: Query, out: Path) -> Made:
    """Issue any list as a table PDF."""
    return keep(office, "list", lists.of(office, listing, query), out)


def recovery_sheet(office: Office, out: Path) -> Made:
    """Issue the recovery sheet; it is to be printed, locked away, and the file deleted."""
    return issue(office, "recovery", {}, out)


def sign(office: Office, file: Path, out: Path | None = None, *, roles: Sequence[str] = ()) -> Path:
    """Sign any PDF with the office's certificate or for some roles, in place or as another file.

    Raises OfficeError for what is no PDF or cannot be signed.
    """
    save(out or file, signing.sign_paper(office, signing.read(file), roles=roles))
    return out or file


def verify(office: Office, path: Path) -> Verdict:
    """Say whether a PDF is whole, by whom and when it was signed, and whether it stands in this office's register."""
    return verifying.verify(office, path)
