import pytest
from sqlalchemy import func, select, update

from catalog import queries, service
from catalog.errors import (
    GroupUnfit,
    GtinTaken,
    NameFixed,
    PackChecked,
    PackInUse,
    PackKnown,
    PackStamped,
    PackUnfit,
    ProductClosed,
)
from catalog.models import Lot, Offer, Pack, Product, SearchPending
from catalog.queries import ManagedProduct
from catalog.service import PackRow, Words
from core.errors import Changed
from core.work import Work
from tests.makers import make_enterprise, make_lot, make_pack, make_product

GTIN = "08938505974194"
BOX = PackRow(200, "g", "hộp 200 g", 120_000, gtin=GTIN)


def shown(work: Work, product: Product) -> ManagedProduct:
    found = queries.managed_product(work.session, product.public_id)
    assert found is not None
    return found


def pending(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(SearchPending)) or 0


def test_a_new_product_is_a_draft_with_its_words_and_first_pack(work: Work) -> None:
    enterprise = make_enterprise(work)

    product = service.add_product(
        work,
        enterprise_id=enterprise.id,
        group="thuc_pham",
        words=Words("Chè móc câu", summary="Chè xanh sao tay."),
        pack=BOX,
    )

    found = shown(work, product)
    assert (found.state, found.kind, found.version) == ("draft", "goods", 1)
    assert (found.name, found.summary) == ("Chè móc câu", "Chè xanh sao tay.")
    [pack] = found.packs
    assert (pack.content, pack.base_unit, pack.words) == (200, "g", "hộp 200 g")
    assert (pack.price_vnd, pack.gtin, pack.is_illustrative) == (120_000, GTIN, False)
    assert found.slug_key == found.public_id[:6]
    assert pending(work) == 0  # A draft is found by nobody.


def test_a_number_on_two_packs_is_refused_and_the_second_is_not_stored(work: Work) -> None:
    make_tea(work)
    other = make_product(work, name="Chè đinh", state="draft")

    with pytest.raises(GtinTaken):
        service.add_pack(work, product_id=other.id, version=1, pack=BOX)

    assert shown(work, other).packs == ()


def make_tea(work: Work) -> Product:
    return service.add_product(
        work,
        enterprise_id=make_enterprise(work).id,
        group="thuc_pham",
        words=Words("Chè móc câu"),
        pack=BOX,
    )


def test_the_same_pack_twice_is_refused(work: Work) -> None:
    tea = make_tea(work)
    twin = PackRow(200, "g", "hộp 200 g", 90_000)

    with pytest.raises(PackKnown):
        service.add_pack(work, product_id=tea.id, version=1, pack=twin)


def test_a_visit_is_not_weighed(work: Work) -> None:
    tour = make_product(work, group="du_lich", state="draft")

    with pytest.raises(PackUnfit):
        service.add_pack(work, product_id=tour.id, version=1, pack=BOX)


def test_weighed_goods_do_not_become_a_service(work: Work) -> None:
    tea = make_tea(work)

    with pytest.raises(GroupUnfit):
        service.change_words(
            work, product_id=tea.id, version=1, group="du_lich", words=Words("Chè móc câu")
        )


def test_words_change_and_the_version_is_raised(work: Work) -> None:
    tea = make_tea(work)

    service.change_words(
        work,
        product_id=tea.id,
        version=1,
        group="do_uong",
        words=Words("Chè Nà Lạn", summary="Sao tay."),
    )

    found = shown(work, tea)
    assert (found.name, found.summary, found.group) == ("Chè Nà Lạn", "Sao tay.", "do_uong")
    assert found.version == 2


def test_words_typed_over_an_older_page_change_nothing(work: Work) -> None:
    tea = make_tea(work)
    service.change_words(
        work, product_id=tea.id, version=1, group="thuc_pham", words=Words("Chè A")
    )

    with pytest.raises(Changed):
        service.change_words(
            work, product_id=tea.id, version=1, group="thuc_pham", words=Words("Chè B")
        )

    assert shown(work, tea).name == "Chè A"


