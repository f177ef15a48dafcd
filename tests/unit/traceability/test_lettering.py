import unicodedata

import pytest

from traceability.adapters import lettering
from traceability.adapters.lettering import BOLD, REGULAR


@pytest.fixture(autouse=True)
def _fonts() -> None:
    lettering.register_fonts()
    lettering.register_fonts()


def test_letters_of_every_vietnamese_word_are_in_the_font() -> None:
    vowels = "aăâeêioôơuưy"
    marks = "\u0300\u0301\u0303\u0309\u0323"
    text = "".join(unicodedata.normalize("NFC", vowel + mark) for vowel in vowels for mark in marks)

    assert lettering.plain(text + text.upper() + "đĐ·–…×%") == text + text.upper() + "đĐ·–…×%"


def test_what_the_font_lacks_is_replaced_and_a_line_stays_one_line() -> None:
    assert lettering.plain("26\u201111A\n\tlô\u00a05") == "26-11A lô 5"
    assert lettering.plain("茶 tea 🍵") == "? tea ?"


def test_a_line_that_fits_is_left_alone_and_a_longer_one_ends_in_an_ellipsis() -> None:
    text = "Chè Shan tuyết cổ thụ"
    whole = lettering.width(text, BOLD, 6.8)

    assert lettering.shortened(text, BOLD, 6.8, whole) == text
    cut = lettering.shortened(text, BOLD, 6.8, whole - 1)
    assert cut == "Chè Shan tuyết cổ t…"
    assert lettering.width(cut, BOLD, 6.8) <= whole - 1
    assert lettering.shortened(text, BOLD, 6.8, 0) == "…"


def test_a_name_is_broken_between_words_and_only_its_last_line_is_shortened() -> None:
    name = "Mật ong hoa bạc hà cao nguyên đá Đồng Văn"

    assert lettering.wrapped(name, BOLD, 6.8, 58, 2) == ["Mật ong hoa bạc", "hà cao nguyên…"]
    assert lettering.wrapped(name, BOLD, 6.8, 500, 2) == [name]
    assert lettering.wrapped("", BOLD, 6.8, 58, 2) == []
    assert lettering.wrapped("Mậtongnguyênchấtlâunăm ong", BOLD, 6.8, 30, 2) == ["Mậton…", "ong"]


def test_a_line_is_made_smaller_to_fit_but_never_below_what_can_be_read() -> None:
    room = lettering.width("Kiểm tại goc.example", REGULAR, 5.2)

    assert lettering.largest("Kiểm tại goc.example", REGULAR, 5.6, room) == pytest.approx(5.2)
    assert lettering.largest("Kiểm tại goc.example", REGULAR, 5.6, 500) == 5.6
    assert lettering.largest("Kiểm tại goc.example", REGULAR, 5.6, 1) == 5.0
