import time
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import Enterprise
from app.demo.load import load_demo
from app.demo.samples import LOTS
from app.demo.stamps import shown_stamps
from catalog.models import Lot, Offer, Pack, Product, Recognition
from catalog.rules import RecognitionFacts, best_standing
from core.work import Work
from tests.statements import counted_statements
from traceability.models import LotRecall

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


def test_loading_again_changes_nothing(loaded: Work) -> None:
    counts = load_demo(loaded)

    assert (counts.real.created, counts.real.updated, counts.real.unchanged) == (0, 0, 523)
    assert (counts.samples.created, counts.samples.updated) == (0, 0)
    assert counts.lots == 0
    assert counts.stamps == 0


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
    assert len(statements) <= 195 + 27 * (len(LOTS) + 1)
    assert time.thread_time() - began < 10
