"""Letters to many: who gets one, what stands on it, its number and line in the register, files, and what goes wrong."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from sqlalchemy import select

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks, papers, settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.papers import IssuedPaper, PaperItem
from gridoffice.modules.documents import merge, merge_files, paper, recipients, service, template_store
from gridoffice.modules.documents.recipe import makers
from tests.make import Make, id_number


class Town:
    """石桥村 with two grids, a worker in the first; households with and without head, gone people, premises."""

    def __init__(self, office: Office, make: Make) -> None:
        self.office, self.make = office, make
        self.village = make.village("石桥村")
        self.first, self.second = make.grid(self.village), make.grid(self.village)
        make.assign(make.staff("王芳", phone="13800002213"), self.first, networks.WORKER)
        self.homes = [self.home(self.first, "张建国", "3组12号"), self.home(self.first, "𬱖䶮", "1组2号")]
        self.far = self.home(self.second, "陈远", "5组1号")
        bare = make.household(self.first, address="")
        make.resident("李小妹", bare, relation="女")
        self.bare = bare
        left = make.household(self.first, address="2组2号")
        make.resident("走远了", left, relation="户主", state="moved")
        make.household(self.first, address="2组3号")

    def home(self, unit: GridUnit, name: str, address: str) -> Any:
        home = self.make.household(unit, address=address, note="家里有狗")
        self.make.resident(
            name, home, relation="户主", phone="13900007777", id_number=id_number(serial=100 + self.make._next()),
            tags="低保、残疾人", note="高血压吃药",
        )  # fmt: skip
        return home


@pytest.fixture
def town(office: Office, make: Make) -> Town:
    office.on = date(2026, 1, 5)
    with office.unit("电话") as session:
        settings.put(session, "service_phone", "0592-7654321")
        settings.put(session, "supervise_phone", "0592-1234567")
    return Town(office, make)


def pages(path_or_data: Path | bytes) -> list[str]:
    data = path_or_data.read_bytes() if isinstance(path_or_data, Path) else path_or_data
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def ask(town: Town, key: str = "open_winter", unit: int | None = None, **more: Any) -> dict[str, Any]:
    asked = {"unit": unit, "view": "", "text": more.pop("text", ""), "ids": None, "left_out": more.pop("left_out", [])}
    return {"template": key, "recipients": asked, **more}


def test_a_letter_to_every_household_of_one_grid(town: Town, tmp_path: Path) -> None:
    made = paper.issue(town.office, "letter_open", ask(town, unit=town.first.id), tmp_path / "信.pdf")
    told = pages(made.path)
    assert made.number == "信〔2026〕1号" and made.title == "冬春防火一封信　3 户" and len(told) == 3
    assert (
        told[0].startswith("冬春防火致居民的一封信张建国同志：")
        and "𬱖䶮同志：" in told[1]
        and "尊敬的住户：" in told[2]
    )
    for page in told:
        assert "石桥村第1网格由网格员王芳负责，电话13800002213" in page and "0592-7654321" in page
        assert "云溪镇网格办2026年1月5日" in page and "信〔2026〕" not in page
    assert "陈远" not in "".join(told) and "走远了" not in "".join(told)
    with town.office.read() as session:
        record = session.scalars(select(IssuedPaper)).one()
        items = session.scalars(select(PaperItem.title).order_by(PaperItem.id)).all()
    assert record.unit_id == town.first.id and record.kind == "letter_open"
    assert items == ["张建国", "𬱖䶮", f"{town.bare.number} 号户"]


def test_nothing_private_stands_in_the_file_nor_in_the_register(town: Town, tmp_path: Path) -> None:
    with town.office.read() as session:
        numbers = [str(one) for (one,) in session.execute(select(papers.IssuedPaper.number))]
    assert numbers == []
    private = ["13900007777", "低保", "残疾", "高血压", "家里有狗", "990102"]
    for one in template_store.entries(town.office)[0]:
        if not one.template.is_merged:
            continue
        options = {**ask(town, one.template.key), "asked": dict(one.template.asks)}
        if not recipients.find(town.office, one.template.audience, recipients.asked_from(options)):
            continue
        made = paper.issue(town.office, one.template.kind, options, tmp_path / f"{one.template.key}.pdf")
        whole = "".join(pages(made.path)).replace("低保户", "")
        assert not [word for word in private if word in whole], one.template.key
    with town.office.read() as session:
        kept = " ".join(f"{one.options} {one.title}" for one in session.scalars(select(IssuedPaper)))
        kept += " ".join(f"{one.title} {one.facts}" for one in session.scalars(select(PaperItem)))
    assert not [word for word in private if word in kept]


def test_the_help_list_is_no_source_and_views_by_tag_are_not_offered() -> None:
    assert recipients.views("residents") == [("", "全部")] and recipients.views("households") == [("", "全部")]
    with pytest.raises(KeyError):
        recipients.WORDS["help"]
    from gridoffice.modules.documents.templates import AUDIENCES

    assert not {"help", "followup", "services"} & set(AUDIENCES)


def test_recipients_are_narrowed_by_unit_address_and_hand(town: Town) -> None:
    def names(**more: Any) -> list[int]:
        return recipients.find(town.office, "households", recipients.asked_from(ask(town, **more)))

    ids = [town.homes[0].id, town.homes[1].id]
    assert names() == [*ids, town.far.id, town.bare.id]
    assert names(unit=town.village.id) == names() and names(unit=town.second.id) == [town.far.id]
    assert names(text="3组") == [ids[0]] and names(text="%") == []
    assert names(left_out=[ids[0]]) == [ids[1], town.far.id, town.bare.id]
    options = ask(town)
    options["recipients"]["ids"] = [ids[1], 99999]
    assert recipients.find(town.office, "households", recipients.asked_from(options)) == [ids[1]]


def test_who_lacks_what_is_told_before_printing(town: Town) -> None:
    wanted = merge.batch(town.office, ask(town, "invite_meeting"))
    lacking = {one.recipient.id: one.names for one in merge.lacks(town.office, wanted)}
    assert lacking == {town.far.id: ("网格员", "网格员电话"), town.bare.id: ("收件人",)}
    prepared = merge.prepare(town.office, ask(town, "invite_meeting"))
    told = "；".join(prepared.notes)
    assert "“时间”“地点”“议题”没有填，印成横线" in told and "1 户没有网格员，1 户没有网格员电话" in told
    assert "样张只显示前 3 份，签发时印 4 份" in told
    page = pages(prepared.draw("邀请〔2026〕1号"))[0]
    assert "定于＿＿＿＿＿＿在＿＿＿＿＿＿召开" in page


def test_one_number_for_all_serials_or_one_each(town: Town, tmp_path: Path) -> None:
    for _ in range(2):
        town.make.premises("石桥便民超市", town.first, address="3组1号", owner="赵敏")
    same = pages(paper.issue(town.office, "letter_tell", ask(town, "tell_privacy"), tmp_path / "一.pdf").path)
    assert all("告知〔2026〕1号" in page and "之" not in page.partition("号")[2][:1] for page in same)
    options = {**ask(town, "tell_privacy"), "numbering": "serial"}
    serial = pages(paper.issue(town.office, "letter_tell", options, tmp_path / "二.pdf").path)
    assert [page.count("告知〔2026〕2号之") for page in serial] == [2, 2, 2, 2]  # on the letter and on its slip
    assert "告知〔2026〕2号之4" in serial[3]
    made = paper.issue(town.office, "letter_tell", ask(town, "tell_premises"), tmp_path / "三.pdf")
    each = pages(made.path)
    assert "告知〔2026〕3号" in each[0] and "告知〔2026〕4号" in each[1]
    with town.office.read() as session:
        lines = session.execute(select(IssuedPaper.number, IssuedPaper.title).order_by(IssuedPaper.id)).all()
    assert [number for number, _title in lines] == [f"告知〔2026〕{number}号" for number in (1, 2, 3, 4)]
    assert lines[3].title == "场所消防安全告知书：石桥便民超市"
    assert town.office.undo_text() == "制作告知书：场所消防安全告知书　2 家 告知〔2026〕3号—告知〔2026〕4号"
    town.office.undo()
    with town.office.read() as session:
        assert len(session.scalars(select(IssuedPaper)).all()) == 2
    assert papers.number_for(town.office, "letter_tell") == "告知〔2026〕3号"


def test_official_papers_have_the_offices_own_sign_and_series(town: Town, tmp_path: Path) -> None:
    asked = {"asked": dict(template_store.get(town.office, "notice_season").asks), "template": "notice_season"}
    first = paper.issue(town.office, "letter_notice", asked, tmp_path / "一.pdf")
    assert first.number == "云网办〔2026〕1号"
    with town.office.unit("代字") as session:
        settings.put(session, "paper_sign", "云网")
        settings.put(session, "issuer", "云溪镇网格化服务管理办公室")
    second = paper.issue(town.office, "letter_notice", asked, tmp_path / "二.pdf")
    assert second.number == "云网〔2026〕1号"
    assert "云溪镇网格化服务管理办公室文件" in pages(second.path)[0]
    han = paper.issue(town.office, "letter_han", {"template": "han_assist"}, tmp_path / "函.pdf")
    assert han.number == "云网函〔2026〕1号"
    third = paper.issue(town.office, "letter_notice", asked, tmp_path / "三.pdf")
    assert third.number == "云网〔2026〕2号"
    assert "春节期间网格值班表" in "".join(pages(third.path))


def test_a_number_used_on_another_computer_is_passed_over(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.make.premises("甲店", town.first), town.make.premises("乙店", town.first)
    real = merge.drawn
    once: list[str] = []

    def slow(office: Office, wanted: Any, number: str, title: str, *more: Any) -> bytes:
        if not once:
            once.append(number)
            file = tmp_path / "别人.pdf"
            file.write_bytes(b"%PDF-1.7")
            papers.register(office, "letter_tell", "告知〔2026〕2号", "别人的告知书", file, 1)
        return real(office, wanted, number, title, *more)

    monkeypatch.setattr(merge, "drawn", slow)
    made = paper.issue(town.office, "letter_tell", ask(town, "tell_premises"), tmp_path / "告知.pdf")
    assert once == ["告知〔2026〕1号"] and made.number == "告知〔2026〕3号"
    assert "告知〔2026〕4号" in pages(made.path)[1]
    assert service.PAPERS.count(town.office, Query(town.office.today())) == 3


def test_each_letter_as_a_file_with_a_name_that_tells(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "信"
    folder.mkdir()
    saved = merge_files.save_each(town.office, "letter_open", ask(town, unit=town.first.id), folder)
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "2026-001-001_张建国_一封信.pdf", "2026-001-002_𬱖䶮_一封信.pdf",
        f"2026-001-003_{town.bare.number}号户_一封信.pdf",
    ]  # fmt: skip
    assert (saved.files, saved.first, saved.number) == (3, names[0], "信〔2026〕1号")
    assert "𬱖䶮同志" in pages(folder / names[1])[0]
    town.make.premises('a/b:"店"?', town.first)
    told = merge_files.save_each(town.office, "letter_tell", ask(town, "tell_premises"), folder)
    assert told.first == "2026-001_ab店_告知书.pdf"
    with town.office.read() as session:
        assert [one.number for one in session.scalars(select(IssuedPaper).order_by(IssuedPaper.id))] == [
            "信〔2026〕1号", "告知〔2026〕1号",
        ]  # fmt: skip


def test_a_batch_of_papers_gives_each_letter_its_number(town: Town, tmp_path: Path) -> None:
    from gridoffice.modules.documents import batch

    for unit, name in ((town.first, "甲店"), (town.first, "乙店"), (town.second, "丙店")):
        town.make.premises(name, unit)
    wanted = [
        batch.Wanted("letter_tell", title, options)
        for title, options in merge.each(town.office, ask(town, "tell_premises", unit=town.village.id))
    ]
    asks = dict(template_store.get(town.office, "report_work").asks)
    wanted += [
        batch.Wanted("letter_report", "报告", {"template": "report_work", "asked": asks}),
        batch.Wanted("letter_notice", "通知", {"template": "notice_season"}),
    ]
    made = batch.issue(town.office, wanted, tmp_path)
    assert [one.number for one in made] == [
        "告知〔2026〕1号",
        "告知〔2026〕3号",
        "云网办〔2026〕1号",
        "云网办〔2026〕2号",
    ]
    with town.office.read() as session:
        lines = session.execute(select(IssuedPaper.number, IssuedPaper.title).order_by(IssuedPaper.number)).all()
    assert [title for number, title in lines if number.startswith("告知")] == [
        "场所消防安全告知书：甲店", "场所消防安全告知书：乙店", "场所消防安全告知书：丙店",
    ]  # fmt: skip


def test_a_long_run_tells_how_far_it_is_and_stops_without_a_trace(town: Town, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    paper.issue(
        town.office, "letter_open", ask(town), tmp_path / "信.pdf", lambda done, all_, _text: seen.append((done, all_))
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        paper.issue(town.office, "letter_open", ask(town), tmp_path / "停.pdf", stop)
    assert not (tmp_path / "停.pdf").exists() and papers.number_for(town.office, "letter_open") == "信〔2026〕2号"


def test_a_batch_has_a_file_for_each_village_or_each_grid_of_one(town: Town) -> None:
    other = town.make.village("大塘村")
    town.make.grid(other)
    assert [title for title, _options in merge.each(town.office, ask(town))] == ["石桥村_一封信"]
    found = merge.each(town.office, ask(town, unit=town.village.id))
    assert [title for title, _options in found] == ["石桥村第1网格_一封信", "石桥村第2网格_一封信"]
    assert [merge.prepare(town.office, options).title for _title, options in found] == [
        "冬春防火一封信　3 户", "冬春防火一封信　1 户",
    ]  # fmt: skip
    with pytest.raises(OfficeError, match="不分收件人，做一份就够"):
        merge.each(town.office, {"template": "open_all"})


def test_a_cancelled_batch_leaves_nothing_behind(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "信"
    folder.mkdir()

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        merge_files.save_each(town.office, "letter_open", ask(town), folder, stop)
    assert list(folder.iterdir()) == []
    assert service.PAPERS.count(town.office, Query(town.office.today())) == 0
    with pytest.raises(OfficeError, match="没有“没有”这个文件夹"):
        merge_files.save_each(town.office, "letter_open", ask(town), tmp_path / "没有")


@pytest.mark.parametrize(
    ("key", "more", "told"),
    [
        ("open_winter", {"text": "没有这条街"}, "没有收件人"),
        ("pledge_premises", {}, "没有收件人"),
        ("没有这个", {}, "这个模板已经不在了"),
        ("", {}, "这个模板已经不在了"),
    ],
)
def test_nobody_to_write_to_and_no_template_are_sentences(town: Town, key: str, more: Any, told: str) -> None:
    with pytest.raises(OfficeError, match=told):
        merge.prepare(town.office, ask(town, key, **more))


def test_a_template_with_mistakes_is_never_printed(town: Town) -> None:
    template = template_store.get(town.office, "open_winter")
    template_store.put(town.office, replace(template, text="{网络员}来看您。"))
    with pytest.raises(OfficeError) as caught:
        merge.prepare(town.office, ask(town))
    assert "正文第 1 行：“{网络员}”不认识，是不是“{网格员}”？" in caught.value.what
    assert service.PAPERS.count(town.office, Query(town.office.today())) == 0
    template_store.put(town.office, replace(template, text=""))
    with pytest.raises(OfficeError, match="是空的"):
        merge.prepare(town.office, ask(town))


def test_organisations_workers_and_residents_are_addressed_by_name(town: Town) -> None:
    town.make.add(
        Organisation(
            number="D1", name="清水镇卫生院", kind="卫生", unit_id=town.first.id, contact="赵敏", address="1组"
        )
    )
    told = pages(merge.prepare(town.office, ask(town, "invite_body")).draw("邀请〔2026〕1号"))
    assert "清水镇卫生院：贵单位一直" in told[0]
    pledge = pages(merge.prepare(town.office, ask(town, "pledge_worker")).draw("责任〔2026〕1号"))
    assert len(pledge) == 2 and pledge[0] == pledge[1]  # 一式两份
    assert "石桥村第1网格" in pledge[0] and "乙方：王芳" in pledge[0]
    template = replace(template_store.get(town.office, "remind_heating"), audience="residents")
    people = merge.prepare(town.office, ask(town), template)
    assert people.title.endswith("4 人") and "陈远同志" in "".join(pages(people.draw("提示〔2026〕1号")))


def test_premises_without_grid_or_names_get_lines_to_write_on(town: Town) -> None:
    town.make.premises("无主小店", None, address="", owner="")
    page = pages(merge.prepare(town.office, ask(town, "pledge_premises")).draw("责任〔2026〕1号"))[0]
    assert "本场所（无主小店，＿＿＿＿＿＿）" in page and "甲方：" in page and "乙方：无主小店" in page


def test_two_thousand_letters_stay_small_in_memory(town: Town) -> None:
    with town.office.unit("很多户") as session:
        from gridoffice.domain.people import Household, Resident

        unit = session.info["unit"]
        ids = unit.bulk_insert(
            Household.__table__,
            [{"number": f"B{n:05d}", "unit_id": town.first.id, "address": f"{n % 9}组{n}号"} for n in range(2000)],
        )
        unit.bulk_insert(
            Resident.__table__,
            [
                {"household_id": one, "unit_id": town.first.id, "name": f"住户{one}", "relation": "户主",
                 "state": "living", "pinyin": "zh", "initials": "zh"}
                for one in ids
            ],
        )  # fmt: skip
    wanted = merge.batch(town.office, ask(town, "remind_heating"))
    assert wanted.size == 2004

    class Sink(io.RawIOBase):
        """Counts and forgets."""

        size = 0

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.size += len(data)
            return len(data)

    def peak(number: int) -> int:
        some = replace(wanted, ids=wanted.ids[:number])
        tracemalloc.start()
        merge.write(town.office, some, "提示〔2026〕1号", "x", Sink())  # type: ignore[arg-type]
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(50)  # faces and caches
    few, many = peak(400), peak(2004)
    # ReportLab holds a packed page until the file is written; what a letter is made from must be gone by then.
    assert (many - few) / 1604 < 6_000, "bytes a letter"


def test_every_kind_of_letter_has_a_maker_whose_first_template_prints(town: Town) -> None:
    town.make.premises("甲店", town.first)
    town.make.add(Organisation(number="D1", name="清水镇卫生院", unit_id=town.first.id))
    found = [one for one in makers() if one.group == "函件"]
    assert len(found) == 12
    for one in found:
        prepared = one.prepare(town.office, one.defaults())
        assert prepared.draw("样张").startswith(b"%PDF")
