"""Finding out what a sheet is: where its heading stands, which kind of list it is, which column is which field."""

from dataclasses import dataclass, field

from gridoffice.exchange.contents import profile, shapes_of
from gridoffice.exchange.synonyms import KindWords, bare, fits, forbidden_word, is_known, synonyms
from gridoffice.exchange.values import Cell, text_of
from gridoffice.exchange.workbook import Sheet

LOOK_DOWN = 20
"""The heading must begin within so many rows."""
DEEPEST = 3
"""Headings may have so many levels."""
ENOUGH = 2.2
"""A sheet whose best reading is worth less is unknown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a recognised sheet: its place from 0, its heading as written, what it was taken for."""

    index: int
    title: str
    field: str = ""
    strength: float = 0.0
    by_content: bool = False
    forbidden: str = ""


@dataclass(slots=True)
class Table:
    """A recognised sheet: its kind, heading rows (from 0, last one included), columns and lines above the heading."""

    sheet: Sheet
    kind: str
    top: int
    bottom: int
    columns: list[Column]
    score: float
    titles: list[str] = field(default_factory=list)

    def place(self, name: str) -> int:
        """Index of a field's column, -1 when the sheet has none."""
        return next((column.index for column in self.columns if column.field == name), -1)

    def title_of(self, name: str) -> str:
        """The heading of a field's column as the office wrote it."""
        return next((column.title for column in self.columns if column.field == name), "")

    @property
    def places(self) -> dict[str, int]:
        """Every recognised field with its column."""
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def unused(self) -> list[Column]:
        """Columns with a heading that no field was found for."""
        return [column for column in self.columns if column.title and not column.field]


@dataclass(slots=True)
class _Heading:
    top: int
    bottom: int
    paths: list[tuple[str, ...]]


def recognise(sheet: Sheet) -> Table | None:
    """Find the best reading of a sheet over all kinds, heading places and depths; None when nothing fits."""
    best: Table | None = None
    headings = _headings(sheet)
    for heading in headings:
        body = sheet.rows[heading.bottom + 1 : heading.bottom + 400]
        profiles = [profile(body, column) for column in range(len(heading.paths))]
        above = _lines_above(sheet, heading.top)
        for words in _likely(heading):
            table = _read(sheet, heading, words, profiles, above)
            if table and (best is None or table.score > best.score):
                best = table
    return best if best and best.score >= ENOUGH else None


def _likely(heading: _Heading) -> list[KindWords]:
    """Kinds that know about as many of the headings exactly as the kind that knows most."""
    kinds = list(synonyms().kinds.values())
    hits = [sum(is_known(words.key, path) for path in heading.paths) for words in kinds]
    most = max(hits)
    return [words for words, hit in zip(kinds, hits, strict=True) if hit * 2 >= most] if most >= 4 else kinds


def _headings(sheet: Sheet) -> list[_Heading]:
    covered = _covered(sheet)
    found: list[_Heading] = []
    for top in range(min(LOOK_DOWN, len(sheet.rows))):
        if found and _is_data(sheet.rows[top]):
            break  # a heading further down is a repeated one
        if not _may_be_heading(sheet.rows[top]):
            continue
        for depth in range(1, DEEPEST + 1):
            bottom = top + depth - 1
            if bottom >= len(sheet.rows) or (depth > 1 and not _may_be_lower_level(sheet, top, bottom)):
                break
            found.append(_Heading(top, bottom, _paths(sheet, top, bottom, covered)))
    return found


def _may_be_heading(row: list[Cell]) -> bool:
    texts = [cell for cell in row if cell not in ("", None)]
    if len(texts) < 2 or not all(isinstance(cell, str) for cell in texts):
        return False
    return not any(shapes_of(cell) & {"id", "phone", "date", "sex", "number"} for cell in texts)


def _is_data(row: list[Cell]) -> bool:
    filled = [cell for cell in row if cell not in ("", None)]
    return len(filled) >= 3 and any(shapes_of(cell) & {"id", "phone", "date", "sex", "number"} for cell in filled)


