"""ZIP files that are the same bytes for the same content: their entries bear no time of making."""

from typing import Final
from zipfile import ZipFile, ZipInfo

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # The earliest a ZIP can say.


def add_file(archive: ZipFile, name: str, content: bytes | str) -> None:
    """Add a file, packed as the archive packs."""
    archive.writestr(ZipInfo(name, _EPOCH), content, archive.compression)
