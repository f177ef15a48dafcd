"""What a witness remembers, in SQLite: each log's size and root as it cosigned them last.

Whoever loses this file must retire the key: a witness that forgot could sign a second history.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from traceability.log.checkpoints import Checkpoint
from traceability.log.merkle import EMPTY_ROOT

BUSY_SECONDS = 5.0  # Another program holds the file for one UPDATE, milliseconds.
MOST_CONTRADICTIONS = 100  # Of a log; the first says all.
# The triggers hold whatever a program or a person with a shell does.
SCHEMA = """
CREATE TABLE witness (
  verifying_key TEXT NOT NULL,
  owner TEXT NOT NULL
);
CREATE TABLE log_state (
  origin TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL CHECK (size >= 0),
  root BLOB NOT NULL CHECK (length(root) = 32),
  note TEXT NOT NULL,
  cosigned_at INTEGER NOT NULL CHECK (cosigned_at >= 0)
) WITHOUT ROWID;
CREATE TABLE contradiction (
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (origin, size, root)
) WITHOUT ROWID;
CREATE TRIGGER never_back BEFORE UPDATE ON log_state
WHEN NEW.origin <> OLD.origin OR NEW.size < OLD.size OR NEW.cosigned_at < OLD.cosigned_at
  OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
BEGIN SELECT RAISE(ABORT, 'a witness does not go back'); END;
CREATE TRIGGER never_forgotten BEFORE DELETE ON log_state
BEGIN SELECT RAISE(ABORT, 'a witness does not forget'); END;
"""


class StoreRefused(Exception):
    """The file of what was seen is missing, another witness's, or there already."""


@dataclass(frozen=True)
class Seen:
    """What a witness cosigned last of a log: `note` is the log's own, empty before the first."""

    origin: str
    size: int
    root: bytes
    note: str
    cosigned_at: datetime


class Store:
    """One witness's memory. Safe to share among threads, and between programs."""

    def __init__(self, path: Path, *, verifying_key: str) -> None:
        """Opens the file of the witness with this key.

        Raises:
            StoreRefused: there is none, or it is another witness's.
        """
        if not path.is_file():
            raise StoreRefused(
                f"{path} is missing. If it is lost, retire the key: what it signed is forgotten."
            )
        self._lock = Lock()
        self._database = _open(path)
        found = self._database.execute("SELECT verifying_key, owner FROM witness").fetchone()
        if found is None or found[0] != verifying_key:
            raise StoreRefused(f"{path} is the memory of another witness")
        self.owner: str = found[1]

    def latest(self, origin: str) -> Seen:
        """What was cosigned last of a log: the empty tree, where nothing was."""
        [seen] = self._rows("SELECT * FROM log_state WHERE origin = ?", (origin,)) or [
            Seen(origin, 0, EMPTY_ROOT, "", datetime.fromtimestamp(0, UTC))
        ]
        return seen

    def all_seen(self) -> list[Seen]:
        """What was cosigned last of every log."""
        return self._rows("SELECT * FROM log_state WHERE size > 0 OR note <> '' ORDER BY origin")

    def advance(self, old: Seen, new: Checkpoint, *, note: str, at: datetime) -> datetime | None:
        """Remember `new` in place of `old`, durably; gives the moment to cosign with.

        That moment is never before an earlier one, whatever the clock says: two cosignatures
        never tell that a log shrank. None: something else was cosigned since `old` was read.
        """
        values = {
            "origin": new.origin,
            "size": new.size,
            "root": new.root,
            "note": note,
            "at": int(at.timestamp()),
            "old_size": old.size,
            "old_root": old.root,
        }
        with self._lock:
            self._database.execute(
                "INSERT OR IGNORE INTO log_state VALUES (?, 0, ?, '', 0)", (new.origin, EMPTY_ROOT)
            )
            taken = self._database.execute(
                "UPDATE log_state"
                " SET size = :size, root = :root, note = :note, cosigned_at = max(cosigned_at, :at)"
                " WHERE origin = :origin AND size = :old_size AND root = :old_root"
                " RETURNING cosigned_at",
                values,
            ).fetchall()  # To the end: only then is it on the disk.
        return datetime.fromtimestamp(taken[0][0], UTC) if taken else None

    def keep_contradiction(self, second: Checkpoint, *, note: str, at: datetime) -> None:
        """Keep what a log signed against its own word: the proof that it lied."""
        with self._lock:
            self._database.execute(
                "INSERT OR IGNORE INTO contradiction SELECT ?, ?, ?, ?, ?"
                " WHERE (SELECT count(*) FROM contradiction WHERE origin = ?) < ?",
                (
                    *(second.origin, second.size, second.root, note, int(at.timestamp())),
                    *(second.origin, MOST_CONTRADICTIONS),
                ),
            )

    def contradicted(self) -> set[str]:
        """The logs that signed two roots for one size."""
        with self._lock:
            rows = self._database.execute("SELECT DISTINCT origin FROM contradiction").fetchall()
        return {row[0] for row in rows}

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _rows(self, statement: str, values: tuple[str, ...] = ()) -> list[Seen]:
        with self._lock:
            rows = self._database.execute(statement, values).fetchall()
        return [
            Seen(origin, size, root, note, datetime.fromtimestamp(at, UTC))
            for origin, size, root, note, at in rows
        ]


def create_store(path: Path, *, verifying_key: str, owner: str) -> None:
    """Make the empty memory of a new witness, readable by its user alone.

    Raises:
        StoreRefused: there is a file already.
    """
    with _refusing_another(path):
        path.touch(mode=0o600, exist_ok=False)
    database = _open(path)
    database.executescript(SCHEMA)
    database.execute("INSERT INTO witness VALUES (?, ?)", (verifying_key, owner))
    database.close()


@contextlib.contextmanager
def _refusing_another(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as there:
        raise StoreRefused(f"{path} is there already") from there


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")  # Each statement is on the disk when it returns.
    return database
