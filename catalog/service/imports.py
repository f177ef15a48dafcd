"""Products imported in bulk: the same file twice changes nothing the second time."""

from collections.abc import Sequence

from accounts import queries as accounts_queries
from accounts import service as accounts_service
from accounts.service import NewEnterprise
from catalog.models import Product
from catalog.search import mark_changed
from catalog.service.entries import ImportCounts, ProductRow
from catalog.service.known import known_products
from catalog.service.parts import add_parts
from catalog.service.retelling import change_product
from core import audit
from core.bulk import insert_for_ids
from core.errors import AppError
from core.ids import SLUG_KEY_LENGTH
from core.slugs import fresh_public_ids
from core.text.alphabet import sort_key
from core.work import Work


def import_products(work: Work, rows: Sequence[ProductRow]) -> ImportCounts:
    """Enter the rows whose key is new, change those that say something else than is stored.

    A row never changes a product's state: what an officer returned or the maker withdrew stays so.
    A row that may not be written is refused by itself; the others are written.
    """
    assert len({row.key for row in rows}) == len(rows), "a key stands twice in one import"
    known = known_products(work.session, [row.key for row in rows])
    new = [row for row in rows if row.key not in known]
    differing = [row for row in rows if row.key in known and known[row.key].differs_from(row)]
    ids = _create(work, new)
    refused: dict[str, AppError] = {}
    for row in differing:
        try:
            change_product(work, known[row.key], row)
        except AppError as refusal:
            refused[row.key] = refusal
        else:
            ids.append(known[row.key].product_id)
    mark_changed(work, ids)
    if ids:
        _record(work, created=len(new), updated=len(ids) - len(new))
    unchanged = len(rows) - len(new) - len(differing)
    return ImportCounts(len(new), len(differing) - len(refused), unchanged, refused)


def _record(work: Work, *, created: int, updated: int) -> None:
    """One entry an import: its rows are thousands, and each bears the key of its line."""
    enterprise_id = work.by.enterprise_id
    audit.record(
        work,
        act="import_products",
        object_kind="platform" if enterprise_id is None else "enterprise",
        object_id=enterprise_id or 0,
        enterprise_id=enterprise_id,
        created=created,
        updated=updated,
    )


def _create(work: Work, rows: Sequence[ProductRow]) -> list[int]:
    if not rows:
        return []
    producer_ids = _producer_ids(work, rows)
    public_ids = fresh_public_ids(work, Product.slug_key, len(rows))
    products = [
        {
            "public_id": public_id,
            "slug_key": public_id[:SLUG_KEY_LENGTH],
            "enterprise_id": producer_id,
            "kind": row.kind,
            "group": row.group,
            "state": "published" if row.is_published else "draft",
            "source_url": row.source_url,
            "import_key": row.key,
            "created_at": work.now,
            "published_at": work.now if row.is_published else None,
        }
        for row, public_id, producer_id in zip(rows, public_ids, producer_ids, strict=True)
    ]
    ids = insert_for_ids(work.session, Product, products)
    add_parts(work, list(zip(ids, producer_ids, rows, strict=True)))
    return ids


def _producer_ids(work: Work, rows: Sequence[ProductRow]) -> list[int]:
    named = {_who(row.producer): row.producer for row in rows if not isinstance(row.producer, int)}
    ids = accounts_queries.enterprise_ids_named(work.session, [name for name, _ in named])
    missing = {who: producer for who, producer in named.items() if who not in ids}
    entered = accounts_service.add_enterprises(work, list(missing.values()))
    ids |= dict(zip(missing, entered, strict=True))
    return [
        row.producer if isinstance(row.producer, int) else ids[_who(row.producer)] for row in rows
    ]


def _who(producer: NewEnterprise | int) -> tuple[str, str | None]:
    """Two rows mean one producer when name (but for its capitals) and province are the same."""
    assert not isinstance(producer, int)
    return sort_key(producer.name), producer.province_code
