"""Many papers at once: one step, one folder, nothing left of what was cancelled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import papers
from gridoffice.domain.listing import Query
from gridoffice.modules.documents import batch, issued, service
from gridoffice.modules.documents.batch import Wanted
from gridoffice.modules.documents.recipe import maker
from tests.make import Make


@pytest.fixture
def boards(office: Office, make: Make) -> list[Wanted]:
    """Two villages with a grid each, and one that has none."""
    for name in ("石桥村", "大塘村"):
        make.assign(make.staff(f"{name[0]}建国"), make.grid(make.village(name)))
    bare = make.village("无格村")
    each = maker("board").each
    assert each is not None
    wanted = [Wanted("board", title, options) for title, options in each(office, maker("board").defaults())]
    return [*wanted, Wanted("board", "无格村公示牌", {"unit": bare.id})]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    made = tmp_path / "出"
    made.mkdir()
    return made


def count(office: Office) -> int:
    return service.PAPERS.count(office, Query(office.today()))


def test_each_gets_number_name_and_line_and_what_fails_is_told(
    office: Office, boards: list[Wanted], folder: Path
) -> None:
    made = batch.issue(office, boards, folder)
    year = office.today().year
    assert [one.path.name for one in made if one.path] == [
        f"{year}-001_石桥村_公示牌.pdf",
        f"{year}-002_大塘村_公示牌.pdf",
    ]
    assert made[2].path is None and "还没有网格" in made[2].problem
    assert count(office) == 2 and sorted(one.name for one in folder.iterdir()) == sorted(
        one.path.name for one in made if one.path
    )
    card = issued.read(office, service.id_of(office, made[0].number))
    assert card.file_name == f"{year}-001_石桥村_公示牌.pdf" and card.is_signed and card.has_file
    name = office.undo()
    assert name is not None and name.startswith("制作文书 2 份：")
    assert count(office) == 0


def test_cancelled_half_way_there_is_no_number_no_line_and_no_file(
    office: Office, boards: list[Wanted], folder: Path
) -> None:
    def stop(done: int, _total: int, _text: str) -> None:
        if done >= 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        batch.issue(office, boards, folder, stop)
    assert count(office) == 0 and list(folder.iterdir()) == []


def test_a_number_taken_meanwhile_makes_them_be_drawn_under_the_next_ones(
    office: Office, boards: list[Wanted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "别人.pdf"
    file.write_bytes(b"%PDF-1.7 x")
    real = papers.numbers_for
    asked: list[list[str]] = []

    def numbers(*given: Any) -> list[str]:
        found = real(*given)
        if not asked:
            papers.register(office, "board", found[0], "别人的", file, 1)
        asked.append(found)
        return found

    monkeypatch.setattr(papers, "numbers_for", numbers)
    out = tmp_path / "出"
    out.mkdir()
    made = batch.issue(office, boards[:2], out)
    year = office.today().year
    assert [one.number for one in made] == [f"牌{year}-002", f"牌{year}-003"] and len(asked) == 2
    assert f"牌{year}-002" in text_of(made[0].path)


def text_of(path: Path | None) -> str:
    from pypdf import PdfReader

    assert path is not None
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_a_file_of_the_same_name_is_kept(office: Office, boards: list[Wanted], tmp_path: Path) -> None:
    old = tmp_path / f"{office.today().year}-001_石桥村_公示牌.pdf"
    old.write_text("旧的")
    made = batch.issue(office, boards[:1], tmp_path)
    assert old.read_text() == "旧的" and made[0].path is not None and made[0].path.name.endswith("（2）.pdf")


def test_a_folder_that_is_gone_is_told(office: Office, boards: list[Wanted], tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="文件夹"):
        batch.issue(office, boards, tmp_path / "没有")
    assert count(office) == 0


@pytest.mark.parametrize(
    ("number", "kind", "title", "name"),
    [
        ("卡2025-014", "cards", "张家村联系卡", "2025-014_张家村_联系卡.pdf"),
        ("移送〔2026〕3号", "case_transfer", "移送函：三组/路灯", "2026-3_：三组_路灯_移送函.pdf"),
    ],
)
def test_files_are_named_by_number_place_and_kind(number: str, kind: str, title: str, name: str) -> None:
    assert batch.file_name(number, kind, title) == name
