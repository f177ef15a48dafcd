import pytest

from core.text.sms import sms_name, sms_words


def test_words_lose_their_diacritics_and_what_no_sms_holds() -> None:
    assert sms_words("Đường  Đắk Lắk\n– “giá” 5.000 ₫ 🥭 ไทย [x]") == (
        'Duong Dak Lak - "gia" 5.000 d x'
    )


def test_what_is_hidden_of_a_number_stays_seen_as_hidden() -> None:
    assert sms_words("sang số 09•• ••• 321") == "sang so 09** *** 321"


def test_words_too_long_for_one_sms_are_our_own_bug() -> None:
    assert len(sms_words("ă" * 160)) == 160
    with pytest.raises(AssertionError):
        sms_words("ă" * 161)


def test_a_long_name_is_cut() -> None:
    assert sms_name("Hợp tác xã Chè Shan tuyết Suối Giàng", at_most=12) == "Hop tac xa C"
    assert sms_name("Nguyễn Thị Hà") == "Nguyen Thi Ha"
