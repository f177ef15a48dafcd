"""Many rows into empty tables, and their keys' counters behind them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import create_engine, func, insert, select, text

from core.database import Base

Rows = Iterator[dict[str, Any]]


def fill_tables(url: str, tables: Sequence[tuple[type[Base], Rows]]) -> None:
    """Insert each table's rows in order, in one transaction; let PostgreSQL look at them."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for model, rows in tables:
            connection.execute(insert(model), list(rows))
            table = model.metadata.tables[model.__tablename__]
            # Keys were given by us: PostgreSQL's counter must go on after them.
            if "id" in table.c and connection.dialect.name == "postgresql":
                counter = func.pg_get_serial_sequence(table.name, "id")
                connection.execute(select(func.setval(counter, func.max(table.c.id))))
        # What its autovacuum would do a minute later: without figures it plans blindly.
        connection.execute(text("ANALYZE"))
    engine.dispose()
