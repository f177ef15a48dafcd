import time
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Enterprise
from app.demo.load import load_demo
from app.demo.samples import LOTS
from app.demo.stamps import shown_stamps
from catalog.models import Lot, Offer, Pack, Product, Recognition
from catalog.rules import RecognitionFacts, best_standing
from core.clock import beginning_of, day_of
from core.database import Base
from core.places import communes
from core.work import Work
from tests.statements import counted_statements
from traceability.models import (
    LotRecall,
    StampAlarm,
    StampAlarmRing,
    StampBurst,
    StampCheck,
    StampClaim,
    StampTally,
)
from traceability.queries import MappedStamps, named_places
from traceability.rules import MAP_DAYS, parse_serial, told_places

TODAY = date(2026, 11, 21)


@pytest.fixture
def loaded(work: Work) -> Work:
    counts = load_demo(work)
    assert counts.refusals == ()
    assert counts.real.created == 523
    return work


def test_the_demo_says_of_ranks_what_the_rows_support(loaded: Work) -> None:
    rows = loaded.session.scalars(select(Recognition)).all()

    standings = Counter(
        best_standing(
            [
                RecognitionFacts(
                    stage=row.stage,
                    stars=row.stars,
                    decision=row.decision,
                    authority=row.authority,
                    decided_on=row.decided_on,
                    decided_year=row.decided_year,
                    valid_until=row.valid_until,
                )
            ],
            today=TODAY,
        ).value
        for row in rows
    )

    assert standings == {
        "in_force": 15,
        "unverified": 254,
        "lapsed": 142,
        "filed": 100,
        "none": 12,
    }


def test_eleven_real_products_without_a_producer_stay_drafts(loaded: Work) -> None:
    states = Counter(
        loaded.session.scalars(select(Product.state).where(~Product.import_key.like("sample|%")))
    )

    assert states == {"published": 512, "draft": 11}
    priced = select(Pack.product_id)
    drafts = select(Product.id).where(Product.state == "draft", Product.id.in_(priced))
    assert loaded.session.scalars(drafts).all() == []


def test_nothing_is_invented_about_real_makers(loaded: Work) -> None:
    rows = loaded.session.execute(
        select(Enterprise.id, Enterprise.name, Enterprise.is_sample, Enterprise.phone)
    ).all()
    real = {row.id for row in rows if not row.is_sample}

    assert all(row.is_sample == row.name.startswith("Mẫu –") for row in rows)
    assert all(row.phone is None for row in rows if row.id in real)
    assert loaded.session.scalars(select(Lot.id).where(Lot.enterprise_id.in_(real))).all() == []
    prices = select(Offer.is_illustrative).where(Offer.seller_id.in_(real))
    assert set(loaded.session.scalars(prices)) == {True}
    packs = select(Pack.gtin).where(Pack.enterprise_id.in_(real))
    assert set(loaded.session.scalars(packs)) == {None}
    communes = select(Enterprise.commune_code).where(Enterprise.id.in_(real))
    assert set(loaded.session.scalars(communes)) == {None}
    assert None not in set(
        loaded.session.scalars(select(Enterprise.province_code).where(Enterprise.id.in_(real)))
    )


def test_the_samples_have_lots_with_dates_and_numbers_of_the_demo_s_range(loaded: Work) -> None:
    samples = loaded.session.scalars(select(Enterprise).where(Enterprise.is_sample)).all()

    phones = [each.phone for each in samples]
    assert all(phone is not None and phone.startswith("09000000") for phone in phones)
    lots = loaded.session.scalars(select(Lot)).all()
    assert len(lots) == 10
    assert {lot.enterprise_id for lot in lots} <= {each.id for each in samples}
    past = [lot.code for lot in lots if lot.best_before_on and lot.best_before_on < loaded.today]
    assert past == ["CR-04"]


def test_one_lot_is_called_back_and_every_stamp_of_it_shows_that(loaded: Work) -> None:
    [lot] = loaded.session.scalars(select(Lot).where(Lot.recalled_since.is_not(None)))
    [recall] = loaded.session.scalars(select(LotRecall))

    assert lot.code == "26-04X"
    assert (recall.lot_id, recall.reason, recall.advice) == (lot.id, "spoiled", "bring_back")
    assert (recall.by_side, recall.phone, recall.lifted_at) == ("maker", "+84900000012", None)
    shown = shown_stamps(loaded.session, base_url="")
    assert shown is not None
    assert len({shown.active, shown.waiting, shown.recalled}) == 3


