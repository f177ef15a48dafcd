"""A product listed screen by screen: a draft from the first, so that nothing typed is lost."""

from sqlalchemy import delete, exists, select, update

from catalog.errors import ProductClosed
from catalog.models import (
    Certificate,
    Lot,
    Offer,
    Pack,
    Paper,
    Product,
    ProductPhoto,
    ProductReview,
    ProductRevision,
    ProductText,
    Recognition,
)
from catalog.rules import UNNAMED, Group, ListingStep, ProductState
from catalog.service.changes import raise_version, record_of_product, refusing_twins
from core.ids import SLUG_KEY_LENGTH
from core.photos import service as photos
from core.slugs import fresh_public_ids
from core.work import Work


def begin_listing(work: Work, *, enterprise_id: int) -> Product:
    """Enter a draft of which nothing is known yet; what it needs is asked on its screens.

    Its name and group are placeholders until their screens were gone through.
    """
    public_id = fresh_public_ids(work, Product.slug_key, 1)[0]
    product = Product(
        public_id=public_id,
        slug_key=public_id[:SLUG_KEY_LENGTH],
        enterprise_id=enterprise_id,
        group=Group.FOOD,
        listing_step=ListingStep.NAME,  # The photos are asked for as it begins.
        created_at=work.now,
    )
    work.session.add(product)
    work.session.flush()
    work.session.add(ProductText(product_id=product.id, language="vi", name=UNNAMED))
    work.session.flush()
    record_of_product(work, product, act="begin_listing", version=product.version)
    return product


def pass_step(work: Work, *, product_id: int, step: ListingStep) -> None:
    """Remember that a screen was gone through; one gone through before changes nothing.

    It raises no version: nothing a page says of the product is another for it.
    """
    work.session.execute(
        update(Product)
        .where(Product.id == product_id, Product.listing_step == step)
        .values(listing_step=step.next)
    )


def discard_listing(work: Work, *, product_id: int, version: int) -> None:
    """Throw a draft away that no officer ever saw, with its photos and papers.

    Raises:
        ProductClosed: it was sent once, or a lot was declared of it.
        Changed: it is not as it was seen.
    """
    raise_version(
        work,
        product_id=product_id,
        version=version,
        act="discard_listing",
        within=(ProductState.DRAFT,),
    )
    _refuse_used(work, product_id)
    packs = select(Pack.id).where(Pack.product_id == product_id)
    with refusing_twins(work, lambda: ProductClosed(f"product {product_id} got into use")):
        _drop_photos(work, product_id)
        work.session.execute(delete(Offer).where(Offer.pack_id.in_(packs)))
        # Its revisions too: SQLite gives the number of the last product to the next one.
        for part in (Certificate, Recognition, Pack, ProductText, ProductRevision):
            work.session.execute(delete(part).where(part.product_id == product_id))
        work.session.execute(delete(Product).where(Product.id == product_id))
        work.session.flush()


def _refuse_used(work: Work, product_id: int) -> None:
    was_sent = Product.submitted_at.is_not(None) | Product.published_at.is_not(None)
    used = work.session.scalar(
        select(Product.id)
        .where(Product.id == product_id)
        .where(
            was_sent
            | exists().where(Lot.product_id == product_id)
            | exists().where(ProductReview.product_id == product_id)
        )
    )
    if used is not None:
        raise ProductClosed(f"product {product_id} is no mere draft")


def _drop_photos(work: Work, product_id: int) -> None:
    """The cleaner deletes their files; the rows that tie them to the product go now."""
    for table in (ProductPhoto, Paper):
        ids = work.session.scalars(
            select(table.photo_id).where(table.product_id == product_id)
        ).all()
        for photo_id in ids:
            photos.remove_photo(work, photo_id=photo_id)
        work.session.execute(delete(table).where(table.product_id == product_id))
