"""A way back after a lost database: the published log decides, nothing published is taken back.

`take_back` brings the entries of the log into a database that is empty or older than it;
`begin_log` begins another log under another name, with every entry of the database, where the key
or the folder is gone. The procedure for operators is docs/log-recovery.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.work import COMMAND, reading, transaction
from traceability import queries, service
from traceability.log.checkpoints import Checkpoint
from traceability.log.errors import LogContradicts
from traceability.log.files import DiskFiles
from traceability.log.folder import FolderLog, origin_of
from traceability.log.growing import Frontier
from traceability.log.key_file import read_key
from traceability.log.merkle import leaf_hash
from traceability.log.notes import SigningKey, open_note
from traceability.log_errors import LogBegun, LogFolderUnlike, LogNotPublished
from traceability.log_place import LogPlace, log_place
from traceability.publishing import AT_ONCE, BUSY, draw_key, signing_key
from traceability.service.lost_keys import settle_keys, sign_waiting_anew
from traceability.service.taking_back import Missed, take_back_entries

TAKEN_AT_ONCE = 500  # In one transaction: scans wait a tenth of a second for it.


@dataclass(frozen=True)
class TakenBack:
    """What taking back came to."""

    size: int  # Of the log, what was promised and not yet published included.
    entries: int  # Taken back.
    missed: tuple[Missed, ...]
    keys_ended: int
    signed_anew: int


def _tell_nobody(_missed: Missed) -> None:
    pass


def take_back(
    place: LogPlace | None = None, *, tell: Callable[[Missed], None] = _tell_nobody
) -> TakenBack:
    """Take the entries of the published log back into the database, in pieces.

    Publication goes on from there. What was begun is gone on with by the same call; `missed` then
    names what that call took back. `tell` hears of each before its piece is committed: whatever
    stops this, nothing is taken back of which nobody was told; it must not wait for anybody.

    Raises:
        LogNotPublished: the folder holds no log; nothing can be taken back.
        LogFolderUnlike: the database holds other entries than the log: it is another log's.
        LogKeyMissing, LogKeyUnlike: nobody could go on with this log.
        LogRefusal: the folder is damaged, or its checkpoint is not signed by our key.
        OSError: it cannot be read.
    """
    place = place or log_place()
    if origin_of(place.folder) is None:
        raise LogNotPublished(f"{place.folder} holds no log")
    key = signing_key(place)
    with DiskFiles().alone(place.folder / BUSY):
        promise = _largest(place.log, key)
        placed = _require_ours(place.log, promise)
        missed: list[Missed] = []
        for first, bodies in _pieces(place.log, placed, promise.size, TAKEN_AT_ONCE):
            with transaction(by=COMMAND) as work:
                found = take_back_entries(work, first=first, bodies=bodies)
                for one in found:
                    tell(one)
            missed += found
        with transaction(by=COMMAND) as work:
            ended, signed = settle_keys(work), sign_waiting_anew(work)
    taken = max(promise.size - placed, 0)
    return TakenBack(promise.size, taken, tuple(missed), ended, signed)


def begin_log(name: str, place: LogPlace | None = None) -> SigningKey:
    """Begin another log under `name` in an empty folder, with a key of its own.

    Every entry of the database will be published in it, at the place it had. The old log stays as
    it is, for whoever serves its copy. What a crash left is gone on with by the same call.

    Raises:
        LogBegun: the folder holds a log, or the key of another is in the place of its own.
        KeyRefused: no log can bear this name.
        OSError: folder or key cannot be written.
    """
    place = place or log_place()
    SigningKey.generate(name)  # Refuses a name that no log can bear, before anything is done.
    known = origin_of(place.folder) or name
    if place.key_file.exists():
        known = read_key(place.key_file).name
    if known != name or (origin_of(place.folder) and place.log.published()):
        raise LogBegun(f"{known} is here", folder=place.folder, file=place.key_file, name=known)
    FolderLog(place.folder, origin=name).extend([], after=0)
    more = True
    while more:
        with transaction(by=COMMAND) as work:
            more = service.note_unpublished(work, limit=AT_ONCE)
    return signing_key(place) if place.key_file.exists() else draw_key(place)


def _largest(folder: FolderLog, key: SigningKey) -> Checkpoint:
    """The largest tree ever handed out for signing: a witness may have cosigned it."""
    note, promised = folder.published_note(), folder.promised()
    if note is not None:
        open_note(note, [key.verifying_key])
    published = folder.published()
    known = [one for one in (promised, published) if one is not None]
    return max(known, key=lambda one: one.size)


def _require_ours(folder: FolderLog, promise: Checkpoint) -> int:
    """How many entries the database has at their places, all of which must be the log's.

    The whole log is read before anything of it is believed, and leads to what we signed too: the
    promise bears no signature.
    """
    signed = {one.size: one.root for one in (promise, folder.published()) if one is not None}
    frontier, placed = Frontier(), 0
    for first, bodies in _pieces(folder, 0, promise.size, AT_ONCE):
        with reading() as session:
            ours = queries.entries_from(session, first, limit=AT_ONCE)[: len(bodies)]
        for number, (own, body) in enumerate(zip(ours, bodies, strict=False), first):
            if own != body:
                raise LogFolderUnlike(f"entry {number} differs", number=number)
        placed += len(ours)
        for body in bodies:
            frontier.add(leaf_hash(body.encode()))
            if frontier.size in signed and frontier.root() != signed[frontier.size]:
                raise LogContradicts("the entries lead to another root than was signed")
    return placed


def _pieces(
    folder: FolderLog, first: int, end: int, at_once: int
) -> Iterator[tuple[int, list[str]]]:
    for start in range(first, end, at_once):
        entries = folder.entries(start, min(start + at_once, end))
        yield start, [entry.decode() for entry in entries]
