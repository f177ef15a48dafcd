"""The port of files: what a store of files is asked, and how it refuses."""

import re
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from core.errors import AppError, sentence

# Keys are of our own making; this keeps a mistake of ours from leading out of the store.
KEY = re.compile(r"[A-Za-z0-9_-]+(?:[/.][A-Za-z0-9_-]+)*")
PLAIN = "application/octet-stream"


class FilesAway(AppError):
    """The store does not answer, refuses us, or broke off."""

    status = 503
    sentence = sentence("Kho ảnh và tệp chưa trả lời. Xin thử lại sau ít phút.")


class Files(Protocol):
    """Where files are kept, by keys of our own making such as `labels/7K3MQ9T2XB.pdf`.

    Nothing in it can be read from outside but through our own routes. Every method raises
    FilesAway where the store does not answer; the folder of a healthy machine always does.
    """

    def writing(self, key: str, *, content_type: str = PLAIN) -> AbstractContextManager[BinaryIO]:
        """A stream to write to; the file appears whole when the block ends, or not at all."""

    def reading(self, key: str) -> BinaryIO:
        """The file's bytes as a stream that can seek. Raises FileNotFoundError."""

    def delete(self, key: str) -> None:
        """Remove the file; one that is not there is no error."""


def checked(key: str) -> str:
    """The key, which holds nothing but names, single slashes and dots."""
    assert KEY.fullmatch(key), f"not a key of files: {key!r}"
    return key
