"""Between the first thing shown and the second: a step that one browser holds."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import exists, or_, select, update

from accounts.codes import TRIES
from accounts.factor_errors import CodeNotEnough
from accounts.hashing import hash_of_secret
from accounts.models import Appointment, Factor, Person, SecondStep, SignIn
from accounts.second_rules import STEP_LASTS, First
from accounts.service.proofs import Try
from accounts.service.trusted_devices import is_trusted
from core.work import Work

# Takes what a person shows, in the same transaction; False: it is not theirs, or was used.
Show = Callable[[Work, int], bool]


class Way(Enum):
    """Where the first thing shown leads."""

    IN = "in"  # The person has nothing stronger.
    BY_DEVICE = "by device"  # Their browser is remembered: in, but nothing stronger was shown.
    BY_CODE = "by code"  # In, but they have a password, which whoever took the number has not.
    SECOND = "second"


@dataclass(frozen=True)
class Showing:
    """What became of a second step, how many tries it has left, and whose it is."""

    outcome: Try
    left: int = 0
    person_id: int = 0


def has_factor(work: Work, *, person_id: int) -> bool:
    """Whether the person has a second factor."""
    return bool(work.session.scalar(select(exists().where(Factor.person_id == person_id))))


def way_on(
    work: Work, *, person_id: int, first: First, device: str, offices_need_factor: bool
) -> Way:
    """How somebody goes on who has shown the first thing; `device` is what their browser keeps.

    Raises:
        CodeNotEnough: a code to the number does not open an office that has no factor yet.
    """
    if has_factor(work, person_id=person_id):
        is_known = is_trusted(work, person_id=person_id, token=device)
        return Way.BY_DEVICE if is_known else Way.SECOND
    if offices_need_factor and first is First.CODE and holds_office(work, person_id=person_id):
        refuse_code_alone(work, person_id=person_id)
    # Else whoever took the number would add an app of theirs and shut the owner out with it.
    is_weaker = first is First.CODE and _has_password(work, person_id)
    return Way.BY_CODE if is_weaker else Way.IN


def refuse_code_alone(work: Work, *, person_id: int) -> None:
    """Return if a second factor stands behind what a code to the number opens.

    Raises:
        CodeNotEnough: whoever holds the SIM would hold the office.
    """
    if not has_factor(work, person_id=person_id):
        raise CodeNotEnough("a code alone does not open an office")


def holds_office(work: Work, *, person_id: int) -> bool:
    """Whether the person is officer or operator, or will be: a deputy before their days too."""
    office = exists().where(
        Appointment.person_id == person_id,
        Appointment.ended_at.is_(None),
        or_(Appointment.until_on.is_(None), Appointment.until_on >= work.today),
    )
    return bool(work.session.scalar(select(office)))


def _has_password(work: Work, person_id: int) -> bool:
    has_one = exists().where(Person.id == person_id, Person.password_hash.is_not(None))
    return bool(work.session.scalar(select(has_one)))


def begin_second_step(work: Work, *, person_id: int) -> str:
    """Wait for the second thing; gives the token of the browser that showed the first."""
    token = work.new_token()
    work.session.add(
        SecondStep(
            token_hash=hash_of_secret(token),
            person_id=person_id,
            expires_at=work.now + STEP_LASTS,
        )
    )
    work.session.flush()
    return token


def try_second_step(work: Work, *, token: str, show: Show) -> Showing:
    """Let somebody show the second thing. The try is counted first, and five are looked at.

    A wrong one is an answer, not an exception: the count must be committed by the caller.
    """
    mine = SecondStep.token_hash == hash_of_secret(token)
    taken = work.session.execute(
        update(SecondStep)
        .where(mine, SecondStep.used_at.is_(None), SecondStep.expires_at > work.now)
        .where(SecondStep.wrong_tries < TRIES)
        .values(wrong_tries=SecondStep.wrong_tries + 1)
        .returning(SecondStep.person_id, SecondStep.wrong_tries)
    ).one_or_none()
    if taken is None:
        return Showing(Try.DEAD)
    if not show(work, taken.person_id):
        left = TRIES - taken.wrong_tries
        return Showing(Try.WRONG if left else Try.DEAD, left, taken.person_id)
    work.session.execute(update(SecondStep).where(mine).values(used_at=work.now))
    return Showing(Try.RIGHT, person_id=taken.person_id)


def confirm_sign_in(work: Work, *, key_hash: str) -> None:
    """Note that the person of this sign-in has just shown their strongest thing again."""
    work.session.execute(
        update(SignIn)
        .where(SignIn.key_hash == key_hash, SignIn.person_id == work.by.person_id)
        .values(confirmed_at=work.now)
    )
