"""The township grid office program."""

__version__ = "0.2.0"
