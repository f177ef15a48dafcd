"""How the application's connections to SQLite are set up, begin to read, and wait to write."""

import sqlite3
from time import sleep
from typing import Any

from sqlalchemy import Connection

from core import clock

BUSY_TIMEOUT_MS = 5_000  # A writer waits this long for another before it is told "busy".
# SQLite's own waiting asks again after 1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50 and then every
# 100 ms: it missed the gaps between the pieces of bulk work again and again, 1.1 s under load.
ASK_AGAIN_SECONDS = 0.002


def set_up_connection(connection: Any, _record: object) -> None:
    """Make a new connection of the driver durable, with its foreign keys, and its own BEGIN off."""
    # The driver's own implicit BEGIN comes late and leaks between tests.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",  # First: the switch to WAL may have to wait.
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def begin_transaction(connection: Connection) -> None:
    """Begin to read, or to write and then wait for whoever writes.

    A transaction that reads, then writes, fails under threads with "database is locked": writers
    say so at once and queue.

    Raises:
        OperationalError: another writes for longer than BUSY_TIMEOUT_MS.
    """
    if not connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        if not _begin_writing(driver):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # Refused at once, in SQLAlchemy's words.
    finally:  # Readers may have to wait too, while a file is mended after a crash.
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _begin_writing(driver: Any) -> bool:
    """Ask for the one writer's place again and again; False: it is not to be had."""
    until = clock.steady_seconds() + BUSY_TIMEOUT_MS / 1000
    while clock.steady_seconds() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as refused:
            # The lowest byte says what went wrong, the others which kind of it.
            if refused.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
            sleep(ASK_AGAIN_SECONDS)
        else:
            return True
    return False
