"""标签: labels for household files, premises and the office's files, on bought sheets."""

from __future__ import annotations

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE, GridUnit
from gridoffice.modules.documents import addressees, naming, roll
from gridoffice.modules.documents.addressees import Addressee
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen
from gridoffice.papers.label import LabelView

FORMATS = (
    ("70x37", "70×37 毫米 24 枚"), ("105x37", "105×37 毫米 16 枚"), ("105x74", "105×74 毫米 8 枚"),
    ("63.5x38.1", "63.5×38.1 毫米 21 枚"), ("99.1x38.1", "99.1×38.1 毫米 14 枚"),
    ("99.1x67.7", "99.1×67.7 毫米 8 枚"), ("48.5x25.4", "48.5×25.4 毫米 40 枚"),
    ("38.1x21.2", "38.1×21.2 毫米 65 枚"),
)  # fmt: skip
HOUSES, NUMBERS, PLACES, FILES = "households", "numbers", "premises", "files"
WHAT = (
    (HOUSES, "户档（户主、地址）"), (NUMBERS, "户档（只印户号）"), (PLACES, "场所档案"),
    (FILES, "网格档案盒"),
)  # fmt: skip
OFFSETS = tuple((step / 2, f"{step / 2:+.1f} 毫米" if step else "不用调") for step in range(-8, 9))


def prepare(office: Office, options: Options) -> Prepared:
    """Labels for what stands under a unit, on a sheet whose first cells may be used up."""
    from gridoffice.papers import label

    name = naming.office_name(office)
    found = roll.read(office, photos=False)
    under = naming.unit_of(found, options.get("unit"))
    what = str(options.get("what") or HOUSES)
    items = chosen(_items(office, found, under.id if under else None, what, name, office.today().year), options)
    if not items:
        raise OfficeError("这里没有可印标签的记录", do="请换一个范围，或先导入台账")
    form = str(options.get("format") or "70x37")
    first = int(options.get("first") or 1) - 1
    shift = (float(options.get("right") or 0), float(options.get("down") or 0))

    def draw(_number: str) -> bytes:
        return label.draw([item.view for item in items], form, first=first, shift=shift)

    title = f"{under.name if under else name}{dict(WHAT)[what].split('（')[0]}标签 {len(items)} 枚"
    layout = label.FORMATS[form]
    told = [f"请用 {layout.wide:g}×{layout.high:g} 毫米标签纸，打印时选“实际大小”；先用白纸试一张对一对"]
    if first >= layout.count:
        raise OfficeError(f"这种标签纸每页只有 {layout.count} 枚", do="请把“从第几枚开始”改小")
    return Prepared(title, draw, items, tuple(told), under.id if under else None)


def _items(
    office: Office, found: roll.Roll, unit_id: int | None, what: str, name: str, year: int
) -> tuple[Item, ...]:  # fmt: skip
    if what == FILES:
        return tuple(_of_unit(one, name, year) for one in found.grids(unit_id))
    if what == PLACES:
        return tuple(_of_premises(one) for one in addressees.premises(office, unit_id))
    houses = addressees.households(office, unit_id)
    return tuple(
        Item(
            f"household:{one.id}",
            f"户 {one.number}",
            LabelView(
                f"户 {one.number}", (one.name, one.address or one.unit) if what == HOUSES else (one.unit,), one.number
            ),
        )
        for one in houses
    )


def _of_unit(unit: GridUnit, name: str, year: int) -> Item:
    view = LabelView(unit.name, ("网格档案", f"{name}　{year} 年"), unit.code or "")
    return Item(f"unit:{unit.id}", f"{unit.name}档案盒", view)


def _of_premises(one: Addressee) -> Item:
    view = LabelView(one.name, (f"{one.kind}　{one.number}", one.address), one.number)
    return Item(f"premises:{one.id}", f"场所 {one.number}", view)


MAKERS = (
    Maker(
        kind="label",
        title="标签",
        group="内部",
        icon="print",
        about="买来的标签纸：户档、场所档案、档案盒，带扫码找档的二维码。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("what", "印什么", "choice", choices=WHAT, default=HOUSES),
            Option("format", "标签纸", "choice", choices=FORMATS, default="70x37"),
            Option("first", "从第几枚开始", "number", default=1, low=1, high=65, about="用过几枚的标签纸接着用"),
            Option("right", "往右移", "choice", choices=OFFSETS, default=0.0, about="打印机印偏了，在这里调"),
            Option("down", "往下移", "choice", choices=OFFSETS, default=0.0),
        ),
        order=60,
    ),
)
