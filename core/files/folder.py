"""Files in a folder of this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core import ids
from core.files.port import PLAIN, FilesAway, checked
from core.room import is_full


class FolderFiles:
    """Files below one folder; see `core.files.port.Files`. A file's type is not kept."""

    def __init__(self, root: Path) -> None:
        """The folder is made with the first file."""
        self._root = root

    @contextmanager
    def writing(self, key: str, *, content_type: str = PLAIN) -> Iterator[BinaryIO]:
        """See Files. A crash leaves a `.part` file, which nobody reads and `delete` takes along."""
        del content_type  # Whoever serves the file says what it is.
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{ids.public_id()}.part")
        try:
            with part.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except OSError as error:
            if not is_full(error):
                raise
            raise FilesAway("the disk is full") from error
        finally:
            part.unlink(missing_ok=True)

    def reading(self, key: str) -> BinaryIO:
        """See Files."""
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        """See Files. What a crash left of it goes too: it may tell of somebody who was erased."""
        path = self._path(key)
        for part in path.parent.glob(f"{path.name}.*.part"):
            part.unlink(missing_ok=True)
        path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._root / checked(key)
