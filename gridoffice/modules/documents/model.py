"""The register of papers that were issued: it lies in `domain`, because every module may issue papers."""

from __future__ import annotations

from gridoffice.domain.paper_copies import PaperCopy
from gridoffice.domain.papers import IssuedPaper, PaperItem

__all__ = ["IssuedPaper", "PaperCopy", "PaperItem"]
