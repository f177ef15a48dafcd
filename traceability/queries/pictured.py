"""What a maker's home draws: its stamps by state, and its checks by day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from traceability.models import Stamp, StampBatch, StampCheck, StampRange


def stamps_by_state(session: Session, enterprise_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """By enterprise, how many stamps are in which state; one without stamps is not in it."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for id_, state, count in session.execute(
        select(
            StampBatch.enterprise_id,
            StampRange.state,
            func.sum(StampRange.last - StampRange.first + 1),
        )
        .join(StampRange, StampRange.batch_id == StampBatch.id)
        .where(StampBatch.enterprise_id.in_(enterprise_ids), StampBatch.state == "issued")
        .group_by(StampBatch.enterprise_id, StampRange.state)
    ):
        found[id_][state] = int(count)
    return found


def checks_by_day(
    session: Session, enterprise_ids: Collection[int], *, since: date
) -> dict[int, dict[date, int]]:
    """By enterprise, the counted checks of its stamps on each day from `since` on."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for id_, day, count in session.execute(
        select(StampBatch.enterprise_id, StampCheck.day, func.count())
        .join(Stamp, Stamp.batch_id == StampBatch.id)
        .join(StampCheck, StampCheck.serial == Stamp.serial)
        .where(StampBatch.enterprise_id.in_(enterprise_ids), StampCheck.day >= since)
        .group_by(StampBatch.enterprise_id, StampCheck.day)
    ):
        found[id_][day] = count
    return found
