"""Lots: declared by their makers, sealed by their first stamps."""

from dataclasses import dataclass

from sqlalchemy import func, update

from catalog.models import Lot
from core.errors import NotFound
from core.work import Work


@dataclass(frozen=True)
class SealedLot:
    """What whoever stamps a lot must know of it."""

    enterprise_id: int
    product_id: int
    declared_units: int


def seal_lot(work: Work, *, lot_id: int) -> SealedLot:
    """Say that a lot now bears stamps: from here on it is changed only by correction.

    The row stays locked until the end of the transaction, so nobody edits it meanwhile.

    Raises:
        NotFound: there is no such lot.
    """
    row = work.session.execute(
        update(Lot)
        .where(Lot.id == lot_id)
        .values(sealed_at=func.coalesce(Lot.sealed_at, work.now))
        .returning(Lot.enterprise_id, Lot.product_id, Lot.declared_units)
    ).one_or_none()
    if row is None:
        raise NotFound(f"no lot {lot_id}")
    return SealedLot(*row)
