"""The application and its database (GOC_TEST_DATABASE), clean for each test."""

import os
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import create_app
from app.settings import Settings
from core import clock
from core.audit_chain import init_audit_chain
from core.database import db, writing_engine
from core.dispatch import init_dispatch
from core.lately import init_lately
from core.limits import init_limits
from core.work import VISITOR, Work
from tests.tables import await_no_disk, empty_tables
from traceability.log_place import LogPlace, init_log
from traceability.rules import BURST_SECONDS

KIND = os.environ.get("GOC_TEST_DATABASE", "sqlite")


class Browser(FlaskClient):
    """A client whose requests know nothing of the test's own application context."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask as from outside: Flask would otherwise share the context, its language included."""
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of this worker's own; PostgreSQL's cluster is GOC_TEST_DATABASE_URL."""
    if KIND == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'goc.sqlite3'}"
        return
    cluster = os.environ["GOC_TEST_DATABASE_URL"]
    name = f"goc_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    admin = create_engine(cluster, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield cluster.rsplit("/", 1)[0] + f"/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo's settings with this worker's database."""
    instance: Path = tmp_path_factory.mktemp("instance")
    return Settings(
        database_url=database_url.replace("+psycopg", ""),
        secret_key="only for tests",
        public_url="https://goc.example",
        instance=instance,
    )


@pytest.fixture(scope="session")
def migrated_app(settings: Settings) -> Iterator[Flask]:
    """The application with its tables made by the migrations, as in production."""
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Browser
    app.config["PROPAGATE_EXCEPTIONS"] = False  # Failures answer as they would to a visitor.
    with app.app_context():
        event.listen(db.engine, "connect", await_no_disk)
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database; what a test commits is deleted after it."""
    with migrated_app.app_context():
        init_limits(migrated_app, "")  # Nobody has missed anything yet.
        init_lately(migrated_app, "", seconds=BURST_SECONDS)  # Nor looked at anything.
        init_audit_chain(migrated_app, heads=tmp_path / "audit-heads.jsonl")
        init_dispatch(migrated_app, migrated_app.config["SETTINGS"].carriers)
        init_log(migrated_app, log_in(tmp_path))
        yield migrated_app
        with writing_engine().begin() as connection:
            empty_tables(connection)


def log_in(folder: Path) -> LogPlace:
    """A log of a test's own: what is published is never taken back, as rows are after a test."""
    return LogPlace(folder / "log", folder / "log-key", "https://goc.example", draws_key=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies, asking from our own pages."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def work(migrated_app: Flask) -> Iterator[Work]:
    """A piece of writing work that is rolled back after the test."""
    with migrated_app.app_context(), Session(writing_engine(), expire_on_commit=False) as session:
        yield Work(session=session, now=clock.now(), by=VISITOR)
        session.rollback()


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """The SQL sent to the database since the test began, for query budgets."""
    sent: list[str] = []

    def remember(_c: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", remember)
    yield lambda: sent
    event.remove(db.engine, "before_cursor_execute", remember)
