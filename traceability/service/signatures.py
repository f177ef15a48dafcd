"""Signatures that a stamp's page is opened with: checked, and those that are none noted.

They decide nothing: whoever knows a serial can write any digits behind it. But a code that was
made by a program of somebody else's carries a wrong one, so the maker hears of it.
"""

import base64
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.orm import Session

from core.database import dialect_of, upsert
from core.work import Work
from traceability import rules
from traceability.log_place import log_place
from traceability.models import StampWrongSignature
from traceability.queries import StampRow, commitment_of, stamping_keys
from traceability.rules.signatures import is_like_signature, signature_bytes, signed_message


def is_signature_wrong(session: Session, stamp: StampRow, digits: str) -> bool:
    """Whether no key of ours, of whatever time, signed this stamp so.

    An address cut short, or one that another site hung its own `s` on, carries no signature: it is
    evidence of nothing.
    """
    if not is_like_signature(digits):
        return False
    signature = signature_bytes(digits)
    if signature is None:
        return True
    publics = [base64.b64decode(one.public) for one in stamping_keys(session)]
    text = rules.serial_text(stamp.serial)
    return not any(
        _is_by(public, signature, signed_message(base_url, stamp.gtin, text))
        for base_url in _sites(session, stamp)
        for public in publics
    )


def note_wrong_signature(work: Work, *, serial: int) -> None:
    """Count a look at a stamp with a wrong signature, once in two hours."""
    work.session.execute(
        upsert(
            dialect_of(work.session),
            StampWrongSignature,
            {"serial": serial, "visits": 1, "last_at": work.now},
            changes={"visits": StampWrongSignature.visits + 1, "last_at": work.now},
            where=StampWrongSignature.last_at <= rules.occasion_since(work.now),
        )
    )


def _sites(session: Session, stamp: StampRow) -> Iterable[str]:
    """Where its labels may lead: here, and where the site was when it was issued."""
    yield log_place().public_url
    commitment = commitment_of(session, stamp.batch_id)
    if commitment is not None:
        yield commitment.base_url


def _is_by(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
