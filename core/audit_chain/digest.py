"""What is hashed of an entry, and what its own hash proves."""

import hashlib
import json
from enum import StrEnum

from core.audit import AuditEntry

BEFORE_FIRST = "0" * 64  # What the first entry of a chain carries.
# Everything an entry says. A column added later is named here too: what has no value is left out
# of the text, so entries sealed before it keep their hash.
SAID = (
    "act",
    "refused",
    "object_kind",
    "object_id",
    "enterprise_id",
    "by_kind",
    "by_person_id",
    "by_enterprise_id",
    "by_consent_id",
    "details",
)


class Proof(StrEnum):
    """What an entry's seal says of the entry alone; `check` says it of the whole chain."""

    WAITING = "waiting"  # The worker has not sealed it yet: a minute at most.
    HOLDS = "holds"
    BROKEN = "broken"  # It does not say any more what was sealed.


def hash_of(entry: AuditEntry, *, number: int, hash_before: str) -> str:
    """SHA-256, in hex, of an entry at its place in the chain."""
    said = {name: getattr(entry, name) for name in SAID}
    text = json.dumps(
        {
            **{name: value for name, value in said.items() if value is not None},
            "number": number,
            "hash_before": hash_before,
            "day": entry.day.isoformat(),
            "public_id": entry.public_id,
            "at": entry.at.isoformat(timespec="microseconds"),
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def proof_of(entry: AuditEntry) -> Proof:
    """What the seal of one entry proves. Asks the database nothing."""
    if entry.number is None or entry.hash_before is None:
        return Proof.WAITING
    worked_out = hash_of(entry, number=entry.number, hash_before=entry.hash_before)
    return Proof.HOLDS if worked_out == entry.hash else Proof.BROKEN
