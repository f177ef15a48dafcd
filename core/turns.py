"""One at a time in a process: work so heavy that several at once would stop every page."""

from threading import Lock

from core.errors import Busy

LONGEST_WAIT_SECONDS = 5.0  # A person who waits longer presses the button again.


class Turns:
    """`with turns:` waits for its turn and holds it to the end of the block.

    Raises:
        Busy: others' work took all the time.
    """

    def __init__(self, why_busy: str) -> None:
        """`why_busy` is for the log."""
        self._why_busy = why_busy
        self._lock = Lock()

    def __enter__(self) -> None:
        """Wait for the turn, LONGEST_WAIT_SECONDS at most."""
        if not self._lock.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise Busy(self._why_busy)

    def __exit__(self, *_error: object) -> None:
        """Let the next one begin."""
        self._lock.release()
