from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from catalog.models import Certificate, Lot, Recognition
from core.errors import NotFound
from core.work import Work
from tests.makers import make_lot
from traceability import service
from traceability.models import Stamp, StampBatch
from traceability.rules import Case, Notice, Verdict, Visit, VoidReason
from traceability.service.checking import Visitor
from traceability.service.reading import Reading

HOME = Visitor(Visit.PERSON, device_hash="my phone", network_hash="home")
STRANGER = Visitor(Visit.PERSON, device_hash="stranger", network_hash="elsewhere")


@pytest.fixture
def lot(work: Work) -> Lot:
    """A lot with one active stamp."""
    lot = make_lot(work)
    batch = service.issue_stamps(work, lot_id=lot.id, count=1)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
    return lot


def read(work: Work, visitor: Visitor = HOME) -> Reading:
    serial = work.session.scalars(select(Stamp.serial)).one()
    check = service.record_check(work, serial=serial, visitor=visitor)
    return service.read_check(work.session, check, language="vi")


def certify(work: Work, lot: Lot, name: str, until: date | None, number: str = "1") -> None:
    work.session.add(
        Certificate(
            enterprise_id=lot.enterprise_id,
            product_id=lot.product_id,
            name=name,
            issuer="Quacert",
            number=number,
            valid_from=date(2020, 1, 1),
            valid_until=until,
        )
    )
    work.session.flush()


def recognise(work: Work, lot: Lot, stars: int | None, decided_on: date | None) -> None:
    work.session.add(
        Recognition(
            product_id=lot.product_id,
            enterprise_id=lot.enterprise_id,
            stage="lapsed",
            stars=stars,
            decided_on=decided_on,
        )
    )
    work.session.flush()


def test_a_stamp_nobody_looked_at_before_has_nothing_beside_its_verdict(
    work: Work, lot: Lot
) -> None:
    reading = read(work)

    assert (reading.judgement.verdict, reading.judgement.notices) == (Verdict.FIRST_CHECK, ())
    assert (reading.today, reading.was_typed) == (work.today, False)
    assert reading.lot is not None
    assert reading.lot.id == lot.id
    assert reading.maker is not None
    assert reading.maker.id == lot.enterprise_id


def test_a_past_check_tells_its_own_numbers_beside_what_is_known_now(work: Work, lot: Lot) -> None:
    first_at = work.now
    read(work)
    work.now += timedelta(hours=3)
    token = read(work, STRANGER).check.token
    day = work.today
    assert token is not None
    work.now += timedelta(days=3)
    read(work)
    lot.best_before_on = work.today - timedelta(days=1)
    work.session.flush()

    past = service.read_past_check(
        work.session, day=day, token=token, today=work.today, language="vi"
    )

    assert (past.check.checks.checks, past.check.checks.occasions) == (1, 1)
    assert past.check.checks.first_at == past.check.checks.last_at == first_at
    assert past.check.at == first_at + timedelta(hours=3)
    assert (past.check.token, past.judgement.case) == (token, Case.ONCE)
    assert past.judgement.notices == (Notice.EXPIRED,)
    assert past.today == work.today


def test_a_past_check_of_a_stamp_cancelled_since_says_so_first(work: Work, lot: Lot) -> None:
    token = read(work).check.token
    assert token is not None
    batch_id = work.session.scalars(select(StampBatch.id)).one()
    service.void_stamps(work, batch_id=batch_id, first=1, last=1, reason=VoidReason.FAKED)

    past = service.read_past_check(
        work.session, day=work.today, token=token, today=work.today, language="vi"
    )

    assert past.judgement.verdict is Verdict.VOID
    assert past.judgement.void_reason is VoidReason.FAKED
    assert past.check.checks.first_at is None


def test_a_result_is_found_by_its_own_day_and_token_alone(work: Work, lot: Lot) -> None:
    token = read(work).check.token
    assert token is not None

    for day, wrong in ((work.today, "nobody"), (work.today - timedelta(days=1), token)):
        with pytest.raises(NotFound):
            service.read_past_check(
                work.session, day=day, token=wrong, today=work.today, language="vi"
            )


@pytest.mark.parametrize(("days", "lapsed"), [(-1, True), (0, False), (1, False), (None, False)])
def test_a_paper_holds_through_its_last_day_or_for_ever(
    work: Work, lot: Lot, days: int | None, *, lapsed: bool
) -> None:
    certify(work, lot, "VietGAP", None if days is None else work.today + timedelta(days=days))

    reading = read(work)

    assert (reading.lapsed_certificate is not None) is lapsed
    assert (Notice.CERTIFICATE_LAPSED in reading.judgement.notices) is lapsed


def test_of_papers_that_ended_the_last_is_named_unless_a_newer_one_holds(
    work: Work, lot: Lot
) -> None:
    certify(work, lot, "VietGAP", date(2021, 1, 1), "cũ")
    certify(work, lot, "VietGAP", None, "mới")
    certify(work, lot, "HACCP", date(2022, 1, 1), "1")
    certify(work, lot, "HACCP", date(2023, 1, 1), "2")

    paper = read(work).lapsed_certificate

    assert paper is not None
    assert (paper.name, paper.number) == ("HACCP", "2")


def test_of_ranks_that_lapsed_on_a_known_day_the_last_is_named(work: Work, lot: Lot) -> None:
    recognise(work, lot, 5, None)
    recognise(work, lot, None, date(2022, 5, 1))
    recognise(work, lot, 3, date(2019, 5, 1))
    recognise(work, lot, 4, date(2020, 5, 1))

    reading = read(work)

    assert reading.lapsed_stars is not None
    assert (reading.lapsed_stars.stars, reading.lapsed_stars.decided_on) == (4, date(2020, 5, 1))
    assert reading.judgement.notices == (Notice.STARS_LAPSED,)


def test_a_rank_that_lapsed_on_an_unknown_day_is_not_spoken_of(work: Work, lot: Lot) -> None:
    recognise(work, lot, 5, None)

    reading = read(work)

    assert (reading.lapsed_stars, reading.judgement.notices) == (None, ())


def test_a_number_never_issued_speaks_of_no_goods(work: Work) -> None:
    check = service.record_check(work, serial=12345, visitor=replace(HOME))
    reading = service.read_check(work.session, check, language="vi")

    assert reading.judgement.verdict is Verdict.NOT_ISSUED
    assert (reading.lot, reading.maker) == (None, None)


def test_each_rank_and_each_paper_of_a_lot_is_read_once(work: Work, lot: Lot) -> None:
    recognise(work, lot, 3, date(2019, 5, 1))
    recognise(work, lot, 4, date(2020, 5, 1))
    certify(work, lot, "VietGAP", None)
    certify(work, lot, "HACCP", None, number="2")

    goods = read(work).lot

    assert goods is not None
    assert [rank.stars for rank in goods.recognitions] == [3, 4]
    assert [paper.name for paper in goods.certificates] == ["VietGAP", "HACCP"]
