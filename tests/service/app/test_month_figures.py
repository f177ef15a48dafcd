"""What a month counts, on the edge of midnight in Việt Nam, and that a kept month stands still."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from accounts import queries
from accounts.models import AreaMonth, Enterprise, EnterpriseReview
from accounts.rules import Office, Role
from app.caring import month
from app.slots import MAKER_FIGURES, MONTH_FIGURES
from catalog.models import ProductReview
from core import clock, figures
from core.figures import Area, Span, month_of
from core.work import COMMAND, Work, transaction
from tests.makers import (
    make_batch,
    make_enterprise,
    make_lot,
    make_officer,
    make_person,
    make_product,
    make_recognition,
)
from traceability import queries as stamp_queries
from traceability import service as stamps
from traceability.models import StampCheck

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
LAST_MOMENT = datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC)  # 23:59:59 in Việt Nam.
FIRST_OF_NOVEMBER = datetime(2026, 10, 31, 17, tzinfo=UTC)
AREA = queries.area_of(Office(1, Role.OFFICER, "4"))


def count(work: Work, area: Area = AREA, span: Span = OCTOBER) -> dict[str, int]:
    return figures.of_month(MONTH_FIGURES, work.session, area, span)


def only(counted: Mapping[str, int], *names: str) -> list[int]:
    return [counted[name] for name in names]


def at(work: Work, moment: datetime) -> Work:
    work.now = moment
    return work


def test_a_month_ends_at_midnight_in_viet_nam(work: Work) -> None:
    for moment in (LAST_MOMENT, FIRST_OF_NOVEMBER):
        at(work, moment)
        enterprise = make_enterprise(work, name=f"Mẫu – {moment:%d}")
        make_product(work, enterprise=enterprise)
        make_batch(work, enterprise=enterprise, count=10)

    october, november = count(work), count(work, span=month_of(date(2026, 11, 1)))

    assert only(october, "makers", "makers_new", "listings_new", "stamps_issued") == [1, 1, 2, 10]
    assert only(november, "makers", "makers_new", "listings_new", "stamps_issued") == [2, 1, 2, 10]
    assert only(november, "listings") == [4]


def test_another_area_and_a_draft_count_nothing(work: Work) -> None:
    at(work, LAST_MOMENT)
    make_enterprise(work).province_code = "66"
    make_enterprise(work, name="Mẫu – Nháp").state = "draft"
    work.session.flush()

    assert set(count(work).values()) == {0}


def test_stamps_count_once_they_are_stuck_on_and_not_if_that_was_undone(work: Work) -> None:
    at(work, LAST_MOMENT - timedelta(hours=2))
    batch = make_batch(work, enterprise=make_enterprise(work), count=10)
    stamps.activate_stamps(work, batch_id=batch.id, first=1, last=4)
    wrong = stamps.activate_stamps(work, batch_id=batch.id, first=5, last=9)
    stamps.undo_activation(work, act_id=wrong.id)
    serial = stamp_queries.serials_at(work.session, batch.id, [1])[1]
    for token in ("a", "b"):
        work.session.add(
            StampCheck(
                day=OCTOBER.last_on,
                token=token,
                serial=serial,
                at=work.now,
                occasion_at=work.now,
                found={},
            )
        )
    stamps.report(work, serial=serial, text="Tem bong", contact="")
    work.session.flush()

    counted = count(work)

    assert only(counted, "stamps_issued", "stamps_active", "stamps_checked") == [10, 4, 1]
    assert only(counted, "reports_new", "reports_closed") == [1, 0]


def test_answers_stand_before_on_and_after_the_last_day(work: Work) -> None:
    at(work, LAST_MOMENT)
    enterprise = make_enterprise(work)
    product = make_product(work, enterprise=enterprise)
    officer = make_person(work, sign_in="lan@goc.example")
    for left, on_time in ((2, True), (0, True), (-1, False), (None, True), (None, None)):
        shared = {
            "enterprise_id": enterprise.id,
            "officer_id": officer.id,
            "level": "commune",
            "looked_at": ["seller"],
            "reviewed_at": work.now,
            "days_left": left,
            "on_time": on_time,
        }
        work.session.add(
            ProductReview(product_id=product.id, outcome="published", product_version=1, **shared)
        )
        work.session.add(EnterpriseReview(outcome="verified", enterprise_version=1, **shared))
    work.session.flush()

    counted = count(work)

    for kind in ("maker", "listing"):
        names = [f"{kind}_answers_{when}" for when in ("before", "on", "after")]
        assert only(counted, *names) == [1, 2, 1]


def test_a_rank_counts_as_it_was_known_on_the_last_day(work: Work) -> None:
    at(work, LAST_MOMENT)
    product = make_product(work, enterprise=make_enterprise(work))
    rank = make_recognition(work, product=product)
    assert only(count(work), "ranks_in_force", "ranks_unverified") == [0, 1]

    rank.review, rank.confirmed_at = "confirmed", FIRST_OF_NOVEMBER
    work.session.flush()

    assert only(count(work), "ranks_in_force", "ranks_unverified") == [0, 1]
    november = count(work, span=month_of(date(2026, 11, 1)))
    assert only(november, "ranks_in_force", "ranks_unverified") == [1, 0]


def test_a_part_that_fails_is_left_out_and_the_others_stand(work: Work) -> None:
    def broken(*_asked: object) -> Mapping[str, int]:
        raise RuntimeError("no table")

    def no_makers(*_asked: object) -> Mapping[int, Mapping[str, int]]:
        raise RuntimeError("no table")

    counted = figures.of_month((broken, MONTH_FIGURES[0]), work.session, AREA, OCTOBER)
    makers = figures.of_makers((no_makers,), work.session, AREA.enterprise_ids, OCTOBER.last_on)

    assert counted["makers"] == 0
    assert makers == {}


def test_a_month_that_is_over_is_kept_once_for_each_area_and_stands_still(app: Flask) -> None:
    last = month_of(clock.today()).before
    with transaction(by=COMMAND) as work:
        make_officer(work, person=make_person(work))
        make_enterprise(work).created_at = last.begins_at

    month.keep_last_month()
    with transaction(by=COMMAND) as work:
        work.session.execute(delete(Enterprise))
    month.keep_last_month()

    with transaction(by=COMMAND) as work:
        kept, country = work.session.scalars(
            select(AreaMonth).order_by(AreaMonth.area.desc())
        ).all()
        report = month.report_of(work.session, AREA, last, now=work.now)
    assert (kept.area, kept.first_on, kept.figures["makers_new"]) == ("4", last.first_on, 1)
    assert (country.area, country.figures["makers_new"]) == ("", 1)
    assert report.is_kept
    assert report.counted_at == kept.counted_at
    (_, (makers, new)) = report.parts[0]
    assert (makers.number, new.number) == (1, 1)


def test_a_month_kept_by_a_clock_that_ran_ahead_is_counted_when_it_is_over(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept_at(moment: datetime) -> list[tuple[date, int]]:
        monkeypatch.setattr(clock, "now", lambda: moment)
        month.keep_last_month()
        with transaction(by=COMMAND) as work:
            kept = work.session.scalars(select(AreaMonth).order_by(AreaMonth.first_on)).all()
            return [(one.first_on, one.figures["makers_new"]) for one in kept]

    october, november = date(2026, 10, 1), date(2026, 11, 1)
    two_days_ahead = kept_at(datetime(2026, 12, 1, 3, tzinfo=UTC))
    put_right = kept_at(datetime(2026, 11, 29, 3, tzinfo=UTC))
    with transaction(by=COMMAND) as work:
        make_enterprise(work).created_at = datetime(2026, 11, 30, 3, tzinfo=UTC)
    over = kept_at(datetime(2026, 12, 1, 4, tzinfo=UTC))

    assert two_days_ahead == [(november, 0)]
    assert put_right == [(october, 0)]
    assert over == [(october, 0), (november, 1)]


def test_a_month_is_not_kept_with_a_gap(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_asked: object) -> Mapping[str, int]:
        raise RuntimeError("no table")

    with monkeypatch.context() as patched:
        patched.setattr(month, "MONTH_FIGURES", (*MONTH_FIGURES, broken))
        with pytest.raises(RuntimeError, match="no table"):
            month.keep_last_month()
    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(AreaMonth)).all() == []

    month.keep_last_month()
    with transaction(by=COMMAND) as work:
        assert [one.area for one in work.session.scalars(select(AreaMonth))] == [""]


def test_areas_are_kept_a_few_at_a_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month, "AREAS_AT_ONCE", 1)
    with transaction(by=COMMAND) as work:
        make_officer(work, person=make_person(work))

    for kept in ({""}, {"", "4"}, {"", "4"}):
        month.keep_last_month()
        with transaction(by=COMMAND) as work:
            assert set(work.session.scalars(select(AreaMonth.area))) == kept


def test_lots_of_makers_of_an_area_have_their_figures_in_two_statements(work: Work) -> None:
    enterprise = make_enterprise(work)
    lot = make_lot(work, product=make_product(work, enterprise=enterprise))
    make_batch(work, lot=lot, count=7)

    found = figures.of_makers(MAKER_FIGURES, work.session, AREA.enterprise_ids, work.today)

    assert found == {enterprise.id: {"listings_published": 1, "stamps_printed": 7}}
