import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tests.unit.traceability.log.books import (
    ORIGIN,
    add,
    checkpoint_of,
    entries_of,
    require_whole,
    signed,
)
from traceability.log.checkpoints import Checkpoint
from traceability.log.errors import (
    AnotherLog,
    AnotherRoot,
    EntryTooLarge,
    NoteRefused,
    PromiseBroken,
    PublishedMeanwhile,
    PublishedMore,
    TileMissing,
)
from traceability.log.folder import FolderLog
from traceability.log.merkle import (
    EMPTY_ROOT,
    consistency_path_at,
    inclusion_path_at,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from traceability.log.tiles import Tile


@pytest.fixture
def log(tmp_path: Path) -> FolderLog:
    return FolderLog(tmp_path / "log", origin=ORIGIN)


def test_a_log_grows_by_any_steps(log: FolderLog) -> None:
    size = 0
    for step in (1, 2, 252, 1, 1, 300, 0, 211, 6_600):
        added = entries_of(size, size + step)
        add(log, added)
        size += step

        if size < 1000:
            require_whole(log, entries_of(0, size))

    assert log.published() == checkpoint_of(entries_of(0, size))
    assert log.entries(254, 258) == entries_of(254, 258)
    assert log.entries(0, size) == entries_of(0, size)


def test_an_empty_log_is_published_too(log: FolderLog) -> None:
    assert log.published() is None

    assert add(log, []) == Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert log.published() == Checkpoint(ORIGIN, 0, EMPTY_ROOT)


def test_nothing_is_published_before_it_is_signed(log: FolderLog) -> None:
    add(log, entries_of(0, 5))

    promise = log.extend(entries_of(5, 9), after=5)

    assert promise == checkpoint_of(entries_of(0, 9))
    require_whole(log, entries_of(0, 5))
    assert log.promised_entries() == entries_of(5, 9)


def test_what_was_promised_must_follow(log: FolderLog) -> None:
    add(log, entries_of(0, 5))
    log.extend(entries_of(5, 9), after=5)

    for broken in ([], entries_of(5, 8), entries_of(6, 12), list(reversed(entries_of(5, 9)))):
        with pytest.raises(PromiseBroken):
            log.extend(broken, after=5)

    require_whole(log, entries_of(0, 5))
    add(log, entries_of(5, 12))
    require_whole(log, entries_of(0, 12))
    assert log.promised_entries() == []


def test_the_log_never_shrinks_nor_turns(log: FolderLog) -> None:
    add(log, entries_of(0, 5))
    small = checkpoint_of(entries_of(0, 4))
    turned = checkpoint_of(entries_of(1, 6))
    larger = checkpoint_of(entries_of(0, 6))

    with pytest.raises(PublishedMore):
        log.publish(signed(small))
    with pytest.raises(AnotherRoot, match="another root"):
        log.publish(signed(turned))
    with pytest.raises(AnotherRoot, match="never written"):
        log.publish(signed(larger))
    with pytest.raises(AnotherLog):
        log.publish(signed(Checkpoint("other.example/log", 5, larger.root)))
    with pytest.raises(NoteRefused):
        log.publish(larger.text())

    require_whole(log, entries_of(0, 5))


def test_the_same_checkpoint_is_published_again_with_more_signatures(log: FolderLog) -> None:
    note = signed(add(log, entries_of(0, 5)))
    line = note.splitlines(keepends=True)[-1]

    log.publish(note + line)

    assert log.published_note() == note + line


def test_tiles_changed_behind_its_back_are_noticed(log: FolderLog, tmp_path: Path) -> None:
    add(log, entries_of(0, 5))
    path = tmp_path / "log" / Tile(0, 0, 5).path
    path.write_bytes(path.read_bytes()[:-32] + bytes(32))

    with pytest.raises(AnotherRoot):
        log.extend(entries_of(5, 6), after=5)

    assert log.published() == checkpoint_of(entries_of(0, 5))


def test_a_folder_holds_one_log(log: FolderLog, tmp_path: Path) -> None:
    add(log, entries_of(0, 5))
    other = FolderLog(tmp_path / "log", origin="other.example/log")

    with pytest.raises(AnotherLog):
        other.published()
    with pytest.raises(AnotherLog):
        other.extend(entries_of(0, 1), after=0)


def test_an_entry_too_large_is_refused_before_anything_is_promised(log: FolderLog) -> None:
    add(log, entries_of(0, 5))

    with pytest.raises(EntryTooLarge):
        log.extend([b"x" * 65_536], after=5)

    assert log.promised() == log.published() == checkpoint_of(entries_of(0, 5))


def test_parts_go_when_the_whole_is_published(log: FolderLog, tmp_path: Path) -> None:
    add(log, entries_of(0, 250))
    add(log, entries_of(250, 255))
    parts = tmp_path / "log/tile/0/000.p"
    assert sorted(one.name for one in parts.iterdir()) == ["250", "255"]

    add(log, entries_of(255, 257))

    assert not parts.exists()
    assert not (tmp_path / "log/tile/entries/000.p").exists()
    assert log.tile(Tile(0, 0, 250))[: 250 * 32] == log.tile(Tile(0, 0))[: 250 * 32]
    with pytest.raises(TileMissing):
        log.tile(Tile(0, 1, 9))


def test_proofs_are_made_from_the_folder(log: FolderLog) -> None:
    old = add(log, entries_of(0, 300))
    new = add(log, entries_of(300, 1000))
    read = log.reader(new.size)

    verify_inclusion(
        leaf=leaf_hash(entries_of(257, 258)[0]),
        index=257,
        size=1000,
        path=inclusion_path_at(257, 1000, read),
        root=new.root,
    )
    verify_consistency(
        old_size=300,
        old_root=old.root,
        new_size=1000,
        new_root=new.root,
        path=consistency_path_at(300, 1000, read),
    )


def test_whoever_began_from_another_size_writes_nothing_twice(log: FolderLog) -> None:
    add(log, entries_of(0, 5))

    for after in (4, 6):
        with pytest.raises(PublishedMeanwhile, match="5 entries are published"):
            log.extend(entries_of(4, 6), after=after)

    assert log.promised() == checkpoint_of(entries_of(0, 5))


def test_three_writers_at_once_leave_one_whole_log(log: FolderLog, tmp_path: Path) -> None:
    """A lease ran out while its holder was still writing."""
    together = threading.Barrier(3)

    def write() -> None:
        mine = FolderLog(tmp_path / "log", origin=ORIGIN)
        together.wait()
        for _ in range(20):
            held = mine.published()
            after = held.size if held else 0
            with suppress(PublishedMeanwhile, PublishedMore, PromiseBroken):
                checkpoint = mine.extend(entries_of(after, after + 3), after=after)
                mine.publish(signed(checkpoint))

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    held = log.published()
    assert held is not None
    assert held.size >= 60
    require_whole(log, entries_of(0, held.size))
