"""Pictures that become the base of a map: upright, of a sane size, without anything a camera writes into them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridoffice.core.errors import OfficeError

if TYPE_CHECKING:
    from PIL.Image import Image

LIMIT = 3200  # pixels of the longer side: 200 dpi on a board's map of 400 mm
SMALL = (520, 360)  # pixels of the small picture on a card
KINDS = "图片或 PDF (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.gif *.pdf)"


@dataclass(frozen=True)
class Picture:
    """A picture as JPEG bytes with its size in pixels, and a small one."""

    data: bytes
    small: bytes
    width: int
    height: int


def read(path: Path, page: int = 0) -> Picture:
    """A picture file, or a page of a PDF (from 0); raises OfficeError for what is neither."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OfficeError(
            f"读不到“{path.name}”", safe="底图没有改动", do=f"请检查文件是否还在（{error.strerror}）"
        ) from error
    if data[:5] == b"%PDF-":
        return _of_pdf(path, page)
    return of_bytes(data, path.name)


def of_bytes(data: bytes, name: str) -> Picture:
    """As `read`, for bytes."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.format == "JPEG":
                opened.draft("RGB", (LIMIT, LIMIT))  # decodes a huge photo at a fraction of its size
            return of_image(ImageOps.exif_transpose(opened))
    except OfficeError:
        raise
    except Exception as error:
        raise OfficeError(
            f"“{name}”不是能认出的图片",
            safe="底图没有改动",
            do="请换成 JPG、PNG 图片或 PDF；CAD 等图纸请先另存为图片",
        ) from error


def of_image(image: Image) -> Picture:
    """A picture held in memory; transparent parts become white paper. Raises OfficeError when it is too narrow."""
    from PIL import Image as images

    if min(image.size) < 40 or max(image.size) > 12 * min(image.size):
        raise OfficeError("这张图太小或太窄，当不了底图", safe="底图没有改动", do="请换一张，至少 40 像素宽")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = images.new("RGBA", image.size, "#FFFFFF")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper
    image = image.convert("RGB")
    image.thumbnail((LIMIT, LIMIT))
    small = image.copy()
    small.thumbnail(SMALL)
    return Picture(_jpeg(image), _jpeg(small), *image.size)


def _jpeg(image: Image) -> bytes:
    """JPEG with nothing but pixels: where and with what a photo was taken stays behind."""
    out = io.BytesIO()
    clean: Any = image.copy()
    clean.info.clear()
    clean.save(out, "JPEG", quality=88)
    return out.getvalue()


def pages(path: Path) -> int:
    """How many pages a PDF has; 0 for what is no PDF."""
    from gridoffice.papers import preview

    try:
        with path.open("rb") as file:
            is_pdf = file.read(5) == b"%PDF-"
    except OSError:
        return 0
    return len(preview.sizes(path)) if is_pdf else 0


def _of_pdf(path: Path, page: int) -> Picture:
    from PIL import Image as images

    from gridoffice.papers import preview

    sizes = preview.sizes(path)
    if not 0 <= page < len(sizes):
        raise OfficeError(f"“{path.name}”只有 {len(sizes)} 页", safe="底图没有改动", do="请换一页")
    size = sizes[page]
    across = LIMIT if size.width >= size.height else round(LIMIT * size.width / size.height)
    drawn = preview.picture(path, page, max(across, 40))
    whole = images.frombuffer("RGB", (drawn.width, drawn.height), drawn.pixels, "raw", "BGRX", drawn.stride, 1)
    return of_image(whole)
