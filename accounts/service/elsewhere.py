"""Whether somebody is there who could stop what a person of this sign-in asks for."""

from datetime import timedelta

from sqlalchemy import exists, select

from accounts.models import Person, SignIn
from accounts.names import takes_messages
from accounts.queries import phones_of
from accounts.service.sign_ins import SIGNED_OUT
from core.audit import AuditEntry
from core.work import Work

OWNER_HAS = timedelta(hours=72)  # To stop what somebody with codes alone asked for.
SET_BY_CODE = "set_password_by_code"  # Without the old one: it shows no more than the code did.


def is_signed_in(work: Work, *, person_id: int, lately: timedelta, but: str = "") -> bool:
    """Whether the person is signed in by another key than `but`, or was put out within `lately`.

    Whoever took the number could end the sign-ins of others first, and nobody would be left who
    can stop them.
    """
    living = select(SignIn.key_hash).where(
        SignIn.person_id == person_id,
        SignIn.ended_at.is_(None),
        SignIn.expires_at > work.now,
        SignIn.key_hash != but,
    )
    if work.session.scalar(living.limit(1)) is not None:
        return True
    put_out = select(AuditEntry.public_id).where(
        AuditEntry.enterprise_id.is_(None),
        AuditEntry.at > work.now - lately,
        AuditEntry.act == SIGNED_OUT,
        AuditEntry.object_id == person_id,
    )
    return work.session.scalar(put_out.limit(1)) is not None


def comes_by_codes(work: Work, person_id: int) -> bool:
    """Whether codes are all the person has shown: no password, or one that a code set these days.

    Whoever took the SIM could set one a moment before.
    """
    stored = select(Person.password_hash).where(Person.id == person_id)
    if work.session.scalar(stored) is None:
        return True
    set_by_code = exists().where(
        AuditEntry.enterprise_id.is_(None),
        AuditEntry.at > work.now - OWNER_HAS,
        AuditEntry.act == SET_BY_CODE,
        AuditEntry.object_id == person_id,
    )
    return bool(work.session.scalar(select(set_by_code)))


def can_ask(work: Work, person_id: int, *, but: str) -> bool:
    """Whether anybody besides the browser of the key `but` could say that it was not them."""
    if is_signed_in(work, person_id=person_id, lately=OWNER_HAS, but=but):
        return True
    # One of them brought the code of whoever asks; another may reach the owner.
    return sum(map(takes_messages, phones_of(work.session, person_id))) > 1
