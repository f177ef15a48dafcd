from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from catalog.models import Lot
from core.clock import beginning_of
from core.figures import Span, month_of
from core.work import COMMAND, Work, transaction
from tests.makers import lot_of, make_batch, make_enterprise, make_person, make_practice
from traceability import queries, service, tasks
from traceability.models import StampBatch, StampCheck, StampMonth
from traceability.rules import CaseState, Side, VoidReason
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason
from traceability.service import Conclusion, Judge

OCTOBER = month_of(date(2026, 10, 1))
TODAY = date(2026, 11, 22)


def at(work: Work, day: date) -> Work:
    """The same work on another day, at noon."""
    work.now = beginning_of(day) + timedelta(hours=12)
    return work


def check(work: Work, *, day: date, checks: int, occasions: int, token: str) -> None:
    """A counted check that found these numbers before it."""
    numbers: dict[str, Any] = {
        "checks": checks,
        "occasions": occasions,
        "first_at": None,
        "last_at": None,
        "early_days": 0,
        "own_checks": 0,
        "in_own_occasion": False,
    }
    work.session.add(
        StampCheck(
            day=day,
            token=token,
            serial=1,
            at=work.now,
            occasion_at=work.now,
            found={"serial": 1, "at": work.now.isoformat(), "checks": numbers},
        )
    )
    work.session.flush()


def recall(work: Work, batch: StampBatch) -> None:
    """Call the lot of a batch back."""
    notice = service.RecallNotice(RecallReason.LABEL, Advice.KEEP)
    lot = work.session.get_one(Lot, lot_of(batch))
    judge = service.Judge(Side.MAKER, MAKER)
    service.recall_lot(work, lot_id=lot.id, version=lot.version, judge=judge, notice=notice)


def test_a_month_counts_what_happened_in_it_and_nothing_else(work: Work) -> None:
    batch = make_batch(at(work, date(2026, 10, 1)), count=10)
    service.activate_stamps(at(work, date(2026, 10, 31)), batch_id=batch.id, first=1, last=8)
    service.void_stamps(
        at(work, date(2026, 10, 31)), batch_id=batch.id, first=7, last=8, reason=VoidReason.RETURNED
    )
    for number, (checks, occasions) in enumerate([(0, 0), (0, 0), (1, 1), (9, 9)]):
        check(work, day=OCTOBER.last_on, checks=checks, occasions=occasions, token=f"A{number}")
    for day in (OCTOBER.first_on - timedelta(days=1), OCTOBER.last_on + timedelta(days=1)):
        check(work, day=day, checks=0, occasions=0, token=f"B{day}")
    recall(at(work, OCTOBER.last_on), batch)
    later = make_batch(at(work, date(2026, 11, 1)), count=500)
    service.activate_stamps(work, batch_id=later.id, first=1, last=1)
    recall(work, later)

    assert queries.count_month(work.session, OCTOBER) == {
        "stamps_issued": 10,
        "stamps_active": 8,
        "stamps_void": 2,
        "checks_first": 2,
        "checks_again": 1,
        "checks_attentive": 1,
        "reports_new": 0,
        "reports_closed": 0,
        "cases_new": 0,
        "cases_fake": 0,
        "cases_genuine": 0,
        "cases_unclear": 0,
        "lots_recalled": 1,
    }


