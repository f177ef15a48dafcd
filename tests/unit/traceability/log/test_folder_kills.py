"""A publisher killed by the system at each act on a real disk: nothing published is gone."""

import os
import signal
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.traceability.log.disks import Breaking, Killed
from tests.unit.traceability.log.test_folder_crashes import (
    Life,
    acts,
    disk_with_instance,
    require_kept,
)
from traceability.log.files import DiskFiles

NOT_KILLED = 70  # The exit code of a child that lived on.


class Killing(Breaking):
    """At its act the process is gone: nothing unwinds, nothing is closed, no lock is given back."""

    def _act(self, whole: Callable[[], None], half: Callable[[], None]) -> None:
        try:
            super()._act(whole, half)
        except Killed:
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("how", ["half", "after"])  # "Before" one act is "after" the last.
def test_sigkill_at_any_act_unsays_nothing(tmp_path: Path, how: str) -> None:
    count = acts()
    for at in range(1, count + 1):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        ended = _lived_and_ended(folder / "log", at, how)
        assert os.WIFSIGNALED(ended), at
        assert os.WTERMSIG(ended) == signal.SIGKILL, at

        require_kept(_life_until(at, how, folder / "log"), DiskFiles())


def _lived_and_ended(folder: Path, at: int, how: str) -> int:
    """How a child ended that published into `folder` until its act `at`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Other tests' threads are not ours.
        child = os.fork()
    if child == 0:
        try:
            Life(Killing(DiskFiles(), at, how, Killed()), folder).live()
        finally:
            os._exit(NOT_KILLED)
    return os.waitpid(child, 0)[1]


def _life_until(at: int, how: str, folder: Path) -> Life:
    """What the child had said by then: the same life, told again in memory."""
    told = Life(Breaking(disk_with_instance(), at, how, Killed()))
    with pytest.raises(Killed):
        told.live()
    life = Life(DiskFiles(), folder)
    life.signed, life.published, life.publishing = told.signed, told.published, told.publishing
    return life
