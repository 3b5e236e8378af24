"""Networks as files: strict loading, the office's own copies, older offices brought up, nothing changed overwritten."""

from __future__ import annotations

import shutil
from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from gridoffice import opening
from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db import schema, store
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import network_files, network_update, networks, setup
from gridoffice.domain.network_files import NetworkError, network_from
from gridoffice.domain.networks import Network, NetworkLevel, Role
from tests.make import Make

GOOD = {"key": "x", "version": 1, "title": "网", "role": [{"key": "x_a", "title": "甲", "level": 3}]}


def test_the_shipped_networks_have_roles_duties_and_the_words_of_the_reference() -> None:
    found, problems = network_files.all_networks()
    assert problems == ()
    titles = {made.title: made for made in found}
    assert list(titles) == [
        "综治网格", "公共卫生", "消防网格", "林长制", "环境监管", "学校安全", "卫生监督", "党建网格", "包片包村包户",
    ]  # fmt: skip
    assert [made.title for made in found if made.is_used] == ["综治网格"]
    roles = {made.title: [role.title for role in made.roles] for made in found}
    assert {"健康信息员", "健康宣讲员", "健康督导员", "健康帮办员"} <= set(roles["公共卫生"])
    assert roles["环境监管"] == ["责任领导", "主要负责人", "直接责任人"]
    assert {"林长", "副林长", "监管员", "护林员"} <= set(roles["林长制"])
    assert [level.title for level in titles["消防网格"].levels] == ["大网格", "中网格", "小网格"]
    assert all(role.duties for made in found for role in made.roles)
    keys = [role.key for made in found for role in made.roles]
    assert len(set(keys)) == len(keys)


def test_every_role_of_a_shipped_file_names_its_line_of_the_reference() -> None:
    for file in sorted(network_files.folders()[0].glob("*.toml")):
        text = file.read_text("utf-8")
        for part in text.split("[[role]]")[1:]:
            assert "# reference" in part, (file.name, part)
        assert text.startswith("# "), file.name
        assert "reference" in text.splitlines()[0] + text.splitlines()[1], file.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": 1}, "networks/x.toml：不认识的键“colour”"),
        ({"version": "1"}, "键“version”应当是整数"),
        ({"role": [{"key": "a", "title": "甲", "level": 3, "rnak": 1}]}, "[[role]] a：不认识的键“rnak”"),
        ({"role": [{"key": "a", "level": 3}]}, "[[role]] a：缺少键“title”"),
        ({"role": [{"key": "a", "title": "甲", "level": 3, "is_single": 1}]}, "键“is_single”应当是true 或 false"),
        ({"role": [{"key": "a", "title": "甲", "level": 0}]}, "键“level”从 1 起"),
        ({"role": [{"key": "a", "title": " ", "level": 1}]}, "键“title”不能为空"),
        ({"role": GOOD["role"] * 2}, "[[role]] x_a：出现了两次"),  # type: ignore[operator]
        ({"role": []}, "至少要有一个"),
        ({"level": [{"level": 3, "name": "小网格"}]}, "[[level]] 3：不认识的键“name”"),
        ({"level": {"level": 3}}, "键“level”应当写成 [[level]]"),
    ],
)
def test_a_wrong_file_names_section_item_and_key(change: dict[str, object], said: str) -> None:
    with pytest.raises(NetworkError, match="责任网文件") as caught:
        network_from("networks/x.toml", {**GOOD, **change})
    assert said in caught.value.sentence
    assert network_from("networks/x.toml", GOOD).roles[0].is_single


def titles(office: Office) -> dict[str, str]:
    with office.read() as session:
        return {network.key: network.title for network in session.scalars(select(Network))}


def log(office: Office) -> list[str]:
    with office.read() as session:
        return list(session.scalars(select(AuditUnit.name).order_by(AuditUnit.id)))


