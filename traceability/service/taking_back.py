"""Entries of the published log taken back into a database that lost them.

What is published is never edited, so the database follows the log. Only entries come back: the
stamps of a batch, and what an act did to them, the log never held.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from accounts.queries import makers_by_public_id
from catalog.queries import product_ids
from core.work import Work
from traceability.models import LogEntry, StampBatch
from traceability.service.log_keys import key_subject

RECALLS = frozenset({"recall", "recall-lift"})
ACTS = RECALLS | {"void", "correct", "verdict"}
PAPERS = frozenset({"cert", "cert-revoke"})


@dataclass(frozen=True)
class Missed:
    """What the log tells and the database knows nothing of."""

    index: int
    kind: str  # `batch`: its stamps are lost. Others: acts and papers that are to be done again.
    said: Mapping[str, Any]


def take_back_entries(work: Work, *, first: int, bodies: Sequence[str]) -> list[Missed]:
    """Give the entries at `first` and on their places again; what is missed besides.

    One that still waited when the copy was made gets its place; of others a row is made.
    """
    told = [json.loads(body) for body in bodies]
    waiting = _waiting(work.session)
    known = _Known.of(work.session, told)
    missed: list[Missed] = []
    for index, (body, said) in enumerate(zip(bodies, told, strict=True), first):
        if waiting.get(body):
            waiting[body].pop().leaf_index = index
            continue
        batch_id = known.batches.get(str(said.get("batch")))
        if batch_id is not None and not _is_ours(work, batch_id, said):
            batch_id = None
        row = _row(index, body, said, batch_id, known)
        work.session.add(row)
        if _is_missed(row, said, known):
            missed.append(Missed(index, row.kind, said))
        work.session.flush()
    return missed


def _is_missed(row: LogEntry, said: Mapping[str, Any], known: "_Known") -> bool:
    """Whether the entry tells what is lost, or what somebody must do again.

    A recall stops the lot, also one whose stamps are lost or were none. A paper the database does
    not know would be told as withdrawn with the next batch, a withdrawn one as good again.
    """
    if row.kind == "batch":
        return row.batch_id is None
    if row.kind in RECALLS and str(said.get("product")) in known.products:
        return True
    if row.kind in PAPERS:
        return row.subject is not None
    return row.kind in ACTS and row.batch_id is not None


@dataclass(frozen=True)
class _Known:
    """What of the things that entries name the database has, by public id."""

    batches: Mapping[str, int]
    products: Mapping[str, int]
    makers: Mapping[str, int]

    @classmethod
    def of(cls, session: Session, told: Sequence[Mapping[str, Any]]) -> "_Known":
        named = {
            name: {str(said[name]) for said in told if said.get(name)}
            for name in ("batch", "product", "enterprise")
        }
        batches = session.execute(
            select(StampBatch.public_id, StampBatch.id).where(
                StampBatch.public_id.in_(named["batch"])
            )
        )
        found = makers_by_public_id(session, named["enterprise"])
        return cls(
            dict(iter(batches.all())),
            product_ids(session, named["product"]),
            {public_id: maker.id for public_id, maker in found.items()},
        )


def _waiting(session: Session) -> dict[str, list[LogEntry]]:
    """Entries without a place by what they say, the oldest of the same words last."""
    found: dict[str, list[LogEntry]] = {}
    rows = select(LogEntry).where(LogEntry.leaf_index.is_(None)).order_by(LogEntry.id.desc())
    for one in session.scalars(rows):
        found.setdefault(one.body, []).append(one)
    return found


def _is_ours(work: Work, batch_id: int, said: Mapping[str, Any]) -> bool:
    """Whether the batch that was published is the one of ours that bears its name.

    One that was still being made when the copy was made has got other stamps since: those that were
    published are lost, and what was done to them was not done to ours. What was done before a batch
    stood in the log is told again after it.
    """
    if said["kind"] == "batch":
        return _gives_way(work, batch_id, said)
    stands = select(LogEntry.id).where(
        LogEntry.batch_id == batch_id, LogEntry.kind == "batch", LogEntry.leaf_index.is_not(None)
    )
    return work.session.scalar(stands) is not None


def _gives_way(work: Work, batch_id: int, said: Mapping[str, Any]) -> bool:
    """Have the entry of a batch of ours give way to the published one: it is told once.

    False: ours has other stamps, has its place, or is being made and will be told when it is done.
    """
    ours = work.session.scalars(
        select(LogEntry).where(LogEntry.batch_id == batch_id, LogEntry.kind == "batch")
    ).one_or_none()
    if ours is None or ours.leaf_index is not None:
        return False
    if json.loads(ours.body).get("root") != said.get("root"):
        return False
    work.session.execute(delete(LogEntry).where(LogEntry.id == ours.id))
    return True


def _row(
    index: int, body: str, said: Mapping[str, Any], batch_id: int | None, known: _Known
) -> LogEntry:
    is_batch = said["kind"] == "batch"
    return LogEntry(
        kind=said["kind"],
        batch_id=batch_id,
        first=said.get("first"),
        last=said.get("last"),
        subject=_subject(said, known),
        gtin=said.get("gtin") if is_batch else None,
        maker=said.get("enterprise") if is_batch else None,
        body=body,
        made_at=datetime.fromisoformat(said["at"]),
        leaf_index=index,
    )


def _subject(said: Mapping[str, Any], known: _Known) -> str | None:
    """What a later entry may take back, as it was called when the entry was written."""
    kind = said["kind"]
    if kind in {"batch", "key"}:
        return key_subject(str(said["key"]))
    if kind in RECALLS:
        return f"recall {said['recall']}"
    if kind not in PAPERS:
        return None
    ids, name = (known.products, "product") if said.get("product") else (known.makers, "enterprise")
    found = ids.get(str(said.get(name)))
    return None if found is None else f"papers of {name} {found}"
