"""Files the application makes or is given: one small port; a folder is its first adapter."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import Flask, current_app

from core import ids

EXTENSION = "goc-files"


class Files(Protocol):
    """Where files are kept, by keys of our own making such as `labels/7K3MQ9T2XB.pdf`."""

    def writing(self, key: str) -> AbstractContextManager[BinaryIO]:
        """A stream to write to; the file appears whole when the block ends, or not at all."""

    def reading(self, key: str) -> BinaryIO:
        """The file's bytes as a stream. Raises FileNotFoundError."""

    def delete(self, key: str) -> None:
        """Remove the file; one that is not there is no error."""


class FolderFiles:
    """Files below one folder of this machine."""

    def __init__(self, root: Path) -> None:
        """The folder is made with the first file."""
        self._root = root

    @contextmanager
    def writing(self, key: str) -> Iterator[BinaryIO]:
        """See Files. A crash leaves at most a `.part` file, which nobody reads."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{ids.public_id()}.part")
        try:
            with part.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def reading(self, key: str) -> BinaryIO:
        """See Files."""
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        """See Files."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        assert path.is_relative_to(self._root.resolve()), "a key led out of the folder"
        return path


def init_files(app: Flask, *, root: Path) -> None:
    """Keep the application's files below `root`."""
    app.extensions[EXTENSION] = FolderFiles(root)


def files() -> Files:
    """The application's files."""
    kept: Files = current_app.extensions[EXTENSION]
    return kept
