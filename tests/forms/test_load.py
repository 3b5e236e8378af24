"""Forms from TOML: everything shipped loads, and what is wrong is named with file, section, item and key."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.forms import load
from gridoffice.forms.schema import Form

SMALL = """
key = "own"
version = {version}
kind = "checklist"
title = "自查表"
[[sections]]
key = "one"
title = "第一栏"
items = [ {{ key = "A1", title = "门", kind = "check"{more} }} ]
"""


def parsed(more: str = "", version: int = 1) -> Form:
    return load.form_from("自查.toml", tomllib.loads(SMALL.format(more=more, version=version)))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRIDOFFICE_HOME", str(tmp_path))
    return tmp_path


def test_shipped_forms_load() -> None:
    assert {programme.key for programme in load.programmes()} == {"htn", "dm2"}
    htn = load.form("fu_htn")
    assert htn.item("sbp") is htn.item("bp") is not None
    fire = load.subject("fire")
    assert len(fire.places) > 20
    for entry in fire.checklists:
        form = load.form(entry.key)
        assert form.items and form.title == entry.title
        assert all(item.fail_when and item.basis and item.grade and item.hazard for item in form.items)


def test_a_checklist_holds_the_items_of_its_letters_only() -> None:
    rental = {item.key for item in load.checklist("fire", "fire_rental").items}
    assert {"R01", "E04", "E01", "D05"} <= rental
    assert not rental & {"H01", "V01", "M05", "D04", "S01"}
    assert "D04" in {item.key for item in load.checklist("fire", "fire_ebike").items}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (", wrong = 1", "wrong"),
        (', grade = "G9"', "grade"),
        (', when = { item = "no", is = 1 }', "no"),
        (', when = { item = "A1", equals = 1 }', "equals"),
        (', choices = [[1, "是"]]', "choices"),
        (', parts = ["a", "b"]', "parts"),
        (', computed = "magic"', "magic"),
    ],
)
def test_what_is_wrong_is_named(more: str, said: str) -> None:
    with pytest.raises(load.FormError) as raised:
        parsed(more)
    assert said in raised.value.what and "自查.toml" in raised.value.what and "A1" in raised.value.what


def test_a_key_stands_once() -> None:
    twice = tomllib.loads(SMALL.format(more="", version=1))
    twice["sections"].append(twice["sections"][0])
    with pytest.raises(load.FormError, match="A1"):
        load.form_from("自查.toml", twice)


def test_the_offices_own_form_wins_by_a_higher_version(home: Path) -> None:
    folder = home / "forms" / "checklists"
    folder.mkdir(parents=True)
    shipped = paths.forms() / "checklists" / "library.toml"
    text = shipped.read_text("utf-8").replace("version = 1", "version = 2", 1).replace("安全出口", "出口")
    (folder / "own.toml").write_text(text, "utf-8")
    assert load.form("fire_library").version == 2
    assert load.checklist("fire", "fire_small").version == 2
    assert load.form("fire_library").items[0].key == "M01"


def test_an_older_own_form_does_not_win(home: Path) -> None:
    folder = home / "forms" / "checklists"
    folder.mkdir(parents=True)
    (folder / "old.toml").write_text(SMALL.format(more="", version=1).replace('"own"', '"fire_library"'), "utf-8")
    assert len(load.form("fire_library").items) > 40


def test_a_broken_file_is_named(home: Path) -> None:
    (home / "forms" / "programmes").mkdir(parents=True)
    (home / "forms" / "programmes" / "broken.toml").write_text("key = ", "utf-8")
    with pytest.raises(OfficeError, match=r"broken\.toml"):
        load.form("fu_htn")


def test_unknown_keys_are_told() -> None:
    for ask in (load.form, load.programme_form, load.subject):
        with pytest.raises(OfficeError, match="nothing"):
            ask("nothing")
    with pytest.raises(OfficeError, match="nothing"):
        load.checklist("fire", "nothing")
