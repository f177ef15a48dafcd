"""A burst over many stamps from one network: what it changes, and what it cannot."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from core import clock
from core.work import COMMAND, VISITOR, reading, transaction
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from traceability import queries, service
from traceability.models import (
    Stamp,
    StampAlarm,
    StampBatch,
    StampBurst,
    StampCheck,
    StampTally,
)
from traceability.rules import BURST_STAMPS, Mark, Visit, serial_text
from traceability.service import Visitor

PHONE = "Mozilla/5.0 (Linux; Android 14; Phone {}) AppleWebKit/537.36"
SHOP = "10.60.1.1"


class Box:
    """Twenty active stamps of one batch, and whoever scans them."""

    def __init__(self, app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.cast = app, cast
        self.now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)
        self.batch: StampBatch = cast.batch(20, active=20)
        with reading() as session:
            asked = select(Stamp.serial).where(Stamp.batch_id == self.batch.id)
            self.serials = list(session.scalars(asked.order_by(Stamp.ordinal)))

    def look(self, serial: int, address: str, phone: str = "A") -> str:
        """Open a stamp's page, signed in nowhere."""
        page = self.app.test_client().get(
            f"/s/{serial_text(serial)}",
            headers={"User-Agent": PHONE.format(phone)},
            environ_base={"REMOTE_ADDR": address},
        )
        assert page.status_code == 200
        return page.text

    def scan(self, count: int, address: str = SHOP, phone: str = "A") -> None:
        for serial in self.serials[:count]:
            self.look(serial, address, phone)

    def bursts(self) -> list[StampBurst]:
        with reading() as session:
            return list(session.scalars(select(StampBurst).order_by(StampBurst.id)))

    def alarms(self) -> list[int]:
        with reading() as session:
            return list(session.scalars(select(StampAlarm.serial).order_by(StampAlarm.id)))

    def in_bursts(self) -> int:
        with reading() as session:
            kept = session.scalars(select(StampCheck.burst_id)).all()
        return sum(burst is not None for burst in kept)


