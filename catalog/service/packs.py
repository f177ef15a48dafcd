"""Packs of a product and the maker's price for each."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select, update

from accounts.queries import makers
from catalog.errors import (
    GtinTaken,
    PackBoasts,
    PackCalls,
    PackChecked,
    PackInUse,
    PackKnown,
    PackPromises,
    PackStamped,
    PackUnfit,
)
from catalog.models import Lot, Offer, Pack, Product
from catalog.practice_errors import GtinInPractice
from catalog.rules import (
    ON_SALE,
    Claim,
    ListingStep,
    ProductState,
    claim_in,
    is_first_told,
    packs_are_open,
    prices_are_open,
)
from catalog.service.asked_prices import refuse_slip
from catalog.service.changes import mark_if_findable, raise_version, refusing_twins
from catalog.service.entries import PackRow
from catalog.service.parts import add_packs
from catalog.service.revisions import keep_revision, pack_fields, whole_pack_fields
from core.errors import AppError
from core.work import Work

CLAIMS: Mapping[Claim, type[AppError]] = {
    Claim.TELEPHONE: PackCalls,
    Claim.STARS: PackBoasts,
    Claim.PROMISE: PackPromises,
}
OPEN_FOR_PRICES = tuple(state for state in ProductState if prices_are_open(state))

Told = tuple[int, str, str, str | None, str, int | None]


def add_pack(work: Work, *, product_id: int, version: int, pack: PackRow) -> None:
    """Add a way in which the product is measured out, with its price.

    Raises:
        Changed: the product changed since `version`.
        ProductClosed: an officer looks at it.
        PackChecked: it is on sale with the packs an officer looked at.
        GtinTaken, PackKnown, PackUnfit: the pack cannot be as typed.
        PriceSlipped, PriceFar: the price is asked about.
    """
    product = raise_version(
        work, product_id=product_id, version=version, act="add_pack", within=OPEN_FOR_PRICES
    )
    refuse_checked(product)
    keep_added_pack(work, product=product, pack=pack)


def keep_added_pack(work: Work, *, product: Product, pack: PackRow) -> None:
    """Store a pack as an act that can be undone; the version was just raised.

    Raises:
        GtinTaken, PackKnown, PackUnfit: the pack cannot be as typed.
        PriceSlipped, PriceFar: the price is asked about.
    """
    pack_id = insert_pack(work, product=product, pack=pack)
    # As with words: what a draft says for the first time has nothing before it to go back to.
    if not is_first_told(ListingStep.PACKS, product.listing_step):
        added = whole_pack_fields(work, work.session.get_one(Pack, pack_id))
        keep_revision(
            work,
            product,
            act="add_pack",
            before=dict.fromkeys(added),
            after=added,
            pack_id=pack_id,
        )
    mark_if_findable(work, product)


def insert_pack(work: Work, *, product: Product, pack: PackRow) -> int:
    """Store a pack and its offer, the product's row being held already; gives its id.

    Raises:
        GtinTaken, PackKnown, PackUnfit: the pack cannot be as typed.
        PriceSlipped, PriceFar: the price is asked about.
    """
    refuse_unfit(product.kind, pack)
    _refuse_gtin_in_practice(work, product, pack)
    refuse_slip(work, group=product.group, pack=pack)
    with refusing_twins(work, lambda: twin_of(work, pack, pack_id=None)):
        [pack_id] = add_packs(work, [(product.id, product.enterprise_id, pack)])
    return pack_id


def change_pack(work: Work, *, pack_id: int, version: int, pack: PackRow) -> None:
    """Change a pack and the maker's price; `version` is the product's.

    Raises:
        PackStamped: stamps show what it says, so only its price may change, in every state.
        Otherwise as `add_pack`.
    """
    stored = work.session.get_one(Pack, pack_id)
    product = raise_version(
        work,
        product_id=stored.product_id,
        version=version,
        act="change_pack",
        within=OPEN_FOR_PRICES,
    )
    work.session.refresh(stored)
    before = pack_fields(work, stored)
    if (before["content"], before["base_unit"], before["price_vnd"]) != _priced(pack):
        refuse_slip(work, group=product.group, pack=pack)
    if told(stored) != told(pack):
        rewrite_pack(work, product, stored, pack)
    _set_price(work, stored, pack.price_vnd)
    after = pack_fields(work, stored)
    keep_revision(work, product, act="change_pack", before=before, after=after, pack_id=pack_id)
    mark_if_findable(work, product)


def remove_pack(work: Work, *, pack_id: int, version: int) -> None:
    """Remove a pack nobody has declared a lot of.

    Raises:
        PackInUse: it has lots, or a published product has no other.
        Changed, ProductClosed: as `add_pack`.
    """
    stored = work.session.get_one(Pack, pack_id)
    product = raise_version(
        work,
        product_id=stored.product_id,
        version=version,
        act="remove_pack",
        within=OPEN_FOR_PRICES,
    )
    packs = work.session.scalar(
        select(func.count()).select_from(Pack).where(Pack.product_id == stored.product_id)
    )
    is_last_on_sale = product.state in ON_SALE and packs == 1
    has_lots = work.session.scalar(select(Lot.id).where(Lot.pack_id == pack_id).limit(1))
    if is_last_on_sale or has_lots is not None:
        raise PackInUse(f"pack {pack_id}")
    work.session.refresh(stored)
    removed = whole_pack_fields(work, stored)
    work.session.execute(delete(Offer).where(Offer.pack_id == pack_id))
    with refusing_twins(work, lambda: PackInUse(f"pack {pack_id} got a lot")):
        work.session.execute(delete(Pack).where(Pack.id == pack_id))
    keep_revision(
        work,
        product,
        act="remove_pack",
        before=removed,
        after=dict.fromkeys(removed),
        pack_id=pack_id,
    )
    mark_if_findable(work, product)


def rewrite_pack(work: Work, product: Product, stored: Pack, pack: PackRow) -> None:
    """Change what a pack says, the product's row being held already.

    Raises:
        PackStamped, PackChecked: what it says is fixed.
        GtinTaken, PackKnown, PackUnfit, PackCalls, PackBoasts, PackPromises: it cannot be as typed.
    """
    if _is_stamped(work, stored.id):
        raise PackStamped(f"pack {stored.id} has sealed lots")
    refuse_checked(product)
    refuse_unfit(product.kind, pack)
    _refuse_gtin_in_practice(work, product, pack)
    with refusing_twins(work, lambda: twin_of(work, pack, pack_id=stored.id)):
        stored.content, stored.base_unit, stored.words = pack.content, pack.base_unit, pack.words
        stored.gtin = pack.gtin
        stored.size_words, stored.weight_g = pack.size_words, pack.weight_g
        work.session.flush()


def told(pack: Pack | PackRow) -> Told:
    """All a pack says of itself, the kind of space aside: a form gives plain ones back."""
    words, size_words = " ".join(pack.words.split()), " ".join((pack.size_words or "").split())
    return pack.content, pack.base_unit, words, pack.gtin, size_words, pack.weight_g


def _priced(pack: PackRow) -> tuple[int, str, int]:
    return pack.content, pack.base_unit, pack.price_vnd


def refuse_checked(product: Product) -> None:
    """Refuse packs of goods on sale that no officer looked at.

    Raises:
        PackChecked: it is on sale with the packs an officer looked at.
    """
    if not packs_are_open(ProductState(product.state)):
        raise PackChecked(f"product {product.id} is {product.state}")


def _refuse_gtin_in_practice(work: Work, product: Product, pack: PackRow) -> None:
    id_ = product.enterprise_id
    if pack.gtin is not None and makers(work.session, [id_])[id_].is_practice:
        raise GtinInPractice(f"enterprise {id_}")


def refuse_unfit(kind: str, pack: PackRow) -> None:
    """Refuse what no pack of such a product (goods or service) may be or say.

    Raises:
        PackUnfit: a service is weighed.
        PackCalls, PackBoasts, PackPromises: its words say more than what is in the pack.
    """
    if kind == "service" and pack.base_unit != "piece":
        raise PackUnfit("a service is counted")
    claim = claim_in(pack.words) or claim_in(pack.size_words or "")
    if claim is not None:
        raise CLAIMS[claim](f"a pack claims {claim}")


def twin_of(work: Work, pack: PackRow, *, pack_id: int | None) -> AppError:
    """What to say should a unique value be taken: the number's sentence only where it is that."""
    if pack.gtin is not None:
        holder = work.session.scalar(select(Pack.id).where(Pack.gtin == pack.gtin))
        if holder not in {None, pack_id}:
            return GtinTaken("the number is another pack's")
    return PackKnown("the product has this pack")


def _is_stamped(work: Work, pack_id: int) -> bool:
    sealed = select(Lot.id).where(Lot.pack_id == pack_id, Lot.sealed_at.is_not(None))
    return work.session.scalar(sealed.limit(1)) is not None


def _set_price(work: Work, pack: Pack, price_vnd: int) -> None:
    """Set the maker's own price: once typed by its maker it is no illustration any more."""
    work.session.execute(
        update(Offer)
        .where(Offer.pack_id == pack.id, Offer.seller_id == pack.enterprise_id)
        .values(price_vnd=price_vnd, is_illustrative=False, state="on", version=Offer.version + 1)
    )
