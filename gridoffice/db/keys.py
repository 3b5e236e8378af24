"""The key of an office file: made, kept on this machine, told as words, derived from a passphrase."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError

KEY_BYTES = 32
SALT_BYTES = 16


def new_key() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def salt_of(office: Path) -> bytes:
    """The file's first 16 bytes: its own random salt, by which this machine finds the key even after a rename."""
    try:
        with office.open("rb") as file:
            return file.read(SALT_BYTES)
    except OSError as error:
        raise OfficeError(
            f"打不开“{office.name}”", do=f"请检查文件是否还在、是否有权限读取（{error.strerror}）"
        ) from error


def _place(salt: bytes) -> Path:
    return paths.private("keys") / f"{salt.hex()}.key"


def keep(salt: bytes, key: bytes, also: bytes | None = None) -> None:
    """Keep the key on this machine, readable by this account only, whole or not at all.

    `also`: an older key that may still be the right one, while a change of key is under way.
    """
    place = _place(salt)
    draft = place.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(one.hex() for one in (key, also) if one))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)


def kept(salt: bytes) -> list[bytes]:
    """The keys this machine keeps for a salt, the likeliest first."""
    try:
        return [bytes.fromhex(line) for line in _place(salt).read_text("ascii").split()]
    except (FileNotFoundError, ValueError):
        return []


def forget(salt: bytes) -> None:
    """Take the key off this machine (after a change to a passphrase)."""
    _place(salt).unlink(missing_ok=True)


def from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """The key of a passphrase and the file's salt (Argon2id, 64 MiB, 3 rounds): the same on every machine."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=2,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def to_words(key: bytes) -> list[str]:
    """The key as 24 Chinese characters with a checksum (BIP-39 word list)."""
    from mnemonic import Mnemonic

    return str(Mnemonic("chinese_simplified").to_mnemonic(key)).split()


def from_words(words: str) -> bytes:
    """The key from its 24 characters (blanks optional) or 64 hex digits; raises OfficeError when mistyped."""
    from mnemonic import Mnemonic

    plain = "".join(words.split())
    if len(plain) == 2 * KEY_BYTES:
        try:
            return bytes.fromhex(plain)
        except ValueError:
            pass
    try:
        return bytes(Mnemonic("chinese_simplified").to_entropy(" ".join(plain)))
    except (ValueError, LookupError) as error:
        raise OfficeError(
            "恢复单上的字没有输对", safe="办公文件没有改动", do="请对照恢复单，按顺序重新输入 24 个字"
        ) from error
