"""The papers this office can make, one file each: found, never listed."""
