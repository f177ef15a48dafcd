"""Migrations and models agree, as the database itself tells: CHECKs and partial indexes too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text

from app import create_app
from app.settings import Settings
from core.database import Base, db
from core.work import COMMAND, VISITOR, transaction
from tests.makers import make_batch
from tests.second_database import second_database
from traceability import queries, service
from traceability.rules import Visit


def test_migrations_and_models_make_the_same_schema(migrated_app: Flask) -> None:
    with migrated_app.app_context(), second_database() as from_models:
        Base.metadata.create_all(from_models)

        assert _schema(db.engine) == _schema(from_models)


def test_a_consent_taken_back_before_it_was_answered_is_gone_and_a_given_one_stays(
    migrated_app: Flask, settings: Settings, tmp_path: Path
) -> None:
    with _database_at("0016", migrated_app, settings, tmp_path) as engine:
        with engine.begin() as connection:
            for statement in _CONSENTS.split(";"):
                connection.execute(text(statement))

        upgrade()

        with engine.connect() as connection:
            assert connection.execute(text("SELECT id FROM consent")).scalars().all() == [2]


def test_a_name_in_force_twice_for_one_owner_stays_once_with_whoever_may_use_either(
    migrated_app: Flask, settings: Settings, tmp_path: Path
) -> None:
    with _database_at("0031", migrated_app, settings, tmp_path) as engine:
        with engine.begin() as connection:
            for statement in _NAMES.split(";"):
                connection.execute(text(statement))

        upgrade()

        with engine.connect() as connection:
            in_force = "SELECT id FROM protected_name WHERE ended_at IS NULL ORDER BY id"
            assert connection.execute(text(in_force)).scalars().all() == [1, 4]
            members = "SELECT enterprise_id FROM entitled_member WHERE name_id = 1 ORDER BY 1"
            assert connection.execute(text(members)).scalars().all() == [1, 2]
            cases = "SELECT id, outcome FROM name_case ORDER BY id"
            found = connection.execute(text(cases)).all()
            assert [tuple(one) for one in found] == [(1, None), (2, "withdrawn")]
            ended = "SELECT ended_at = since_at FROM caretaker"
            assert connection.execute(text(ended)).scalars().all() == [True]

        downgrade(revision="0031")
        upgrade()


def test_stamps_issued_before_lots_stood_on_ranges_are_their_batchs_lots(
    migrated_app: Flask, settings: Settings, tmp_path: Path
) -> None:
    with _database_at("0037", migrated_app, settings, tmp_path) as engine:
        with engine.begin() as connection:
            for statement in _STAMPS.split(";"):
                connection.execute(text(statement))

        upgrade()

        with engine.connect() as connection:
            batches = connection.execute(text("SELECT product_id, lot_id FROM stamp_batch"))
            assert [tuple(one) for one in batches] == [(7, 9)]
            for bound in ("SELECT lot_id FROM stamp_range", "SELECT lot_id FROM stamp_act"):
                assert connection.execute(text(bound)).scalars().all() == [9]

        downgrade(revision="0037")
        upgrade()


@pytest.mark.parametrize(
    ("revision", "kind"), [("0042", "verdict"), ("0046", "verdict"), ("0054", "recall-lift")]
)
def test_what_the_log_has_told_is_not_taken_back_by_a_downgrade(
    migrated_app: Flask,
    settings: Settings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    revision: str,
    kind: str,
) -> None:
    with _database_at(revision, migrated_app, settings, tmp_path) as engine:
        with engine.begin() as connection:
            entry = "INSERT INTO log_entry (id, kind, made_at, body) VALUES (1, :kind, :at, '{}')"
            connection.execute(text(entry), {"kind": kind, "at": "2026-10-01"})
        before = inspect(engine).get_columns("log_entry")

        with pytest.raises(SystemExit):  # As the command ends, its reason in the log.
            downgrade(revision=f"{int(revision) - 1:04}")
        assert f"of kind {kind}, which the revision before" in caplog.text

        assert _names(inspect(engine).get_columns("log_entry")) == _names(before)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM log_entry"))
        downgrade(revision=f"{int(revision) - 1:04}")


def test_checks_of_before_their_maker_and_lot_stood_on_them_are_told_whose_they_are(
    migrated_app: Flask, settings: Settings, tmp_path: Path
) -> None:
    told = text("SELECT enterprise_id, lot_id, burst_id FROM stamp_check")
    with _database_at("head", migrated_app, settings, tmp_path) as engine:
        with transaction(by=COMMAND) as work:
            batch = make_batch(work, count=2)
            service.activate_stamps(work, batch_id=batch.id, first=1, last=2)
            serial = queries.serials_at(work.session, batch.id, [2])[2]
        with transaction(by=VISITOR) as work:
            visitor = service.Visitor(Visit.PERSON, "device", "network")
            service.record_check(work, serial=serial, visitor=visitor)

        downgrade(revision="0060")
        upgrade()

        with engine.connect() as connection:
            checks = [tuple(row) for row in connection.execute(told)]
    assert checks == [(batch.enterprise_id, batch.lot_id, None)]


def _names(columns: Any) -> list[str]:
    return [column["name"] for column in columns]


# As revision 0037 knew them: one batch of a lot, stuck on.
_STAMPS = """
INSERT INTO enterprise (id, public_id, slug_key, name, sort_key, kind, place_published,
    phone_shown, is_sample, state, version, created_at)
    VALUES (1, 'E1', 'E1', 'Mẫu', 'mau', 'household', '', false, true, 'verified', 1, '2026-10-01');
