"""A maker's home draws checks by week, stamps, and listings by state, and says them in words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from core import clock
from core.work import COMMAND, transaction
from tests.makers import (
    make_enterprise,
    make_member,
    make_person,
    make_product,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn
from tests.web.traceability.manage_cast import Cast
from traceability import service
from traceability.rules import Visit
from traceability.service.checking import Visitor

_WEDNESDAY = datetime(2026, 11, 18, 5, tzinfo=UTC)
MOST_STATEMENTS = 21  # Of the whole home: cases, alarms, askings, recalls are one each.


@pytest.fixture
def cast(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """In the middle of a week: on a Sunday evening three hours on are next week."""
    monkeypatch.setattr(clock, "now", lambda: _WEDNESDAY)
    return Cast(app)


def scanned(cast: Cast, *, days_ago: int) -> None:
    """One person looks at a stamp of ours that is on goods, so many days ago."""
    serial = cast.serial(cast.batch(1, active=1), 1)
    with transaction(by=COMMAND) as work:
        work.now = clock.now() + timedelta(hours=3) - timedelta(days=days_ago)
        service.record_check(
            work, serial=serial, visitor=Visitor(Visit.PERSON, f"phone {serial}", "elsewhere")
        )


def test_checks_are_drawn_by_week_and_said_in_words(cast: Cast) -> None:
    scanned(cast, days_ago=0)
    scanned(cast, days_ago=0)
    scanned(cast, days_ago=14)
    scanned(cast, days_ago=70)  # Before the eight weeks.

    text = cast.director.get("/manage").text

    assert "3 lượt trong 8 tuần, tuần này 2." in text
    columns = re.findall(r'<svg class="columns".*?</svg>', text, re.DOTALL)
    assert len(columns) == 1
    assert columns[0].count("<rect") == 8
    assert columns[0].count('<rect class="none"') == 6
    assert re.search(
        r'role="img" aria-label="Lượt quét, tuần từ .*: 0; .*: 1; .*: 0; .*: 2\."', text
    )


def test_stamps_and_listings_are_drawn_by_state(cast: Cast) -> None:
    cast.batch(12, active=5)
    with transaction(by=COMMAND) as work:
        ours = work.session.merge(cast.ours)
        make_product(work, enterprise=ours, name="Dao rựa", state="draft")

    text = cast.director.get("/manage").text

    assert "<dt>Đã dán</dt><dd>5</dd>" in text
    assert "<dt>Đã in, chờ dán</dt><dd>7</dd>" in text
    assert '<dt><span class="state good">Đang bán</span></dt><dd>1</dd>' in text
    assert '<dt><span class="state ">Chưa gửi</span></dt><dd>1</dd>' in text
    assert "Cần sửa" not in text
    assert "Lượt quét tem" not in text  # Nobody looked yet.


def test_nobody_sees_anothers_figures(cast: Cast) -> None:
    cast.batch(12, active=5)

    text = cast.stranger.get("/manage").text

    assert "Tem của bạn" not in text
    assert '<dt><span class="state good">Đang bán</span></dt><dd>1</dd>' in text  # Their own.


def test_a_new_seller_reads_what_will_stand_there(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person, enterprise = make_person(work), make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        key = make_sign_in(work, person=person, enterprise=enterprise)

    text = SignedIn(app, key, for_enterprise=enterprise.public_id).get("/manage").text

    assert "Chưa có gì để vẽ." in text
    assert '<svg class="columns"' not in text


def test_the_home_asks_the_same_however_much_there_is(cast: Cast) -> None:
    scanned(cast, days_ago=0)
    few = _asked(cast)
    for days_ago in (0, 8, 9, 30):
        scanned(cast, days_ago=days_ago)
        cast.batch(3)

    assert _asked(cast) == few
    assert few <= MOST_STATEMENTS


def _asked(cast: Cast) -> int:
    cast.director.get("/manage")
    with counted_statements() as statements:
        cast.director.get("/manage")
    return len([one for one in statements if one.lstrip().startswith("SELECT")])
