import pytest

from accounts.codes import WARNING, Purpose, code_words, hash_of_code, typed_digits
from core.text.sms import sms_words


def test_the_warning_is_the_polices() -> None:
    assert WARNING == "Khong doc so nay cho ai, ke ca can bo."


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_message_with_a_code_fits_one_sms_and_ends_with_the_warning(purpose: Purpose) -> None:
    words = sms_words(code_words(purpose, "012345"))

    assert words.endswith("Khong doc so nay cho ai, ke ca can bo.")
    assert len(words) <= 160
    assert "012345" in words
    assert code_words(purpose, "012345").endswith(WARNING)


def test_what_is_kept_of_a_code_differs_by_browser_purpose_and_code() -> None:
    kept = {
        hash_of_code(token, purpose, code)
        for token in ("A", "B")
        for purpose in (Purpose.ENTER, Purpose.RESET)
        for code in ("123456", "123457")
    }

    assert len(kept) == 8


def test_a_code_may_be_typed_in_groups() -> None:
    assert typed_digits(" 123-456 ") == "123456"
    assert typed_digits("١٢٣") == ""
