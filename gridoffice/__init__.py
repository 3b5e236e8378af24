"""The township grid office program."""

__version__ = "0.1.0"