def test_a_new_office_has_all_networks_and_uses_the_general_one(office: Office) -> None:
    assert len(titles(office)) == 9
    with office.read() as session:
        assert [network.key for network in networks.used(session)] == ["zongzhi"]
        assert networks.level_titles(session, "fire") == {1: "大网格", 2: "中网格", 3: "小网格"}
        assert "每个工作日" in networks.role(session, networks.WORKER).duties
        assert [role.key for role in networks.roles(session, "environment")] == ["env_leader", "env_main", "env_direct"]
    assert network_update.update(office) == []


def own(name: str, text: str) -> None:
    folder = network_files.own()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def shipped(name: str) -> str:
    return (network_files.folders()[0] / name).read_text("utf-8")


def test_a_higher_version_renews_what_the_office_left_and_keeps_what_it_changed(office: Office) -> None:
    with office.unit("改责任网") as session:
        networks.role(session, "fire_lead", "fire").title = "消防总负责人"
        session.delete(networks.role(session, "fire_publicist", "fire"))
        session.scalars(select(NetworkLevel).where(NetworkLevel.title == "中网格")).one().title = "村网格"
        session.scalars(select(Network).where(Network.key == "fire")).one().is_used = True
    text = shipped("xiaofang.toml").replace("version = 1", "version = 2").replace("大网格负责人", "大网格长")
    text = (
        text.replace('"中网格"', '"村级中网格"').replace('"小网格协管员"', '"小网格长"').replace('"小网格"', '"片区"')
    )
    own("消防.toml", text + '\n[[role]]\nkey = "fire_station"\ntitle = "微型消防站站长"\nlevel = 2\n')
    assert network_update.update(office) == ["消防网格"]
    assert log(office)[-1] == "更新责任网"
    with office.read() as session:
        found = {role.key: role.title for role in networks.roles(session, "fire")}
        levels = networks.level_titles(session, "fire")
        assert {network.key for network in networks.used(session)} == {"zongzhi", "fire"}
    assert found["fire_lead"] == "消防总负责人", "the office's own title stays"
    assert found["fire_assistant"] == "小网格长", "what the office left is renewed"
    assert "fire_publicist" not in found, "a role the office took out does not come back"
    assert found["fire_station"] == "微型消防站站长"
    assert levels == {1: "大网格", 2: "村网格", 3: "片区"}
    assert network_update.update(office) == []
    assert office.undo_text() == "改责任网", "Ctrl+Z leaves the program's own step alone"


def test_an_own_network_comes_in_and_a_broken_one_keeps_nothing_from_opening(office: Office) -> None:
    own(
        "河长.toml",
        'key = "river"\nversion = 1\ntitle = "河长制"\n[[role]]\nkey = "river_chief"\ntitle = "河长"\nlevel = 1\n',
    )
    own("坏.toml", 'key = "bad"\nversion = 1\ntitle = "坏"\n[[role]]\nkey = "worker"\ntitle = "员"\nlevel = 3\n')
    own("更坏.toml", "key = ")
    assert network_update.update(office) == ["河长制"]
    _, problems = network_files.all_networks()
    assert len(problems) == 2
    assert "已经是“综治网格”里的角色" in problems[0] + problems[1]
    assert "bad" not in titles(office)


OLD = (
    ("chief", "总网格长", 1, 10, 0), ("head", "村级网格长", 2, 20, 0), ("worker", "网格员（A岗）", 3, 30, 0),
    ("stand_in", "网格员（B岗）", 3, 40, 1), ("assistant", "协管员、信息员", 3, 50, 0),
)  # fmt: skip


