"""The real disk does what the log's order of publication stands on."""

import os
from pathlib import Path

import pytest

from traceability.log.files import DiskFiles


def test_a_file_is_synced_whole_before_write_returns_and_a_folder_is_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []

    def note(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        synced.append((path, path.read_bytes() if path.is_file() else None))

    monkeypatch.setattr(os, "fsync", note)
    DiskFiles().write(tmp_path / "tile", b"hashes")
    DiskFiles().sync_folder(tmp_path)

    assert synced == [(tmp_path / "tile", b"hashes"), (tmp_path, None)]


def test_what_is_not_there_is_none_and_its_removal_no_harm(tmp_path: Path) -> None:
    assert DiskFiles().read(tmp_path / "tile") is None
    DiskFiles().remove_folder(tmp_path / "tile.p")
