"""场所责任牌: the sign of premises that says how they burn, who answers for them and whom to call (reference 5.8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import addressees, naming, portraits, public, roll, texts
from gridoffice.modules.documents.addressees import Addressee
from gridoffice.modules.documents.makers.board import BLEED
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen
from gridoffice.papers.wall_texts import SignView

SIZES = (("A4-across", "A4（横）"), ("400x300", "400×300 毫米"), ("600x400", "600×400 毫米"))
ALARMS = (("火警", "119"), ("举报", "96119"))
SPECIAL = {"kind": texts.TEXT, "risk": texts.TEXT}


def prepare(office: Office, options: Options) -> Prepared:
    """Signs of the premises under a unit; the owner's own phone is never read, it is written in by hand."""
    from gridoffice.papers import wall_texts

    name = naming.office_name(office)
    found = roll.read(office, photos=False)
    under = naming.unit_of(found, options.get("unit"))
    words = texts.wording("premises")
    risks = {
        one["kind"]: one["risk"] for one in (texts.table("premises", "special", e, SPECIAL) for e in words["special"])
    }
    kind = str(options.get("kind") or "").strip()
    read = [one for one in addressees.premises(office, under.id if under else None) if kind in one.kind]
    items = chosen(
        tuple(Item(f"premises:{one.id}", f"{one.name}责任牌", _view(office, found, one, words, risks)) for one in read),
        options,
    )
    if not items:
        raise OfficeError("这里没有登记的场所", do="请换一个范围或类型，或先在“消防”里登记场所")
    size, bleed = str(options.get("size") or "A4-across"), bool(options.get("bleed"))

    def draw(number: str) -> bytes:
        return wall_texts.signs([replace(item.view, number=number) for item in items], size, bleed=bleed)

    told = ["责任人的电话不从台账带出，请由场所自己填写（公开的牌子只印工作电话）"]
    for what, lacking in (
        ("没有登记责任人，印成“待定”", [item.view.name for item in items if not item.view.owner]),
        ("所在网格没有网格员", [item.view.name for item in items if item.view.worker is None]),
    ):
        if lacking:
            told.append(f"{len(lacking)} 家{what}：{portraits.names(lacking)}")
    title = items[0].title if len(items) == 1 else f"{under.name if under else name}场所责任牌 {len(items)} 块"
    return Prepared(title, draw, items, tuple(told), under.id if under else None)


def _view(
    office: Office, found: roll.Roll, one: Addressee, words: dict[str, Any], risks: dict[str, str]
) -> SignView:  # fmt: skip
    unit = found.units.get(one.unit_id or 0)
    seat = found.seat(unit.id, networks.WORKER, networks.STAND_IN, networks.ASSISTANT) if unit is not None else None
    return SignView(
        office=found.office["name"],
        name=one.name,
        title=words["title"],
        kind=one.kind,
        risk=risks.get(one.kind, risks.get("", "")),
        owner=one.owner,
        worker=public.person(found, seat),
        unit=unit.name if unit is not None else "",
        duties=words["duties"],
        check=words["check"],
        alarms=ALARMS,
        number="",
        made_on=office.today(),
    )


MAKERS = (
    Maker(
        kind="premises_sign",
        title="场所责任牌",
        group="公示",
        icon="inspections",
        about="小场所挂在门口：火灾危险性、责任人、包联网格员、注意事项。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("kind", "场所类型", "text", default="", about="例如 小餐饮；空着就是全部"),
            Option("size", "尺寸", "choice", choices=SIZES, default="A4-across"),
            BLEED,
        ),
        is_tracked=True,
        order=38,
    ),
)
