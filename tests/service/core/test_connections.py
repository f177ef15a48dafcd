import time

import pytest
from flask import Flask
from sqlalchemy import NullPool, create_engine, text

from core.database import db
from core.work import reading

BACKEND = text("SELECT pg_backend_pid()")
END = text("SELECT pg_terminate_backend(:pid)")
LIVES = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")


def test_a_resting_connection_that_the_server_closed_is_replaced(migrated_app: Flask) -> None:
    with migrated_app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite has no server that could close a connection")
        with reading() as session:
            pid = session.scalar(BACKEND)
        # Within one transaction PostgreSQL shows the sessions as they were at its first look.
        each = {"poolclass": NullPool, "isolation_level": "AUTOCOMMIT"}
        with create_engine(db.engine.url, **each).connect() as admin:
            admin.execute(END, {"pid": pid})
            while admin.scalar(LIVES, {"pid": pid}):
                time.sleep(0.01)

        with reading() as session:
            assert session.scalar(BACKEND) != pid
