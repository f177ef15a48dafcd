"""Passkeys: added, and shown. What a passkey answered is taken once."""

import hashlib

from sqlalchemy import select

from accounts.challenges import Asked, until
from accounts.factor_errors import PasskeyRefused
from accounts.models import Factor, UsedChallenge
from accounts.service.factors import NewFactor, use_passkey
from core.database import insert_new
from core.sealing import SealBroken
from core.work import Work


def new_passkey(work: Work, *, person_id: int, name: str, answer: str, asked: Asked) -> NewFactor:
    """The passkey the browser has just made, to be added; its answer is taken once.

    Raises:
        PasskeyRefused: the answer does not verify, is too old, or was sent before.
    """
    from accounts.adapters import passkeys  # noqa: PLC0415  # Slow to load, and seldom used.

    try:
        read = passkeys.read(answer)
        made = passkeys.verify_setup(asked.place, read)
    except passkeys.Unverified as error:
        raise PasskeyRefused(f"passkey not verified: {error}") from error
    if not _take_challenge(work, read.challenge, asked):
        raise PasskeyRefused("challenge old, used or not ours")
    return NewFactor(
        "passkey",
        name,
        asked.sealer.seal(made.public_key, about=_about(person_id)),
        made.credential_id,
        sign_count=made.sign_count,
    )


def show_passkey(work: Work, *, person_id: int, answer: str, asked: Asked) -> bool:
    """Take a passkey's answer: signed by a passkey of this person, here, now, for this."""
    from accounts.adapters import passkeys  # noqa: PLC0415  # As above.

    try:
        read = passkeys.read(answer)
        factor = _factor(work, person_id, read.credential_id)
        if factor is None or not _take_challenge(work, read.challenge, asked):
            return False
        public_key = asked.sealer.open(factor.sealed, about=_about(person_id))
        sign_count = passkeys.verify(
            asked.place, read, public_key=public_key, sign_count=factor.sign_count or 0
        )
    except (passkeys.Unverified, SealBroken):
        return False
    return use_passkey(work, factor_id=factor.id, sign_count=sign_count)


def _factor(work: Work, person_id: int, credential_id: str) -> Factor | None:
    return work.session.scalar(
        select(Factor).where(
            Factor.fingerprint == credential_id,
            Factor.person_id == person_id,
            Factor.kind == "passkey",
        )
    )


def _take_challenge(work: Work, challenge: bytes, asked: Asked) -> bool:
    """Whether a challenge is ours, for this, not over, and answered for the first time."""
    until_at = until(asked.sealer, challenge, about=asked.about)
    if until_at is None or until_at <= work.now:
        return False
    row = {"challenge_hash": hashlib.sha256(challenge).hexdigest(), "until_at": until_at}
    return insert_new(work.session, UsedChallenge, row)


def _about(person_id: int) -> str:
    return f"passkey of {person_id}"
