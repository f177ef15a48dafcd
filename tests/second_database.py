"""A second, empty database of the kind under test, for comparing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, text

from core.database import db


@contextmanager
def second_database() -> Iterator[Engine]:
    """An empty database beside the application's, gone afterwards."""
    if db.engine.dialect.name == "sqlite":
        engine = create_engine("sqlite://")
        yield engine
        engine.dispose()
        return
    name = f"goc_second_{os.getpid()}"
    admin = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = create_engine(db.engine.url.set(database=name))
    try:
        yield engine
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
