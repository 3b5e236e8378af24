"""The register of papers that were issued: it lies in `domain`, because every module may issue papers."""

from __future__ import annotations

from gridoffice.domain.papers import IssuedPaper

__all__ = ["IssuedPaper"]
