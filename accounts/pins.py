"""Four-digit PINs of people who share a phone. Pure."""

from datetime import timedelta

PIN_DIGITS = 4
TRIES = 5  # Wrong in a row; then the PIN rests.
_FIRST_LOCK = timedelta(minutes=15)
_LONGEST_LOCK = timedelta(hours=4)  # So at most 30 guesses of 10,000 a day.
_EASY = frozenset({"0123", "1234", "2345", "3456", "4567", "5678", "6789", "4321", "9876"})


def is_pin(text: str) -> bool:
    """Whether `text` is four digits."""
    return len(text) == PIN_DIGITS and text.isascii() and text.isdigit()


def is_easy(pin: str) -> bool:
    """Whether everybody would try it first: four equal digits, or a run of them."""
    return len(set(pin)) == 1 or pin in _EASY


def rest_after(wrong_tries: int) -> timedelta | None:
    """How long the PIN rests after so many wrong tries in a row; None: another try at once."""
    if wrong_tries == 0 or wrong_tries % TRIES:
        return None
    times = wrong_tries // TRIES
    return min(_FIRST_LOCK * (1 << min(times - 1, 10)), _LONGEST_LOCK)
