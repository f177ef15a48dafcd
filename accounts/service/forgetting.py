"""What nobody needs any more: sign-ins long over, links that open nothing, answered askings.

How long each is kept stands in `core/periods.py`.
"""

from sqlalchemy import delete, func, select, update

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
PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_sign_ins(work: Work) -> bool:
    """Delete some sign-ins that ended or ran out long ago; whether there may be more."""
    ended_at = func.coalesce(SignIn.ended_at, SignIn.expires_at)
    old = select(SignIn.key_hash).where(ended_at < work.now - periods.SIGN_INS.kept)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(SignIn).where(SignIn.key_hash.in_(some)))
    return len(some) == PIECE


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
    some = work.session.scalars(select(PasswordLink.token_hash).where(is_dead).limit(PIECE)).all()
    work.session.execute(delete(PasswordLink).where(PasswordLink.token_hash.in_(some)))
    return len(some) == PIECE


def forget_proofs(work: Work) -> bool:
    """Delete some codes asked for more than a day ago; whether there may be more."""
    old = select(Proof.token_hash).where(Proof.asked_at < work.now - periods.PROOFS.kept)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(Proof).where(Proof.token_hash.in_(some)))
    return len(some) == PIECE


def forget_changes(work: Work) -> bool:
    """Delete some changes that ended long ago, and their papers; whether there may be more."""
    old = select(AccountChange.id).where(
        AccountChange.ended_at < work.now - periods.ACCOUNT_CHANGES.kept
    )
    some = work.session.scalars(old.limit(PIECE)).all()
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
    old = select(GroupAct.id).where(GroupAct.at < work.now - periods.GROUP_ACTS.kept)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(GroupAct).where(GroupAct.id.in_(some)))
    return len(some) == PIECE


def forget_reminders(work: Work) -> bool:
    """Delete when some makers were last reminded, long ago; whether there may be more."""
    is_old = MakerReminder.reminded_at < work.now - periods.GROUP_ACTS.kept
    some = work.session.scalars(select(MakerReminder.enterprise_id).where(is_old).limit(PIECE))
    ids = some.all()
    # Asked again: one reminded anew since it was read stays.
    work.session.execute(delete(MakerReminder).where(MakerReminder.enterprise_id.in_(ids), is_old))
    return len(ids) == PIECE


def forget_invitations(work: Work) -> bool:
    """Delete some invitations answered or run out long ago; whether there may be more."""
    over_at = func.coalesce(Invitation.answered_at, Invitation.expires_at)
    old = select(Invitation.id).where(over_at < work.now - periods.INVITATIONS.kept)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(Invitation).where(Invitation.id.in_(some)))
    return len(some) == PIECE


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
    steps = select(SecondStep.token_hash).where(SecondStep.expires_at < work.now)
    devices = select(TrustedDevice.token_hash).where(TrustedDevice.expires_at < work.now)
    challenges = select(UsedChallenge.challenge_hash).where(UsedChallenge.until_at < work.now)
    some = work.session.scalars(steps.limit(PIECE)).all()
    work.session.execute(delete(SecondStep).where(SecondStep.token_hash.in_(some)))
    old = work.session.scalars(devices.limit(PIECE)).all()
    work.session.execute(delete(TrustedDevice).where(TrustedDevice.token_hash.in_(old)))
    used = work.session.scalars(challenges.limit(PIECE)).all()
    work.session.execute(delete(UsedChallenge).where(UsedChallenge.challenge_hash.in_(used)))
    return PIECE in {len(some), len(old), len(used)}
