"""Rows that several workers share: one takes a row by lease, and a lease ends by the clock.

A worker that dies leaves its lease to run out; until then nobody else takes the row.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, inspect, or_, select, update
from sqlalchemy.orm import Mapped

from core.due import has_come
from core.work import Work


class Leased:
    """A table whose rows are worked on, by one worker at a time."""

    if TYPE_CHECKING:  # Each table says where they stand among its own columns.
        due_at: Mapped[datetime]
        leased_until: Mapped[datetime | None]


Row = TypeVar("Row", bound=Leased)


def claim(work: Work, table: type[Row], *due: ColumnElement[bool], lease: timedelta) -> Row | None:
    """Take, for as long as `lease`, the row that has been due longest; None when none is due.

    `due` says which rows are; whether another has them is asked here.
    """
    # SKIP LOCKED on PostgreSQL; on SQLite the transaction holds the only writer's place.
    is_free = or_(
        table.leased_until.is_(None), has_come(table.leased_until, work.now, longest=lease)
    )
    row = work.session.scalars(
        select(table)
        .where(*due)
        .where(is_free)
        .order_by(table.due_at, *inspect(table).primary_key)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is not None:
        row.leased_until = work.now + lease
    return row


def let_go(work: Work, row: Leased, values: Mapping[str, Any]) -> None:
    """Write how it went and end the lease, unless it ran out and another has the row by now."""
    table = type(row)
    key = zip(inspect(table).primary_key, inspect(row).identity, strict=True)
    work.session.execute(
        update(table)
        .where(*(column == value for column, value in key))
        .where(table.leased_until == row.leased_until)
        .values(leased_until=None, **values)
    )
