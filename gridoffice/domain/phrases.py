"""Standard phrases of the closed loop's forms, per step and category: shipped ones, and the office's own instead."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import categories, loop, settings
from gridoffice.domain.categories import Tree

OWN = "case_phrases"
"""The office setting: [[step, category, [text, …]], …]; a pair in it stands instead of the shipped one."""

MOST = 9  # as many as Alt and a figure reach
LONGEST = 60
STEPS = {**{key: verb.title for key, verb in loop.VERBS.items()}, "ask": "申请延期", "contact": "联系和回访"}
"""Every step that has phrases, with its words."""

Phrases = dict[tuple[str, str], tuple[str, ...]]


def read(text: str, tree: Tree, name: str = "phrases.toml") -> Phrases:
    """Phrases by step and category ("" for every one) from TOML; raises OfficeError naming what is wrong."""
    data = categories.whole_file(text, name, "phrases")
    found: Phrases = {}
    for one in data["phrases"]:
        categories.known_keys(one, {"verb", "category", "texts"}, name)
        key = (one["verb"], one["category"])
        if key[0] not in STEPS:
            raise OfficeError(f"{name}：不认识步骤“{key[0]}”", safe="没有读入")
        if key[1] and key[1] not in tree:
            raise OfficeError(f"{name}：没有类别“{key[1]}”", safe="没有读入")
        found[key] = (*found.get(key, ()), *one["texts"])
    return found


@lru_cache(maxsize=1)
def shipped() -> Phrases:
    """The phrases of `resources/cases/phrases.toml`."""
    return read((paths.resources() / "cases" / "phrases.toml").read_text("utf-8"), categories.shipped())


def own(session: Session) -> Phrases:
    """What the office set itself."""
    text = settings.get(session, OWN)
    return {(step, category): tuple(texts) for step, category, texts in json.loads(text)} if text else {}


def keep(session: Session, found: Phrases) -> None:
    """Set what the office has of its own."""
    told = [[step, category, list(texts)] for (step, category), texts in sorted(found.items())]
    settings.put(session, OWN, json.dumps(told, ensure_ascii=False))


def of(session: Session, step: str, category: str) -> tuple[str, ...]:
    """The phrases of exactly this step and category ("" for every one), the office's own instead of the shipped."""
    found = own(session)
    return found.get((step, category), shipped().get((step, category), ()))


def offered(session: Session, step: str, category: str) -> tuple[str, ...]:
    """At most nine phrases for a step, those of the category first."""
    return tuple(dict.fromkeys((*(of(session, step, category) if category else ()), *of(session, step, ""))))[:MOST]


def of_office(office: Office, step: str, category: str) -> tuple[str, ...]:
    """As `offered`, in a reading of its own."""
    with office.read() as session:
        return offered(session, step, category)
