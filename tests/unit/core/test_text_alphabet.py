import random

from hypothesis import given
from hypothesis import strategies as st

from core.places import provinces
from core.text.alphabet import ALPHABET, sort_key


def test_letters_come_in_the_order_of_the_alphabet() -> None:
    assert sorted(ALPHABET, key=lambda letter: sort_key(letter).encode()) == list(ALPHABET)


def test_names_come_in_dictionary_order() -> None:
    ordered = [
        *("2 lá", "38 độ", "An", "An Giang", "Anh", "Ăn", "Âm", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ"),
        *("Bà Nà", "Bắc", "Cà phê", "Da", "Đà Nẵng", "Đắk Lắk", "Hoà", "Hòa Bình", "Ô", "Ơ", "Z"),
    ]
    shuffled = random.Random(3).sample(ordered, len(ordered))  # noqa: S311 - a fixed shuffle.

    assert sorted(shuffled, key=lambda name: sort_key(name).encode()) == ordered


def test_provinces_come_in_dictionary_order() -> None:
    names = [province.name for province in provinces().values()]

    assert sorted(names, key=lambda name: sort_key(name).encode()) == [
        *("An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk"),
        *("Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Huế"),
        *("Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An"),
        *("Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La"),
        *("Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Thành phố Hồ Chí Minh", "Tuyên Quang"),
        *("Vĩnh Long",),
    ]


def test_two_tone_placements_have_one_key() -> None:
    assert sort_key("Hoà  Bình!") == sort_key("hòa bình")


@given(st.text(alphabet=ALPHABET + " ", max_size=8), st.text(alphabet=ALPHABET, max_size=8))
def test_keys_compare_as_letters_do(left: str, right: str) -> None:
    left = " ".join(left.split())
    places = (
        [ALPHABET.find(letter) for letter in left],
        [ALPHABET.find(letter) for letter in right],
    )

    assert (sort_key(left).encode() < sort_key(right).encode()) == (places[0] < places[1])
