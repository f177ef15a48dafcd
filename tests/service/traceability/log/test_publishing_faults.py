"""Publishing broken at each of its acts on the disk: the next run goes on with the same tree."""

import errno

import pytest
from flask import Flask

from tests.service.traceability.log.test_publishing import is_true, shown
from tests.service.traceability.log.witnessed import issue
from tests.unit.traceability.log.disks import Breaking, Killed
from traceability.log.files import DiskFiles
from traceability.log.folder import FolderLog
from traceability.log_place import LogPlace
from traceability.publishing import publish

NO_FAULT = 10**9


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Breaking:
    """The disk on which the application publishes; set `at` to break an act."""
    disk = Breaking(DiskFiles(), NO_FAULT, "before", Killed())

    def log_of(place: LogPlace) -> FolderLog:
        return FolderLog(place.folder, origin=place.origin, files=disk)

    monkeypatch.setattr(LogPlace, "log", property(log_of))
    return disk


@pytest.mark.parametrize(
    ("how", "fault"),
    [("half", OSError(errno.EIO, "Input/output error")), ("after", Killed())],
    ids=["error within", "killed after"],
)
def test_a_fault_at_any_act_of_publishing_loses_nothing_published(
    app: Flask, broken: Breaking, how: str, fault: BaseException
) -> None:
    issue()
    publish()
    issue()
    broken.done = 0
    publish()
    acts, size = broken.done, 4
    assert acts >= 15

    broken.how, broken.fault = how, fault
    for at in range(1, acts + 1):
        issue()
        broken.done, broken.at = 0, at
        with pytest.raises(type(fault)):
            publish()
        assert shown().size in {size, size + 2}, at

        broken.at = NO_FAULT
        size = publish().size
        assert shown().size == size == 4 + 2 * at
        assert is_true(), at