def _may_be_lower_level(sheet: Sheet, top: int, bottom: int) -> bool:
    row = sheet.rows[bottom]
    texts = [cell for cell in row if cell not in ("", None)]
    if not texts or not all(isinstance(cell, str) and len(cell) <= 20 for cell in texts):
        return False
    return not any(shapes_of(cell) & {"id", "phone", "date", "sex", "number", "pressure"} for cell in texts)


def _covered(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    places = {}
    for first_row, first_column, last_row, last_column in sheet.merged:
        if first_row > LOOK_DOWN + DEEPEST:
            continue
        for row in range(first_row, min(last_row, LOOK_DOWN + DEEPEST) + 1):
            for column in range(first_column, last_column + 1):
                places[row, column] = (first_row, first_column)
    return places


def _paths(
    sheet: Sheet, top: int, bottom: int, covered: dict[tuple[int, int], tuple[int, int]]
) -> list[tuple[str, ...]]:
    width = max(len(sheet.rows[row]) for row in range(top, bottom + 1))
    paths = []
    for column in range(width):
        parts: list[str] = []
        for row in range(top, bottom + 1):
            text = _heading_text(sheet, row, column, bottom, covered, top)
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        paths.append(tuple(parts))
    return paths


def _heading_text(
    sheet: Sheet,
    row: int,
    column: int,
    bottom: int,
    covered: dict[tuple[int, int], tuple[int, int]],
    top: int,
) -> str:
    origin = covered.get((row, column))
    if origin and origin[0] >= top:
        return _cell(sheet, *origin)
    text = _cell(sheet, row, column)
    if text or row == bottom or sheet.merged:
        return text
    # Without merged cells (csv) an upper level is written once and holds until the next one.
    if not any(_cell(sheet, below, column) for below in range(row + 1, bottom + 1)):
        return ""
    for left in range(column - 1, -1, -1):
        text = _cell(sheet, row, left)
        if text:
            return text if any(_cell(sheet, below, left) for below in range(row + 1, bottom + 1)) else ""
    return ""


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row]
    return text_of(cells[column]).replace("\n", "") if column < len(cells) else ""


def _lines_above(sheet: Sheet, top: int) -> list[str]:
    return [text_of(cell) for row in sheet.rows[:top] for cell in row if text_of(cell)]


def _read(
    sheet: Sheet, heading: _Heading, words: KindWords, profiles: list[dict[str, float]], above: list[str]
) -> Table | None:
    columns = _assign(words, heading.paths, profiles)
    have = {column.field for column in columns if column.field}
    if any(not need & have for need in words.needs):
        return None
    nameless = sum(bool(shape) and not column.title for column, shape in zip(columns, profiles, strict=True))
    score = _worth(words, columns) + _title_bonus(words, sheet, above)
    score -= 0.7 * nameless + 0.4 * (heading.bottom - heading.top) + 0.05 * heading.top
    return Table(sheet, words.key, heading.top, heading.bottom, columns, score, above)


def _assign(words: KindWords, paths: list[tuple[str, ...]], profiles: list[dict[str, float]]) -> list[Column]:
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
    fields = set(words.wordings.values())
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
    fields = set(words.wordings.values())
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


def _worth(words: KindWords, columns: list[Column]) -> float:
    worth = 0.0
    for column in columns:
        if not column.title:
            continue
        if column.field in ("", "serial", "note"):
            worth -= 0.0 if column.field or bare(column.title) in synonyms().ignored else 0.35
            continue
        worth += column.strength * (2.0 if column.field in words.marks else 1.0)
    return worth


def _title_bonus(words: KindWords, sheet: Sheet, above: list[str]) -> float:
    near = bare(sheet.name) + "|" + "|".join(bare(line) for line in above[:4])
    bonus = max((0.5 + 0.4 * len(word) for word in words.words if word.upper() in near), default=0.0)
    if bonus == 0.0:
        bonus = max((0.2 * len(word) for word in words.words if word.upper() in bare(sheet.file)), default=0.0)
    return min(bonus, 2.5)
