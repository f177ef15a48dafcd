"""Agreeing to a purpose and withdrawing it: one row each time, kept as proof."""

from sqlalchemy import update

from accounts.models import Enterprise, PurposeConsent
from accounts.purposes import TEXTS, Purpose
from accounts.queries.account import subject_of
from core import audit
from core.database import insert_new
from core.errors import NotFound
from core.work import Work, not_before


def agree(work: Work, *, person_id: int, purpose: Purpose) -> None:
    """Write down that somebody agrees, to the words of today; a second time changes nothing."""
    row = {
        "person_id": person_id,
        "purpose": purpose,
        "version": TEXTS[purpose].version,
        "given_at": work.now,
    }
    if insert_new(work.session, PurposeConsent, row):
        _record(work, "agree_to_purpose", person_id, purpose)


def withdraw(work: Work, *, person_id: int, purpose: Purpose) -> None:
    """Write down that somebody agrees no longer, and end at once what rested on it.

    Raises:
        NotFound: what is needed for the account itself is withdrawn by erasing it.
    """
    if TEXTS[purpose].is_needed:
        raise NotFound(f"{purpose} ends with what it is needed for")
    note_withdrawal(work, person_id=person_id, purpose=purpose)
    if purpose is Purpose.SHOW_PHONE:
        _hide_phones(work, person_id)


def note_withdrawal(work: Work, *, person_id: int, purpose: Purpose) -> None:
    """Write down that an agreement ended where its effect was ended; none is no error."""
    withdrawn = work.session.scalar(
        update(PurposeConsent)
        .where(PurposeConsent.person_id == person_id, PurposeConsent.purpose == purpose)
        .where(PurposeConsent.withdrawn_at.is_(None))
        .values(withdrawn_at=not_before(PurposeConsent.given_at, work.now))
        .returning(PurposeConsent.id)
    )
    if withdrawn is not None:
        _record(work, "withdraw_purpose", person_id, purpose)


def _hide_phones(work: Work, person_id: int) -> None:
    directs = subject_of(work.session, person_id).directs
    work.session.execute(
        update(Enterprise)
        .where(Enterprise.id.in_(directs), Enterprise.phone_shown)
        .values(phone_shown=False, version=Enterprise.version + 1)
    )


def _record(work: Work, act: str, person_id: int, purpose: Purpose) -> None:
    audit.record(
        work,
        act=act,
        object_kind="person",
        object_id=person_id,
        enterprise_id=None,
        purpose=purpose,
    )
