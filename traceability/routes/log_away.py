"""The public log where its folder cannot be read just now: 503 with a sentence, never 500."""

from collections.abc import Iterator
from contextlib import contextmanager

from structlog import get_logger

from traceability.log.errors import LogRefusal
from traceability.log_errors import LogAway

_log = get_logger()


@contextmanager
def readable_log() -> Iterator[None]:
    """Around whatever reads the log's folder for a page or a file.

    Raises:
        LogAway: the folder cannot be read, or holds what no log of ours does.
    """
    try:
        yield
    except (OSError, LogRefusal) as away:
        _log.warning("the public log cannot be read", why=type(away).__name__)
        raise LogAway(f"{type(away).__name__}: {away}") from away
