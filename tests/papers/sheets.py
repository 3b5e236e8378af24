"""Invented people and papers to draw in tests, and other programs that read the papers back."""

from __future__ import annotations

import io
import subprocess
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

from gridoffice.core.calendar import shipped
from gridoffice.papers.board_view import BoardView, FactView, PostView
from gridoffice.papers.handbook_view import (
    BlankPages,
    BookView,
    ChapterView,
    Figures,
    Heading,
    Listed,
    OwnerView,
    Part,
    TableLine,
    Words,
    YearPart,
)
from gridoffice.papers.views import (
    CardView,
    GridView,
    PersonView,
)

RARE = ("欧阳𬱖", "单𫍽", "𨱏儿", "䶮生", "㛃如", "孙𣲗怡")
DAY = date(2026, 11, 20)
SERVICES = ("反映困难和问题", "邻里矛盾调解", "消防和用电隐患")
EMERGENCY = (("火警", "119"), ("急救", "120"))


def picture(colour: str = "#4f97d8") -> bytes:
    """A JPEG of 250×350."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (250, 350), colour).save(out, "JPEG")
    return out.getvalue()


def person(number: int, name: str = "", *, photo: bool = True) -> PersonView:
    """A public person."""
    name = name or RARE[number % len(RARE)]
    return PersonView(name, "网格员（A岗）", f"1380000{number:04d}", picture() if photo else None)


def card(number: int, name: str = "") -> CardView:
    """A contact card."""
    return CardView(
        "云溪镇", person(number, name, photo=number % 3 != 1), "石桥村第2网格", person(900, "李秀兰", photo=False),
        "0000-8888 1234", SERVICES, (("卫生院", "0000-8888 0002"),), EMERGENCY, f"卡2026-001-{number:03d}", DAY,
    )  # fmt: skip


def grids(count: int) -> tuple[GridView, ...]:
    """Grids of a village; the third has nobody."""
    return tuple(
        GridView(
            f"第{n}网格", f"{2 * n - 1}-{2 * n}组", None if n == 3 else person(n), person(n + 50), 100 + n, 300 + n
        )
        for n in range(1, count + 1)
    )


def posts(count: int) -> tuple[PostView, ...]:
    """The grids on a board; the third has nobody."""
    return tuple(PostView(one.name, one.groups, one.worker) for one in grids(count))


def board(count: int = 11, **values: Any) -> BoardView:
    """A notice board of a village."""
    basic: dict[str, Any] = {
        "office": "云溪镇", "title": "石桥村网格公示牌", "issuer": "云溪镇 · 石桥村村民委员会",
        "figures": (FactView("户", "1,412"), FactView("人", "4,263"), FactView("名党员", "76")),
        "head_title": "村级网格长", "head": person(1, "叶鹏子"), "posts_title": "您的网格员", "posts": posts(count),
        "facts": (FactView("四至", "东至清水河，西至柳林村"),), "services_title": "找网格员可以办什么",
        "services": SERVICES,
        "duties_title": "网格员做什么", "duties": ("每天在网格里走一遍。", "看望独居老人。"),
        "supervise_phone": "0000-8888 1234", "hotlines": EMERGENCY, "foot": "人员或电话有变请告诉我们",
        "number": "牌2026-001", "made_on": DAY,
    }  # fmt: skip
    return BoardView(**{**basic, **values})


def handbook(villages: int = 4) -> BookView:
    """A handbook."""
    names = [f"{name}村" for name in "竹白上石柳云清河东西南北"[:villages]]
    heads = (Heading("网格"), Heading("户数", "规模", "right"), Heading("人口", "规模", "right"), Heading("姓名"))
    about: list[Part] = [Figures((("户", "1,412"), ("人", "4,263")))]
    for name in names:
        lines = tuple(
            TableLine(
                one.name, (one.name, str(one.households), str(one.persons), one.worker.name if one.worker else "缺")
            )
            for one in grids(9)
        )
        about += [Words(("村级网格长：叶鹏子。",), title=name), Listed("", heads, lines)]
    text = (Words(("# 小标题", "- 一条要点，" * 6, "一段正文，" * 60)),)
    chapters = (
        ChapterView("chapter:guide", "怎样使用这本手册", text, is_numbered=False),
        ChapterView("about", "网格概况", tuple(about)),
        *(ChapterView(f"chapter:{one}", one, text) for one in ("岗位职责", "工作流程", "工作制度")),
        ChapterView("logs", "工作日志", (BlankPages("day", 6), BlankPages("week", 2, "周小结"))),
        ChapterView("meetings", "例会记录", (BlankPages("meeting", 2),)),
        ChapterView("phones", "通讯录", (Listed("", heads, lines),), is_numbered=False),
        ChapterView("year", "年历", (year(2026),), is_numbered=False),
    )
    return BookView(
        "云溪镇", "网格工作手册", 2026, "2026年11月", "册2026-001", DAY, chapters, hotlines=EMERGENCY,
        owner=OwnerView(person(3), "石桥村第2网格", "018", person(900, "李秀兰", photo=False)),
    )  # fmt: skip


def year(number: int) -> YearPart:
    """A year by the shipped calendar."""
    kept = shipped()
    working = tuple(
        sum(kept.is_working(date(number, month, day)) for day in range(1, monthrange(number, month)[1] + 1))
        for month in range(1, 13)
    )
    off = tuple(sorted((day, name) for day, name in kept.holidays.items() if day.year == number))
    return YearPart(number, off, tuple(sorted((d, n) for d, n in kept.workdays.items() if d.year == number)), working)


def run(*words: str | Path) -> str:
    """What another program says."""
    done = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
    return done.stdout


def text_of(path: Path, page: int | None = None) -> str:
    """The text of a PDF as pdftotext reads it, blanks out."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    return "".join(run("pdftotext", *pages, path, "-").split())


def info_of(path: Path) -> dict[str, str]:
    """What pdfinfo says."""
    lines = run("pdfinfo", path).splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def millimetres(path: Path) -> tuple[float, float]:
    """A PDF's page size in mm."""
    wide, _, high, *_ = info_of(path)["Page size"].split()
    return round(float(wide) / 72 * 25.4, 1), round(float(high) / 72 * 25.4, 1)


def fonts_of(path: Path) -> list[list[str]]:
    """Each font's row as pdffonts tells it."""
    return [line.split() for line in run("pdffonts", path).splitlines()[2:]]


def drawn(path: Path, page: int, dots: int, folder: Path) -> Path:
    """A page as a PNG of `dots` per inch."""
    run("pdftoppm", "-r", str(dots), "-f", str(page), "-l", str(page), "-singlefile", "-png", path, folder / "page")
    return folder / "page.png"
