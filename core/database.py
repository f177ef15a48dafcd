"""One database, SQLite or PostgreSQL: column types, naming, and how a connection begins."""

import hashlib
import select as sockets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Insert,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    bindparam,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session

from core.sqlite import begin_transaction, set_up_connection


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; SQLite, which knows no zones, gets the bare numbers of UTC."""
        if value is None:
            return None
        assert value.tzinfo is not None, "a naive time reached the database"
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


# A BIGINT primary key of SQLite would not be its rowid, so it is spelt INTEGER there (64 bits too).
BigInt = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Every table. Columns say `Mapped[int]` and get 64 bits; constraints are named."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads it as a plain class attribute.
        int: BigInt,
        str: Text,
        bool: Boolean,
        date: Date,
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


db = SQLAlchemy(metadata=Base.metadata)


@dataclass(frozen=True)
class _Engines:
    """The application's one engine as readers and as writers use it: one pool, two beginnings."""

    reading: Engine
    writing: Engine


def init_database(app: Flask) -> None:
    """Bind the engine to the application. Opens no connection."""
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        app.extensions["engines"] = _Engines(
            reading=_engine_for_reading(db.engine),
            writing=db.engine.execution_options(writing=True),
        )


def prepare_engine(engine: Engine) -> None:
    """Make an engine keep the house's rules."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_up_connection)
        event.listen(engine, "begin", begin_transaction)
    else:
        event.listen(engine, "checkout", _refuse_closed)


def _engine_for_reading(engine: Engine) -> Engine:
    # Each statement of PostgreSQL's READ COMMITTED sees a snapshot of its own, in a transaction or
    # not: BEGIN and ROLLBACK around reads would be two journeys for nothing. SQLite's BEGIN stays:
    # it costs no journey and gives one snapshot.
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Notice a connection that the server closed while it rested, without a journey to ask.

    An idle server has nothing to say: what can be read is the end, or a message that makes the
    connection as good as new only after a fresh start. The pool then opens another.
    """
    waiting = sockets.poll()
    waiting.register(connection.fileno(), sockets.POLLIN)
    if waiting.poll(0):
        raise DisconnectionError("the server closed the connection while it rested")


def reading_engine() -> Engine:
    """The application's engine, for sessions that only read."""
    return cast("_Engines", current_app.extensions["engines"]).reading


def writing_engine() -> Engine:
    """The application's engine, for transactions that write."""
    return cast("_Engines", current_app.extensions["engines"]).writing


def insert_new(session: Session, table: type[Base], row: dict[str, Any]) -> bool:
    """Insert `row` unless one with its key is there; say whether it was inserted.

    A rival who holds the same key uncommitted is waited for.
    """
    statement = _insert(dialect_of(session), table).values(row).on_conflict_do_nothing()
    inserted = session.execute(statement.returning(*inspect(table).primary_key)).one_or_none()
    return inserted is not None


def upsert(
    dialect: str,
    table: type[Base],
    row: Mapping[str, Any],
    *,
    changes: Mapping[str, Any],
    where: ColumnElement[bool] | None = None,
) -> Insert:
    """The statement that inserts `row` or, where one with its key is there, makes the `changes`.

    `where` is asked of the row that is there: where it says no, that row stays as it is.
    """
    return (
        _insert(dialect, table)
        .values(row)
        .on_conflict_do_update(index_elements=inspect(table).primary_key, set_=changes, where=where)
    )


def _insert(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    # What happens on a conflict is said in each database's own class of INSERT.
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def dialect_of(session: Session) -> str:
    """Which database it is: `sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


def insert_many(
    connection: Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """Insert plain rows as fast as the database takes them, inside the caller's transaction.

    `executemany` on SQLite, COPY on PostgreSQL. Values go in as the driver takes them (no
    SQLAlchemy types), so this is for tables of numbers such as `stamp`.
    """
    names = ", ".join(columns)
    driver: Any = connection.connection.dbapi_connection  # sqlite3's or psycopg's own.
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608  # Names are ours.
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def insert_numbered(
    connection: Connection,
    table: str,
    numbers: Sequence[int],
    *,
    into: str,
    counted: tuple[str, int],
    same: Mapping[str, int],
) -> None:
    """Insert a row for each number, in the caller's transaction; no object is made for a row.

    `into` holds the number, the column `counted` names counts up from the number beside it, and
    `same` is the same in all. Four times as fast as `insert_many` on SQLite.
    """
    counter, first = counted
    names = ", ".join((into, counter, *same))
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(same))
        driver.execute(
            f"INSERT INTO {table} ({names})"  # noqa: S608  # Names are ours.
            f" SELECT value, key + ?, {places} FROM json_each(?)",
            (first, *same.values(), str(list(numbers))),
        )
        return
    rest = "".join(f"\t{value}" for value in same.values())
    rows = "".join([f"{number}\t{place}{rest}\n" for place, number in enumerate(numbers, first)])
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write(rows)


def lock(session: Session, key: int) -> None:
    """Hold `key` until the transaction ends; on SQLite the one writer holds everything already."""
    if dialect_of(session) == "postgresql":
        session.connection().execute(_LOCK, {"key": key})


def lock_words(session: Session, words: str) -> None:
    """Hold a key named in words until the transaction ends."""
    digest = hashlib.sha256(words.encode()).digest()
    lock(session, int.from_bytes(digest[:7], "big"))


_LOCK = select(func.pg_advisory_xact_lock(bindparam("key")))
