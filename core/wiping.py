"""Removing a row with everything that hangs on it, in pieces, by the foreign keys themselves.

A table made later is met without a line here: what must point at the row goes with it, what may
point at it is let go.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, false, or_, select, tuple_, update
from sqlalchemy.orm import Session

PIECE = 500  # On SQLite no transaction may hold the writer for long.


def wipe_some(session: Session, root: Table, id_: int, *, limit: int = PIECE) -> bool:
    """Remove up to `limit` rows of what hangs on row `id_` of `root`, in the end the row itself.

    Children go before parents, the newest of a table first, so every foreign key holds after
    each piece. False: nothing was left.
    """
    for table in _children_first(root):
        keys = list(table.primary_key.columns)
        some = select(*keys).where(_owned(table, root, id_))
        newest = some.order_by(*(key.desc() for key in keys)).limit(limit)
        found = [tuple(row) for row in session.execute(newest)]
        if found:
            _let_go(session, table, found)
            session.execute(delete(table).where(tuple_(*keys).in_(found)))
            return True
    return False


@cache
def _children_first(root: Table) -> tuple[Table, ...]:
    """The tables that cannot stand without one another down to `root`, which stands last."""
    reached = {root}
    in_order = root.metadata.sorted_tables
    for table in in_order:  # Parents first: one round reaches all.
        if any(key.column.table in reached and not key.parent.nullable for key in _keys(table)):
            reached.add(table)
    return tuple(table for table in reversed(in_order) if table in reached)


def _keys(table: Table) -> Sequence[Any]:
    """Its foreign keys to other tables."""
    return [key for key in table.foreign_keys if key.column.table is not table]


def _owned(table: Table, root: Table, id_: int) -> ColumnElement[bool]:
    """The rows that cannot stand without the root's row: by keys that may not be null."""
    if table is root:
        return root.c.id == id_
    reached = set(_children_first(root))
    ways = [
        key.parent.in_(select(key.column).where(_owned(key.column.table, root, id_)))
        for key in _keys(table)
        if key.column.table in reached and not key.parent.nullable
    ]
    return or_(false(), *ways)


def _let_go(session: Session, table: Table, going: Sequence[tuple[Any, ...]]) -> None:
    """Clear what rows that stay say of rows that go."""
    for other in table.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and key.parent.nullable:
                ids = [row[0] for row in going]  # What is pointed at has a key of one column.
                said = update(other).where(key.parent.in_(ids))
                session.execute(said.values({key.parent.name: None}))
