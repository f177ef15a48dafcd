"""What changes of listings were before and after them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from catalog.models import Pack, ProductRevision

_BACK = aliased(ProductRevision)


@dataclass(frozen=True)
class Revision:
    """One change of a product's words or of a pack."""

    id: int
    public_id: str
    enterprise_id: int
    product_id: int
    version: int
    act: str
    pack: str  # What the pack is called: by this change, else now. Empty where words changed.
    before: dict[str, Any]
    after: dict[str, Any]
    is_undone: bool
    undoes: bool


def revisions_at(
    session: Session, seen: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Revision]:
    """The revisions of changes, by product and the version whoever changed it had seen."""
    if not seen:
        return {}
    at = tuple_(ProductRevision.product_id, ProductRevision.version).in_(seen)
    rows = session.execute(_ROWS.where(at))
    return {(row.product_id, row.version): _revision(row) for row in rows}


def revision(session: Session, public_id: str) -> Revision | None:
    """The revision of this id."""
    row = session.execute(_ROWS.where(ProductRevision.public_id == public_id)).one_or_none()
    return None if row is None else _revision(row)


_ROWS: Select[Any] = select(
    *ProductRevision.__table__.columns,
    Pack.words.label("pack"),
    exists().where(_BACK.undoes_id == ProductRevision.id).label("is_undone"),
).outerjoin(Pack, Pack.id == ProductRevision.pack_id)


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        id=row.id,
        public_id=row.public_id,
        enterprise_id=row.enterprise_id,
        product_id=row.product_id,
        version=row.version,
        act=row.act,
        pack=row.after.get("words") or row.before.get("words") or row.pack or "",
        before=row.before,
        after=row.after,
        is_undone=row.is_undone,
        undoes=row.undoes_id is not None,
    )
