"""The handbook from the records: for whom, which chapters, what never stands in it, what a change makes old."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks, paper_facts
from gridoffice.domain.help import HelpEntry
from gridoffice.domain.help_kinds import minor_titles
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents.recipe import Prepared, maker
from tests.make import Make, id_number

NONE = dict.fromkeys(("log_pages", "week_pages", "month_pages", "meeting_pages", "visit_pages", "check_pages"), 0)


def prepared(office: Office, **options: Any) -> Prepared:
    return maker("handbook").prepare(office, {**maker("handbook").defaults(), **NONE, **options})


def words(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


@pytest.fixture
def town(office: Office, make: Make) -> dict[str, Any]:
    """Two villages; in the first a pair of workers, places, an organisation, and somebody on the help list."""
    office.on = date(2026, 11, 20)
    first, second = make.village("石桥村"), make.village("大塘村")
    grid, other = make.grid(first, groups="1-2组", households=90, persons=250), make.grid(second)
    head, worker, partner = make.staff("叶鹏"), make.staff("张建国", badge_number="QS018"), make.staff("李秀兰")
    make.assign(head, first, networks.HEAD)
    make.assign(worker, grid)
    make.assign(partner, grid, networks.STAND_IN)
    make.assign(make.staff("赵大塘"), other)
    make.premises("石桥便民超市", grid, kind="超市", owner="钱一", extinguishers=4)
    make.premises("大塘理发店", other, kind="理发店", owner="孙二", extinguishers=2)
    make.add(Organisation(number="DW1", name="石桥小学", unit_id=grid.id, contact="周校长", phone="13800007777"))
    house = make.household(grid)
    aged = make.resident("吴桂花", house, unit_id=grid.id, sex="女", born=date(1940, 1, 1), id_number=id_number())
    kind = next(one for one in ("独居老人", "独居（空巢）老人", "其他") if one not in minor_titles())
    make.add(
        HelpEntry(
            resident_id=aged.id, kind=kind, need="糖尿病，腿脚不便", consent_on=date(2026, 6, 1),
            until=date(2026, 11, 20) + timedelta(days=100), consent_by="本人", purpose="每月看望",
        )
    )  # fmt: skip
    return {"village": first, "grid": grid, "worker": worker, "partner": partner, "head": head, "other": second}


def test_the_whole_office_has_every_chapter_of_the_reference(office: Office, town: dict[str, Any]) -> None:
    text = words(maker("handbook").prepare(office, {}).draw("册2026-001"))
    titles = (
        "怎样使用这本手册 一、网格概况 二、岗位职责与纪律 三、工作流程 四、工作制度 五、台账 六、工作日志 七、例会记录"
        " 八、消防检查要点 九、便民服务事项与一次性告知 十、政策法规摘要与个人信息保护 AB岗对照表 通讯录 年历 走访登记"
        " 小场所消防安全检查表 驻区单位 出租房 消防器材和水源 首个周一"
    )
    for title in titles.split():
        assert title in text, title
    assert "册2026-001" in text
    assert "大塘村" in text


def test_the_help_list_is_for_whoever_visits_and_holds_codes_and_forms_of_address(
    office: Office, town: dict[str, Any]
) -> None:
    whole = words(prepared(office).draw("样张"))
    assert "帮扶名单（自愿）" not in whole
    one = words(prepared(office, unit=town["grid"].id).draw("样张"))
    assert "帮扶名单（自愿）" in one
    assert "吴阿姨" in one
    assert "BF0001" in one
    for text in (whole, one):
        for private in ("吴桂花", "桂花", "糖尿病", "腿脚", id_number(), "13800007777"):
            assert private not in text, private


def test_a_worker_gets_the_card_filled_in_and_only_what_concerns_the_grid(office: Office, town: dict[str, Any]) -> None:
    made = prepared(office, staff=town["worker"].id)
    assert made.title == f"{town['grid'].name}工作手册（张建国）"
    data = made.draw("册2026-002")
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    card = "".join(pages[1].extract_text().split())
    assert "张建国" in card
    assert "李秀兰" in card
    assert "叶鹏" in card
    assert "QS018" in card
    text = words(data)
    assert "石桥便民超市" in text
    assert "石桥小学" in text
    assert "大塘" not in text
    assert "网格员（A岗）" in text
    assert "召集例会" not in text, "the township head's duties are not this worker's"


def test_chapters_are_chosen(office: Office, town: dict[str, Any]) -> None:
    off = {f"with_{key}": False for key in ("about", "duties", "ledgers", "fire", "services", "phones", "year")}
    text = words(prepared(office, **off).draw("样张"))
    assert "怎样使用这本手册" in text
    for title in ("网格概况", "岗位职责", "台账", "消防检查", "通讯录", "年历"):
        assert title not in text, title
    text = words(prepared(office, **{**off, "with_year": True, "week_pages": 4}).draw("样张"))
    assert "年历" in text
    assert "周小结" in text


def test_next_year_is_told_to_be_provisional(office: Office, town: dict[str, Any]) -> None:
    text = words(prepared(office, year=1).draw("样张"))
    assert "2027年" in text
    assert "待国务院办公厅通知公布后更新" in text


def test_a_changed_phone_names_the_chapters_and_prints_just_these(office: Office, town: dict[str, Any]) -> None:
    before = {item.key: paper_facts.facts(item.view) for item in prepared(office).items}
    with office.unit("换电话") as session:
        session.get_one(Staff, town["worker"].id).phone = "13911112222"
    after = {item.key: paper_facts.facts(item.view) for item in prepared(office).items}
    changed = {key: paper_facts.changes(before[key], after[key]) for key in before}
    old = {key for key, found in changed.items() if found}
    assert old == {"office:about", "office:pairs", "office:phones"}
    told = " ".join(one.words for one in changed["office:phones"])
    assert "张建国" in told
    assert "13911112222" in told.replace(" ", "")
    loose = prepared(office, only=sorted(old))
    assert {item.key for item in loose.items} == old
    text = words(loose.draw("册2026-003"))
    assert "换页" in text
    assert "13911112222" in text
    assert "岗位职责与纪律" not in text
    with pytest.raises(OfficeError, match="没有"):
        prepared(office, only=["office:没有这一章"])


def test_blank_pages_and_ledgers_do_not_make_a_handbook_old(office: Office, town: dict[str, Any], make: Make) -> None:
    before = {item.key: paper_facts.facts(item.view) for item in prepared(office, with_ledgers=True).items}
    make.premises("新开的面馆", town["grid"], kind="餐饮")
    after = {item.key: paper_facts.facts(item.view) for item in prepared(office, log_pages=104).items}
    assert not [key for key in before if paper_facts.changes(before[key], after[key])]


def test_everybody_gets_a_book_of_their_own(office: Office, town: dict[str, Any]) -> None:
    files = maker("handbook").each
    assert files is not None
    made = files(office, {**NONE, "unit": town["village"].id, "design": "blue"})
    assert [title for title, _options in made] == ["石桥村 叶鹏", "石桥村 张建国", "石桥村 李秀兰"]
    for title, options in made:
        assert title.split()[1] in words(maker("handbook").prepare(office, options).draw("样张"))


def test_a_booklet_and_a_print_shop_edition(office: Office, town: dict[str, Any]) -> None:
    book, fold, shop = (
        pypdf.PdfReader(io.BytesIO(prepared(office, sheet=one).draw("样张"))) for one in ("book", "booklet", "shop")
    )
    assert len(fold.pages) * 2 == len(book.pages) == len(shop.pages)
    assert fold.pages[0].mediabox.width == pytest.approx(2 * book.pages[0].mediabox.width, abs=0.1)
    assert shop.pages[0].mediabox.width > book.pages[0].mediabox.width + 17


def test_somebody_without_a_post_has_no_book(office: Office, town: dict[str, Any], make: Make) -> None:
    with pytest.raises(OfficeError, match="没有网格岗位"):
        prepared(office, staff=make.staff("闲人").id)
