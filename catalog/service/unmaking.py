"""Undoing what an import wrote: new products removed, changed ones as they were."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from catalog.errors import ImportHasLot, ImportTouched
from catalog.models import Lot, Offer, Pack, Product, ProductChange, ProductText, Recognition
from catalog.rules import ProductState
from catalog.search import mark_changed
from catalog.service.changes import raise_version, refusing_twins
from catalog.service.entries import kind_of
from catalog.service.known import Known
from core.errors import Changed, NotFound
from core.work import Work

_DAYS = ("decided_on", "valid_until")
_PACK = ("content", "base_unit", "words", "by_weight", "gtin", "size_words", "weight_g")


def before_of(known: Known) -> dict[str, Any]:
    """What is stored of a product, as JSON keeps it."""
    recognition = asdict(known.recognition) if known.recognition else None
    if recognition is not None:
        for name in _DAYS:
            recognition[name] = recognition[name].isoformat() if recognition[name] else None
        recognition |= {"review": known.review, "public_id": known.recognition_public_id}
    return {
        "group": known.group,
        "source_url": known.source_url,
        "words": [asdict(words) for words in known.words.values()],
        "recognition": recognition,
        "packs": {str(id_): asdict(pack) for id_, pack in known.packs.values()},
    }


def remove_imported(work: Work, *, product_id: int, version: int) -> None:
    """Remove a product an import made, unless somebody changed or used it since.

    Raises:
        ImportTouched: somebody did.
    """
    _take(work, product_id, version)
    _refuse_lots(work, product_id)
    packs = select(Pack.id).where(Pack.product_id == product_id)
    with refusing_twins(work, lambda: ImportTouched(f"product {product_id} is in use")):
        work.session.execute(delete(Offer).where(Offer.pack_id.in_(packs)))
        for part in (Pack, Recognition, ProductText, ProductChange):
            work.session.execute(delete(part).where(part.product_id == product_id))
        work.session.execute(delete(Product).where(Product.id == product_id))
        work.session.flush()
    mark_changed(work, [product_id])


def restore_product(
    work: Work, *, product_id: int, version: int, before: dict[str, Any], since: datetime
) -> None:
    """Put back what an import wrote over, unless somebody changed the product or used it `since`.

    Raises:
        ImportTouched: somebody did; ImportHasLot where they declared a lot of it.
    """
    group = before["group"]
    values = {"group": group, "kind": kind_of(group), "source_url": before["source_url"]}
    _take(work, product_id, version, **values)
    _refuse_lots(work, product_id, since=since)
    for words in before["words"]:
        work.session.merge(ProductText(product_id=product_id, **words))
    _restore_recognition(work, product_id, before["recognition"])
    with refusing_twins(work, lambda: ImportTouched(f"product {product_id} is in use")):
        _restore_packs(work, product_id, before["packs"])
        work.session.flush()
    mark_changed(work, [product_id])


def _take(work: Work, product_id: int, version: int, **values: Any) -> None:
    try:
        raise_version(
            work,
            product_id=product_id,
            version=version,
            act="undo_import",
            within=tuple(ProductState),
            **values,
        )
    except (Changed, NotFound) as error:
        raise ImportTouched(str(error)) from error


def _refuse_lots(work: Work, product_id: int, *, since: datetime | None = None) -> None:
    """A lot is of the goods as they were when it was declared; one from before the file may stay.

    Asked after the version was taken, so that nobody else changes the product meanwhile.
    """
    lots = select(Lot.id).where(Lot.product_id == product_id)
    if since is not None:
        lots = lots.where(Lot.created_at >= since)
    if work.session.scalar(lots.limit(1)) is not None:
        raise ImportHasLot(f"product {product_id} has lots")


def _restore_recognition(work: Work, product_id: int, kept: dict[str, Any] | None) -> None:
    """The oldest recognition is the import's own: as it was, or gone where there was none."""
    mine = select(Recognition.id).where(
        Recognition.product_id == product_id,
        Recognition.review.in_(("source", "waiting")),  # What an officer said of one stays.
    )
    oldest = work.session.scalar(mine.order_by(Recognition.id).limit(1))
    if oldest is None:
        return
    if kept is None:
        work.session.execute(delete(Recognition).where(Recognition.id == oldest))
        return
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in _DAYS}
    work.session.execute(
        update(Recognition).where(Recognition.id == oldest).values(**{**kept, **days})
    )


def _restore_packs(work: Work, product_id: int, kept: dict[str, dict[str, Any]]) -> None:
    for pack in work.session.scalars(select(Pack).where(Pack.product_id == product_id)):
        was = kept.get(str(pack.id))
        if was is None:
            work.session.execute(delete(Offer).where(Offer.pack_id == pack.id))
            work.session.execute(delete(Pack).where(Pack.id == pack.id))
            continue
        for name in _PACK:
            setattr(pack, name, was[name])
        work.session.execute(
            update(Offer)
            .where(Offer.pack_id == pack.id, Offer.seller_id == pack.enterprise_id)
            .values(
                price_vnd=was["price_vnd"],
                is_illustrative=was["is_illustrative"],
                version=Offer.version + 1,
            )
        )
