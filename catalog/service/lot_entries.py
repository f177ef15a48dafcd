"""Lots entered in bulk, as an import or the demo brings them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from catalog.models import Lot, Pack
from core.bulk import insert_for_ids
from core.text.set82 import set82
from core.work import Work


@dataclass(frozen=True)
class LotRow:
    """One lot of a pack; `code` in the producer's own words."""

    pack_id: int
    code: str
    made_kind: str  # made | harvested | packed | caught
    made_on: date
    best_before_on: date | None
    declared_units: int


def add_lots(work: Work, rows: Sequence[LotRow]) -> list[int]:
    """Enter the lots whose code their enterprise does not use yet; gives the new ids."""
    packs = {
        pack.id: pack
        for pack in work.session.scalars(select(Pack).where(Pack.id.in_([r.pack_id for r in rows])))
    }
    named = [(packs[row.pack_id].enterprise_id, row.code) for row in rows]
    key = tuple_(Lot.enterprise_id, Lot.code)
    taken = {
        tuple(found)
        for found in work.session.execute(select(Lot.enterprise_id, Lot.code).where(key.in_(named)))
    }
    values = [
        {
            "public_id": work.new_public_id(),
            "enterprise_id": enterprise_id,
            "product_id": packs[row.pack_id].product_id,
            "pack_id": row.pack_id,
            "code": row.code,
            "uri_code": set82(row.code),
            "made_kind": row.made_kind,
            "made_on": row.made_on,
            "best_before_on": row.best_before_on,
            "declared_units": row.declared_units,
            "created_at": work.now,
        }
        for row, (enterprise_id, _) in zip(rows, named, strict=True)
        if (enterprise_id, row.code) not in taken
    ]
    return insert_for_ids(work.session, Lot, values)
