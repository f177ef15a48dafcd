from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from core import sqlite
from core.database import prepare_engine
from core.giving_way import REST_SECONDS


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path}/goc.sqlite3")
    prepare_engine(engine)
    yield engine
    engine.dispose()


def writing(engine: Engine) -> Connection:
    return engine.connect().execution_options(writing=True)


def busy_timeout(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA busy_timeout")).scalar_one())


def test_who_waits_to_write_asks_in_even_steps_and_begins_as_soon_as_the_other_ended(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    with writing(engine) as one, writing(engine) as other:
        begun = one.begin()

        def rest(seconds: float) -> None:
            asked.append(seconds)
            if len(asked) == 30:
                begun.commit()

        monkeypatch.setattr(sqlite, "sleep", rest)
        with other.begin():
            pass

    assert asked == [sqlite.ASK_AGAIN_SECONDS] * 30


def test_bulk_work_rests_longer_than_five_askings_lie_apart() -> None:
    assert 5 * sqlite.ASK_AGAIN_SECONDS <= REST_SECONDS


def test_who_waited_in_vain_is_told_that_the_database_is_locked_and_may_ask_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 10)
    with writing(engine) as one, writing(engine) as other:
        with one.begin(), pytest.raises(OperationalError, match="database is locked"):
            other.begin()

        with other.begin():
            assert busy_timeout(other) == 10


def test_who_waited_in_vain_does_not_wait_as_long_again_to_be_told_so(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience: list[int] = []

    def note(_connection: object, cursor: Any, statement: str, *_: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            [left] = cursor.connection.execute("PRAGMA busy_timeout").fetchone()
            patience.append(left)

    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 10)
    event.listen(engine, "before_cursor_execute", note)
    with (
        writing(engine) as one,
        writing(engine) as other,
        one.begin(),
        pytest.raises(OperationalError),
    ):
        other.begin()

    assert patience == [0]


def test_readers_neither_wait_for_a_writer_nor_lose_their_patience(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rest(_seconds: float) -> None:
        raise AssertionError("nobody had to wait")

    monkeypatch.setattr(sqlite, "sleep", rest)
    with writing(engine) as writer, engine.connect() as reader, writer.begin(), reader.begin():
        assert busy_timeout(reader) == busy_timeout(writer) == sqlite.BUSY_TIMEOUT_MS
