"""What a passkey signs: a moment and chance, marked by us; stored only once it is answered."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.sealing import Sealer

LASTS = timedelta(minutes=15)
CHANCE_BYTES = 16
_MOMENT_BYTES = 8


@dataclass(frozen=True)
class Place:
    """Where passkeys are made and used: a passkey of another place does not answer here."""

    host: str  # Without port.
    origin: str


@dataclass(frozen=True)
class Asked:
    """What a passkey was asked: where, for what and in which browser, marked by whom."""

    place: Place
    about: str
    sealer: Sealer


def new_challenge(sealer: Sealer, *, about: str, now: datetime, chance: bytes) -> bytes:
    """A challenge for one purpose and browser, named by `about`."""
    head = int((now + LASTS).timestamp()).to_bytes(_MOMENT_BYTES, "big") + chance
    return head + _mark(sealer, head, about)


def until(sealer: Sealer, challenge: bytes, *, about: str) -> datetime | None:
    """Until when a challenge can be answered; None: it is not ours, or of something else."""
    head = challenge[: _MOMENT_BYTES + CHANCE_BYTES]
    if not hmac.compare_digest(challenge[len(head) :], _mark(sealer, head, about)):
        return None
    return datetime.fromtimestamp(int.from_bytes(head[:_MOMENT_BYTES], "big"), UTC)


def _mark(sealer: Sealer, head: bytes, about: str) -> bytes:
    return sealer.digest(head.hex(), about=f"challenge {about}")
