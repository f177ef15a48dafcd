"""What imports and the demo ask about the products they brought."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Pack, Product


def pack_ids_by_import_key(session: Session, keys: Collection[str]) -> dict[str, list[int]]:
    """The packs of imported products, in the order in which they were entered."""
    rows = session.execute(
        select(Product.import_key, Pack.id)
        .join(Pack, Pack.product_id == Product.id)
        .where(Product.import_key.in_(keys))
        .order_by(Pack.id)
    )
    found: dict[str, list[int]] = defaultdict(list)
    for key, pack_id in rows:
        assert key is not None
        found[key].append(pack_id)
    return dict(found)


def imported_product_ids(session: Session, keys: Collection[str]) -> dict[str, int]:
    """The products of these rows that were imported, by the row's key."""
    rows = session.execute(
        select(Product.import_key, Product.id).where(Product.import_key.in_(keys))
    )
    return {key: id_ for key, id_ in rows if key is not None}
