"""Lots: declared by their makers, sealed by their first stamps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select, update

from catalog.models import Lot
from core.errors import Changed, NotFound
from core.work import Work


@dataclass(frozen=True)
class SealedLot:
    """What whoever stamps a lot must know of it."""

    enterprise_id: int
    product_id: int
    declared_units: int
    recalled_since: date | None


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
        .returning(Lot.enterprise_id, Lot.product_id, Lot.declared_units, Lot.recalled_since)
    ).one_or_none()
    if row is None:
        raise NotFound(f"no lot {lot_id}")
    return SealedLot(*row)


def recalled_lots(work: Work, lot_ids: Collection[int | None] | Select[int | None]) -> list[int]:
    """Those of these lots that are being recalled; until the commit none of them comes to be so.

    A recall changes the lot's row, so it waits for whoever holds it, and they for it.
    """
    held = work.session.execute(
        select(Lot.id, Lot.recalled_since)
        .where(Lot.id.in_(lot_ids))
        .order_by(Lot.id)
        .with_for_update(read=True)
    ).all()
    return [lot_id for lot_id, since in held if since is not None]


def mark_recalled(work: Work, *, lot_id: int, version: int) -> Lot:
    """Say that a lot is being recalled since today. It stays as it is: no longer to be deleted.

    Raises:
        Changed: the lot changed since `version`, by a recall too.
    """
    values = {
        "recalled_since": work.today,
        "sealed_at": func.coalesce(Lot.sealed_at, work.now),
        "version": Lot.version + 1,
    }
    marked = work.session.scalars(
        update(Lot)
        .where(Lot.id == lot_id, Lot.version == version, Lot.recalled_since.is_(None))
        .values(values)
        .returning(Lot)
    ).one_or_none()
    if marked is None:
        raise Changed(f"lot {lot_id} is no longer version {version}")
    return marked


def mark_not_recalled(work: Work, *, lot_id: int) -> Lot:
    """Say that a lot is not being recalled any more."""
    return work.session.scalars(
        update(Lot)
        .where(Lot.id == lot_id)
        .values(recalled_since=None, version=Lot.version + 1)
        .returning(Lot)
    ).one()
