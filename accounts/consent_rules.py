"""How a helper may be let in: for how long, and by which two digits. Pure."""

from collections.abc import Callable, Sequence
from datetime import timedelta

LONGEST_DAYS = 90  # Nobody is let in for longer; then the helper asks again.
DAYS = (1, 7, 30, LONGEST_DAYS)  # What the form offers.
ASKING_LIVES = timedelta(hours=24)  # The two stand side by side, or talk on the phone that day.
PAPER_LIVES = timedelta(days=14)  # A producer far up the valley comes to the office once a week.
MOST_A_DAY = 20  # Of one helper: nobody knocks at every door of a commune.
MESSAGES_A_DAY = 3  # An SMS costs, and three from one helper are plenty.
PAIR_DIGITS = 2
PAIRS = 3


def three_pairs(draw: Callable[[int], str]) -> list[str]:
    """Three different pairs of digits; the first is the helper's.

    `draw(n)` gives a number of n digits.
    """
    pairs: list[str] = []
    while len(pairs) < PAIRS:
        pair = draw(PAIR_DIGITS)
        if pair not in pairs:
            pairs.append(pair)
    return pairs


def shown_pairs(pairs: Sequence[str]) -> list[str]:
    """The pairs in an order that does not tell which one is right."""
    return sorted(pairs)
