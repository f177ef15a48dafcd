"""Proving by a one-time code that a number or an address is one's own."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from accounts.codes import (
    ASKED_A_DAY,
    ASKED_AN_HOUR,
    CODE_DIGITS,
    CODE_LASTS,
    PROOF_LASTS,
    TRIES,
    Purpose,
    code_words,
    hash_of_code,
)
from accounts.errors import CodeDead, CodeWrong, ProofUsed, TooManyCodes
from accounts.hashing import hash_of_secret
from accounts.models import Proof
from core.database import lock_words
from core.dispatch import Letter, send_out
from core.work import Work

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ask_code(work: Work, *, purpose: Purpose, target: str, person_id: int | None = None) -> str:
    """Send a code to `target` (a stored sign-in name) and give the token of the browser that asks.

    Whether anybody is known by it is neither looked up nor told.

    Raises:
        TooManyCodes: so many were sent there in the last hour or day.
    """
    # Counted one after another for one target: two who ask at once are two.
    lock_words(work.session, f"codes {target}")
    _refuse_too_many(work, target)
    token, code = work.new_token(), work.new_digits(CODE_DIGITS)
    proof = Proof(
        token_hash=hash_of_secret(token),
        purpose=purpose,
        target=target,
        person_id=person_id,
        code_hash=hash_of_code(token, purpose, code),
        asked_at=work.now,
        expires_at=work.now + CODE_LASTS,
    )
    work.session.add(proof)
    work.session.flush()
    letter = Letter(target, code_words(purpose, code), subject="Gốc: mã của bạn", useful=CODE_LASTS)
    send_out(work, letter, once_key=f"code:{proof.token_hash}")
    return token


class Try(Enum):
    """What became of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    DEAD = "dead"  # Locked by wrong tries, too old, used, of another browser or purpose.


@dataclass(frozen=True)
class Tried:
    """The outcome, how many tries the code has left, and what was proved by a right one."""

    outcome: Try
    left: int = 0
    target: str = ""

    @property
    def refusal(self) -> CodeWrong | CodeDead | None:
        """What to tell whoever typed it; None: it was right."""
        if self.outcome is Try.RIGHT:
            return None
        if self.outcome is Try.WRONG and self.left > 0:
            return CodeWrong("wrong code", left=self.left)
        return CodeDead("dead code")


def try_code(work: Work, *, token: str, purpose: Purpose, code: str) -> Tried:
    """Compare a typed code. The try is counted first: of many at once only five are looked at.

    A wrong one is an answer, not an exception: the count must be committed by the caller.
    """
    token_hash = hash_of_secret(token)
    taken = work.session.execute(
        update(Proof)
        .where(Proof.token_hash == token_hash, Proof.purpose == purpose)
        .where(Proof.proved_at.is_(None), Proof.expires_at > work.now)
        .where(Proof.wrong_tries < TRIES)
        .values(wrong_tries=Proof.wrong_tries + 1)
        .returning(Proof.code_hash, Proof.target, Proof.wrong_tries)
    ).one_or_none()
    if taken is None:
        return Tried(Try.DEAD)
    expected = taken.code_hash or ""
    if not hmac.compare_digest(expected, hash_of_code(token, purpose, code)):
        return Tried(Try.WRONG, left=TRIES - taken.wrong_tries)
    # The row is ours until the commit: whoever types the same code now finds it proved.
    work.session.execute(
        update(Proof)
        .where(Proof.token_hash == token_hash)
        .values(
            proved_at=work.now,
            expires_at=work.now + PROOF_LASTS,
            wrong_tries=Proof.wrong_tries - 1,
        )
    )
    return Tried(Try.RIGHT, left=TRIES, target=taken.target)


def proved_otherwise(work: Work, *, purpose: Purpose, target: str) -> str:
    """The token of a proof without a code: the right password was typed for `target`."""
    token = work.new_token()
    work.session.add(
        Proof(
            token_hash=hash_of_secret(token),
            purpose=purpose,
            target=target,
            asked_at=work.now,
            expires_at=work.now + PROOF_LASTS,
            proved_at=work.now,
        )
    )
    work.session.flush()
    return token


def use_proof(work: Work, *, token: str, purpose: Purpose) -> str:
    """Let a proof take effect, once: gives the number or address it proved.

    Raises:
        ProofUsed: it took effect already, is too old, or proves something else.
    """
    target: str | None = work.session.scalar(
        update(Proof)
        .where(Proof.token_hash == hash_of_secret(token), Proof.purpose == purpose)
        .where(Proof.proved_at.is_not(None), Proof.used_at.is_(None))
        .where(Proof.expires_at > work.now)
        .values(used_at=work.now)
        .returning(Proof.target)
    )
    if target is None:
        raise ProofUsed("proof used, old or for something else")
    return target


def _refuse_too_many(work: Work, target: str) -> None:
    asked = _asked_since(work.session, target, work.now - HOUR)
    if asked >= ASKED_AN_HOUR:
        raise TooManyCodes("codes asked for this hour", hours=1)
    if _asked_since(work.session, target, work.now - DAY) >= ASKED_A_DAY:
        raise TooManyCodes("codes asked for today", hours=24)


def _asked_since(session: Session, target: str, moment: object) -> int:
    counted = select(func.count()).select_from(Proof)
    return (
        session.scalar(
            counted.where(
                Proof.target == target, Proof.asked_at > moment, Proof.code_hash.is_not(None)
            )
        )
        or 0
    )
