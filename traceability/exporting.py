"""A copy of the published log that answers without us: log, keys, guide, a page that checks.

The log is copied in the order it is published by (`FolderLog`): whatever stops an export, the
folder holds the log as it was, or the longer one. The guide is written last: a folder without it
is not whole, one with an older day is the older export.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from core import clock
from traceability.export_pages import GUIDE, NAMES, Facts, files_beside
from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.entries import read_entry
from traceability.log.errors import LogContradicts
from traceability.log.files import DiskFiles, Files
from traceability.log.folder import ASIDE, FolderLog, origin_of
from traceability.log.key_list import KEYS_FILE, stamping_key_list
from traceability.log.merkle import root_at
from traceability.log.notes import split_note
from traceability.log_errors import ExportAhead, ExportFolderTaken, ExportUnlike, LogNotPublished
from traceability.log_place import POLICY_FILE, LogPlace, log_place

READ_AT_ONCE = 5_120  # Entries: twenty bundles, some megabytes.
LOG = "log"  # Below it the files have the names of `/log/…`: https://ADDRESS/log is the log's.


@dataclass(frozen=True)
class Export:
    """What an export came to: how many entries it holds, and how many of them are new in it."""

    size: int
    new: int


def export_log(
    folder: Path, *, place: LogPlace | None = None, files: Files | None = None
) -> Export:
    """Write what is published now, and all that is needed to check it, into `folder`.

    An older export of the same log is continued. The new entries are held in memory, some hundred
    bytes each.

    Raises:
        LogNotPublished: there is nothing to export.
        ExportFolderTaken: the folder holds something else.
        ExportAhead: the export in it holds more than the log, which was restored to an older copy.
        ExportUnlike: the export in it holds another history.
        LogRefusal: the log's own folder is damaged; nothing of it is shown.
        OSError: the folder could not be written; the same call may be made again.
    """
    place, files = place or log_place(), files or DiskFiles()
    note = place.log.published_note()
    if note is None:
        raise LogNotPublished("nothing is published")
    _require_ours(folder, place)
    checkpoint = parse_checkpoint(split_note(note)[0])
    export = FolderLog(folder / LOG, origin=place.origin, files=files)
    before = export.published()
    if before is not None:
        _require_grown(folder, place.log, before, checkpoint)
    _copy(place.log, export, before.size if before else 0, checkpoint)
    policy = (place.folder / POLICY_FILE).read_text(encoding="utf-8")
    _write(files, folder / LOG / POLICY_FILE, policy.encode())
    _write(files, folder / LOG / KEYS_FILE, _stamping_keys(place.log, checkpoint.size))
    export.publish(note)
    _write_beside(files, folder, _facts(place, checkpoint, policy))
    return Export(checkpoint.size, checkpoint.size - (before.size if before else 0))


def _require_ours(folder: Path, place: LogPlace) -> None:
    """Nobody's own files are written over: a wrong folder is refused before anything is done."""
    known = origin_of(folder / LOG)
    strange = folder.exists() and any(
        one.name.removesuffix(ASIDE) not in {LOG, *NAMES} for one in folder.iterdir()
    )
    is_taken = known != place.origin if known else strange
    # Our own instance has its log there too, and beside it the key: nobody is to serve that.
    if is_taken or (folder / LOG).resolve() == place.folder.resolve():
        raise ExportFolderTaken(f"{folder} holds {known}", folder=folder)


def _require_grown(folder: Path, log: FolderLog, before: Checkpoint, now: Checkpoint) -> None:
    if now.size < before.size:
        raise ExportAhead(
            f"{before.size} entries are exported, {now.size} published",
            folder=folder,
            export=before.size,
            log=now.size,
        )
    if root_at(before.size, log.reader(now.size)) != before.root:
        raise ExportUnlike(f"the first {before.size} entries differ", folder=folder)


def _copy(log: FolderLog, export: FolderLog, before: int, checkpoint: Checkpoint) -> None:
    """Write the entries the export lacks; its own tiles must lead to the root that was signed."""
    if before == checkpoint.size:
        return
    made = export.extend(log.entries(before, checkpoint.size), after=before)
    if made != checkpoint:
        raise LogContradicts("the entries lead to another root than the checkpoint says")


def _stamping_keys(log: FolderLog, size: int) -> bytes:
    """The keys that sign stamps, as the log tells them: whoever audits the copy confirms them."""
    told = (
        (index, read_entry(raw))
        for first in range(0, size, READ_AT_ONCE)
        for index, raw in enumerate(log.entries(first, min(first + READ_AT_ONCE, size)), first)
        if b'"kind":"key"' in raw  # Few are: the others need not be read.
    )
    said = {"keys": stamping_key_list(told)}
    return json.dumps(said, indent=1).encode()


def _facts(place: LogPlace, checkpoint: Checkpoint, policy: str) -> Facts:
    labels = tuple(one.label for one in place.witnesses)
    return Facts(checkpoint.origin, checkpoint.size, clock.today(), policy, labels)


def _write_beside(files: Files, folder: Path, facts: Facts) -> None:
    for name, content in files_beside(facts):
        _write(files, folder / name, content)
    assert name == GUIDE, name
    files.sync_folder(folder)


def _write(files: Files, path: Path, content: bytes) -> None:
    """Write a file that readers see whole or not at all, where it is not there already."""
    if files.read(path) == content:
        return
    aside = path.with_name(path.name + ASIDE)
    files.make_folder(path.parent)
    files.write(aside, content)
    files.rename(aside, path)
    files.sync_folder(path.parent)