def test_checks_are_read_piece_by_piece_and_each_once(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traceability.queries.months.CHECKS_AT_ONCE", 2)
    days = [OCTOBER.first_on] * 3 + [date(2026, 10, 9)] * 2 + [OCTOBER.last_on]
    for number, day in enumerate(days):
        check(work, day=day, checks=0, occasions=0, token=f"A{number}")

    assert queries.count_month(work.session, OCTOBER)["checks_first"] == 6


def test_an_activation_undone_in_the_month_is_none(work: Work) -> None:
    batch = make_batch(at(work, date(2026, 10, 5)), count=10)
    act = service.activate_stamps(work, batch_id=batch.id, first=1, last=10)
    service.undo_activation(work, act_id=act.id)

    assert queries.count_month(work.session, OCTOBER)["stamps_active"] == 0


def test_stamps_of_practice_are_nobodys(work: Work) -> None:
    enterprise = make_enterprise(at(work, date(2026, 10, 5)))
    make_batch(work, enterprise=enterprise, count=10)
    make_practice(work, person=make_person(work), enterprise=enterprise)

    assert queries.count_month(work.session, OCTOBER)["stamps_issued"] == 0
    assert queries.month_to_count(work.session, today=TODAY) is None


def test_reports_count_by_the_day_they_came_and_the_day_they_were_closed(work: Work) -> None:
    batch = make_batch(at(work, date(2026, 10, 5)), count=1)
    serial = queries.serials_at(work.session, batch.id, [1])[1]
    service.report(work, serial=serial, text="Tem bong", contact="")

    assert queries.count_month(work.session, OCTOBER)["reports_new"] == 1
    assert queries.count_month(work.session, month_of(TODAY))["reports_new"] == 0


def test_cases_count_by_the_day_they_were_opened_and_the_day_they_ended(work: Work) -> None:
    batch = make_batch(at(work, date(2026, 10, 5)), count=1)
    serial = queries.serials_at(work.session, batch.id, [1])[1]
    report = service.report(work, serial=serial, text="Tem bong", contact="")
    case = service.open_case(work, report_id=report.id, side=Side.OFFICE)
    service.take_case(work, case_id=case.id, side=Side.OFFICE)
    work = at(work, date(2026, 11, 2))
    service.conclude_case(
        work,
        case_id=case.id,
        judge=Judge(Side.OFFICE, "officer_of 48"),
        conclusion=Conclusion(CaseState.UNCLEAR, "Không tìm thấy hàng"),
    )

    october = queries.count_month(work.session, OCTOBER)
    november = queries.count_month(work.session, month_of(TODAY))

    assert (october["cases_new"], october["cases_unclear"]) == (1, 0)
    assert (november["cases_new"], november["cases_unclear"]) == (0, 1)
    assert (november["cases_fake"], november["cases_genuine"]) == (0, 0)


def test_months_are_counted_one_after_another_from_the_first_stamp(work: Work) -> None:
    assert queries.month_to_count(work.session, today=TODAY) is None
    make_batch(at(work, date(2026, 9, 30)), count=1)
    counted: list[Span] = []

    while span := queries.month_to_count(work.session, today=TODAY):
        counted.append(span)
        assert service.keep_month(work, span, {})

    assert [span.first_on for span in counted] == [date(2026, 9, 1), date(2026, 10, 1)]
    assert not service.keep_month(work, OCTOBER, {"stamps_issued": 5})
    kept = queries.told_months(work.session, at_most=1)
    assert [(month.first_on, month.figures) for month in kept] == [(date(2026, 10, 1), {})]


def test_a_month_that_is_not_over_is_forgotten(work: Work) -> None:
    for day in (date(2026, 10, 1), date(2026, 11, 1), date(2027, 5, 1)):
        service.keep_month(work, month_of(day), {})

    service.forget_unfinished_months(at(work, TODAY))

    assert work.session.scalars(select(StampMonth.first_on)).all() == [date(2026, 10, 1)]


def test_the_worker_keeps_what_is_over_once(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        today = work.today
        first = month_of(today).before.before
        make_batch(at(work, first.first_on), count=7)

    assert app
    for _ in range(2):
        tasks.keep_months()

    with transaction(by=COMMAND) as work:
        kept = queries.told_months(work.session, at_most=9)
        assert [(month.first_on, month.figures["stamps_issued"]) for month in kept] == [
            (month_of(today).before.first_on, 0),
            (first.first_on, 7),
        ]
