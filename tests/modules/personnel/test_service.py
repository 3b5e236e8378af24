"""Staff: entered, changed, photographed, let go and back; posts, partners and what is refused."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import STAND_IN
from gridoffice.modules.personnel import service
from gridoffice.modules.personnel.lists import STAFF
from tests.make import Make, id_number

DAY = date(2026, 11, 20)
BORN = date(1990, 5, 6)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


def shown(office: Office, staff_id: int) -> service.PersonnelCard:
    found = service.card(office, staff_id)
    assert found is not None
    return found


def ids(office: Office, view: str, text: str = "", **filters: int) -> list[int]:
    return STAFF.ids(office, Query(on=office.today(), view=view, text=text, filters=tuple(filters.items())))


def set_photo(office: Office, staff_id: int, path: Path) -> None:
    original, upright = service.read_photo(path)
    service.keep_photo(office, staff_id, path.name, original, upright)


def picture(folder: Path, name: str = "唐琪.png", size: tuple[int, int] = (500, 700)) -> Path:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, "#5aa0dc").save(out, "PNG")
    (folder / name).write_bytes(out.getvalue())
    return folder / name


def test_birth_and_sex_are_read_from_the_number_and_the_name_is_found_by_its_letters(office: Office) -> None:
    number = id_number(BORN, 12)
    made = service.create(office, {"name": " 单雪 ", "id_number": number.lower(), "phone": "138 0000 1234"})
    values = shown(office, made).values
    assert (values["name"], values["sex"], values["born"]) == ("单雪", "女", BORN)
    assert (values["id_number"], values["phone"]) == (number, "13800001234")
    assert ids(office, "", "shanx") == ids(office, "", "sx") == ids(office, "", "1234") == [made]
    assert office.undo() == "新建人员：单雪"
    assert service.card(office, made) is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "姓名还没有填"),
        ({"name": "唐琪", "id_number": "12345"}, "不是 18 位"),
        ({"name": "唐琪", "id_number": "990102199013016013"}, "出生日期不对"),
        ({"name": "唐琪", "id_number": id_number(BORN, 12)[:-1] + "?"}, "不是 18 位"),
        ({"name": "唐琪", "id_number": id_number(BORN, 12), "sex": "男"}, "性别与身份证号码不符"),
        ({"name": "唐琪", "id_number": id_number(BORN, 12), "born": date(1990, 5, 7)}, "出生日期与身份证号码不符"),
        ({"name": "唐琪", "phone": "1380000"}, "电话“1380000”不对"),
        ({"name": "唐琪", "phone": "138000012345"}, "电话“138000012345”不对"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(office: Office, values: dict[str, object], words: str) -> None:
    with pytest.raises(OfficeError, match=words):
        service.create(office, values)
    assert ids(office, "") == []


def test_a_wrong_last_figure_is_told(office: Office) -> None:
    number = id_number(BORN, 12)
    last = "0" if number[-1] != "0" else "1"
    with pytest.raises(OfficeError, match="最后一位对不上"):
        service.create(office, {"name": "唐琪", "id_number": number[:-1] + last})


def test_the_same_number_is_not_entered_twice(office: Office) -> None:
    number = id_number(BORN, 12)
    first = service.create(office, {"name": "唐琪", "id_number": number})
    with pytest.raises(OfficeError, match="已经登记在“唐琪”名下"):
        service.create(office, {"name": "何敏", "id_number": number})
    service.update(office, first, {"name": "唐棋", "id_number": number})  # her own is no other's
    assert office.undo_text() == "修改人员：唐棋"


def test_a_change_made_meanwhile_is_told(office: Office, make: Make) -> None:
    who = make.staff("唐琪")
    service.update(office, who.id, {"post": "信息员"}, who.version)
    assert office.undo_text() == "修改人员：唐琪"
    with pytest.raises(OfficeError, match="刚被别处改过"):
        service.update(office, who.id, {"post": "协管员"}, who.version)
    assert shown(office, who.id).values["post"] == "信息员"


def test_a_photo_is_taken_in_small_and_whole(office: Office, make: Make, tmp_path: Path) -> None:
    who = make.staff("唐琪")
    assert ids(office, "no_photo") == [who.id]
    set_photo(office, who.id, picture(tmp_path))
    card = shown(office, who.id)
    assert card.photo is not None
    assert card.photo[:2] == b"\xff\xd8"
    assert (ids(office, "no_photo"), office.undo_text()) == ([], "更换照片：唐琪")
    assert service.counts(office, DAY)[0].number == 0
    office.undo()
    assert shown(office, who.id).photo is None


def test_a_broken_or_missing_photo_is_told_and_the_old_one_kept(office: Office, make: Make, tmp_path: Path) -> None:
    who = make.staff("唐琪")
    set_photo(office, who.id, picture(tmp_path))
    before = shown(office, who.id)
    whole = picture(tmp_path, "半张.png").read_bytes()
    (tmp_path / "半张.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "说明.jpg").write_text("不是照片", "utf-8")
    for name, words in (("半张.png", "半张.png”不是"), ("说明.jpg", "不是能认出的照片"), ("没有.jpg", "读不到照片")):
        with pytest.raises(OfficeError, match=words):
            set_photo(office, who.id, tmp_path / name)
    assert shown(office, who.id) == before


def test_partners_are_the_a_and_b_workers_of_one_grid(office: Office, make: Make) -> None:
    grid, first, second = make.grid(), make.staff("唐琪"), make.staff("何敏", phone="")
    make.assign(first, grid)
    make.assign(second, grid, STAND_IN)
    assert shown(office, first.id).partners == ("何敏（B岗）",)
    assert shown(office, second.id).partners == (f"唐琪（A岗，{first.phone}）",)
    assert ids(office, "workers", unit=grid.parent_id or 0) == [first.id, second.id]


def test_a_card_nobody_names_is_deleted_with_its_posts(office: Office, make: Make) -> None:
    who, grid = make.staff("唐琪"), make.grid()
    make.assign(who, grid)
    assert service.delete(office, who.id) == "唐琪"
    assert service.card(office, who.id) is None
    office.undo()
    assert [post.unit for post in shown(office, who.id).posts] == [grid.name]


def test_a_card_that_a_case_names_stays(office: Office, make: Make) -> None:
    who = make.staff("唐琪")
    make.case(finder_id=who.id)
    with pytest.raises(OfficeError, match="还有别的记录用到它"):
        service.delete(office, who.id)
    assert shown(office, who.id).name == "唐琪"


def test_who_left_on_an_unknown_day_stands_among_those_who_left(office: Office, make: Make) -> None:
    gone, last = make.staff("赵云", is_active=False), make.staff("孙梅", is_active=False, left_on=DAY)
    assert ids(office, "left") == [gone.id]
    assert (shown(office, gone.id).state, shown(office, last.id).state) == ("quiet|已离岗", "soon|11-20 离岗")


def test_a_badge_is_told_as_many_days_ahead_as_the_office_wants(office: Office, make: Make) -> None:
    over, soon = make.staff("赵云", badge_until=date(2026, 11, 1)), make.staff("孙梅", badge_until=date(2026, 12, 20))
    make.staff("王芳", badge_until=date(2027, 11, 1))
    assert ids(office, "badge") == [over.id, soon.id]
    with office.unit("设置") as session:
        settings.put(session, "badge_days", "7")
    assert ids(office, "badge") == [over.id]
    assert [count.number for count in service.counts(office, DAY) if count.key == "staff-badge"] == [1]