@pytest.fixture
def box(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Box:
    return Box(app, cast, monkeypatch)


def test_eleven_stamps_are_no_burst_and_the_twelfth_takes_them_all(box: Box) -> None:
    box.scan(BURST_STAMPS - 1)
    before = box.bursts()
    box.scan(15)

    assert before == []
    [burst] = box.bursts()
    assert (burst.stamps, burst.batch_id, burst.answer) == (15, box.batch.id, None)
    assert (burst.began_at, burst.until_at) == (box.now, box.now)
    assert box.in_bursts() == 15


def test_looks_written_in_another_order_than_they_began_are_one_burst(box: Box) -> None:
    """Two at once: who looked at the clock first may be written last; a clock may be put back."""
    box.now += timedelta(hours=1)
    latest = box.now
    for serial in box.serials[:14]:
        box.look(serial, SHOP)
        box.now -= timedelta(seconds=1)

    [burst] = box.bursts()
    assert (burst.began_at, burst.until_at) == (latest - timedelta(seconds=11), latest)
    assert burst.stamps == box.in_bursts() == 14


def test_a_burst_ends_two_hours_after_its_first_look(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, steady = box.now, clock.steady_seconds
    monkeypatch.setattr(
        clock, "steady_seconds", lambda: steady() + (box.now - began).total_seconds()
    )
    box.scan(BURST_STAMPS - 1)
    box.now += timedelta(minutes=110)
    box.scan(BURST_STAMPS)
    box.now += timedelta(minutes=15)
    box.scan(2, phone="B")  # Again: twelve stamps are twelve.

    [burst] = box.bursts()
    assert (burst.stamps, burst.until_at - burst.began_at) == (12, timedelta(minutes=110))
    assert box.in_bursts() == 12


def test_nothing_of_who_scanned_is_kept_with_a_burst() -> None:
    assert set(StampBurst.__table__.columns.keys()) == {
        "id",
        "public_id",
        "enterprise_id",
        "batch_id",
        "opening_token",
        "began_at",
        "until_at",
        "stamps",
        "answer",
        "answered_at",
        "by_person_id",
    }


def test_buyers_still_read_every_look(box: Box) -> None:
    box.scan(BURST_STAMPS)
    box.now += timedelta(hours=5)

    page = box.look(box.serials[0], "10.61.1.1", "B")

    assert "đã kiểm 1 lượt trước bạn" in page
    with reading() as session:
        assert session.get_one(StampTally, box.serials[0]).occasions == 2


def test_many_phones_of_a_market_at_one_stamp_are_no_burst(box: Box) -> None:
    for phone in range(20):
        box.look(box.serials[0], SHOP, f"{phone}")

    assert box.bursts() == []


def test_stamps_looked_at_from_many_networks_are_no_burst(box: Box) -> None:
    for number, serial in enumerate(box.serials):
        box.look(serial, f"10.{100 + number}.1.1")

    assert box.bursts() == []


def test_a_shop_that_counts_its_shelf_six_times_rings_no_alarm(box: Box) -> None:
    for day in range(6):
        box.now += timedelta(days=day and 1)
        box.app.extensions["lately"]._kept.clear()  # Two hours have passed.
        box.scan(14, address=f"10.7{day}.1.1", phone=f"{day}")

    assert len(box.bursts()) == 6
    assert box.alarms() == []
    # The page keeps its own law: case D, by occasions alone.
    assert 'data-grade="attentive"' in box.look(box.serials[0], "10.88.1.1", "Z")


def strangers(box: Box) -> None:
    """Four who are new at the first stamp, the last of them long after activation."""
    for visitor, day in enumerate((1, 12, 24, 36), start=1):
        box.now += timedelta(days=day)
        box.look(box.serials[0], f"10.90.{visitor}.1", f"stranger {visitor}")


def test_a_forger_silences_no_alarm_by_scanning_other_stamps_around_it(box: Box) -> None:
    """What is set aside is the forger's own looks: those of everybody else count as before."""
    box.scan(16, phone="forger")
    assert box.in_bursts() == 16
    strangers(box)

    assert box.alarms() == [box.serials[0]]


def test_a_burst_that_the_maker_denies_counts_again(box: Box) -> None:
    box.scan(BURST_STAMPS)
    [burst] = box.bursts()
    path = f"/manage/bursts/{burst.public_id}"
    cast = box.cast

    answered = cast.director.post(path, {"answer": "not_ours"})
    again = cast.director.post(path, {"answer": "ours"})

    assert (answered.status_code, again.status_code) == (303, 303)
    case = cast.director.get(answered.location)
    assert "có người quét 12 tem của một đợt qua cùng một mạng" in case.text
    assert [one.answer for one in box.bursts()] == ["not_ours"]
    with reading() as session:
        seen = queries.recent_checks(
            session, box.serials[0], queries.Sought("d", "n"), box.now, is_watched=True
        )
    assert (len(seen.seen), seen.set_aside) == (1, 0)


def test_one_tap_ours_leaves_them_aside(box: Box) -> None:
    box.scan(BURST_STAMPS)
    [burst] = box.bursts()

    answered = box.cast.director.post(
        f"/manage/bursts/{burst.public_id}", {"answer": "ours"}, follow_redirects=True
    )

    assert "Danh sách đại lý" in answered.text
    with reading() as session:
        seen = queries.recent_checks(
            session, box.serials[0], queries.Sought("d", "n"), box.now, is_watched=True
        )
    assert (seen.seen, seen.set_aside) == ((), 1)
    assert box.alarms() == []


def test_the_maker_reads_of_it_and_others_do_not(box: Box) -> None:
    box.scan(BURST_STAMPS)
    [burst] = box.bursts()
    path = f"/manage/bursts/{burst.public_id}"

    home, listed = (box.cast.director.get(url).text for url in ("/manage", "/manage/alarms"))

    assert "1 lần có người quét nhiều tem qua cùng một mạng" in home
    assert "có người quét 12 tem của đợt phát ngày" in listed
    assert path in listed
    assert box.cast.stranger.post(path, {"answer": "ours"}).status_code == 404
    assert box.cast.director.post(path, {"answer": "perhaps"}).status_code == 303
    assert [one.answer for one in box.bursts()] == [None]


def test_the_list_asks_the_database_little(box: Box) -> None:
    box.scan(BURST_STAMPS)

    with counted_statements() as statements:
        box.cast.director.get("/manage/alarms")

    assert len(statements) <= 10


def test_a_check_of_a_burst_asks_no_more_than_others(box: Box) -> None:
    with counted_statements() as usual:
        box.look(box.serials[18], "10.99.1.1")
    box.scan(BURST_STAMPS)
    with counted_statements() as in_burst:
        box.look(box.serials[15], SHOP)

    assert len(in_burst) <= len(usual) + 1  # The burst grows.


def test_a_burst_is_gone_after_half_a_year(box: Box) -> None:
    box.scan(BURST_STAMPS)
    with transaction(by=COMMAND) as work:
        work.now += timedelta(days=180, minutes=1)
        old = service.checks_to_forget(work.session, today=work.today)
        service.forget_devices(work, old)
        service.forget_networks(work)

    assert box.bursts() == []
    assert box.in_bursts() == 0


def test_two_who_see_a_burst_at_once_make_one_row(box: Box) -> None:
    box.scan(BURST_STAMPS)
    [burst] = box.bursts()
    with reading() as session:
        tokens = session.scalars(
            select(StampCheck.token).order_by(StampCheck.token != burst.opening_token)
        ).all()
    marks = [Mark(token, is_new=True) for token in tokens]
    nobody = Visitor(Visit.PERSON, "d", "n")
    with transaction(by=VISITOR) as work:
        found = service.look(work.session, serial=box.serials[0], visitor=nobody, now=work.now)
        again = service.set_aside(work, check=found, marks=marks)

    assert again.id == burst.id
    assert [one.stamps for one in box.bursts()] == [12]
