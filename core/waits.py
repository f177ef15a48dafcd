"""How long a piece of failed work rests before the next try, and when it is given up."""

from datetime import timedelta

# The first tries come quickly (a lock, a restart), the last span a night's outage: 7 h in all.
EVENT_WAITS_SECONDS = (1, 5, 30, 120, 600, 3_600, 21_600)
JOB_WAITS_SECONDS = (1, 10, 60)  # Somebody watches the progress bar.


def wait_after(attempts: int, waits_seconds: tuple[int, ...]) -> timedelta | None:
    """The rest after the `attempts`-th failed try; None: give up."""
    assert attempts > 0, attempts
    if attempts > len(waits_seconds):
        return None
    return timedelta(seconds=waits_seconds[attempts - 1])
