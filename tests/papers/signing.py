"""Roots, people and papers for the tests of signing: made once, real keys, real files."""

from __future__ import annotations

import io
from datetime import datetime
from functools import lru_cache
from typing import Any

import pikepdf

from gridoffice.papers import sign_check, sign_keys, sign_write
from gridoffice.papers.sign_check import Checked, Known
from gridoffice.papers.sign_keys import Pair
from gridoffice.papers.sign_write import Hand


@lru_cache(maxsize=4)
def _root(office: str) -> Pair:
    return sign_keys.make_root(office)


def root(office: str = "云溪镇") -> Pair:
    """The root of an office."""
    return _root(office)


@lru_cache(maxsize=16)
def person(name: str, role: str, office: str = "云溪镇") -> Pair:
    """A person's certificate."""
    return sign_keys.issue(root(office), name, role, office)


def plain(pages: int = 1, text: str = "云溪镇 通知 a notice") -> bytes:
    """A small PDF of another program (pikepdf), a line of text on each A4 page."""
    made = pikepdf.new()
    for number in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        font = made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        told = text.encode("ascii", "replace").decode()
        page.Contents = made.make_stream(f"BT /F1 14 Tf 60 780 Td ({told} {number + 1}) Tj ET".encode())
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def signed(pdf: bytes, *pairs: Pair, **more: Any) -> bytes:
    """A PDF signed by some."""
    return sign_write.sign(pdf, [Hand(pair) for pair in pairs], **more)


def known(*offices: str) -> Known:
    """An office that knows its own root, 云溪镇's, and trusts others."""
    return Known(own=(root().certificate,), trusted=tuple(root(office).certificate for office in offices))


def checked(data: bytes, whom: Known | None = None, *, now: datetime | None = None, password: str = "") -> Checked:
    """What 云溪镇 finds of a file."""
    return sign_check.check_bytes(data, whom or known(), now=now, password=password)
