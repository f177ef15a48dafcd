"""What an address or a body names, for the enterprise of the token alone."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from accounts.web import own
from catalog import queries as catalog
from core.api.errors import FieldsRefused
from core.language import gettext
from core.work import reading
from traceability import queries
from traceability.api.forms import RangeBody
from traceability.errors import BatchDiscarded, BatchInTheMaking, RangeBackwards, StampNotInBatch
from traceability.queries import ActCard, BatchCard


def batch_found(public_id: str) -> BatchCard:
    """The batch of this id, also one that is still being made or was given up.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    with reading() as session:
        return own(queries.batch_of(session, public_id))


def issued_batch(public_id: str) -> BatchCard:
    """The batch of this id, whose stamps are all there.

    Raises:
        NotFound: there is none, or it is somebody else's.
        BatchInTheMaking, BatchDiscarded: its stamps are not there yet, or will never be.
    """
    card = batch_found(public_id)
    if card.state == "preparing":
        raise BatchInTheMaking(f"batch {card.id}")
    if card.state == "discarded":
        raise BatchDiscarded(f"batch {card.id}")
    return card


def stamps_meant(card: BatchCard, body: RangeBody) -> tuple[int, int]:
    """The numbers of the first and the last stamp that were meant.

    Raises:
        FieldsRefused: one of them is no stamp of the batch.
        RangeBackwards: they stand in the wrong order.
    """
    refused: dict[str, str] = {}
    found: list[int] = []
    with reading() as session:
        for field in ("first", "last"):
            try:
                found.append(queries.ordinal_of(session, card, getattr(body, field)))
            except StampNotInBatch as refusal:
                refused[field] = gettext(refusal.sentence, **refusal.values)
    if refused:
        raise FieldsRefused(refused)
    first, last = found
    if first > last:
        raise RangeBackwards(f"{first} to {last}")
    return first, last


def act_found(public_id: str) -> ActCard:
    """What was done, by its id.

    Raises:
        NotFound: there is none, or it was done to somebody else's stamps.
    """
    with reading() as session:
        return own(queries.act_of(session, public_id))


def lot_ids(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The public ids of lots; whatever is of no lot is not in it. One statement, or none."""
    known = {each for each in ids if each is not None}
    lots = catalog.stampable_lots_by_id(session, known) if known else {}
    return {lot_id: lot.public_id for lot_id, lot in lots.items()}
