from bench import goods
from core.ids import SLUG_KEY_LENGTH


def test_ten_thousand_products_have_ids_and_slugs_of_their_own() -> None:
    ids = {goods.public_id(number) for number in range(1, goods.PRODUCTS + 1)}

    assert len(ids) == 10_000
    assert len({one[:SLUG_KEY_LENGTH] for one in ids}) == 10_000
    assert {len(one) for one in ids} == {10}
