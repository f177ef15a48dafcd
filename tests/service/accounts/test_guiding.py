"""Guiding: paired by two digits, seen only while on, ended at once, erased after a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import GuidingOneself, GuidingOver
from accounts.models import Enterprise, Guiding, Person
from accounts.service.guiding import forget_guidings
from core.work import By, Work
from tests.makers import make_enterprise, make_guiding, make_person


@pytest.fixture
def ha(work: Work) -> Person:
    return make_person(work, sign_in="ha@goc.example")


@pytest.fixture
def minh(work: Work) -> Person:
    return make_person(work, sign_in="minh@goc.example", name="Minh")


@pytest.fixture
def smithy(work: Work) -> Enterprise:
    return make_enterprise(work)


def by(work: Work, person: Person) -> Work:
    return replace(work, by=By("person", person.id))


def test_the_pair_on_the_helpers_screen_begins_it(
    work: Work, ha: Person, minh: Person, smithy: Enterprise
) -> None:
    mine = by(work, ha)
    service.ask_guiding(mine, enterprise_id=smithy.id, helper=" Minh@goc.example")
    [asked] = queries.guidings_for(work.session, minh.id, now=work.now)
    assert (asked.producer, asked.is_on, asked.pair in asked.pairs) == ("Hà", False, True)

    assert service.choose_pair(mine, pair=asked.pair) == asked.public_id

    found = queries.guiding_of(work.session, ha.id, now=work.now)
    assert found is not None
    assert found.is_on
    assert queries.guiding_of(work.session, ha.id, now=work.now + timedelta(minutes=30)) is None


def test_a_wrong_pair_ends_it(work: Work, ha: Person, minh: Person, smithy: Enterprise) -> None:
    make_guiding(work, enterprise=smithy, producer=ha, helper=minh, is_on=False)

    assert service.choose_pair(by(work, ha), pair="80") == ""

    assert queries.guidings_for(work.session, minh.id, now=work.now) == []
    with pytest.raises(GuidingOver):
        service.choose_pair(by(work, ha), pair="47")


def test_whether_a_number_is_known_is_not_told(work: Work, ha: Person, smithy: Enterprise) -> None:
    service.ask_guiding(by(work, ha), enterprise_id=smithy.id, helper="0987 654 321")

    asked = queries.guiding_of(work.session, ha.id, now=work.now)
    assert asked is not None
    assert (len(asked.pairs), asked.is_on) == (3, False)
    assert service.choose_pair(by(work, ha), pair=asked.pair) == ""


def test_nobody_guides_themselves(work: Work, ha: Person, smithy: Enterprise) -> None:
    with pytest.raises(GuidingOneself):
        service.ask_guiding(by(work, ha), enterprise_id=smithy.id, helper="ha@goc.example")

    assert work.session.scalars(select(Guiding)).all() == []


def test_asking_anew_ends_the_earlier_one(
    work: Work, ha: Person, minh: Person, smithy: Enterprise
) -> None:
    first = make_guiding(work, enterprise=smithy, producer=ha, helper=minh)

    service.ask_guiding(by(work, ha), enterprise_id=smithy.id, helper="minh@goc.example")

    work.session.refresh(first)
    assert first.ended_at == work.now
    assert len(queries.guidings_for(work.session, minh.id, now=work.now)) == 1


def test_the_helper_sees_page_and_field_and_says_one_thing(
    work: Work, ha: Person, minh: Person, smithy: Enterprise
) -> None:
    one = make_guiding(work, enterprise=smithy, producer=ha, helper=minh).public_id

    place = "manage_products.quick"
    service.note_place(by(work, ha), public_id=one, place=place, field="price_vnd")
    service.say_to_guided(by(work, minh), public_id=one, words="Gõ 150k", field="price_vnd")

    seen = queries.guiding(work.session, one, now=work.now)
    assert seen is not None
    assert (seen.place, seen.field, seen.placed_at) == (place, "price_vnd", work.now)
    assert (seen.note, seen.note_field, seen.notes) == ("Gõ 150k", "price_vnd", 1)


def test_nobody_else_places_or_says_anything(
    work: Work, ha: Person, minh: Person, smithy: Enterprise
) -> None:
    one = make_guiding(work, enterprise=smithy, producer=ha, helper=minh).public_id

    service.note_place(by(work, minh), public_id=one, place="manage.home", field="")
    with pytest.raises(GuidingOver):
        service.say_to_guided(by(work, ha), public_id=one, words="Chào", field="")
    service.leave_guiding(by(work, ha), public_id=one)

    seen = queries.guiding(work.session, one, now=work.now)
    assert seen is not None
    assert (seen.place, seen.note, seen.notes) == ("", "", 0)


def test_what_ended_tells_and_takes_nothing_more(
    work: Work, ha: Person, minh: Person, smithy: Enterprise
) -> None:
    one = make_guiding(work, enterprise=smithy, producer=ha, helper=minh)

    service.end_guiding(by(work, ha))

    assert queries.guiding(work.session, one.public_id, now=work.now) is None
    with pytest.raises(GuidingOver):
        service.say_to_guided(by(work, minh), public_id=one.public_id, words="Chào", field="")
    service.note_place(by(work, ha), public_id=one.public_id, place="manage.home", field="")
    work.session.refresh(one)
    assert one.place == ""


def test_a_day_later_it_is_erased(work: Work, ha: Person, minh: Person, smithy: Enterprise) -> None:
    make_guiding(work, enterprise=smithy, producer=ha, helper=minh)

    forget_guidings(replace(work, now=work.now + timedelta(hours=24)))
    assert len(work.session.scalars(select(Guiding)).all()) == 1
    forget_guidings(replace(work, now=work.now + timedelta(hours=24, seconds=1)))

    assert work.session.scalars(select(Guiding)).all() == []
