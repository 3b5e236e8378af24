"""What is missing on a paper: a stand-in named without a photo is not somebody without one."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.db.office import Office
from gridoffice.modules.documents import boards, lacking
from gridoffice.modules.documents.recipe import Item, Prepared
from tests.make import Make


@dataclass(frozen=True)
class Face:
    """A person as papers show one."""

    name: str
    phone: str
    photo: bytes | None


def test_one_photo_anywhere_on_the_paper_is_enough(office: Office, make: Make) -> None:
    make.staff("王芳", phone="13800002213")
    bare = make.staff("李军", phone="13800002214")
    pairs = [Face("王芳", "13800002213", b"jpg"), Face("李军", "13800002214", None), Face("王芳", "13800002213", None)]
    items = tuple(Item(key=str(n), title=one.name, view=one) for n, one in enumerate(pairs))
    prepared = Prepared("联系卡", lambda number: b"", items, notes=("1 人没有照片，已用空白头像",))
    found = lacking.of(office, prepared)
    assert [(one.text, one.staff_id) for one in found[1:]] == [("李军", bare.id)]


def test_a_board_without_a_supervision_phone_sends_nobody_to_it() -> None:
    words = "人员或电话有变，请打监督电话告诉我们"
    assert boards._foot(words, "") == "人员或电话有变，请告诉网格员"
    assert boards._foot(words, "0592-7654321") == words
