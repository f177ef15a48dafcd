"""Fifty people signing in at once, and what stamp pages feel of it."""

import http.client
import statistics
import time
from collections.abc import Callable
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

from sqlalchemy import create_engine, insert

from accounts.models import Person
from accounts.passwords import hash_of
from bench import stamps
from bench.results import Result
from bench.servers import Bench
from core import clock, ids
from tests.servers.processes import UnavailableError

PEOPLE = 50
ROUNDS = 5
READERS = 4  # Phones that look at stamps all the while.
QUIET_SECONDS = 2.0
PASSWORD = "a password of the benchmark"  # noqa: S105  # Of people who live as long as it runs.
SECONDS = 30


def stamp_pages_while_signing_in(bench: Bench) -> Result:
    """The 95th percentile of stamp pages during 50 sign-ins, over that of a quiet time."""
    names = _people(bench.database_url)
    paths = stamps.paths(bench.database_url)
    ratios = []
    for _ in range(ROUNDS):
        quiet = _read_while(bench.shop, paths, lambda: time.sleep(QUIET_SECONDS))
        busy = _read_while(bench.shop, paths, lambda: _sign_in_all(bench.shop, names))
        ratios.append(_p95(busy) / _p95(quiet))
    return Result(
        "stamp pages while 50 sign in, 95th percentile",
        "the same in a quiet time",
        tuple(ratios),
        reach=3,
        at_least=False,
    )


def _people(url: str) -> list[str]:
    """Enter the people, all with one password: one hash, not fifty."""
    stored = hash_of(PASSWORD)
    names = [f"bench{number}@goc.example" for number in range(PEOPLE)]
    rows = [
        {
            "public_id": ids.public_id(),
            "sign_in": name,
            "name": name,
            "password_hash": stored,
            "created_at": clock.now(),
        }
        for name in names
    ]
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(Person), rows)
    engine.dispose()
    return names


def _read_while(shop: str, paths: list[str], act: Callable[[], None]) -> list[float]:
    """The seconds each stamp page took while `act` ran."""
    done, seconds = Event(), list[float]()
    readers = [
        Thread(target=_read, args=(shop, paths[number::READERS], done, seconds))
        for number in range(READERS)
    ]
    for reader in readers:
        reader.start()
    act()
    done.set()
    for reader in readers:
        reader.join()
    return seconds


def _read(shop: str, paths: list[str], done: Event, seconds: list[float]) -> None:
    connection = http.client.HTTPConnection(urlsplit(shop).netloc, timeout=SECONDS)
    for path in paths:
        if done.is_set():
            break
        began = time.perf_counter()
        connection.request("GET", path)
        connection.getresponse().read()
        seconds.append(time.perf_counter() - began)
    connection.close()


def _sign_in_all(shop: str, names: list[str]) -> None:
    statuses: list[int] = []
    people = [
        Thread(target=_sign_in, args=(shop, name, number, statuses))
        for number, name in enumerate(names)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    if statuses != [303] * PEOPLE:
        raise UnavailableError(f"sign-ins answered {sorted(set(statuses))}")


def _sign_in(shop: str, name: str, number: int, statuses: list[int]) -> None:
    # Each from an address of their own, as phones come.
    connection = http.client.HTTPConnection(
        urlsplit(shop).netloc, timeout=SECONDS, source_address=(f"127.0.1.{number + 1}", 0)
    )
    body = urlencode({"sign_in": name, "password": PASSWORD})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
    }
    connection.request("POST", "/sign-in", body, headers)
    statuses.append(connection.getresponse().status)
    connection.close()


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]
