from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.factor_errors import FactorKnown, LastFactor, TooManyFactors
from accounts.models import AccountChange, Factor, Person, RecoveryCode, SignIn, TrustedDevice
from accounts.totp import secret_of, step_at
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.errors import NotFound
from core.sealing import sealer
from core.work import By, Work
from tests.factors import SECRET, app_of, code_at, give_app
from tests.makers import make_factor, make_person, make_sign_in


@pytest.fixture
def ha(work: Work) -> Person:
    person = make_person(work, sign_in="+84912345678")
    work.by = By("person", person.id)
    return person


def use(work: Work, person: Person, typed: str) -> bool:
    return service.use_code(work, person_id=person.id, typed=typed, sealer=sealer())


def acts(work: Work) -> list[str]:
    work.session.flush()
    return list(work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.at)))


def test_a_code_of_the_app_is_taken_once_and_no_earlier_one_after_it(
    work: Work, ha: Person
) -> None:
    give_app(work, ha)
    before, now = code_at(work.now - timedelta(seconds=30)), code_at(work.now)

    assert use(work, ha, f"{now[:3]} {now[3:]}")

    assert not use(work, ha, now)
    assert not use(work, ha, before)
    work.now += timedelta(seconds=30)
    assert use(work, ha, code_at(work.now))


def test_the_secret_does_not_lie_readable_in_the_database(work: Work, ha: Person) -> None:
    give_app(work, ha)

    [stored] = work.session.scalars(select(Factor))
    assert SECRET not in stored.sealed + stored.fingerprint


def test_a_secret_moved_into_anothers_row_opens_nothing(work: Work, ha: Person) -> None:
    give_app(work, ha)
    [stored] = work.session.scalars(select(Factor))
    tu = make_person(work, sign_in="tu@goc.example", name="Tú")
    make_factor(work, person=tu, sealed=stored.sealed)

    assert not use(work, tu, code_at(work.now))


def test_the_same_app_is_not_added_twice_and_nobody_has_eleven(work: Work, ha: Person) -> None:
    give_app(work, ha)

    with pytest.raises(FactorKnown):
        give_app(work, ha)
    for number in range(9):
        make_factor(work, person=ha, sealed=str(number))
    with pytest.raises(TooManyFactors):
        give_app(work, ha, secret=secret_of(b"another twenty bytes here"))
    assert len(queries.own_factors(work.session, ha.id)) == 10


def test_adding_is_told_and_recorded(work: Work, ha: Person) -> None:
    give_app(work, ha)

    assert acts(work) == ["add_factor"]
    [told] = work.session.scalars(select(Dispatch))
    assert told.target == "+84912345678"
    assert (told.words or "").startswith("Goc: tai khoan cua ban vua them")


def test_every_message_fits_an_sms(work: Work, ha: Person) -> None:
    give_app(work, ha)
    [code, *_] = service.make_recovery_codes(work, person_id=ha.id, sealer=sealer())
    use(work, ha, code)
    service.ask_end_of_factors(work, person_id=ha.id, known_by="gặp mặt")
    [one] = queries.own_factors(work.session, ha.id)
    service.remove_factor(work, person_id=ha.id, public_id=one.public_id, must_keep_one=False)

    sent = list(work.session.scalars(select(Dispatch.words)))

    assert [1 <= len(words or "") <= 160 for words in sent] == [True] * 4


def test_a_recovery_code_opens_once_and_is_kept_as_a_keyed_hash(work: Work, ha: Person) -> None:
    give_app(work, ha)
    codes = service.make_recovery_codes(work, person_id=ha.id, sealer=sealer())
    assert len(set(codes)) == 10
    stored = set(work.session.scalars(select(RecoveryCode.code_hash)))
    assert stored.isdisjoint(codes)

    assert use(work, ha, codes[3].lower())

    assert not use(work, ha, codes[3])
    assert queries.kept_for_second(work.session, ha.id, now=work.now).codes_left == 9
    assert acts(work)[-1] == "use_recovery_code"


def test_new_recovery_codes_end_the_old_ones(work: Work, ha: Person) -> None:
    give_app(work, ha)
    [old, *_] = service.make_recovery_codes(work, person_id=ha.id, sealer=sealer())
    [new, *_] = service.make_recovery_codes(work, person_id=ha.id, sealer=sealer())

    assert not use(work, ha, old)
    assert use(work, ha, new)


