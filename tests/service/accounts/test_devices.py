"""Browsers of an enterprise: when they are noted, what ends them, how long they are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.models import Enterprise, EnterpriseDevice, Person, SignIn
from accounts.service import Browser
from core.dispatch.models import Dispatch
from core.work import By, Work
from tests.askings import make_device
from tests.makers import make_consent, make_enterprise, make_member, make_person

PHONE = Browser("hash of the phone", "Android, Chrome")


class Shop:
    """Hà, who directs two enterprises, and Mai, who works in the first."""

    def __init__(self, work: Work) -> None:
        self.enterprise: Enterprise = make_enterprise(work)
        self.other: Enterprise = make_enterprise(work, name="Mẫu – Hợp tác xã chè")
        self.ha: Person = make_person(work)
        self.mai: Person = make_person(work, sign_in="mai@goc.example", name="Mai")
        make_member(work, enterprise=self.enterprise, person=self.ha)
        make_member(work, enterprise=self.other, person=self.ha)
        make_member(work, enterprise=self.enterprise, person=self.mai, role="warehouse")


@pytest.fixture
def shop(work: Work) -> Shop:
    return Shop(work)


def living(work: Work) -> list[tuple[int, int]]:
    rows = work.session.execute(
        select(EnterpriseDevice.enterprise_id, EnterpriseDevice.person_id)
        .where(EnterpriseDevice.ended_at.is_(None))
        .order_by(EnterpriseDevice.id)
    )
    return [(enterprise_id, person_id) for enterprise_id, person_id in rows]


def test_a_browser_is_noted_at_sign_in_and_at_a_switch_once_for_each_enterprise(
    work: Work, shop: Shop
) -> None:
    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="k", browser=PHONE)
    as_ha = replace(work, by=By("person", shop.ha.id))
    for _ in range(2):
        service.switch_enterprise(as_ha, key_hash="k", enterprise=shop.other.public_id)

    assert living(work) == [(shop.enterprise.id, shop.ha.id), (shop.other.id, shop.ha.id)]


def test_a_browser_counts_a_day_later_and_until_then_it_is_the_first_day(
    work: Work, shop: Shop
) -> None:
    service.note_device(work, person_id=shop.ha.id, enterprise_id=shop.enterprise.id, browser=PHONE)
    facts = queries.device_facts(work.session, shop.enterprise.id, browser_hash=PHONE.browser_hash)
    strange = queries.device_facts(work.session, shop.enterprise.id, browser_hash="")
    tomorrow = work.now + timedelta(days=1)

    assert (facts.is_known(work.now), facts.is_first_day(work.now)) == (False, True)
    assert (facts.is_known(tomorrow), facts.is_first_day(tomorrow)) == (True, False)
    assert (strange.is_known(tomorrow), strange.is_first_day(tomorrow)) == (False, False)


def test_whose_password_opened_a_new_browser_hears_of_it_once_and_not_on_the_first_day(
    work: Work, shop: Shop
) -> None:
    def told() -> list[str]:
        return list(work.session.scalars(select(Dispatch.target)))

    service.begin_sign_in(work, person_id=shop.mai.id, key_hash="first day", browser=PHONE)
    assert told() == []

    tomorrow = replace(work, now=work.now + timedelta(days=1))
    service.begin_sign_in(tomorrow, person_id=shop.mai.id, key_hash="again", browser=PHONE)
    assert told() == []

    strange = Browser("hash of a stranger's", "Windows, Edge")
    for key in ("stolen", "and again"):
        service.begin_sign_in(tomorrow, person_id=shop.mai.id, key_hash=key, browser=strange)
    assert told() == ["mai@goc.example"]


def test_a_helpers_browser_is_not_kept(work: Work, shop: Shop) -> None:
    helper = make_person(work, sign_in="doan@goc.example", name="Đoàn")
    make_consent(work, enterprise=shop.enterprise, helper=helper)

    service.note_device(work, person_id=helper.id, enterprise_id=shop.enterprise.id, browser=PHONE)

    assert living(work) == []


def test_who_leaves_takes_their_browsers_along_and_no_others(work: Work, shop: Shop) -> None:
    make_device(work, enterprise=shop.enterprise, person=shop.mai, browser_hash="mai")
    make_device(work, enterprise=shop.enterprise, person=shop.ha, browser_hash="ha")

    service.remove_member(
        replace(work, by=By("person", shop.ha.id, shop.enterprise.id)),
        enterprise_id=shop.enterprise.id,
        person_id=shop.mai.id,
    )

    assert living(work) == [(shop.enterprise.id, shop.ha.id)]


def test_signing_a_device_out_from_afar_ends_it_everywhere_and_oneself_nowhere(
    work: Work, shop: Shop
) -> None:
    as_ha = replace(work, by=By("person", shop.ha.id))
    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="old phone", browser=PHONE)
    service.switch_enterprise(as_ha, key_hash="old phone", enterprise=shop.other.public_id)
    service.begin_sign_in(
        work, person_id=shop.ha.id, key_hash="here", browser=Browser("hash of this", "Mac")
    )

    service.sign_out(as_ha, key_hash="here")
    assert len(living(work)) == 3  # Going out oneself, one comes back as known.

    service.sign_out_one(as_ha, person_id=shop.ha.id, device="old phone")
    assert living(work) == [(shop.enterprise.id, shop.ha.id)]


def test_signing_out_everywhere_leaves_this_browser_alone(work: Work, shop: Shop) -> None:
    as_ha = replace(work, by=By("person", shop.ha.id))
    make_device(work, enterprise=shop.enterprise, person=shop.ha, browser_hash="lost long ago")
    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="here", browser=PHONE)

    service.sign_out_everywhere(as_ha, person_id=shop.ha.id, but="here")

    rows = work.session.scalars(
        select(EnterpriseDevice.browser_hash).where(EnterpriseDevice.ended_at.is_(None))
    )
    assert rows.all() == [PHONE.browser_hash]


def test_a_new_password_lets_no_browser_of_a_thief_come_of_age(work: Work, shop: Shop) -> None:
    make_device(work, enterprise=shop.enterprise, person=shop.ha, browser_hash="known")
    thief = Browser("hash of a stranger's", "Windows, Edge")
    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="stolen", browser=thief)
    service.sign_out(work, key_hash="stolen")
    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="here", browser=PHONE)

    service.change_password(
        work, person_id=shop.ha.id, password_hash="new", key_hash="here", is_sure=True
    )

    rows = work.session.scalars(
        select(EnterpriseDevice.browser_hash)
        .where(EnterpriseDevice.ended_at.is_(None))
        .order_by(EnterpriseDevice.id)
    )
    assert rows.all() == ["known", PHONE.browser_hash]


def test_a_new_password_keeps_nobodys_own_browser_from_coming_of_age(
    work: Work, shop: Shop
) -> None:
    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="old", browser=PHONE)
    service.change_password(
        work, person_id=shop.ha.id, password_hash="new", key_hash="elsewhere", is_sure=True
    )

    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="again", browser=PHONE)

    facts = queries.device_facts(work.session, shop.enterprise.id, browser_hash=PHONE.browser_hash)
    assert (facts.known_at, facts.was_ended) == (work.now + timedelta(days=1), False)


def test_an_ended_device_goes_after_ninety_days_an_unused_one_after_four_hundred(
    work: Work, shop: Shop
) -> None:
    ended = make_device(work, enterprise=shop.enterprise, person=shop.ha, browser_hash="ended")
    service.end_device(work, enterprise_id=shop.enterprise.id, public_id=ended.public_id)
    make_device(work, enterprise=shop.enterprise, person=shop.ha, browser_hash="used")

    def kept_after(days: int) -> int:
        service.forget_enterprise_devices(replace(work, now=work.now + timedelta(days=days)))
        return len(work.session.scalars(select(EnterpriseDevice.id)).all())

    assert [kept_after(days) for days in (90, 91, 400, 401)] == [2, 1, 1, 0]


def test_an_ended_browser_does_not_come_of_age_by_signing_in_again(work: Work, shop: Shop) -> None:
    service.begin_sign_in(work, person_id=shop.ha.id, key_hash="k", browser=PHONE)
    here, mark = shop.enterprise.id, PHONE.browser_hash
    service.end_browser(work, enterprise_id=here, browser_hash=mark)
    later = replace(work, now=work.now + timedelta(days=2))

    service.begin_sign_in(later, person_id=shop.ha.id, key_hash="k2", browser=PHONE)

    facts = queries.device_facts(work.session, here, browser_hash=mark)
    assert (facts.known_at, facts.was_ended) == (None, True)
    assert living(work) == []

    service.know_device(later, person_id=shop.ha.id, enterprise_id=here, browser=PHONE)
    facts = queries.device_facts(work.session, here, browser_hash=mark)
    assert (facts.is_known(later.now), facts.was_ended) == (True, False)


def test_whose_password_opened_an_ended_browser_hears_of_it(work: Work, shop: Shop) -> None:
    make_device(work, enterprise=shop.enterprise, person=shop.ha, browser_hash="known")
    make_device(work, enterprise=shop.enterprise, person=shop.mai, browser_hash="refused")
    service.end_browser(work, enterprise_id=shop.enterprise.id, browser_hash="refused")

    again = Browser("refused", "Windows, Edge")
    service.begin_sign_in(work, person_id=shop.mai.id, key_hash="stolen again", browser=again)

    assert work.session.scalars(select(Dispatch.target)).all() == ["mai@goc.example"]


def test_a_browser_of_who_belongs_nowhere_has_no_mark(work: Work) -> None:
    buyer = make_person(work, sign_in="buyer2@goc.example")
    without = Browser("", "Android, Chrome")

    service.begin_sign_in(work, person_id=buyer.id, key_hash="k", browser=without)

    assert not queries.belongs_somewhere(work.session, buyer.id)
    kept = work.session.execute(select(SignIn.browser_hash, SignIn.device)).one()
    assert tuple(kept) == (None, "Android, Chrome")
