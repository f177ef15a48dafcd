"""Counting what a piece of work asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from core.database import db


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements sent to the application's database inside the block."""
    statements: list[str] = []

    def note(*arguments: object) -> None:
        text = str(arguments[2])
        if not text.startswith("BEGIN"):
            statements.append(text)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
