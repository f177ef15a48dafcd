import pytest

from catalog.service.sheet_packs import packs_of
from core.text.refusal import Unreadable


@pytest.mark.parametrize(
    ("texts", "measure"),
    [
        ({"pack_words": "hộp 12 chiếc"}, (12, "piece", "hộp 12 chiếc")),
        ({"pack_words": "500", "pack_unit": "g"}, (500, "g", "500 g")),
        ({"pack_words": "500.0", "pack_unit": "g"}, (500, "g", "500 g")),
        ({"pack_words": "hộp giấy", "pack_unit": "kg"}, (1_000, "g", "hộp giấy")),
        ({"pack_content": "gói 500g"}, (500, "g", "gói 500g")),
        ({"pack_content": "500", "pack_unit": "ml", "pack_words": "chai"}, (500, "ml", "chai")),
        ({"pack_unit": "kg"}, (1_000, "g", "1 kg")),
        ({"pack_unit": "chai 500 ml"}, (500, "ml", "chai 500 ml")),
        ({"pack_unit": "hộp"}, (1, "piece", "1 hộp")),
        ({"pack_content": "1", "pack_unit": "cái/lượt"}, (1, "piece", "1 cái/lượt")),
    ],
)
def test_a_pack_is_read_from_whichever_column_says_it(
    texts: dict[str, str], measure: tuple[int, str, str]
) -> None:
    (pack,) = packs_of({"price_vnd": "85.000", **texts})

    assert pack.measure == measure
    assert pack.price_vnd == 85_000


@pytest.mark.parametrize(
    ("texts", "refused"),
    [
        ({}, ("content_missing", "pack_content")),
        ({"pack_unit": "g"}, ("content_missing", "pack_unit")),
        ({"pack_unit": "can"}, ("amount_unit_unknown", "pack_unit")),
        ({"pack_words": "hộp 10 gói x 20g"}, ("content_several", "pack_words")),
        ({"pack_words": "hộp giấy"}, ("content_unsaid", "pack_words")),
        ({"pack_content": "2 x 100 g"}, ("content_several", "pack_content")),
        ({"pack_content": "nhiều"}, ("amount_unreadable", "pack_content")),
        ({"pack_content": "5", "pack_unit": "thùng"}, ("amount_unit_unknown", "pack_content")),
        ({"pack_words": "túi 0 g"}, ("below", "pack_content")),
    ],
)
def test_a_pack_nobody_can_be_sure_of_is_refused_at_its_cell(
    texts: dict[str, str], refused: tuple[str, str]
) -> None:
    with pytest.raises(Unreadable) as unreadable:
        packs_of({"price_vnd": "85.000", **texts})

    assert (unreadable.value.code, unreadable.value.values["column"]) == refused


def test_a_line_without_price_content_or_number_names_no_pack() -> None:
    assert packs_of({"pack_words": "hộp 12 chiếc", "pack_unit": "hộp"}) == ()
