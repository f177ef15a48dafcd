"""Revisions of listings: kept with each change, and undone by a new one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from catalog.models import Offer, Pack, Product, ProductRevision, ProductText
from core.work import Work

Fields = Mapping[str, Any]
PACK_FIELDS = ("content", "base_unit", "words", "gtin", "size_words", "weight_g")


def keep_revision(
    work: Work,
    product: Product,
    *,
    act: str,
    before: Fields,
    after: Fields,
    pack_id: int | None = None,
) -> None:
    """Keep what a change of a product, whose version was just raised, was before and after.

    Fields that stayed are left out; a change that changed nothing leaves nothing.
    """
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return
    work.session.add(
        ProductRevision(
            public_id=work.new_public_id(),
            product_id=product.id,
            enterprise_id=product.enterprise_id,
            version=product.version - 1,
            act=act,
            pack_id=pack_id,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            at=work.now,
        )
    )
    work.session.flush()


def words_fields(work: Work, product: Product, language: str = "vi") -> dict[str, Any]:
    """What a product says in a language, with its group, as it is now."""
    row = work.session.execute(
        select(ProductText.name, ProductText.summary, ProductText.story).where(
            ProductText.product_id == product.id, ProductText.language == language
        )
    ).one()
    return {
        "name": row.name,
        "group": product.group,
        "summary": row.summary,
        "story": row.story,
    }


def pack_fields(work: Work, pack: Pack) -> dict[str, Any]:
    """What a pack says and costs, as it is now."""
    price = work.session.scalar(
        select(Offer.price_vnd).where(
            Offer.pack_id == pack.id, Offer.seller_id == pack.enterprise_id
        )
    )
    return {name: getattr(pack, name) for name in PACK_FIELDS} | {"price_vnd": price}


def whole_pack_fields(work: Work, pack: Pack) -> dict[str, Any]:
    """All that makes a pack what it is, as it is now: what a `PackRow` takes."""
    is_illustrative = work.session.scalar(
        select(Offer.is_illustrative).where(
            Offer.pack_id == pack.id, Offer.seller_id == pack.enterprise_id
        )
    )
    return pack_fields(work, pack) | {
        "by_weight": pack.by_weight,
        "is_illustrative": is_illustrative,
    }
