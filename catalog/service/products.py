"""Products by form: added, and their words changed."""

from sqlalchemy import select, update

from catalog.errors import GroupUnfit, NameFixed
from catalog.models import Pack, Product, ProductText
from catalog.rules import (
    ListingStep,
    ProductState,
    identity_is_open,
    is_first_told,
    words_are_open,
)
from catalog.service.changes import raise_version, record_of_product
from catalog.service.entries import PackRow, Words, kind_of
from catalog.service.packs import insert_pack
from catalog.service.revisions import keep_revision, words_fields
from core.ids import SLUG_KEY_LENGTH
from core.slugs import fresh_public_ids
from core.work import Work

OPEN_FOR_WORDS = tuple(state for state in ProductState if words_are_open(state))


def add_product(
    work: Work, *, enterprise_id: int, group: str, words: Words, pack: PackRow
) -> Product:
    """Enter a draft with its first pack and the maker's price.

    Raises:
        GtinTaken: another pack bears the number.
        PackUnfit: a service is measured by weight or volume.
        PriceSlipped, PriceFar: the price is asked about.
    """
    public_id = fresh_public_ids(work, Product.slug_key, 1)[0]
    product = Product(
        public_id=public_id,
        slug_key=public_id[:SLUG_KEY_LENGTH],
        enterprise_id=enterprise_id,
        kind=kind_of(group),
        group=group,
        created_at=work.now,
    )
    work.session.add(product)
    work.session.flush()
    work.session.add(
        ProductText(
            product_id=product.id,
            language=words.language,
            name=words.name,
            summary=words.summary or "",
            story=words.story or "",
        )
    )
    insert_pack(work, product=product, pack=pack)
    record_of_product(work, product, act="add_product", version=product.version)
    return product


def change_words(work: Work, *, product_id: int, version: int, group: str, words: Words) -> None:
    """Change what is said of a product that is with its maker.

    Raises:
        Changed: the product changed since `version`.
        ProductClosed: an officer looks at it, or it is published.
        NameFixed: name or group differ from what was once published.
        GroupUnfit: it would be a service that is weighed.
    """
    product = raise_version(
        work, product_id=product_id, version=version, act="change_words", within=OPEN_FOR_WORDS
    )
    before = words_fields(work, product, words.language)
    is_open = identity_is_open(
        ProductState(product.state), was_published=product.published_at is not None
    )
    if not is_open and (group, words.name) != (product.group, before["name"]):
        raise NameFixed(f"product {product_id} was published as it is")
    product.group, product.kind = group, kind_of(group)
    if product.kind == "service" and _is_weighed(work, product_id):
        raise GroupUnfit(f"product {product_id} is weighed")
    work.session.execute(
        update(ProductText)
        .where(ProductText.product_id == product_id, ProductText.language == words.language)
        .values(
            name=words.name,
            summary=ProductText.summary if words.summary is None else words.summary,
            story=ProductText.story if words.story is None else words.story,
        )
    )
    work.session.flush()
    # What a draft says for the first time has nothing before it to go back to.
    if words.language == "vi" and not is_first_told(ListingStep.GROUP, product.listing_step):
        after = words_fields(work, product)
        keep_revision(work, product, act="change_words", before=before, after=after)


def _is_weighed(work: Work, product_id: int) -> bool:
    weighed = select(Pack.id).where(Pack.product_id == product_id, Pack.base_unit != "piece")
    return work.session.scalar(weighed.limit(1)) is not None
