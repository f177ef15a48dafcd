"""Logs: one JSON object a line on standard error. Never an address, a name, a query string."""

import contextlib
import logging
import sys
from typing import Any, TextIO, cast

import structlog

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,  # The request's id.
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,  # Without the values of local variables.
)


class Lossy:
    """A stream that loses a line rather than the request it tells of: its disk may be full."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write what can be written."""
        with contextlib.suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Hand on what can be handed on."""
        with contextlib.suppress(OSError):
            self._stream.flush()


def set_up_logs(stream: TextIO = sys.stderr) -> None:
    """Write our lines and the libraries' warnings to `stream`. For processes, not for tests."""
    json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*SHARED, json],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", Lossy(stream))),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=json, foreign_pre_chain=SHARED)
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
