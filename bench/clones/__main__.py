"""Print detection and false alarms for each threshold: `python -m bench.clones`.

Seeds 1-20 tuned the points of `traceability/rules/copies.py`; 21-40 are reported.
"""

import sys
from functools import partial

from bench.clones.figures import MOST_POINTS, Figures, Rule, add, lives
from bench.clones.watching import Moment
from bench.clones.world import World
from traceability.rules.copies import ALARM_POINTS

TUNED, REPORTED = range(1, 21), range(21, 41)
CASE_D, EITHER, SUSPICIOUS = "case D of the page", "the alarm or case D", "suspicious"
HEADER = (
    "| Rule | Copies raised | roll | handful | single | by unit | Honest, ever | Smeared |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


def curve(seeds: range, world: World) -> dict[str, Figures]:
    """The figures of each rule over some seeds, by its name."""
    rules = _rules()
    figures = {name: Figures() for name in rules}
    for life in lives(seeds, world):
        for name, rule in rules.items():
            add(figures[name], life, rule, world)
    return figures


def _rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {
        _of_points(least): partial(_has_points, least) for least in range(1, MOST_POINTS)
    }
    return rules | {CASE_D: _is_many, EITHER: _is_either, SUSPICIOUS: _is_suspicious}


def alarm_name() -> str:
    """How the curve calls the rule that rings the alarm."""
    return _of_points(ALARM_POINTS)


def _of_points(least: int) -> str:
    return f"≥ {least} points" + (" (the alarm)" if least == ALARM_POINTS else "")


def _has_points(least: int, moment: Moment) -> bool:
    return moment.points >= least


def _is_many(moment: Moment) -> bool:
    return moment.is_many


def _is_either(moment: Moment) -> bool:
    return moment.is_many or moment.points >= ALARM_POINTS


def _is_suspicious(moment: Moment) -> bool:
    return moment.is_suspicious


def line(name: str, figures: Figures) -> str:
    """One rule's figures as a line of a table."""
    kinds = [figures.of_kind(kind) for kind in ("roll", "handful", "single")]
    shares = [figures.detection, *kinds, figures.by_unit]
    told = [f"{share:.1f} %" for share in shares]
    told += [f"{figures.false_alarms:.2f} %", f"{figures.of_kind('smeared'):.1f} %"]
    return f"| {name} | {' | '.join(told)} |"


def main() -> int:
    """Print both tables."""
    for title, seeds in (("tuned, seeds 1-20", TUNED), ("reported, seeds 21-40", REPORTED)):
        print(f"\n{title}\n\n{HEADER}", end="")
        for name, figures in curve(seeds, World()).items():
            print(line(name, figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
