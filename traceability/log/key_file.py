"""A private key in a file of its own, readable by its user alone."""

import os
from pathlib import Path

from traceability.log.notes import SigningKey


def read_key(path: Path) -> SigningKey:
    """The key a file holds.

    Raises:
        OSError: there is none, or it is closed to us.
        KeyRefused: it holds something else.
    """
    return SigningKey.from_text(path.read_text(encoding="utf-8").strip())


def write_key(path: Path, key: SigningKey) -> None:
    """Keep a new key; it is on the disk when this returns.

    Raises:
        FileExistsError: a key is there, and stays.
    """
    # Aside until it is whole: a full disk leaves no empty key in its place.
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{key.text}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)  # Unlike a rename it refuses where a key is.
    finally:
        aside.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
