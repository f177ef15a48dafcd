"""New products of an import: entered in bulk, those that may not be refused one by one."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts import queries as accounts_queries
from accounts import service as accounts_service
from accounts.service import NewEnterprise
from catalog.errors import GtinTaken
from catalog.models import Pack, Product
from catalog.service.entries import Fate, Outcome, ProductRow
from catalog.service.packs import refuse_unfit
from catalog.service.parts import add_parts
from core.bulk import insert_for_ids
from core.errors import AppError, Changed
from core.ids import SLUG_KEY_LENGTH
from core.slugs import fresh_public_ids
from core.text.alphabet import sort_key
from core.work import Work


def create_products(work: Work, rows: Sequence[ProductRow]) -> dict[str, Outcome]:
    """Enter products whose keys are new; what became of each row, by its key."""
    taken = _taken_gtins(work, rows)
    outcomes: dict[str, Outcome] = {}
    fit: list[ProductRow] = []
    for row in rows:
        refusal = _refusal_of(row, taken)
        if refusal is None:
            fit.append(row)
            taken |= _gtins(row)
        else:
            outcomes[row.key] = Outcome(Fate.REFUSED, refusal=refusal)
    return outcomes | _create(work, fit)


def _refusal_of(row: ProductRow, taken: set[str]) -> AppError | None:
    try:
        for pack in row.packs:
            refuse_unfit(row.kind, pack)
    except AppError as refusal:
        return refusal
    return GtinTaken("the number is another pack's") if _gtins(row) & taken else None


def _gtins(row: ProductRow) -> set[str]:
    return {pack.gtin for pack in row.packs if pack.gtin is not None}


def _taken_gtins(work: Work, rows: Sequence[ProductRow]) -> set[str]:
    named = {gtin for row in rows for gtin in _gtins(row)}
    if not named:
        return set()
    found = work.session.scalars(select(Pack.gtin).where(Pack.gtin.in_(named)))
    return {gtin for gtin in found if gtin is not None}


def _create(work: Work, rows: Sequence[ProductRow]) -> dict[str, Outcome]:
    if not rows:
        return {}
    try:
        with work.session.begin_nested():
            ids = _insert(work, rows)
    except IntegrityError as error:
        # A rival took a number or a key since it was looked up: alone, each row tells.
        if len(rows) == 1:
            [row] = rows
            refusal = GtinTaken("taken meanwhile") if _gtins(row) else Changed(str(error.orig))
            return {row.key: Outcome(Fate.REFUSED, refusal=refusal)}
        return {key: each for row in rows for key, each in _create(work, [row]).items()}
    return {
        row.key: Outcome(Fate.CREATED, object_id=id_, version=1)
        for row, id_ in zip(rows, ids, strict=True)
    }


def _insert(work: Work, rows: Sequence[ProductRow]) -> list[int]:
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
