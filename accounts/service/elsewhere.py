"""Whether somebody is there who could stop what a person of this sign-in asks for."""

from datetime import timedelta

from sqlalchemy import select

from accounts.models import SignIn
from accounts.service.sign_ins import SIGNED_OUT
from core.audit import AuditEntry
from core.work import Work


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
