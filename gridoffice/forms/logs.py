"""Kinds of logs (巡查、走访) as data: their form, standard phrases, and how often which role owes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gridoffice.core import paths
from gridoffice.forms.load import FormError, form_from, listed, only, own, parsed
from gridoffice.forms.schema import Form

FOLDER = "patrols"
EVERY = {"day": "每天", "working_day": "每个工作日", "week": "每周", "month": "每月", "quarter": "每季度"}
SCOPES = ("each unit", "person")
"""`each unit`: each grid of the holder's unit is owed on its own; `person`: the holder owes it, anywhere there."""

KIND_KEYS = frozenset(("key", "version", "title", "rank", "phrases", "source", "rule", "sections"))
RULE_KEYS = frozenset(("network", "role", "every", "times", "scope", "any_kind", "source"))


@dataclass(frozen=True)
class Rule:
    """How often holders of a role owe a log: `times` in each span of `every`; with `any_kind` a log of any kind counts.

    `kind` is the title of the kind whose file holds the rule.
    """

    kind: str
    network: str
    role: str
    every: str
    times: int = 1
    scope: str = "each unit"
    any_kind: bool = False
    source: str = ""

    @property
    def key(self) -> str:
        """What names the rule: 日常巡查/zongzhi/worker."""
        return f"{self.kind}/{self.network}/{self.role}"

    @property
    def words(self) -> str:
        """How often, in words: 每周 1 次."""
        return f"{EVERY[self.every]} {self.times} 次"


@dataclass(frozen=True)
class LogKind:
    """A kind of log: its title is what stands in the record; `form` is None when it asks nothing more."""

    key: str
    version: int
    title: str
    rank: int
    phrases: tuple[str, ...]
    rules: tuple[Rule, ...]
    form: Form | None


def kind_from(where: str, table: Mapping[str, Any]) -> LogKind:
    """A kind of log from parsed TOML; `where` names the file in errors. Raises FormError."""
    known = only(where, table, KIND_KEYS, ("key", "version", "title"))
    title = known["title"]
    if not isinstance(known["version"], int) or not isinstance(title, str) or not 0 < len(title) <= 20:
        raise FormError(where, "键“version”应当是整数，键“title”应当是 1 到 20 个字")
    phrases = listed(where, known, "phrases")
    if any(not isinstance(phrase, str) or not phrase for phrase in phrases) or len(phrases) > 9:
        raise FormError(where, "键“phrases”应当是最多 9 句话")
    rules = tuple(_rule(f"{where}，rule {place}", title, one) for place, one in enumerate(listed(where, known, "rule")))
    form = None
    if listed(where, known, "sections"):
        fields = {key: known[key] for key in ("key", "version", "title", "sections")}
        form = form_from(where, {**fields, "kind": "log"})
    return LogKind(known["key"], known["version"], title, known.get("rank", 50), tuple(phrases), rules, form)


def _rule(where: str, kind: str, table: Any) -> Rule:
    known = only(where, table, RULE_KEYS, ("network", "role", "every"))
    rule = Rule(kind=kind, **known)
    if rule.every not in EVERY:
        raise FormError(where, f"键“every”的值“{rule.every}”不是 {'、'.join(EVERY)} 之一")
    if rule.scope not in SCOPES:
        raise FormError(where, f"键“scope”的值“{rule.scope}”不是 {'、'.join(SCOPES)} 之一")
    if isinstance(rule.times, bool) or not isinstance(rule.times, int) or not 1 <= rule.times <= 99:
        raise FormError(where, "键“times”应当是 1 到 99 的整数")
    return rule


@lru_cache(maxsize=4)
def _kinds(home: Path) -> tuple[LogKind, ...]:
    found: dict[str, LogKind] = {}
    for folder in (paths.forms() / FOLDER, home / FOLDER):
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            made = kind_from(f"{FOLDER}/{file.name}", parsed(file))
            if made.key not in found or made.version > found[made.key].version:
                found[made.key] = made
    titles = [kind.title for kind in found.values()]
    for title in titles:
        if titles.count(title) > 1:
            raise FormError(FOLDER, f"有两种巡查都叫“{title}”")
    return tuple(sorted(found.values(), key=lambda kind: (kind.rank, kind.key)))


def kinds() -> tuple[LogKind, ...]:
    """All kinds of logs in the order they are offered; an office's own file with a higher version wins."""
    return _kinds(own())


def kind_of(title: str) -> LogKind | None:
    """The kind of a title as it stands in a record; None for a name the office does not have (an imported one)."""
    return next((kind for kind in kinds() if kind.title == title), None)


def rules() -> tuple[Rule, ...]:
    """All frequency rules, kind after kind."""
    return tuple(rule for kind in kinds() for rule in kind.rules)


def form_of(key: str) -> Form | None:
    """The form of a kind by the kind's key; None when the office no longer has it."""
    return next((kind.form for kind in kinds() if kind.key == key), None)
