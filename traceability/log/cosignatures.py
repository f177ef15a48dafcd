"""Cosignatures (c2sp.org/tlog-cosignature): a witness says that it saw a log only grow."""

from datetime import UTC, datetime

from traceability.log.errors import NoteRefused
from traceability.log.notes import (
    COSIGNATURE,
    TIME_BYTES,
    Note,
    SigningKey,
    VerifyingKey,
    cosigned_message,
    signature_line,
)


def cosign(checkpoint_text: str, key: SigningKey, at: datetime) -> str:
    """The signature line by which the witness `key` cosigns a checkpoint's text at a moment."""
    posix = int(at.timestamp())
    signature = key.sign(cosigned_message(checkpoint_text, posix))
    return signature_line(key.witness_key, posix.to_bytes(TIME_BYTES, "big") + signature)


def cosigned_at(note: Note, key: VerifyingKey) -> datetime:
    """When the witness `key`, whose signature an opened note bears, says it cosigned.

    Raises:
        NoteRefused: it says a moment beyond all calendars.
    """
    assert key.algorithm == COSIGNATURE, key.name
    posix = int.from_bytes(note.signatures[key][:TIME_BYTES], "big")
    try:
        return datetime.fromtimestamp(posix, UTC)
    except (OverflowError, ValueError, OSError) as wrong:
        raise NoteRefused(f"{key.name} cosigned at no moment of a calendar") from wrong
