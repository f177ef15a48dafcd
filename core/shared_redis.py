"""How a page asks the shared Redis: one that is away or hangs may not hold it."""

from typing import Any

SECONDS = 0.1


def redis_options() -> dict[str, Any]:
    """The client's options for one short try; the caller goes on without it where that fails."""
    from redis.backoff import NoBackoff  # noqa: PLC0415  # Without GOC_REDIS_URL it is not loaded.
    from redis.retry import Retry  # noqa: PLC0415

    return {
        "socket_timeout": SECONDS,
        "socket_connect_timeout": SECONDS,
        "retry": Retry(NoBackoff(), 0),  # The client's own tries would hold a page four times.
    }
