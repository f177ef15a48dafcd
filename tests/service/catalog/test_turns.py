"""The officers' queue as the database finds it says the same as the rule."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Enterprise, Person
from accounts.queries import turns
from accounts.rules import Office, Role
from accounts.turns import Level
from catalog import queries
from core import clock
from core.work import Work
from tests.makers import make_consent, make_enterprise, make_member, make_officer, make_person
from tests.makers import make_product as _make_product

MONDAY = datetime(2026, 11, 16, 3, tzinfo=clock.VIETNAM)
OFFICES = {
    Level.COMMUNE: Office(1, Role.OFFICER, "4", "01726"),
    Level.PROVINCE: Office(2, Role.OFFICER, "4"),
    Level.COUNTRY: Office(3, Role.OPERATOR),
}


@pytest.fixture
def enterprise(work: Work) -> Enterprise:
    enterprise = make_enterprise(work)
    enterprise.commune_code = "01726"
    return enterprise


def sent(work: Work, enterprise: Enterprise, at: datetime = MONDAY) -> int:
    product = _make_product(work, enterprise=enterprise, state="submitted")
    product.submitted_at = at
    work.session.flush()
    return product.id


def officer(work: Work, name: str, commune_code: str | None) -> Person:
    person = make_person(work, sign_in=f"{name}@goc.example", name=name)
    make_officer(work, person=person, commune_code=commune_code)
    return person


def lies_with(work: Work, now: datetime) -> list[Level]:
    return [
        level
        for level, office in OFFICES.items()
        if queries.waiting_count(work.session, [office], now=now)
    ]


@pytest.mark.parametrize("at_commune", [True, False])
@pytest.mark.parametrize("at_province", [True, False])
def test_every_item_lies_with_one_office_on_every_day_and_the_rule_says_which(
    work: Work, enterprise: Enterprise, *, at_commune: bool, at_province: bool
) -> None:
    product_id = sent(work, enterprise)
    if at_commune:
        officer(work, "xa", "01726")
    if at_province:
        officer(work, "tinh", None)

    for hours in range(0, 15 * 24, 6):
        now = MONDAY + timedelta(hours=hours)
        found = turns(work.session, {product_id: (enterprise.id, MONDAY)}, now=now)
        assert lies_with(work, now) == [found[product_id].level], now


def test_an_officer_of_another_commune_serves_not_this_one(
    work: Work, enterprise: Enterprise
) -> None:
    sent(work, enterprise)
    officer(work, "xa", "01576")

    assert lies_with(work, MONDAY) == [Level.COUNTRY]


def test_whoever_belongs_to_the_enterprise_or_helps_it_does_not_count(
    work: Work, enterprise: Enterprise
) -> None:
    sent(work, enterprise)
    make_member(work, enterprise=enterprise, person=officer(work, "xa", "01726"))
    helper = officer(work, "tinh", None)
    now = work.now
    make_consent(work, enterprise=enterprise, helper=helper)

    assert lies_with(work, now) == [Level.COUNTRY]


def test_whoever_moves_away_loses_the_queue_at_once(work: Work, enterprise: Enterprise) -> None:
    sent(work, enterprise)
    person = make_person(work, sign_in="xa@goc.example")
    held = make_officer(work, person=person, commune_code="01726")
    assert lies_with(work, MONDAY) == [Level.COMMUNE]

    held.ended_at = work.now
    work.session.flush()

    assert lies_with(work, MONDAY) == [Level.COUNTRY]


def test_goods_follow_their_makers_place_and_nothing_a_form_says(
    work: Work, enterprise: Enterprise
) -> None:
    sent(work, enterprise)
    officer(work, "xa", "01726")

    assert queries.waiting_count(work.session, [Office(9, Role.OFFICER, "1")], now=MONDAY) == 0
    assert lies_with(work, MONDAY) == [Level.COMMUNE]
