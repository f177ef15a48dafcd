"""Issuing: the lot's quota is taken first, then the stamps are made, all or none for a reader.

A roll is issued for a product without a lot: it takes a lot's quota when it is bound to one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from accounts.queries import makers
from catalog import service as catalog
from catalog.service import SealedLot
from core import audit, ids
from core.database import insert_new, insert_numbered
from core.outbox import announce
from core.work import Work
from traceability import rules
from traceability.errors import QuotaBelowIssued, StampQuotaExceeded, TooManyStamps
from traceability.events import StampsIssued
from traceability.models import Stamp, StampBatch, StampQuota, StampRange
from traceability.recall_errors import LotRecalled
from traceability.service.committing import (
    Growth,
    commit_stamps,
    growth_of,
    seal_commitment,
)

PIECE = 5_000  # Rows in one transaction: a larger one made scans wait on SQLite (docs/design).
MOST_IN_PRACTICE = 100  # A sheet or two: who learns sticks three.
MOST_IN_A_BATCH = 1_000_000  # A year of a large cooperative; more is a slip of the finger.


def issue_stamps(work: Work, *, lot_id: int, count: int, gtin: str | None = None) -> StampBatch:
    """Issue up to PIECE stamps for a lot in one transaction, all or none.

    Raises:
        LotRecalled: the lot is being recalled.
        StampQuotaExceeded: the lot has fewer than `count` stamps left.
    """
    assert 0 < count <= PIECE, count
    batch = begin_batch(work, lot_id=lot_id, count=count, gtin=gtin)
    add_stamps(work, batch_id=batch.id, first=1, count=count)
    return publish_batch(work, batch_id=batch.id)


def begin_batch(work: Work, *, lot_id: int, count: int, gtin: str | None = None) -> StampBatch:
    """Take the quota and open a batch nobody sees yet. A crash after this is mended by a task.

    Raises:
        LotRecalled: the lot is being recalled.
        StampQuotaExceeded: the lot has fewer than `count` stamps left.
        TooManyStamps: more than one batch may hold.
    """
    _require_few(count, MOST_IN_A_BATCH)
    lot = take_for_lot(work, lot_id=lot_id, count=count)
    _require_few_in_practice(work, lot.enterprise_id, count)
    return _begin(
        work,
        product_id=lot.product_id,
        lot_id=lot_id,
        enterprise_id=lot.enterprise_id,
        count=count,
        gtin=gtin,
    )


def begin_roll(
    work: Work, *, product_id: int, enterprise_id: int, count: int, gtin: str | None = None
) -> StampBatch:
    """Open a batch of an enterprise's product for no lot yet; nobody sees it before it is whole.

    Raises:
        TooManyStamps: more than one batch may hold.
    """
    _require_few(count, MOST_IN_A_BATCH)
    _require_few_in_practice(work, enterprise_id, count)
    return _begin(
        work,
        product_id=product_id,
        lot_id=None,
        enterprise_id=enterprise_id,
        count=count,
        gtin=gtin,
    )


@dataclass(frozen=True)
class ReadyStamps:
    """Stamps drawn and hashed but stored nowhere yet, with ordinals `first` and on."""

    first: int
    serials: Sequence[int]
    growth: Growth | None  # What they add to their batch's tree; None: found out at storing.


def ready_stamps(session: Session, *, batch_id: int, first: int, count: int) -> ReadyStamps:
    """Draw stamps of a batch and hash their leaves: most of the work, done while nothing is held.

    The caller keeps it to PIECE.
    """
    whole = session.scalars(select(StampBatch.count).where(StampBatch.id == batch_id)).one()
    span = rules.serial_span(first, count, of=whole)
    serials = rules.draw_serials(count, ids.random_bytes, span)
    growth = growth_of(session, batch_id=batch_id, first=first, serials=serials)
    return ReadyStamps(first, serials, growth)


def add_stamps(work: Work, *, batch_id: int, first: int, count: int) -> None:
    """Store the stamps with ordinals `first` and on: the caller keeps it to PIECE a transaction."""
    ready = ready_stamps(work.session, batch_id=batch_id, first=first, count=count)
    store_stamps(work, batch_id=batch_id, ready=ready)


def store_stamps(work: Work, *, batch_id: int, ready: ReadyStamps) -> None:
    """Store stamps made ready, and their leaves in the batch's tree."""
    insert_numbered(
        work.session.connection(),
        Stamp.__tablename__,
        ready.serials,
        into="serial",
        counted=("ordinal", ready.first),
        same={"batch_id": batch_id},
    )
    commit_stamps(
        work,
        batch_id=batch_id,
        first=ready.first,
        serials=ready.serials,
        growth=ready.growth,
    )


def stamps_made(session: Session, *, batch_id: int) -> int:
    """How many stamps of a batch are stored: where interrupted issuing goes on."""
    return (
        session.scalar(
            select(func.coalesce(func.max(Stamp.ordinal), 0)).where(Stamp.batch_id == batch_id)
        )
        or 0
    )


