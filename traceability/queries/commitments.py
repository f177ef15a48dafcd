"""Which batches the log does not know yet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import is_practice
from traceability.models import StampBatch, StampCommitment


def uncommitted_batches(session: Session) -> list[int]:
    """Issued batches without a root, the oldest first; a practice is issued to nobody."""
    has_root = (
        select(StampCommitment.batch_id)
        .where(StampCommitment.batch_id == StampBatch.id, StampCommitment.root.is_not(None))
        .exists()
    )
    found = session.scalars(
        select(StampBatch.id)
        .where(StampBatch.state == "issued", ~has_root, ~is_practice(StampBatch.enterprise_id))
        .order_by(StampBatch.id)
    )
    return list(found)
