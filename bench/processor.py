"""Processor seconds: what else a machine does at the same time counts for nobody."""

import os
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine, text

_TICKS = os.sysconf("SC_CLK_TCK")
_SPENT = slice(11, 13)  # utime and stime of proc_pid_stat(5), after the name in brackets.


def processor_seconds(others: Iterable[int] = ()) -> float:
    """What this process has spent so far, and the processes with these ids."""
    own = os.times()
    return own.user + own.system + sum(map(_of_process, others))


def database_processes(engine: Engine) -> tuple[int, ...]:
    """The process of PostgreSQL that serves this engine's one connection; SQLite has none."""
    if engine.dialect.name != "postgresql":
        return ()
    with engine.connect() as connection:
        return (connection.execute(text("SELECT pg_backend_pid()")).scalar_one(),)


def _of_process(number: int) -> float:
    fields = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[_SPENT])) / _TICKS
