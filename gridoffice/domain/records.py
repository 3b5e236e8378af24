"""All shared records in one import, for the schema."""

from gridoffice.domain import (
    attachments,
    grids,
    help,
    maps,
    networks,
    organisations,
    papers,
    people,
    premises,
    saved,
    settings,
    staff,
    work,
)

__all__ = [
    "attachments",
    "grids",
    "help",
    "maps",
    "networks",
    "organisations",
    "papers",
    "people",
    "premises",
    "saved",
    "settings",
    "staff",
    "work",
]
