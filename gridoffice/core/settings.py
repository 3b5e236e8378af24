"""This machine's own settings: looks, letters, last office; one small TOML file, declared here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from gridoffice.core import paths


@dataclass(frozen=True)
class MachineSetting:
    """A declared setting: its key, its default and the choices it allows (empty: any)."""

    key: str
    default: Any
    choices: tuple[Any, ...] = ()


MACHINE = {
    setting.key: setting
    for setting in (
        MachineSetting("theme", "auto", ("auto", "light", "dark", "contrast")),
        MachineSetting("zoom", 100, (100, 110, 125, 150, 175, 200)),
        MachineSetting("office", ""),
        MachineSetting("last_backup", ""),
        MachineSetting("window", ""),
        MachineSetting("columns", ""),  # {"residents": ["name", …]}: the columns of lists where others than usual
        MachineSetting("today_of", ""),  # whose 今日 is shown: id and name, empty: the whole office's
        MachineSetting("network", "zongzhi"),  # the responsibility network the tree is shown by
        MachineSetting("cases", "list", ("list", "board", "month", "figures")),  # how cases are shown
        MachineSetting("user", ""),  # who works at this machine
        MachineSetting("scope", ""),  # "office|unit id" that lists are limited to
        MachineSetting("recent", ""),  # "office|residents:12 staff:3": records lately opened from the search, by id
        MachineSetting("printer", ""),  # that papers were last printed on
        MachineSetting("paper_folder", ""),  # that papers were last saved in
        MachineSetting("paper_options", ""),  # {"office": {"cards": {…}}}: what was last asked of each paper
    )
}


def _file() -> Any:
    return paths.data() / "machine.toml"


def read() -> dict[str, Any]:
    """All settings of this machine, defaults filled in; an unreadable file counts as empty."""
    try:
        found = tomllib.loads(_file().read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        found = {}
    values = {key: found.get(key, setting.default) for key, setting in MACHINE.items()}
    for key, setting in MACHINE.items():
        if setting.choices and values[key] not in setting.choices:
            values[key] = setting.default
    return values


def get(key: str) -> Any:
    """One setting."""
    return read()[key]


def put(key: str, value: Any) -> None:
    """Keep one setting; raises KeyError for one that is not declared."""
    values = read() | {MACHINE[key].key: value}
    lines = [f"{name} = {_toml(kept)}" for name, kept in values.items()]
    draft = _file().with_suffix(".new")
    draft.write_text("\n".join(lines) + "\n", "utf-8")
    draft.replace(_file())


def _toml(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
