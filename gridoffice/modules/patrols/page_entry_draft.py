"""What is typed under the tabs of a log's entry, as a draft keeps it and brings it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gridoffice.modules.patrols.page_entry import PatrolEditor


def typed(editor: PatrolEditor) -> dict[str, Any]:
    """Problems, households, lines, photos and the answers of the kind's form."""
    return {
        "problems": editor.lines.typed(),
        "houses": list(editor.houses.houses()),
        "log": editor.log.typed(),
        "photos": [str(file) for file in editor.photos.files],
        "photo_place": editor.photos.place.text(),
        "answers": editor.sheet.answers(strict=False) if editor.sheet is not None else {},
    }


def put(editor: PatrolEditor, values: Mapping[str, Any]) -> None:
    """Fill in what is there; files that are gone are left out."""
    fill: dict[str, Callable[[Any], None]] = {
        "problems": editor.lines.put,
        "houses": editor.houses.put,
        "log": editor.log.put,
        "photos": lambda found: editor.photos.put([Path(one) for one in found if Path(one).exists()]),
        "photo_place": editor.photos.place.setText,
        "answers": lambda found: editor.sheet.fill(found) if editor.sheet is not None else None,
    }
    for key, run in fill.items():
        if key in values:
            run(values[key])
