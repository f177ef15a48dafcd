"""Stamps with a scratch layer, for tests: made active, and what lies under the layer."""

from core.sealing import sealer
from core.work import Work
from tests.makers import lot_of, make_batch
from traceability import queries, rules, service
from traceability.models import StampBatch


def make_scratched(work: Work, *, count: int = 1, active: int | None = None) -> StampBatch:
    """A batch with scratch codes; all of its stamps are stuck on, or the first `active`."""
    batch = make_batch(work, count=count)
    service.add_scratch_secret(batch, sealer())
    work.session.flush()
    if active is None:
        service.activate_lot(work, lot_id=lot_of(batch))
    elif active:
        service.activate_stamps(work, batch_id=batch.id, first=1, last=active)
    return batch


def serial_in(work: Work, batch: StampBatch, ordinal: int = 1) -> int:
    """The serial of one stamp of a batch."""
    return queries.serials_at(work.session, batch.id, [ordinal])[ordinal]


def code_of(batch: StampBatch, serial: int) -> str:
    """What lies under a stamp's layer."""
    assert batch.scratch_secret is not None
    secret = service.opened_scratch_secret(batch.scratch_secret, batch.public_id, sealer())
    (code,) = rules.scratch_codes(secret, [rules.serial_text(serial)])
    return code


def wrong_code(code: str) -> str:
    """Six digits that are not these."""
    return f"{(int(code) + 1) % 10**6:06}"