@pytest.mark.parametrize("state", ["submitted", "published"])
def test_words_do_not_change_while_checked_or_on_sale(work: Work, state: str) -> None:
    product = make_product(work, state=state)

    with pytest.raises(ProductClosed):
        service.change_words(
            work, product_id=product.id, version=1, group=product.group, words=Words("Dao khác")
        )

    assert shown(work, product).name == "Dao phay"
    assert shown(work, product).version == 1


def test_a_withdrawn_product_keeps_its_name_but_may_say_more(work: Work) -> None:
    product = make_product(work)
    service.withdraw_product(work, product_id=product.id, version=1)

    with pytest.raises(NameFixed):
        service.change_words(
            work,
            product_id=product.id,
            version=2,
            group="thu_cong_my_nghe",
            words=Words("Dao khác"),
        )
    with pytest.raises(NameFixed):
        service.change_words(
            work, product_id=product.id, version=3, group="do_uong", words=Words("Dao phay")
        )
    service.change_words(
        work,
        product_id=product.id,
        version=4,
        group="thu_cong_my_nghe",
        words=Words("Dao phay", summary="Rèn tay."),
    )

    assert shown(work, product).summary == "Rèn tay."


def test_a_price_changes_on_sale_is_the_makers_own_and_search_is_told(work: Work) -> None:
    product = make_product(work)
    pack = make_pack(work, product=product)
    work.session.execute(update(Offer).values(is_illustrative=True))

    service.change_pack(work, pack_id=pack.id, version=1, pack=PackRow(1, "piece", "con", 280_000))

    [found] = shown(work, product).packs
    assert (found.price_vnd, found.is_illustrative) == (280_000, False)
    assert shown(work, product).version == 2
    assert work.session.scalars(select(SearchPending.product_id)).all() == [product.id]


@pytest.mark.parametrize(
    "changed",
    [
        PackRow(2, "piece", "con", 1_000),
        PackRow(1, "piece", "bộ", 1_000),
        PackRow(1, "piece", "con", 1_000, gtin=GTIN),
        PackRow(1, "piece", "con", 1_000, size_words="dài 30 cm"),
        PackRow(1, "piece", "con", 1_000, weight_g=420),
    ],
)
def test_on_sale_a_pack_says_what_the_officer_saw(work: Work, changed: PackRow) -> None:
    product = make_product(work)
    pack = make_pack(work, product=product)
    before = shown(work, product).packs

    with pytest.raises(PackChecked):
        service.change_pack(work, pack_id=pack.id, version=1, pack=changed)
    with pytest.raises(PackChecked):
        service.add_pack(work, product_id=product.id, version=2, pack=BOX)

    assert shown(work, product).packs == before


def test_a_price_changes_though_a_form_gave_back_another_kind_of_space(work: Work) -> None:
    product = make_product(work)
    pack = make_pack(work, product=product)
    pack.words = "1\xa0cái"
    work.session.flush()

    service.change_pack(work, pack_id=pack.id, version=1, pack=PackRow(1, "piece", "1 cái", 9_000))

    [found] = shown(work, product).packs
    assert (found.words, found.price_vnd) == ("1\xa0cái", 9_000)


@pytest.mark.parametrize(
    "changed",
    [
        PackRow(2, "piece", "con", 1_000),
        PackRow(1, "piece", "bộ", 1_000),
        PackRow(1, "piece", "con", 1_000, size_words="dài 30 cm"),
        PackRow(1, "piece", "con", 1_000, weight_g=420),
    ],
)
def test_what_stamps_show_of_a_pack_stays_after_it_left_the_shop(
    work: Work, changed: PackRow
) -> None:
    product = make_product(work, state="withdrawn")
    pack = make_pack(work, product=product)
    lot = make_lot(work, product=product)
    lot.pack_id, lot.sealed_at = pack.id, work.now
    work.session.flush()
    before = shown(work, product).packs

    with pytest.raises(PackStamped):
        service.change_pack(work, pack_id=pack.id, version=1, pack=changed)

    assert shown(work, product).packs == before


