"""The proof of one stamp, put together from its batch's tree and the published log."""

from sqlalchemy.orm import Session
from structlog import get_logger

from core import gs1
from traceability import queries
from traceability.log.checkpoints import parse_checkpoint
from traceability.log.errors import LogRefusal
from traceability.log.folder import FolderLog
from traceability.log.merkle import inclusion_path_at, tile_reader
from traceability.log.notes import split_note
from traceability.log.proofs import LoggedEntry, StampProof
from traceability.log_errors import ProofNotYet
from traceability.log_place import LogPlace
from traceability.queries import BatchEntry, StampRow
from traceability.rules import serial_text
from traceability.rules.batch_trees import path_tiles
from traceability.service.committing import blinding_of

_log = get_logger()


def stamp_proof(session: Session, stamp: StampRow, place: LogPlace) -> StampProof:
    """What shows that the stamp is of its batch, and the batch in the log; three statements.

    Raises:
        ProofNotYet: its batch is not published yet, or the log cannot be read just now.
    """
    try:
        return _made(session, stamp, place.log)
    except (OSError, LogRefusal) as away:
        _log.warning("the public log cannot be read", why=type(away).__name__)
        raise ProofNotYet(f"batch {stamp.batch_id}: {type(away).__name__}") from away


def _made(session: Session, stamp: StampRow, log: FolderLog) -> StampProof:
    note = log.published_note()
    size = parse_checkpoint(split_note(note)[0]).size if note else 0
    known = queries.batch_entries(session, stamp.batch_id, ordinal=stamp.ordinal)
    entries = [one for one in known if one.index < size]
    batch = next((one for one in entries if one.kind == "batch"), None)
    commitment = queries.commitment_of(session, stamp.batch_id)
    if note is None or batch is None or commitment is None:
        raise ProofNotYet(f"batch {stamp.batch_id}")
    place_in_batch = stamp.ordinal - 1
    needed = path_tiles(place_in_batch, commitment.leaves)
    tiles = queries.batch_tiles(session, stamp.batch_id, needed)
    read = tile_reader(lambda level, position: tiles[level, position])
    keys = [one for one in entries if one.kind == "key" and one.index < batch.index]
    acts = [one for one in entries if one.kind != "key" and one.index > batch.index]
    return StampProof(
        uri=gs1.stamp_uri(commitment.base_url, stamp.gtin, serial_text(stamp.serial)),
        blinding=blinding_of(commitment, stamp.gtin).of(stamp.serial),
        index=place_in_batch,
        path=tuple(inclusion_path_at(place_in_batch, commitment.leaves, read)),
        entry=_logged(log, batch, size),
        checkpoint=note,
        later=tuple(_logged(log, one, size) for one in acts),
        keys=tuple(_logged(log, one, size) for one in keys),
    )


def _logged(log: FolderLog, entry: BatchEntry, size: int) -> LoggedEntry:
    path = inclusion_path_at(entry.index, size, log.reader(size))
    return LoggedEntry(entry.body.encode(), entry.index, tuple(path))
