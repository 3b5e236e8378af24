"""Wording on papers, from `forms/papers/*.toml`; an office's own file in its data folder wins over the shipped one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError

KEYS = {"card": {"services", "emergency"}, "board": {"services"}, "handbook": {"chapter"}}


@dataclass(frozen=True)
class TextChapter:
    """A chapter of the handbook: a paragraph that begins with # is a heading, with - a point."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """What cards, boards and the handbook say besides names and numbers."""

    card_services: tuple[str, ...]
    board_services: tuple[str, ...]
    emergency: tuple[tuple[str, str], ...]
    chapters: tuple[TextChapter, ...]


def load() -> Texts:
    """All wording; raises OfficeError naming file and key when a file is not as it must be."""
    card, board, handbook = (_read(name) for name in KEYS)
    return Texts(
        card_services=_texts("card", "services", card["services"]),
        board_services=_texts("board", "services", board["services"]),
        emergency=tuple(_line(pair) for pair in card["emergency"]),
        chapters=tuple(_chapter(one) for one in handbook["chapter"]),
    )


def _place(name: str) -> Path:
    own = paths.data() / "forms" / "papers" / f"{name}.toml"
    return own if own.is_file() else paths.forms() / "papers" / f"{name}.toml"


def _read(name: str) -> dict[str, Any]:
    place = _place(name)
    try:
        found = tomllib.loads(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OfficeError(f"文书用语文件“{place.name}”读不出来", do=f"请改正或删掉它再试（{error}）") from error
    wrong = sorted(set(found) ^ KEYS[name])
    if wrong:
        raise OfficeError(f"文书用语文件“{place.name}”里缺少或多出：{'、'.join(wrong)}", do="请照自带的文件改正")
    return found


def _texts(name: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise OfficeError(f"文书用语文件“{name}.toml”的 {key} 应是一列文字", do="请照自带的文件改正")
    return tuple(value)


def _line(pair: Any) -> tuple[str, str]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise OfficeError("文书用语文件“card.toml”的 emergency 应是名称和号码成对", do="请照自带的文件改正")
    return str(pair[0]), str(pair[1])


def _chapter(found: Any) -> TextChapter:
    if not isinstance(found, dict) or set(found) != {"title", "paragraphs"}:
        raise OfficeError(
            "文书用语文件“handbook.toml”的每一章应有 title 和 paragraphs，不能有别的", do="请照自带的文件改正"
        )
    return TextChapter(str(found["title"]), _texts("handbook", "paragraphs", found["paragraphs"]))
