from collections.abc import Callable
from threading import Event, Thread

from flask import Flask
from sqlalchemy import func, select

from catalog.models import SearchPending, SearchRevision
from catalog.search.feed import head, is_pending, mark_changed, sequence
from core.work import COMMAND, WORKER, reading, transaction
from tests.race.crowd import rush

WRITERS, CHANGES = 6, 10
SEQUENCERS = 2


def test_a_follower_misses_no_change_however_the_transactions_commit(app: Flask) -> None:
    """It asks on from the last revision it saw, while writers and two sequencers are at work."""
    all_written, all_sequenced = Event(), Event()
    seen: dict[int, int] = {}
    follower = _in_background(app, lambda: _follow_until(all_sequenced, seen))
    sequencers = [
        _in_background(app, lambda: _sequence_until(all_written)) for _ in range(SEQUENCERS)
    ]

    rush(app, _write, people=WRITERS)
    all_written.set()
    for one in sequencers:
        one.join()
    all_sequenced.set()
    follower.join()

    with reading() as session:
        assert session.scalar(select(func.count(SearchPending.id))) == 0
        assert head(session).revision == WRITERS * CHANGES
    assert sorted(seen) == list(range(1, WRITERS * CHANGES + 1)), "each revision, and no other"
    assert sorted(seen.values()) == list(range(WRITERS * CHANGES)), "each product once"


def _in_background(app: Flask, act: Callable[[], None]) -> Thread:
    def run() -> None:
        with app.app_context():
            act()

    thread = Thread(target=run)
    thread.start()
    return thread


def _write(person: int) -> None:
    for change in range(CHANGES):
        with transaction(by=COMMAND) as work:
            mark_changed(work, [person * CHANGES + change])


def _sequence_until(all_written: Event) -> None:
    while True:
        was_last = all_written.is_set()
        with transaction(by=WORKER) as work:
            sequence(work)
        with reading() as session:
            if was_last and not is_pending(session):
                return


def _follow_until(all_sequenced: Event, seen: dict[int, int]) -> None:
    last = 0
    while True:
        was_last = all_sequenced.is_set()
        with reading() as session:
            rows = session.execute(
                select(SearchRevision.revision, SearchRevision.product_id)
                .where(SearchRevision.revision > last)
                .order_by(SearchRevision.revision)
            ).all()
        for revision, product_id in rows:
            assert revision > last
            seen[revision] = product_id
            last = revision
        if was_last:
            return
