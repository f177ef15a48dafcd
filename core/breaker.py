"""Leaving a service alone that does not answer, so that nobody waits for it again and again."""

from collections.abc import Callable
from threading import Lock

FAILURES = 2  # In a row; one may be a pause of its garbage collector.
PAUSE_SECONDS = 10.0


class Breaker:
    """Says whether to ask. After FAILURES in a row: one try each PAUSE_SECONDS, until one holds."""

    def __init__(self, seconds: Callable[[], float], *, failures: int = FAILURES) -> None:
        self._seconds = seconds
        self._failures = failures
        self._lock = Lock()
        self._failed = 0
        self._next_try_at = 0.0

    def may_ask(self) -> bool:
        """Tell whether to ask now; while left alone, a single caller gets the try of the pause."""
        with self._lock:
            if self._failed < self._failures:
                return True
            if self._seconds() < self._next_try_at:
                return False
            self._next_try_at = self._seconds() + PAUSE_SECONDS
            return True

    def answered(self) -> None:
        """It answered: ask again as usual."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """It did not answer in time."""
        with self._lock:
            self._failed += 1
            self._next_try_at = self._seconds() + PAUSE_SECONDS
