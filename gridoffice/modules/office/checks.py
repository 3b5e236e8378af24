"""The standards of 查漏补缺: which size of grid the office goes by, how many posts one person may hold."""

from __future__ import annotations

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import grid_size, settings

MOST = 20
"""As many posts as can be allowed."""


def standards(office: Office) -> tuple[str, int]:
    """The chosen preset's key and the number of posts."""
    with office.read() as session:
        return grid_size.preset(session).key, grid_size.most_posts(session)


def presets() -> list[tuple[str, str]]:
    """Keys and names of the presets (reference 3: local rules that contradict each other)."""
    return [(one.key, one.title) for one in grid_size.PRESETS]


def choose_size(office: Office, key: str) -> None:
    """Go by another preset; raises OfficeError for one that is not known."""
    chosen = next((one for one in grid_size.PRESETS if one.key == key), None)
    if chosen is None:
        raise OfficeError("没有这个网格规模标准", safe="没有改动")
    if standards(office)[0] != key:
        with office.unit(f"网格规模标准改为：{chosen.title}") as session:
            settings.put(session, grid_size.SIZE, key)


def choose_most(office: Office, number: int) -> None:
    """Let one person hold so many posts, 1 to MOST; raises OfficeError outside."""
    if not 1 <= number <= MOST:
        raise OfficeError(f"一人的岗位数要在 1 到 {MOST} 之间", safe="没有改动")
    if standards(office)[1] != number:
        with office.unit(f"一人最多岗位数改为：{number} 个") as session:
            settings.put(session, grid_size.MOST, str(number))
