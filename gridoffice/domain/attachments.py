"""Photos and other files kept inside the office, with a small picture made on the way in."""

from __future__ import annotations

import hashlib
import io
import mimetypes
from typing import TYPE_CHECKING

from sqlalchemy import Index, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import Blob
from gridoffice.db.base import Record

if TYPE_CHECKING:
    from PIL.Image import Image

THUMB = (200, 280)  # pixels: the 25×35 mm photo at 200 dpi
PHOTO_LIMIT = 1600  # pixels of the longer side kept of a large photo


class Attachment(Record):
    """A file that belongs to a record (`owner` = table name, `owner_id`); its bytes lie in `blob`."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_owner", "owner", "owner_id"), {"sqlite_autoincrement": True})

    owner: Mapped[str] = mapped_column(String(60))
    owner_id: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20), default="photo")  # photo | file
    name: Mapped[str] = mapped_column(String(200))
    mime: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    thumb_sha256: Mapped[str | None] = mapped_column(String(64))


def keep_bytes(session: Session, data: bytes) -> str:
    """Keep bytes once and return their SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    if session.get(Blob, digest) is None:
        session.add(Blob(sha256=digest, data=data))
        session.flush()
    return digest


def prepared(data: bytes, name: str) -> tuple[bytes, bytes]:
    """A photo turned upright and held to a sane size, and its thumbnail, both JPEG; raises OfficeError."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as opened:
            is_plain = opened.format == "JPEG" and max(opened.size) <= PHOTO_LIMIT and not opened.getexif().get(274)
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except Exception as error:
        raise OfficeError(
            f"“{name}”不是能认出的照片", safe="其他照片不受影响", do="请换成 JPG 或 PNG 格式的照片"
        ) from error
    whole = data
    if not is_plain:
        picture.thumbnail((PHOTO_LIMIT, PHOTO_LIMIT))
        whole = _jpeg(picture)
    small = picture.copy()
    small.thumbnail(THUMB)
    return whole, _jpeg(small)


def _jpeg(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def attach(session: Session, owner: str, owner_id: int, name: str, data: bytes, kind: str = "photo") -> Attachment:
    """Keep a file with a record; photos get a thumbnail. Raises OfficeError for a photo that is none."""
    thumb = None
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind == "photo":
        data, small = prepared(data, name)
        mime, thumb = "image/jpeg", keep_bytes(session, small)
    record = Attachment(
        owner=owner,
        owner_id=owner_id,
        kind=kind,
        name=name,
        mime=mime,
        size=len(data),
        sha256=keep_bytes(session, data),
        thumb_sha256=thumb,
    )
    session.add(record)
    session.flush()
    return record


def of_record(session: Session, owner: str, owner_id: int) -> list[Attachment]:
    """The files of a record, oldest first."""
    found = select(Attachment).where(Attachment.owner == owner, Attachment.owner_id == owner_id)
    return list(session.scalars(found.order_by(Attachment.id)))


def data_of(session: Session, attachment_id: int | None, *, thumb: bool = False) -> bytes | None:
    """The bytes of an attachment or of its small picture; None when there is none."""
    record = session.get(Attachment, attachment_id) if attachment_id else None
    if record is None:
        return None
    digest = record.thumb_sha256 if thumb and record.thumb_sha256 else record.sha256
    return session.scalar(select(Blob.data).where(Blob.sha256 == digest))
