"""A row of an import that says something else than is stored: how it is written.

A member may change by file what the form lets them change, and nothing else: what an officer looks
at or has checked stays. What a source says of the goods changes whatever the state of the listing;
what a pack on sale says stays, for a source too (buyers and stamps know it); what the maker typed
and the source does not name stays.
"""

from dataclasses import asdict

from sqlalchemy import insert, update

from catalog.errors import GroupUnfit
from catalog.models import Offer, Pack, Product, ProductText, Recognition
from catalog.rules import ProductState
from catalog.service.changes import raise_version
from catalog.service.entries import PackRow, ProductRow
from catalog.service.known import Known
from catalog.service.packs import add_pack, change_pack, insert_pack, rewrite_pack, told
from catalog.service.parts import claim_of
from catalog.service.products import change_words
from core.work import Work


def change_product(work: Work, known: Known, row: ProductRow) -> None:
    """Write what the row says over what is stored: all of it, or nothing with a refusal.

    Raises:
        Changed: the product changed since `known` was read.
        GroupUnfit: it would be a service that is weighed.
        PackStamped, PackChecked: it says something else of a pack on sale, or with stamps.
        Otherwise, for a member's row, as `change_words`, `add_pack` and `change_pack`.
    """
    with work.session.begin_nested():
        if row.is_its_makers:
            _change_as_maker(work, known, row)
        else:
            _change_as_source(work, known, row)


def _change_as_maker(work: Work, known: Known, row: ProductRow) -> None:
    """Each change is the form's own, so it meets the form's rules; each raises the version."""
    version = known.version
    if known.is_retold_by(row):
        for words in row.words:
            change_words(
                work,
                product_id=known.product_id,
                version=version,
                group=row.group,
                words=words,
            )
            version += 1
        _put_facts(work, known, row)
    for pack in known.packs_added_by(row):
        add_pack(work, product_id=known.product_id, version=version, pack=pack)
        version += 1
    for pack_id, pack in known.packs_told_by(row).items():
        change_pack(work, pack_id=pack_id, version=version, pack=pack)
        version += 1


def _change_as_source(work: Work, known: Known, row: ProductRow) -> None:
    product = raise_version(
        work,
        product_id=known.product_id,
        version=known.version,
        act="import_product",
        within=tuple(ProductState),
        group=row.group,
        kind=row.kind,
    )
    measures = {*known.packs, *(pack.measure for pack in row.packs)}
    if row.kind == "service" and any(base_unit != "piece" for _, base_unit, _ in measures):
        raise GroupUnfit(f"product {known.product_id} is weighed")
    for words in row.words:
        text = ProductText(product_id=known.product_id, **asdict(known.words_with(words)))
        work.session.merge(text)
    _put_facts(work, known, row)
    for pack in known.packs_added_by(row):
        insert_pack(work, product=product, pack=pack)
    for pack_id, pack in known.packs_told_by(row).items():
        _change_pack(work, product, pack_id, pack)


def _put_facts(work: Work, known: Known, row: ProductRow) -> None:
    """What only files say: where it was read, and the rank."""
    if row.source_url is not None:
        mine = Product.id == known.product_id
        work.session.execute(update(Product).where(mine).values(source_url=row.source_url))
    if row.recognition is not None:
        _put_recognition(work, known, row)


def _put_recognition(work: Work, known: Known, row: ProductRow) -> None:
    """A source stands behind its own words; a maker's wait for the province's officer."""
    assert row.recognition is not None
    values = asdict(row.recognition) | claim_of(work, row)
    if known.recognition_id is None:
        owner = {"product_id": known.product_id, "enterprise_id": known.enterprise_id}
        work.session.execute(insert(Recognition).values(**values, **owner))
        return
    if row.is_its_makers and known.review == "source":
        return  # What a source says stays.
    mine = Recognition.id == known.recognition_id
    raised = {"version": Recognition.version + 1}
    work.session.execute(update(Recognition).where(mine).values(**values, **raised))


def _change_pack(work: Work, product: Product, pack_id: int, pack: PackRow) -> None:
    stored = work.session.get_one(Pack, pack_id)
    if told(stored) != told(pack) or stored.by_weight != pack.by_weight:
        rewrite_pack(work, product, stored, pack)
        stored.by_weight = pack.by_weight
        work.session.flush()
    work.session.execute(
        update(Offer)
        .where(Offer.pack_id == pack_id, Offer.seller_id == stored.enterprise_id)
        .values(
            price_vnd=pack.price_vnd,
            is_illustrative=pack.is_illustrative,
            version=Offer.version + 1,
        )
    )
