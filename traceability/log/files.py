"""The few acts of a file system by which a log is written, so that tests can break each."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """What is written is durable only once synced; a name is, once its folder is synced."""

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file; None where there is none."""

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, unless they are there."""

    def write(self, path: Path, content: bytes) -> None:
        """Write a file anew and sync it."""

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, over whatever bore it: readers see one of both, whole."""

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder durable."""

    def remove_folder(self, path: Path) -> None:
        """Remove a folder and its files, if it is there; failing is no harm."""

    @contextmanager
    def alone(self, path: Path) -> Iterator[None]:
        """Wait until nobody else writes this log; a process that dies lets go."""


class DiskFiles:
    """The real file system (POSIX)."""

    def read(self, path: Path) -> bytes | None:
        """As the port says."""
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def make_folder(self, path: Path) -> None:
        """As the port says."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """As the port says."""
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """As the port says."""
        old.replace(new)

    def sync_folder(self, path: Path) -> None:
        """As the port says."""
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def remove_folder(self, path: Path) -> None:
        """As the port says."""
        shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def alone(self, path: Path) -> Iterator[None]:
        """As the port says."""
        with path.open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
