"""What the application would know of a simulated stamp at each look, and what it would say."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.clones.people import Look, Unit
from traceability.rules.copies import CopyFacts, Evidence, Level, Seen, find_copy, points, sightings
from traceability.rules.occasions import EARLY_DAYS, OCCASION_HOURS, SAME_DEVICE_HOURS
from traceability.rules.verdicts import MANY_EARLY, MANY_EARLY_DAYS, MANY_OCCASIONS

HOURS = 24.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known once a look was counted."""

    is_fake: bool
    points: int
    is_suspicious: bool
    is_many: bool  # Case D of the page: by occasions alone.


@dataclass(slots=True)
class Watched:
    """A stamp's record, as the application keeps it."""

    unit: Unit
    seen: list[Seen] = field(default_factory=list)
    counted: dict[str, float] = field(default_factory=dict)  # Device → its last counted check.
    began: dict[str, float] = field(default_factory=dict)  # Network → its last occasion.
    occasions: int = 0
    early: set[int] = field(default_factory=set)
    places: dict[str, int] = field(default_factory=dict)  # Network → what its visitor named.
    claimed_at: float | None = None
    code_by: set[str] = field(default_factory=set)  # Devices and networks that typed the code.
    times_code_again: int = 0
    has_report: bool = False

    def moments(self) -> Iterator[Moment]:
        """Go through the looks in order of time."""
        for look in self.unit.looks:
            is_many = self._is_many()  # "Before you": without this look's own occasion.
            self._count(look)
            self._note(look)
            facts = self._facts(look.at)
            is_suspicious = find_copy(facts).level is Level.SUSPICIOUS
            yield Moment(look.is_fake, points(facts), is_suspicious, is_many)

    def _count(self, look: Look) -> None:
        last = self.counted.get(look.device)
        if last is not None and (look.at - last) * HOURS < SAME_DEVICE_HOURS:
            return
        self.counted[look.device] = look.at
        self.seen.append(Seen(look.at, look.network, look.device.rpartition(" ")[2]))
        began = self.began.get(look.network)
        if began is None or (look.at - began) * HOURS >= OCCASION_HOURS:
            self.began[look.network] = look.at
            self.occasions += 1
            if look.at < EARLY_DAYS:
                self.early.add(int(look.at))

    def _note(self, look: Look) -> None:
        if look.says_bought and self.claimed_at is None:
            self.claimed_at = look.at
        # The application asks for a place with a claim or a report alone, once for a network.
        if look.place is not None and (look.says_bought or look.report):
            self.places.setdefault(look.network, look.place)
        marks = {look.device, look.network}
        if look.code and self.code_by.isdisjoint(marks):
            self.times_code_again += bool(self.code_by)
            self.code_by |= marks
        self.has_report |= look.report

    def _facts(self, now: float) -> CopyFacts:
        # A sale is known once it is recorded, not before.
        is_sold = self.unit.sold_at is not None and self.unit.sold_at <= now
        return CopyFacts(
            sightings=sightings(self.seen),
            first_claim_day=self.claimed_at,
            sold_day=self.unit.sold_at if is_sold else None,
            times_code_again=self.times_code_again,
            evidence=Evidence(self.has_report, len(set(self.places.values()))),
        )

    def _is_many(self) -> bool:
        soon = self.occasions >= MANY_EARLY and len(self.early) >= MANY_EARLY_DAYS
        return soon or self.occasions >= MANY_OCCASIONS
