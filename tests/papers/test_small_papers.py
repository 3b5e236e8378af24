"""Cards, badges, stickers, labels and envelopes: exact boxes, nothing cut off, codes that read."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from gridoffice.domain.paper_code import read as read_code
from gridoffice.papers import badge, cards, door, envelope, imposition, label, whole
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.views import PersonView
from tests.papers import sheets

LONG = (
    "阿卜杜热合曼·买买提明·吐尔逊江·艾力",
    "Muhammad Abdulrahman Alfarouq Hassan",
    "司马相如欧阳修上官婉儿诸葛孔明夏侯惇皇甫嵩",
    "孙𣲗怡·阿依古丽",
)
MM = 72 / 25.4


def a_badge(name: str = "张建国", **values: object) -> badge.BadgeView:
    basic: dict[str, object] = {
        "office": "云溪镇", "name": name, "post": "专职网格员", "unit": "石桥村第2网格", "badge_number": "YX-001",
        "valid_until": date(2027, 12, 31), "photo": sheets.picture(), "supervise_phone": "0000-8888 1234",
        "rules": ("佩戴并主动出示。", "不转借、不涂改。"), "found": "拾到请交云溪镇，谢谢您",
        "check": "有疑问请打监督电话",
    }  # fmt: skip
    return badge.BadgeView(**{**basic, **values})  # type: ignore[arg-type]


def a_door(name: str = "张建国") -> door.DoorView:
    return door.DoorView(
        "云溪镇", "石桥村第2网格", "", "有事找网格员", "报隐患 · 反映困难", sheets.person(7, name),
        sheets.person(900, "李秀兰"), "不在时请找", "0000-8888 1234", "请贴在门后", "贴2026-001", sheets.DAY,
    )  # fmt: skip


SINGLE: dict[str, tuple[Callable[[], bytes], tuple[float, float]]] = {
    "card": (lambda: cards.draw([sheets.card(1)], single=True), (90, 54)),
    "bank card": (lambda: cards.draw([sheets.card(1)], single=True, size="85.5x54", design="blue"), (85.5, 54)),
    "badge": (lambda: badge.draw([a_badge()], single=True), (85.6, 53.98)),
    "hanging badge": (lambda: badge.draw([a_badge()], kind=badge.HANGING, single=True), (70, 100)),
    "door": (lambda: door.draw([a_door()], single=True), (95, 135)),
}


def boxes(path: Path) -> list[dict[str, tuple[float, ...]]]:
    """Each page's boxes in mm."""
    with pikepdf.open(path) as pdf:
        names = ("/MediaBox", "/BleedBox", "/TrimBox")
        return [
            {name: tuple(float(one) / MM for one in page.obj[name]) for name in names if name in page.obj}
            for page in pdf.pages
        ]


def words(path: Path, page: int = 1) -> list[tuple[float, float, float, float, str]]:
    """Words of a page with their boxes in points from the upper left corner of the sheet."""
    found = sheets.run("pdftotext", "-bbox", "-f", str(page), "-l", str(page), path, "-")
    form = r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)<'
    return [(*map(float, one[:4]), one[4]) for one in re.findall(form, found)]


@pytest.mark.parametrize("kind", SINGLE)
def test_for_a_print_shop_boxes_are_exact_and_text_stays_inside_the_trim(kind: str, tmp_path: Path) -> None:
    make, (wide, high) = SINGLE[kind]
    path = tmp_path / "one.pdf"
    path.write_bytes(make())
    for place, found in enumerate(boxes(path), 1):
        assert found["/TrimBox"] == pytest.approx((0, 0, wide, high), abs=0.01)
        assert found["/BleedBox"] == pytest.approx((-3, -3, wide + 3, high + 3), abs=0.01)
        left, bottom, right, top = found["/MediaBox"]
        assert left < -6 and bottom < -6 and right > wide + 6 and top > high + 6
        for x1, y1, x2, y2, word in words(path, place):
            # pdftotext counts from the upper left corner of the MediaBox; a font's box is higher than its letters
            assert x1 / MM + left >= 1.5 and x2 / MM + left <= wide - 1.5, (word, x1 / MM + left, x2 / MM + left)
            assert y1 / MM - (top - high) >= -0.5 and y2 / MM - (top - high) <= high + 0.5, word
    assert all(row[-5] == "yes" for row in sheets.fonts_of(path))


