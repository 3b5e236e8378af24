"""防火公约: the fire covenant of a village, a grid or a building as a board."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import naming, public, roll, texts
from gridoffice.modules.documents.makers.board import BLEED, SIZE
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared
from gridoffice.papers.wall_texts import CovenantView

KINDS = (("fire", "防火公约"), ("building", "楼道消防公约"))
ALARMS = (("火警", "119"), ("隐患举报", "96119"), ("急救", "120"))
TABLE = {
    "key": texts.TEXT, "title": texts.TEXT, "opening": texts.TEXT, "lines": texts.TEXTS, "closing": texts.TEXT,
}  # fmt: skip


def prepare(office: Office, options: Options) -> Prepared:
    """A covenant for a unit."""
    from gridoffice.papers import wall_texts

    naming.office_name(office)
    found = roll.read(office, photos=False)
    unit = naming.unit_of(found, options.get("unit"))
    if unit is None:
        raise OfficeError("还没有选村（社区）", do="公约一村一块，请选一个村")
    key = str(options.get("what") or "fire")
    known = {one["key"]: one for one in (texts.table("covenant", "covenant", e, TABLE) for e in _all())}
    if key not in known:
        raise OfficeError(f"用语文件“covenant.toml”里没有“{key}”这份公约", do="请照自带的文件补上")
    words = known[key]
    village = found.village_of(unit)
    issuer = f"{village.name}{public.committee_of(village.name)}" if village is not None else found.office["name"]
    view = CovenantView(
        office=found.office["name"],
        title=words["title"].replace("{unit}", unit.name),
        issuer=issuer,
        opening=words["opening"],
        lines=words["lines"],
        closing=words["closing"],
        alarms=ALARMS,
        supervise_phone=found.office["supervise_phone"],
        number="",
        made_on=office.today(),
    )
    size, bleed = str(options.get("size") or "600x900"), bool(options.get("bleed"))

    def draw(number: str) -> bytes:
        return wall_texts.covenants([replace(view, number=number)], size, bleed=bleed)

    told = ("公约由村（居）民会议或楼栋住户商定后再挂；条款可以在 forms/papers/covenant.toml 里改成你们商定的。",)
    return Prepared(view.title, draw, (Item(f"unit:{unit.id}:{key}", view.title, view),), told, unit.id)


def each(office: Office, options: Options) -> list[tuple[str, dict[str, Any]]]:
    """One file for each village."""
    found = roll.read(office, photos=False)
    return [(f"{unit.name}公约", {**options, "unit": unit.id}) for unit in found.villages()]


def _all() -> tuple[dict[str, object], ...]:
    found: tuple[dict[str, object], ...] = texts.wording("covenant")["covenant"]
    return found


MAKERS = (
    Maker(
        kind="covenant",
        title="防火公约",
        group="公示",
        icon="documents",
        about="村（居）民防火公约、楼道消防公约牌：大字条款，火警和举报电话。",
        prepare=prepare,
        options=(
            Option("unit", "村（社区）或网格", "unit", levels=(VILLAGE, GRID), is_required=True),
            Option("what", "哪一份", "choice", choices=KINDS, default="fire"),
            SIZE,
            BLEED,
        ),
        each=each,
        each_title="每村一块",
        is_tracked=True,
        order=37,
    ),
)
