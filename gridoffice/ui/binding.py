"""Spares the binding a look into the source of every module that is imported: a tenth of the start of the program.

PySide6 offers switches (`from __feature__ import snake_case`) that hold module by module, and reads the source of each
to see whether it names PySide6. Nothing here uses a switch, so all modules may be taken for ones that do not.
"""

from __future__ import annotations

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401  # with it comes what is spared below


def _uses_no_switch(_module: Any) -> bool:
    return False


def spare() -> bool:
    """Leave the sources unread; False where this version of the binding does it otherwise, and all stays as it is."""
    feature = sys.modules.get("shibokensupport.feature")
    if feature is None or not hasattr(feature, "_mod_uses_pyside"):
        return False
    vars(feature)["_mod_uses_pyside"] = _uses_no_switch
    return True
