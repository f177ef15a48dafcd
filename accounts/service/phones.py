"""Sharing a phone: who is behind it, by a PIN of one's own."""

from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update

from accounts.errors import AlreadyBehind, PinRests, TooManyBehind
from accounts.models import Person, PhoneUser, SignIn
from accounts.pins import rest_after
from accounts.queries import people_behind
from core import audit
from core.database import insert_new, lock_words
from core.errors import NotFound
from core.work import Work

MOST_BEHIND = 12  # A large household; more are no household.


@dataclass(frozen=True)
class PinTry:
    """What a typed PIN is compared with, and the wrong tries in a row if it is wrong."""

    pin_hash: str
    wrong_tries: int


def take_pin_try(work: Work, *, phone: str, person_id: int) -> PinTry:
    """Count a try before it is compared: of many at once five are looked at.

    Commit before the slow comparison, then call `pin_was_right` where it was.

    Raises:
        PinRests: too many wrong ones in a row; `minutes` says when to come back.
        NotFound: nobody of this id shares the phone with a PIN.
    """
    mine = (PhoneUser.phone == phone, PhoneUser.person_id == person_id)
    taken = work.session.execute(
        update(PhoneUser)
        .where(*mine, or_(PhoneUser.locked_until.is_(None), PhoneUser.locked_until <= work.now))
        .values(wrong_tries=PhoneUser.wrong_tries + 1)
        .returning(PhoneUser.pin_hash, PhoneUser.wrong_tries)
    ).one_or_none()
    if taken is None:
        until = work.session.scalar(select(PhoneUser.locked_until).where(*mine))
        if until is None:
            raise NotFound("nobody of this id behind this phone")
        seconds = int((until - work.now).total_seconds())
        raise PinRests("pin rests", minutes=max(1, -(-seconds // 60)))
    rest = rest_after(taken.wrong_tries)
    if rest is not None:
        work.session.execute(update(PhoneUser).where(*mine).values(locked_until=work.now + rest))
    return PinTry(taken.pin_hash, taken.wrong_tries)


def pin_was_right(work: Work, *, phone: str, person_id: int) -> None:
    """The try that was taken was right: earlier wrong ones no longer count."""
    work.session.execute(
        update(PhoneUser)
        .where(PhoneUser.phone == phone, PhoneUser.person_id == person_id)
        .values(wrong_tries=0, locked_until=None)
    )


def share_phone(work: Work, *, phone: str, person_id: int, pin_hash: str) -> None:
    """Put a person behind a phone with a PIN, or give them a new one there.

    Raises:
        TooManyBehind: more people than a household has.
    """
    lock_words(work.session, f"phone {phone}")
    people = people_behind(work.session, phone)
    if len(people) >= MOST_BEHIND and person_id not in {one.person_id for one in people}:
        raise TooManyBehind(f"{len(people)} people", most=MOST_BEHIND)
    row = {"phone": phone, "person_id": person_id, "pin_hash": pin_hash, "since_at": work.now}
    if not insert_new(work.session, PhoneUser, {**row, "wrong_tries": 0}):
        work.session.execute(
            update(PhoneUser)
            .where(PhoneUser.phone == phone, PhoneUser.person_id == person_id)
            .values(pin_hash=pin_hash, wrong_tries=0, locked_until=None)
        )
    _record(work, "set_pin", person_id)


def add_behind(work: Work, *, phone: str, name: str, pin_hash: str) -> int:
    """Enter somebody new who uses this phone; their id. Others name themselves: PIN, no number.

    Raises:
        AlreadyBehind: somebody of this name is behind the phone already.
        TooManyBehind: as above.
    """
    lock_words(work.session, f"phone {phone}")
    if name in {one.name for one in people_behind(work.session, phone)}:
        raise AlreadyBehind("same name", name=name)
    person = Person(public_id=work.new_public_id(), name=name, created_at=work.now)
    work.session.add(person)
    work.session.flush()
    share_phone(work, phone=phone, person_id=person.id, pin_hash=pin_hash)
    return person.id


def leave_phone(work: Work, *, phone: str, person_id: int) -> None:
    """Take somebody off a shared phone; where they were signed in by it they are not any more.

    They stay what they are: member, or on paper. The last one left behind it needs no PIN.
    """
    work.session.execute(
        delete(PhoneUser).where(PhoneUser.phone == phone, PhoneUser.person_id == person_id)
    )
    work.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    _record(work, "leave_phone", person_id)


def _record(work: Work, act: str, person_id: int) -> None:
    audit.record(work, act=act, object_kind="person", object_id=person_id, enterprise_id=None)
