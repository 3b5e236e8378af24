"""Responsibility networks as files: read strictly from TOML; the office's own copies win by a higher version."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError

FOLDER = "networks"
LONGEST_KEY, LONGEST_TITLE, LONGEST_LEVEL = 30, 40, 20


class NetworkError(OfficeError):
    """A network's file that cannot be used: names file, section, item and key."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            f"责任网文件 {where}：{what}",
            safe="其他责任网和已经登记的任职不受影响",
            do="请改正这个文件，或把它移出 forms 文件夹",
        )


@dataclass(frozen=True)
class RoleFile:
    """A role as a file declares it; `duties` is one duty a line."""

    key: str
    title: str
    level: int
    rank: int = 0
    is_stand_in: bool = False
    is_public: bool = True
    is_single: bool = True
    is_needed: bool = False
    duties: str = ""


@dataclass(frozen=True)
class LevelFile:
    """What the network calls a level of the tree."""

    level: int
    title: str


@dataclass(frozen=True)
class NetworkFile:
    """A network as a file declares it; `is_used`: a new office begins with it."""

    key: str
    version: int
    title: str
    rank: int = 0
    is_used: bool = False
    levels: tuple[LevelFile, ...] = ()
    roles: tuple[RoleFile, ...] = field(default=())


TYPES = {
    "key": str, "version": int, "title": str, "rank": int, "level": int, "is_used": bool, "is_stand_in": bool,
    "is_public": bool, "is_single": bool, "is_needed": bool, "duties": str,
}  # fmt: skip
WORDS = {str: "文字", int: "整数", bool: "true 或 false"}
TOP = frozenset(one.name for one in fields(NetworkFile)) - {"levels", "roles"} | {"level", "role"}
ROLE = frozenset(one.name for one in fields(RoleFile))
LEVEL = frozenset(one.name for one in fields(LevelFile))


def _only(where: str, table: Any, known: frozenset[str], needed: tuple[str, ...]) -> Mapping[str, Any]:
    """The table, when it has the needed keys, none that is not known, and each of its kind."""
    if not isinstance(table, dict):
        raise NetworkError(where, "这里应当是一个表")
    for key in table:
        if key not in known:
            raise NetworkError(where, f"不认识的键“{key}”")
    for key in needed:
        if key not in table:
            raise NetworkError(where, f"缺少键“{key}”")
    for key, value in table.items():
        kind = TYPES.get(key) if not isinstance(value, list | dict) else None
        if kind is not None and type(value) is not kind:
            raise NetworkError(where, f"键“{key}”应当是{WORDS[kind]}")
        if key in ("key", "title") and not (value.strip() and len(value) <= LONGEST_TITLE):
            raise NetworkError(where, f"键“{key}”不能为空，最多 {LONGEST_TITLE} 个字")
    return table


def _tables(where: str, table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise NetworkError(where, f"键“{key}”应当写成 [[{key}]]")
    return value


def _role(where: str, table: Any) -> RoleFile:
    name = table.get("key", "？") if isinstance(table, dict) else "？"
    known = dict(_only(f"{where}，[[role]] {name}", table, ROLE, ("key", "title", "level")))
    if len(known["key"]) > LONGEST_KEY or known["level"] < 1:
        raise NetworkError(f"{where}，[[role]] {name}", "键“key”最多 30 个字母，键“level”从 1 起")
    return RoleFile(**{**known, "duties": known.get("duties", "").strip()})


def _level(where: str, table: Any) -> LevelFile:
    name = table.get("level", "？") if isinstance(table, dict) else "？"
    known = _only(f"{where}，[[level]] {name}", table, LEVEL, ("level", "title"))
    if known["level"] < 1 or len(known["title"]) > LONGEST_LEVEL:
        raise NetworkError(f"{where}，[[level]] {name}", f"键“level”从 1 起，键“title”最多 {LONGEST_LEVEL} 个字")
    return LevelFile(**known)


def network_from(where: str, table: Mapping[str, Any]) -> NetworkFile:
    """A network from parsed TOML; `where` names the file in errors. Raises NetworkError."""
    known = _only(where, table, TOP, ("key", "version", "title", "role"))
    made = NetworkFile(
        **{key: value for key, value in known.items() if key not in ("level", "role")},
        levels=tuple(_level(where, one) for one in _tables(where, known, "level")),
        roles=tuple(_role(where, one) for one in _tables(where, known, "role")),
    )
    twice: tuple[tuple[str, list[str]], ...] = (
        ("role", [one.key for one in made.roles]),
        ("level", [str(one.level) for one in made.levels]),
    )
    for what, keys in twice:
        for key in keys:
            if keys.count(key) > 1:
                raise NetworkError(f"{where}，[[{what}]] {key}", "出现了两次")
    if not made.roles:
        raise NetworkError(where, "至少要有一个 [[role]]")
    return made


def _alone(where: str, made: NetworkFile, others: Mapping[str, NetworkFile]) -> None:
    """Refuse a role's key that another network has: lists ask for a role by its key alone."""
    for other in others.values():
        taken = {role.key for role in other.roles} & {role.key for role in made.roles}
        if other.key != made.key and taken:
            raise NetworkError(f"{where}，[[role]] {min(taken)}", f"键“key”的这个值已经是“{other.title}”里的角色")


def own() -> Path:
    """The folder on this machine where the office's own networks lie."""
    return paths.data() / "forms" / FOLDER


def folders() -> tuple[Path, Path]:
    """Where networks are looked for: shipped, then the office's own."""
    return paths.forms() / FOLDER, own()


def read(file: Path) -> NetworkFile:
    """The network of a file; raises NetworkError."""
    where = f"{FOLDER}/{file.name}"
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise NetworkError(where, f"读不出来（{error}）") from error
    return network_from(where, table)


def all_networks() -> tuple[tuple[NetworkFile, ...], tuple[str, ...]]:
    """The newest version of every network by rank, and a sentence for each own file that cannot be used.

    A shipped file that is wrong raises NetworkError; an own one must not keep the office from being opened.
    """
    found: dict[str, NetworkFile] = {}
    problems: list[str] = []
    for is_own, folder in enumerate(folders()):
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                made = read(file)
                _alone(f"{FOLDER}/{file.name}", made, found)
            except NetworkError as error:
                if not is_own:
                    raise
                problems.append(error.sentence)
                continue
            if made.key not in found or made.version > found[made.key].version:
                found[made.key] = made
    return tuple(sorted(found.values(), key=lambda made: (made.rank, made.key))), tuple(problems)
