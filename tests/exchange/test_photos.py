"""Photos beside the sheets find their person by name and number, and go in with the batch."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from gridoffice.db.office import Office
from gridoffice.domain.attachments import Attachment, data_of
from gridoffice.domain.staff import Staff
from gridoffice.exchange import plan as importing
from tests.exchange.townships import Rows, book, phone


def _picture(path: Path, kind: str = "JPEG", colour: str = "navy", size: tuple[int, int] = (295, 413)) -> Path:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    grids: Rows = [["村", "网格名称", "户数"], ["红岩村", "上片网格", 9]]
    staff: Rows = [["姓名", "手机号", "所属网格", "岗位"]]
    names = ("洪大江", "李明", "李明", "孙𣲗怡")
    staff += [[name, phone(n), "红岩村上片网格", "专职网格员"] for n, name in enumerate(names)]
    importing.run(office, [book(tmp_path / "g.xlsx", {"网格": grids, "网格员名册": staff})])
    (tmp_path / "照片").mkdir()
    return tmp_path / "照片"


def test_photos_find_their_person(office: Office, folder: Path) -> None:
    _picture(folder / "洪大江_0000.jpg")
    _picture(folder / "0002-李明.PNG", "PNG", "teal")
    _picture(folder / "孙𣲗怡证件照.jpg", colour="brown")
    _picture(folder / "李明.jpg")  # two of that name
    _picture(folder / "洪大江_9999.jpg")  # another number
    (folder / "李明_0001.jpg").write_bytes(b"no picture")
    made = importing.run(office, [folder])
    assert made.batch is not None and made.photos.matched == 3
    assert made.photos.unmatched == ["李明.jpg", "洪大江_9999.jpg"]
    assert made.photos.refused == ["李明_0001.jpg"]
    with office.read() as session:
        people = {person.phone: person for person in session.scalars(select(Staff))}
        assert [people[phone(n)].photo_id is not None for n in range(4)] == [True, False, True, True]
        kept = data_of(session, people[phone(2)].photo_id, thumb=True)
        assert kept is not None and Image.open(io.BytesIO(kept)).format == "JPEG"


def test_same_photos_again_change_nothing(office: Office, folder: Path) -> None:
    _picture(folder / "洪大江_0000.jpg")
    _picture(folder / "孙𣲗怡.png", "PNG", "brown", (2000, 2800))
    first = importing.run(office, [folder])
    again = importing.run(office, [folder])
    assert (again.batch, again.photos.matched, again.photos.same) == (None, 0, 2)
    _picture(folder / "洪大江_0000.jpg", colour="red")
    other = importing.run(office, [folder])
    assert (other.photos.matched, other.photos.same) == (1, 1)
    assert other.batch is not None and first.batch is not None
    office.undo(other.batch)
    office.undo(first.batch)
    with office.read() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0
        assert session.scalars(select(Staff.photo_id).where(Staff.photo_id.is_not(None))).all() == []
