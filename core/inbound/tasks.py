"""Forgetting who sent us what long ago."""

from sqlalchemy import delete, select

from core import periods
from core.inbound.models import InboundSms
from core.work import WORKER, transaction

PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_inbound() -> None:
    """Delete what came in longer ago than it is kept."""
    while _forget_some():
        pass


def _forget_some() -> bool:
    with transaction(by=WORKER) as work:
        until = work.today - periods.INBOUND.kept
        some = work.session.scalars(
            select(InboundSms.id).where(InboundSms.received_on < until).limit(PIECE)
        ).all()
        work.session.execute(delete(InboundSms).where(InboundSms.id.in_(some)))
        return len(some) == PIECE
