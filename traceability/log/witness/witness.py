"""A witness: it cosigns a log's checkpoint only if the log did nothing but grow (tlog-witness)."""

from datetime import datetime

from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.cosignatures import cosign
from traceability.log.errors import CheckpointRefused, NoteRefused, ProofRefused
from traceability.log.merkle import verify_consistency
from traceability.log.notes import Note, SigningKey, open_note, signature_line, split_note
from traceability.log.witness.known_logs import KnownLogs
from traceability.log.witness.refusals import (
    ConsistencyRefused,
    MalformedRequest,
    NotSignedByLog,
    OldSizeTooLarge,
    SecondRoot,
    SizeConflict,
    UnknownLog,
)
from traceability.log.witness.requests import AddCheckpoint, parse_request
from traceability.log.witness.store import Seen, Store


class Witness:
    """A key, the logs it watches, and its memory of them."""

    def __init__(self, key: SigningKey, logs: KnownLogs, store: Store) -> None:
        """Takes the memory that belongs to the key."""
        self.key = key
        self.logs = logs
        self.store = store

    def add_checkpoint(self, body: bytes, *, at: datetime) -> str:
        """The cosignature line for what a log asks, remembered before it is signed.

        Killed at any step it has promised nothing that is not on its disk.

        Raises:
            WitnessRefusal: the log is told why not.
        """
        asked = parse_request(body)
        note, checkpoint = self._opened(asked.note)
        if asked.old_size > checkpoint.size:
            raise OldSizeTooLarge(f"old size {asked.old_size} > {checkpoint.size}")
        seen = self.store.latest(checkpoint.origin)
        if asked.old_size != seen.size:
            raise SizeConflict(seen.size)
        signed = _signed_by_log(note)
        self._require_growth(seen, checkpoint, asked, signed=signed, at=at)
        cosigned_at = self.store.advance(seen, checkpoint, note=signed, at=at)
        if cosigned_at is None:  # Another request was faster.
            raise SizeConflict(self.store.latest(checkpoint.origin).size)
        return cosign(note.text, self.key, cosigned_at)

    def latest_note(self, seen: Seen) -> str:
        """The checkpoint cosigned last with both signatures; Ed25519 gives the same bytes again."""
        text, _ = split_note(seen.note)
        return seen.note + cosign(text, self.key, seen.cosigned_at)

    def _opened(self, note: str) -> tuple[Note, Checkpoint]:
        """The note with the signatures of the log's own keys, and what it says."""
        try:
            text, _ = split_note(note)
            checkpoint = parse_checkpoint(text)
        except (NoteRefused, CheckpointRefused) as wrong:
            raise MalformedRequest(str(wrong)) from wrong
        keys = self.logs.keys_of(checkpoint.origin)
        if not keys:
            raise UnknownLog("this witness does not watch this log")
        try:
            return open_note(note, keys), checkpoint
        except NoteRefused as wrong:
            raise NotSignedByLog(str(wrong)) from wrong

    def _require_growth(
        self, seen: Seen, new: Checkpoint, asked: AddCheckpoint, *, signed: str, at: datetime
    ) -> None:
        if 0 < new.size == seen.size and new.root != seen.root:
            self.store.keep_contradiction(new, note=signed, at=at)
            raise SecondRoot(f"another root was cosigned for size {new.size}")
        try:
            verify_consistency(
                old_size=seen.size,
                old_root=seen.root,
                new_size=new.size,
                new_root=new.root,
                path=asked.path,
            )
        except ProofRefused as wrong:
            raise ConsistencyRefused(str(wrong)) from wrong


def _signed_by_log(note: Note) -> str:
    """The note with the log's signatures alone; strangers' lines are not kept."""
    lines = [signature_line(key, signature) for key, signature in note.signatures.items()]
    return f"{note.text}\n{''.join(lines)}"
