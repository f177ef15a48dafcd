"""Whether something failed because the disk is full, whoever says so."""

import errno
import sqlite3

_FILES = frozenset({errno.ENOSPC, errno.EDQUOT})
# The second: no room for the memory that connections to one file share.
_SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
_POSTGRESQL = "53100"  # disk_full


def is_full(error: BaseException) -> bool:
    """Say whether `error`, or what it was raised from, is a file's or database's "disk full"."""
    return any(map(_says_full, (error, error.__cause__, getattr(error, "orig", None))))


def _says_full(said: object) -> bool:
    if isinstance(said, OSError):
        return said.errno in _FILES
    if isinstance(said, sqlite3.Error):
        return getattr(said, "sqlite_errorcode", None) in _SQLITE  # Not every one carries a code.
    return getattr(said, "sqlstate", None) == _POSTGRESQL
