"""Keys of enterprises: drawn when first needed, sealed, replaced when lost or no longer trusted."""

import base64
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, update

from accounts.queries import Maker, makers
from core import audit, ids
from core.database import insert_new
from core.sealing import SealBroken, sealer
from core.work import Work, not_before
from traceability.log.makers import key_name
from traceability.models import EnterpriseKey
from traceability.rules.entries import in_base64
from traceability.service.log_entries import add_entry

KEY_BYTES = 32


class Signer(NamedTuple):
    """An enterprise's living key."""

    key: str  # Its name in the log.
    private: Ed25519PrivateKey


def signer_of(work: Work, maker: Maker) -> Signer:
    """The key `maker` signs with now; the first time one is drawn and told to the log.

    A key that was sealed under a GOC_SECRET_KEY we no longer have signs nothing more: it ends and
    another takes its place. What it signed stays good.
    """
    living = _living(work, maker.id)
    if living is None:
        return _draw(work, maker)
    try:
        raw = base64.b64decode(sealer().open(living.sealed, about=_about(living.key)))
    except SealBroken:
        return replace_key(work, enterprise_id=maker.id, revoked=False)
    return Signer(living.key, Ed25519PrivateKey.from_private_bytes(raw))


def replace_key(work: Work, *, enterprise_id: int, revoked: bool) -> Signer:
    """End an enterprise's key and draw another; `revoked`: somebody else may have had it."""
    maker = makers(work.session, [enterprise_id])[enterprise_id]
    ended_at = not_before(EnterpriseKey.from_at, work.now)
    ended = work.session.scalar(
        update(EnterpriseKey)
        .where(EnterpriseKey.enterprise_id == maker.id, EnterpriseKey.until_at.is_(None))
        .values(until_at=ended_at, revoked_at=ended_at if revoked else None)
        .returning(EnterpriseKey.key)
    )
    if ended is not None:
        fields = {"enterprise": maker.public_id, "key": ended, "public": None}
        state = "revoked" if revoked else "ended"
        add_entry(work, "key", {**fields, "state": state}, subject=key_subject(ended))
    audit.record(
        work,
        act="replace_key",
        object_kind="enterprise",
        object_id=maker.id,
        enterprise_id=maker.id,
        revoked=revoked,
    )
    return _draw(work, maker)


def _living(work: Work, enterprise_id: int) -> EnterpriseKey | None:
    """The key in use, held: its end waits until what it signs here stands before it in the log."""
    return work.session.scalars(
        select(EnterpriseKey)
        .where(EnterpriseKey.enterprise_id == enterprise_id, EnterpriseKey.until_at.is_(None))
        .with_for_update()
    ).one_or_none()


def _draw(work: Work, maker: Maker) -> Signer:
    raw = ids.random_bytes(KEY_BYTES)
    private = Ed25519PrivateKey.from_private_bytes(raw)
    public = private.public_key().public_bytes_raw()
    name = key_name(public)
    row = {
        "enterprise_id": maker.id,
        "key": name,
        "public": in_base64(public),
        "sealed": sealer().seal(in_base64(raw), about=_about(name)),
        "from_at": work.now,
    }
    if not insert_new(work.session, EnterpriseKey, row):
        return signer_of(work, maker)  # Another batch drew the first key; ours was never used.
    fields = {"enterprise": maker.public_id, "key": name, "public": in_base64(public)}
    add_entry(work, "key", {**fields, "state": "valid"}, subject=key_subject(name))
    return Signer(name, private)


def key_subject(key: str) -> str:
    """What entries about a key, and batches signed by it, are about."""
    return f"key {key}"


def _about(key: str) -> str:
    return f"enterprise key {key}"
