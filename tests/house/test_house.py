"""Rules that hold for everything that exists: modules, lists, sizes of files, what must never be built."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from gridoffice.core.module import Module, load, modules
from gridoffice.db.office import Office
from gridoffice.domain import sample
from gridoffice.domain.listing import Listing, Query, word_of

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "gridoffice").rglob("*.py"))


def listings() -> list[Listing]:
    return [found for module in modules() if module.listings for found in load(module.listings)]


def test_tabs_stand_in_order_under_distinct_keys() -> None:
    titles = [module.title for module in modules()]
    assert titles[:5] == ["今日", "网格", "人员", "居民", "巡查"]
    assert {"随访", "消防", "文书", "例会"} <= set(titles)
    assert len({module.key for module in modules()}) == len(titles)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.key)
def test_every_reference_leads_somewhere(module: Module) -> None:
    for ref in (
        module.page,
        module.listings,
        module.counts,
        module.slides,
        module.sheets,
        module.commands,
        module.sample,
    ):
        assert not ref or load(ref) is not None


def test_list_keys_are_distinct_and_views_known() -> None:
    keys = [found.key for found in listings()]
    assert len(set(keys)) == len(keys)
    wanted = {"grids", "staff", "residents", "patrols", "cases", "followup", "premises", "hazards", "log"}
    assert wanted <= set(keys)
    for found in listings():
        views = {view.key for view in found.views}
        assert {found.due_view, found.main_view} - {""} <= views, found.key


def test_every_list_views_sorts_searches_on_an_empty_and_a_full_office(office: Office) -> None:
    on = office.today()
    for turn in ("empty", "full"):
        if turn == "full":
            sample.fill(office)
        for found in listings():
            for view in found.views:
                ids = found.ids(office, Query(on=on, view=view.key))
                assert len(ids) == len(set(ids)) == found.count(office, Query(on=on, view=view.key)), found.key
                rows = found.rows(office, ids[:3], on)
                assert all(len(texts) == len(found.columns) for texts in rows.values())
            for column in found.columns:
                both = [found.ids(office, Query(on=on, sort=column.key, descending=down)) for down in (False, True)]
                assert sorted(both[0]) == sorted(both[1])
            found.ids(office, Query(on=on, text="石桥 sq 1380"))


def test_the_first_row_of_every_list_is_found_again_by_its_name(office: Office) -> None:
    sample.fill(office)
    on = office.today()
    for found in listings():
        ids = found.ids(office, Query(on=on))
        if not ids or not found.names:
            continue
        texts = found.rows(office, ids[:1], on)[ids[0]]
        named = [word_of(column, text) for column, text in zip(found.columns, texts, strict=True)]
        word = next(text for text in named if text and not text.isascii())
        assert ids[0] in found.ids(office, Query(on=on, text=word)), (found.key, word)


def test_files_are_short_and_say_what_they_keep() -> None:
    for source in SOURCES:
        text = source.read_text("utf-8")
        assert len(text.splitlines()) <= 500, source.name
        assert ast.get_docstring(ast.parse(text)), f"{source} opens with no sentence"
    lengths = sorted(len(source.read_text("utf-8").splitlines()) for source in SOURCES)
    assert lengths[len(lengths) // 2] <= 120


def test_names_say_a_thing() -> None:
    vague = {"utils", "helpers", "common", "misc", "manager", "handler"}
    assert not [source for source in SOURCES if source.stem in vague]