def test_a_recovery_code_is_its_owners_alone(work: Work, ha: Person) -> None:
    give_app(work, ha)
    [code, *_] = service.make_recovery_codes(work, person_id=ha.id, sealer=sealer())
    tu = make_person(work, sign_in="tu@goc.example", name="Tú")

    assert not use(work, tu, code)
    assert use(work, ha, code)


def test_nobody_without_a_factor_gets_recovery_codes(work: Work, ha: Person) -> None:
    with pytest.raises(NotFound):
        service.make_recovery_codes(work, person_id=ha.id, sealer=sealer())


def test_with_the_last_factor_go_codes_and_remembered_devices(work: Work, ha: Person) -> None:
    give_app(work, ha)
    service.make_recovery_codes(work, person_id=ha.id, sealer=sealer())
    service.trust_device(work, person_id=ha.id)
    [one] = queries.own_factors(work.session, ha.id)

    service.remove_factor(work, person_id=ha.id, public_id=one.public_id, must_keep_one=False)

    for table in (Factor, RecoveryCode, TrustedDevice):
        assert work.session.scalars(select(table)).all() == []


def test_the_last_factor_of_an_office_stays(work: Work, ha: Person) -> None:
    give_app(work, ha)
    [one] = queries.own_factors(work.session, ha.id)

    with pytest.raises(LastFactor):
        service.remove_factor(work, person_id=ha.id, public_id=one.public_id, must_keep_one=True)

    assert queries.own_factors(work.session, ha.id) == [one]


def test_anothers_factor_is_not_found(work: Work, ha: Person) -> None:
    give_app(work, ha)
    [one] = queries.own_factors(work.session, ha.id)
    tu = make_person(work, sign_in="tu@goc.example", name="Tú")

    with pytest.raises(NotFound):
        service.remove_factor(work, person_id=tu.id, public_id=one.public_id, must_keep_one=False)

    assert len(queries.own_factors(work.session, ha.id)) == 1


def test_lost_factors_end_a_day_after_the_operators_word(work: Work, ha: Person) -> None:
    give_app(work, ha)
    service.share_phone(work, phone="nha@goc.example", person_id=ha.id, pin_hash="hash")

    service.ask_end_of_factors(work, person_id=ha.id, known_by="gặp mặt ở xã")

    told = select(Dispatch.target).where(Dispatch.words.contains("24 gi"))
    assert set(work.session.scalars(told)) == {"+84912345678", "nha@goc.example"}
    work.now += timedelta(hours=24) - timedelta(seconds=1)
    assert not service.apply_next_change(work)
    assert len(queries.own_factors(work.session, ha.id)) == 1
    work.now += timedelta(seconds=1)
    assert service.apply_next_change(work)
    assert queries.own_factors(work.session, ha.id) == []
    assert {"end_factors", "ask_new_factors", "drop_factors"} <= set(acts(work))
    said = select(AuditEntry).where(AuditEntry.act == "end_factors")
    assert work.session.scalars(said).one().details["known_by"] == "gặp mặt ở xã"


def test_the_owner_stops_the_end_of_their_factors(work: Work, ha: Person) -> None:
    give_app(work, ha)
    change = service.ask_end_of_factors(work, person_id=ha.id, known_by="ai đó")

    service.stop_change(work, person_id=ha.id, public_id=change.public_id)

    work.now += timedelta(days=2)
    assert not service.apply_next_change(work)
    assert len(queries.own_factors(work.session, ha.id)) == 1
    assert queries.waiting_resets(work.session) == []


def test_nothing_ends_where_nothing_is(work: Work, ha: Person) -> None:
    with pytest.raises(NotFound):
        service.ask_end_of_factors(work, person_id=ha.id, known_by="x")

    assert work.session.scalars(select(AccountChange)).all() == []


def test_a_new_password_makes_every_browser_ask_again(work: Work, ha: Person) -> None:
    service.trust_device(work, person_id=ha.id)
    make_sign_in(work, person=ha)
    key = work.session.scalars(select(SignIn.key_hash)).one()

    service.change_password(work, person_id=ha.id, password_hash="new", key_hash=key, is_sure=True)

    assert work.session.scalars(select(TrustedDevice)).all() == []


def test_an_app_without_a_step_is_our_own_bug(work: Work, ha: Person) -> None:
    service.add_factor(work, person_id=ha.id, factor=app_of(ha, step=step_at(work.now)))

    assert not use(work, ha, code_at(work.now))  # The code that set it up was used by that.
