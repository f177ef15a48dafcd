"""Keys after a database was lost: what the log says of them holds, and nobody signs with the rest.

A batch signed by a key after its end in the log is refused by whoever audits it, for ever.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from accounts.queries import makers
from core.work import Work, not_before
from traceability.log.makers import signed_part
from traceability.models import EnterpriseKey, LogEntry, StampBatch, StampingKey
from traceability.rules.entries import entry_body, in_base64
from traceability.service.log_entries import add_entry
from traceability.service.log_keys import key_subject, signer_of

_OVER = frozenset({"ended", "revoked"})


@dataclass
class _Told:
    """A key as the published log knows it."""

    first: Mapping[str, Any]  # Its `valid` entry: whose or what for, and the public part.
    last: Mapping[str, Any]
    ended_at: datetime | None = None
    revoked_at: datetime | None = None


def settle_keys(work: Work) -> int:
    """Have keys stand as the log says; end in it those that are lost. How many these were.

    Called again it changes nothing more.
    """
    told = _told(work)
    for one in told.values():
        _end_ours(work, one)
        if one.first.get("use") == "stamps":
            _restore_stamping_key(work, one)
    lost = _lost(work, told)
    for one in lost:
        said = {"enterprise": one.first["enterprise"], "key": one.first["key"]}
        fields = {**said, "public": None, "state": "ended"}
        add_entry(work, "key", fields, subject=key_subject(one.first["key"]))
    work.session.flush()
    return len(lost)


def sign_waiting_anew(work: Work) -> int:
    """Have batches that wait, signed by a key that is over in the log, signed by a living one.

    All that waits of such a batch comes after its key and its own entry, in the order it had. How
    many batches these were.
    """
    over = [name for name, one in _told(work).items() if one.last["state"] in _OVER]
    waiting = select(LogEntry).where(LogEntry.leaf_index.is_(None)).order_by(LogEntry.id)
    batches = work.session.scalars(
        waiting.where(LogEntry.kind == "batch", LogEntry.subject.in_(map(key_subject, over)))
    ).all()
    for entry in batches:
        _sign_anew(work, entry)
        after = work.session.scalars(
            waiting.where(LogEntry.batch_id == entry.batch_id, LogEntry.kind != "batch")
        ).all()
        for one in after:
            _move_to_end(work, one)
    return len(batches)


def _told(work: Work) -> dict[str, _Told]:
    """The keys of the published log, and those whose end waits to be published."""
    found: dict[str, _Told] = {}
    rows = work.session.execute(
        select(LogEntry.body, LogEntry.leaf_index)
        .where(LogEntry.kind == "key")
        .order_by(LogEntry.leaf_index.is_(None), LogEntry.leaf_index, LogEntry.id)
    )
    for body, index in rows:
        said = json.loads(body)
        one = found.get(said["key"])
        if one is None and said["state"] == "valid" and index is not None:
            found[said["key"]] = _Told(said, said)
        elif one is not None:
            one.last, at = said, datetime.fromisoformat(said["at"])
            one.ended_at = one.ended_at or at
            one.revoked_at = at if said["state"] == "revoked" else one.revoked_at
    return found


def _end_ours(work: Work, one: _Told) -> None:
    """End a key of ours that ended in the log after the copy was made."""
    for table in (EnterpriseKey, StampingKey):
        mine = update(table).where(table.key == one.first["key"])
        if one.ended_at is not None:
            work.session.execute(
                mine.where(table.until_at.is_(None)).values(
                    until_at=not_before(table.from_at, one.ended_at)
                )
            )
        if one.revoked_at is not None:
            work.session.execute(
                mine.where(table.revoked_at.is_(None)).values(revoked_at=one.revoked_at)
            )


def _restore_stamping_key(work: Work, one: _Told) -> None:
    """Know a key that signed stamps again: phones check them by its public part."""
    name = one.first["key"]
    known = select(StampingKey.id).where(StampingKey.key == name)
    if work.session.scalar(known) is None:
        from_at = datetime.fromisoformat(one.first["at"])
        row = StampingKey(
            key=name,
            public=one.first["public"],
            from_at=from_at,
            # A clock may have been days ahead when the key was told.
            until_at=None if one.ended_at is None else max(from_at, one.ended_at),
            revoked_at=one.revoked_at,
        )
        work.session.add(row)
        work.session.flush()


def _lost(work: Work, told: Mapping[str, _Told]) -> list[_Told]:
    """Makers' keys that live in the log alone: their private parts went with the database."""
    ours = set(work.session.scalars(select(EnterpriseKey.key)))
    return [
        one
        for name, one in told.items()
        if one.first.get("enterprise") and one.last["state"] == "valid" and name not in ours
    ]


def _sign_anew(work: Work, entry: LogEntry) -> None:
    batch = work.session.get_one(StampBatch, entry.batch_id)
    signer = signer_of(work, makers(work.session, [batch.enterprise_id])[batch.enterprise_id])
    said = json.loads(entry.body)
    at = datetime.fromisoformat(said["at"])
    fields = {name: said[name] for name in said if name not in {"v", "kind", "at", "signature"}}
    fields["key"] = signer.key
    fields["signature"] = in_base64(signer.private.sign(signed_part(fields)))
    entry.body = entry_body("batch", at, fields)
    entry.subject = key_subject(signer.key)
    _move_to_end(work, entry)


def _move_to_end(work: Work, entry: LogEntry) -> None:
    """Write an entry that waits again, after all that waits: places follow the rows' ids."""
    columns = {
        one.key: getattr(entry, one.key) for one in LogEntry.__table__.columns if one.key != "id"
    }
    work.session.flush()
    work.session.execute(delete(LogEntry).where(LogEntry.id == entry.id))
    work.session.expunge(entry)
    work.session.add(LogEntry(**columns))
    work.session.flush()
