import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.fold import fold, fold_words, normal, slug, words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Hoà Bình", "hòa bình"),
        ("hòa", "hòa"),
        ("Thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("qúy", "quý"),
        ("quả", "quả"),
        ("qủa", "quả"),
        ("già", "già"),
        ("gìa", "già"),
        ("gì", "gì"),
        ("giếng", "giếng"),
        ("hòan", "hoàn"),
        ("ngòai", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("nước", "nước"),
        ("lửa", "lửa"),
        ("thuở", "thuở"),
        ("nghĩa", "nghĩa"),
        ("của", "của"),
        ("boóng", "boóng"),
        ("huệ", "huệ"),
        ("thuyền", "thuyền"),
        ("café", "café"),
        ("Đắk Lắk", "đắk lắk"),
        ("Đă\u0301k", "đắk"),
        ("ca\u200b phe\u202e", "ca phe"),
        ("ca\x00phe", "caphe"),
        ("\tca\u00a0\n phe ", "ca phe"),
        ("１００ ｇ", "100 g"),
    ],
)
def test_one_word_has_one_normal_form(typed: str, expected: str) -> None:
    assert normal(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Đắk Lắk", "dak lak"),
        ("Cà phê Ea H'leo – nguyên chất 100%", "ca phe ea h'leo – nguyen chat 100%"),
        ("dưa dừa dứa", "dua dua dua"),
        ("m²", "m2"),
        ("한국", "한국"),
    ],
)
def test_folding_takes_diacritics_and_the_bar_of_d(typed: str, expected: str) -> None:
    assert fold(typed) == expected


def test_words_keep_digits_and_drop_punctuation() -> None:
    assert words("Nước mắm 38 độ, 5 m² (hộp_200g)") == (
        *("nước", "mắm", "38", "độ", "5", "m2", "hộp", "200g"),
    )
    assert fold_words("HTX Trà-Đá!") == ("htx", "tra", "da")
    assert words("🐟 \u202e\x00 --") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Cà phê Đắk Lắk (500 g)", "ca-phe-dak-lak-500-g"),
        ("茶", ""),
        ("", ""),
        ("nước " * 40, "-".join(["nuoc"] * 16)),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_slug_is_short_ascii_words(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_normal_and_folded_forms_stay_as_they_are(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert fold(fold(text)) == fold(text)
    assert fold(normal(text)) == fold(text)
    fold(text).encode()
