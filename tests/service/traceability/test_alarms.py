from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.clock import day_of
from core.messages import Message
from core.work import Work
from tests.makers import make_lot
from traceability import queries, service
from traceability.messages import COPIES_ALARM
from traceability.models import Stamp, StampAlarm, StampBurst, StampCheck
from traceability.rules import CaseState, Side, Visit
from traceability.rules.entries import officer_of
from traceability.service import Visitor


@pytest.fixture
def serials(work: Work) -> list[int]:
    batch = service.issue_stamps(work, lot_id=make_lot(work).id, count=2)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=2)
    stamps = select(Stamp.serial).where(Stamp.batch_id == batch.id).order_by(Stamp.ordinal)
    return list(work.session.scalars(stamps))


def check(work: Work, serial: int, who: str, *, network: str | None = None) -> None:
    visitor = Visitor(
        Visit.PERSON, f"{who} {network}", network or f"network of {who}", browser_hash=who
    )
    service.record_check(replace(work), serial=serial, visitor=visitor)  # With its own day.


def alarms(work: Work) -> list[StampAlarm]:
    return list(work.session.scalars(select(StampAlarm).order_by(StampAlarm.id)))


def told(work: Work) -> list[Message]:
    return list(work.session.scalars(select(Message).where(Message.kind == COPIES_ALARM)))


def ring(work: Work, serial: int) -> StampAlarm:
    """Four who are new, the last of them long after activation."""
    began: datetime = work.now
    for day, who in ((1, "buyer"), (12, "second"), (24, "third"), (36, "fourth")):
        work.now = began + timedelta(days=day)
        check(work, serial, who)
    return work.session.scalars(select(StampAlarm).where(StampAlarm.serial == serial)).one()


def test_somebody_new_again_and_again_rings_once_and_the_maker_hears_of_it(
    work: Work, serials: list[int]
) -> None:
    alarm = ring(work, serials[0])
    work.now += timedelta(days=3)
    check(work, serials[0], "fifth")

    assert [(one.serial, one.reasons, one.answer) for one in alarms(work)] == [
        (serials[0], "sightings", None)
    ]
    assert [one.values["lot_id"] for one in told(work)] == [alarm.lot_id]
    line = queries.alarm_line(work.session, alarm)
    assert (line.occasions, line.days) == (5, 39)
    assert [count for _, count in queries.occasions_by_day(work.session, serials[0])] == [1] * 5


def test_an_occasion_that_lasts_beyond_midnight_is_one_of_the_day_it_began(
    work: Work, serials: list[int]
) -> None:
    # Half past eleven at night in Việt Nam.
    work.now = (work.now + timedelta(days=1)).replace(hour=16, minute=30)
    began_on = work.now.date()
    check(work, serials[0], "one at the wedding", network="wedding")
    work.now += timedelta(hours=1)
    check(work, serials[0], "another", network="wedding")

    assert queries.occasions_by_day(work.session, serials[0]) == [(began_on, 1)]
    assert queries.checks_of_stamp(work.session, serials[0]) == [queries.CheckedDay(began_on, 1)]


def test_a_phone_on_the_move_rings_no_alarm(work: Work, serials: list[int]) -> None:
    for day in (1, 12, 24, 36):
        work.now += timedelta(days=day)
        check(work, serials[0], "buyer", network=f"gateway {day}")

    assert alarms(work) == []
    assert told(work) == []


def test_six_occasions_in_two_days_ring_by_their_number_alone(
    work: Work, serials: list[int]
) -> None:
    for visitor in range(6):
        work.now += timedelta(hours=6)
        check(work, serials[0], f"visitor {visitor}")
        rung = bool(alarms(work))
        assert rung is (visitor == 5)

    assert [one.reasons for one in alarms(work)] == ["many"]


def test_a_whole_market_behind_one_address_is_one_occasion_and_rings_nothing(
    work: Work, serials: list[int]
) -> None:
    for visitor in range(30):
        check(work, serials[0], f"visitor {visitor}", network="market")

    assert alarms(work) == []


