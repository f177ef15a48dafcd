"""Asking, answering, ending: what is stored, who is told, what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import service
from accounts.errors import AlreadyBelongs, AskingClosed, ConsentOver, OwnAsking, TooManyAskings
from accounts.models import Consent, ConsentAsking, Enterprise, Person
from accounts.queries import Asked
from accounts.rules import Scope
from accounts.service import Wish
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.messages import Message
from core.work import By, Work
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_member,
    make_person,
)
from tests.pictures import make_photo

PHONE = "+84912345678"
SITE = "https://goc.example"
WISH = Wish((Scope.LOTS, Scope.LISTING), days=30)


class Cast:
    """Hà leads a smithy; Minh would help. `minh_does`, `ha_does`: the work as each does it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.smithy: Enterprise = make_enterprise(work)
        self.ha: Person = make_person(work, sign_in=PHONE, name="Hà")
        self.minh: Person = make_person(work, sign_in="minh@goc.example", name="Minh")
        make_member(work, enterprise=self.smithy, person=self.ha)
        self.ha_does = replace(work, by=By("person", self.ha.id, enterprise_id=self.smithy.id))
        self.minh_does = replace(work, by=By("person", self.minh.id))
        self.asked = Asked("0912 345 678", self.smithy.id, self.ha.id)

    def ask(self, of: Asked | None = None) -> ConsentAsking:
        """One asking of Minh's."""
        public_id = service.ask_consent(self.minh_does, of=of or self.asked, wish=WISH, site=SITE)
        return self.work.session.scalars(
            select(ConsentAsking).where(ConsentAsking.public_id == public_id)
        ).one()

    def acts(self) -> list[tuple[str, int | None, dict[str, object]]]:
        """What was written down, by whom, with its details."""
        rows = self.work.session.scalars(select(AuditEntry).order_by(AuditEntry.at))
        return [(one.act, one.by_person_id, one.details) for one in rows]

    def told(self) -> list[tuple[str, dict[str, object]]]:
        """The messages to the smithy."""
        rows = self.work.session.scalars(select(Message).order_by(Message.id))
        return [(one.kind, one.values) for one in rows if one.enterprise_id == self.smithy.id]

    def sent(self) -> list[Dispatch]:
        """The SMS that went out."""
        return list(self.work.session.scalars(select(Dispatch).order_by(Dispatch.id)))


@pytest.fixture
def cast(work: Work) -> Cast:
    return Cast(work)


def test_an_asking_is_stored_told_and_written_down(cast: Cast) -> None:
    asking = cast.ask()

    assert (asking.helper_id, asking.enterprise_id, asking.sent_to_id) == (
        cast.minh.id,
        cast.smithy.id,
        cast.ha.id,
    )
    assert (asking.asked_of, asking.state) == ("0912 345 678", "asked")
    assert asking.scopes == ["listing", "lots"]
    assert len(set(asking.pairs)) == 3
    assert (asking.asked_at, asking.until_at) == (
        cast.work.now,
        cast.work.now + timedelta(days=30),
    )
    assert cast.told() == [("consent_asked", {"asking_id": asking.id})]
    [sms] = cast.sent()
    assert sms.target == PHONE
    assert sms.once_key == f"consent:{asking.public_id}"
    assert sms.until_at == cast.work.now + timedelta(hours=24)
    assert sms.words is not None
    assert f"{SITE}/consents/" in sms.words
    details = {"helper_id": cast.minh.id, "scopes": ["listing", "lots"]}
    assert cast.acts() == [("ask_consent", cast.minh.id, details)]


def test_of_a_number_nobody_has_an_asking_waits_and_nobody_is_told(cast: Cast) -> None:
    asking = cast.ask(Asked("0987 654 321"))

    assert (asking.enterprise_id, asking.state) == (None, "asked")
    assert (cast.told(), cast.sent(), cast.acts()) == ([], [], [])


def test_whoever_belongs_there_does_not_ask_and_whoever_helps_there_may(cast: Cast) -> None:
    with pytest.raises(AlreadyBelongs):
        service.ask_consent(cast.ha_does, of=cast.asked, wish=WISH, site=SITE)
    make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh)

    assert cast.ask().state == "asked"
    other = make_enterprise(cast.work, name="Mẫu – khác")
    of_other = Asked("x", other.id)
    assert service.ask_consent(cast.ha_does, of=of_other, wish=WISH, site=SITE)


