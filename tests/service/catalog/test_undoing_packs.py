"""A pack that was added goes again, and one that was removed comes back as it was."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from accounts.turns import Level
from catalog import queries, service
from catalog.errors import (
    ChangedSince,
    PackChecked,
    PackInUse,
    PackKnown,
    ProductClosed,
    RevisionUndone,
)
from catalog.models import Offer, Pack, Product, ProductRevision, SearchPending
from catalog.queries import ManagedPack
from catalog.rules import ListingStep
from catalog.service import Look, PackRow
from core.work import By, Work
from tests.makers import make_lot, make_pack, make_person, make_product

JAR = PackRow(200, "g", "hộp 200 g", 120_000, gtin="08938505974194", weight_g=260)
LOOSE = PackRow(1_000, "g", "kg", 160_000, by_weight=True)


def packs(work: Work, product: Product) -> list[ManagedPack]:
    work.session.expire_all()
    [found] = queries.managed_products(work.session, [product.id])
    return list(found.packs)


def words(work: Work, product: Product) -> list[str]:
    return [each.words for each in packs(work, product)]


def revisions(work: Work) -> list[ProductRevision]:
    return list(work.session.scalars(select(ProductRevision).order_by(ProductRevision.id)))


def undo(work: Work, number: int) -> None:
    service.undo_revision(work, revision_id=revisions(work)[number].id)


def add(work: Work, product: Product, pack: PackRow = JAR) -> Pack:
    service.add_pack(work, product_id=product.id, version=product.version, pack=pack)
    return work.session.scalars(select(Pack).order_by(Pack.id.desc()).limit(1)).one()


def remove(work: Work, product: Product, pack: Pack) -> None:
    service.remove_pack(work, pack_id=pack.id, version=product.version)


def test_an_added_pack_is_kept_whole_and_undone_it_is_gone(work: Work) -> None:
    product = make_product(work, state="draft")
    make_pack(work, product=product)

    added = add(work, product)
    undo(work, 0)

    assert words(work, product) == ["con"]
    made, back = revisions(work)
    assert (made.act, made.pack_id, made.version) == ("add_pack", added.id, 1)
    assert (made.before["words"], made.after["words"]) == (None, "hộp 200 g")
    assert (back.act, back.undoes_id, back.version) == ("remove_pack", made.id, 2)
    assert work.session.scalars(select(Offer.price_vnd)).all() == [250_000]
    with pytest.raises(RevisionUndone):
        undo(work, 0)


@pytest.mark.parametrize("pack", [JAR, LOOSE, replace(JAR, gtin=None, is_illustrative=True)])
def test_a_removed_pack_comes_back_with_all_it_said(work: Work, pack: PackRow) -> None:
    product = make_product(work, state="draft")
    make_pack(work, product=product)
    gone = add(work, product, pack)
    before = packs(work, product)[1]
    remove(work, product, gone)
    assert words(work, product) == ["con"]

    undo(work, 1)

    after = packs(work, product)[1]
    assert after == replace(before, id=after.id, public_id=after.public_id)
    assert [each.act for each in revisions(work)] == ["add_pack", "remove_pack", "add_pack"]
    assert revisions(work)[2].undoes_id == revisions(work)[1].id


def test_what_came_back_may_go_again_by_undoing_the_undoing(work: Work) -> None:
    product = make_product(work, state="draft")
    remove(work, product, add(work, product))
    undo(work, 1)

    undo(work, 2)

    assert words(work, product) == []


@pytest.mark.parametrize(
    "changed",
    [
        replace(JAR, price_vnd=130_000),
        replace(JAR, words="lọ 200 g"),
        replace(JAR, size_words="cao 9 cm"),  # It said nothing of this when it was added.
    ],
)
def test_an_added_pack_that_was_changed_since_stays(work: Work, changed: PackRow) -> None:
    product = make_product(work, state="draft")
    added = add(work, product)
    service.change_pack(work, pack_id=added.id, version=2, pack=changed)

    with pytest.raises(ChangedSince):
        undo(work, 0)

    assert words(work, product) == [changed.words]
    assert len(revisions(work)) == 2


def test_an_added_pack_with_a_lot_stays(work: Work) -> None:
    product = make_product(work, state="draft")
    added = add(work, product)
    make_lot(work, product=product).pack_id = added.id
    work.session.flush()

    with pytest.raises(PackInUse):
        undo(work, 0)

    assert words(work, product) == ["hộp 200 g"]


def test_a_removed_pack_does_not_come_back_beside_one_like_it(work: Work) -> None:
    product = make_product(work, state="draft")
    remove(work, product, add(work, product))
    add(work, product, replace(JAR, price_vnd=99_000, gtin=None))

    with pytest.raises(PackKnown):
        undo(work, 1)

    assert [each.price_vnd for each in packs(work, product)] == [99_000]


def test_the_number_of_a_removed_pack_is_not_anothers(work: Work) -> None:
    product = make_product(work, state="draft")
    old = add(work, product)
    service.change_pack(work, pack_id=old.id, version=2, pack=replace(JAR, price_vnd=99_000))
    remove(work, product, old)
    another = add(work, product, replace(LOOSE, price_vnd=99_000))
    # Where the database hands out numbers again: PostgreSQL does not, SQLite does.
    for revision in revisions(work)[:3]:
        revision.pack_id = another.id
    work.session.flush()

    with pytest.raises(ChangedSince):
        undo(work, 1)

    assert [each.price_vnd for each in packs(work, product)] == [99_000]


def test_a_revision_never_reaches_another_products_pack(work: Work) -> None:
    mine, other = make_product(work, state="draft"), make_product(work, name="Mật", state="draft")
    added = add(work, mine)
    added.product_id = other.id  # As if its number had gone to the neighbour's.
    work.session.flush()

    with pytest.raises(ChangedSince):
        undo(work, 0)

    assert words(work, other) == ["hộp 200 g"]


def test_what_a_helper_took_off_sale_comes_back_at_once_and_search_is_told(work: Work) -> None:
    product = make_product(work)
    make_pack(work, product=product)
    gone = make_pack(work, product=product, content=2)
    remove(work, product, gone)
    work.session.execute(delete(SearchPending))

    undo(work, 0)

    assert [each.content for each in packs(work, product)] == [1, 2]
    assert work.session.get_one(Product, product.id).state == "published"
    assert work.session.scalars(select(SearchPending.product_id)).all() == [product.id]


def test_what_an_officer_did_not_see_on_sale_does_not_come_back_there(work: Work) -> None:
    product = make_product(work, state="draft")
    make_pack(work, product=product)
    remove(work, product, add(work, product))
    service.submit_product(work, product_id=product.id, version=3)
    with pytest.raises(ProductClosed):
        undo(work, 1)
    looking = replace(work, by=By("person", make_person(work).id))
    service.publish_product(looking, look=Look(product.id, 4, Level.COMMUNE, ("name",)))

    with pytest.raises(PackChecked):
        undo(work, 1)

    assert words(work, product) == ["con"]
    work.session.refresh(product)
    service.withdraw_product(work, product_id=product.id, version=product.version)
    undo(work, 1)
    assert words(work, product) == ["con", "hộp 200 g"]


def test_a_pack_without_its_makers_price_does_not_come_back(work: Work) -> None:
    product = make_product(work, state="draft")
    pack = make_pack(work, product=product)
    work.session.execute(delete(Offer))
    remove(work, product, pack)

    with pytest.raises(ChangedSince):
        undo(work, 0)

    assert words(work, product) == []


def test_many_packs_kept_from_one_screen_are_each_an_act_of_its_own(work: Work) -> None:
    product = make_product(work, state="draft")
    first, second = make_pack(work, product=product), make_pack(work, product=product, content=2)
    service.keep_packs(
        work,
        product_id=product.id,
        version=1,
        removed=[first.id],
        changed={"1": (second.id, PackRow(2, "piece", "đôi", 90_000))},
        added={"2": JAR, "loose": LOOSE},
    )
    acts = [each.act for each in revisions(work)]
    assert acts == ["remove_pack", "change_pack", "add_pack", "add_pack"]
    assert words(work, product) == ["đôi", "hộp 200 g", "kg"]

    undo(work, 2)
    undo(work, 0)

    assert words(work, product) == ["đôi", "kg", "con"]


def test_the_packs_a_draft_begins_with_are_no_change(work: Work) -> None:
    product = make_product(work, state="draft")
    product.listing_step = ListingStep.PACKS
    work.session.flush()

    add(work, product)

    assert revisions(work) == []
    assert words(work, product) == ["hộp 200 g"]


def test_a_draft_that_is_thrown_away_leaves_its_number_free(work: Work) -> None:
    product = make_product(work, state="draft")
    add(work, product)

    service.discard_listing(work, product_id=product.id, version=2)

    assert revisions(work) == []
