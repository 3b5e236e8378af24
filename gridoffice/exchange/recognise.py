"""Finding out what a sheet is: where its heading stands, which kind of list it is, which column is which field."""

from dataclasses import dataclass, field

from gridoffice.exchange.columns import Column, assign
from gridoffice.exchange.contents import profile
from gridoffice.exchange.headings import Heading, headings
from gridoffice.exchange.synonyms import KindWords, bare, is_known, synonyms
from gridoffice.exchange.values import text_of
from gridoffice.exchange.workbook import Sheet

ENOUGH = 2.2
"""A sheet whose best reading is worth less is unknown."""


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


def recognise(sheet: Sheet) -> Table | None:
    """Find the best reading of a sheet over all kinds, heading places and depths; None when nothing fits."""
    best: Table | None = None
    for heading in headings(sheet):
        body = sheet.rows[heading.bottom + 1 : heading.bottom + 400]
        profiles = [profile(body, column) for column in range(len(heading.paths))]
        above = _lines_above(sheet, heading.top)
        for words in _likely(heading):
            table = _read(sheet, heading, words, profiles, above)
            if table and (best is None or table.score > best.score):
                best = table
    return best if best and best.score >= ENOUGH else None


def _likely(heading: Heading) -> list[KindWords]:
    """Kinds that know about as many of the headings exactly as the kind that knows most."""
    kinds = list(synonyms().kinds.values())
    hits = [sum(is_known(words.key, path) for path in heading.paths) for words in kinds]
    most = max(hits)
    return [words for words, hit in zip(kinds, hits, strict=True) if hit * 2 >= most] if most >= 4 else kinds


def _lines_above(sheet: Sheet, top: int) -> list[str]:
    return [text_of(cell) for row in sheet.rows[:top] for cell in row if text_of(cell)]


def _read(
    sheet: Sheet, heading: Heading, words: KindWords, profiles: list[dict[str, float]], above: list[str]
) -> Table | None:
    columns = assign(words, heading.paths, profiles)
    have = {column.field for column in columns if column.field}
    if any(not need & have for need in words.needs):
        return None
    # Cells under no name, or under one name with their neighbours, have theirs in another row.
    names = [("",), *heading.paths]
    nameless = sum(bool(profiles[n]) and names[n + 1] in ((), names[n]) for n in range(len(columns)))
    score = _worth(words, columns) + _title_bonus(words, sheet, above)
    score -= 0.7 * nameless + 0.4 * (heading.bottom - heading.top) + 0.05 * heading.top
    return Table(sheet, words.key, heading.top, heading.bottom, columns, score, above)


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
