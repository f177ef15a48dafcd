import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.fold import normal
from core.text.syllable import is_syllable
from core.text.telex import untelex


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("caf", "cà"),
        ("phee", "phê"),
        ("ddawks", "đắk"),
        ("dawksd", "đắk"),
        ("dawk", "dăk"),
        ("lawks", "lắk"),
        ("nuwowcs", "nước"),
        ("nuocws", "nước"),
        ("nwowcs", "nước"),
        ("dduwowngf", "đường"),
        ("duongdwf", "đường"),
        ("vieetj", "việt"),
        ("quys", "quý"),
        ("giaf", "già"),
        ("hoaf", "hòa"),
        ("suwax", "sữa"),
        ("suaxw", "sữa"),
        ("Maajt", "mật"),
        ("ruwouj", "rượu"),
        ("thuowr", "thuở"),
        ("quow", "quơ"),
        ("tw", "tư"),
        ("ca2", "cà"),
        ("phe6", "phê"),
        ("d9a81k", "đắk"),
        ("nuoc71", "nước"),
    ],
)
def test_left_over_keys_spell_a_syllable(keys: str, expected: str) -> None:
    assert untelex(keys) == expected


@pytest.mark.parametrize(
    "word",
    [
        *(
            "ca",
            "phe",
            "tra",
            "coffee",
            "farm",
            "food",
            "organic",
            "m2",
            "h2o",
            "38",
            "b1",
            "f",
            "",
        ),
        *("a" * 10_000, "cà", "café", "🐟", "x\x00", "window", "catf"),
    ],
)
def test_ordinary_words_are_left_alone(word: str) -> None:
    assert untelex(word) is None


@given(st.text(alphabet="abcdeghiklmnopqrstuvxywfj123456789", max_size=9))
def test_every_candidate_is_a_normal_syllable(keys: str) -> None:
    spelled = untelex(keys)

    assert spelled is None or (is_syllable(spelled) and normal(spelled) == spelled)
