"""Kinds of logs: all shipped ones load, and a wrong file is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gridoffice.core import paths
from gridoffice.forms import logs
from gridoffice.forms.load import FormError

SOUND: dict[str, Any] = {"key": "well", "version": 1, "title": "看井", "phrases": ["水位正常。"]}


def test_the_shipped_kinds_and_their_rhythms() -> None:
    titles = [kind.title for kind in logs.kinds()]
    assert titles == ["日常巡查", "夜间巡逻", "重点场所", "森林防火", "防汛", "环境", "入户走访", "民情日记"]
    rhythms = {(rule.network, rule.role): (rule.every, rule.scope) for rule in logs.rules()}
    assert rhythms["zongzhi", "worker"] == ("working_day", "each unit")
    assert rhythms["zongzhi", "head"] == ("week", "each unit")
    assert [rhythms["forest", f"forest_{role}"][0] for role in ("chief", "deputy", "village", "ranger")] == [
        "quarter", "month", "week", "day",
    ]  # fmt: skip
    assert all(kind.phrases and kind.form is not None for kind in logs.kinds())


def test_every_rule_names_a_network_and_role_there_is() -> None:
    import tomllib

    known = set()
    for file in (paths.forms() / "networks").glob("*.toml"):
        network = tomllib.loads(file.read_text("utf-8"))
        known |= {(network["key"], role["key"]) for role in network["role"]}
    assert {(rule.network, rule.role) for rule in logs.rules()} <= known


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"colour": "red"}, "不认识的键“colour”"),
        ({"version": "1"}, "整数"),
        ({"title": "字" * 21}, "20 个字"),
        ({"phrases": ["一"] * 10}, "最多 9 句"),
        ({"rule": [{"network": "zongzhi", "role": "worker"}]}, "缺少键“every”"),
        ({"rule": [{"network": "zongzhi", "role": "worker", "every": "hour"}]}, "“hour”不是"),
        ({"rule": [{"network": "zongzhi", "role": "worker", "every": "day", "times": 0}]}, "1 到 99"),
        ({"rule": [{"network": "zongzhi", "role": "worker", "every": "day", "scope": "all"}]}, "“all”不是"),
        ({"sections": [{"key": "a", "title": "甲", "items": [{"key": "b", "title": "乙", "kind": "x"}]}]}, "“x”不是"),
    ],
)
def test_a_wrong_file_is_refused_by_name(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(FormError, match=match) as caught:
        logs.kind_from("patrols/well.toml", {**SOUND, **wrong})
    assert "patrols/well.toml" in str(caught.value)


def test_the_offices_own_copy_wins_by_a_higher_version(tmp_path: Path) -> None:
    folder = paths.data() / "forms" / "patrols"
    folder.mkdir(parents=True)
    (folder / "night.toml").write_text(
        'key = "night"\nversion = 2\ntitle = "夜巡"\nphrases = ["一切正常。"]\n', "utf-8"
    )
    (folder / "well.toml").write_text('key = "well"\nversion = 1\ntitle = "看井"\n', "utf-8")
    (folder / "daily.toml").write_text('key = "daily"\nversion = 1\ntitle = "不作数"\n', "utf-8")
    titles = [kind.title for kind in logs.kinds()]
    assert "夜巡" in titles and "看井" in titles and "夜间巡逻" not in titles and "不作数" not in titles
    assert logs.kind_of("夜间巡逻") is None, "an old record keeps its word all the same"
