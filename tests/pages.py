"""Looks into an office file as it lies on the disk: every table's rows, and every page, freed ones too, decrypted."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import text

from gridoffice.db.office import Office

PAGE, RESERVE, SALT = 4096, 80, 16


def dump(office: Office) -> str:
    """Everything that stands in any table, bytes as Latin-1, escapes of JSON undone."""
    found = []
    with office.read() as session:
        names = session.connection().scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        for name in names:
            for row in session.connection().execute(text(f'SELECT * FROM "{name}"')):
                for value in row:
                    found.append(value.decode("latin-1") if isinstance(value, bytes) else unescaped(str(value)))
    return "\n".join(found)


def unescaped(value: str) -> str:
    """JSON's escapes as the characters they stand for."""
    return value.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\u" in value else value


def pages(office: Office) -> bytes:
    """Every page of the closed file and its journal decrypted by hand (SQLCipher 4: AES-256-CBC, IV in the reserve)."""
    assert office.path is not None
    found = _file(office.path, office.key)
    journal = Path(f"{office.path}-wal")
    if journal.exists():
        data = journal.read_bytes()
        for start in range(32, len(data), 24 + PAGE):
            found += _page(data[start + 24 : start + 24 + PAGE], office.key, 0)
    return found


def _file(path: Path, key: bytes) -> bytes:
    data = path.read_bytes()
    return b"".join(
        _page(data[start : start + PAGE], key, SALT if start == 0 else 0) for start in range(0, len(data), PAGE)
    )


def _page(page: bytes, key: bytes, skip: int) -> bytes:
    if len(page) < PAGE:
        return b""
    vector = page[PAGE - RESERVE : PAGE - RESERVE + 16]
    reader = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return reader.update(page[skip : PAGE - RESERVE]) + reader.finalize()


def spellings(word: str) -> list[bytes]:
    """A word as it may lie in a page: UTF-8, and as JSON escapes it."""
    return [word.encode(), word.encode("unicode_escape").replace(b"\\x", b"\\u00")]
