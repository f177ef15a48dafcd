"""Whoever took a SIM enters by a code; a second factor of theirs must not shut the owner out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.factor_errors import FactorKnown
from accounts.hashing import hash_of_secret
from accounts.models import AccountChange, Factor, Person, SignIn
from accounts.service import NewFactor
from accounts.totp import secret_of, step_at
from core.dispatch.models import Dispatch
from core.work import By, Work
from tests.factors import app_of, give_app
from tests.makers import make_person, make_sign_in

PHONE, MAIL = "+84912345678", "nha@goc.example"
THIEF, OWNER = hash_of_secret("thief"), hash_of_secret("owner")


@pytest.fixture
def ha(work: Work) -> Person:
    """Hà, who comes in by codes alone; somebody with her SIM has just come in too."""
    person = make_person(work, sign_in=PHONE)
    make_sign_in(work, person=person, key="thief")
    work.by = By("person", person.id)
    return person


def app(work: Work, person: Person, secret: bytes = b"twenty bytes of theirs") -> NewFactor:
    return app_of(person, step=step_at(work.now), secret=secret_of(secret))


def take(work: Work, person: Person, factor: NewFactor | None = None) -> bool:
    factor = factor or app(work, person)
    return service.take_factor(work, person_id=person.id, factor=factor, key_hash=THIEF)


def apply_all(work: Work) -> None:
    while service.apply_next_change(work):
        pass


def factors(work: Work, person: Person) -> list[str]:
    return [one.kind for one in queries.own_factors(work.session, person.id)]


def living(work: Work) -> list[str]:
    return list(work.session.scalars(select(SignIn.key_hash).where(SignIn.ended_at.is_(None))))


def told(work: Work) -> list[tuple[str, str]]:
    rows = work.session.execute(select(Dispatch.target, Dispatch.words).order_by(Dispatch.target))
    return [(target, (words or "")[:24]) for target, words in rows]


def outcome(work: Work) -> str | None:
    return work.session.scalars(select(AccountChange.outcome)).one()


def test_it_waits_three_days_while_another_device_is_signed_in(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")

    assert not take(work, ha)

    assert factors(work, ha) == []
    assert set(living(work)) == {THIEF, OWNER}
    assert told(work) == [(PHONE, "Goc: co nguoi xin them b")]
    who = queries.who_signed_in(work.session, key_hash=OWNER, now=work.now)
    assert who is not None
    assert who.is_changing
    assert not who.has_factor
    work.now += timedelta(hours=72) - timedelta(seconds=1)
    apply_all(work)
    assert factors(work, ha) == []


def test_after_three_days_it_counts_and_every_device_shows_it(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    take(work, ha)

    work.now += timedelta(hours=72)
    apply_all(work)

    assert factors(work, ha) == ["totp"]
    assert living(work) == []
    change = work.session.scalars(select(AccountChange)).one()
    assert (change.outcome, change.value) == ("done", None)


def test_the_owner_stops_it_from_another_device(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    take(work, ha)
    [waiting] = queries.waiting_changes(work.session, ha.id)
    assert (waiting.kind, waiting.value) == ("first_factor", "")

    service.stop_change(work, person_id=ha.id, public_id=waiting.public_id)

    work.now += timedelta(hours=72)
    apply_all(work)
    assert factors(work, ha) == []
    assert OWNER in living(work)


def test_with_nobody_to_ask_it_is_added_at_once_and_told(work: Work, ha: Person) -> None:
    assert take(work, ha)

    assert factors(work, ha) == ["totp"]
    assert living(work) == [THIEF]
    assert told(work) == [(PHONE, "Goc: tai khoan cua ban v")]
    assert work.session.scalars(select(AccountChange)).all() == []


def test_a_mail_address_is_asked_too_and_so_it_waits(work: Work, ha: Person) -> None:
    service.share_phone(work, phone=MAIL, person_id=ha.id, pin_hash="hash")

    assert not take(work, ha)

    assert factors(work, ha) == []
    assert [target for target, _ in told(work)] == [PHONE, MAIL]


def test_a_landline_nobody_can_write_to_is_nobody_to_ask(work: Work, ha: Person) -> None:
    service.share_phone(work, phone="+842438222222", person_id=ha.id, pin_hash="hash")

    assert take(work, ha)

    assert factors(work, ha) == ["totp"]


def test_signing_the_owner_out_first_gains_nothing(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    service.sign_out_everywhere(work, person_id=ha.id, but=THIEF)
    work.session.flush()

    work.now += timedelta(hours=72) - timedelta(seconds=1)
    assert not take(work, ha)

    assert factors(work, ha) == []
    work.now += timedelta(seconds=2)
    assert take(work, ha)


def test_whoever_showed_a_password_adds_one_at_once(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    ha.password_hash = "hash"
    work.session.flush()

    assert take(work, ha)

    assert factors(work, ha) == ["totp"]
    assert living(work) == [THIEF]  # The other one must show it.


def set_by_code(work: Work, person: Person) -> bool:
    return service.change_password(
        work, person_id=person.id, password_hash="thief's", key_hash=THIEF, is_sure=False
    )


def test_a_password_set_by_the_code_first_gains_nothing(work: Work, ha: Person) -> None:
    service.share_phone(work, phone=MAIL, person_id=ha.id, pin_hash="hash")
    assert set_by_code(work, ha)

    work.now += timedelta(hours=72) - timedelta(seconds=1)
    assert not take(work, ha)

    assert factors(work, ha) == []
    work.now += timedelta(seconds=1)
    assert take(work, ha)


def test_a_password_set_by_a_code_with_nobody_to_ask_keeps_nobody_waiting(
    work: Work, ha: Person
) -> None:
    assert set_by_code(work, ha)

    assert take(work, ha)

    assert factors(work, ha) == ["totp"]


def test_a_second_one_is_added_at_once(work: Work, ha: Person) -> None:
    give_app(work, ha)
    make_sign_in(work, person=ha, key="owner")

    assert take(work, ha)

    assert factors(work, ha) == ["totp", "totp"]
    assert set(living(work)) == {THIEF, OWNER}


def test_asking_again_takes_the_place_of_what_waits(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    take(work, ha)
    work.now += timedelta(hours=71)
    mine = app(work, ha, b"twenty bytes of Ha now")
    take(work, ha, mine)

    work.now += timedelta(hours=1)
    apply_all(work)
    assert factors(work, ha) == []
    work.now += timedelta(hours=71)
    apply_all(work)

    assert work.session.scalars(select(Factor.fingerprint)).all() == [mine.fingerprint]


def test_a_password_set_meanwhile_ends_its_waiting(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    take(work, ha)

    service.change_password(
        work, person_id=ha.id, password_hash="new", key_hash=OWNER, is_sure=True
    )

    work.now += timedelta(hours=72)
    apply_all(work)
    assert factors(work, ha) == []
    assert outcome(work) == "replaced"


def test_a_factor_added_at_once_meanwhile_ends_its_waiting(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    take(work, ha)
    ha.password_hash = "hash"
    work.session.flush()

    assert take(work, ha, app(work, ha, b"twenty bytes of Ha now"))

    assert outcome(work) == "replaced"
    work.now += timedelta(hours=72)
    apply_all(work)
    assert factors(work, ha) == ["totp"]


def test_one_that_came_otherwise_meanwhile_keeps_the_asked_one_out(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    take(work, ha)
    give_app(work, ha)

    work.now += timedelta(hours=72)
    apply_all(work)

    assert factors(work, ha) == ["totp"]
    assert outcome(work) == "refused"


def test_an_app_of_somebody_else_is_refused_at_the_asking_and_at_the_end(
    work: Work, ha: Person
) -> None:
    make_sign_in(work, person=ha, key="owner")
    tu = make_person(work, sign_in="tu@goc.example", name="Tú")
    service.add_factor(work, person_id=tu.id, factor=app(work, tu))
    with pytest.raises(FactorKnown):
        take(work, ha)
    other = b"twenty bytes of nobody"
    take(work, ha, app(work, ha, other))
    service.add_factor(work, person_id=tu.id, factor=app(work, tu, other))

    work.now += timedelta(hours=72)
    apply_all(work)

    assert factors(work, ha) == []
    assert outcome(work) == "refused"


def test_its_message_fits_an_sms(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha, key="owner")
    take(work, ha)

    words = work.session.scalars(select(Dispatch.words)).one()

    assert len(words or "") <= 160
