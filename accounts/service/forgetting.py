"""What nobody needs any more: sign-ins long over, links that open nothing, answered askings.

How long each is kept stands in `core/periods.py`.
"""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from accounts.models import (
    AccountChange,
    ApiToken,
    ConsentAsking,
    GroupAct,
    Invitation,
    MakerReminder,
    PasswordLink,
    Proof,
    SecondStep,
    SignIn,
    TrustedDevice,
    UsedChallenge,
)
from core import periods
from core.photos.models import Photo
from core.work import Work

NOBODY = "—"  # Stands where a number or a name was.
Key = TypeVar("Key")
PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_sign_ins(work: Work) -> bool:
    """Delete some sign-ins that ended or ran out long ago; whether there may be more."""
    ended_at = func.coalesce(SignIn.ended_at, SignIn.expires_at)
    return _forget(work, SignIn.key_hash, ended_at < work.now - periods.SIGN_INS.kept)


def forget_tokens(work: Work) -> bool:
    """Delete some tokens of programs that ended or ran out long ago; whether there may be more."""
    over_at = func.coalesce(ApiToken.ended_at, ApiToken.expires_at)
    old = select(ApiToken.id).where(over_at < work.now - periods.API_TOKENS.kept)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(ApiToken).where(ApiToken.id.in_(some)))
    return len(some) == PIECE


def forget_password_links(work: Work) -> bool:
    """Delete some links that were used or have run out; whether there may be more."""
    is_dead = PasswordLink.used_at.is_not(None) | (
        PasswordLink.expires_at <= work.now - periods.PASSWORD_LINKS.kept
    )
    return _forget(work, PasswordLink.token_hash, is_dead)


def forget_proofs(work: Work) -> bool:
    """Delete some codes asked for more than a day ago; whether there may be more."""
    return _forget(work, Proof.token_hash, Proof.asked_at < work.now - periods.PROOFS.kept)


def forget_changes(work: Work) -> bool:
    """Delete some changes that ended long ago, and their papers; whether there may be more."""
    is_old = AccountChange.ended_at < work.now - periods.ACCOUNT_CHANGES.kept
    some = _some(work, AccountChange.id, is_old)
    papers = select(AccountChange.paper_id).where(AccountChange.id.in_(some))
    # The row of a photo stays until the cleaner deleted its files: nothing may point to it then.
    work.session.execute(
        update(Photo).where(Photo.id.in_(papers)).values(removed_at=work.now),
        execution_options={"synchronize_session": False},
    )
    work.session.execute(delete(AccountChange).where(AccountChange.id.in_(some)))
    return len(some) == PIECE


def forget_group_acts(work: Work) -> bool:
    """Delete some acts on several makers done long ago; whether there may be more."""
    return _forget(work, GroupAct.id, GroupAct.at < work.now - periods.GROUP_ACTS.kept)


def forget_reminders(work: Work) -> bool:
    """Delete when some makers were last reminded, long ago; whether there may be more."""
    is_old = MakerReminder.reminded_at < work.now - periods.GROUP_ACTS.kept
    return _forget(work, MakerReminder.enterprise_id, is_old)


def forget_invitations(work: Work) -> bool:
    """Delete some invitations answered or run out long ago; whether there may be more."""
    over_at = func.coalesce(Invitation.answered_at, Invitation.expires_at)
    return _forget(work, Invitation.id, over_at < work.now - periods.INVITATIONS.kept)


def forget_whom_helpers_asked(work: Work) -> None:
    """Erase the numbers and names helpers typed; that somebody asked, and the answer, stays."""
    over_at = func.coalesce(ConsentAsking.decided_at, ConsentAsking.until_at)
    work.session.execute(
        update(ConsentAsking)
        .where(over_at < work.now - periods.ASKINGS.kept, ConsentAsking.asked_of != NOBODY)
        .values(asked_of=NOBODY)
    )


def forget_second_steps(work: Work) -> bool:
    """Delete some steps, challenges and remembered browsers that are over; whether more may be."""
    more = (
        _forget(work, SecondStep.token_hash, SecondStep.expires_at < work.now),
        _forget(work, TrustedDevice.token_hash, TrustedDevice.expires_at < work.now),
        _forget(work, UsedChallenge.challenge_hash, UsedChallenge.until_at < work.now),
    )
    return any(more)


def _forget(work: Work, key: InstrumentedAttribute[Key], is_over: ColumnElement[bool]) -> bool:
    """Delete a piece of what is over from the table of `key`; whether there may be more."""
    some = _some(work, key, is_over)
    # Asked again: what was taken up anew since it was read stays.
    work.session.execute(delete(key.class_).where(key.in_(some), is_over))
    return len(some) == PIECE


def _some(
    work: Work, key: InstrumentedAttribute[Key], is_over: ColumnElement[bool]
) -> Sequence[Key]:
    return work.session.scalars(select(key).where(is_over).limit(PIECE)).all()