def test_five_weeks_of_checks_end_yesterday_with_more_on_weekends(loaded: Work) -> None:
    found = loaded.session.execute(select(StampCheck.day, StampCheck.at, StampCheck.burst_id)).all()

    days = Counter(day for day, _, burst_id in found if burst_id is None)
    yesterday = loaded.today - timedelta(days=1)
    assert set(days) == {yesterday - timedelta(days=each) for each in range(35)}
    assert all(day_of(at) == day for day, at, _ in found)
    # Of two whole weeks in the middle, where few lots begin to sell.
    weeks = [day for day in days if 14 <= (yesterday - day).days < 28]
    weekend = [days[day] for day in weeks if day.weekday() >= 5]
    others = [days[day] for day in weeks if day.weekday() < 5]
    assert sum(weekend) / len(weekend) > sum(others) / len(others)


def test_some_look_again_the_day_after(loaded: Work) -> None:
    household = StampCheck.serial, StampCheck.network_hash
    looked = select(func.count(StampCheck.day.distinct())).group_by(*household)
    days = loaded.session.scalars(looked).all()

    assert days.count(2) > len(days) / 10


def test_nobody_has_looked_at_the_stamps_that_are_shown_first(loaded: Work) -> None:
    shown = shown_stamps(loaded.session, base_url="")
    assert shown is not None

    first = [address.rsplit("/", 1)[1] for address in (shown.active, shown.waiting)]

    serials = [parse_serial(text) for text in first]
    looked = select(StampTally.serial).where(StampTally.serial.in_(serials))
    assert loaded.session.scalars(looked).all() == []


def test_the_map_has_provinces_named_often_and_seldom(loaded: Work) -> None:
    makers = loaded.session.scalars(select(Enterprise.id).where(Enterprise.province_code == "4"))
    begins_at = beginning_of(loaded.today - timedelta(days=MAP_DAYS - 1))

    named = named_places(loaded.session, MappedStamps(list(makers)), since=begins_at)

    told = told_places(communes()[code].province_code for code, _ in named)
    assert {code: told.count for code, told in told.items() if told.count} == {
        "1": 13,
        "4": 12,
        "79": 5,
    }
    few = {code for code, each in told.items() if each.count is None}
    assert few == {"19", "24", "31", "37", "40", "48", "92"}


def test_two_alarms_ring_and_one_burst_is_set_aside_all_of_the_tea(loaded: Work) -> None:
    alarms = loaded.session.scalars(select(StampAlarm).order_by(StampAlarm.raised_at)).all()
    [burst] = loaded.session.scalars(select(StampBurst))

    days_ago = [(loaded.today - day_of(alarm.raised_at)).days for alarm in alarms]
    assert days_ago == [25, 3]
    assert [(alarm.reasons, alarm.answer) for alarm in alarms] == [("sightings", None)] * 2
    assert (burst.stamps, burst.answer) == (14, None)
    set_aside = select(func.count()).select_from(StampCheck).where(StampCheck.burst_id == burst.id)
    assert loaded.session.scalar(set_aside) == 14
    tea = select(Enterprise.id).where(Enterprise.name == "Mẫu – HTX chè đồi Nà Lạn")
    assert {alarm.enterprise_id for alarm in alarms} == {burst.enterprise_id}
    assert loaded.session.scalars(tea).one() == burst.enterprise_id


def test_loading_again_changes_nothing(loaded: Work) -> None:
    kept = (StampCheck, StampClaim, StampAlarm, StampAlarmRing, StampBurst)
    before = [_count(loaded, table) for table in kept]

    counts = load_demo(loaded)

    assert (counts.real.created, counts.real.updated, counts.real.unchanged) == (0, 0, 523)
    assert (counts.samples.created, counts.samples.updated) == (0, 0)
    assert counts.lots == 0
    assert counts.stamps == 0
    assert [_count(loaded, table) for table in kept] == before


def test_loading_takes_few_statements_and_seconds(work: Work) -> None:
    began = time.thread_time()

    with counted_statements() as statements:
        load_demo(work)

    # The sample lots' stamps are issued and stuck on one by one, by the verbs of the pages; each
    # import, issue and act on stamps leaves its entry in the record of acts, each batch its own in
    # the log; a roll is one batch more. Two sheets are handed out by print codes, one of them
    # downloaded and answered. Two reports of one stamp are made a case.
    # From a new device a roll's stamps are asked to be stuck on: tried, taken back, kept as asked.
    # An act closes the activations that waited for its stamps: one statement more.
    # One lot is called back, with its entry in the log. On PostgreSQL a lock is a statement.
    # Each check and each “tôi đã mua món này” goes through the verb that a visit goes through: the
    # rule that rings alarms has to meet them one after another.
    checks, claims = _count(work, StampCheck), _count(work, StampClaim)
    assert len(statements) <= 195 + 27 * (len(LOTS) + 1) + 5 * checks + 7 * claims
    assert checks <= 350
    assert claims <= 50
    assert time.thread_time() - began < 10


def _count(work: Work, table: type[Base]) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0
