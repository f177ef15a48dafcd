"""What becomes of a case of a suspected fake: its states, and who may go from one to the next."""

from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """On whose behalf somebody works on a case."""

    MAKER = "maker"
    OFFICE = "office"


class CaseState(StrEnum):
    """How far a case is: new → looking → one of three ends; from an end back to looking."""

    NEW = "new"
    LOOKING = "looking"
    FAKE = "fake"
    GENUINE = "genuine"
    UNCLEAR = "unclear"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a conclusion."""
        return self not in ENDS


class Measure(StrEnum):
    """What a confirmed fake does to stamps."""

    NONE = "none"
    SUSPICIOUS = "suspicious"
    VOID = "void"


class CaseAct(StrEnum):
    """What is done with a case, as its history has it."""

    OPENED = "opened"
    TAKEN = "taken"
    NOTED = "noted"
    FAKE = "fake"
    GENUINE = "genuine"
    UNCLEAR = "unclear"
    LIFTED = "lifted"  # The conclusion was taken back, and what it did to stamps with it.


ENDS: Final = frozenset({CaseState.FAKE, CaseState.GENUINE, CaseState.UNCLEAR})
_NEXT: Final = {
    CaseState.NEW: frozenset({CaseState.LOOKING}),
    CaseState.LOOKING: ENDS,
    **dict.fromkeys(ENDS, frozenset({CaseState.LOOKING})),
}


def follows(before: CaseState, after: CaseState) -> bool:
    """Say whether a case may go from `before` to `after`."""
    return after in _NEXT[before]


def states_before(after: CaseState) -> frozenset[CaseState]:
    """Give the states from which a case may come to `after`."""
    return frozenset(state for state in CaseState if follows(state, after))


def may_lift(side: Side, concluded_by: Side) -> bool:
    """Say whether one side may take the conclusion back: an office's stands for the maker."""
    return side is Side.OFFICE or concluded_by is Side.MAKER
