"""What nobody needs any more: sign-ins long over, links to passwords that open nothing."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from accounts.models import PasswordLink, Proof, SignIn
from core.work import Work

SIGN_INS_KEPT = timedelta(days=90)  # After their end: long enough to look into a stolen cookie.
PROOFS_KEPT = timedelta(days=1)  # So long they are counted against whoever asks for codes.
PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_sign_ins(work: Work) -> bool:
    """Delete some sign-ins that ended or ran out long ago; whether there may be more."""
    ended_at = func.coalesce(SignIn.ended_at, SignIn.expires_at)
    old = select(SignIn.key_hash).where(ended_at < work.now - SIGN_INS_KEPT)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(SignIn).where(SignIn.key_hash.in_(some)))
    return len(some) == PIECE


def forget_password_links(work: Work) -> bool:
    """Delete some links that were used or have run out; whether there may be more."""
    is_dead = PasswordLink.used_at.is_not(None) | (PasswordLink.expires_at <= work.now)
    some = work.session.scalars(select(PasswordLink.token_hash).where(is_dead).limit(PIECE)).all()
    work.session.execute(delete(PasswordLink).where(PasswordLink.token_hash.in_(some)))
    return len(some) == PIECE


def forget_proofs(work: Work) -> bool:
    """Delete some codes asked for more than a day ago; whether there may be more."""
    old = select(Proof.token_hash).where(Proof.asked_at < work.now - PROOFS_KEPT)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(Proof).where(Proof.token_hash.in_(some)))
    return len(some) == PIECE