@pytest.fixture
def old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office written by the program of the last release: migrated to shared_0001 only, with people in it."""
    versions = tmp_path / "versions"
    shutil.copytree(schema.HERE / "migrations" / "versions", versions)
    for file in versions.glob("shared_000[2-9]*"):
        file.unlink()
    path = tmp_path / "旧.office"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_places", lambda: [versions])
        office = store.create(path)
    with office.engine.begin() as connection:
        run = connection.exec_driver_sql
        for rank, title in enumerate(("乡镇", "村", "网格", "微网格"), 1):
            run("INSERT INTO grid_level (rank, title, version) VALUES (?, ?, 1)", (rank, title))
        run("INSERT INTO network (id, key, title, version) VALUES (1, 'zongzhi', '平安网格', 1)")
        for key, title, level, rank, is_stand_in in OLD:
            run(
                "INSERT INTO network_role (network_id, key, title, level, rank, is_stand_in, is_public, version)"
                " VALUES (1, ?, ?, ?, ?, ?, 1, 1)",
                (key, "专职网格员" if key == "worker" else title, level, rank, is_stand_in),
            )
        blank = "'base', 0, '', '', '', '', '', ''"
        run(
            "INSERT INTO grid_unit (id, level, name, kind, sort, groups, boundary, phone, note, pinyin, initials,"
            f" version) VALUES (1, 3, '石桥村第1网格', {blank}, 1)"
        )
        run(
            "INSERT INTO staff (id, name, pinyin, initials, sex, phone, phone_tail, post, education, sort, is_active,"
            " note, version) VALUES (1, '张建国', '', '', '', '13800000001', '0001', '', '', 0, 1, '', 1)"
        )
        run("INSERT INTO assignment (staff_id, role_id, unit_id, start, version) VALUES (1, 3, 1, '2024-07-01', 1)")
    office.close()
    return path


def test_an_older_office_gets_the_new_networks_when_it_is_opened(old_file: Path) -> None:
    args = Namespace(office=str(old_file), passphrase_file=None, words_file=None, on=None, user="")
    office = opening.open_named(args)
    try:
        assert len(titles(office)) == 9
        assert titles(office)["zongzhi"] == "平安网格", "its own name stays"
        with office.read() as session:
            assert [network.key for network in networks.used(session)] == ["zongzhi"]
            worker = networks.role(session, networks.WORKER)
            assert (worker.title, worker.is_needed, worker.is_single) == ("专职网格员", True, True)
            assert "巡查" in worker.duties, "duties were empty, so they are filled"
            assert not networks.role(session, networks.ASSISTANT).is_single
            held = networks.holders(session, date(2025, 1, 1), network=networks.GENERAL)
        assert [(one.name, one.role_title) for one in held] == [("张建国", "专职网格员")]
        assert log(office) == ["更新责任网"]
    finally:
        office.close()
    again = opening.open_named(args)
    assert log(again) == ["更新责任网"], "the second opening finds nothing to do"
    again.close()


def test_an_empty_office_is_left_to_its_beginning(tmp_path: Path) -> None:
    office = store.create(tmp_path / "空.office")
    try:
        assert network_update.update(office) == []
        assert titles(office) == {}
        setup.prepare(office)
        assert len(titles(office)) == 9
    finally:
        office.close()


def test_holders_without_a_network_named_are_those_of_the_networks_in_use(office: Office, make: Make) -> None:
    grid, person = make.grid(), make.staff("张建国")
    make.assign(person, grid)
    with office.read() as session:
        role = networks.role(session, "fire_assistant", "fire")
    make.add(networks.Assignment(staff_id=person.id, unit_id=grid.id, role_id=role.id))
    with office.read() as session:
        assert [one.network for one in networks.holders(session, office.today())] == ["zongzhi"]
        assert [one.role for one in networks.holders(session, office.today(), network="fire")] == ["fire_assistant"]
    with office.unit("启用") as session:
        session.scalars(select(Network).where(Network.key == "fire")).one().is_used = True
    with office.read() as session:
        found = [(one.network, one.network_title) for one in networks.holders(session, office.today())]
    assert found == [("zongzhi", "综治网格"), ("fire", "消防网格")]


def test_roles_in_few_words() -> None:
    assert networks.short_role(Role(title="网格员（A岗）")) == "A岗"
    assert networks.short_role(Role(title="护林员")) == "护林员"


def test_a_shipped_file_that_is_wrong_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks" / "x.toml").write_text('key = "x"\ntitel = "网"\n', "utf-8")
    monkeypatch.setattr(paths, "forms", lambda: tmp_path)
    with pytest.raises(OfficeError, match="不认识的键“titel”"):
        network_files.all_networks()
