"""The help paragraphs: one short file for each tab and task in resources/help, loaded strictly."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from gridoffice.core import paths

KEYS = {"title", "pages", "words", "fields", "order", "text"}


@dataclass(frozen=True)
class Topic:
    """A paragraph. `pages`: tabs it belongs to; `fields`: titles of fields and dialogs; `words`: other searches."""

    key: str
    title: str
    text: str  # Markdown
    pages: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    words: str = ""
    order: int = 100

    @property
    def first(self) -> str:
        """The first sentence, for a list."""
        return self.text.strip().splitlines()[0].replace("**", "").replace("`", "")


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """All paragraphs in their order; raises ValueError naming file and key for one that is not understood."""
    found = []
    for file in sorted((paths.resources() / "help").glob("*.toml")):
        kept = tomllib.loads(file.read_text("utf-8"))
        wrong = sorted(set(kept) - KEYS) or sorted({"title", "text"} - set(kept))
        if wrong:
            raise ValueError(f"{file.name}: {wrong}")
        found.append(
            Topic(
                key=file.stem,
                title=kept["title"],
                text=kept["text"].strip(),
                pages=tuple(kept.get("pages", ())),
                fields=tuple(kept.get("fields", ())),
                words=kept.get("words", ""),
                order=kept.get("order", 100),
            )
        )
    return tuple(sorted(found, key=lambda topic: (topic.order, topic.key)))


def topic_for(page: str, fields: list[str]) -> Topic | None:
    """The paragraph for what has the focus: by the nearest field or dialog, else the tab's own."""
    for word in fields:
        for topic in topics():
            if word and word in topic.fields:
                return topic
    return next((topic for topic in topics() if page in topic.pages), None)
