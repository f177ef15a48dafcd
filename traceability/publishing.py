"""Publishing the log: what waits gets its place, is written, signed, witnessed, then shown.

Each step may be the last before a crash. The places are committed before anything is signed, the
folder keeps what it promised before anybody cosigns it, so whoever goes on makes the same tree.
Nothing here holds a transaction open while it writes files or asks the network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from structlog import get_logger

from core.work import WORKER, reading, transaction
from traceability import queries, service
from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.errors import KeyRefused, NoteRefused
from traceability.log.files import DiskFiles
from traceability.log.folder import FolderLog
from traceability.log.key_file import read_key, write_key
from traceability.log.merkle import consistency_path_at
from traceability.log.notes import (
    SigningKey,
    VerifyingKey,
    add_lines,
    open_note,
    sign_note,
    signature_line,
    split_note,
)
from traceability.log.witness.client import Gathered, gather_cosignatures
from traceability.log_errors import (
    LogFolderBehind,
    LogFolderUnlike,
    LogForked,
    LogKeyMissing,
    LogKeyUnlike,
    LogRecordsBehind,
)
from traceability.log_place import POLICY_FILE, LogPlace, log_place

AT_ONCE = 5_000  # Entries under one checkpoint: some megabytes, a quarter of a second.
BUSY = "publishing"  # Locked by whoever publishes; a process that dies lets go.

log = get_logger()


@dataclass(frozen=True)
class Publication:
    """What a publication came to: the log's size, how much was new, who cosigned the last."""

    size: int
    new: int
    witnesses: tuple[str, ...] = ()
    quorum: int = 0

    @property
    def is_witnessed(self) -> bool:
        """Whether as many witnesses cosigned as the policy asks for."""
        return len(self.witnesses) >= self.quorum


def publish(place: LogPlace | None = None) -> Publication:
    """Publish every entry that waits now; one process at a time, others wait for it.

    What comes meanwhile is the next call's: a busy day must not keep the worker here for ever.

    Raises:
        LogKeyMissing: there is no key to sign with, or it is closed to us.
        LogKeyUnlike: the key is another log's.
        LogRecordsBehind: the log holds entries the database does not have: an older copy of it
            was restored.
        LogFolderBehind: the folder holds less than was published: an older copy was restored.
        LogFolderUnlike: it holds other entries.
        LogForked: as many witnesses as lock the log, and more than sign this one, say they
            cosigned another: database and folder were both restored to an older copy.
        LogRefusal: the folder is damaged.
        OSError: it could not be written; nothing published is lost.
    """
    place = place or log_place()
    key = signing_key(place)
    place.folder.mkdir(parents=True, exist_ok=True)
    with DiskFiles().alone(place.folder / BUSY):
        before = _checked_size(place.log)
        done, due = Publication(before, 0), _waiting()
        while done.size - before < due:
            _give_places()
            some = _publish_some(place, key)
            if some is None:  # Fewer than thought: some were published before a crash.
                break
            done = some
        if done.size == before:
            done = Publication(before, 0, _ask_again(place, key))
        return Publication(done.size, done.size - before, done.witnesses, place.quorum)


def lacks_witnesses(place: LogPlace | None = None) -> bool:
    """Whether fewer witnesses cosigned what is published than a verifier asks for."""
    place = place or log_place()
    note = place.log.published_note()
    return note is not None and len(_cosignatures(place, note)) < place.quorum


def signing_key(place: LogPlace) -> SigningKey:
    """The key that signs this log; in the demo it is drawn where there is none.

    Raises:
        LogKeyMissing: there is none, it is closed to us, or broken.
        LogKeyUnlike: it is another log's.
    """
    try:
        if place.draws_key and not place.key_file.exists():
            draw_key(place)
        key = read_key(place.key_file)
    except (OSError, KeyRefused) as closed:
        raise LogKeyMissing(str(closed), file=place.key_file) from closed
    if key.name != place.origin:
        raise LogKeyUnlike(
            f"the key is of {key.name}", file=place.key_file, name=key.name, origin=place.origin
        )
    return key


def draw_key(place: LogPlace) -> SigningKey:
    """Draw the log's key into its file, readable by this user alone.

    Raises:
        FileExistsError: a key is there, and stays.
    """
    place.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = SigningKey.generate(place.origin)
    write_key(place.key_file, key)
    return key


