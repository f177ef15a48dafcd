import csv
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from catalog.covers import cover_svg
from catalog.covers.bands import BANDS
from catalog.covers.motifs import MOTIFS
from catalog.covers.palettes import PALETTES
from catalog.covers.words import motifs_for

DEMO = Path(__file__).parents[3] / "app" / "demo" / "ocop_products.csv"
MOST_BYTES = 1500
PERIOD = 32

with DEMO.open(encoding="utf-8") as _file:
    PRODUCTS = [(row["product_name"], row["group"]) for row in csv.DictReader(_file)]


def test_no_cover_of_the_real_products_is_heavier_than_one_and_a_half_kilobytes() -> None:
    assert len(PRODUCTS) == 523

    heaviest = max(
        len(cover_svg(name, group, seed).encode())
        for seed, (name, group) in enumerate(PRODUCTS * 8)
    )

    assert heaviest <= MOST_BYTES


def test_every_cover_is_well_formed_and_keeps_no_mark_of_the_palette() -> None:
    for seed, (name, group) in enumerate(PRODUCTS):
        drawing = cover_svg(name, group, seed)

        assert ET.fromstring(drawing).tag == "svg"  # noqa: S314 - our own drawing.
        assert "$" not in drawing


def test_a_cover_needs_no_style_and_no_name_that_a_second_cover_could_repeat() -> None:
    for seed, (name, group) in enumerate(PRODUCTS):
        drawing = cover_svg(name, group, seed)

        assert "style" not in drawing
        assert " id=" not in drawing


def test_the_same_product_always_wears_the_same_cover() -> None:
    assert cover_svg("Chè móc câu", "thuc_pham", 7) == cover_svg("Chè móc câu", "thuc_pham", 7)


def test_fifty_products_of_one_name_look_woven_not_stamped() -> None:
    drawings = {cover_svg("Hạt điều rang muối", "thuc_pham", seed) for seed in range(50)}

    assert len(drawings) >= 45


@pytest.mark.parametrize(
    ("name", "motif"),
    [
        ("Kẹo dừa sầu riêng", "candy"),  # The thing itself stands first.
        ("Rượu nấm lim xanh Ba Chẽ", "gourd"),
        ("Cao tỏi đen Phú Sinh", "mortar"),
        ("Điều mật ong", "cashew"),
        ("Tỏi Lý Sơn ngâm mật ong Dori", "garlic"),
        ("Bánh tráng siêu mỏng", "wafer"),  # The longer of two that begin together.
        ("Bánh đậu xanh rồng vàng Hoàng Gia", "cake"),
        ("Dưa lưới", "melon"),  # dưa is not dừa.
        ("Dừa sáp sợi (VICOSAP)", "coconut"),
        ("Dao làng rèn Phúc Sen", "knife"),
        ("Thịt lợn hướng nạc nguồn gốc từ châu Âu", "sausage"),
        ("Hương thơm", "incense"),
        ("Ecohost Hải Hậu", "hills"),
        ("CÀ PHÊ KHE SANH", "bean"),
        ("ca phe khe sanh", "bean"),  # Typed without diacritics.
    ],
)
def test_the_first_words_of_a_name_call_the_motif(name: str, motif: str) -> None:
    assert motif in motifs_for(name, "thuc_pham")


@pytest.mark.parametrize(
    ("group", "motif"),
    [
        ("thuc_pham", "sack"),
        ("do_uong", "glass"),
        ("duoc_lieu", "mortar"),
        ("thu_cong_my_nghe", "basket"),
        ("sinh_vat_canh", "pot_plant"),
        ("du_lich", "hills"),
        ("unheard_of", "box"),
    ],
)
def test_a_name_that_says_nothing_wears_the_motif_of_its_group(group: str, motif: str) -> None:
    assert motifs_for("SAPHRATON", group)[0] == motif


def test_few_real_products_must_be_drawn_by_their_group_alone() -> None:
    unheard = [name for name, _ in PRODUCTS if motifs_for(name, "unheard_of") == ("box", "basket")]

    assert sorted(unheard) == [
        "Ladodetox Nosamin",
        "Ladodetox Purebody",
        "SAPHRATON",
        "Tacumin",
    ]


def test_every_motif_can_be_called_and_every_pigment_exists() -> None:
    for motif in MOTIFS.values():
        assert set(motif.pigments) <= set(PALETTES)
    called = {motif for name, group in PRODUCTS for motif in motifs_for(name, group)}
    assert called <= set(MOTIFS)


def test_threads_of_a_band_meet_at_both_edges_of_the_cover() -> None:
    for band in BANDS:
        for row in band:
            assert PERIOD % sum(row) == 0
            assert len(row) % 2 == 0
