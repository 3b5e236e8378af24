"""Makers of cards, badges, boards and stickers: what they offer, what they tell before printing, what a change says."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks, paper_facts, settings
from gridoffice.domain.attachments import attach
from gridoffice.domain.grids import MICRO, GridUnit
from gridoffice.domain.networks import Assignment
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents import bare, board_limits, paper, portraits, texts
from gridoffice.modules.documents.recipe import Prepared, maker
from tests.make import Make


def picture(wide: int = 300, high: int = 420) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((wide, high), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def town(office: Office, make: Make) -> Make:
    """石桥村 with two grids; the first has A and B, the second nobody; a building under the first."""
    village = make.village("石桥村")
    with office.unit("村委会电话") as session:
        session.get_one(GridUnit, village.id).phone = "0592-7000001"
    first, second = make.grid(village, "石桥村第1网格", groups="1-2组"), make.grid(village, "石桥村第2网格")
    make.add(GridUnit(level=MICRO, name="石桥村3号楼", parent_id=first.id))
    make.assign(make.staff("叶鹏"), village, networks.HEAD)
    make.assign(make.staff("张建国", badge_number="YX-01", badge_until=date(2020, 1, 1)), first)
    make.assign(make.staff("李秀兰", phone=""), first, networks.STAND_IN)
    assert second.id
    return make


def unit(office: Office, name: str) -> int:
    from gridoffice.modules.documents import service

    return service.unit(office, name).id


def prepare(office: Office, name: str, **options: object) -> Prepared:
    return maker(name).prepare(office, {**maker(name).defaults(), **options})


def views(prepared: Prepared) -> list[str]:
    return [item.title for item in prepared.items]


@pytest.mark.usefixtures("town")
def test_a_board_of_each_edition_shows_its_own_people(office: Office) -> None:
    village = prepare(office, "board", unit=unit(office, "石桥村"))
    (item,) = village.items
    assert item.key.endswith(":village") and item.view.head.name == "叶鹏"
    assert [(post.name, post.holder and post.holder.name) for post in item.view.posts] == [
        ("第1网格", "张建国"), ("第2网格", None),
    ]  # fmt: skip
    assert item.view.posts[0].stand_in.name == "李秀兰"
    assert ("村委会", "0592-7000001") in item.view.hotlines
    grids = prepare(office, "board", unit=unit(office, "石桥村"), edition="grid", size="A3")
    assert views(grids) == ["石桥村第1网格公示牌", "石桥村第2网格公示牌"]
    assert grids.items[0].view.head.name == "张建国"
    assert [post.holder.name for post in grids.items[0].view.posts] == ["李秀兰", "叶鹏"]
    (building,) = prepare(office, "board", unit=unit(office, "石桥村"), edition="building").items
    assert building.view.title == "石桥村3号楼公示牌" and building.view.head.name == "张建国"
    assert building.view.head_title == "网格员"
    with pytest.raises(OfficeError, match="还没有楼栋"):
        prepare(office, "board", unit=unit(office, "石桥村第2网格"), edition="building")
    only = prepare(office, "board", unit=unit(office, "石桥村"), edition="grid", only=[grids.items[1].key])
    assert views(only) == ["石桥村第2网格公示牌"]


@pytest.mark.usefixtures("town")
def test_a_network_has_its_own_board_with_what_it_does_for_residents(office: Office, make: Make) -> None:
    wanted = {"unit": unit(office, "石桥村"), "network": "forest"}
    with pytest.raises(OfficeError, match="还没有用“林长制”"):
        prepare(office, "network_board", **wanted)
    with office.unit("用上林长制") as session:
        networks.use(session, "forest")
    with pytest.raises(OfficeError, match="还没有安排人"):
        prepare(office, "network_board", **wanted)
    chief, ranger = make.staff("林大山"), make.staff("林小木")
    with office.unit("任职") as session:
        for person, role, where in ((chief, "forest_village", "石桥村"), (ranger, "forest_ranger", "石桥村第1网格")):
            role_id = networks.role(session, role, "forest").id
            session.add(Assignment(staff_id=person.id, role_id=role_id, unit_id=unit(office, where)))
    (item,) = prepare(office, "network_board", **wanted).items
    view = item.view
    batch = maker("network_board").each
    assert batch is not None and [title for title, _asked in batch(office, wanted)] == ["石桥村林长制公示牌"]
    assert view.title == "石桥村林长公示牌" and view.head.name == "林大山" and view.head_title == "村级林长"
    assert [(post.name, post.groups, post.holder.name) for post in view.posts] == [("第1网格", "护林员", "林小木")]
    assert "野外用火、烧荒、上坟烧纸" in view.services and any("每周至少巡查一次" in one for one in view.duties)


@pytest.mark.usefixtures("town")
def test_the_reminder_counts_the_boards_a_village_has(office: Office, tmp_path: Path) -> None:
    village = unit(office, "石桥村")
    before = prepare(office, "board", unit=village).notes[-1]
    assert "2022年" in before and "石桥村还没有登记过公示牌" in before and "组织架构" in before
    paper.issue(office, "board", {"unit": village}, tmp_path / "1.pdf")
    paper.issue(office, "board", {"unit": village, "edition": "grid", "size": "A3"}, tmp_path / "2.pdf")
    assert "登记在册的公示牌有 3 块" in prepare(office, "board", unit=village).notes[-1]
    paper.issue(office, "board", {"unit": village}, tmp_path / "3.pdf")
    assert board_limits.count(office, village) == 3, "one that takes another's place is not one more"


@pytest.mark.usefixtures("town")
def test_what_is_missing_on_badges_is_told(office: Office) -> None:
    prepared = prepare(office, "badge")
    assert len(prepared.items) == 3
    told = "；".join(prepared.notes)
    for wanted in ("3 人没有照片", "2 人没有工作证编号", "2 人没有有效期", "1 人的工作证已过有效期：“张建国”"):
        assert wanted in told, told


def with_photo(office: Office, name: str, data: bytes) -> None:
    from sqlalchemy import select

    with office.unit("照片") as session:
        person = session.scalars(select(Staff).where(Staff.name == name)).one()
        person.photo_id = attach(session, "staff", person.id, "a.jpg", data).id


@pytest.mark.usefixtures("town")
def test_odd_coarse_and_broken_photos_are_told_before_printing(office: Office) -> None:
    with_photo(office, "张建国", picture(900, 300))
    with_photo(office, "叶鹏", picture(60, 84))
    told = "；".join(prepare(office, "board", unit=unit(office, "石桥村")).notes)
    assert "1 张照片不是证件照的比例" in told and "张建国" in told
    assert "像素不够" in told and "叶鹏" in told
    from gridoffice.papers.views import PersonView

    broken = PersonView("王某", "网格员", "1", picture()[:-2000])
    assert portraits.notes([broken]) == ("1 张照片损坏，已用空白头像，请重新上传：“王某”",)


def test_a_photo_loses_what_the_camera_wrote_and_no_pixel() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    Image.effect_noise((120, 168), 60).convert("RGB").save(out, "JPEG", exif=exif, comment=b"mine", quality=80)
    data = out.getvalue() + b"hidden behind the end"
    found = bare.jpeg(data)
    assert b"taken at home" not in found and b"mine" not in found and b"hidden" not in found
    assert Image.open(io.BytesIO(found)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert bare.jpeg(b"no picture") == b"no picture" and bare.jpeg(b"\xff\xd8\xff") == b"\xff\xd8\xff"


@pytest.mark.usefixtures("town")
def test_a_changed_phone_reads_well_on_every_paper(office: Office) -> None:
    from sqlalchemy import select

    asked = {
        "cards": {}, "badge": {}, "board": {"unit": unit(office, "石桥村")}, "door": {}, "help_sheet": {},
    }  # fmt: skip
    was = {name: prepare(office, name, **options) for name, options in asked.items()}
    with office.unit("换号码") as session:
        person = session.scalars(select(Staff).where(Staff.name == "张建国")).one()
        old, person.phone = person.phone, "13911112222"
        settings.put(session, "supervise_phone", "0592-1111111")
    for name, options in asked.items():
        now = {item.key: item for item in prepare(office, name, **options).items}
        words = [
            change.words
            for item in was[name].items
            for change in paper_facts.changes(paper_facts.facts(item.view), paper_facts.facts(now[item.key].view))
        ]
        assert any("监督电话" in one for one in words), (name, words)
        if name != "badge":
            assert any(f"{old} → 13911112222" in one for one in words), (name, words)
        assert not [one for one in words if re.search(r"[a-z_]{2}", one)], (name, words)


@pytest.mark.usefixtures("town")
def test_stickers_for_households_bear_numbers_and_no_names(office: Office, make: Make) -> None:
    grid = unit(office, "石桥村第1网格")
    with office.read() as session:
        house = make.household(session.get_one(GridUnit, grid))
    make.resident("赵钱孙", house, relation="户主")
    (item,) = prepare(office, "door", unit=grid, per="household").items
    assert item.view.door == f"户号 {house.number}" and item.view.person.name == "张建国"
    assert "赵钱孙" not in paper_facts.keep(paper_facts.facts(item.view))
    (letter,) = prepare(office, "envelope", unit=grid, postcode="350212").items
    assert letter.view.name == "赵钱孙 收" and letter.view.address == "云溪镇石桥村1组1号"
    (family,) = prepare(office, "envelope", unit=grid, to="families").items
    assert family.view.name == "全家收"
    (labelled,) = prepare(office, "label", unit=grid).items
    assert labelled.view.title == f"户 {house.number}" and labelled.view.code == house.number
    assert "赵钱孙" not in labelled.title, "the register keeps no resident's name"


@pytest.mark.usefixtures("town")
def test_a_village_without_workers_gets_a_board_and_is_told(office: Office, make: Make) -> None:
    lone = make.village("大塘村")
    make.grid(lone, "大塘村第1网格")
    prepared = prepare(office, "board", unit=lone.id)
    assert any("还没有安排负责人" in note for note in prepared.notes)
    assert prepared.draw("样张").startswith(b"%PDF")


def test_every_edition_of_the_shipped_wording_is_whole() -> None:
    from gridoffice.modules.documents import boards

    for key in ("village", "grid", "building", "forest", "river", "party", "fire", "health", "network"):
        words = boards.edition(key)
        assert words["key"] == key
        assert words["title"] and words["posts_title"] and words["services_title"] and words["foot"]
    assert boards.edition("sector")["key"] == "network"
    for name in texts.KEYS:
        assert texts.wording(name)


def test_a_validity_to_come_is_no_warning(office: Office, make: Make) -> None:
    make.grid()
    make.staff("王新", badge_number="1", badge_until=office.today() + timedelta(days=30))
    assert not [note for note in prepare(office, "badge").notes if "有效期" in note]


def test_an_office_changes_one_edition_and_keeps_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gridoffice.modules.documents import boards

    monkeypatch.setenv("GRIDOFFICE_HOME", str(tmp_path))
    folder = tmp_path / "forms" / "papers"
    folder.mkdir(parents=True)
    own = '[[edition]]\nkey = "river"\ntitle = "{unit}河湖长公示牌"\nposts_title = "责任人"\n'
    (folder / "boards.toml").write_text(own, "utf-8")
    assert boards.edition("river")["title"] == "{unit}河湖长公示牌"
    assert boards.edition("village")["head_title"] == "村级网格长"
    (folder / "boards.toml").write_text(own + 'colour = "red"\n', "utf-8")
    with pytest.raises(OfficeError, match=r"boards\.toml.*只能有"):
        boards.edition("river")
    (folder / "boards.toml").write_text(own + 'services = "一个"\n', "utf-8")
    with pytest.raises(OfficeError, match=r"edition\.services 应是一列文字"):
        boards.edition("river")


@pytest.mark.usefixtures("town")
def test_any_paper_is_asked_for_in_words(office: Office, tmp_path: Path) -> None:
    import pypdf

    from gridoffice.modules.documents import asking

    told = asking.issue(
        office, "公示牌", tmp_path / "牌.pdf", unit="石桥", words={"尺寸": "A3", "哪一种": "网格公示牌"}
    )
    assert told["pages"] == 2 and told["number"].startswith("牌")
    box = pypdf.PdfReader(tmp_path / "牌.pdf").pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (297, 420)
    many = asking.issue(office, "防火公约", tmp_path / "一批", words={"尺寸": "A4"}, each=True)
    (one,) = many["files"]
    assert Path(one).name.endswith("_石桥村防火_公约.pdf") and not many["notes"]
    for name, words, wanted in (
        ("公示排", {}, "是不是“公示牌”"),
        ("公示牌", {"颜色": "红"}, "没有“颜色”可选"),
        ("公示牌", {"尺寸": "A9"}, "没有“A9”"),
        ("门贴", {"每种印几张": "0"}, "1 到 400"),
        ("联系卡", {"也印村级网格长": "也许"}, "是 或 否"),
    ):
        with pytest.raises(OfficeError, match=wanted):
            asking.issue(office, name, tmp_path / "x.pdf", words=words)
    assert {one["paper"] for one in asking.kinds()} >= {"工作证", "有事找谁", "信封", "责任网公示牌"}
