"""Rows for pages: statements built once, run past the ORM.

Building a `select()` costs more than PostgreSQL takes to answer it, and the ORM's loading costs as
much again. A statement that pages ask is therefore a constant (or made by a cached function) with
`bindparam`s in it, and its plain columns go straight into a dataclass.
"""

from typing import TypeVarTuple

from sqlalchemy import CursorResult, Insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TypedReturnsRows

Columns = TypeVarTuple("Columns")


def rows(
    session: Session, statement: TypedReturnsRows[*Columns], **values: object
) -> CursorResult[*Columns]:
    """Run a ready statement with its values; what the session holds back is written first."""
    if session.autoflush:
        session.flush()
    return session.connection().execute(statement, values)


def store(session: Session, statement: Insert, **values: object) -> None:
    """Run a ready insert (or upsert) with its values; what the session holds back is written first.

    For tables nobody loads as objects in the same session: the ORM does not learn of the row.
    """
    session.flush()
    session.connection().execute(statement, values)