@pytest.mark.parametrize("design", ["red", "blue", "green", "large"])
@pytest.mark.parametrize("name", LONG)
def test_a_long_name_is_never_cut_on_a_card(design: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    view = dataclasses.replace(sheets.card(2, name), unit="石桥村第2网格、第3网格、第4网格、第5网格", stand_in=None)
    path.write_bytes(cards.draw([view], design=design, single=True))
    assert "".join(name.split()) in sheets.text_of(path, 1)
    assert "…" not in sheets.text_of(path, 1)
    assert "第5网格" in sheets.text_of(path, 1)


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("kind", [badge.CR80, badge.HANGING])
def test_a_long_name_is_never_cut_on_a_badge(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "badge.pdf"
    path.write_bytes(badge.draw([a_badge(name)], kind=kind, single=True))
    assert "".join(name.split()) in sheets.text_of(path, 1)


@pytest.mark.parametrize("text", [*LONG, "张三", "0592-1234567、13800001234、0592-7654321"])
@pytest.mark.parametrize("room", [12.0, 30.0, 80.0])
def test_text_set_whole_loses_nothing_and_fits(text: str, room: float) -> None:
    found = whole.setting(text, 20, room, 10, 3, 0.62, BOLD)
    assert "".join("".join(found.lines).split()) == "".join(text.split())
    from gridoffice.papers import fonts

    assert all(fonts.width(BOLD, line, found.size) <= room * MM + 0.1 for line in found.lines)
    assert 0 < found.size <= 20


def test_who_has_no_phone_gets_a_line_to_write_on_and_no_code(tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    view = dataclasses.replace(sheets.card(1), person=PersonView("张一", "网格员", ""), stand_in=None)
    path = tmp_path / "card.pdf"
    path.write_bytes(cards.draw([view], single=True))
    assert "电话" in sheets.text_of(path, 1)
    assert zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 1, 300, tmp_path))) == []


def test_the_codes_on_a_card_save_the_contact_and_lead_to_the_register(tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    view = sheets.card(7, "张建国")
    path = tmp_path / "card.pdf"
    path.write_bytes(cards.draw([view], code=cards.VCARD, single=True, coded=True))
    (front,) = zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 1, 400, tmp_path)))
    assert front.text.startswith("BEGIN:VCARD") and "FN:张建国" in front.text
    assert "TEL;TYPE=WORK:13800000007" in front.text and front.text.endswith("END:VCARD")
    (back,) = zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 2, 400, tmp_path)))
    found = read_code(back.text)
    assert found is not None and found.number == view.number


def test_the_code_on_a_badge_dials_the_supervision_phone(tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    path = tmp_path / "badge.pdf"
    path.write_bytes(badge.draw([a_badge()], single=True))
    (found,) = zxingcpp.read_barcodes(Image.open(sheets.drawn(path, 2, 300, tmp_path)))
    assert found.text == "tel:0000-88881234"


@pytest.mark.parametrize(("turn", "is_right", "is_upper"), [("long", True, True), ("short", False, False)])
def test_backs_lie_behind_their_fronts_however_the_printer_turns(
    turn: str, is_right: bool, is_upper: bool, tmp_path: Path
) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(cards.draw([sheets.card(0)], turn=turn))
    (place,) = [one for one in words(path, 2) if one[4].startswith("卡2026-001-000")]
    assert (place[0] > 105 * MM) is is_right
    assert (place[1] < 148 * MM) is is_upper


def test_one_sided_cards_have_no_backs(tmp_path: Path) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(cards.draw([sheets.card(n) for n in range(11)], turn=imposition.SINGLE))
    assert sheets.info_of(path)["Pages"] == "2"


@pytest.mark.parametrize("form", label.FORMATS)
def test_labels_lie_in_their_cells_and_used_ones_stay_free(form: str, tmp_path: Path) -> None:
    layout = label.FORMATS[form]
    assert layout.left + layout.block[0] <= 210.01 and layout.top + layout.block[1] <= 297.01
    views = [label.LabelView(f"户 {n:05d}", ("张建国", "1组12号"), f"{n:05d}") for n in range(layout.count)]
    path = tmp_path / "labels.pdf"
    path.write_bytes(label.draw(views, form, first=2))
    assert sheets.info_of(path)["Pages"] == "2"
    for x1, _y1, x2, _y2, word in words(path):
        column = (x1 / MM - layout.left) // (layout.wide + layout.gap[0])
        left = layout.left + column * (layout.wide + layout.gap[0])
        assert x1 / MM >= left + 1 and x2 / MM <= left + layout.wide - 1, (word, x1 / MM, left)
    first = min(words(path), key=lambda one: (round(one[1]), one[0]))
    assert first[0] / MM > layout.left + 2 * layout.wide or layout.across == 2


def test_labels_move_where_a_printer_is_off(tmp_path: Path) -> None:
    views = [label.LabelView("户 00001", ("张建国",))]
    places = []
    for shift in ((0.0, 0.0), (2.0, -1.5)):
        path = tmp_path / "labels.pdf"
        path.write_bytes(label.draw(views, "70x37", shift=shift))
        places.append(words(path)[0])
    assert (places[1][0] - places[0][0]) / MM == pytest.approx(2, abs=0.05)
    assert (places[1][1] - places[0][1]) / MM == pytest.approx(-1.5, abs=0.05)


@pytest.mark.parametrize("size", envelope.SIZES)
def test_envelopes_have_their_size_and_six_figures(size: str, tmp_path: Path) -> None:
    view = envelope.EnvelopeView("350212", "云溪镇石桥村1组12号", "张建国 收", "云溪镇网格办", "云溪镇", "350212")
    path = tmp_path / "envelope.pdf"
    path.write_bytes(envelope.draw([view, dataclasses.replace(view, postcode="")], size))
    assert sheets.millimetres(path) == envelope.SIZES[size]
    assert "张建国收" in sheets.text_of(path, 1)
    digits = [one for one in words(path, 1) if one[1] / MM < 20 and re.fullmatch(r"[\d]+", one[4])]
    assert "".join(one[4] for one in sorted(digits)) == "350212"
    assert not [one for one in words(path, 2) if one[1] / MM < 20 and one[4].isdigit()]
