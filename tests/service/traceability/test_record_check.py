from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.messages import Message
from core.work import Work
from tests.makers import make_lot
from traceability import queries, service
from traceability.models import Stamp, StampCheck, StampEarlyVisit
from traceability.rules import Uncounted, Visit
from traceability.service.checking import Check, Visitor
from traceability.tokens import day_of_token

HOME = Visitor(Visit.PERSON, device_hash="my phone", network_hash="home")
PARTNER = replace(HOME, device_hash="partner's phone")
STRANGER = Visitor(Visit.PERSON, device_hash="stranger", network_hash="elsewhere")


@pytest.fixture
def serial(work: Work) -> int:
    batch = service.issue_stamps(work, lot_id=make_lot(work).id, count=1)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
    work.now += timedelta(hours=3)
    return work.session.scalars(select(Stamp.serial).where(Stamp.batch_id == batch.id)).one()


def check(work: Work, serial: int, visitor: Visitor) -> Check:
    return service.record_check(work, serial=serial, visitor=visitor)


def counted(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(StampCheck)) or 0


def test_the_first_check_finds_none_before_it(work: Work, serial: int) -> None:
    first = check(work, serial, HOME)

    assert first.uncounted is None
    assert (first.checks.checks, first.checks.occasions) == (0, 0)
    assert first.token is not None
    assert day_of_token(first.token) == work.today
    found = queries.past_check(work.session, day=work.today, token=first.token)
    assert found is not None
    assert found["serial"] == serial


def test_the_same_device_is_not_counted_again_within_a_day(work: Work, serial: int) -> None:
    first = check(work, serial, HOME)
    counted_at = work.now
    work.now += timedelta(hours=23, minutes=59)

    again = check(work, serial, HOME)

    assert again.uncounted is Uncounted.SAME_DEVICE
    assert (again.token, again.own_at) == (first.token, counted_at)
    assert again.checks.own_checks == 1
    assert counted(work) == 1


def test_the_same_device_counts_again_after_a_day(work: Work, serial: int) -> None:
    check(work, serial, HOME)
    work.now += timedelta(hours=24)

    later = check(work, serial, HOME)

    assert later.uncounted is None
    assert (later.checks.checks, later.checks.occasions) == (1, 1)
    assert counted(work) == 2


def test_one_network_within_two_hours_is_one_occasion(work: Work, serial: int) -> None:
    check(work, serial, HOME)
    work.now += timedelta(hours=1, minutes=59)

    second = check(work, serial, PARTNER)
    third = check(work, serial, STRANGER)

    assert second.checks.in_own_occasion is True
    assert (third.checks.checks, third.checks.occasions) == (2, 1)
    assert third.checks.in_own_occasion is False


def test_an_occasion_ends_two_hours_after_it_began(work: Work, serial: int) -> None:
    check(work, serial, HOME)
    work.now += timedelta(hours=1, minutes=30)
    check(work, serial, PARTNER)
    work.now += timedelta(minutes=30)

    later = check(work, serial, replace(HOME, device_hash="third phone"))
    after = check(work, serial, STRANGER)

    assert later.checks.in_own_occasion is False
    assert (after.checks.checks, after.checks.occasions) == (3, 2)


def test_another_device_elsewhere_is_a_second_occasion(work: Work, serial: int) -> None:
    check(work, serial, HOME)
    work.now += timedelta(minutes=5)

    second = check(work, serial, STRANGER)

    assert (second.checks.checks, second.checks.occasions) == (1, 1)
    assert second.checks.first_at == second.checks.last_at == work.now - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("visitor", "because"),
    [
        (replace(STRANGER, visit=Visit.PREVIEW), Uncounted.NOT_A_PERSON),
        (replace(STRANGER, visit=Visit.ROBOT), Uncounted.NOT_A_PERSON),
        (replace(STRANGER, visit=Visit.PREFETCH), Uncounted.NOT_A_PERSON),
        (replace(STRANGER, is_officer=True), Uncounted.OFFICER),
    ],
)
def test_who_does_not_count_leaves_no_trace(
    work: Work, serial: int, visitor: Visitor, because: Uncounted
) -> None:
    seen = check(work, serial, visitor)

    assert seen.uncounted is because
    assert seen.token is None
    assert counted(work) == 0


def test_members_of_the_issuing_enterprise_do_not_use_the_first_check_up(
    work: Work, serial: int
) -> None:
    row = queries.stamp_row(work.session, serial)
    assert row is not None
    member = replace(HOME, enterprise_ids=frozenset({row.enterprise_id}))
    outsider = replace(STRANGER, enterprise_ids=frozenset({row.enterprise_id + 1}))

    assert check(work, serial, member).uncounted is Uncounted.MEMBER
    assert check(work, serial, outsider).uncounted is None


def test_a_stamp_not_active_reminds_its_maker_once_an_hour(work: Work) -> None:
    batch = service.issue_stamps(work, lot_id=make_lot(work).id, count=2)
    serials = work.session.scalars(select(Stamp.serial).where(Stamp.batch_id == batch.id)).all()
    work.now = work.now.replace(minute=10)

    first = check(work, serials[0], STRANGER)
    second = check(work, serials[1], HOME)

    assert (first.uncounted, first.reminded) == (Uncounted.NOT_ACTIVE, True)
    assert second.reminded is False
    assert work.session.scalar(select(func.count()).select_from(Message)) == 1
    assert counted(work) == 0
    work.now += timedelta(hours=1)
    assert check(work, serials[1], HOME).reminded is True


def test_looks_before_activation_are_told_afterwards(work: Work) -> None:
    batch = service.issue_stamps(work, lot_id=make_lot(work).id, count=1)
    serial = work.session.scalars(select(Stamp.serial).where(Stamp.batch_id == batch.id)).one()
    check(work, serial, STRANGER)
    check(work, serial, HOME)  # Within two hours: the same look.
    work.now += timedelta(hours=2)
    check(work, serial, STRANGER)

    service.activate_stamps(work, batch_id=batch.id, first=1, last=1)

    row = queries.stamp_row(work.session, serial)
    assert row is not None
    assert row.early_visits == 2


def test_a_robot_does_not_remind_the_maker(work: Work) -> None:
    batch = service.issue_stamps(work, lot_id=make_lot(work).id, count=1)
    serial = work.session.scalars(select(Stamp.serial).where(Stamp.batch_id == batch.id)).one()

    seen = check(work, serial, replace(STRANGER, visit=Visit.ROBOT))

    assert seen.reminded is False
    assert work.session.scalar(select(func.count()).select_from(StampEarlyVisit)) == 0


def test_a_number_never_issued_has_no_stamp(work: Work) -> None:
    seen = check(work, 12345, STRANGER)

    assert seen.stamp is None
    assert counted(work) == 0
