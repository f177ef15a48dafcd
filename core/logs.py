"""Logs: one JSON object a line on standard error. Never an address, a name, a query string."""

import logging
import sys
from typing import Any, TextIO

import structlog

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,  # The request's id.
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,  # Without the values of local variables.
)


def set_up_logs(stream: TextIO = sys.stderr) -> None:
    """Write our lines and the libraries' warnings to `stream`. For processes, not for tests."""
    json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*SHARED, json],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=json, foreign_pre_chain=SHARED)
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
