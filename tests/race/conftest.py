"""Races are run as in production: commits wait for the disk, and there threads overlap."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from core.database import db
from tests.tables import await_no_disk


@pytest.fixture(scope="package", autouse=True)
def durable(migrated_app: Flask) -> Iterator[None]:
    """The database's connections await the disk; those of other tests are closed before."""
    with migrated_app.app_context():
        engine = db.engine
    event.remove(engine, "connect", await_no_disk)
    engine.dispose()
    yield
    event.listen(engine, "connect", await_no_disk)
    engine.dispose()
