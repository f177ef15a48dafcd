"""The cooperative's warehouse member stuck stamps on from a new phone; the director is to agree."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from app.demo.stamps import ROLL_OF
from catalog import queries as catalog
from core.work import By, Work
from traceability import queries, service
from traceability.service import AskedWith

STUCK = 20  # The first stamps of the roll.


def ask_second_member(work: Work, *, person_id: int, enterprise_id: int) -> None:
    """Let an activation of some stamps of the roll wait for a second member, since two hours."""
    by = By("person", person_id, enterprise_id)
    then = replace(work, now=work.now - timedelta(hours=2), by=by)
    for lot in catalog.stampable_lots_coded(work.session, ROLL_OF):
        if lot.enterprise_id != enterprise_id:
            continue
        [roll] = [
            card
            for card in queries.batches_of(work.session, enterprise_id=enterprise_id)
            if card.lot_id is None and card.product_id == lot.product_id
        ]
        stick = partial(service.stick_stamps, batch_id=roll.id, lot_id=lot.id, first=1, last=STUCK)
        asked_with = AskedWith("Android, Chrome")
        service.ask_activation(then, stick, binds=True, asked_with=asked_with)
