"""Migrations and models agree, as the database itself tells: CHECKs and partial indexes too."""

from typing import Any

from flask import Flask
from sqlalchemy import Engine, inspect

from core.database import Base, db
from tests.second_database import second_database


def test_migrations_and_models_make_the_same_schema(migrated_app: Flask) -> None:
    with migrated_app.app_context(), second_database() as from_models:
        Base.metadata.create_all(from_models)

        assert _schema(db.engine) == _schema(from_models)


def _schema(engine: Engine) -> dict[str, Any]:
    """Every table of the models as reflected: columns, keys, indexes, CHECKs."""
    reflected = inspect(engine)
    return {
        name: {
            # By name: a migration adds a column at the end, a model says where it belongs.
            "columns": sorted(_column(column) for column in reflected.get_columns(name)),
            "primary key": reflected.get_pk_constraint(name),
            "foreign keys": _sorted(reflected.get_foreign_keys(name)),
            "unique": _sorted(reflected.get_unique_constraints(name)),
            "checks": _sorted(reflected.get_check_constraints(name)),
            "indexes": _sorted(_index(index) for index in reflected.get_indexes(name)),
        }
        for name in sorted(Base.metadata.tables)
    }


def _column(column: Any) -> tuple[str, str, bool, str | None]:
    return column["name"], repr(column["type"]), column["nullable"], column["default"]


def _index(index: Any) -> dict[str, Any]:
    """An index with the condition of a partial one as text."""
    options = index.get("dialect_options", {})
    return {**index, "dialect_options": sorted((name, str(at)) for name, at in options.items())}


def _sorted(rows: Any) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows)
