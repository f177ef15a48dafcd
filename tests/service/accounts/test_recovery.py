from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.codes import Purpose
from accounts.errors import ProofUsed, SignInTaken
from accounts.hashing import hash_of_secret
from accounts.models import AccountChange, Person, SignIn
from core.dispatch.models import Dispatch
from core.errors import NotFound
from core.work import Work
from tests.makers import make_person, make_sign_in

PHONE, NEW = "+84912345678", "+84987654321"


@pytest.fixture
def ha(work: Work) -> Person:
    person = make_person(work, sign_in=PHONE)
    person.password_hash = "old"
    work.session.flush()
    return person


def proved(work: Work, purpose: Purpose, target: str = PHONE) -> str:
    return service.proved_otherwise(work, purpose=purpose, target=target)


def told(work: Work) -> list[tuple[str, str]]:
    rows = work.session.execute(select(Dispatch.target, Dispatch.words).order_by(Dispatch.id))
    return [(target, (words or "")[:30]) for target, words in rows]


def reset(work: Work, person: Person, new: str = "new") -> bool:
    return service.reset_password(
        work,
        token=proved(work, Purpose.RESET),
        person_id=person.id,
        password_hash=new,
    )


def apply_all(work: Work) -> None:
    while service.apply_next_change(work):
        pass


def test_a_forgotten_password_is_set_at_once_where_nobody_is_signed_in(
    work: Work, ha: Person
) -> None:
    assert reset(work, ha)

    work.session.refresh(ha)
    assert ha.password_hash == "new"
    assert told(work) == [(PHONE, "Goc: mat khau cua ban vua duoc")]


def test_where_somebody_is_signed_in_it_waits_a_day_and_is_told(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha)

    assert not reset(work, ha)

    apply_all(work)
    work.session.refresh(ha)
    assert ha.password_hash == "old"
    assert told(work) == [(PHONE, "Goc: co nguoi xin dat lai mat ")]
    who = queries.who_signed_in(work.session, key_hash=_only_key(work), now=work.now)
    assert who is not None
    assert who.is_changing
    work.now += timedelta(hours=24)
    apply_all(work)
    work.session.refresh(ha)
    assert ha.password_hash == "new"
    assert work.session.scalars(select(SignIn.ended_at)).one() == work.now
    assert work.session.scalars(select(AccountChange.value)).one() is None


def _only_key(work: Work) -> str:
    return work.session.scalars(select(SignIn.key_hash)).one()


def test_the_owner_stops_what_waits(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha)
    reset(work, ha)
    [change] = queries.waiting_changes(work.session, ha.id)

    service.stop_change(work, person_id=ha.id, public_id=change.public_id)

    work.now += timedelta(hours=24)
    apply_all(work)
    work.session.refresh(ha)
    assert ha.password_hash == "old"
    assert queries.waiting_changes(work.session, ha.id) == []
    with pytest.raises(NotFound):
        service.stop_change(work, person_id=ha.id, public_id=change.public_id)


def test_nobody_stops_what_is_anothers(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha)
    reset(work, ha)
    [change] = queries.waiting_changes(work.session, ha.id)

    with pytest.raises(NotFound):
        service.stop_change(work, person_id=ha.id + 1, public_id=change.public_id)

    assert len(queries.waiting_changes(work.session, ha.id)) == 1


def test_asking_again_takes_the_place_of_what_waits(work: Work, ha: Person) -> None:
    make_sign_in(work, person=ha)
    reset(work, ha, "first")
    work.now += timedelta(hours=23)
    reset(work, ha, "second")

    work.now += timedelta(hours=1)
    apply_all(work)
    work.session.refresh(ha)
    assert ha.password_hash == "old"
    work.now += timedelta(hours=23)
    apply_all(work)
    work.session.refresh(ha)
    assert ha.password_hash == "second"


def test_with_the_old_password_a_new_one_is_set_at_once_and_others_are_out(
    work: Work, ha: Person
) -> None:
    make_sign_in(work, person=ha, key="here")
    make_sign_in(work, person=ha, key="there")
    [here, there] = sorted(_keys(work), key=lambda key: key != _hash("here"))

    is_set = service.change_password(
        work, person_id=ha.id, password_hash="new", key_hash=here, is_sure=True
    )

    assert is_set
    living = select(SignIn.key_hash).where(SignIn.ended_at.is_(None))
    assert work.session.scalars(living).all() == [here]
    assert there != here


def test_without_the_old_password_it_waits_while_another_device_is_signed_in(
    work: Work, ha: Person
) -> None:
    make_sign_in(work, person=ha, key="here")
    make_sign_in(work, person=ha, key="there")

    is_set = service.change_password(
        work, person_id=ha.id, password_hash="new", key_hash=_hash("here"), is_sure=False
    )

    assert not is_set
    work.session.refresh(ha)
    assert ha.password_hash == "old"
    assert len(queries.waiting_changes(work.session, ha.id)) == 1


@pytest.mark.parametrize("way", ["signed in", "forgotten"])
def test_signing_the_owner_out_first_takes_no_account(work: Work, ha: Person, way: str) -> None:
    make_sign_in(work, person=ha, key="owner")
    make_sign_in(work, person=ha, key="thief")
    thief = _hash("thief")

    service.sign_out_everywhere(work, person_id=ha.id, but=thief)
    if way == "forgotten":
        service.sign_out(work, key_hash=thief)
        is_set = reset(work, ha)
    else:
        is_set = service.change_password(
            work, person_id=ha.id, password_hash="new", key_hash=thief, is_sure=False
        )

    assert not is_set
    work.session.refresh(ha)
    assert ha.password_hash == "old"
    [waiting] = queries.waiting_changes(work.session, ha.id)
    assert waiting.kind == "password"


