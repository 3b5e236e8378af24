"""Other readings of a typed spelling: surnames typed by their everyday reading, characters with two readings in names.

The database keeps one reading of each name. Somebody who types danxiongxin for 单雄信 (kept as shanxiongxin) or wy for
王乐 (kept as wl) is asked for again under the kept reading, together with the character that makes the difference.
"""

from __future__ import annotations

from gridoffice.core.text import SURNAMES, everyday

TWO = {
    "乐": "yue", "长": "chang", "朝": "zhao", "行": "hang", "盛": "cheng", "晟": "sheng", "茜": "xi", "强": "jiang",
    "柏": "bo", "娜": "nuo", "单": "shan", "传": "zhuan", "调": "tiao", "藏": "zang", "参": "shen", "车": "ju",
    "尉": "yu", "洗": "xian", "曾": "zeng", "重": "chong",
}  # fmt: skip
"""The second reading of characters that are common in names."""


def respelt(word: str) -> list[tuple[str, str]]:
    """Pairs of a spelling as it is kept (the beginning of pinyin or initials) and a LIKE pattern of the name.

    Empty for what is no run of small letters.
    """
    if not (word.isascii() and word.isalpha()):
        return []
    found: list[tuple[str, str]] = []
    for char, kept in SURNAMES.items():
        found += _swapped(word, everyday(char), kept, f"{char}%", is_front=True)
    for char, other in TWO.items():
        kept = everyday(char)
        found += _swapped(word, other, kept, f"_%{char}%", is_front=False)
    return list(dict.fromkeys(found))


def _swapped(word: str, typed: str, kept: str, pattern: str, *, is_front: bool) -> list[tuple[str, str]]:
    """The word with one typed reading changed to the kept one: written out, or as the initial."""
    if typed == kept:
        return []
    found = []
    places = [0] if is_front else range(1, len(word))
    for place in places:
        if word.startswith(typed, place):
            found.append((word[:place] + kept + word[place + len(typed) :], pattern))
        if word[place] == typed[0] and typed[0] != kept[0] and len(word) <= 6:
            alone = pattern if is_front else f"{'_' * place}{pattern.removeprefix('_%')}"
            found.append((word[:place] + kept[0] + word[place + 1 :], alone))
    return found
