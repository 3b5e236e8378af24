"""信封: envelopes to households, premises or local organisations, printed on the envelope itself."""

from __future__ import annotations

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import addressees, naming, roll
from gridoffice.modules.documents.addressees import Addressee
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen
from gridoffice.papers.envelope import EnvelopeView

SIZES = (
    ("DL", "5 号 DL 220×110 毫米"), ("ZL", "6 号 ZL 230×120 毫米"), ("B6", "3 号 B6 176×125 毫米"),
    ("C5", "7 号 C5 229×162 毫米"), ("C4", "9 号 C4 324×229 毫米"),
)  # fmt: skip
HEADS, FAMILIES, PLACES, UNITS = "heads", "families", "premises", "organisations"
TO = ((HEADS, "每户户主"), (FAMILIES, "每户（写“全家收”）"), (PLACES, "场所"), (UNITS, "驻区单位"))


def prepare(office: Office, options: Options) -> Prepared:
    """Envelopes for everybody of a kind under a unit."""
    from gridoffice.papers import envelope

    name = naming.office_name(office)
    found = roll.read(office, photos=False)
    under = naming.unit_of(found, options.get("unit"))
    to = str(options.get("to") or HEADS)
    items, without, homeless = _items(office, found, under.id if under else None, to, options)
    items = chosen(items, options)
    if not items:
        raise OfficeError("这里没有可写信封的对象", do="请换一个范围，或先导入台账")
    size = str(options.get("size") or "DL")

    def draw(_number: str) -> bytes:
        return envelope.draw([item.view for item in items], size)

    told = ["放一个信封试印，打印时选“实际大小”，纸张选信封的尺寸"]
    if without:
        told.append(f"{without} 户没有登记户主，写成“全家收”")
    if homeless:
        told.append(f"{homeless} 个没有登记住址，只印到村")
    if not options.get("postcode"):
        told.append("没有填邮政编码，六个方格留空")
    title = f"{under.name if under else name}信封 {len(items)} 个"
    return Prepared(title, draw, items, tuple(told), under.id if under else None)


def _items(
    office: Office, found: roll.Roll, unit_id: int | None, to: str, options: Options
) -> tuple[tuple[Item, ...], int, int]:  # fmt: skip
    read = {PLACES: addressees.premises, UNITS: addressees.organisations}.get(to, addressees.households)
    key = {PLACES: addressees.PREMISES, UNITS: addressees.ORGANISATIONS}.get(to, addressees.HOUSEHOLDS)
    towns = found.office["name"]
    made, without, homeless = [], 0, 0
    for one in read(office, unit_id):
        is_house = key == addressees.HOUSEHOLDS
        is_named = is_house and to == HEADS and bool(one.name)
        without += is_house and to == HEADS and not one.name
        homeless += not one.address
        whom = f"{one.name} 收" if is_named or not is_house else "全家收"
        view = EnvelopeView(
            postcode=_figures(options.get("postcode")),
            address=_address(found, one, towns),
            name=whom,
            sender=f"{towns}网格办",
            sender_address=str(options.get("sender") or towns),
            sender_postcode=_figures(options.get("postcode")),
        )
        made.append(Item(f"{key}:{one.id}", f"{'户' if is_house else ''}{one.number}", view))
    return tuple(made), without, homeless


def _figures(text: object) -> str:
    found = "".join(char for char in str(text or "") if char.isdigit())
    return found if len(found) == 6 else ""


def _address(found: roll.Roll, one: Addressee, town: str) -> str:
    """Township, village and address; the village is not said twice."""
    unit = found.units.get(one.unit_id or 0)
    village = found.village_of(unit) if unit is not None else None
    name = village.name if village is not None and village.name not in one.address else ""
    return f"{'' if town in one.address else town}{name}{one.address}"


MAKERS = (
    Maker(
        kind="envelope",
        title="信封",
        group="内部",
        icon="print",
        about="按国标信封尺寸直接印在信封上：邮编方格、收件人、寄件单位。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("to", "写给谁", "choice", choices=TO, default=HEADS),
            Option("size", "信封", "choice", choices=SIZES, default="DL"),
            Option("postcode", "邮政编码", "text", default=""),
            Option("sender", "寄件地址", "text", default=""),
        ),
        order=62,
    ),
)