def test_nothing_of_a_pack_changes_while_an_officer_looks(work: Work) -> None:
    product = make_product(work, state="submitted")
    pack = make_pack(work, product=product)

    with pytest.raises(ProductClosed):
        service.change_pack(
            work, pack_id=pack.id, version=1, pack=PackRow(1, "piece", "con", 280_000)
        )

    assert shown(work, product).packs[0].price_vnd == 250_000


def test_what_stamps_say_was_in_a_pack_stays_but_its_price_changes(work: Work) -> None:
    product = make_product(work)
    pack = make_pack(work, product=product)
    lot = make_lot(work, product=product)
    lot.pack_id, lot.sealed_at = pack.id, work.now
    work.session.flush()

    with pytest.raises(PackStamped):
        service.change_pack(
            work, pack_id=pack.id, version=1, pack=PackRow(2, "piece", "con", 250_000)
        )
    service.change_pack(work, pack_id=pack.id, version=2, pack=PackRow(1, "piece", "con", 1_000))

    [found] = shown(work, product).packs
    assert (found.content, found.price_vnd) == (1, 1_000)


@pytest.mark.parametrize(
    "other",
    [PackRow(2, "piece", "con", 1), PackRow(1, "g", "con", 1), PackRow(1, "piece", "bộ", 1)],
)
def test_nothing_stamps_say_of_a_pack_changes(work: Work, other: PackRow) -> None:
    product = make_product(work)
    pack = make_pack(work, product=product)
    lot = make_lot(work, product=product)
    lot.pack_id, lot.sealed_at = pack.id, work.now
    work.session.flush()

    with pytest.raises(PackStamped):
        service.change_pack(work, pack_id=pack.id, version=1, pack=other)

    [found] = shown(work, product).packs
    assert (found.content, found.base_unit, found.words) == (1, "piece", "con")
    assert found.price_vnd == 250_000


def test_a_pack_goes_with_its_price_unless_it_has_lots_or_is_the_last_on_sale(work: Work) -> None:
    make_pack(work, product=make_product(work, name="Mật ong"))  # Of another product.
    product = make_product(work)
    first = make_pack(work, product=product)
    with pytest.raises(PackInUse):
        service.remove_pack(work, pack_id=first.id, version=1)
    second = make_pack(work, product=product, content=2)
    make_lot(work, product=product).pack_id = second.id
    work.session.flush()
    with pytest.raises(PackInUse):
        service.remove_pack(work, pack_id=second.id, version=2)

    service.remove_pack(work, pack_id=first.id, version=3)

    of_product = select(Pack.id).where(Pack.product_id == product.id)
    assert work.session.scalars(of_product).all() == [second.id]
    offered = select(Offer.pack_id).where(Offer.pack_id.in_([first.id, second.id]))
    assert work.session.scalars(offered).all() == [second.id]
    assert work.session.scalar(select(func.count()).select_from(Lot)) == 1


def test_search_is_told_of_a_pack_that_went(work: Work) -> None:
    product = make_product(work)
    pack, _kept = make_pack(work, product=product), make_pack(work, product=product, content=2)

    service.remove_pack(work, pack_id=pack.id, version=1)

    assert work.session.scalars(select(SearchPending.product_id)).all() == [product.id]


def test_products_are_found_by_words_without_marks_what_came_back_first(work: Work) -> None:
    enterprise = make_enterprise(work)
    tea = make_product(work, enterprise=enterprise, name="Chè móc câu", state="returned")
    make_product(work, enterprise=enterprise, name="Dao phay")
    new_tea = make_product(work, enterprise=enterprise, name="Chè đinh")
    make_product(work, name="Chè của người khác")

    def named(words: str) -> list[int]:
        return queries.product_ids_named(work.session, enterprise_id=enterprise.id, words=words)

    assert named("che") == [tea.id, new_tea.id]
    assert named("câu chè") == [tea.id]
    assert named("mật") == []
    assert len(named("")) == 3