def test_a_crowd_sent_ahead_silences_no_alarm(
    work: Work, serials: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traceability.service.alarms.MOST_CHECKS_WATCHED", 3)
    for visitor in range(5):
        check(work, serials[0], f"forger {visitor}", network="forger's")
    for visitor in range(5):
        work.now += timedelta(hours=6)
        check(work, serials[0], f"visitor {visitor}")

    assert [one.reasons for one in alarms(work)] == ["many"]


def test_two_stamps_of_a_lot_in_one_hour_are_one_message(work: Work, serials: list[int]) -> None:
    began = work.now
    ring(work, serials[0])
    work.now = began
    ring(work, serials[1])

    assert [one.serial for one in alarms(work)] == serials
    assert len(told(work)) == 1


def test_the_first_answer_stands_and_is_the_only_one_in_the_audit(
    work: Work, serials: list[int]
) -> None:
    alarm = ring(work, serials[0])

    service.answer_alarm(work, alarm_id=alarm.id, answer=service.NOT_OURS)
    service.answer_alarm(work, alarm_id=alarm.id, answer=service.OURS)

    work.session.refresh(alarm)
    assert (alarm.answer, alarm.answered_at) == ("not_ours", work.now)
    answers = select(AuditEntry.act).where(AuditEntry.object_kind == "stamp_alarm")
    assert work.session.scalars(answers).all() == ["alarm_not_ours"]


def test_an_answered_alarm_waits_no_longer(work: Work, serials: list[int]) -> None:
    alarm = ring(work, serials[0])

    service.answer_alarm(work, alarm_id=alarm.id, answer=service.OURS)

    assert queries.waiting_for_makers(work.session, [alarm.enterprise_id]) == []


def test_the_browser_is_forgotten_with_the_device(work: Work, serials: list[int]) -> None:
    check(work, serials[0], "buyer")
    work.now += timedelta(days=180)

    old = service.checks_to_forget(work.session, today=replace(work).today)
    service.forget_devices(work, old)

    assert work.session.scalars(select(StampCheck.browser_hash)).all() == [None]


def test_a_denial_opens_one_case_without_a_report_and_joins_an_open_one(
    work: Work, serials: list[int]
) -> None:
    alarm = ring(work, serials[0])
    other = ring(work, serials[1])
    report = service.report(work, serial=serials[1], text="Dao lạ", contact="")
    open_ = service.open_case(work, report_id=report.id, side=Side.OFFICE)

    case = service.answer_alarm(work, alarm_id=alarm.id, answer=service.NOT_OURS)
    joined = service.answer_alarm(work, alarm_id=other.id, answer=service.NOT_OURS)

    assert case is not None
    assert (case.serial, case.state, case.opened_by) == (serials[0], "new", "maker")
    assert queries.case_reports(work.session, case.id) == []
    assert joined is not None
    assert joined.id == open_.id


def visits(work: Work, serial: int, count: int, *, name: str) -> None:
    for visitor in range(count):
        work.now += timedelta(hours=3)
        check(work, serial, f"{name} {visitor}")


def test_an_alarm_called_ours_rings_again_when_clearly_more_happens(
    work: Work, serials: list[int]
) -> None:
    alarm = ring(work, serials[0])
    service.answer_alarm(work, alarm_id=alarm.id, answer=service.OURS)
    visits(work, serials[0], 4, name="customer")  # Eight occasions: twice four, but four more.
    work.session.refresh(alarm)
    before = (alarm.answer, alarm.rings)
    visits(work, serials[0], 1, name="one more")
    work.session.refresh(alarm)

    assert before == ("ours", 1)
    assert (alarm.answer, alarm.answered_at, alarm.by_person_id) == (None, None, None)
    assert (alarm.rings, alarm.occasions, alarm.raised_at) == (2, 9, work.now)
    assert len(told(work)) == 2
    waiting = queries.waiting_for_makers(work.session, [alarm.enterprise_id])
    assert waiting == [(alarm.enterprise_id, "alarms", 1)]


def shelf_counts(work: Work, serial: int, count: int) -> None:
    """A shop scans its shelf, this stamp among the others, again and again."""
    stamp = queries.stamp_row(work.session, serial)
    assert stamp is not None
    for number in range(count):
        work.now += timedelta(hours=3)
        burst = StampBurst(
            public_id=work.new_public_id(),
            enterprise_id=stamp.enterprise_id,
            batch_id=stamp.batch_id,
            opening_token=work.new_token(),
            began_at=work.now,
            until_at=work.now,
            stamps=12,
        )
        work.session.add(burst)
        work.session.flush()
        clerk = Visitor(
            Visit.PERSON, f"clerk {number}", f"shop {number}", bursts={stamp.batch_id: burst.id}
        )
        service.record_check(replace(work), serial=serial, visitor=clerk)


def test_a_shop_that_counts_its_shelf_makes_no_answered_alarm_ring_again(
    work: Work, serials: list[int]
) -> None:
    alarm = ring(work, serials[0])
    service.answer_alarm(work, alarm_id=alarm.id, answer=service.OURS)
    shelf_counts(work, serials[0], 5)
    visits(work, serials[0], 4, name="customer")  # Eight without the shop's five.
    work.session.refresh(alarm)
    before = (alarm.answer, alarm.rings)
    visits(work, serials[0], 1, name="one more")
    work.session.refresh(alarm)

    assert before == ("ours", 1)
    assert (alarm.answer, alarm.rings, alarm.occasions) == (None, 2, 14)


def test_nor_does_it_after_a_case_that_found_nothing(work: Work, serials: list[int]) -> None:
    alarm = denied(work, serials[0], CaseState.GENUINE)  # Ten occasions by then.
    shelf_counts(work, serials[0], 6)
    visits(work, serials[0], 9, name="customer")
    work.session.refresh(alarm)
    before = (alarm.answer, alarm.rings)
    visits(work, serials[0], 1, name="one more")
    work.session.refresh(alarm)

    assert before == ("not_ours", 1)
    assert (alarm.answer, alarm.rings) == (None, 2)


def test_an_alarm_denied_or_unanswered_does_not_ring_again(work: Work, serials: list[int]) -> None:
    waiting, denied = ring(work, serials[0]), ring(work, serials[1])
    service.answer_alarm(work, alarm_id=denied.id, answer=service.NOT_OURS)
    for serial in serials:
        visits(work, serial, 12, name="customer")
    for alarm in (waiting, denied):
        work.session.refresh(alarm)

    assert [(one.rings, one.answer) for one in (waiting, denied)] == [(1, None), (1, "not_ours")]


def denied(work: Work, serial: int, end: CaseState) -> StampAlarm:
    """An alarm answered "not ours", the case it led to looked into and concluded."""
    alarm = ring(work, serial)
    case = service.answer_alarm(work, alarm_id=alarm.id, answer=service.NOT_OURS)
    assert case is not None
    service.take_case(work, case_id=case.id, side=Side.OFFICE)
    visits(work, serial, 6, name="while it is looked into")
    judge = service.Judge(Side.OFFICE, officer_of("4", None))
    ending = service.Conclusion(end, "Đã xem hàng")
    service.conclude_case(work, case_id=case.id, judge=judge, conclusion=ending)
    work.session.refresh(alarm)
    return alarm


@pytest.mark.parametrize("end", [CaseState.GENUINE, CaseState.UNCLEAR])
def test_a_denied_alarm_rings_again_by_what_comes_after_its_case_found_nothing(
    work: Work, serials: list[int], end: CaseState
) -> None:
    alarm = denied(work, serials[0], end)
    visits(work, serials[0], 9, name="customer")  # Nineteen: not yet twice the ten of then.
    work.session.refresh(alarm)
    before = (alarm.answer, alarm.rings)
    visits(work, serials[0], 1, name="one more")
    work.session.refresh(alarm)

    assert before == ("not_ours", 1)
    assert (alarm.answer, alarm.rings, alarm.occasions) == (None, 2, 20)
    assert len(told(work)) == 2


def test_a_denied_alarm_whose_case_was_confirmed_rings_no_more(
    work: Work, serials: list[int]
) -> None:
    alarm = denied(work, serials[0], CaseState.FAKE)

    visits(work, serials[0], 12, name="customer")

    work.session.refresh(alarm)
    assert (alarm.answer, alarm.rings) == ("not_ours", 1)


def test_each_ring_of_an_alarm_counts_on_its_own_day(work: Work, serials: list[int]) -> None:
    began = work.now
    alarm = ring(work, serials[0])
    first_on = day_of(alarm.raised_at)
    service.answer_alarm(work, alarm_id=alarm.id, answer=service.OURS)
    visits(work, serials[0], 3, name="customer")
    work.now += timedelta(days=7)
    visits(work, serials[0], 2, name="one more")

    days = queries.alarm_days(
        work.session, queries.MappedStamps([alarm.enterprise_id]), since=began
    )

    assert days == {first_on: 1, day_of(work.now): 1}
