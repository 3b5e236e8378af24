"""All shared records in one import, for the schema."""

from gridoffice.domain import (
    attachments,
    casework,
    forbidden,
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
    workdays,
)

__all__ = [
    "attachments",
    "casework",
    "forbidden",
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
    "workdays",
]
