"""Products imported in bulk: the same file twice changes nothing the second time."""

from collections import Counter
from collections.abc import Mapping, Sequence

from catalog.models import Product
from catalog.search import mark_changed
from catalog.service.creating import create_products
from catalog.service.entries import Fate, ImportCounts, Outcome, ProductRow
from catalog.service.known import Known, known_products
from catalog.service.retelling import change_product
from catalog.service.unmaking import before_of
from core import audit
from core.errors import AppError
from core.work import Work


def import_products(work: Work, rows: Sequence[ProductRow]) -> ImportCounts:
    """Write the rows and leave one entry in the record for all of them."""
    counts = counts_of(write_products(work, rows))
    record_import(work, created=counts.created, updated=counts.updated)
    return counts


def counts_of(outcomes: Mapping[str, Outcome]) -> ImportCounts:
    """How many rows were made, changed, found as they are and refused."""
    counts = Counter(each.fate for each in outcomes.values())
    return ImportCounts(
        counts[Fate.CREATED],
        counts[Fate.UPDATED],
        counts[Fate.UNCHANGED],
        {key: each.refusal for key, each in outcomes.items() if each.refusal is not None},
    )


def write_products(work: Work, rows: Sequence[ProductRow]) -> dict[str, Outcome]:
    """Enter the rows whose key is new, change those that say something else than is stored.

    A row never changes a product's state: what an officer returned or the maker withdrew stays so.
    A row that may not be written is refused by itself; the others are written.
    """
    assert len({row.key for row in rows}) == len(rows), "a key stands twice in one import"
    known = known_products(work.session, rows)
    outcomes = create_products(work, [row for row in rows if row.key not in known])
    outcomes |= {
        row.key: _write_known(work, known[row.key], row) for row in rows if row.key in known
    }
    mark_changed(
        work,
        [
            each.object_id
            for each in outcomes.values()
            if each.object_id is not None and each.fate is not Fate.UNCHANGED
        ],
    )
    return outcomes


def record_import(work: Work, *, created: int, updated: int) -> None:
    """One entry an import that wrote: its rows are thousands, each with the key of its line."""
    if not created and not updated:
        return
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


def _write_known(work: Work, known: Known, row: ProductRow) -> Outcome:
    if not known.differs_from(row):
        return Outcome(Fate.UNCHANGED, object_id=known.product_id, version=known.version)
    before = before_of(known)
    try:
        change_product(work, known, row)
    except AppError as refusal:
        return Outcome(Fate.REFUSED, refusal=refusal)
    version = work.session.get_one(Product, known.product_id).version
    return Outcome(Fate.UPDATED, known.product_id, version, before)
