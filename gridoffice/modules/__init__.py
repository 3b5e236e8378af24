"""One folder for each tab and its records."""
