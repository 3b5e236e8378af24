"""Reading the grid of a row, and refusing the row when there is no such grid."""

from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import SheetResult
from gridoffice.exchange.rows import Cells, getter
from gridoffice.exchange.values import Cell, text_of
from gridoffice.exchange.work import Work


class UnitReader:
    """Reads the grid columns of one sheet."""

    def __init__(self, work: Work, table: Table, result: SheetResult) -> None:
        self.places, self.table, self.result = work.places, table, result
        self.village, self.grid, self.code = (getter(table, name) for name in ("village", "grid", "grid_code"))

    def find(self, cells: Cells) -> int | None:
        """The grid a row names, None when none is named or it is not there."""
        return self.places.find(self.village(cells), self.grid(cells), self.code(cells))

    def read(self, row: int, cells: Cells) -> tuple[int | None, bool]:
        """Find the grid of a row: its id (None when nothing is written), and False when the row is refused."""
        unit_id = self.find(cells)
        if unit_id is not None:
            return unit_id, True
        village, grid, code = self.village(cells), self.grid(cells), self.code(cells)
        if not text_of(grid) and not text_of(code) and not text_of(village):
            return None, True
        name = "grid" if text_of(grid) else "village" if text_of(village) else "grid_code"
        value = grid or village or code
        reason = self.places.why_gone(village, grid, code) or self._reason(village, value)
        self.result.refuse(row, "unknown_grid", self.table.title_of(name), text_of(value), reason)
        return None, False

    def _reason(self, village: Cell, grid: Cell) -> str:
        if not self.places.has_grids:
            return "办公文件里还没有网格，请先导入网格划分表（可与本表一起导入）"
        return f"没有“{text_of(grid)}”这个网格。{self.places.hint(village, grid)}".rstrip("。")
