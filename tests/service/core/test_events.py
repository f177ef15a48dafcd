from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy import func, select

from core.messages import Message, send
from core.outbox import Event, Happening, OutboxEvent, announce, failed_events, retry_event
from core.work import By, Work, reading, transaction
from core.worker.events import DIED, LEASE, Reactions, deliver_next
from tests.service.core.clock import Clock

pytestmark = pytest.mark.usefixtures("app")


@dataclass(frozen=True)
class LotTasted(Event):
    name: ClassVar[str] = "LotTasted"
    lot_id: int


def tell(work: Work, event: Happening) -> None:
    send(
        work,
        enterprise_id=event.fields["lot_id"],
        kind="told",
        values={},
        once_key=work.new_token(),
    )


def tell_too(work: Work, event: Happening) -> None:
    send(
        work, enterprise_id=event.fields["lot_id"], kind="too", values={}, once_key=work.new_token()
    )


def tell_then_fail(work: Work, event: Happening) -> None:
    tell(work, event)
    raise RuntimeError("the post is closed")


def taste(lot_id: int = 7) -> None:
    with transaction(by=By("person", 3, 5)) as work:
        announce(work, LotTasted(lot_id))


def told() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Message.kind).order_by(Message.kind)))


def only_event() -> OutboxEvent:
    with reading() as session:
        return session.scalars(select(OutboxEvent)).one()


def test_each_handler_hears_of_an_event_once() -> None:
    taste()

    delivered = [deliver_next({"LotTasted": (tell, tell_too)}) for _ in range(2)]

    assert delivered == [True, False]
    assert told() == ["told", "too"]
    assert only_event().done_at is not None


def test_a_handler_learns_what_happened_when_and_by_whom(clock: Clock) -> None:
    heard: list[Happening] = []
    taste()

    deliver_next({"LotTasted": (lambda _work, event: heard.append(event),)})

    (event,) = heard
    assert (event.name, event.fields) == ("LotTasted", {"lot_id": 7})
    assert event.by == By("person", 3, 5)
    assert event.happened_at == clock.now


def test_an_event_nobody_listens_to_is_done() -> None:
    taste()

    assert deliver_next({})
    assert only_event().done_at is not None
    assert told() == []


def test_an_event_of_a_transaction_that_failed_is_not_there() -> None:
    def announce_and_fail() -> None:
        with transaction(by=By("visitor")) as work:
            announce(work, LotTasted(7))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        announce_and_fail()

    assert not deliver_next({"LotTasted": (tell,)})


def test_a_failed_handler_leaves_no_effect_and_does_not_hinder_the_others() -> None:
    taste()

    deliver_next({"LotTasted": (tell_then_fail, tell_too)})

    assert told() == ["too"]
    event = only_event()
    assert event.done_at is None
    assert event.error is not None
    assert event.error.endswith("tell_then_fail: RuntimeError: the post is closed")


def test_a_failed_event_rests_longer_each_time_and_is_then_given_up(clock: Clock) -> None:
    taste()
    reactions: Reactions = {"LotTasted": (tell_then_fail,)}

    rests = []
    while deliver_next(reactions) and only_event().failed_at is None:
        rests.append((only_event().due_at - clock.now).total_seconds())
        clock.move(rests[-1] - 1)
        assert not deliver_next(reactions)
        clock.move(1)

    assert rests == [1, 5, 30, 120, 600, 3_600, 21_600]
    clock.move(10**6)
    assert not deliver_next(reactions)
    assert told() == []


def test_a_retried_event_reaches_only_the_handlers_that_have_not_had_it(clock: Clock) -> None:
    taste()
    while deliver_next({"LotTasted": (tell_then_fail, tell_too)}):
        clock.move(21_600)
    with reading() as session:
        (failed,) = failed_events(session)

    with transaction(by=By("command")) as work:
        assert retry_event(work, event_id=failed.id)
        assert not retry_event(work, event_id=failed.id)
    deliver_next({"LotTasted": (tell, tell_too)})

    assert told() == ["told", "too"]
    assert only_event().done_at == clock.now


def test_a_leased_event_is_left_alone_until_the_lease_runs_out(clock: Clock) -> None:
    taste()

    class Killed(BaseException):
        """What `kill -9` looks like from inside."""

    def die(work: Work, event: Happening) -> None:
        tell(work, event)
        raise Killed

    with pytest.raises(Killed):
        deliver_next({"LotTasted": (die,)})

    assert not deliver_next({"LotTasted": (tell,)})
    clock.move(LEASE.total_seconds())
    assert deliver_next({"LotTasted": (tell,)})
    assert told() == ["told"]


def test_an_event_that_kills_its_worker_is_given_up(clock: Clock) -> None:
    taste()

    def die(work: Work, event: Happening) -> None:
        raise SystemExit

    for _ in range(8):
        with pytest.raises(SystemExit):
            deliver_next({"LotTasted": (die,)})
        clock.move(LEASE.total_seconds())
    deliver_next({"LotTasted": (die,)})

    assert only_event().error == DIED
    assert only_event().failed_at == clock.now


def test_a_slow_ghost_does_not_end_what_another_worker_holds(clock: Clock) -> None:
    taste()

    def overtaken(work: Work, event: Happening) -> None:
        clock.move(LEASE.total_seconds())
        work.session.rollback()  # SQLite has one writer: the ghost has let go of it.
        deliver_next({"LotTasted": (tell_then_fail,)})

    deliver_next({"LotTasted": (overtaken,)})

    event = only_event()
    assert event.done_at is None
    assert event.attempts == 2


def test_events_are_delivered_in_the_order_they_happened(clock: Clock) -> None:
    for lot_id in (3, 1, 2):
        taste(lot_id)
    heard: list[int] = []

    while deliver_next({"LotTasted": (lambda _work, event: heard.append(event.fields["lot_id"]),)}):
        pass

    assert heard == [3, 1, 2]
    with reading() as session:
        assert session.scalar(select(func.count()).where(OutboxEvent.done_at.is_(None))) == 0
