"""What share of copies is raised, and of honest stamps falsely, for each threshold.

Who is counted, decided before the rule was tuned: a *copied number* is one that saw at least three
checks of fakes within the days watched (one that saw fewer cannot have been raised "within three").
It is raised where the rule held at some look from the first fake one to the third, that one
included. By unit each number weighs as many fakes as bear it. An honest stamp is falsely raised
where the rule held at any look in all days watched.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bench.clones.lives import units_of
from bench.clones.people import Unit
from bench.clones.watching import Moment, Watched
from bench.clones.world import World

FEW_FAKE_CHECKS = 3
MOST_POINTS = 12  # Of the printed curve.


@dataclass(slots=True)
class Figures:
    """Counts of one rule over some seeds."""

    raised: Counter[str] = field(default_factory=Counter)  # By kind; of smeared and honest too.
    of: Counter[str] = field(default_factory=Counter)
    raised_units: int = 0
    units: int = 0

    @property
    def detection(self) -> float:
        """The share of copied numbers raised within three fake checks, in percent."""
        return self._share("roll", "handful", "single")

    @property
    def false_alarms(self) -> float:
        """The share of honest stamps ever raised, in percent."""
        return self._share("genuine")

    @property
    def by_unit(self) -> float:
        """Detection where each fake counts, not each number, in percent."""
        return 100 * self.raised_units / self.units if self.units else 0.0

    def of_kind(self, kind: str) -> float:
        """The share of one kind that was raised, in percent."""
        return self._share(kind)

    def _share(self, *kinds: str) -> float:
        of = sum(self.of[kind] for kind in kinds)
        return 100 * sum(self.raised[kind] for kind in kinds) / of if of else 0.0


Rule = Callable[[Moment], bool]
Life = tuple[Unit, tuple[Moment, ...]]


def lives(seeds: Iterable[int], world: World) -> Iterator[Life]:
    """All stamps of some seeds with what was known at each look."""
    for seed in seeds:
        for unit in units_of(seed, world):
            yield unit, tuple(Watched(unit).moments())


def add(figures: Figures, life: Life, rule: Rule, world: World) -> None:
    """Count one stamp, where it is counted at all."""
    unit, moments = life
    relevant = moments
    if unit.kind not in {"genuine", "smeared"}:
        fakes = [index for index, moment in enumerate(moments) if moment.is_fake]
        if len(fakes) < FEW_FAKE_CHECKS:
            return
        relevant = moments[fakes[0] : fakes[FEW_FAKE_CHECKS - 1] + 1]
    is_raised = any(rule(moment) for moment in relevant)
    figures.of[unit.kind] += 1
    figures.raised[unit.kind] += is_raised
    copies = {"roll": world.rolls, "handful": world.handfuls, "single": world.singles}
    _, bearers = copies.get(unit.kind, (0, 0))
    figures.units += bearers
    figures.raised_units += bearers * is_raised
