"""Letters by the name of their template, for who has no window: one PDF, or a file each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import merge_files, paper, placeholders, service, template_store
from gridoffice.modules.documents.templates import AUDIENCES, Template


def known(office: Office) -> list[dict[str, str]]:
    """Every template: key, kind, name, to whom it goes, and what is filled in at making."""
    return [
        {
            "key": one.template.key, "kind": KINDS[one.template.kind].title, "name": one.template.name,
            "to": AUDIENCES[one.template.audience], "asks": "、".join(one.template.asks),
        }
        for one in template_store.entries(office)[0]
    ]  # fmt: skip


def find(office: Office, name: str) -> Template:
    """A template by its key or its name; raises OfficeError with the one that may have been meant."""
    found = [one.template for one in template_store.entries(office)[0]]
    for one in found:
        if name in (one.key, one.name):
            return one
    near = placeholders.nearest(name, [one.name for one in found])
    tip = f"是不是“{near}”？" if near else "用 gridoffice letter --list 看有哪些"
    raise OfficeError(f"没有叫“{name}”的信件模板", safe="没有制作文书", do=tip)


def issue(
    office: Office, name: str, out: Path, *, unit: str = "", text: str = "", asked: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Issue a letter into a PDF, or where `out` is a folder a file for each recipient. Raises OfficeError."""
    template = find(office, name)
    strange = sorted(set(asked or {}) - set(template.asks))
    if strange:
        told = "、".join(template.asks) or "没有要填的"
        raise OfficeError(f"“{template.name}”里没有“{strange[0]}”这个空", safe="没有制作文书", do=f"可以填：{told}")
    options: dict[str, Any] = {"template": template.key, "asked": dict(asked or {})}
    if template.is_merged:
        place = service.unit(office, unit).id if unit else None
        options["recipients"] = {"unit": place, "view": template.view, "text": text, "ids": None, "left_out": []}
    if out.is_dir() and template.is_merged:
        saved = merge_files.save_each(office, template.kind, options, out)
        return {"files": saved.files, "number": saved.number, "path": str(out), "first": saved.first, "notes": []}
    if out.is_dir():
        out = out / f"{template.name}.pdf"
    made = paper.issue(office, template.kind, options, out)
    return {
        "files": 1,
        "number": made.number,
        "path": str(made.path),
        "pages": made.pages,
        "notes": [note for note in made.notes if not note.startswith(paper.SAMPLE)],
    }
