"""工作证: the badges of those who work here."""

from __future__ import annotations

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import badges, naming, portraits, public, roll
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen
from gridoffice.papers.badge import BadgeView
from gridoffice.papers.views import PersonView

KINDS = (("cr80", "85.6×54 毫米（证卡）"), ("hanging", "70×100 毫米（挂牌）"))
DESIGNS = (("red", "红色"), ("blue", "蓝色"), ("green", "绿色"))
SHEETS = (
    ("long", "A4 双面，长边翻转"),
    ("short", "A4 双面，短边翻转"),
    ("single", "A4 只印正面"),
    ("shop", "交印刷厂，带出血"),
)


def prepare(office: Office, options: Options) -> Prepared:
    """Badges of everybody who serves, or of those at a unit and under it."""
    from gridoffice.papers import badge

    name = naming.office_name(office)
    found = roll.read(office, photos=False)
    under = naming.unit_of(found, options.get("unit"))
    read = badges.read(office, under.id if under else None)
    items = chosen(tuple(Item(f"staff:{one}", f"{view.name}工作证", view) for one, view in read), options)
    if not items:
        raise OfficeError("这里还没有工作人员，没有工作证可印", do="请先在“人员”里登记，或导入网格员名册")
    kind, design = str(options.get("kind") or badge.CR80), str(options.get("design") or "red")
    sheet = str(options.get("sheet") or "long")

    def draw(_number: str) -> bytes:
        return badge.draw([item.view for item in items], kind=kind, design=design, turn=sheet, single=sheet == "shop")

    title = f"{under.name if under else name}工作证 {len(items)} 张"
    return Prepared(title, draw, items, notes(office, [item.view for item in items]), under.id if under else None)


def notes(office: Office, views: list[BadgeView]) -> tuple[str, ...]:
    """What is missing on the badges, told before they are printed."""
    people = [PersonView(one.name, one.post, "-", one.photo) for one in views]
    told = [*public.gaps(people), *portraits.notes(people)]
    for words, lacking in (
        ("没有工作证编号，编号处留空（在人员卡里填写）", [one.name for one in views if not one.badge_number]),
        ("没有有效期，有效期处留空", [one.name for one in views if one.valid_until is None]),
        ("的工作证已过有效期", [one.name for one in views if one.valid_until and one.valid_until < office.today()]),
    ):
        if lacking:
            told.append(f"{len(lacking)} 人{words}：{portraits.names(lacking)}")
    return tuple(told)


MAKERS = (
    Maker(
        kind="badge",
        title="工作证",
        group="卡证",
        icon="sign",
        about="证卡或挂牌，正反面；A4 排满打印，或一面一页交印刷厂。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("kind", "规格", "choice", choices=KINDS, default="cr80"),
            Option("design", "颜色", "choice", choices=DESIGNS, default="red"),
            Option("sheet", "纸张", "choice", choices=SHEETS, default="long"),
        ),
        is_tracked=True,
        order=12,
    ),
)
