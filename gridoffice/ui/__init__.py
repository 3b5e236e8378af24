"""The Qt kit from which every page is made."""
