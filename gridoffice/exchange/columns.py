"""Which column is which field: by its heading, by its cells, by its neighbour."""

from dataclasses import dataclass

from gridoffice.exchange.synonyms import KindWords, bare, fits, forbidden_word, synonyms


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a recognised sheet: its place from 0, its heading as written, what it was taken for."""

    index: int
    title: str
    field: str = ""
    strength: float = 0.0
    by_content: bool = False
    forbidden: str = ""


def assign(words: KindWords, paths: list[tuple[str, ...]], profiles: list[dict[str, float]]) -> list[Column]:
    """Give each column the field it fits best, each field one column; `profiles` say what the cells look like."""
    content = synonyms().content
    offers = []
    for index, path in enumerate(paths):
        if not path or bare("".join(path)) in synonyms().ignored:
            continue
        if words.about_persons and forbidden_word("".join(path)):
            continue
        is_plain_phone = len(path) == 1 and _is_phone(path[0])
        for name, strength in fits(words.key, path):
            if is_plain_phone and name.endswith("_phone"):
                continue  # whose it is, its neighbour tells
            offers.append((_doubted(strength, content.get(name, ""), profiles[index]), -index, name))
    chosen: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for strength, minus_index, name in sorted(offers, reverse=True):
        if strength >= 0.3 and -minus_index not in chosen and name not in taken:
            chosen[-minus_index] = (name, strength)
            taken.add(name)
    columns = []
    for index, path in enumerate(paths):
        title = "/".join(path)
        name, strength = chosen.get(index, ("", 0.0))
        kept_out = forbidden_word(title) if words.about_persons else ""
        columns.append(Column(index, title, name, strength, False, kept_out))
    _beside_names(words, columns, paths, taken)
    _by_content(words, columns, profiles, taken)
    return columns


def _beside_names(words: KindWords, columns: list[Column], paths: list[tuple[str, ...]], taken: set[str]) -> None:
    """A plain 电话 to the right of a person's column (网格长, 网格员) is that person's; so is the only one there is."""
    fields = words.fields
    phones = [c.index for c in columns if not c.field and len(paths[c.index]) == 1 and _is_phone(paths[c.index][0])]
    people = [c.index for c in columns if f"{c.field.removesuffix('_name')}_phone" in fields - taken]
    for index in phones:
        near = [person for person in people if person == index - 1] or (
            people if len(people) == len(phones) == 1 else []
        )
        if near:
            old, wanted = columns[index], f"{columns[near[0]].field.removesuffix('_name')}_phone"
            columns[index] = Column(old.index, old.title, wanted, 0.9)
            taken.add(wanted)


def _is_phone(title: str) -> bool:
    return bare(title) in synonyms().phone_words


def _doubted(strength: float, expected: str, shape: dict[str, float]) -> float:
    """Weigh a heading by the cells below it; empty columns neither help nor harm."""
    if not shape:
        return strength
    if any(shape.get(telltale, 0.0) >= 0.8 for telltale in _UNMISTAKABLE if telltale != expected):
        return strength - 0.4
    if expected != "date" and shape.get("date", 0.0) >= 0.9 and shape.get("number", 0.0) < 0.5 and "phone" not in shape:
        return strength - (0.0 if expected == "time" else 0.5)
    if not expected:
        return strength
    share = shape.get(expected, 0.0)
    if expected == "number" and shape.get("date", 0.0) > 0.9 and shape.get("phone", 0.0) < 0.5 and share < 0.5:
        return strength - 0.3
    if share >= 0.6:
        return strength + 0.1
    if share < 0.1:
        return strength - (0.75 if expected in _UNMISTAKABLE else 0.45)
    return strength - 0.1


_UNMISTAKABLE = ("id", "sex", "ab", "pressure")
"""Shapes that hardly any other column has."""

_TELLTALE = (
    ("id_number", "id", 0.8),
    ("sex", "sex", 0.8),
    ("ab", "ab", 0.8),
    ("relation", "relation", 0.8),
    ("pressure", "pressure", 0.8),
    ("grid", "named_grid", 0.8),
    ("phone", "phone", 0.8),
    ("programme", "disease", 0.8),
    ("tags", "label", 0.7),
    ("number", "mixed", 0.9),
    ("code", "mixed", 0.9),
    ("name", "person", 0.8),
    ("worker", "person", 0.8),
    ("inspector", "person", 0.8),
    ("text", "long", 0.8),
)
"""Fields that are found by their cells alone when no heading was understood, with the share that is asked."""


def _by_content(words: KindWords, columns: list[Column], profiles: list[dict[str, float]], taken: set[str]) -> None:
    fields = words.fields
    for name, shape, share in _TELLTALE:
        if name not in fields or name in taken:
            continue
        likely = [
            column.index
            for column in columns
            if not column.field and not column.forbidden and profiles[column.index].get(shape, 0) >= share
        ]
        if shape in ("phone", "mixed"):
            likely = [index for index in likely if not profiles[index].keys() & {"date", "id"}]
        if len(likely) == 1:
            old = columns[likely[0]]
            columns[likely[0]] = Column(old.index, old.title, name, 0.4, True)
            taken.add(name)