INSERT INTO product (id, public_id, slug_key, enterprise_id, kind, "group", state, version,
    created_at, published_at)
    VALUES (7, 'P7', 'P7', 1, 'goods', 'thuc_pham', 'published', 1, '2026-10-01', '2026-10-01');
INSERT INTO lot (id, public_id, enterprise_id, product_id, code, uri_code, made_kind, made_on,
    declared_units, version, created_at)
    VALUES (9, 'L9', 1, 7, 'A', 'A', 'made', '2026-10-01', 5, 1, '2026-10-01');
INSERT INTO stamp_batch (id, public_id, lot_id, enterprise_id, count, state, issued_at, version)
    VALUES (3, 'B3', 9, 1, 5, 'issued', '2026-10-02', 1);
INSERT INTO stamp_range (id, batch_id, first, last, state, from_at)
    VALUES (4, 3, 1, 5, 'active', '2026-10-03');
INSERT INTO stamp_act (id, public_id, batch_id, enterprise_id, act, first, last, at)
    VALUES (5, 'A5', 3, 1, 'activate', 1, 5, '2026-10-03')
"""


# As revision 0031 knew them: the same name three times, a fourth of another owner; and an officer
# whose care ended before it began, by a clock put back.
_NAMES = """
INSERT INTO person (id, public_id, name, created_at) VALUES (1, 'P1', 'Lan', '2026-10-01');
INSERT INTO enterprise (id, public_id, slug_key, name, sort_key, kind, place_published,
    phone_shown, is_sample, state, version, created_at)
    VALUES (1, 'E1', 'E1', 'Mẫu', 'mau', 'household', '', false, true, 'verified', 1, '2026-10-01'),
    (2, 'E2', 'E2', 'Mẫu', 'mau', 'household', '', false, true, 'verified', 1, '2026-10-01');
INSERT INTO protected_name (id, public_id, name, folded, kind, owner, source, added_at)
    VALUES (1, 'N1', 'Sen', 'sen', 'mark', 'HTX', 'Mẫu', '2026-10-01'),
    (2, 'N2', 'SEN', 'sen', 'mark', 'HTX', 'Mẫu', '2026-10-02'),
    (3, 'N3', 'sen', 'sen', 'mark', 'HTX', 'Mẫu', '2026-10-03'),
    (4, 'N4', 'Sen', 'sen', 'mark', 'Làng', 'Mẫu', '2026-10-04');
INSERT INTO entitled_member (name_id, enterprise_id, since_at)
    VALUES (1, 1, '2026-10-05'), (2, 1, '2026-10-05'), (2, 2, '2026-10-05'), (3, 2, '2026-10-05');
INSERT INTO name_case (id, public_id, name_id, enterprise_id, kind, object_id, said, opened_at,
    reason)
    VALUES (1, 'A1', 1, 2, 'enterprise', 2, 'Sen', '2026-10-05', ''),
    (2, 'A2', 2, 2, 'enterprise', 2, 'Sen', '2026-10-05', '');
INSERT INTO caretaker (enterprise_id, person_id, given_by_id, note, since_at, ended_at)
    VALUES (1, 1, 1, '', '2026-10-05', '2026-10-04')
"""


# As revision 0016 knew them; both ended, the second was given before.
_CONSENTS = """
INSERT INTO person (id, public_id, name, created_at) VALUES (1, 'P1', 'Lan', '2026-10-01');
INSERT INTO enterprise (id, public_id, slug_key, name, sort_key, kind, place_published,
    phone_shown, is_sample, state, version, created_at)
    VALUES (1, 'E1', 'E1', 'Mẫu', 'mau', 'household', '', false, true, 'verified', 1, '2026-10-01');
INSERT INTO consent (id, public_id, enterprise_id, helper_id, scopes, state, asked_at, until_at,
    decided_at, ended_at)
    VALUES (1, 'C1', 1, 1, '[]', 'ended', '2026-10-01', '2026-10-09', NULL, '2026-10-02'),
    (2, 'C2', 1, 1, '[]', 'ended', '2026-10-01', '2026-10-09', '2026-10-02', '2026-10-03')
"""


@contextmanager
def _database_at(
    revision: str, migrated_app: Flask, settings: Settings, folder: Path
) -> Iterator[Engine]:
    """A database of the kind under test as a revision left it; its application is the current."""
    with migrated_app.app_context(), second_database() as other:
        url = f"sqlite:///{folder / 'old.sqlite3'}"
        if other.dialect.name != "sqlite":
            url = other.url.render_as_string(hide_password=False).replace("+psycopg", "")
        app = create_app(replace(settings, database_url=url, instance=folder))
        with app.app_context():
            upgrade(revision=revision)
            yield db.engine
            db.engine.dispose()


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
