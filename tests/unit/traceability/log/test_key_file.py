"""A private key is in its file whole, or there is no such file."""

import errno
import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from traceability.log.key_file import read_key, write_key
from traceability.log.notes import SigningKey

KEY = SigningKey.generate("goc.example/log")


def test_a_key_is_read_as_it_was_written_by_its_user_alone(tmp_path: Path) -> None:
    write_key(tmp_path / "key", KEY)

    assert read_key(tmp_path / "key") == KEY
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_key_that_is_there_stays(tmp_path: Path) -> None:
    write_key(tmp_path / "key", KEY)

    with pytest.raises(FileExistsError):
        write_key(tmp_path / "key", SigningKey.generate("goc.example/log"))

    assert read_key(tmp_path / "key") == KEY
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_full_disk_leaves_no_key_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_key(tmp_path / "key", KEY)
    monkeypatch.undo()

    assert list(tmp_path.iterdir()) == []
    write_key(tmp_path / "key", KEY)
    assert read_key(tmp_path / "key") == KEY
