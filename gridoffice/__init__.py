"""The township grid office program."""

__version__ = "0.3.0"
