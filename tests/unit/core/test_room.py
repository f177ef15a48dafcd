import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from core.room import is_full


def full_file() -> Exception:
    try:
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")
    except OSError as error:
        return error
    raise AssertionError


def full_sqlite() -> Exception:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 1")
    try:
        connection.execute("CREATE TABLE lot (id)")
    except sqlite3.OperationalError as error:
        return error
    finally:
        connection.close()
    raise AssertionError


@pytest.mark.parametrize("error", [full_file(), full_sqlite(), psycopg.errors.DiskFull("full")])
def test_a_full_disk_is_known_whoever_says_so(error: Exception) -> None:
    assert is_full(error)
    assert is_full(OperationalError("INSERT", {}, error))


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "No such file"),
        sqlite3.OperationalError("database is locked"),
        psycopg.errors.LockNotAvailable("locked"),
        RuntimeError("disk full"),
    ],
)
def test_other_failures_are_not_taken_for_a_full_disk(error: Exception) -> None:
    assert not is_full(error)
    assert not is_full(OperationalError("INSERT", {}, error))
