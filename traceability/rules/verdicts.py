"""What a check says: verdict, case, notices, grade, seal. The words are the templates'."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from traceability.rules.claims import LATER_ATTENTIVE
from traceability.rules.scratch_codes import CodeUse

MANY_OCCASIONS: Final = 5  # Case D: this many earlier occasions, whenever they were, or …
MANY_EARLY: Final = 3  # … this many, on …
MANY_EARLY_DAYS: Final = 3  # … so many days within `occasions.EARLY_DAYS` of activation.
FEW_OCCASIONS: Final = 2  # Case C begins here.
USE_SOON_DAYS: Final = 7  # A week is time to eat a pack, or to choose a fresher one.


class StampState(StrEnum):
    """What was last done with a stamp. A stamp that was never issued has no state."""

    PRINTED = "printed"
    ACTIVE = "active"
    VOID = "void"
    DOUBTED = "doubted"  # Costly evidence says that it was copied.


class VoidReason(StrEnum):
    """Why a stamp was cancelled."""

    SPOILED = "spoiled"
    LOST = "lost"
    RETURNED = "returned"
    REPLACED = "replaced"
    FAKED = "faked"


class Doubt(StrEnum):
    """Which costly evidence makes a stamp suspicious; each has its own text."""

    CASE = "case"  # A confirmed case: its maker or an office saw goods that are not theirs.
    PATTERN = "pattern"  # Unusual checks, a photo, and places of two provinces: rules/copies.py.


class Grade(StrEnum):
    """How much care a page asks for."""

    CALM = "calm"
    ATTENTIVE = "attentive"
    STOP = "stop"

    @property
    def weight(self) -> int:
        """0 calm, 1 attentive, 2 stop: the worst of several is the heaviest."""
        return list(Grade).index(self)


class Verdict(StrEnum):
    """What a check says, the gravest first."""

    NOT_ISSUED = "not_issued"
    RECALLED = "recalled"
    VOID = "void"
    SUSPICIOUS = "suspicious"
    NOT_ACTIVATED = "not_activated"
    CHECKED_BEFORE = "checked_before"
    FIRST_CHECK = "first_check"

    @property
    def status(self) -> int:
        """The HTTP status of its page."""
        return 404 if self is Verdict.NOT_ISSUED else 200


class Case(StrEnum):
    """Which text of `checked_before` fits."""

    SAME = "same"  # A: just now, on the visitor's own network.
    ONCE = "once"  # B
    FEW = "few"  # C
    MANY = "many"  # D


class Notice(StrEnum):
    """What stands beside a verdict, in the order of the page."""

    EXPIRED = "expired"
    USE_SOON = "use_soon"
    LOT_ON_HOLD = "lot_on_hold"
    STARS_LAPSED = "stars_lapsed"
    CERTIFICATE_LAPSED = "certificate_lapsed"
    SELLER_SUSPENDED = "seller_suspended"
    LATE_ACTIVATION = "late_activation"
    SOLD = "sold"
    CLAIMED = "claimed"
    SAME_DEVICE = "same_device"
    SELLER_SCANS = "seller_scans"
    CODE_FIRST = "code_first"
    CODE_AGAIN = "code_again"

    @property
    def grade(self) -> Grade:
        """The least grade of a page that shows it."""
        return _NOTICE_GRADES.get(self, Grade.CALM)


_NOTICE_GRADES: Final = {
    Notice.EXPIRED: Grade.STOP,
    Notice.LOT_ON_HOLD: Grade.ATTENTIVE,
    Notice.SELLER_SUSPENDED: Grade.ATTENTIVE,
    Notice.CODE_AGAIN: Grade.ATTENTIVE,
}
# They raise no grade, yet a page that says one of them is never green.
LAPSES: Final = frozenset({Notice.STARS_LAPSED, Notice.CERTIFICATE_LAPSED})
_STATE_VERDICTS: Final = {  # An active stamp's verdict lies in its checks.
    StampState.VOID: Verdict.VOID,
    StampState.DOUBTED: Verdict.SUSPICIOUS,
    StampState.PRINTED: Verdict.NOT_ACTIVATED,
}
_VERDICT_GRADES: Final = {  # The others say stop.
    Verdict.FIRST_CHECK: Grade.CALM,
    Verdict.CHECKED_BEFORE: Grade.CALM,
    Verdict.NOT_ACTIVATED: Grade.ATTENTIVE,
}
_SEALS: Final = {
    Verdict.RECALLED: "STOP",
    Verdict.VOID: "×",
    Verdict.SUSPICIOUS: "!",
    Verdict.NOT_ACTIVATED: "?",
    Verdict.FIRST_CHECK: "1",
}
_CONFIRMED_SEAL: Final = "✓"  # The most a stamp can tell; a graver verdict keeps its own.
STUCK_ON: Final = frozenset({StampState.ACTIVE, StampState.DOUBTED})


class Colour(StrEnum):
    """The verdict panel's colour; the values are class names of the style sheet."""

    GREEN = "green"  # A pale panel with a green border.
    PLAIN = "plain"  # The same without colour: something lapsed, so nothing is green.
    AMBER = "amber"  # The same in amber.
    AMBER_FILLED = "amber-filled"
    RED_FILLED = "red-filled"