def test_twenty_askings_a_day_are_plenty(cast: Cast) -> None:
    for number in range(20):
        cast.ask(Asked(f"09876543{number:02}"))

    with pytest.raises(TooManyAskings) as refusal:
        cast.ask()
    assert refusal.value.values == {"most": 20}

    cast.minh_does.now += timedelta(hours=24)
    assert cast.ask().state == "asked"


def test_a_second_asking_by_the_same_words_takes_the_place_of_the_first(cast: Cast) -> None:
    first, other = cast.ask(), cast.ask(Asked("khác"))
    second = cast.ask()
    for one in (first, other):
        cast.work.session.refresh(one)

    assert (first.state, first.decided_at, first.decided_by_id) == (
        "withdrawn",
        cast.work.now,
        cast.minh.id,
    )
    assert (other.state, second.state) == ("asked", "asked")


def test_three_sms_a_day_from_one_helper_to_one_producer_and_a_message_each(cast: Cast) -> None:
    for number in range(4):
        cast.ask(replace(cast.asked, words=f"cách {number}"))

    assert len(cast.sent()) == 3
    assert len(cast.told()) == 4


def test_without_a_telephone_there_is_a_message_alone(cast: Cast) -> None:
    cast.ask(replace(cast.asked, sent_to_id=None))

    assert cast.sent() == []
    assert len(cast.told()) == 1


def test_the_right_pair_gives_what_was_asked_for(cast: Cast) -> None:
    asking = cast.ask()

    state = service.answer_asking(cast.ha_does, public_id=asking.public_id, pair=asking.pairs[0])

    consent = cast.work.session.scalars(select(Consent)).one()
    assert state == asking.state == "given"
    assert (asking.consent_id, asking.decided_by_id, asking.decided_at) == (
        consent.id,
        cast.ha.id,
        cast.work.now,
    )
    assert (consent.enterprise_id, consent.helper_id) == (cast.smithy.id, cast.minh.id)
    assert consent.scopes == ["listing", "lots"]
    assert (consent.asked_at, consent.decided_at, consent.until_at) == (
        cast.work.now,
        cast.work.now,
        asking.until_at,
    )
    assert (consent.decided_by_id, consent.witness_id, consent.paper_id) == (
        cast.ha.id,
        None,
        None,
    )
    assert [act for act, _, _ in cast.acts()].count("give_consent") == 1
    assert [kind for kind, _ in cast.told()] == ["consent_asked"]


@pytest.mark.parametrize(
    ("answer", "state", "act"),
    [("wrong", "wrong_pair", "refuse_wrong_pair"), ("", "not_me", "refuse_helper")],
)
def test_any_other_answer_is_no_and_leaves_a_trace(
    cast: Cast, answer: str, state: str, act: str
) -> None:
    asking = cast.ask()
    pair = asking.pairs[1] if answer else None

    assert service.answer_asking(cast.ha_does, public_id=asking.public_id, pair=pair) == state

    assert (asking.state, asking.consent_id, asking.decided_by_id) == (state, None, cast.ha.id)
    assert cast.work.session.scalars(select(Consent)).all() == []
    assert ("consent_refused", {"asking_id": asking.id}) in cast.told()
    assert act in [one for one, _, _ in cast.acts()]
    with pytest.raises(AskingClosed):
        service.answer_asking(cast.ha_does, public_id=asking.public_id, pair=asking.pairs[0])


def test_after_a_day_an_asking_is_not_answered_any_more(cast: Cast) -> None:
    asking = cast.ask()
    cast.ha_does.now += timedelta(hours=24)

    with pytest.raises(AskingClosed):
        service.answer_asking(cast.ha_does, public_id=asking.public_id, pair=asking.pairs[0])

    cast.ha_does.now -= timedelta(microseconds=1)
    assert service.answer_asking(cast.ha_does, public_id=asking.public_id, pair=asking.pairs[0])


def test_an_asking_of_nobody_is_not_answered(cast: Cast) -> None:
    asking = cast.ask(Asked("0987 654 321"))

    with pytest.raises(AskingClosed):
        service.answer_asking(cast.ha_does, public_id=asking.public_id, pair=asking.pairs[0])
    with pytest.raises(AskingClosed):
        service.answer_asking(cast.ha_does, public_id="0000000000", pair=None)


