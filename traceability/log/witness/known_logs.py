"""Which logs a witness watches: the `log` lines of a policy file (c2sp.org/tlog-policy).

A log publishes such a file itself; its other lines (witnesses, quorum) are passed over here.
"""

import sys
from pathlib import Path

from traceability.log.errors import KeyRefused
from traceability.log.notes import ED25519, VerifyingKey

Stamp = tuple[int, int, int]


class KnownLogs:
    """The logs of a file, read anew whenever the file changes: a new log needs no restart."""

    def __init__(self, path: Path) -> None:
        """Reads the file.

        Raises:
            OSError: it cannot be read.
            KeyRefused: a line is wrong.
        """
        self._path = path
        self._stamp = _stamp_of(path)
        self._keys = parse_logs(path.read_text(encoding="utf-8"))

    def origins(self) -> list[str]:
        """The names of the logs, in order."""
        self._look_again()
        return sorted(self._keys)

    def keys_of(self, origin: str) -> list[VerifyingKey]:
        """The keys trusted for a log; none for one that is not watched."""
        self._look_again()
        return self._keys.get(origin, [])

    def _look_again(self) -> None:
        """A file that is gone or broken changes nothing, and is complained of once."""
        try:
            stamp = _stamp_of(self._path)
        except OSError:
            return
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._keys = parse_logs(self._path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, KeyRefused) as wrong:
            sys.stderr.write(f"{self._path.name} stays as it was: {wrong}\n")


def parse_logs(text: str) -> dict[str, list[VerifyingKey]]:
    """The keys of each log named in a policy, by its origin. Two lines of one name: two keys.

    Raises:
        KeyRefused: a line has no key a log signs with; the message says which line.
    """
    found: dict[str, list[VerifyingKey]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if words[:1] != ["log"]:
            continue
        try:
            key = VerifyingKey.from_text(words[1] if len(words) > 1 else "")
        except KeyRefused as wrong:
            raise KeyRefused(f"line {number}: {wrong}") from wrong
        if key.algorithm != ED25519:
            raise KeyRefused(f"line {number}: a witness's key, no log's")
        found.setdefault(key.name, []).append(key)
    return found


def _stamp_of(path: Path) -> Stamp:
    state = path.stat()
    return state.st_mtime_ns, state.st_size, state.st_ino
