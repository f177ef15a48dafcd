"""Browsers on which a person need not show the second thing each time."""

from sqlalchemy import delete, select

from accounts.hashing import hash_of_secret
from accounts.models import TrustedDevice
from accounts.second_rules import TRUSTED_FOR
from core.work import Work


def trust_device(work: Work, *, person_id: int) -> str:
    """Remember this browser for 30 days; the token it is to keep."""
    token = work.new_token()
    work.session.add(
        TrustedDevice(
            token_hash=hash_of_secret(token),
            person_id=person_id,
            expires_at=work.now + TRUSTED_FOR,
        )
    )
    work.session.flush()
    return token


def is_trusted(work: Work, *, person_id: int, token: str) -> bool:
    """Whether the browser with this token is remembered for this person."""
    remembered = select(TrustedDevice.person_id).where(
        TrustedDevice.token_hash == hash_of_secret(token),
        TrustedDevice.person_id == person_id,
        TrustedDevice.expires_at > work.now,
    )
    return bool(token) and work.session.scalar(remembered) is not None


def forget_devices(work: Work, *, person_id: int) -> None:
    """Have every browser of a person ask for the second thing again."""
    work.session.execute(delete(TrustedDevice).where(TrustedDevice.person_id == person_id))
