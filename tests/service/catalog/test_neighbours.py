"""What is done to one product, pack or lot is done to no other that looks just like it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from accounts.turns import Level
from catalog import service
from catalog.errors import PackKnown, ProductIncomplete
from catalog.models import Lot, Offer, Pack, Product, ProductText
from catalog.service import Look, LotRow, PackRow, Words
from core import ids
from core.work import By, Work
from tests.makers import make_enterprise, make_lot, make_pack, make_person, make_product


@dataclass
class Goods:
    """A product with a second pack and a lot of it."""

    product: Product
    packs: list[Pack]
    lot: Lot


def goods(work: Work, state: str) -> Goods:
    product = make_product(work, enterprise=make_enterprise(work), state=state)
    packs = [make_pack(work, product=product), make_pack(work, product=product, content=2)]
    lot = make_lot(work, product=product)
    lot.pack_id = packs[0].id
    work.session.flush()
    return Goods(product, packs, lot)


def stored(work: Work, each: Goods) -> list[list[tuple[object, ...]]]:
    """All rows of one product, as they are in the database."""
    packs = [pack.id for pack in each.packs]
    mine = (
        (Product, Product.id == each.product.id),
        (ProductText, ProductText.product_id == each.product.id),
        (Pack, Pack.product_id == each.product.id),
        (Offer, Offer.pack_id.in_(packs)),
        (Lot, Lot.product_id == each.product.id),
    )
    return [
        [tuple(row) for row in work.session.execute(select(*model.__table__.columns).where(which))]
        for model, which in mine
    ]


def change_words(work: Work, each: Goods) -> None:
    service.change_words(
        work,
        product_id=each.product.id,
        version=1,
        group="thu_cong_my_nghe",
        words=Words("Dao phay", summary="Rèn tay."),
    )


def add_pack(work: Work, each: Goods) -> None:
    pack = PackRow(3, "piece", "bộ ba", 700_000)
    service.add_pack(work, product_id=each.product.id, version=1, pack=pack)


def change_pack(work: Work, each: Goods) -> None:
    pack = PackRow(1, "piece", "cái", 280_000)
    service.change_pack(work, pack_id=each.packs[0].id, version=1, pack=pack)


def remove_pack(work: Work, each: Goods) -> None:
    service.remove_pack(work, pack_id=each.packs[1].id, version=1)


def submit(work: Work, each: Goods) -> None:
    service.submit_product(work, product_id=each.product.id, version=1)


def withdraw(work: Work, each: Goods) -> None:
    service.withdraw_product(work, product_id=each.product.id, version=1)


def publish(work: Work, each: Goods) -> None:
    work.by = By("person", make_person(work).id)
    service.publish_product(work, look=Look(each.product.id, 1, Level.COMMUNE, ("seller",)))


def give_back(work: Work, each: Goods) -> None:
    work.by = By("person", make_person(work).id)
    service.return_product(work, look=Look(each.product.id, 1, Level.COMMUNE), reason="Thiếu nơi.")


def change_lot(work: Work, each: Goods) -> None:
    lot = LotRow(each.packs[0].id, "26-11B", "made", work.today, None, 50)
    service.change_lot(work, lot_id=each.lot.id, version=1, lot=lot)


def delete_lot(work: Work, each: Goods) -> None:
    service.delete_lot(work, lot_id=each.lot.id, version=1)


def hold_lot(work: Work, each: Goods) -> None:
    service.hold_lot(work, lot_id=each.lot.id)


def hold_and_release_lot(work: Work, each: Goods) -> None:
    service.hold_lot(work, lot_id=each.lot.id)
    service.release_lot(work, lot_id=each.lot.id)


def seal_lot(work: Work, each: Goods) -> None:
    service.seal_lot(work, lot_id=each.lot.id)


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("draft", change_words),
        ("draft", add_pack),
        ("draft", change_pack),
        ("published", remove_pack),
        ("draft", submit),
        ("published", withdraw),
        ("submitted", withdraw),
        ("submitted", publish),
        ("submitted", give_back),
        ("published", change_lot),
        ("published", delete_lot),
        ("published", hold_lot),
        ("published", hold_and_release_lot),
        ("published", seal_lot),
    ],
)
def test_what_is_done_to_one_is_done_to_no_other(
    work: Work, state: str, act: Callable[[Work, Goods], None]
) -> None:
    before, mine, after = (goods(work, state) for _ in range(3))
    held = goods(work, state)
    held.lot.on_hold_since = work.today
    work.session.flush()
    others = [before, after, held]
    others_were, mine_was = [stored(work, each) for each in others], stored(work, mine)

    act(work, mine)

    work.session.flush()
    assert [stored(work, each) for each in others] == others_were
    assert stored(work, mine) != mine_was


def test_a_makers_price_is_not_that_of_whoever_else_sells_the_pack(work: Work) -> None:
    mine = goods(work, "draft")
    dealer = make_enterprise(work, name="Mẫu – Cửa hàng")
    offer = Offer(
        public_id=ids.public_id(),
        seller_id=dealer.id,
        pack_id=mine.packs[0].id,
        price_vnd=300_000,
        is_illustrative=True,
    )
    work.session.add(offer)
    work.session.flush()

    change_pack(work, mine)

    work.session.refresh(offer)
    assert (offer.price_vnd, offer.is_illustrative, offer.version) == (300_000, True, 1)
    own = select(Offer.price_vnd, Offer.is_illustrative, Offer.version).where(
        Offer.pack_id == mine.packs[0].id, Offer.seller_id == mine.product.enterprise_id
    )
    assert tuple(work.session.execute(own).one()) == (280_000, False, 2)


def test_words_in_one_language_are_not_those_in_another(work: Work) -> None:
    mine = goods(work, "draft")
    work.session.add(ProductText(product_id=mine.product.id, language="en", name="Cleaver"))
    work.session.flush()

    change_words(work, mine)

    texts = select(ProductText.language, ProductText.name, ProductText.summary).where(
        ProductText.product_id == mine.product.id
    )
    assert {tuple(text) for text in work.session.execute(texts)} == {
        ("vi", "Dao phay", "Rèn tay."),
        ("en", "Cleaver", ""),
    }


def test_the_number_of_another_pack_does_not_explain_a_pack_known_already(work: Work) -> None:
    other, mine = goods(work, "draft"), goods(work, "draft")
    other.packs[0].gtin = "08938505974194"
    work.session.flush()
    twin = PackRow(1, "piece", "con", 250_000, gtin="09521234543213")

    with pytest.raises(PackKnown):
        service.add_pack(work, product_id=mine.product.id, version=1, pack=twin)


def test_stamps_on_one_pack_do_not_fix_what_another_holds(work: Work) -> None:
    mine = goods(work, "draft")
    mine.lot.sealed_at = work.now
    work.session.flush()

    service.change_pack(
        work, pack_id=mine.packs[1].id, version=1, pack=PackRow(3, "piece", "bộ", 1_000)
    )

    contents = select(Pack.content).where(Pack.product_id == mine.product.id).order_by(Pack.id)
    assert work.session.scalars(contents).all() == [1, 3]


def test_what_others_weigh_does_not_hinder_a_service(work: Work) -> None:
    make_pack(work, product=goods(work, "draft").product, content=200, base_unit="g")
    mine = goods(work, "draft")

    service.change_words(
        work, product_id=mine.product.id, version=1, group="du_lich", words=Words("Thăm lò rèn")
    )

    work.session.refresh(mine.product)
    assert (mine.product.group, mine.product.kind) == ("du_lich", "service")


def test_the_packs_of_others_do_not_make_a_listing_whole(work: Work) -> None:
    goods(work, "draft")
    bare = make_product(work, state="draft")

    with pytest.raises(ProductIncomplete):
        service.submit_product(work, product_id=bare.id, version=1)


def test_what_is_withdrawn_goes_by_its_own_state(work: Work) -> None:
    waiting, on_sale, waiting_too = (
        goods(work, s) for s in ("submitted", "published", "submitted")
    )

    assert service.withdraw_product(work, product_id=on_sale.product.id, version=1) == "withdrawn"
    assert service.withdraw_product(work, product_id=waiting_too.product.id, version=1) == "draft"

    work.session.refresh(waiting.product)
    assert waiting.product.state == "submitted"
