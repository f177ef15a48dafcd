"""Whether something failed because the disk is full, whoever says so."""

import errno
import sqlite3

_FILES = frozenset({errno.ENOSPC, errno.EDQUOT})
# The second: no room for the memory that connections to one file share.
_SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
_POSTGRESQL = "53100"  # disk_full


def is_full(error: BaseException) -> bool:
    """Say whether `error`, a file's or a database's (SQLAlchemy's too), tells of a full disk."""
    said = getattr(error, "orig", None) or error
    if isinstance(said, OSError):
        return said.errno in _FILES
    if isinstance(said, sqlite3.Error):
        return getattr(said, "sqlite_errorcode", None) in _SQLITE  # Not every one carries a code.
    return getattr(said, "sqlstate", None) == _POSTGRESQL
