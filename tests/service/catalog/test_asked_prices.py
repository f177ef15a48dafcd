import pytest
from sqlalchemy import update

from catalog.models import Offer, Product
from catalog.price_errors import PriceFar, PriceSlipped
from catalog.queries.usual_prices import usual_rate_vnd, usual_rates_vnd
from catalog.service import PackRow, Words, add_pack, add_product, change_pack
from core.work import Work
from tests.makers import make_enterprise, make_pack, make_product
from tests.statements import counted_statements


def shelf(work: Work, *rates_vnd: int, state: str = "published") -> None:
    """Goods of one maker, each with one kilogram for sale."""
    maker = make_enterprise(work, name="Mẫu – Tổ chè")
    for at, rate in enumerate(rates_vnd):
        product = make_product(work, enterprise=maker, name=f"Chè {at}", state=state)
        product.group = "thuc_pham"
        make_pack(work, product=product, content=1_000, base_unit="g", price_vnd=rate)
    work.session.flush()


def usual(work: Work, *, base_unit: str = "g") -> int | None:
    return usual_rate_vnd(work.session, group="thuc_pham", base_unit=base_unit)


def odd(price_vnd: int = 120_000_000, *, is_asked: bool = True) -> PackRow:
    return PackRow(200, "g", "hộp 200 g", price_vnd, price_is_asked=is_asked)


def test_what_is_usual_is_the_median_of_ten_published_offers(work: Work) -> None:
    shelf(work, *range(100_000, 190_000, 10_000))  # Nine.
    assert usual(work) is None

    shelf(work, 9_000_000)

    assert usual(work) == 145_000  # The mean of the fifth and the sixth.
    assert usual(work, base_unit="ml") is None
    with counted_statements() as statements:
        usual(work)
    assert len(statements) == 1


def test_each_kind_of_goods_has_a_median_of_its_own_in_one_statement(work: Work) -> None:
    shelf(work, *[200_000] * 10)
    maker = make_enterprise(work, name="Mẫu – Tổ mật")
    for at in range(11):
        product = make_product(work, enterprise=maker, name=f"Mật {at}")
        product.group = "thuc_pham"
        make_pack(work, product=product, content=500, base_unit="ml", price_vnd=90_000 + at)
        make_pack(work, product=product, content=12, base_unit="piece", price_vnd=120_000)
    work.session.flush()
    kinds = {(group, unit) for group in ("thuc_pham", "do_uong") for unit in ("g", "ml", "piece")}

    with counted_statements() as statements:
        found = usual_rates_vnd(work.session, kinds)

    assert found == {
        ("thuc_pham", "g"): 200_000,
        ("thuc_pham", "ml"): 180_010,
        ("thuc_pham", "piece"): 10_000,
    }
    assert len(statements) == 1


def test_an_odd_number_of_offers_has_one_in_the_middle(work: Work) -> None:
    shelf(work, *range(100_000, 210_000, 10_000))

    assert usual(work) == 150_000


def test_examples_drafts_and_what_is_not_offered_are_not_usual(work: Work) -> None:
    shelf(work, *range(100_000, 200_000, 10_000))
    shelf(work, *[9_000] * 20, state="draft")
    assert usual(work) == 145_000

    work.session.execute(update(Offer).values(is_illustrative=True))
    assert usual(work) is None

    work.session.execute(update(Offer).values(is_illustrative=False, state="off"))
    assert usual(work) is None


def test_a_slip_is_asked_about_once_and_kept_when_confirmed(work: Work) -> None:
    maker = make_enterprise(work)
    words = Words("Chè móc câu")

    with pytest.raises(PriceSlipped) as asked:
        add_product(work, enterprise_id=maker.id, group="thuc_pham", words=words, pack=odd())
    product = add_product(
        work, enterprise_id=maker.id, group="thuc_pham", words=words, pack=odd(is_asked=False)
    )

    said = {name: str(value) for name, value in asked.value.values.items()}
    assert said == {
        "rate": "600.000.000\xa0₫/kg",
        "price": "120.000.000\xa0₫",
        "content": "200\xa0g",
        "meant_rate": "600.000\xa0₫/kg",
        "meant_price": "120.000\xa0₫",
        "meant_content": "200\xa0g",
    }
    assert work.session.get(Product, product.id) is not None


def test_only_a_changed_price_is_asked_about(work: Work) -> None:
    product = make_product(work, state="draft")
    pack = make_pack(work, product=product, content=200, base_unit="g", price_vnd=120_000_000)
    renamed = PackRow(200, "g", "hộp thiếc", 120_000_000, price_is_asked=True)

    change_pack(work, pack_id=pack.id, version=product.version, pack=renamed)
    with pytest.raises(PriceSlipped):
        change_pack(work, pack_id=pack.id, version=product.version, pack=odd(130_000_000))

    with pytest.raises(PriceSlipped):
        add_pack(
            work,
            product_id=product.id,
            version=product.version,
            pack=PackRow(1, "g", "gói", 85_000, price_is_asked=True),
        )


def test_a_price_far_from_its_group_is_asked_about(work: Work) -> None:
    shelf(work, *[200_000] * 10)
    maker = make_enterprise(work)
    dear = PackRow(1_000, "g", "túi", 5_123_450, price_is_asked=True)

    with pytest.raises(PriceFar) as asked:
        add_product(work, enterprise_id=maker.id, group="thuc_pham", words=Words("Chè"), pack=dear)
    add_product(work, enterprise_id=maker.id, group="do_uong", words=Words("Chè"), pack=dear)

    assert str(asked.value.values["rate"]) == "5.123.450\xa0₫/kg"
