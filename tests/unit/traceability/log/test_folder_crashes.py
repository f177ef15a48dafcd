"""Every act on the disk is broken once, in every way; nothing published or promised is unsaid."""

import errno
from collections.abc import Callable
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
from tests.unit.traceability.log.disks import Breaking, ForgetfulDisk, Killed
from traceability.log.checkpoints import Checkpoint
from traceability.log.files import DiskFiles, Files
from traceability.log.folder import FolderLog

FOLDER = Path("/instance/log")
SIZES = (3, 258, 260)  # What is published in turn: a part, a whole tile with a part, a part more.
NO_FAULT = 10**9


class Life:
    """What one publisher does until it dies, and what it has said by then."""

    def __init__(self, files: Files, folder: Path = FOLDER) -> None:
        self.log = FolderLog(folder, origin=ORIGIN, files=files)
        self.signed: list[Checkpoint] = []
        self.published = 0
        self.publishing = 0

    def live(self) -> None:
        for size in SIZES:
            checkpoint = self.log.extend(entries_of(self.published, size), after=self.published)
            self.signed.append(checkpoint)  # From here on a witness may have cosigned it.
            self.publishing = size
            self.log.publish(signed(checkpoint))
            self.published = size


def disk_with_instance() -> ForgetfulDisk:
    disk = ForgetfulDisk()
    disk.make_folder(FOLDER.parent)
    disk.sync_folder(Path("/"))
    return disk


def acts() -> int:
    counting = Breaking(disk_with_instance(), NO_FAULT, "before", Killed())
    Life(counting).live()
    return counting.done


def require_kept(life: Life, files: Files) -> None:
    """After a restart: what was said still stands, and the log goes on from there."""
    log = FolderLog(life.log._folder, origin=ORIGIN, files=files)
    held = log.published()
    size = held.size if held else 0
    assert size in {life.published, life.publishing}
    require_whole(log, entries_of(0, size))

    promised = log.promised_entries()
    assert promised == entries_of(size, size + len(promised))
    for checkpoint in life.signed:
        assert checkpoint == checkpoint_of(entries_of(0, checkpoint.size))
        assert checkpoint.size <= size + len(promised)

    add(log, entries_of(size, 270))
    require_whole(log, entries_of(0, 270))


def all_lost(path: Path) -> bool:
    return False


def all_kept(path: Path) -> bool:
    return True


def some_kept(path: Path) -> bool:
    return len(path.name) % 2 == 0


@pytest.mark.parametrize("keeps", [all_lost, all_kept, some_kept])
@pytest.mark.parametrize("how", ["before", "half", "after"])
def test_a_power_cut_at_any_act_unsays_nothing(how: str, keeps: Callable[[Path], bool]) -> None:
    count = acts()
    assert count > 60
    for at in range(1, count + 1):
        disk = disk_with_instance()
        life = Life(Breaking(disk, at, how, Killed()))
        with pytest.raises(Killed):
            life.live()
        disk.lose_power(keeps)

        require_kept(life, disk)


@pytest.mark.parametrize("how", ["before", "half", "after"])
def test_a_full_disk_at_any_act_unsays_nothing(how: str) -> None:
    for at in range(1, acts() + 1):
        disk = disk_with_instance()
        life = Life(Breaking(disk, at, how, OSError(errno.ENOSPC, "No space left on device")))
        with pytest.raises(OSError, match="No space left"):
            life.live()

        require_kept(life, disk)


def test_the_same_call_succeeds_after_an_error_of_a_real_disk(tmp_path: Path) -> None:
    for at in range(1, acts() + 1, 7):
        folder = tmp_path / str(at)
        folder.mkdir()
        broken = Breaking(DiskFiles(), at, "half", OSError(errno.EIO, "Input/output error"))
        life = Life(broken, folder / "log")
        with pytest.raises(OSError, match="Input/output"):
            life.live()

        held = life.log.published()
        add(life.log, entries_of(held.size if held else 0, 270))
        require_whole(life.log, entries_of(0, 270))


def test_a_disk_that_forgets_renames_is_what_these_tests_stand_on() -> None:
    """Were the folder of the checkpoint not synced, the sweep above would notice."""

    class Careless(ForgetfulDisk):
        def sync_folder(self, path: Path) -> None:
            if path != FOLDER:
                super().sync_folder(path)

    disk = Careless()
    disk.make_folder(FOLDER.parent)
    disk.sync_folder(Path("/"))
    life = Life(disk)
    life.live()
    disk.lose_power(all_lost)

    with pytest.raises(AssertionError):
        require_kept(life, disk)
