"""Sheets of a sample lot printed elsewhere: one code nobody has used, one print that came back."""

from dataclasses import replace
from datetime import timedelta

from app.demo.stamps import WAITING_LOT
from catalog import queries as catalog
from core import ids
from core.sealing import Sealer
from core.work import VISITOR, Work
from traceability import queries, service
from traceability.adapters.papers import DEFAULT_PAPER
from traceability.models import LabelPrint, StampBatch

PRINTED, TO_PRINT = (1, 65), (66, 130)  # A sheet each.
SPOILED = ((12, 12), (45, 48))  # Named by the clerk, who counted one more.
SPOILED_COUNT = 6


def have_printed(work: Work, lot_ids: list[int], *, sealer: Sealer) -> None:
    """Hand out two sheets of the new lot whose stamps wait, as if one was printed yesterday."""
    for lot in catalog.stampable_lots_by_id(work.session, lot_ids).values():
        if lot.code != WAITING_LOT:
            continue
        [card] = queries.batches_of(work.session, enterprise_id=lot.enterprise_id, lot_id=lot.id)
        batch = work.session.get_one(StampBatch, card.id)
        yesterday = replace(work, now=work.now - timedelta(days=1))
        _come_back(yesterday, _ordered(yesterday, batch, PRINTED), sealer)
        service.make_print_code(
            work, _ordered(work, batch, TO_PRINT), print_place="UBND xã", sealer=sealer
        )


def _ordered(work: Work, batch: StampBatch, labels: tuple[int, int]) -> LabelPrint:
    first, last = labels
    return service.order_labels(work, batch, first=first, last=last, paper=DEFAULT_PAPER)


def _come_back(work: Work, labels: LabelPrint, sealer: Sealer) -> None:
    """The post office downloaded an hour later and had six bad ones an hour after that."""
    made = service.make_print_code(work, labels, print_place="Bưu điện xã", sealer=sealer)
    token_hash = service.hash_of_browser(ids.token(), made.id, sealer)
    hour = timedelta(hours=1)
    fetching = replace(work, now=work.now + hour, by=VISITOR)
    service.fetch_sheets(fetching, code_id=made.id, token_hash=token_hash)
    service.answer_print(
        replace(fetching, now=fetching.now + hour),
        code_id=made.id,
        token_hash=token_hash,
        spoiled_count=SPOILED_COUNT,
        spoiled=SPOILED,
    )
