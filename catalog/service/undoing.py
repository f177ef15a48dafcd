"""Undoing a change of a listing, by a change back."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select, update

from catalog.errors import ChangedSince, RevisionUndone
from catalog.models import Pack, Product, ProductReview, ProductRevision
from catalog.service.changes import raise_version
from catalog.service.entries import PackRow, Words
from catalog.service.packs import (
    OPEN_FOR_PRICES,
    change_pack,
    keep_added_pack,
    refuse_checked,
    remove_pack,
)
from catalog.service.products import change_words
from catalog.service.revisions import pack_fields, whole_pack_fields, words_fields
from core.work import Work


def undo_revision(work: Work, *, revision_id: int) -> None:
    """Make the fields of one change what they were before it; a new revision says so.

    Raises:
        RevisionUndone: it was undone before.
        ChangedSince: one of its fields is not what the change made of it, or its pack is gone.
        PackChecked: an officer looked at the goods without the pack that was removed.
        Otherwise as the change back: an undo is a change like any other.
    """
    revision = work.session.get_one(ProductRevision, revision_id)
    undone = select(ProductRevision.id).where(ProductRevision.undoes_id == revision_id)
    if work.session.scalar(undone) is not None:
        raise RevisionUndone(f"revision {revision_id} was undone")
    product = work.session.get(Product, revision.product_id)
    if product is None:
        raise ChangedSince(f"product {revision.product_id} is gone")
    _UNDO.get(revision.act, _undo_words)(work, product, revision)
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


def _undo_added_pack(work: Work, product: Product, revision: ProductRevision) -> None:
    pack = _pack_of(work, revision)
    now = whole_pack_fields(work, pack)
    if any(value != revision.after.get(name) for name, value in now.items()):
        raise ChangedSince(f"pack {pack.id} was changed since it was added")
    remove_pack(work, pack_id=pack.id, version=product.version)


def _undo_removed_pack(work: Work, product: Product, revision: ProductRevision) -> None:
    if "price_vnd" not in revision.before:
        raise ChangedSince("the pack had no price of its maker to come back with")
    product = raise_version(
        work,
        product_id=product.id,
        version=product.version,
        act="add_pack",
        within=OPEN_FOR_PRICES,
    )
    if _was_seen_without(work, revision):
        refuse_checked(product)
    keep_added_pack(work, product=product, pack=PackRow(**revision.before))


def _was_seen_without(work: Work, revision: ProductRevision) -> bool:
    """Whether an officer published the goods since: what came back would be new to all.

    Goods on sale that no officer saw since were seen with the pack, for nothing but prices
    changes on sale.
    """
    seen = select(ProductReview.id).where(
        ProductReview.product_id == revision.product_id,
        ProductReview.outcome == "published",
        ProductReview.product_version > revision.version,
    )
    return work.session.scalar(seen.limit(1)) is not None


def _undo_pack(work: Work, product: Product, revision: ProductRevision) -> None:
    pack = _pack_of(work, revision)
    now = pack_fields(work, pack)
    _refuse_changed(now, revision)
    back = now | revision.before
    if back["price_vnd"] is None:
        raise ChangedSince("a price is not taken away by undoing")
    change_pack(work, pack_id=pack.id, version=product.version, pack=PackRow(**back))


def _pack_of(work: Work, revision: ProductRevision) -> Pack:
    """The pack a revision is of. SQLite gives the number of the last pack to the next one."""
    removed = select(ProductRevision.id).where(
        ProductRevision.act == "remove_pack",
        ProductRevision.product_id == revision.product_id,
        ProductRevision.pack_id == revision.pack_id,
        ProductRevision.id > revision.id,
    )
    pack = work.session.get(Pack, revision.pack_id)
    is_another = pack is None or pack.product_id != revision.product_id
    if pack is None or is_another or work.session.scalar(removed.limit(1)) is not None:
        raise ChangedSince(f"pack {revision.pack_id} is gone")
    return pack


def _refuse_changed(now: dict[str, Any], revision: ProductRevision) -> None:
    if any(now[name] != value for name, value in revision.after.items()):
        raise ChangedSince(f"revision {revision.id} was built upon")


_UNDO: Mapping[str, Callable[[Work, Product, ProductRevision], None]] = {
    "add_pack": _undo_added_pack,
    "remove_pack": _undo_removed_pack,
    "change_pack": _undo_pack,
}
