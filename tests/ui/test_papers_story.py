"""The story of the papers: a township prints, signs and hangs them up, changes a phone, prints just what is wrong."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdf

from gridoffice.db.office import Office
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents import batch, looking_up, paper, recipe, reprint, roll
from gridoffice.modules.documents.batch import Wanted

RARE = "张𬱖"


def found_in(path: Path, word: str) -> bool:
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    return word in told.stdout


def is_valid(path: Path) -> bool:
    told = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)
    return "Signature is Valid" in told.stdout and "Total document signed" in told.stdout


def test_a_township_prints_signs_changes_a_phone_and_prints_just_what_is_wrong(full: Office, tmp_path: Path) -> None:
    office = full
    seat, units = roll.read(office, photos=False).workers()[0]
    with office.unit("改名") as session:
        session.get_one(Staff, seat.staff_id).name = RARE
    village, grid = units[0].parent_id, units[0]

    def issue(name: str, **asked: object) -> Path:
        path = tmp_path / f"{name}-{len(list(tmp_path.iterdir()))}.pdf"
        paper.issue(office, name, {**recipe.maker(name).defaults(), **asked}, path)
        return path

    cards = issue("cards")
    issue("badge", unit=village)
    own, whole = issue("handbook", staff=seat.staff_id), issue("handbook")
    board = recipe.maker("board")
    hung = batch.issue(
        office, [Wanted("board", title, asked) for title, asked in board.each(office, board.defaults())], tmp_path
    ) if board.each else []  # fmt: skip
    letters = issue("letter_remind", recipients={"source": "households", "unit": grid.id})

    assert [one.problem for one in hung if one.problem] == [] and len(hung) > 2
    assert len(pypdf.PdfReader(letters).pages) > 1
    for path in (cards, own, whole):
        assert found_in(path, RARE), "a rare name is found by searching"
    for path in (own, whole):
        reader = pypdf.PdfReader(path)
        assert len(reader.outline) > 5 and str(reader.root_object["/Lang"]) == "zh-CN"
    signed = [own, whole, *(one.path for one in hung if one.path)]
    assert all(is_valid(path) for path in signed)
    assert {paper.verify(office, path).tone for path in signed} == {"done"}

    assert reprint.check(office).parts == (), "nothing has changed yet"
    with office.unit("改电话") as session:
        session.get_one(Staff, seat.staff_id).phone = "13912345678"
    wrong = reprint.check(office).to_print
    partner = roll.read(office, photos=False).partner(seat)
    cards_wrong = {f"staff:{one.staff_id}" for one in (seat, partner) if one is not None}
    assert {one.key for one in wrong if one.kind == "cards"} == cards_wrong
    assert [one.key.split(":")[1] for one in wrong if one.kind == "board"] == [str(village)]
    assert {one.kind for one in wrong} == {"cards", "board", "handbook"}
    assert all("13912345678" in change or "139 1234 5678" in change for one in wrong for change in one.changes)

    number = next(one.number for one in wrong if one.kind == "board")
    told = looking_up.look_up(office, number)
    assert told.tone == "soon" and "内容已变，要重印" in told.lines[-1], "who scans a board is told too"

    for place, job in enumerate(reprint.jobs(office, wrong)):
        made = reprint.print_again(office, job, tmp_path / f"重印-{place}.pdf")
        if job.maker == "cards":
            assert found_in(made.path, "139 1234 5678") and made.pages == 2, "two cards, front and back"
    assert reprint.check(office).to_print == ()
