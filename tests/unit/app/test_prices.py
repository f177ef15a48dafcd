import csv

from app.demo.load import OCOP_PRODUCTS
from app.demo.prices import illustrative_pack
from catalog.service import PackRow


def packs() -> dict[tuple[str, str], PackRow]:
    with OCOP_PRODUCTS.open(encoding="utf-8", newline="") as file:
        return {
            (row["product_name"], row["group"]): illustrative_pack(
                row["product_name"], row["group"]
            )
            for row in csv.DictReader(file)
        }


def test_visits_and_plants_are_never_weighed() -> None:
    for (name, group), pack in packs().items():
        if group == "du_lich":
            assert pack.words in {"lượt khách", "đêm nghỉ"}, name
            assert (pack.content, pack.base_unit) == (1, "piece")
        if group == "sinh_vat_canh":
            assert pack.words == "chậu", name
            assert (pack.content, pack.base_unit) == (1, "piece")


def test_tea_comes_by_one_or_two_hundred_grams_and_fish_sauce_by_the_bottle() -> None:
    for (name, group), pack in packs().items():
        if name.startswith("Trà ") and group == "thuc_pham":
            assert pack.base_unit == "g", name
            assert pack.content in {100, 200}, name
        if name.startswith("Nước mắm"):
            assert pack.words == "chai 500 ml", name


def test_words_with_other_marks_are_other_goods() -> None:
    assert illustrative_pack("Dưa lưới", "thuc_pham").words == "kg"
    assert illustrative_pack("Kẹo dừa gừng", "thuc_pham").words == "hộp 250 g"
    assert illustrative_pack("Gốm Bồ Bát - Bộ đồ thờ", "thu_cong_my_nghe").words == "bộ"


def test_every_price_is_illustrative_whole_and_the_same_tomorrow() -> None:
    for (name, _), pack in packs().items():
        assert pack.is_illustrative, name
        assert 5_000 <= pack.price_vnd <= 3_000_000, name
        assert pack.price_vnd % 500 == 0, name
        assert pack.gtin is None, name
    assert illustrative_pack("Chè đinh", "thuc_pham").price_vnd == 355_000


def test_loose_goods_are_a_kilogram_by_weight() -> None:
    for pack in packs().values():
        assert pack.by_weight == (pack.words == "kg")
        assert pack.words != "kg" or (pack.content, pack.base_unit) == (1_000, "g")
