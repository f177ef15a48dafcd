"""Everything held of one person, table by table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.personal.held import Held, Subject


@dataclass(frozen=True)
class Holding:
    """The rows of one table, oldest first, each with the columns that are handed out."""

    title: str
    table: str
    rows: Sequence[dict[str, Any]]


def holdings(session: Session, held: Sequence[Held], subject: Subject) -> Iterator[Holding]:
    """What each line of `held` has of the person; lines without a row are left out."""
    for line in held:
        rows = _rows(session, line, subject)
        if rows:
            yield Holding(line.title, line.table.__tablename__, rows)


def _rows(session: Session, line: Held, subject: Subject) -> list[dict[str, Any]]:
    columns = line.table.__table__.columns
    wanted = [columns[name] for name in line.shown]
    wanted += [value.label(name) for name, value in line.also.items()]
    if not wanted:
        return []
    found = session.execute(
        select(*wanted)
        .select_from(line.table)
        .where(line.told(subject))
        .order_by(*line.table.__table__.primary_key)
    )
    return [{name: _plain(value) for name, value in row.items()} for row in found.mappings()]


def _plain(value: Any) -> Any:
    """As JSON can say it."""
    return value.isoformat() if isinstance(value, datetime | date) else value