def _checked_size(folder: FolderLog) -> int:
    """How much is published, where database and folder are of one mind.

    Whatever was promised counts: a witness may have cosigned it.
    """
    published, promised = folder.published(), folder.promised()
    size = published.size if published else 0
    known = max(size, promised.size if promised else 0)
    with reading() as session:
        extent = queries.log_extent(session)
        last = queries.entry_at(session, known - 1)
    if extent.placed < known:
        raise LogRecordsBehind(
            f"{extent.placed} entries placed, {known} promised", log=known, records=extent.placed
        )
    if size < extent.published:
        raise LogFolderBehind(
            f"{size} in the folder, {extent.published} published",
            folder=size,
            records=extent.published,
        )
    if known and (last is None or folder.entries(known - 1, known) != [last.encode()]):
        raise LogFolderUnlike(f"entry {known - 1} differs", number=known)
    return size


def _give_places() -> None:
    with transaction(by=WORKER) as work:
        service.place_entries(work, limit=AT_ONCE)


def _waiting() -> int:
    with reading() as session:
        return queries.waiting_entries(session).count


def _publish_some(place: LogPlace, key: SigningKey) -> Publication | None:
    """Publish the next entries that have their place; None where there are none.

    A crash after the checkpoint is shown and before the rows say so is made up for by the next
    call: the rows follow the folder, never the folder the rows.
    """
    folder = place.log
    old = folder.published()
    after = old.size if old else 0
    promised = folder.promised()
    least = promised.size - after if promised else 0
    with reading() as session:
        bodies = queries.entries_from(session, after, limit=max(AT_ONCE, least))
    if not bodies:
        _note(after)
        return None
    checkpoint = folder.extend([body.encode() for body in bodies], after=after)
    note = sign_note(checkpoint.text(), [key])
    gathered = _cosigned(place, note, checkpoint, old_size=after)
    _show_policy(place, key)
    folder.publish(add_lines(note, gathered.lines))
    _note(checkpoint.size)
    witnesses = tuple(one.key.name for one in gathered.signed_by)
    return Publication(checkpoint.size, checkpoint.size - after, witnesses, place.quorum)


def _cosigned(place: LogPlace, note: str, checkpoint: Checkpoint, *, old_size: int) -> Gathered:
    """What the witnesses say. Below the quorum it is published all the same, and not yet proved.

    What one says it saw is no evidence: nobody signed it. So a liar does not hold the log up, also
    where all others are away; against as many as lock the log nothing is shown.

    Raises:
        LogForked: they cosigned what this checkpoint does not continue.
    """
    folder = place.log

    def path_from(size: int) -> Sequence[bytes]:
        return consistency_path_at(size, checkpoint.size, folder.reader(checkpoint.size))

    gathered = gather_cosignatures(
        note,
        make_proof=path_from,
        witnesses=place.witnesses,
        quorum=place.quorum,
        old_size=old_size,
    )
    for left in gathered.left_out:
        log.warning("witness left out", witness=left.witness.key.name, why=left.why)
    against = sum(left.saw_another for left in gathered.left_out)
    if against > len(gathered.signed_by) and against >= place.quorum:
        raise LogForked(f"{against} witnesses saw another log", count=against)
    return gathered


def _ask_again(place: LogPlace, key: SigningKey) -> tuple[str, ...]:
    """Who cosigned what is published; where they are too few, all are asked once more."""
    note = place.log.published_note()
    if note is None:
        return ()
    known = _cosignatures(place, note)
    if lacks_witnesses(place):
        checkpoint = parse_checkpoint(split_note(note)[0])
        bare = sign_note(checkpoint.text(), [key])
        gathered = _cosigned(place, bare, checkpoint, old_size=checkpoint.size)
        known |= _cosignatures(place, add_lines(bare, gathered.lines))
        lines = [signature_line(one, signature) for one, signature in known.items()]
        _show_policy(place, key)
        place.log.publish(add_lines(bare, lines))
    return tuple(one.name for one in known)


def _cosignatures(place: LogPlace, note: str) -> dict[VerifyingKey, bytes]:
    """The cosignatures of our witnesses on a note."""
    try:
        return open_note(note, [one.key for one in place.witnesses]).signatures
    except NoteRefused:  # None of them signed it yet.
        return {}


def _show_policy(place: LogPlace, key: SigningKey) -> None:
    """Keep whom to believe beside the checkpoint, for those who may not read the key."""
    path, text = place.folder / POLICY_FILE, place.policy(key.verifying_key)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        aside = path.with_suffix(".new")
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)


def _note(size: int) -> None:
    """Say of the rows below `size` that they are published, in pieces."""
    more = True
    while more:
        with transaction(by=WORKER) as work:
            more = service.note_published(work, size=size, limit=AT_ONCE)
