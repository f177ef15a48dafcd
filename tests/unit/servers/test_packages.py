import os
import shutil
from pathlib import Path

import pytest

from tests.servers import packages
from tests.servers.processes import UnavailableError


def test_without_root_the_person_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(UnavailableError, match=r"^missing: sudo apt-get install maven$"):
        packages.apt_install("maven")


def test_without_apt_the_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    with pytest.raises(UnavailableError, match=r"^missing on this machine: java maven$"):
        packages.apt_install("java", "maven")


def test_downloads_are_kept_for_the_person_not_for_the_clone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert packages.cache_folder() == tmp_path / "goc"
    assert (tmp_path / "goc").is_dir()
