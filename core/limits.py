"""Misses counted by address or account: only failures count, because thousands share one address.

In memory, each process for itself, or in Redis for all of them; a Redis that is away or hangs is
left alone for a while and memory takes its place.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from typing import cast

from flask import Flask, current_app
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter
from structlog import get_logger

from core import clock, metrics
from core.breaker import Breaker
from core.errors import AppError, sentence
from core.shared_redis import redis_options

log = get_logger()
ALONE = metrics.Counter("goc_limits_alone", "Misses this process counted without the shared Redis.")
IPV6_PREFIX = 64  # One home or phone gets a /64 of its own.


class TooManyTries(AppError):
    """Too many misses from here, or on this account; `minutes` says when to come back."""

    status = 429
    sentence = sentence("Thử sai hơi nhiều lần. Xin đợi %(minutes)s phút rồi thử lại.")


@dataclass(frozen=True)
class Limit:
    """How many misses are borne: windows such as "5/minute", the longer ones making waits grow."""

    name: str
    windows: tuple[str, ...]

    @property
    def items(self) -> list[RateLimitItem]:
        """The windows as the library counts them."""
        return parse_many(";".join(self.windows))


_Question = Callable[[FixedWindowRateLimiter, Limit, str], int]


class Misses:
    """The counters. Keys are hashed: what is stored names nobody."""

    def __init__(self, redis_url: str = "") -> None:
        self._redis_url = redis_url
        self._memory = FixedWindowRateLimiter(MemoryStorage())
        self._shared: FixedWindowRateLimiter | None = None
        # One failure is enough: memory takes its place at once, and a page asks several times.
        self._breaker = Breaker(clock.steady_seconds, failures=1)

    def refuse(self, limit: Limit, key: str) -> None:
        """Raises: TooManyTries, when the key has no misses left."""
        _refuse_for(limit, self._ask(limit, key, self._wait_seconds))

    def take(self, limit: Limit, key: str) -> None:
        """Count one try before it is known whether it misses: of many at once none slips through.

        Raises:
            TooManyTries: that was one more than the key has.
        """
        _refuse_for(limit, self._ask(limit, key, self._take))

    def count(self, limit: Limit, key: str) -> None:
        """One miss more."""
        self._ask(limit, key, self._hit)

    def give_back(self, limit: Limit, key: str) -> None:
        """The try that was taken was no miss; earlier ones still count."""
        self._ask(limit, key, self._unhit)

    def forget(self, limit: Limit, key: str) -> None:
        """The key succeeded: its misses no longer count."""
        self._ask(limit, key, self._clear)

    def _ask(self, limit: Limit, key: str, question: _Question) -> int:
        hashed = hashlib.sha256(key.encode()).hexdigest()[:32]
        if not self._redis_url:
            return question(self._memory, limit, hashed)
        if self._breaker.may_ask():
            try:
                answer = question(self._together(), limit, hashed)
            except StorageError as error:
                self._breaker.failed()
                log.warning("redis away, counting in memory", reason=str(error)[:200])
            else:
                self._breaker.answered()
                return answer
        ALONE.inc()
        return question(self._memory, limit, hashed)

    def _together(self) -> FixedWindowRateLimiter:
        if self._shared is None:  # Not in the factory: it does no I/O.
            self._shared = FixedWindowRateLimiter(
                RedisStorage(self._redis_url, wrap_exceptions=True, **redis_options())
            )
        return self._shared

    def answers(self) -> bool | None:
        """Tell whether the shared counters answer now; None where none are set."""
        return self._together().storage.check() if self._redis_url else None

    @staticmethod
    def _wait_seconds(limiter: FixedWindowRateLimiter, limit: Limit, key: str) -> int:
        full = [one for one in limit.items if not limiter.test(one, limit.name, key)]
        return _seconds_until_open(limiter, full, limit, key)

    @staticmethod
    def _take(limiter: FixedWindowRateLimiter, limit: Limit, key: str) -> int:
        over = [one for one in limit.items if not limiter.hit(one, limit.name, key)]
        return _seconds_until_open(limiter, over, limit, key)

    @staticmethod
    def _hit(limiter: FixedWindowRateLimiter, limit: Limit, key: str) -> int:
        for one in limit.items:
            limiter.hit(one, limit.name, key)
        return 0

    @staticmethod
    def _unhit(limiter: FixedWindowRateLimiter, limit: Limit, key: str) -> int:
        for one in limit.items:
            limiter.hit(one, limit.name, key, cost=-1)
        return 0

    @staticmethod
    def _clear(limiter: FixedWindowRateLimiter, limit: Limit, key: str) -> int:
        for one in limit.items:
            limiter.clear(one, limit.name, key)
        return 0


def _seconds_until_open(
    limiter: FixedWindowRateLimiter, full: Iterable[RateLimitItem], limit: Limit, key: str
) -> int:
    now = clock.now().timestamp()
    waits = [
        # A server says whole seconds, rounded up: never more than the window itself.
        min(
            int(limiter.get_window_stats(one, limit.name, key).reset_time - now) + 1,
            one.get_expiry(),
        )
        for one in full
    ]
    return max(waits, default=0)


def _refuse_for(limit: Limit, seconds: int) -> None:
    if seconds > 0:
        raise TooManyTries(f"{limit.name}: wait {seconds} s", minutes=-(-seconds // 60))


def init_limits(app: Flask, redis_url: str) -> None:
    """Give the application its counters."""
    app.extensions["misses"] = Misses(redis_url)


def misses() -> Misses:
    """The application's counters."""
    return cast("Misses", current_app.extensions["misses"])


def network_of(address: str | None) -> str:
    """What one visitor is taken for: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, IPV6_PREFIX), strict=False))
