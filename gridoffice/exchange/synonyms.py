"""The wordings offices use for their columns, read from data, and how well a heading fits a field."""

import re
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

from gridoffice.core.paths import resources
from gridoffice.domain import forbidden
from gridoffice.domain.identity import plain_width

_SIGNS = re.compile(r"[\s\u3000*★☆●:：、，,。.（）()\[\]【】《》<>“”\"'‘’_\-—/／|#＊]+")
_BRACKETS = re.compile(r"[（(\[【〔][^）)\]】〕]*[）)\]】〕]")
_WORD = re.compile(r"\{(\w+)\}")

EXACT_JOINED = 1.0
EXACT_LAST = 0.97
EXACT_FIRST = 0.6
CONTAINS = 0.8
FUZZY = 0.55
SECOND = 0.15


@dataclass(frozen=True)
class KindWords:
    """The wordings of one kind of sheet: its title, words of its name, fields and which fields it needs."""

    key: str
    title: str
    words: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    marks: frozenset[str]
    fill_down: tuple[str, ...]
    wordings: dict[str, tuple[str, ...]]  # heading without signs -> fields, the likeliest first
    about_persons: bool  # a list of persons: what must not be kept of persons is kept out

    @property
    def fields(self) -> set[str]:
        """Every field a sheet of this kind may have."""
        return {field for fields in self.wordings.values() for field in fields}


@dataclass(frozen=True)
class Synonyms:
    """All wordings: per kind, ignored headings, forbidden words, words of sum and note rows, contents of fields."""

    kinds: dict[str, KindWords]
    ignored: frozenset[str]
    forbidden: tuple[str, ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]
    content: dict[str, str]
    programmes: dict[str, list[str]]
    phone_words: frozenset[str]


def bare(text: str) -> str:
    """Write a heading without blanks, signs and what stands in brackets, letters in upper case."""
    narrow = plain_width(text)
    short = _BRACKETS.sub("", narrow)
    return _SIGNS.sub("", short if _SIGNS.sub("", short) else narrow).upper()


def _with_brackets(text: str) -> str:
    return _SIGNS.sub("", plain_width(text)).upper()


@lru_cache(maxsize=1)
def synonyms() -> Synonyms:
    """Load the wordings from `resources/import/synonyms.toml`."""
    with (resources() / "import" / "synonyms.toml").open("rb") as file:
        data = tomllib.load(file)
    words: dict[str, list[str]] = data["words"]
    return Synonyms(
        kinds={key: _kind(key, entry, words) for key, entry in data["kinds"].items()},
        ignored=frozenset(bare(word) for word in data["ignored"]["fields"]),
        forbidden=tuple(word.upper() for word in forbidden.words()),
        sums=tuple(data["rows"]["sums"]),
        notes=tuple(data["rows"]["notes"]),
        content=data["content"],
        programmes=data["programmes"],
        phone_words=frozenset(bare(word) for word in words["phone"]),
    )


def _kind(key: str, entry: dict[str, object], words: dict[str, list[str]]) -> KindWords:
    wordings: dict[str, tuple[str, ...]] = {}
    fields = entry["fields"]
    assert isinstance(fields, dict)
    for literal in (True, False):  # a wording written out wins over one that comes from a {word}
        for field, patterns in fields.items():
            for pattern in patterns:
                if ("{" not in pattern) is literal:
                    for wording in _expand(pattern, words):
                        known = wordings.setdefault(_with_brackets(wording), (field,))
                        if field not in known:
                            wordings[_with_brackets(wording)] = (*known, field)
    needs = entry["needs"]
    marks = entry["marks"]
    names = entry["words"]
    down = entry["fill_down"]
    assert isinstance(needs, list) and isinstance(marks, list) and isinstance(names, list) and isinstance(down, list)
    return KindWords(
        key,
        str(entry["title"]),
        tuple(names),
        tuple(frozenset(need) for need in needs),
        frozenset(marks),
        tuple(down),
        wordings,
        bool(entry.get("about_persons", False)),
    )


def _expand(pattern: str, words: dict[str, list[str]]) -> list[str]:
    names = _WORD.findall(pattern)
    if not names:
        return [pattern]
    shape = _WORD.sub("{}", pattern)
    return [shape.format(*choice) for choice in product(*(words[name] for name in names))]


@lru_cache(maxsize=4096)
def fits(kind: str, parts: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Say which fields of a kind a heading may mean, with strengths 0–1; `parts` are its levels from the top.

    Exact beats contained beats similar; 村级网格长 over 电话 is tried joined before 电话 alone.
    """
    wordings = synonyms().kinds[kind].wordings
    found: dict[str, float] = {}
    for text, strength in _readings(parts):
        for place, field in enumerate(wordings.get(text, ())):
            found[field] = max(found.get(field, 0.0), strength - SECOND * place)
    if not found:
        for text, strength in _readings(parts)[:3]:
            _nearly(text, strength, wordings, found)
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=1024)
def _readings(parts: tuple[str, ...]) -> list[tuple[str, float]]:
    clean = [bare(part) for part in parts if part]
    if not clean:
        return []
    full = "".join(_with_brackets(part) for part in parts if part)
    readings = [(full, EXACT_JOINED), ("".join(clean), EXACT_JOINED), (clean[-1], EXACT_LAST)]
    if len(clean) > 1 and clean[-1] in synonyms().sums:
        readings += [("".join(clean[:-1]), EXACT_JOINED), (clean[-2], EXACT_LAST)]  # 人口数 over 合计, 男, 女
    if len(clean) > 1:
        readings.append(("".join(clean[-2:]), EXACT_JOINED))
        readings.append((clean[0], EXACT_FIRST * 0.5))
    inside = _BRACKETS.findall(plain_width(parts[-1]))
    if inside and len(clean) == 1:
        readings.append((_SIGNS.sub("", inside[0]).upper(), EXACT_FIRST))
    return readings


def _nearly(text: str, strength: float, wordings: dict[str, tuple[str, ...]], found: dict[str, float]) -> None:
    if len(text) < 2 or len(text) > 24:
        return
    letters = set(text)
    for wording, fields in wordings.items():
        shared = len(letters.intersection(wording))
        if shared < 2 or shared * 3 < len(wording):
            continue
        score = 0.0
        if len(wording) >= 2 and (wording in text or text in wording):
            share = min(len(wording), len(text)) / max(len(wording), len(text))
            tail = text.endswith(wording) or wording.endswith(text)
            score = CONTAINS * strength * share * (1.0 if tail else 0.8)
        elif shared >= 3 and abs(len(text) - len(wording)) <= 3:
            ratio = SequenceMatcher(None, text, wording).ratio()
            score = FUZZY * strength * ratio if ratio >= 0.75 else 0.0
        if score > 0.3:
            found[fields[0]] = max(found.get(fields[0], 0.0), score)


@lru_cache(maxsize=4096)
def is_known(kind: str, parts: tuple[str, ...]) -> bool:
    """True when a heading is a wording of the kind as it stands."""
    wordings = synonyms().kinds[kind].wordings
    return any(text in wordings for text, _strength in _readings(parts))


def forbidden_word(text: str) -> str:
    """Tell the word that shows a column, label or remark to belong to a register that must not be kept, or ""."""
    found = forbidden.find(text)
    return found[1] if found else ""
