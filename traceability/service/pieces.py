"""Large batches: opened in one transaction, filled piece by piece by a job, or given up whole."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core import audit
from core.jobs import enqueue
from core.sealing import sealer
from core.work import Work
from traceability.adapters.outputs import DEFAULT_OUTPUT, Output
from traceability.errors import BatchDiscarded, LotCannotBear, StampQuotaExceeded
from traceability.models import Stamp, StampBatch
from traceability.service.committing import remove_commitment
from traceability.service.issuing import (
    PIECE,
    ReadyStamps,
    abandon_batch,
    add_stamps,
    begin_batch,
    begin_roll,
    publish_batch,
    ready_stamps,
    stamps_made,
    store_stamps,
)
from traceability.service.labels import (
    order_all_labels,
    require_logo,
    require_printable,
    require_signable,
)
from traceability.service.scratch_codes import add_scratch_secret

ISSUING = "issue_stamps"  # The kind of job that fills a batch.
BINDING = "bind_stamps"  # The audit's name of stamps that become a lot's.


@dataclass(frozen=True)
class Order:
    """Stamps asked for: how many, the GTIN their addresses carry, how their labels are to be."""

    lot_id: int
    count: int
    gtin: str | None
    paper: str
    has_scratch: bool = False  # A number under a scratch layer on each.
    output: Output = DEFAULT_OUTPUT


@dataclass(frozen=True)
class RollOrder:
    """A roll asked for: of which goods, how many stamps, the GTIN they carry, their labels."""

    product_id: int
    enterprise_id: int
    count: int
    gtin: str | None
    paper: str
    has_scratch: bool = False
    output: Output = DEFAULT_OUTPUT


def order_stamps(work: Work, order: Order) -> StampBatch:
    """Issue stamps and have their labels drawn; more than PIECE are made by a job.

    The quota is taken at once, so a refusal comes before anything is made.

    Raises:
        StampQuotaExceeded: the lot has fewer stamps left.
        TooManyStamps: more than one batch may hold.
        UNPRINTABLE: the paper's labels would not be read by phones, have no room for a number under
            a scratch layer, or nothing would sign them.
    """
    _require_printable(order)
    batch = begin_batch(work, lot_id=order.lot_id, count=order.count, gtin=order.gtin)
    return _make(work, batch, order)


def order_roll(work: Work, order: RollOrder) -> StampBatch:
    """Issue stamps of a product for no lot yet and have their labels drawn; many by a job.

    Raises:
        TooManyStamps: more than one batch may hold.
        UNPRINTABLE: the paper's labels would not be read by phones, have no room for a number under
            a scratch layer, or nothing would sign them.
    """
    _require_printable(order)
    batch = begin_roll(
        work,
        product_id=order.product_id,
        enterprise_id=order.enterprise_id,
        count=order.count,
        gtin=order.gtin,
    )
    return _make(work, batch, order)


def next_stamps(session: Session, *, batch_id: int) -> ReadyStamps | None:
    """Make the next piece of a batch ready, for `add_next_stamps`: nothing is held meanwhile.

    None: all its stamps are stored.
    """
    made = stamps_made(session, batch_id=batch_id)
    whole = session.scalars(select(StampBatch.count).where(StampBatch.id == batch_id)).one()
    if made == whole:
        return None
    return ready_stamps(session, batch_id=batch_id, first=made + 1, count=min(PIECE, whole - made))


def add_next_stamps(work: Work, *, batch_id: int, ready: ReadyStamps | None = None) -> int:
    """Store the next piece of a batch and publish it with the last; give how many it has now.

    What was made `ready` is stored if it still comes next. Called again after a crash it goes on
    where the stored stamps end.

    Raises:
        BatchDiscarded: the batch was given up meanwhile.
    """
    batch = work.session.execute(
        update(StampBatch)
        .where(StampBatch.id == batch_id, StampBatch.state != "discarded")
        .values(version=StampBatch.version + 1)  # Whoever gives the batch up waits for this.
        .returning(StampBatch)
    ).scalar_one_or_none()
    if batch is None:
        raise BatchDiscarded(f"batch {batch_id}")
    if batch.state == "issued":
        return batch.count
    made = stamps_made(work.session, batch_id=batch_id)
    if ready is None or ready.first != made + 1:
        ready = next_stamps(work.session, batch_id=batch_id)
    assert ready is not None, batch_id  # With its last stamps it would have been issued.
    store_stamps(work, batch_id=batch_id, ready=ready)
    made += len(ready.serials)
    if made == batch.count:
        publish_batch(work, batch_id=batch_id)
    return made


def discard_batches(work: Work, batch_ids: list[int]) -> int:
    """Give up batches nobody makes any more, and their quota back; say how many there were."""
    return sum(abandon_batch(work, batch_id=batch_id) for batch_id in batch_ids)


def remove_discarded_stamps(work: Work, *, batch_id: int) -> bool:
    """Remove one piece of a discarded batch's stamps, the last first, then of their tree.

    False: none was left.
    """
    made = stamps_made(work.session, batch_id=batch_id)
    if made:
        last_piece = Stamp.ordinal > made - PIECE
        work.session.execute(delete(Stamp).where(Stamp.batch_id == batch_id, last_piece))
        return True
    return remove_commitment(work, batch_id=batch_id)


def note_refused(
    work: Work, *, lot_id: int, enterprise_id: int, refusal: StampQuotaExceeded
) -> None:
    """Leave a trace for the officer: a lot was to bear more stamps than it may.

    They were to be issued for it, or (`LotCannotBear`) to become its own from a roll or a lot.
    """
    audit.record(
        work,
        act=BINDING if isinstance(refusal, LotCannotBear) else ISSUING,
        object_kind="lot",
        object_id=lot_id,
        enterprise_id=enterprise_id,
        refused=True,
        **refusal.values,
    )


def _require_printable(order: Order | RollOrder) -> None:
    require_printable(order.paper, order.output, gtin=order.gtin, has_scratch=order.has_scratch)


def _make(work: Work, batch: StampBatch, order: Order | RollOrder) -> StampBatch:
    require_signable(work, order.output, enterprise_id=batch.enterprise_id)
    require_logo(work, batch, order.paper, order.output, has_scratch=order.has_scratch)
    if order.has_scratch:
        add_scratch_secret(batch, sealer())
    if batch.count <= PIECE:
        add_stamps(work, batch_id=batch.id, first=1, count=batch.count)
        batch = publish_batch(work, batch_id=batch.id)
        order_all_labels(work, batch, paper=order.paper, output=order.output)
        return batch
    arguments = {
        "batch_id": batch.id,
        "paper": order.paper,
        "signed": order.output.signed,
        "logo": order.output.has_logo,
    }
    batch.job_id = enqueue(work, kind=ISSUING, arguments=arguments, total=batch.count).id
    work.session.flush()
    return batch
