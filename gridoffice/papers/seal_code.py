"""The register's QR code at the foot of a paper: one text for all papers, made here and nowhere else."""

from __future__ import annotations

from typing import Any

from gridoffice.domain.paper_code import code
from gridoffice.papers.drawing import Sheet

LEAST = 9.0
"""Millimetres a code is wide at least: a module is then 0.31 mm, which phones and scanners still read."""


def register_code(number: str, shown: Any) -> str:
    """The text of a paper's code: `GO1:BOARD-2026-001:3F9A1B2C4D`.

    `number`: as printed, for a card its own (卡2026-001-003). `shown`: the `Item.view` of the part it stands on; for
    one code over several parts all their views in order; its own number and day are left out of the digest. The maker
    must give the same view to `Item`, or the register says that the code does not fit.
    """
    return code(number, shown)


def draw_code(sheet: Sheet, number: str, shown: Any, x: float, y: float, size: float = LEAST) -> None:
    """Draw the code with its corner at x, y (mm); raises ValueError below the size that can still be read."""
    if size < LEAST:
        raise ValueError(f"a code of {size} mm cannot be read")
    sheet.qr(register_code(number, shown), x, y, size)
