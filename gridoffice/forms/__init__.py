"""Checklists, follow-up programmes and papers as data."""
