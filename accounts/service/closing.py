"""An enterprise closes with the account of who alone directed it: it sells no more, for good.

What the law keeps of it stays: its name, its place, its goods and their stamps.
"""

from collections.abc import Collection

from sqlalchemy import select, update

from accounts.events import EnterpriseStandingChanged
from accounts.models import (
    Caretaker,
    Consent,
    ConsentAsking,
    Enterprise,
    Guiding,
    Invitation,
    Membership,
    NameCase,
    PlaceChange,
)
from accounts.service.consents import end_consent
from accounts.service.members import withdraw_invitation
from core import audit
from core.outbox import announce
from core.work import Work, not_before


def hold_for_closing(work: Work, enterprise_ids: Collection[int]) -> None:
    """Lock what closing will end, before the enterprises themselves.

    So does whoever writes by a consent or joins by an invitation: neither waits for the other.
    """
    for table, is_open in (
        (Consent, Consent.ended_at.is_(None)),
        (Invitation, Invitation.answer.is_(None)),
    ):
        work.session.execute(
            select(table.id)
            .where(table.enterprise_id.in_(enterprise_ids), is_open)
            .order_by(table.id)
            .with_for_update()
        )


def close_enterprise(work: Work, *, enterprise_id: int) -> None:
    """End an enterprise whose row is held: its goods leave the shop, nobody acts for it again.

    Its number for buyers goes at once. The catalog takes its goods back when it hears of it.
    """
    work.session.execute(
        update(Enterprise)
        .where(Enterprise.id == enterprise_id)
        .values(state="closed", phone=None, phone_shown=False, version=Enterprise.version + 1)
    )
    _end_people(work, enterprise_id)
    _end_help(work, enterprise_id)
    _end_waiting(work, enterprise_id)
    audit.record(
        work,
        act="close_enterprise",
        object_kind="enterprise",
        object_id=enterprise_id,
        enterprise_id=enterprise_id,
    )
    announce(work, EnterpriseStandingChanged(enterprise_id=enterprise_id))


def _end_people(work: Work, enterprise_id: int) -> None:
    """End invitations and memberships; tokens are the director's alone, and go with the account."""
    for public_id in work.session.scalars(
        select(Invitation.public_id)
        .where(Invitation.enterprise_id == enterprise_id, Invitation.answer.is_(None))
        .where(Invitation.expires_at > work.now)
        .order_by(Invitation.id)
    ).all():
        withdraw_invitation(work, public_id=public_id)
    work.session.execute(
        update(Membership)
        .where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
        .values(ended_at=not_before(Membership.since_at, work.now))
    )


def _end_help(work: Work, enterprise_id: int) -> None:
    for public_id in work.session.scalars(
        select(Consent.public_id)
        .where(Consent.enterprise_id == enterprise_id, Consent.ended_at.is_(None))
        .order_by(Consent.id)
    ).all():
        end_consent(work, public_id=public_id)
    for ended in (
        update(ConsentAsking)
        .where(ConsentAsking.enterprise_id == enterprise_id, ConsentAsking.state == "asked")
        .values(state="withdrawn", decided_at=work.now),
        update(Guiding)
        .where(Guiding.enterprise_id == enterprise_id, Guiding.ended_at.is_(None))
        .values(ended_at=not_before(Guiding.asked_at, work.now)),
        update(Caretaker)
        .where(Caretaker.enterprise_id == enterprise_id, Caretaker.ended_at.is_(None))
        .values(ended_at=not_before(Caretaker.since_at, work.now)),
    ):
        work.session.execute(ended)


def _end_waiting(work: Work, enterprise_id: int) -> None:
    """Nothing of it waits for an officer, or for the owner of a name."""
    work.session.execute(
        update(PlaceChange)
        .where(PlaceChange.enterprise_id == enterprise_id, PlaceChange.ended_at.is_(None))
        .values(state="withdrawn", ended_at=not_before(PlaceChange.submitted_at, work.now))
    )
    work.session.execute(
        update(NameCase)
        .where(NameCase.enterprise_id == enterprise_id, NameCase.decided_at.is_(None))
        .values(outcome="withdrawn", decided_at=work.now)
    )
