"""A witness's memory: its own, durable, and never back."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.unit.traceability.log.witness.makers import NOON, ORIGIN, SmallLog, make_files, reopen
from traceability.log.checkpoints import Checkpoint
from traceability.log.errors import KeyRefused
from traceability.log.merkle import EMPTY_ROOT
from traceability.log.witness.__main__ import create_witness
from traceability.log.witness.store import MOST_CONTRADICTIONS, Store, StoreRefused

FIVE = Checkpoint(ORIGIN, 5, b"5" * 32)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    make_files(tmp_path / "w", SmallLog())
    return reopen(tmp_path / "w").store


def test_of_a_log_never_seen_the_empty_tree_is_known(store: Store) -> None:
    seen = store.latest(ORIGIN)

    assert (seen.size, seen.root, seen.note) == (0, EMPTY_ROOT, "")
    assert store.all_seen() == []


def test_what_was_seen_moves_only_from_where_it_was(store: Store) -> None:
    nothing = store.latest(ORIGIN)
    assert store.advance(nothing, FIVE, note="five", at=NOON) == NOON

    assert store.advance(nothing, Checkpoint(ORIGIN, 9, b"9" * 32), note="nine", at=NOON) is None

    assert store.latest(ORIGIN).note == "five"


def test_each_statement_is_on_the_disk_when_it_returns(store: Store) -> None:
    assert store._database.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert store._database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._database.isolation_level is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_state SET size = 4",
        "UPDATE log_state SET root = zeroblob(32)",
        "UPDATE log_state SET cosigned_at = cosigned_at - 1",
        "UPDATE log_state SET origin = 'another'",
        "DELETE FROM log_state",
    ],
)
def test_the_database_itself_refuses_to_go_back(store: Store, statement: str) -> None:
    store.advance(store.latest(ORIGIN), FIVE, note="five", at=NOON)
    before = store.latest(ORIGIN)

    with pytest.raises(sqlite3.IntegrityError):
        store._database.execute(statement)

    assert store.latest(ORIGIN) == before


def test_a_log_that_contradicts_itself_without_end_fills_no_disk(store: Store) -> None:
    for number in range(MOST_CONTRADICTIONS + 10):
        second = Checkpoint(ORIGIN, 5, number.to_bytes(32, "big"))
        store.keep_contradiction(second, note="another", at=NOON)

    count = store._database.execute("SELECT count(*) FROM contradiction").fetchone()
    assert count == (MOST_CONTRADICTIONS,)


def test_a_lost_memory_is_not_begun_anew(tmp_path: Path) -> None:
    make_files(tmp_path / "w", SmallLog())
    (tmp_path / "w" / "memory").unlink()

    with pytest.raises(StoreRefused, match="retire the key"):
        reopen(tmp_path / "w")

    assert not (tmp_path / "w" / "memory").exists()


def test_another_witness_s_memory_is_refused(tmp_path: Path) -> None:
    make_files(tmp_path / "one", SmallLog(), name="witness.example/1")
    make_files(tmp_path / "two", SmallLog(), name="witness.example/2")
    (tmp_path / "two" / "memory").replace(tmp_path / "one" / "memory")

    with pytest.raises(StoreRefused, match="another witness"):
        reopen(tmp_path / "one")


def test_a_new_witness_never_takes_the_place_of_one_that_is_there(tmp_path: Path) -> None:
    key = make_files(tmp_path / "w", SmallLog())

    with pytest.raises(StoreRefused):
        make_files(tmp_path / "w", SmallLog())

    assert reopen(tmp_path / "w").key.text == key.text


def test_key_and_memory_are_their_user_s_alone(tmp_path: Path) -> None:
    make_files(tmp_path / "w", SmallLog())

    modes = {stat.S_IMODE((tmp_path / "w" / name).stat().st_mode) for name in ("key", "memory")}
    assert modes == {0o600}


def test_a_name_with_spaces_makes_no_witness(tmp_path: Path) -> None:
    with pytest.raises(KeyRefused):
        create_witness(tmp_path / "key", tmp_path / "memory", name="Nhân chứng 1", owner="")

    assert list(tmp_path.iterdir()) == []