@dataclass(frozen=True, slots=True)
class StampFacts:
    """What is recorded of a stamp."""

    state: StampState
    void_reason: VoidReason | None = None
    checks_before_activation: int = 0  # Visits while it was printed; none of them counted.
    is_sold: bool = False  # As a dealer who held it says.
    seller_scans: int = 0  # By dealers of its maker; none of them counted.
    # Occasions since somebody else tapped "I bought this", with this one; None: nobody did.
    since_claim: int | None = None
    has_pattern: bool = False  # Costly evidence beside unusual checks; of active stamps.
    code: CodeUse | None = None  # None: nobody has confirmed its scratch code, or it has none.


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What is recorded of a stamp's lot, its goods and its seller, as of today."""

    best_before_on: date | None = None  # The last day on which the goods are good.
    recalled: bool = False
    on_hold: bool = False
    stars_lapsed: bool = False
    certificate_lapsed: bool = False
    seller_suspended: bool = False


@dataclass(frozen=True, slots=True)
class Checks:
    """A stamp's tally, and how this visitor stands to it; before this visit where it counts."""

    checks: int = 0  # All counted checks.
    occasions: int = 0  # Checks of one network within two hours are one occasion.
    first_at: datetime | None = None
    last_at: datetime | None = None
    early_days: int = 0  # Distinct days with an occasion within 14 days of activation.
    own_checks: int = 0  # This very device's within 24 hours: 0 or 1.
    in_own_occasion: bool = False  # The visitor's network has an occasion younger than two hours.

    @property
    def are_all_own(self) -> bool:
        """Nobody else has checked: no check at all, or this device's own."""
        return self.checks == self.own_checks

    @property
    def earlier(self) -> int:
        """Occasions before the visitor's own.

        A neighbour's check in an own occasion that is over (two to 24 hours ago) is an earlier
        one: "just now" would be untrue.
        """
        if self.are_all_own:
            return 0
        if self.in_own_occasion:
            return self.occasions - 1
        return max(self.occasions - self.own_checks, 1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a page says. `grade` is the worst of the verdict's own and the notices'."""

    verdict: Verdict
    grade: Grade
    colour: Colour
    seal: str  # What the drawn seal holds.
    case: Case | None = None  # Of checked_before.
    earlier: int = 0  # Occasions before this one, the sentence's number.
    void_reason: VoidReason | None = None
    doubt: Doubt | None = None  # Of suspicious.
    notices: tuple[Notice, ...] = ()
    raised: frozenset[Notice] = frozenset()  # Notices that ask for more care than they usually do.

    def grade_of(self, notice: Notice) -> Grade:
        """How much care one of its notices asks for."""
        return Grade.ATTENTIVE if notice in self.raised else notice.grade

    @property
    def leading(self) -> tuple[Notice, ...]:
        """The notices that set the panel's colour: they stand above it."""
        if self.colour is Colour.PLAIN:
            return tuple(notice for notice in self.notices if notice in LAPSES)
        if self.grade is Grade.ATTENTIVE:
            return tuple(
                notice for notice in self.notices if self.grade_of(notice) is Grade.ATTENTIVE
            )
        return ()

    @property
    def is_expired_heading(self) -> bool:
        """Goods past their date take the heading's place, unless the verdict itself says stop."""
        return Notice.EXPIRED in self.notices and self.verdict in _VERDICT_GRADES


def judge(*, stamp: StampFacts | None, lot: LotFacts, checks: Checks, today: date) -> Judgement:
    """Decide what a check says. Order matters: the gravest fact wins.

    `stamp` is None for a number that was never issued; `today` is the day in Việt Nam.
    """
    if stamp is None:
        return Judgement(Verdict.NOT_ISSUED, Grade.STOP, Colour.RED_FILLED, seal="×")
    verdict = _verdict(stamp, lot, checks)
    case = _case(checks) if verdict is Verdict.CHECKED_BEFORE else None
    notices = tuple(_notices(stamp, lot, checks, today))
    own = _own_grade(verdict, case)
    raised = _raised(stamp, notices)
    grades = {own, *(notice.grade for notice in notices)} | ({Grade.ATTENTIVE} if raised else set())
    judgement = Judgement(
        verdict=verdict,
        grade=max(grades, key=lambda grade: grade.weight),
        colour=_colour(verdict, grades, notices),
        seal=_seal(verdict, checks.earlier, notices),
        case=case,
        earlier=checks.earlier if case else 0,
        void_reason=stamp.void_reason if verdict is Verdict.VOID else None,
        doubt=_doubt(stamp) if verdict is Verdict.SUSPICIOUS else None,
        notices=notices,
        raised=raised,
    )
    return replace(judgement, seal="!") if judgement.is_expired_heading else judgement


def _verdict(stamp: StampFacts, lot: LotFacts, checks: Checks) -> Verdict:
    if lot.recalled:
        return Verdict.RECALLED
    if stamp.state in _STATE_VERDICTS:
        return _STATE_VERDICTS[stamp.state]
    if stamp.has_pattern:
        return Verdict.SUSPICIOUS
    return Verdict.FIRST_CHECK if checks.are_all_own else Verdict.CHECKED_BEFORE


def _doubt(stamp: StampFacts) -> Doubt:
    """A confirmed case has the word where there is one: somebody has looked."""
    return Doubt.CASE if stamp.state is StampState.DOUBTED else Doubt.PATTERN


def _raised(stamp: StampFacts, notices: tuple[Notice, ...]) -> frozenset[Notice]:
    is_late = (stamp.since_claim or 0) >= LATER_ATTENTIVE
    return frozenset({Notice.CLAIMED} if is_late and Notice.CLAIMED in notices else ())


def is_many(checks: Checks) -> bool:
    """Say whether a stamp was checked more often than usual: case D of verdicts.md."""
    soon_and_often = checks.early_days >= MANY_EARLY_DAYS and checks.earlier >= MANY_EARLY
    return soon_and_often or checks.earlier >= MANY_OCCASIONS


def _case(checks: Checks) -> Case:
    """The first case that fits; many (D) is looked at first."""
    if is_many(checks):
        return Case.MANY
    if checks.earlier == 0:
        return Case.SAME
    return Case.FEW if checks.earlier >= FEW_OCCASIONS else Case.ONCE


def _notices(stamp: StampFacts, lot: LotFacts, checks: Checks, today: date) -> Iterator[Notice]:
    was_activated = stamp.state in STUCK_ON
    held = {
        Notice.EXPIRED: is_expired(lot.best_before_on, today),
        Notice.USE_SOON: _is_to_be_used_soon(lot.best_before_on, today),
        Notice.LOT_ON_HOLD: lot.on_hold,
        Notice.STARS_LAPSED: lot.stars_lapsed,
        Notice.CERTIFICATE_LAPSED: lot.certificate_lapsed,
        Notice.SELLER_SUSPENDED: lot.seller_suspended,
        Notice.LATE_ACTIVATION: was_activated and stamp.checks_before_activation > 0,
        Notice.SOLD: was_activated and stamp.is_sold,
        Notice.CLAIMED: was_activated and stamp.since_claim is not None,
        Notice.SAME_DEVICE: was_activated and checks.own_checks > 0,
        Notice.SELLER_SCANS: was_activated and stamp.seller_scans > 0,
        Notice.CODE_FIRST: was_activated and stamp.code is CodeUse.FIRST,
        Notice.CODE_AGAIN: was_activated and stamp.code is CodeUse.AGAIN,
    }
    return (notice for notice, holds in held.items() if holds)


def is_expired(best_before_on: date | None, today: date) -> bool:
    """Say whether goods are past their date; on the day itself they are still good."""
    return best_before_on is not None and best_before_on < today


def _is_to_be_used_soon(best_before_on: date | None, today: date) -> bool:
    return best_before_on is not None and 0 <= (best_before_on - today).days <= USE_SOON_DAYS


def _own_grade(verdict: Verdict, case: Case | None) -> Grade:
    if case is Case.MANY:
        return Grade.ATTENTIVE
    return _VERDICT_GRADES.get(verdict, Grade.STOP)


def _colour(verdict: Verdict, grades: set[Grade], notices: tuple[Notice, ...]) -> Colour:
    if verdict is Verdict.SUSPICIOUS and Notice.EXPIRED not in notices:
        return Colour.AMBER_FILLED
    if Grade.STOP in grades:
        return Colour.RED_FILLED
    if Grade.ATTENTIVE in grades:
        return Colour.AMBER
    return Colour.GREEN if LAPSES.isdisjoint(notices) else Colour.PLAIN


def _seal(verdict: Verdict, earlier: int, notices: tuple[Notice, ...]) -> str:
    """A number where a check was counted: this check's, and never 1 where another was there."""
    if Notice.CODE_FIRST in notices and verdict in {Verdict.FIRST_CHECK, Verdict.CHECKED_BEFORE}:
        return _CONFIRMED_SEAL
    if verdict is Verdict.CHECKED_BEFORE:
        return str(max(earlier + 1, 2))
    return _SEALS[verdict]
