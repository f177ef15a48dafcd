"""Undoing a change of a listing, by a change back."""

from typing import Any

from sqlalchemy import func, select, update

from catalog.errors import ChangedSince, RevisionUndone
from catalog.models import Pack, Product, ProductRevision
from catalog.service.entries import PackRow, Words
from catalog.service.packs import change_pack
from catalog.service.products import change_words
from catalog.service.revisions import pack_fields, words_fields
from core.work import Work


def undo_revision(work: Work, *, revision_id: int) -> None:
    """Make the fields of one change what they were before it; a new revision says so.

    Raises:
        RevisionUndone: it was undone before.
        ChangedSince: one of its fields is not what the change made of it, or its pack is gone.
        Otherwise as `change_words` and `change_pack`: an undo is a change like any other.
    """
    revision = work.session.get_one(ProductRevision, revision_id)
    undone = select(ProductRevision.id).where(ProductRevision.undoes_id == revision_id)
    if work.session.scalar(undone) is not None:
        raise RevisionUndone(f"revision {revision_id} was undone")
    product = work.session.get(Product, revision.product_id)
    if product is None:
        raise ChangedSince(f"product {revision.product_id} is gone")
    if revision.pack_id is None:
        _undo_words(work, product, revision)
    else:
        _undo_pack(work, product, revision)
    # The change just made holds the product's row, so its revision is the newest.
    newest = select(func.max(ProductRevision.id)).where(
        ProductRevision.product_id == revision.product_id
    )
    work.session.execute(
        update(ProductRevision)
        .where(ProductRevision.id == newest.scalar_subquery())
        .values(undoes_id=revision_id)
    )


def _undo_words(work: Work, product: Product, revision: ProductRevision) -> None:
    now = words_fields(work, product)
    _refuse_changed(now, revision)
    back = now | revision.before
    change_words(
        work,
        product_id=product.id,
        version=product.version,
        group=back["group"],
        words=Words(back["name"], summary=back["summary"], story=back["story"]),
    )


def _undo_pack(work: Work, product: Product, revision: ProductRevision) -> None:
    pack = work.session.get(Pack, revision.pack_id)
    if pack is None:
        raise ChangedSince(f"pack {revision.pack_id} is gone")
    now = pack_fields(work, pack)
    _refuse_changed(now, revision)
    back = now | revision.before
    if back["price_vnd"] is None:
        raise ChangedSince("a price is not taken away by undoing")
    change_pack(work, pack_id=pack.id, version=product.version, pack=PackRow(**back))


def _refuse_changed(now: dict[str, Any], revision: ProductRevision) -> None:
    if any(now[name] != value for name, value in revision.after.items()):
        raise ChangedSince(f"revision {revision.id} was built upon")