def test_a_new_consent_ends_the_former_of_the_two_and_no_other(cast: Cast) -> None:
    former = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh)
    other = make_consent(
        cast.work, enterprise=make_enterprise(cast.work, name="Mẫu – b"), helper=cast.minh
    )
    third = make_consent(
        cast.work, enterprise=cast.smithy, helper=make_person(cast.work, sign_in="tu@goc.example")
    )
    asking = cast.ask()

    service.answer_asking(cast.ha_does, public_id=asking.public_id, pair=asking.pairs[0])

    for one in (former, other, third):
        cast.work.session.refresh(one)
    assert (former.ended_at, former.ended_by_id) == (cast.work.now, cast.ha.id)
    assert (other.ended_at, third.ended_at) == (None, None)
    assert ("end_consent", cast.ha.id, {"helper_id": cast.minh.id}) in cast.acts()


def test_only_its_helper_takes_an_asking_back_and_only_while_it_waits(cast: Cast) -> None:
    asking, answered = cast.ask(), cast.ask(Asked("khác", cast.smithy.id))
    service.answer_asking(cast.ha_does, public_id=answered.public_id, pair=None)

    service.take_back_asking(cast.ha_does, public_id=asking.public_id)
    cast.work.session.refresh(asking)
    assert asking.state == "asked"

    service.take_back_asking(cast.minh_does, public_id=asking.public_id)
    service.take_back_asking(cast.minh_does, public_id=answered.public_id)
    for one in (asking, answered):
        cast.work.session.refresh(one)

    assert (asking.state, asking.decided_at, asking.decided_by_id) == (
        "withdrawn",
        cast.work.now,
        cast.minh.id,
    )
    assert answered.state == "not_me"
    assert [act for act, _, _ in cast.acts()].count("take_back_asking") == 1
    unknown = cast.ask(Asked("0987 654 321"))
    service.take_back_asking(cast.minh_does, public_id=unknown.public_id)
    assert [act for act, _, _ in cast.acts()].count("take_back_asking") == 1


def test_a_consent_ends_once(cast: Cast) -> None:
    consent = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh)
    other = make_consent(
        cast.work, enterprise=make_enterprise(cast.work, name="Mẫu – b"), helper=cast.minh
    )

    service.end_consent(cast.ha_does, public_id=consent.public_id)
    cast.minh_does.now += timedelta(hours=1)
    service.end_consent(cast.minh_does, public_id=consent.public_id)

    for one in (consent, other):
        cast.work.session.refresh(one)
    assert (consent.ended_at, consent.ended_by_id) == (cast.work.now, cast.ha.id)
    assert other.ended_at is None
    assert cast.acts() == [("end_consent", cast.ha.id, {"helper_id": cast.minh.id})]
    [entry] = cast.work.session.scalars(select(AuditEntry))
    assert (entry.object_kind, entry.object_id, entry.enterprise_id) == (
        "consent",
        consent.id,
        cast.smithy.id,
    )


def test_a_helper_writes_only_while_the_consent_lives(cast: Cast) -> None:
    consent = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh)
    by = By("person", cast.minh.id, enterprise_id=cast.smithy.id, consent_id=consent.id)
    helping = replace(cast.work, by=by)
    service.hold_consent(helping)
    service.hold_consent(cast.ha_does)

    service.end_consent(cast.ha_does, public_id=consent.public_id)

    with pytest.raises(ConsentOver) as refusal:
        service.hold_consent(helping)
    assert refusal.value.values == {"enterprise": "Mẫu – Lò rèn Hà"}


def test_a_paper_gives_what_was_asked_with_its_witness(cast: Cast) -> None:
    asking = make_asking(cast.work, enterprise=cast.smithy, helper=cast.minh)
    service.print_asking(cast.minh_does, public_id=asking.public_id)
    lan = make_person(cast.work, sign_in="lan@goc.example", name="Lan")
    photo = make_photo(cast.work, enterprise_id=cast.smithy.id, kind="paper")
    seeing = replace(cast.work, by=By("person", lan.id))

    with pytest.raises(OwnAsking):
        service.refuse_paper(cast.minh_does, public_id=asking.public_id)
    service.witness_asking(seeing, public_id=asking.public_id, paper_id=photo.id, site=SITE)

    consent = cast.work.session.scalars(select(Consent)).one()
    assert (consent.decided_by_id, consent.witness_id, consent.paper_id) == (
        None,
        lan.id,
        photo.id,
    )
    assert (asking.state, asking.decided_by_id, asking.consent_id) == ("given", lan.id, consent.id)
    assert cast.told() == [("consent_on_paper", {"asking_id": asking.id})]
    [sms] = cast.sent()
    assert sms.target == PHONE
    with pytest.raises(AskingClosed):
        service.print_asking(cast.minh_does, public_id=asking.public_id)
