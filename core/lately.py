"""Short lists kept for a while under a key: what one place did lately, told apart by nothing else.

In memory, each process for itself, or in Redis for all of them, as `core.limits` counts. Keys are
hashed, lists are short and forgotten by themselves: nothing of it reaches the database.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app
from structlog import get_logger

from core import clock
from core.breaker import Breaker
from core.shared_redis import redis_options

if TYPE_CHECKING:
    from redis import Redis

log = get_logger()
MOST_KEYS = 20_000  # Of one process; beyond it the oldest goes: some megabytes.
MOST_MARKS = 64  # Of one key; later ones are not kept.


class Lately:
    """The lists. Each ends `seconds` after its first mark."""

    def __init__(self, redis_url: str = "", *, seconds: int) -> None:
        self._redis_url = redis_url
        self._seconds = seconds
        self._kept: OrderedDict[str, tuple[float, list[str]]] = OrderedDict()
        self._lock = Lock()
        self._redis: Redis | None = None
        self._breaker = Breaker(clock.steady_seconds, failures=1)

    def add(self, key: str, mark: str) -> list[str]:
        """Add a mark under a key; all of that key, the earliest first."""
        return self._ask(_hashed(key), mark)

    def of(self, key: str) -> list[str]:
        """What is kept under a key, the earliest first."""
        return self._ask(_hashed(key), None)

    def _ask(self, key: str, mark: str | None) -> list[str]:
        if not self._redis_url or not self._breaker.may_ask():
            return self._in_memory(key, mark)
        from redis import RedisError  # noqa: PLC0415  # Without GOC_REDIS_URL it is not loaded.

        try:
            found = self._together(key, mark)
        except RedisError as error:
            self._breaker.failed()
            log.warning("redis away, keeping in memory", reason=str(error)[:200])
            return self._in_memory(key, mark)
        self._breaker.answered()
        return found

    def _in_memory(self, key: str, mark: str | None) -> list[str]:
        now = clock.steady_seconds()
        with self._lock:
            ends_at, marks = self._kept.get(key, (0.0, []))
            if ends_at <= now:
                self._kept.pop(key, None)  # One that begins anew is the youngest.
                ends_at, marks = now + self._seconds, []
            if mark is not None and len(marks) < MOST_MARKS:
                marks.append(mark)
                self._kept[key] = (ends_at, marks)
                if len(self._kept) > MOST_KEYS:
                    self._kept.popitem(last=False)
            return list(marks)

    def _together(self, key: str, mark: str | None) -> list[str]:
        name = f"goc:lately:{key}"
        asked = self._client().pipeline()
        if mark is not None:
            asked.rpush(name, mark)
            asked.ltrim(name, 0, MOST_MARKS - 1)
            asked.expire(name, self._seconds, nx=True)
        asked.lrange(name, 0, -1)
        found = cast("list[bytes]", asked.execute()[-1])
        return [each.decode() for each in found]

    def _client(self) -> "Redis":
        if self._redis is None:  # Not in the factory: it does no I/O.
            from redis import Redis  # noqa: PLC0415

            make = cast("Callable[..., Redis]", Redis.from_url)
            self._redis = make(self._redis_url, **redis_options())
        return self._redis


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def init_lately(app: Flask, redis_url: str, *, seconds: int) -> None:
    """Give the application its lists."""
    app.extensions["lately"] = Lately(redis_url, seconds=seconds)


def lately() -> Lately:
    """The application's lists."""
    return cast("Lately", current_app.extensions["lately"])
