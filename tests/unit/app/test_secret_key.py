import errno
from pathlib import Path

import pytest

from app.instance import secret_key_of


def test_the_demos_key_is_drawn_once_and_closed_to_others(tmp_path: Path) -> None:
    key = secret_key_of(tmp_path / "instance")

    assert len(key) == 64
    assert secret_key_of(tmp_path / "instance") == key
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_no_empty_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _text: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space left"):
            secret_key_of(tmp_path)

    assert not (tmp_path / "secret_key").exists()
    assert len(secret_key_of(tmp_path)) == 64
