"""The platform's stamping keys: drawn into files of the worker's user, told to the log, ended.

What a stamping key signs says no time, so a key that ended vouches for what it signed, and a key
that somebody else may have had vouches for nothing (docs/adr/0018).
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from sqlalchemy import select, update
from structlog import get_logger

from core import audit
from core.work import Work, not_before
from traceability.log.errors import KeyRefused
from traceability.log.key_file import read_key, write_key
from traceability.log.key_list import USE
from traceability.log.makers import key_name
from traceability.log.notes import SigningKey
from traceability.log_place import LogPlace
from traceability.models import StampingKey
from traceability.queries import living_stamping_keys
from traceability.rules.entries import in_base64
from traceability.rules.signatures import signature_digits, signed_message
from traceability.service.log_entries import add_entry
from traceability.service.log_keys import key_subject
from traceability.signature_errors import NoStampingKey, NotASigningKey

_ACTS = {
    "valid": "draw_stamping_key",
    "ended": "end_stamping_key",
    "revoked": "revoke_stamping_key",
}

log = get_logger()

Sign = Callable[[str], str]  # A serial's text → its signature as digits.


def new_stamping_key(work: Work, place: LogPlace) -> StampingKey:
    """Draw a key that signs from now on; those before it go on vouching.

    The file is on the disk before the row says so: a crash between leaves a file nobody uses.

    Raises:
        OSError: the folder of keys cannot be written by this user.
    """
    drawn = SigningKey.generate(f"{urlsplit(place.public_url).netloc}/stamps")
    public = drawn.verifying_key.public
    name = key_name(public)
    place.stamping_keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_key(place.stamping_keys / name, drawn)
    row = StampingKey(key=name, public=in_base64(public), from_at=work.now)
    work.session.add(row)
    work.session.flush()
    _tell(work, row, "valid")
    return row


def end_stamping_key(work: Work, *, key: str, revoked: bool) -> None:
    """Let a key sign nothing more; `revoked`: somebody else may have had it.

    A key that ended can be revoked later, once.

    Raises:
        NotASigningKey: there is none of this name that this can be done to.
    """
    can_be = StampingKey.revoked_at.is_(None) if revoked else StampingKey.until_at.is_(None)
    ended = work.session.scalars(
        select(StampingKey).where(StampingKey.key == key, can_be).with_for_update()
    ).one_or_none()
    if ended is None:
        raise NotASigningKey(f"key {key}", key=key)
    work.session.execute(
        update(StampingKey)
        .where(StampingKey.id == ended.id)
        .values(
            until_at=ended.until_at or not_before(StampingKey.from_at, work.now),
            revoked_at=work.now if revoked else None,
        )
    )
    _tell(work, ended, "revoked" if revoked else "ended")


def label_signer(work: Work, place: LogPlace, *, base_url: str, gtin: str | None) -> Sign:
    """What signs the stamps of a batch: the newest living key whose file is here.

    In the demo one is drawn where there is none.

    Raises:
        NoStampingKey: no such key, or its file is closed to us or holds something else.
    """
    key = _signing_key(work, place)

    def sign(serial_text: str) -> str:
        return signature_digits(key.sign(signed_message(base_url, gtin, serial_text)))

    return sign


def _signing_key(work: Work, place: LogPlace) -> SigningKey:
    living = living_stamping_keys(work.session)
    if not living and place.draws_key:
        living = [new_stamping_key(work, place).key]
    for name in living:
        try:
            key = read_key(place.stamping_keys / name)
        except (OSError, KeyRefused) as closed:
            log.warning("stamping key out of reach", key=name, why=str(closed))
            continue
        # A file put back under another's name would sign sheets that no phone can check.
        if key_name(key.verifying_key.public) == name:
            return key
        log.warning("stamping key file holds another key", key=name)
    raise NoStampingKey(f"{len(living)} living keys, none in {place.stamping_keys}")


def _tell(work: Work, row: StampingKey, state: str) -> None:
    public = row.public if state == "valid" else None
    fields = {"use": USE, "key": row.key, "public": public, "state": state}
    add_entry(work, "key", fields, subject=key_subject(row.key))
    audit.record(
        work,
        act=_ACTS[state],
        object_kind="stamping_key",
        object_id=row.id,
        enterprise_id=None,
    )
