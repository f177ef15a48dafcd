"""Watching the public log for producers without a computer: the monitor's own rules, daily."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import queries as catalog
from core.work import Work
from traceability import messages, queries
from traceability.log.monitoring import Alarm, Monitor, Seen, Watch


@dataclass(frozen=True)
class StrangeBatch:
    """A published batch under a GTIN whose owner did not issue it."""

    owner_id: int
    batch: str
    gtin: str


def strange_batches(session: Session) -> list[StrangeBatch]:
    """Published batches under somebody's GTIN that none of theirs issued. Reads the whole log."""
    # First: what is issued and published while we read is not among the batches asked about below.
    size = queries.log_extent(session).published
    owners = catalog.owners_of_gtins(session)
    issued = queries.batches_under_gtins(session)
    monitors: dict[int, Monitor] = {}
    found = []
    for index, body in queries.published_batches(session, size=size):
        said = json.loads(body)
        owner = owners.get(said["gtin"] or "")
        if owner is None:
            continue
        if owner not in monitors:
            known = frozenset(issued.get(owner, ()))
            monitors[owner] = Monitor(Watch(known=known), Seen())
        alarms = {one.alarm for one in monitors[owner].take(index, said)}
        if Alarm.BATCH_NOT_ASKED_FOR in alarms:
            found.append(StrangeBatch(owner, said["batch"], said["gtin"]))
    return found


def tell_of_strange_batch(work: Work, strange: StrangeBatch) -> bool:
    """Tell the owner of the GTIN, once however often this is called; say whether it was queued."""
    return messages.batch_not_asked_for(
        work, enterprise_id=strange.owner_id, batch=strange.batch, gtin=strange.gtin
    )
