"""Lines of the bench's table: how well copies are told, on the seeds no rule was tuned on."""

from functools import cache

from bench.clones.__main__ import CASE_D, REPORTED, SUSPICIOUS, alarm_name, curve
from bench.clones.figures import Figures
from bench.clones.world import World
from bench.results import Result
from bench.servers import Bench

SEEDS = "simulated, seeds 21–40"


def clones_raised(_bench: Bench) -> Result:
    """Copied numbers that rang the alarm within three checks of fakes."""
    figures = _reported()[alarm_name()]
    return Result(
        "copies raised within three fake checks", SEEDS, (figures.detection,), 90, unit=" %"
    )


def clones_honest_attentive(_bench: Bench) -> Result:
    """Honest stamps that ever rang it."""
    return _at_most("honest stamps ever raised", _reported()[alarm_name()].false_alarms, 3)


def clones_honest_many(_bench: Bench) -> Result:
    """Honest stamps whose page ever said case D."""
    return _at_most("honest stamps ever in case D", _reported()[CASE_D].false_alarms, 3)


def clones_honest_suspicious(_bench: Bench) -> Result:
    """Honest stamps that were ever called suspicious."""
    share = _reported()[SUSPICIOUS].false_alarms
    return _at_most("honest stamps ever suspicious", share, 0.5)


def clones_smeared_suspicious(_bench: Bench) -> Result:
    """Smeared stamps that were ever called suspicious."""
    share = _reported()[SUSPICIOUS].of_kind("smeared")
    return _at_most("smeared stamps ever suspicious", share, 0)


@cache
def _reported() -> dict[str, Figures]:
    return curve(REPORTED, World())


def _at_most(work: str, share: float, reach: float) -> Result:
    return Result(work, SEEDS, (share,), reach, at_least=False, unit=" %")
