"""How Alembic runs here: the application's engine, batch mode on SQLite, models of all features."""

from alembic import context
from flask import current_app

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
        with context.begin_transaction():
            context.run_migrations()


run()
