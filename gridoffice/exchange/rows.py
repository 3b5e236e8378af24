"""The rows of a recognised sheet that are data: repeated headings, sums, notes and blank rows are passed over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from gridoffice.exchange.contents import shapes_of
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.synonyms import bare, synonyms
from gridoffice.exchange.values import Cell, text_of

Cells = list[Cell]
PLENTY = 6
"""A row with so many filled cells is no note."""

Row = tuple[int, Cells]
"""Row number as the spreadsheet shows it, and the cells."""


@dataclass(slots=True)
class Passed:
    """Rows that were passed over, by reason."""

    headings: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Say what was passed over."""
        said = []
        for rows, what in ((self.headings, "重复的表头"), (self.sums, "合计行"), (self.notes, "说明行")):
            if rows:
                said.append(f"跳过{what} {len(rows)} 行（第 {'、'.join(map(str, rows[:8]))} 行）")
        return said


def getter(table: Table, name: str) -> Callable[[Cells], Cell]:
    """Make a function that takes a field's cell out of a row; "" when the sheet has no such column."""
    place = table.place(name)
    if place < 0:
        return lambda cells: ""

    if place < table.sheet.narrowest:
        return itemgetter(place)

    def take(cells: Cells) -> Cell:
        return cells[place] if place < len(cells) else ""

    return take


def data_rows(table: Table, passed: Passed) -> Iterator[Row]:
    """Yield the data rows of a recognised sheet with merged and left-out cells filled where that is meant."""
    rows = table.sheet.rows
    fill = _fill(table)
    first_titles = _titles(table)
    wanted = [column.index for column in table.columns if column.field and column.field not in ("serial", "note")]
    carried: dict[int, Cell] = {}
    starters = {text[:1] for text in (*synonyms().sums, *(part for c in table.columns for part in c.title.split("/")))}
    for index in range(table.bottom + 1, len(rows)):
        cells = rows[index]
        first = next((cell for cell in cells if cell), "")
        may_be_special = index == table.bottom + 1 or (isinstance(first, str) and first.lstrip()[:1] in starters)
        if may_be_special or len(cells) - cells.count("") < PLENTY:
            filled = [place for place in wanted if place < len(cells) and cells[place]]
            if len(filled) < 4 and _is_no_data(table, cells, index + 1, passed, filled):
                continue
            if may_be_special and len(filled) >= 2 and _is_special(table, cells, filled, index, first_titles, passed):
                continue
        yield index + 1, fill(index, cells, carried)


def _titles(table: Table) -> set[str]:
    titles = {part for column in table.columns for part in column.title.split("/") if part}
    return {bare(title) for title in titles}


def _is_no_data(table: Table, cells: Cells, number: int, passed: Passed, filled: list[int]) -> bool:
    texts = [text for text in map(text_of, cells) if text]
    if not texts:
        return True
    if len(filled) < 3 and _starts_with(texts[0], synonyms().sums):
        passed.sums.append(number)
        return True
    if not filled:
        if table.place("serial") < 0 or len(texts) > 1 or not texts[0].isdigit():
            passed.notes.append(number)
        return True
    if len(texts) == 1 and (len(texts[0]) > 12 or _starts_with(texts[0].lstrip("（("), synonyms().notes)):
        passed.notes.append(number)
        return True
    if _starts_with(texts[0].lstrip("（("), synonyms().notes) and all("：" in text or ":" in text for text in texts):
        passed.notes.append(number)
        return True
    return False


def _is_special(table: Table, cells: Cells, filled: list[int], index: int, titles: set[str], passed: Passed) -> bool:
    first = next((text for text in map(text_of, cells) if text), "")
    is_person = any("id" in shapes_of(cell) or "phone" in shapes_of(cell) for cell in cells if isinstance(cell, str))
    if _starts_with(first, synonyms().sums) and len(first) <= 8 and not is_person:
        passed.sums.append(index + 1)
        return True
    if bare(first) not in titles and not _is_counting(index, table, cells):
        return False
    texts = [bare(text_of(cells[place])) for place in filled]
    same = sum(text in titles for text in texts)
    if same * 10 >= len(texts) * 7 or _is_counting(index, table, cells):
        passed.headings.append(index + 1)
        return True
    return False


def _is_counting(index: int, table: Table, cells: Cells) -> bool:
    """A row 1 2 3 4 … (or 甲 乙 1 2 …) straight under the heading numbers the columns."""
    if index != table.bottom + 1:
        return False
    texts = [text_of(cell).strip("()（）") for cell in cells if text_of(cell)]
    digits = [int(text) for text in texts if text.isdigit() and len(text) < 3]
    return (
        len(digits) >= 3 and len(digits) + 3 >= len(texts) and digits == list(range(digits[0], digits[0] + len(digits)))
    )


def _starts_with(text: str, words: tuple[str, ...]) -> bool:
    squeezed = "".join(text.split())
    return any(
        squeezed == word
        or (squeezed.startswith(word) and (len(word) > 1 or squeezed[len(word) : len(word) + 1] in "：:"))
        for word in words
    )


def _fill(table: Table) -> Callable[[int, Cells, dict[int, Cell]], Cells]:
    """Make the function that fills merged cells, and the columns of the kind that are written once and hold on."""
    down = [table.place(name) for name in synonyms().kinds[table.kind].fill_down]
    down = [place for place in down if place >= 0]
    anchor = down[0] if down else -1
    starts = _merged_down(table)
    if not down and not starts:
        return lambda index, cells, carried: cells
    rows = table.sheet.rows

    def fill(index: int, cells: Cells, carried: dict[int, Cell]) -> Cells:
        filled = list(cells)
        if anchor >= 0 and anchor < len(filled) and filled[anchor] not in ("", None):
            carried.clear()
        for place in down:
            if place < len(filled):
                if filled[place] in ("", None):
                    filled[place] = carried.get(place, "")
                else:
                    carried[place] = filled[place]
        for column, origin in starts.items():
            if index in origin and column < len(filled) and filled[column] in ("", None):
                filled[column] = rows[origin[index]][column]
        return filled

    return fill


def _merged_down(table: Table) -> dict[int, dict[int, int]]:
    """For each column with cells merged over several data rows: row -> row that holds the content."""
    starts: dict[int, dict[int, int]] = {}
    for first_row, first_column, last_row, last_column in table.sheet.merged:
        if first_row > table.bottom and last_row > first_row and first_column == last_column:
            origin = starts.setdefault(first_column, {})
            origin.update((row, first_row) for row in range(first_row, last_row + 1))
    return starts
