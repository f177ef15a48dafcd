"""Heads of the chain, kept beside the database: whoever cuts its end cannot cut this too.

A file of one JSON object a line, only ever appended to. Whoever can write both the database and
this file can rewrite both: copy it to where they cannot, or note a head by hand.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from flask import Flask, current_app

EXTENSION = "goc-audit-heads"
LAST_BYTES = 4_096  # Holds the last line many times over.


@dataclass(frozen=True)
class Head:
    """The chain's end at some time: how many entries it had, and the hash of the last."""

    number: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """A head as `audit check` prints it: `NUMBER:HASH`.

        Raises:
            ValueError: it is none.
        """
        number, _, hash_ = text.strip().partition(":")
        head = cls(int(number), hash_.lower())
        if head.number < 1 or len(bytes.fromhex(hash_)) != 32:  # noqa: PLR2004  # Bytes of a SHA-256.
            raise ValueError(text)
        return head

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class HeadFile:
    """The heads this machine's worker has seen, the oldest first."""

    def __init__(self, path: Path) -> None:
        """The file is made with the first head, for its owner alone."""
        self._path = path

    def keep(self, head: Head) -> None:
        """Add a head unless it is the last one already; it is on the disk when this returns."""
        end = self._end()
        if end.endswith("\n") and head == _head_of(end.splitlines()[-1]):
            return
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._path.exists():
            self._path.touch(mode=0o600)
        with self._path.open("a", encoding="utf-8") as file:
            # A line that a crash cut short must not swallow this one.
            start = "\n" if end and not end.endswith("\n") else ""
            file.write(f"{start}{json.dumps(asdict(head))}\n")
            file.flush()
            os.fsync(file.fileno())

    def __iter__(self) -> Iterator[Head]:
        """Every head. A line that a crash cut short is passed over."""
        if not self._path.exists():
            return
        with self._path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                head = _head_of(line)
                if head is not None:
                    yield head

    def _end(self) -> str:
        """The last line, and what of those before fits."""
        if not self._path.exists():
            return ""
        with self._path.open("rb") as file:
            file.seek(max(0, self._path.stat().st_size - LAST_BYTES))
            return file.read().decode(errors="replace")


def _head_of(line: str) -> Head | None:
    try:
        said = json.loads(line)
        return Head(int(said["number"]), str(said["hash"]))
    except (ValueError, KeyError, TypeError):
        return None


def init_audit_chain(app: Flask, *, heads: Path) -> None:
    """Keep the heads in the file `heads`. Opens nothing."""
    app.extensions[EXTENSION] = HeadFile(heads)


def head_file() -> HeadFile:
    """The application's file of heads."""
    kept: HeadFile = current_app.extensions[EXTENSION]
    return kept
