"""How Alembic runs here: the application's engine, batch mode on SQLite, models of all features."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import accounts.models
import catalog.models
import core.answers
import core.audit
import core.dispatch.models
import core.jobs
import core.messages
import core.outbox
import core.photos.models
import core.timetable
import core.worker.beats
import traceability.models
from core.database import Base, db, writing_engine


def run() -> None:
    """Migrate online: there is always an application with a database."""
    with current_app.app_context(), writing_engine().connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=db.engine.dialect.name == "sqlite",
        )
        with _letting_parents_go(connection), context.begin_transaction():
            context.run_migrations()


@contextmanager
def _letting_parents_go(connection: Connection) -> Iterator[None]:
    """On SQLite a table whose CHECK changes is made anew: its children may not stop that.

    The switch works outside a transaction alone. What the migration leaves is looked over.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        orphans = driver.execute("PRAGMA foreign_key_check").fetchall()
        assert not orphans, f"rows without their parents: {orphans[:5]}"
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


run()
