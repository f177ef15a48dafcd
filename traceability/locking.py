"""Whether the published log is locked: which witnesses cosigned it, and whether they are enough."""

from dataclasses import dataclass
from functools import lru_cache

from traceability.log.errors import NoteRefused
from traceability.log.notes import VerifyingKey, open_note
from traceability.log_place import LogPlace


@dataclass(frozen=True)
class Lock:
    """Whose cosignatures the published checkpoint bears, as people call them; who is needed."""

    names: tuple[str, ...]
    needed: int

    @property
    def is_shut(self) -> bool:
        """Whether enough witnesses cosigned; where none is asked for nobody ever does."""
        return 0 < self.needed <= len(self.names)


def lock_of(place: LogPlace) -> Lock:
    """Who locked what is published now. Signatures are checked, not taken from their names."""
    note = place.log.published_note()
    witnesses = place.witnesses if note else ()
    signers = _signers(note or "", tuple(one.key for one in witnesses))
    return Lock(tuple(one.label for one in witnesses if one.key in signers), place.quorum)


@lru_cache(maxsize=4)  # A checkpoint stands for a second at least; its signatures never change.
def _signers(note: str, keys: tuple[VerifyingKey, ...]) -> frozenset[VerifyingKey]:
    try:
        return frozenset(open_note(note, keys).signatures)
    except NoteRefused:  # None of them signed, or one of them something else.
        return frozenset()
