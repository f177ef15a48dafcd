"""Whether the published log is locked: which witnesses cosigned it, and whether they are enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from structlog import get_logger

from traceability.log.cosignatures import cosigned_at
from traceability.log.errors import LogRefusal, NoteRefused
from traceability.log.notes import VerifyingKey, open_note
from traceability.log_place import LogPlace

_log = get_logger()


@dataclass(frozen=True)
class Lock:
    """Whose cosignatures the published checkpoint bears, as people call them; who is needed."""

    names: tuple[str, ...]
    needed: int
    until_at: datetime | None = None  # When the last of them signed: what it holds is as of then.
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
    return Lock(names, place.quorum, max(signers.values(), default=None))


@lru_cache(maxsize=4)  # A checkpoint stands for a second at least; its signatures never change.
def _signers(note: str, keys: tuple[VerifyingKey, ...]) -> Mapping[VerifyingKey, datetime]:
    """Who signed, and when they say they did."""
    try:
        opened = open_note(note, keys)
        return {key: cosigned_at(opened, key) for key in opened.signatures}
    except NoteRefused:  # None of them signed, or one of them something else.
        return {}