def publish_batch(work: Work, *, batch_id: int) -> StampBatch:
    """Make a whole batch visible, as printed and not yet active."""
    batch = work.session.execute(
        update(StampBatch)
        .where(StampBatch.id == batch_id, StampBatch.state == "preparing")
        .values(state="issued", issued_at=work.now)
        .returning(StampBatch)
    ).scalar_one()
    work.session.add(
        StampRange(
            batch_id=batch.id,
            lot_id=batch.lot_id,
            first=1,
            last=batch.count,
            state=rules.StampState.PRINTED,
            from_at=work.now,
            by_person_id=work.by.person_id,
        )
    )
    is_roll = batch.lot_id is None
    audit.record(
        work,
        act="issue_roll" if is_roll else "issue_stamps",
        object_kind="product" if is_roll else "lot",
        object_id=batch.lot_id or batch.product_id,
        enterprise_id=batch.enterprise_id,
        count=batch.count,
    )
    announce(work, StampsIssued(batch.id, batch.product_id, batch.lot_id, batch.count))
    seal_commitment(work, batch)
    work.session.flush()
    return batch


def abandon_batch(work: Work, *, batch_id: int) -> bool:
    """Give back the quota of a batch that was never published; say whether there was one.

    Its stored stamps stay unseen until the task `sweep_batches` removes them in pieces.
    """
    batch = work.session.execute(
        update(StampBatch)
        .where(StampBatch.id == batch_id, StampBatch.state == "preparing")
        .values(state="discarded")
        .returning(StampBatch)
    ).scalar_one_or_none()
    if batch is None:
        return False
    if batch.lot_id is not None:
        give_back(work, lot_id=batch.lot_id, count=batch.count)
    return True


def take_for_lot(
    work: Work,
    *,
    lot_id: int,
    count: int,
    refusal: type[StampQuotaExceeded] = StampQuotaExceeded,
) -> SealedLot:
    """Take places of a lot for `count` stamps; from here on it is changed by correction alone.

    Raises:
        LotRecalled: the lot is being recalled.
        StampQuotaExceeded: the lot has fewer left; as `refusal`, which words it for the act.
    """
    lot = catalog.seal_lot(work, lot_id=lot_id)
    if lot.recalled_since is not None:
        raise LotRecalled(f"lot {lot_id}")
    _ensure_quota(work, lot_id=lot_id, declared=lot.declared_units)
    # In one conditional UPDATE: two requests cannot both take the last stamp, on SQLite or
    # PostgreSQL, and no row is read before it is locked.
    taken = work.session.execute(
        update(StampQuota)
        .where(StampQuota.lot_id == lot_id)
        .where(StampQuota.issued + count <= StampQuota.declared)
        .values(issued=StampQuota.issued + count)
        .returning(StampQuota.lot_id)
    ).one_or_none()
    if taken is None:
        left = work.session.scalars(
            select(StampQuota.declared - StampQuota.issued).where(StampQuota.lot_id == lot_id)
        ).one()
        raise refusal(f"lot {lot_id} cannot bear {count} more stamps", left=left, asked=count)
    return lot


def give_back(work: Work, *, lot_id: int, count: int) -> None:
    """Return stamps that never proved anything to their lot's quota."""
    work.session.execute(
        update(StampQuota)
        .where(StampQuota.lot_id == lot_id)
        .values(issued=StampQuota.issued - count)
    )


def set_quota(work: Work, *, lot_id: int, units: int) -> None:
    """Change what a lot may bear, the one place that does.

    Raises:
        QuotaBelowIssued: the lot already bears more stamps than `units`.
    """
    lot = catalog.seal_lot(work, lot_id=lot_id)
    _ensure_quota(work, lot_id=lot_id, declared=lot.declared_units)
    changed = work.session.execute(
        update(StampQuota)
        .where(StampQuota.lot_id == lot_id, StampQuota.issued <= units)
        .values(declared=units)
        .returning(StampQuota.lot_id)
    ).one_or_none()
    if changed is None:
        issued = work.session.scalar(select(StampQuota.issued).where(StampQuota.lot_id == lot_id))
        raise QuotaBelowIssued(f"lot {lot_id} to {units}", issued=issued)


def _is_practised(work: Work, enterprise_id: int) -> bool:
    return makers(work.session, [enterprise_id])[enterprise_id].is_practice


def _ensure_quota(work: Work, *, lot_id: int, declared: int) -> None:
    quota = {"lot_id": lot_id, "declared": declared, "issued": 0}
    insert_new(work.session, StampQuota, quota)


def _require_few_in_practice(work: Work, enterprise_id: int, count: int) -> None:
    if count > MOST_IN_PRACTICE and _is_practised(work, enterprise_id):
        raise TooManyStamps(f"{count} stamps asked in practice", most=MOST_IN_PRACTICE)


def _require_few(count: int, most: int) -> None:
    if count > most:
        raise TooManyStamps(f"{count} stamps asked", most=most)


def _begin(
    work: Work,
    *,
    product_id: int,
    lot_id: int | None,
    enterprise_id: int,
    count: int,
    gtin: str | None,
) -> StampBatch:
    batch = StampBatch(
        public_id=work.new_public_id(),
        product_id=product_id,
        lot_id=lot_id,
        enterprise_id=enterprise_id,
        count=count,
        gtin=gtin,
        issued_at=work.now,
        by_person_id=work.by.person_id,
    )
    work.session.add(batch)
    work.session.flush()
    return batch
