"""Whether the published log is locked: which witnesses cosigned it, and whether they are enough."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from structlog import get_logger

from traceability.log.cosignatures import cosigned_at
from traceability.log.errors import LogRefusal, NoteRefused
from traceability.log.notes import Note, VerifyingKey, open_note
from traceability.log.witness.places import WitnessPlace
from traceability.log_place import LogPlace

_log = get_logger()


@dataclass(frozen=True)
class Lock:
    """Whose cosignatures the published checkpoint bears, as people call them; who is needed."""

    names: tuple[str, ...]
    needed: int
    until_at: datetime | None = None  # As many as are needed signed then or later; None: unknown.
    is_away: bool = False  # The log cannot be read just now: nothing is known of it.

    @property
    def is_shut(self) -> bool:
        """Whether enough witnesses cosigned; where none is asked for nobody ever does."""
        return 0 < self.needed <= len(self.names)


def lock_of(place: LogPlace) -> Lock:
    """Who locked what is published now. Signatures are checked, not taken from their names.

    A log that cannot be read takes no page down: it is away, and a line of our own log says so.
    """
    try:
        note = place.log.published_note()
    except (OSError, LogRefusal) as away:
        _log.warning("the public log cannot be read", why=type(away).__name__)
        return Lock((), place.quorum, is_away=True)
    witnesses = place.witnesses if note else ()
    signers = _signers(note or "", tuple(one.key for one in witnesses))
    names = tuple(one.label for one in witnesses if one.key in signers)
    return Lock(names, place.quorum, _until(signers.values(), place.quorum))


@dataclass(frozen=True)
class Signing:
    """Whether a witness we ask cosigned the published checkpoint, and when it says it did."""

    label: str
    has_signed: bool
    at: datetime | None  # None: it did not, or at a moment of no calendar.


def signings_of(note: str | None, witnesses: Sequence[WitnessPlace]) -> tuple[Signing, ...]:
    """What each witness did with a checkpoint; signatures are checked, not taken from names."""
    signers = _signers(note or "", tuple(one.key for one in witnesses))
    return tuple(Signing(one.label, one.key in signers, signers.get(one.key)) for one in witnesses)


@lru_cache(maxsize=4)  # A checkpoint stands for a second at least; its signatures never change.
def _signers(note: str, keys: tuple[VerifyingKey, ...]) -> Mapping[VerifyingKey, datetime | None]:
    """Who signed, and when they say they did; None: at a moment of no calendar."""
    try:
        opened = open_note(note, keys)
    except NoteRefused:  # None of them signed, or one of them something else.
        return {}
    return {key: _moment(opened, key) for key in opened.signatures}


def _moment(note: Note, key: VerifyingKey) -> datetime | None:
    try:
        return cosigned_at(note, key)
    except NoteRefused:
        return None


def _until(moments: Collection[datetime | None], needed: int) -> datetime | None:
    """The latest moment at or after which so many signed: one clock ahead makes it no newer."""
    known = sorted((at for at in moments if at is not None), reverse=True)
    return known[needed - 1] if 0 < needed <= len(known) else None
