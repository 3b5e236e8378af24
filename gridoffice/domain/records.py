"""All shared records in one import, for the schema."""

from gridoffice.domain import attachments, grids, networks, people, premises, settings, staff, work

__all__ = ["attachments", "grids", "networks", "people", "premises", "settings", "staff", "work"]
