"""Rows entered in bulk: few statements for any number of rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.database import Base

# Without it rows are grouped by which of their values are None, a statement for each group.
_WITH_NULLS = {"render_nulls": True}


def insert_rows(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns."""
    if rows:
        session.execute(insert(table), rows, execution_options=_WITH_NULLS)


def insert_for_ids(
    session: Session, table: type[Base], rows: Sequence[dict[str, Any]]
) -> list[int]:
    """Insert `rows`, each with its `public_id`; their ids in the same order.

    Rows that come back are told apart by public id: SQLite promises no order of RETURNING, and
    SQLAlchemy would keep it there by one statement for each row.
    """
    if not rows:
        return []
    columns = table.__table__.c
    entered = session.execute(
        insert(table).returning(columns.public_id, columns.id), rows, execution_options=_WITH_NULLS
    )
    ids = {row.public_id: row.id for row in entered}
    return [ids[row["public_id"]] for row in rows]