def test_a_day_after_devices_were_signed_out_a_forgotten_password_is_set_at_once(
    work: Work, ha: Person
) -> None:
    make_sign_in(work, person=ha, key="old phone")
    service.sign_out_one(work, person_id=ha.id, device=_hash("old phone")[:12])
    work.now += timedelta(hours=24)

    assert reset(work, ha)


def _keys(work: Work) -> list[str]:
    return list(work.session.scalars(select(SignIn.key_hash)))


def _hash(key: str) -> str:

    return hash_of_secret(key)


def test_with_both_numbers_in_hand_one_moves_at_once(work: Work, ha: Person) -> None:
    service.move_number(
        work,
        person_id=ha.id,
        old_token=proved(work, Purpose.MOVE_FROM),
        new_token=proved(work, Purpose.MOVE_TO, NEW),
        key_hash="",
    )

    work.session.refresh(ha)
    assert ha.sign_in == NEW
    assert told(work) == [(PHONE, "Goc: tai khoan cua ban vua chu")]


def move(work: Work, person: Person, key: str) -> bool:
    return service.move_number(
        work,
        person_id=person.id,
        old_token=proved(work, Purpose.MOVE_FROM),
        new_token=proved(work, Purpose.MOVE_TO, NEW),
        key_hash=_hash(key),
    )


def begin(work: Work, person: Person, key: str, *, is_confirmed: bool) -> None:
    service.begin_sign_in(work, person_id=person.id, key_hash=_hash(key), is_confirmed=is_confirmed)


def test_codes_alone_move_nobody_whose_own_device_could_say_no(work: Work, ha: Person) -> None:
    begin(work, ha, "own", is_confirmed=True)
    begin(work, ha, "thief", is_confirmed=False)

    assert not move(work, ha, "thief")

    assert told(work) == [(PHONE, "Goc: co nguoi xin chuyen tai k")]
    apply_all(work)
    work.session.refresh(ha)
    assert ha.sign_in == PHONE
    work.now += timedelta(hours=72)
    apply_all(work)
    work.session.refresh(ha)
    assert ha.sign_in == NEW


def test_whoever_showed_the_password_too_moves_at_once(work: Work, ha: Person) -> None:
    begin(work, ha, "other", is_confirmed=True)
    begin(work, ha, "own", is_confirmed=True)

    assert move(work, ha, "own")

    work.session.refresh(ha)
    assert ha.sign_in == NEW


def test_a_password_a_code_has_just_set_moves_nobody_either(work: Work, ha: Person) -> None:
    begin(work, ha, "own", is_confirmed=True)
    reset(work, ha)
    work.now += timedelta(hours=24)
    apply_all(work)
    begin(work, ha, "thief", is_confirmed=True)

    assert not move(work, ha, "thief")


def test_another_old_number_than_ones_own_moves_nobody(work: Work, ha: Person) -> None:
    with pytest.raises(ProofUsed):
        service.move_number(
            work,
            person_id=ha.id,
            old_token=proved(work, Purpose.MOVE_FROM, NEW),
            new_token=proved(work, Purpose.MOVE_TO, NEW),
            key_hash="",
        )

    assert ha.sign_in == PHONE


def test_a_proof_for_signing_in_moves_nobody(work: Work, ha: Person) -> None:
    with pytest.raises(ProofUsed):
        service.move_number(
            work,
            person_id=ha.id,
            old_token=proved(work, Purpose.ENTER),
            new_token=proved(work, Purpose.MOVE_TO, NEW),
            key_hash="",
        )

    assert ha.sign_in == PHONE


def test_whoever_had_no_number_takes_one_by_its_code(work: Work, ha: Person) -> None:
    paper = Person(public_id="P", name="Tú", created_at=work.now)
    work.session.add(paper)
    work.session.flush()

    service.move_number(
        work,
        person_id=paper.id,
        old_token="",
        new_token=proved(work, Purpose.MOVE_TO, NEW),
        key_hash="",
    )

    work.session.refresh(paper)
    assert paper.sign_in == NEW


def test_a_lost_number_is_left_after_three_days_told_to_the_old_one(work: Work, ha: Person) -> None:
    service.ask_move(work, person_id=ha.id, target=NEW)

    assert told(work) == [(PHONE, "Goc: co nguoi xin chuyen tai k")]
    work.now += timedelta(hours=72) - timedelta(seconds=1)
    apply_all(work)
    work.session.refresh(ha)
    assert ha.sign_in == PHONE
    work.now += timedelta(seconds=1)
    apply_all(work)
    work.session.refresh(ha)
    assert ha.sign_in == NEW


def test_a_number_that_is_somebodys_is_not_taken(work: Work, ha: Person) -> None:
    make_person(work, sign_in=NEW, name="Mai")

    with pytest.raises(SignInTaken):
        service.ask_move(work, person_id=ha.id, target=NEW)

    assert queries.waiting_changes(work.session, ha.id) == []


def test_a_number_taken_while_one_waited_stays_with_its_new_holder(work: Work, ha: Person) -> None:
    service.ask_move(work, person_id=ha.id, target=NEW)
    make_person(work, sign_in=NEW, name="Mai")
    work.now += timedelta(hours=72)

    apply_all(work)

    work.session.refresh(ha)
    assert ha.sign_in == PHONE
    assert work.session.scalars(select(AccountChange.outcome)).one() == "refused"
