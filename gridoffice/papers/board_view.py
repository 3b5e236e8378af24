"""What stands on a notice board of any edition, and the sizes boards come in (reference 10.1, 10.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gridoffice.papers.views import ChartView, Hotline, PersonView

SIZES = {
    "600x900": (600.0, 900.0),
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A3-across": (420.0, 297.0),
    "300x400": (300.0, 400.0),
    "400x600": (400.0, 600.0),
    "600x400": (600.0, 400.0),
    "900x1200": (900.0, 1200.0),
    "1200x2400": (1200.0, 2400.0),
    "2400x1200": (2400.0, 1200.0),
}
"""Width and height in mm of every size a board is offered in."""


@dataclass(frozen=True)
class PostView:
    """Who is responsible for what: a grid or a role with those who hold it."""

    name: str  # 第2网格、村级林长
    groups: str  # 1-2组
    holder: PersonView | None = field(metadata={"word": "责任人"})
    stand_in: PersonView | None = None


@dataclass(frozen=True)
class FactView:
    """A word and what it is: 四至 → 东至…, 户数 → 1412."""

    name: str
    text: str = field(metadata={"word": ""})


@dataclass(frozen=True)
class BoardView:
    """A board: the one who heads it, the others, what they do for people, whom to call."""

    office: str
    title: str
    issuer: str
    figures: tuple[FactView, ...]
    head_title: str = field(metadata={"word": "负责人岗位"})
    head: PersonView | None
    posts_title: str = field(metadata={"word": "人员标题"})
    posts: tuple[PostView, ...]
    facts: tuple[FactView, ...]
    services_title: str = field(metadata={"word": "服务标题"})
    services: tuple[str, ...]
    duties_title: str = field(metadata={"word": "职责标题"})
    duties: tuple[str, ...] = field(metadata={"word": "工作内容"})
    supervise_phone: str
    hotlines: tuple[Hotline, ...]
    foot: str = field(metadata={"word": "页脚"})
    number: str
    made_on: date
    chart: ChartView | None = None
